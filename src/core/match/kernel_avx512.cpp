// The kernel for AVX-512 as of Ice Lake and Zen 4 (F, BW, DQ, VL, VBMI, VBMI2): 64 bytes at a time, and
// the positions at which words start eight at a time.
//
// Pragmas and not options, as in kernel_avx2.cpp.
#include "core/match/kernel_x86.hpp"

#ifdef __x86_64__
#include <immintrin.h>

#ifdef __clang__
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2"))), \
    apply_to = function)
#else
#pragma GCC push_options
// Its own headers start from undefined registers on purpose (GCC bug 105593).
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2")
#endif

namespace aria_focus::core::match {

namespace {

#include "core/match/kernel_code.inc"

// 64 bytes.
inline __m512i load(const void* at) {
    return _mm512_loadu_si512(at);
}

// A vector with one number in every lane.
inline __m512i each64(std::uint64_t number) {
    return _mm512_set1_epi64(static_cast<long long>(number));
}

// 64 bytes: 0, 1, 2 and so on.
inline __m512i count_up() {
    return _mm512_set_epi64(0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928,
                            0x2726252423222120, 0x1F1E1D1C1B1A1918, 0x1716151413121110,
                            0x0F0E0D0C0B0A0908, 0x0706050403020100);
}

// Each lane full of its number.
inline __m512i lane_numbers() {
    return _mm512_mullo_epi64(_mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0), each64(0x0101010101010101));
}

// short_key_masks[], by ones for the letters of the word, four at most, put into three bits (x ^ x >> 3).
__m512i short_masks(__m512i letters) {
    const __m512i masks =
        _mm512_setr_epi64(0xFFFFFFFF, 0xFF, 0, 0xFFFF, 0, 0, 0xFFFFFFFF, 0xFFFFFF);
    return _mm512_permutexvar_epi64(_mm512_xor_si512(letters, _mm512_srli_epi64(letters, 3)),
                                    masks);
}

// The first eight bytes of eight positions of a block; `index` has each position in all bytes of a lane.
__m512i windows_at(__m512i block, __m512i more, __m512i index) {
    return _mm512_permutex2var_epi8(block, _mm512_add_epi8(index, each64(0x0706050403020100)),
                                    more);
}

// What of them is the short key: four bytes, or the word alone where it is shorter.
__m512i short_keys(__m512i windows, __m512i index, std::uint64_t ends, std::uint64_t more_ends) {
    const __m512i shift = _mm512_and_si512(index, each64(63));
    const __m512i end =
        _mm512_or_si512(_mm512_shrdv_epi64(each64(ends), each64(more_ends), shift), each64(16));
    const __m512i letters = _mm512_andnot_si512(end, _mm512_sub_epi64(end, each64(1)));
    return _mm512_and_si512(windows, short_masks(letters));
}

// Candidates (candidate::) of eight positions, by eight bytes of which all but the highest two count.
__m512i candidates(__m512i keys, __m512i positions_and_kind) {
    // The factor of fingerprint(), with its shift.
    const __m512i product = _mm512_mullo_epi64(keys, each64(print_factor << 16));
    // The upper half of one, the lower half of the other.
    return _mm512_mask_mov_epi32(product, 0x5555, positions_and_kind);
}

struct Avx512 {
    static constexpr std::size_t width = 64;
    static constexpr bool takes_part = true;

