// The kernel for AVX2: 32 bytes at a time, with BMI's bit instructions.
//
// The pragmas, and not options for the whole file, turn the instructions on: no inline function of a
// header may be compiled with them, since the linker could keep that copy for everybody.
#include "core/match/kernel_x86.hpp"

#ifdef __x86_64__
#include <immintrin.h>

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2")
#endif

namespace aria_focus::core::match {

namespace {

#include "core/match/kernel_code.inc"

struct Avx2 {
    static constexpr std::size_t width = 32;
    static constexpr bool takes_part = false;

    // 32 bytes.
    static __m256i load(const char* at) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    }
    // All ones in every byte that lies in [first, last].
    static __m256i in_range(__m256i bytes, char first, char last) {
        const __m256i from_first = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first));
        return _mm256_cmpeq_epi8(
            _mm256_min_epu8(from_first, _mm256_set1_epi8(static_cast<char>(last - first))),
            from_first);
    }
    // The highest bit of every byte.
    static std::uint64_t bits(__m256i bytes) {
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
    }

    // Folds 32 bytes.
    template <bool collapse>
    static Found fold(const char* in, char* out) {
        const __m256i bytes = load(in);
        const __m256i upper = in_range(bytes, 'A', 'Z');
        const __m256i control_space = in_range(bytes, 0x09, 0x0D);
        const __m256i blank = _mm256_set1_epi8(' ');
        const __m256i space = _mm256_or_si256(control_space, _mm256_cmpeq_epi8(bytes, blank));
        __m256i folded = _mm256_or_si256(bytes, _mm256_and_si256(upper, blank));
        if constexpr (collapse) {
            const __m256i hyphen = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('-'));
            folded = _mm256_blendv_epi8(folded, blank, _mm256_or_si256(control_space, hyphen));
        }
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), folded);
        return {bits(bytes), bits(space), joining(folded)};
    }

    // Letters and digits among 32 folded bytes.
    static std::uint64_t joining(__m256i folded) {
        return bits(_mm256_or_si256(in_range(folded, 'a', 'z'), in_range(folded, '0', '9')));
    }
    static std::uint64_t joining(const char* folded) { return joining(load(folded)); }

    // Bytes equal to one.
    static std::uint64_t equal(const char* text, unsigned char byte) {
        return bits(_mm256_cmpeq_epi8(load(text), _mm256_set1_epi8(static_cast<char>(byte))));
    }
};

}  // namespace

constexpr Kernel x86::avx2 = make_kernel<Avx2>("avx2");

}  // namespace aria_focus::core::match

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
