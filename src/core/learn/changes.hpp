// What another set of profiles would change: messages that go elsewhere, and whether that is right.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/judging.hpp"
#include "core/route/routing.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace aria_focus::core::learn {

// A message and the id of the profile that it belongs to, if it has one.
struct NamedMessage {
    std::string_view text;
    std::optional<std::string_view> focus_id;
};

// A message that goes elsewhere; labels are those of the router that gave them.
struct RouteChange {
    std::size_t message;  // its number
    Label before;
    Label after;
    Thousandths evidence_before;  // of rank 1
    Thousandths evidence_after;
    KeywordRange keywords;  // that decide afterwards
};

struct RouteChanges {
    std::vector<RouteChange> changes;     // in the order of the messages
    std::vector<std::uint32_t> keywords;  // the later matcher's entries that their ranges are of
    std::size_t fixed = 0;                // messages that went wrong and go right
    std::size_t broken = 0;               // the other way round
};

// Routes each message with both sets. A message of a profile that neither has is nobody's.
RouteChanges find_changes(const route::Router& before, const route::Router& after,
                          std::span<const NamedMessage> messages, double threshold, Ticker& ticker);

}  // namespace aria_focus::core::learn
