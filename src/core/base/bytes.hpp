// Several bytes of a text in one register, the first in the lowest place, and bit sets by position.
#pragma once

#include "core/base/core_only.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace aria_focus::core {
inline namespace base {

// The four bytes at `at`, which are there.
inline std::uint32_t load32(const char* at) noexcept {
    std::uint32_t word = 0;
    std::memcpy(&word, at, 4);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap32(word);
    return word;
}

// The eight bytes at `at`, which are there.
inline std::uint64_t load64(const char* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
}

// The first 0 to 8 of eight bytes.
inline constexpr std::uint64_t low_bytes[9] = {0,
                                               0xFF,
                                               0xFFFF,
                                               0xFFFFFF,
                                               0xFFFFFFFF,
                                               0xFFFFFFFFFF,
                                               0xFFFFFFFFFFFF,
                                               0xFFFFFFFFFFFFFF,
                                               0xFFFFFFFFFFFFFFFF};

// True if the first `size` bytes are equal; eight more can be read behind either text.
inline bool equal_bytes(const char* a, const char* b, std::size_t size) noexcept {
    for (; size > 32; size -= 32, a += 32, b += 32) {
        std::uint64_t differs = 0;
        for (std::size_t i = 0; i < 32; i += 8) differs |= load64(a + i) ^ load64(b + i);
        if (differs != 0) return false;
    }
    for (; size > 8; size -= 8, a += 8, b += 8) {
        if (load64(a) != load64(b)) return false;
    }
    return ((load64(a) ^ load64(b)) & low_bytes[size]) == 0;
}

// One bit of a set.
inline bool bit_at(const std::uint64_t* words, std::size_t at) noexcept {
    return (words[at / 64] >> (at % 64) & 1) != 0;
}

// Four and more bits of a set from `at` on, the first in the lowest place; one more word can be read.
inline std::uint64_t bits_from(const std::uint64_t* words, std::size_t at) noexcept {
    if constexpr (std::endian::native == std::endian::little) {
        return load64(reinterpret_cast<const char*>(words) + at / 8) >> (at % 8);
    }
    const unsigned low = at % 64;
    return words[at / 64] >> low | words[at / 64 + 1] << 1 << (63 - low);
}

// Adds a bit to a set.
inline void set_bit(std::uint64_t* words, std::size_t at) noexcept {
    words[at / 64] |= std::uint64_t{1} << (at % 64);
}

// Takes a bit from a set.
inline void clear_bit(std::uint64_t* words, std::size_t at) noexcept {
    words[at / 64] &= ~(std::uint64_t{1} << (at % 64));
}

}  // namespace base
}  // namespace aria_focus::core
