// Hits as rows: keyword, pos, len, matched, weight.
#pragma once

#include "core/match/matcher.hpp"

#include <optional>
#include <span>

#include "pg/border/border.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/result_set.hpp"

namespace aria_focus::pg {

// Finds the hits of a message.
inline std::span<const core::match::Hit> find_hits(const core::match::Matcher& matcher,
                                                   const ServerText& message,
                                                   core::match::MatcherScratch& scratch,
                                                   std::optional<std::uint32_t> only_list) {
    return compute([&](core::Ticker& ticker) {
        return core::match::collect_hits(matcher, message.utf8, scratch, ticker, only_list);
    });
}

// Writes one row a hit; before(hit) adds the columns that stand before keyword.
template <class Before>
void deliver_hits(ResultSet& rows, const ServerText& message,
                  std::span<const core::match::Hit> hits, const core::match::Matcher& matcher,
                  Before&& before) {
    ServerCursor start(message);
    for (const core::match::Hit& hit : hits) {
        start.move_to(hit.begin);
        ServerCursor end = start;
        end.move_to(hit.end);
        before(hit);
        rows.add_text(matcher.text(hit.entry));
        rows.add_int(start.position());
        rows.add_int(end.position() - start.position());
        rows.add_server_text(message.server.substr(start.server_offset(),
                                                   end.server_offset() - start.server_offset()));
        rows.add_float(core::Thousandths{hit.weight}.value());
        rows.end_row();
    }
}

}  // namespace aria_focus::pg
