// The JSON form of a keyword list: the array that says which messages a profile is for.
//
//   ["deploy", {"keyword": "ci", "match": "word", "weight": 2.5}]
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"
#include "core/check/reporter.hpp"
#include "core/match/keyword_list.hpp"

#include <string_view>

namespace aria_focus::core::keywords {

// Reads a list and reports every problem; entries with a problem are left out of the result. A key
// `callers_key` of an entry is the caller's to read.
match::KeywordList read_keyword_list(check::JsonView list, const check::Reporter& report,
                                     Ticker& ticker, std::string_view callers_key = {});

// Reads the entries without a problem of a list that was reported on elsewhere.
match::KeywordList sound_keywords(check::JsonView list, Ticker& ticker);

}  // namespace aria_focus::core::keywords
