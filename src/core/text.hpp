// Questions about a text that several rules ask.
#pragma once

#include "core/core_only.hpp"

#include <string_view>

namespace aria_focus::core {

// True for the empty text and for white space alone.
bool is_blank(std::string_view text) noexcept;

}  // namespace aria_focus::core
