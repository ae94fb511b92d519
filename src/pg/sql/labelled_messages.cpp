#include "pg/sql/labelled_messages.hpp"

#include "core/keywords/keyword_list_reader.hpp"
#include "core/learn/labels.hpp"

#include <vector>

#include "pg/border/border.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/values/encoding.hpp"

namespace aria_focus::pg {

namespace {

// Says what was odd about the labels.
void notice_labels(const core::learn::LabelSummary& summary) {
    if (summary.disabled > 0) {
        ereport(NOTICE, (errmsg("messages of disabled profiles, which count as nobody's: %zu",
                                summary.disabled)));
    }
    if (summary.contradicting > 0) {
        ereport(NOTICE,
                (errmsg("messages that stand under different labels: %zu", summary.contradicting),
                 errdetail("The first one: %s", to_server_cstring(summary.first_contradicting))));
    }
    if (summary.repeated > 0) {
        ereport(NOTICE, (errmsg("messages that stand more than once under the same label: %zu",
                                summary.repeated)));
    }
}

}  // namespace

LabelledMessages read_labelled_messages(FunctionCallInfo fcinfo) {
    const std::span<const LabelledRow> rows = read_labelled_query(fcinfo, 0);
    const std::span<const KnownProfile> known = read_known_profiles();
    CompiledProfiles& profiles = visible_profiles();
    const core::route::Router& router = profiles.router();
    core::learn::LabelSummary summary;
    const std::span<const core::learn::LabelledMessage> messages =
        compute([&](core::Ticker& ticker) {
            core::learn::LabelReader reader(router);
            for (const KnownProfile& profile : known) {
                if (!profile.is_enabled) reader.add_disabled(profile.focus_id);
            }
            std::vector<core::learn::LabelledMessage> out;
            out.reserve(rows.size());
            for (const LabelledRow& row : rows) {
                ticker.tick(16);
                out.push_back({row.message, reader.read(row.focus_id)});
            }
            summary = reader.finish(out, ticker);
            return out;
        });
    notice_labels(summary);
    return {messages, profiles, router};
}

std::span<const ProfileRow> read_lists() {
    Relation table = open_profiles();
    const std::span<const ProfileRow> rows = read_profiles(table, active_snapshot());
    table_close(table, NoLock);
    return rows;
}

std::vector<core::match::KeywordList> lists_of(std::span<const ProfileRow> rows,
                                               core::Ticker& ticker) {
    std::vector<core::match::KeywordList> out;
    out.reserve(rows.size());
    for (const ProfileRow& row : rows) {
        const core::check::JsonView list(row.keywords);
        out.push_back(core::keywords::sound_keywords(list, ticker));
    }
    return out;
}

}  // namespace aria_focus::pg
