/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * What a row of the table of properties says, the kinds of them that there are, and what walks the table.
 */
#pragma once

#include "settings.h"

constexpr auto kLive = (GParamFlags) (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
constexpr auto kAnimated = (GParamFlags) (kLive | GST_PARAM_CONTROLLABLE);

struct Property
{
  const gchar *name, *nick, *blurb;
  GParamFlags flags;
  GParamSpec *(*spec) (const Property &);       /* makes one of its kind, with the default of Settings */
  attention::Limits limits;     /* of numbers and counts */
  GType (*type) (void);         /* of enumerations */
  void (*set) (Settings &, const GValue *);
  void (*get) (const Settings &, GValue *);

  /* What it is by default, as @value_of reads it. */
  template < class T >
  T initial (GType value_type, T (*value_of) (const GValue *)) const
  {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, value_type);
    get (Settings (), &value);
    const T result = value_of (&value);
    g_value_unset (&value);
    return result;
  }
};

inline GParamSpec *
number (const Property & p)
{
  return g_param_spec_double (p.name, p.nick, p.blurb, p.limits.least, p.limits.most,
      p.initial (G_TYPE_DOUBLE, g_value_get_double), p.flags);
}

inline GParamSpec *
count (const Property & p)
{
  return g_param_spec_uint (p.name, p.nick, p.blurb, (guint) p.limits.least, (guint) p.limits.most,
      p.initial (G_TYPE_UINT, g_value_get_uint), p.flags);
}

/* In nanoseconds. */
inline GParamSpec *
duration (const Property & p)
{
  return g_param_spec_uint64 (p.name, p.nick, p.blurb, 0, G_MAXINT64, p.initial (G_TYPE_UINT64, g_value_get_uint64),
      p.flags);
}

inline GParamSpec *
toggle (const Property & p)
{
  return g_param_spec_boolean (p.name, p.nick, p.blurb, p.initial (G_TYPE_BOOLEAN, g_value_get_boolean), p.flags);
}

inline GParamSpec *
choice (const Property & p)
{
  return g_param_spec_enum (p.name, p.nick, p.blurb, p.type (), p.initial (p.type (), g_value_get_enum), p.flags);
}

inline GParamSpec *
flags (const Property & p)
{
  return g_param_spec_flags (p.name, p.nick, p.blurb, p.type (), p.initial (p.type (), g_value_get_flags), p.flags);
}

/* Times a second, 0 for no limit. */
inline GParamSpec *
rate (const Property & p)
{
  return gst_param_spec_fraction (p.name, p.nick, p.blurb, 0, 1, G_MAXINT, 1,
      p.initial (GST_TYPE_FRACTION, gst_value_get_fraction_numerator),
      p.initial (GST_TYPE_FRACTION, gst_value_get_fraction_denominator), p.flags);
}

/* Setter and getter of a member of Settings. */
#define ACCESS(member, Type, type) \
    [](Settings & s, const GValue * value) { s.member = (decltype (s.member)) g_value_get_##type (value); }, \
    [](const Settings & s, GValue * value) { g_value_set_##type (value, (Type) s.member); }
#define DOUBLE(member) ACCESS (member, gdouble, double)
#define UINT(member) ACCESS (member, guint, uint)
#define UINT64(member) ACCESS (member, guint64, uint64)
#define BOOLEAN(member) ACCESS (member, gboolean, boolean)
#define ENUM(member) ACCESS (member, gint, enum)
#define FLAGS(member) ACCESS (member, guint, flags)

/** Installs all properties of the table, and `stats`, which is read only. */
void gst_attention_filter_install_properties (GObjectClass * klass);

/** Whether @id is that of `stats`, which is not in Settings. */
bool gst_attention_filter_is_stats (guint id);

/** Sets the member that a property stands for; false where there is no such property. */
bool gst_attention_filter_set (Settings & settings, guint id, const GValue * value);

/** Gets the member that a property stands for; false where there is no such property. */
bool gst_attention_filter_get (const Settings & settings, guint id, GValue * value);
