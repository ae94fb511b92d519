// Limits that a prompt states in words: "under 280 characters", "at most two hashtags and one emoji", "at least
// 300 words". Closed formulas of English, a number and a unit that is a metric; nothing is guessed. What is said
// of a part ("at most 20 words per sentence") is no limit of the reply and left out.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/hits.hpp"
#include "core/contract/metric.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace aria_focus::core::contract {

struct StatedLimit {
    Metric metric;
    Span span;  // from the words of the bound to the unit
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;
};

// All of them, in order.
std::vector<StatedLimit> read_stated_limits(std::string_view prompt, Ticker& ticker);

}  // namespace aria_focus::core::contract
