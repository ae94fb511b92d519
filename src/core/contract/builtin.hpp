// The contracts of the built-in tones and styles. Presence of warmth, wit or depth cannot be judged by
// rules, so every lower limit is a suggestion.
#pragma once

#include "core/base/core_only.hpp"

#include <span>
#include <string_view>

namespace aria_focus::core::contract {

struct BuiltinContract {
    std::string_view word;
    std::string_view json;
};

// By the order of the vocabularies.
std::span<const BuiltinContract> tone_contracts() noexcept;
std::span<const BuiltinContract> style_contracts() noexcept;

}  // namespace aria_focus::core::contract
