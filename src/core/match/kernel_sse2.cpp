// The kernel for SSE2: 16 bytes at a time.
#include "core/match/kernel_x86.hpp"

#ifdef __x86_64__
#include <emmintrin.h>

namespace aria_focus::core::match {

namespace {

#include "core/match/kernel_code.inc"

struct Sse2 {
    static constexpr std::size_t width = 16;
    static constexpr bool takes_part = false;

    // 16 bytes.
    static __m128i load(const char* at) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    }
    // All ones in every byte that lies in [first, last].
    static __m128i in_range(__m128i bytes, char first, char last) {
        const __m128i from_first = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
        return _mm_cmpeq_epi8(
            _mm_min_epu8(from_first, _mm_set1_epi8(static_cast<char>(last - first))), from_first);
    }
    // The highest bit of every byte.
    static std::uint64_t bits(__m128i bytes) {
        return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes));
    }

    // Folds 16 bytes.
    template <bool collapse>
    static Found fold(const char* in, char* out) {
        const __m128i bytes = load(in);
        const __m128i upper = in_range(bytes, 'A', 'Z');
        const __m128i control_space = in_range(bytes, 0x09, 0x0D);
        const __m128i blank = _mm_set1_epi8(' ');
        const __m128i space = _mm_or_si128(control_space, _mm_cmpeq_epi8(bytes, blank));
        __m128i folded = _mm_or_si128(bytes, _mm_and_si128(upper, blank));
        if constexpr (collapse) {
            const __m128i hyphen = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-'));
            const __m128i made_blank = _mm_or_si128(control_space, hyphen);
            folded = _mm_or_si128(_mm_andnot_si128(made_blank, folded),
                                  _mm_and_si128(made_blank, blank));
        }
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out), folded);
        return {bits(bytes), bits(space), joining(folded)};
    }

    // Letters and digits among 16 folded bytes.
    static std::uint64_t joining(__m128i folded) {
        return bits(_mm_or_si128(in_range(folded, 'a', 'z'), in_range(folded, '0', '9')));
    }
    static std::uint64_t joining(const char* folded) { return joining(load(folded)); }

    // Bytes equal to one.
    static std::uint64_t equal(const char* text, unsigned char byte) {
        return bits(_mm_cmpeq_epi8(load(text), _mm_set1_epi8(static_cast<char>(byte))));
    }
};

}  // namespace

constexpr Kernel x86::sse2 = make_kernel<Sse2>("sse2");

}  // namespace aria_focus::core::match
#endif
