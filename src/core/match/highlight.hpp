// A message with its hits between two marks.
#pragma once

#include "core/base/core_only.hpp"
#include "core/match/matcher.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

namespace aria_focus::core::match {

// How many bytes the marked text has.
inline std::size_t marked_size(std::size_t text_bytes, std::size_t hits, std::string_view before,
                               std::string_view after) noexcept {
    return text_bytes + hits * (before.size() + after.size());
}

// Writes the text with each hit between the marks; returns behind the last byte. The hits are of one
// list. `place(byte)` says where a byte of the matched message is in the text, which may have another
// encoding; it is asked in ascending order.
template <class Place>
char* write_marked(std::string_view text, std::span<const Hit> hits, std::string_view before,
                   std::string_view after, Place&& place, char* out) {
    const auto put = [&out](std::string_view part) {
        out = std::copy(part.begin(), part.end(), out);
    };
    std::size_t done = 0;
    for (const Hit& hit : hits) {
        const std::size_t begin = place(hit.begin);
        const std::size_t end = place(hit.end);
        put(text.substr(done, begin - done));
        put(before);
        put(text.substr(begin, end - begin));
        put(after);
        done = end;
    }
    put(text.substr(done));
    return out;
}

}  // namespace aria_focus::core::match
