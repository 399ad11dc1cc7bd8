// SPDX-License-Identifier: LGPL-2.1-or-later
// A plugin of qemu that counts the instructions of tests/benchmarks/frame, but those that paint its frames, and prints
// them to stderr at the end: qemu-aarch64 -plugin ./libqemu-count.so …. Debian has no header of qemu's; these are the
// functions of version 1 that it takes.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

typedef uint64_t PluginId;
typedef struct Block Block;  // of instructions that are translated together
typedef struct Instruction Instruction;
enum { ADD_U64 = 0 };

void qemu_plugin_register_vcpu_tb_trans_cb(PluginId id, void (*translated)(PluginId, Block *));
void qemu_plugin_register_vcpu_tb_exec_inline(Block *block, int operation, void *to, uint64_t number);
void qemu_plugin_register_atexit_cb(PluginId id, void (*ends)(PluginId, void *), void *data);
size_t qemu_plugin_tb_n_insns(const Block *block);
Instruction *qemu_plugin_tb_get_insn(const Block *block, size_t index);
const char *qemu_plugin_insn_symbol(const Instruction *instruction);

EXPORT int qemu_plugin_version = 1;

static uint64_t of_frames, of_paint;

static void translated(PluginId id, Block *block) {
  (void)id;
  const char *symbol = qemu_plugin_insn_symbol(qemu_plugin_tb_get_insn(block, 0));
  const int paints = symbol != NULL && (strcmp(symbol, "main") == 0 || strstr(symbol, "paint") != NULL);
  qemu_plugin_register_vcpu_tb_exec_inline(block, ADD_U64, paints ? &of_paint : &of_frames,
                                           qemu_plugin_tb_n_insns(block));
}

static void ends(PluginId id, void *data) {
  (void)id;
  (void)data;
  fprintf(stderr, "%llu\n", (unsigned long long)of_frames);
}

EXPORT int qemu_plugin_install(PluginId id, const void *info, int argc, char **argv) {
  (void)info;
  (void)argc;
  (void)argv;
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  qemu_plugin_register_atexit_cb(id, ends, NULL);
  return 0;
}
