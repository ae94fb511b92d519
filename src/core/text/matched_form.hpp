// The form of a keyword that is matched: in NFC, case folded, without what is not there for the reader.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"

#include <string>
#include <string_view>

namespace aria_focus::core::text {

// Appends that form: cluster by cluster in NFC, apostrophes and hyphens as the ASCII ones, zero-width spaces as
// spaces, no space at the ends or beside another one.
void append_matched_form(std::string_view text, std::u32string& out);

// True if nothing of it would be left.
bool is_nothing(std::string_view text, Ticker& ticker);

}  // namespace aria_focus::core::text
