// Four bytes of a message looked at in one 32-bit register, the first in the lowest place.
#pragma once

#include "core/core_only.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace aria_focus::core {

// The four bytes at `at`, which are there.
inline std::uint32_t load_window(const char* at) noexcept {
    std::uint32_t window = 0;
    std::memcpy(&window, at, 4);
    if constexpr (std::endian::native == std::endian::big) window = __builtin_bswap32(window);
    return window;
}

// True if some byte is a control character or not ASCII.
constexpr bool is_unusual(std::uint32_t window) noexcept {
    return (((window - 0x20202020u) | window) & 0x80808080u) != 0;
}

// Bit 7 of every space; no byte is unusual.
constexpr std::uint32_t spaces(std::uint32_t window) noexcept {
    return ~(window + 0x5F5F5F5Fu) & 0x80808080u;  // 0x20 + 0x5F stays below 0x80
}

// Upper-case letters made lower-case; no byte is unusual.
constexpr std::uint32_t fold_letters(std::uint32_t window) noexcept {
    const std::uint32_t upper = (window + 0x3F3F3F3Fu) & ~(window + 0x25252525u) &
                                0x80808080u;  // from 'A' up, not beyond 'Z'
    return window | upper >> 2;
}

}  // namespace aria_focus::core
