// Highlighting, as the border does it in UTF-8, and done naively.
#pragma once

#include "core/match/highlight.hpp"
#include "support/naive_hits.hpp"

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::test {

// The message with the hits of one list between the marks.
inline std::string marked_text(std::string_view message, const std::vector<core::match::Hit>& hits,
                               std::string_view before, std::string_view after) {
    // A buffer of exactly the promised size, so that the address sanitizer sees a byte too many.
    std::vector<char> out(core::match::marked_size(message.size(), hits.size(), before, after));
    const auto same_place = [](std::size_t byte) { return byte; };
    const char* const end =
        core::match::write_marked(message, hits, before, after, same_place, out.data());
    if (end != out.data() + out.size()) return "not as long as promised";
    return {out.begin(), out.end()};
}

// The same by the oracle: the message is copied character by character (`offsets`: their bytes), and
// before each one it is asked what ends and starts there.
inline std::string naive_marked(std::string_view text, const std::vector<std::uint32_t>& offsets,
                                const OracleList& list, std::u32string_view message,
                                std::string_view before, std::string_view after) {
    std::vector<bool> starts(message.size() + 1);
    std::vector<bool> ends(message.size() + 1);
    for (const OracleHit& hit : oracle_hits(list, message, true)) {
        starts[hit.begin] = true;
        ends[hit.end] = true;
    }
    std::string out;
    for (std::size_t at = 0; at <= message.size(); ++at) {
        if (ends[at]) out += after;
        if (starts[at]) out += before;
        if (at < message.size()) out += text.substr(offsets[at], offsets[at + 1] - offsets[at]);
    }
    return out;
}

}  // namespace aria_focus::test
