// The kernels for x86-64: SSE2, which every such processor has, and AVX2 with BMI.
#pragma once

#include "core/kernel.hpp"

#ifdef __x86_64__
namespace aria_focus::core::x86 {

extern const Kernel sse2;
extern const Kernel avx2;

}  // namespace aria_focus::core::x86
#endif
