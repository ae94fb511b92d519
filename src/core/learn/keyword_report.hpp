// What each keyword does on labelled messages: which entries work, which mislead, which never hit.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/judging.hpp"
#include "core/route/routing.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace aria_focus::core::learn {

// One entry of a list. A positive weight is right in messages of its own profile, a negative one in all
// others.
struct KeywordFigures {
    std::uint32_t profile = 0;
    std::uint32_t entry = 0;  // in the matcher
    Thousandths weight;
    std::size_t hits = 0;                      // messages that it has hit
    std::size_t right = 0;                     // of them
    std::size_t overlaps = 0;                  // of them, with another hit of the same profile
    std::optional<std::size_t> example_wrong;  // the first message where it was wrong
};

// The figures of all entries, in the order of profiles and lists; `lists` are those of the router.
std::vector<KeywordFigures> report_keywords(const route::Router& router,
                                            std::span<const match::KeywordList> lists,
                                            std::span<const LabelledMessage> messages,
                                            Ticker& ticker);

}  // namespace aria_focus::core::learn
