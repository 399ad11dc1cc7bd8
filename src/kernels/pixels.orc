# SPDX-License-Identifier: LGPL-2.1-or-later
# What is done to the pixels of the frame, one row at a time; pixels.h says what each program means. Each has a plain
# twin among the tests. Parameters, constants and what is held at a time are 8 vectors at most in a float program: with
# more, Orc up to 0.4.41 writes AVX instructions for doubles. Where floats become codes, the addition of 2^23 (`whole`)
# leaves them, rounded, in the lower half.

.function attention_blend_16_orc
.dest 2 pixel uint16_t
.source 2 target uint16_t
.source 4 base float
.source 4 step float
.floatparam 4 fraction
.param 2 shift
.floatparam 4 whole
.temp 2 code
.temp 4 k
.temp 4 t
.temp 4 d
.temp 4 tf
.temp 4 df
mulf k, step, fraction
addf k, k, base
shruw code, target, shift
convuwl t, code
shruw code, pixel, shift
convuwl d, code
subl d, d, t
convlf df, d
mulf df, df, k
convlf tf, t
addf df, df, tf
addf df, df, whole
select0lw code, df
shlw pixel, code, shift
