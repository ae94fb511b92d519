// A router over profiles that a test writes down.
#pragma once

#include "core/route/routing.hpp"
#include "support/json_builder.hpp"

#include <string>
#include <vector>

namespace aria_focus::test {

// A profile as a test writes it.
struct Written {
    const char* focus_id;
    int level;
    const char* keywords;
};

// A router over profiles that come sorted.
inline core::route::Router router_of(const std::vector<Written>& written) {
    core::Ticker ticker;
    std::vector<core::route::RoutingProfile> profiles;
    std::vector<ParsedList> parsed;
    std::vector<core::match::KeywordList> lists;
    for (const Written& one : written) {
        profiles.push_back({one.focus_id, one.level});
        parsed.push_back(good_list(one.keywords));
        lists.push_back(parsed.back().list);
    }
    return core::route::Router(std::move(profiles), lists, ticker);
}

}  // namespace aria_focus::test
