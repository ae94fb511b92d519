// "Did you mean": the nearest allowed name for a misspelt one.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"

#include <span>
#include <string>
#include <string_view>

namespace aria_focus::core::text {

// The Damerau-Levenshtein distance (optimal string alignment: an insertion, deletion, substitution
// or swap of neighbours costs 1) of two texts, in code points. F. J. Damerau, "A technique for
// computer detection and correction of spelling errors", CACM 7(3), 1964.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The first of the names nearest to the value, at distance 2 at most; empty if there is none.
std::string_view nearest_name(std::string_view value, std::span<const std::string_view> names,
                              Ticker& ticker);
// The nearest of a few names, where no report to a ticker is needed.
std::string_view nearest_name(std::string_view value, std::span<const std::string_view> names);

// "Did you mean ...?" for a name.
std::string suggest(std::string_view name);
// True for a hint of that form.
bool is_suggestion(std::string_view hint) noexcept;

// A hint for a value that is none of the names: the nearest one, else the allowed list.
std::string name_hint(std::string_view value, std::span<const std::string_view> names);

}  // namespace aria_focus::core::text
