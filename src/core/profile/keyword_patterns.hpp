// Keywords that were meant as something else: a regular expression, a wildcard, a list, a number.
#pragma once

#include "core/base/core_only.hpp"

#include <string_view>

namespace aria_focus::core::profile {

// Why a keyword would not do what its author meant, or more than that, and what to do; empty if it would.
struct Risk {
    std::string_view what;
    std::string_view hint;
};

// Whether a keyword's characters look like a pattern of another language, or like a bare number. Names and
// phrases that have signs in them ("c++", "node.js", "and/or", "24/7", "what?", "a*", "[wip]") do not: in
// doubt nothing is said.
Risk pattern_risk(std::u32string_view folded) noexcept;

}  // namespace aria_focus::core::profile