    // Every byte that lies in [first, last].
    static std::uint64_t in_range(__m512i bytes, char first, char last) {
        return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(first)),
                                      _mm512_set1_epi8(static_cast<char>(last - first)));
    }

    // Folds 64 bytes.
    template <bool collapse>
    static Found fold(const char* in, char* out) {
        return fold<collapse>(load(in), out);
    }
    // Folds fewer; writes zeros behind them.
    template <bool collapse>
    static Found fold(const char* in, char* out, std::size_t size) {
        return fold<collapse>(_mm512_maskz_loadu_epi8(_bzhi_u64(~std::uint64_t{0}, size), in), out);
    }
    template <bool collapse>
    static Found fold(__m512i bytes, char* out) {
        const __m512i blank = _mm512_set1_epi8(' ');
        const std::uint64_t control_space = in_range(bytes, 0x09, 0x0D);
        __m512i folded = _mm512_mask_add_epi8(bytes, in_range(bytes, 'A', 'Z'), bytes, blank);
        if constexpr (collapse) {
            const std::uint64_t hyphen = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('-'));
            folded = _mm512_mask_mov_epi8(folded, control_space | hyphen, blank);
        }
        _mm512_storeu_si512(out, folded);
        return {_mm512_movepi8_mask(bytes), control_space | _mm512_cmpeq_epi8_mask(bytes, blank),
                joining(folded)};
    }

    // Letters and digits among 64 folded bytes.
    static std::uint64_t joining(__m512i folded) {
        return in_range(folded, 'a', 'z') | in_range(folded, '0', '9');
    }
    static std::uint64_t joining(const char* folded) { return joining(load(folded)); }

    // Bytes equal to one.
    static std::uint64_t equal(const char* text, unsigned char byte) {
        return _mm512_cmpeq_epi8_mask(load(text), _mm512_set1_epi8(static_cast<char>(byte)));
    }
};

// Positions where a keyword may start, with the fingerprints of their keys, in vectors; the sets of keys
// are asked afterwards, one position after the other, since a vector of loads (gather) takes longer.
class Starts {
  public:
    // Appends some of the 64 from `at` on; `ends` and `more_ends` have what joins no word from there on.
    void append(const char* text, std::size_t at, std::uint64_t starts, std::uint64_t ends,
                std::uint64_t more_ends) {
        const __m512i bytes = load(text + at);
        const __m512i more = load(text + at + 64);
        const __m512i positions = _mm512_maskz_compress_epi8(starts, count_up());
        __m512i next = lane_numbers();
        const std::size_t end = count_ + __builtin_popcountll(starts);
        do {
            const __m512i index = _mm512_permutexvar_epi8(next, positions);
            const __m512i windows = windows_at(bytes, more, index);
            const __m512i short_windows = short_keys(windows, index, ends, more_ends);
            const __m512i place = _mm512_add_epi64(_mm512_and_si512(index, each64(63)), each64(at));
            _mm512_storeu_si512(long_ + count_, candidates(windows, place));
            _mm512_storeu_si512(
                short_ + count_,
                candidates(short_windows, _mm512_or_si512(place, each64(candidate::is_short))));
            next = _mm512_add_epi8(next, _mm512_set1_epi8(8));
            count_ += 8;
        } while (count_ < end);
        count_ = end;
    }

    // True if there may be no room for a further block.
    bool is_full() const { return count_ > enough; }

    // Appends the candidates of all positions to `out` and forgets these; returns behind them.
    template <bool open>
    std::uint64_t* drain(const KeyProbe& probe, const char* text, std::uint64_t* out) {
        for (std::size_t i = 0; i < count_; ++i) {
            out = add_candidates<open>(probe, long_[i], short_[i], text, out);
        }
        count_ = 0;
        return out;
    }

  private:
    static constexpr std::size_t enough = 192;

    std::size_t count_ = 0;
    std::uint64_t long_[enough + 64 + 8];
    std::uint64_t short_[enough + 64 + 8];
};

// Kernel::find, with or without open keys.
template <bool open>
std::size_t find_in_blocks(const KeyProbe& given, const TextBits& bits, std::size_t first,
                           std::size_t last, std::uint64_t* out) {
    const KeyProbe probe = given;
    std::uint64_t* behind = out;
    Starts starts;
    for (std::size_t at = first; at < last; at += 64) {
        if (starts.is_full()) behind = starts.drain<open>(probe, bits.text, behind);
        const std::uint64_t wanted =
            _bzhi_u64(starts_at<Avx512>(probe, bits, at), last - at < 64 ? last - at : 64);
        starts.append(bits.text, at, wanted, ~load_bits(bits.joining, at),
                      ~load_bits(bits.joining, at + 64));
    }
    behind = starts.drain<open>(probe, bits.text, behind);
    return static_cast<std::size_t>(behind - out);
}

}  // namespace

constexpr Kernel x86::avx512 = {"avx512", fold_text<Avx512>, classify_text<Avx512>,
                                take_text<Avx512>,
                                find_candidates<find_in_blocks<false>, find_in_blocks<true>>};

}  // namespace aria_focus::core::match

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC diagnostic pop
#pragma GCC pop_options
#endif
#endif
