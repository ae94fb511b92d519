// Whether a period ends a sentence, or an abbreviation, an initial, a number.
#pragma once

#include "core/base/core_only.hpp"

#include <cstdint>
#include <string_view>

namespace aria_focus::core::contract {

// True if the single period at `period` ends a sentence. `text` is the masked text, [begin, end) the unit;
// white space, a mark or the end follows the period.
bool period_ends(std::string_view text, std::uint32_t begin, std::uint32_t period,
                 std::uint32_t end) noexcept;

}  // namespace aria_focus::core::contract
