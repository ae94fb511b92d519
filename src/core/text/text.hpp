// Questions about a text that several rules ask.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"

#include <cstddef>
#include <string_view>

namespace aria_focus::core::text {

// True for the empty text and for white space alone.
bool is_blank(std::string_view text, Ticker& ticker);

// The text without the white space at its end.
std::string_view trim_end(std::string_view text, Ticker& ticker);

// How many words it has: maximal runs of letters, digits and marks, absent characters left out.
std::size_t count_words(std::string_view text, Ticker& ticker);

}  // namespace aria_focus::core::text
