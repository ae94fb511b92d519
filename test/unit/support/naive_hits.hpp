// What the naive oracle says of several lists, as the hits that the matcher must find.
#pragma once

#include "core/match/matcher.hpp"
#include "core/text/utf8.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::test {

// Byte offset of every character of a message, and of its end.
inline std::vector<std::uint32_t> offsets_of(std::u32string_view message) {
    std::vector<std::uint32_t> out = {0};
    for (const char32_t c : message) {
        std::string bytes;
        core::text::utf8::append(bytes, c);
        out.push_back(out.back() + static_cast<std::uint32_t>(bytes.size()));
    }
    return out;
}

// What the oracle says, in the matcher's terms and order; `offsets` are the bytes of the characters.
inline std::vector<core::match::Hit> expected_hits(const std::vector<OracleList>& lists,
                                                   std::u32string_view message,
                                                   const std::vector<std::uint32_t>& offsets,
                                                   bool bounded) {
    std::vector<core::match::Hit> out;
    std::uint32_t first_entry = 0;
    for (std::uint32_t list = 0; list < lists.size(); ++list) {
        for (const OracleHit& hit : oracle_hits(lists[list], message, bounded)) {
            out.push_back({list, first_entry + static_cast<std::uint32_t>(hit.entry),
                           offsets[hit.begin], offsets[hit.end], lists[list][hit.entry].weight});
        }
        first_entry += static_cast<std::uint32_t>(lists[list].size());
    }
    std::stable_sort(
        out.begin(), out.end(),
        [](const core::match::Hit& a, const core::match::Hit& b) { return a.begin < b.begin; });
    return out;
}

// True for equal hits.
inline bool same(const core::match::Hit& a, const core::match::Hit& b) {
    return a.list == b.list && a.entry == b.entry && a.begin == b.begin && a.end == b.end &&
           a.weight == b.weight;
}

// Hits in one line.
inline std::string to_text(const std::vector<core::match::Hit>& hits) {
    std::string out;
    for (const core::match::Hit& hit : hits) {
        out += " list " + std::to_string(hit.list) + " entry " + std::to_string(hit.entry) + " [" +
               std::to_string(hit.begin) + "," + std::to_string(hit.end) + ")";
    }
    return out;
}

}  // namespace aria_focus::test
