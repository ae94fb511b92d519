// The kernels for x86-64: SSE2, which every such processor has, AVX2 with BMI, and AVX-512.
#pragma once

#include "core/match/kernel.hpp"

#ifdef __x86_64__
namespace aria_focus::core::match::x86 {

extern const Kernel sse2;
extern const Kernel avx2;
extern const Kernel avx512;

}  // namespace aria_focus::core::match::x86
#endif
