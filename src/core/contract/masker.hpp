// Masks what is no prose inside a unit: inline code becomes one noun, tags, comments, addresses and link
// targets become blanks. Linear in the unit, whatever it holds.
#pragma once

#include "core/base/core_only.hpp"
#include "core/contract/hits.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace aria_focus::core::contract {

// Masks [span.begin, span.end) of the masked text, which is still as the text has it; counts links.
// Returns how many pieces of inline code there are.
std::uint64_t mask_unit(std::string& masked, Span span, Hits& hits);

}  // namespace aria_focus::core::contract
