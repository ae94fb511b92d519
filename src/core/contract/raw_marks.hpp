// Marks of a text that are looked for where no sentence is: characters that nobody sees, and places that
// somebody forgot to fill in.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/hits.hpp"
#include "core/contract/layout.hpp"

#include <string_view>

namespace aria_focus::core::contract {

// Counts invisible characters of the text as it is.
void read_invisible(std::string_view text, Hits& hits, Ticker& ticker);

// Counts placeholders in all units of the text.
void read_placeholders(std::string_view text, const Layout& layout, Hits& hits, Ticker& ticker);

// How many lines: breaks, and one more if anything follows.
std::uint64_t count_lines(std::string_view text) noexcept;

}  // namespace aria_focus::core::contract
