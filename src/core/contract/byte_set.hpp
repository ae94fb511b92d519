// A set of bytes, made by the compiler.
#pragma once

#include "core/base/core_only.hpp"

#include <array>
#include <string_view>

namespace aria_focus::core::contract {

class ByteSet {
  public:
    constexpr explicit ByteSet(std::string_view bytes) noexcept {
        for (const char byte : bytes) has_[static_cast<unsigned char>(byte)] = true;
    }

    // True if the byte is in the set.
    constexpr bool has(char byte) const noexcept { return has_[static_cast<unsigned char>(byte)]; }

  private:
    std::array<bool, 256> has_{};
};

}  // namespace aria_focus::core::contract
