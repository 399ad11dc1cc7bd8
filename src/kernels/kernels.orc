# SPDX-License-Identifier: LGPL-2.1-or-later
# The hot loops, one row at a time. Each has a scalar twin of the same name in kernels_ref.cpp. Parameters, constants and what is held at a
# time are 8 vectors at most in a float kernel: with more, Orc up to 0.4.41 writes AVX instructions for doubles.
# Weights and blend factors have 14 bits: 16384 is exactly one.

# out = above + (below - above) * fraction, fraction in 1/32768
.function attention_lerp_14_orc
.dest 2 out int16_t
.source 2 above int16_t
.source 2 below int16_t
.param 2 fraction
.temp 2 step
subw step, below, above
addssw step, step, step
mulhsw step, step, fraction
addw out, above, step

# factor = max (base + sign * weight * strength, floor); strength is given twice as large, flip is 0 or -1 for the sign
.function attention_mix_14_orc
.dest 2 factor int16_t
.source 2 weight int16_t
.source 2 floor int16_t
.param 2 base
.param 2 strength
.param 2 flip
.temp 2 k
shlw k, weight, 1
mulhuw k, k, strength
xorw k, k, flip
subw k, k, flip
addw k, k, base
maxsw factor, k, floor

# out = max (base + step * fraction, floor), fraction in 1/32768
.function attention_stretch_14_orc
.dest 2 out int16_t
.source 2 base int16_t
.source 2 step int16_t
.source 2 fraction int16_t
.source 2 floor int16_t
.temp 2 k
addssw k, step, step
mulhsw k, k, fraction
addw k, k, base
maxsw out, k, floor

# pixel = target + (pixel - target) * factor, rounded; factor = above + (below - above) * fraction as in lerp_14
.function attention_blend_8_orc
.dest 1 pixel uint8_t
.source 1 target uint8_t
.source 2 above int16_t
.source 2 below int16_t
.param 2 fraction
.const 2 half 16
.temp 2 k
.temp 2 t
.temp 2 d
subw k, below, above
addssw k, k, k
mulhsw k, k, fraction
addw k, k, above
convubw t, target
convubw d, pixel
subw d, d, t
shlw d, d, 7
mulhsw d, d, k
addw d, d, half
shrsw d, d, 5
addw t, t, d
convwb pixel, t

# out = 14-bit value as a byte of 0-255; the value is 14 bits of a code
.function attention_narrow_14_orc
.dest 1 out uint8_t
.source 2 value int16_t
.const 2 half 32
.const 2 shift 6
.temp 2 wide
addw wide, value, half
shruw wide, wide, shift
convsuswb out, wide

# out = above + (below - above) * fraction
.function attention_lerp_f_orc
.dest 4 out float
.source 4 above float
.source 4 below float
.floatparam 4 fraction
.temp 4 step
subf step, below, above
mulf step, step, fraction
addf out, above, step

# factor = max (base + weight * span, floor)
.function attention_mix_f_orc
.dest 4 factor float
.source 4 weight float
.source 4 floor float
.floatparam 4 base
.floatparam 4 span
.temp 4 k
mulf k, weight, span
addf k, k, base
maxf factor, k, floor

# out = max (base + step * fraction, floor)
.function attention_stretch_f_orc
.dest 4 out float
.source 4 base float
.source 4 step float
.source 4 fraction float
.source 4 floor float
.temp 4 k
mulf k, step, fraction
addf k, k, base
maxf out, k, floor

# code = target + (code - target) * factor, rounded; factor as in lerp_f; codes lie shift bits up in their samples
.function attention_blend_16_orc
.dest 2 pixel uint16_t
.source 2 target uint16_t
.source 4 above float
.source 4 below float
.floatparam 4 fraction
.param 2 shift
.floatparam 4 half
.temp 2 code
.temp 4 k
.temp 4 t
.temp 4 d
.temp 4 tf
.temp 4 df
subf k, below, above
mulf k, k, fraction
addf k, k, above
shruw code, target, shift
convuwl t, code
shruw code, pixel, shift
convuwl d, code
subl d, d, t
convlf df, d
mulf df, df, k
convlf tf, t
addf df, df, tf
addf df, df, half
convfl d, df
convlw code, d
shlw pixel, code, shift

# out = value rounded to a code of at most largest, shift bits up
.function attention_narrow_16_orc
.dest 2 out uint16_t
.source 4 value float
.floatparam 4 largest
.param 2 shift
.floatparam 4 half
.temp 4 v
.temp 4 l
.temp 2 code
minf v, value, largest
addf v, v, half
convfl l, v
convlw code, l
shlw out, code, shift

# the structure tensor of a pixel from its four neighbours
.function attention_tensor_f_orc
.dest 4 xx float
.dest 4 xy float
.dest 4 yy float
.source 4 left float
.source 4 right float
.source 4 up float
.source 4 down float
.temp 4 gx
.temp 4 gy
subf gx, right, left
subf gy, down, up
mulf xx, gx, gx
mulf xy, gx, gy
mulf yy, gy, gy

# sum = a + b + c
.function attention_sum_3_f_orc
.dest 4 sum float
.source 4 a float
.source 4 b float
.source 4 c float
.temp 4 ab
addf ab, a, b
addf sum, ab, c

# out = sqrt of the smaller eigenvalue of (xx xy; xy yy), trace = xx + yy
.function attention_corner_f_orc
.dest 4 out float
.dest 4 trace float
.source 4 xx float
.source 4 xy float
.source 4 yy float
.floatparam 4 half
.floatparam 4 zero
.temp 4 mean
.temp 4 d
.temp 4 o
addf mean, xx, yy
copyl trace, mean
mulf mean, mean, half
subf d, xx, yy
mulf d, d, half
mulf d, d, d
mulf o, xy, xy
addf d, d, o
sqrtf d, d
subf mean, mean, d
maxf mean, mean, zero
sqrtf out, mean

# value += step * (step > 0 ? rise : fall), step = goal - value less at most dead
.function attention_follow_f_orc
.dest 4 value float
.source 4 goal float
.floatparam 4 rise
.floatparam 4 fall
.floatparam 4 dead
.floatparam 4 minus_dead
.floatparam 4 zero
.temp 4 up
.temp 4 down
.temp 4 step
subf step, goal, value
subf up, step, dead
maxf up, up, zero
subf down, step, minus_dead
minf down, down, zero
mulf up, up, rise
mulf down, down, fall
addf up, up, down
addf value, value, up

# out = slope * luma + base, held between 0 and 1, as a weight of 14 bits
.function attention_refine_8_orc
.dest 2 out int16_t
.source 1 luma uint8_t
.source 4 slope float
.source 4 base float
.floatparam 4 zero
.floatparam 4 one
.floatparam 4 scale
.floatparam 4 half
.temp 2 w
.temp 4 l
.temp 4 f
convubw w, luma
convuwl l, w
convlf f, l
mulf f, f, slope
addf f, f, base
maxf f, f, zero
minf f, f, one
mulf f, f, scale
addf f, f, half
convfl l, f
convlw out, l

# out = slope * luma + base, held between 0 and 1; luma lies shift bits up in its sample
.function attention_refine_16_orc
.dest 4 out float
.source 2 luma uint16_t
.source 4 slope float
.source 4 base float
.param 2 shift
.floatparam 4 zero
.floatparam 4 one
.temp 2 w
.temp 4 l
.temp 4 f
shruw w, luma, shift
convuwl l, w
convlf f, l
mulf f, f, slope
addf f, f, base
maxf f, f, zero
minf out, f, one
