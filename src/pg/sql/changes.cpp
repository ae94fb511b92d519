// SQL function of the chapter learning that tries an edit on messages before it is made.
#include "core/learn/changes.hpp"
#include "core/learn/labels.hpp"

#include <optional>
#include <string_view>
#include <vector>

#include "pg/border/border.hpp"
#include "pg/tables/labelled_query.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/tables/saved_query.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/palloc_array.hpp"
#include "pg/values/result_set.hpp"
#include "pg/values/text_array.hpp"

namespace core = aria_focus::core;
namespace learn = aria_focus::core::learn;
namespace pg = aria_focus::pg;

namespace {

// Reads the enabled profiles as they would be with a document, in C order; raises 22023 for a bad document.
std::span<const pg::ProfileRow> read_candidates(Datum document) {
    static pg::SavedQuery query{
        "SELECT focus_id::pg_catalog.text, delegation_level, expertise_keywords "
        "FROM aria_engine.focus_candidates($1) WHERE enabled ORDER BY focus_id COLLATE \"C\"",
        1, nullptr, JSONBOID};
    pg::PallocArray<pg::ProfileRow> rows;
    pg::for_each_result(query, document, [&](const pg::QueryRow& row) {
        pg::JsonTape keywords;
        keywords.add_jsonb(DatumGetJsonbPCopy(row.value(3)));
        rows.push({pg::to_utf8(row.text_at(1)), DatumGetInt32(row.value(2)), keywords.nodes()});
    });
    return rows.view();
}

// Refuses labels that name a profile neither of now nor of then.
void check_labels(const pg::MessageRows& messages, std::span<const pg::ProfileRow> candidates) {
    const std::span<const pg::KnownProfile> known = pg::read_known_profiles();
    const core::route::Router& router = pg::visible_profiles().router();
    pg::compute([&](core::Ticker& ticker) {
        learn::LabelReader reader(router);
        for (const pg::KnownProfile& one : known) {
            if (!one.is_enabled) reader.add_disabled(one.focus_id);
        }
        for (const pg::ProfileRow& one : candidates) reader.add_disabled(one.focus_id);
        for (const pg::LabelledRow& row : messages.rows) {
            ticker.tick(16);
            reader.read(row.focus_id);
        }
        reader.finish({}, ticker);
        return true;
    });
}

// Adds the focus_id of a profile; NULL for nobody.
void add_label(pg::Row& row, const core::route::Router& router, learn::Label label) {
    label == learn::nobody ? row.add_null() : row.add_text(router.profiles()[label].focus_id);
}

// Says how many messages change, and whether for the better.
void notice_changes(const learn::RouteChanges& found, std::size_t messages) {
    ereport(NOTICE, (errmsg("of %zu messages %zu would change: %zu fixed, %zu broken", messages,
                            found.changes.size(), found.fixed, found.broken)));
}

}  // namespace

// focus_changed_routes(query text, document jsonb, threshold float8 = 1) -> rows
ARIA_FOCUS_FUNCTION(focus_changed_routes) {
    const pg::MessageRows messages = pg::read_message_query(fcinfo, 0);
    if (PG_ARGISNULL(1)) {
        ereport(ERROR,
                (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("the document is NULL"),
                 errhint("Pass an array of patches as focus_put takes them, or an export.")));
    }
    const double threshold = PG_ARGISNULL(2) ? 1.0 : PG_GETARG_FLOAT8(2);
    const std::span<const pg::ProfileRow> candidates = read_candidates(PG_GETARG_DATUM(1));
    check_labels(messages, candidates);
    const core::route::Router& now = pg::visible_profiles().router();
    const core::route::Router& then = pg::compute(
        [&](core::Ticker& ticker) { return pg::compile_candidates(candidates, ticker); });
    const learn::RouteChanges& found = pg::compute([&](core::Ticker& ticker) {
        std::vector<learn::NamedMessage> named;
        named.reserve(messages.rows.size());
        for (const pg::LabelledRow& row : messages.rows)
            named.push_back({row.message, row.focus_id});
        return learn::find_changes(now, then, named, threshold, ticker);
    });
    if (messages.have_labels) notice_changes(found, messages.rows.size());
    pg::ResultSet rows(fcinfo);
    for (const learn::RouteChange& it : found.changes) {
        const pg::LabelledRow& message = messages.rows[it.message];
        rows.add_text(message.message);
        message.focus_id ? rows.add_text(*message.focus_id) : rows.add_null();
        add_label(rows, now, it.before);
        add_label(rows, then, it.after);
        rows.add_float(it.evidence_before.value());
        rows.add_float(it.evidence_after.value());
        const auto entries =
            std::span(found.keywords).subspan(it.keywords.first, it.keywords.count);
        rows.add(pg::text_array_datum(entries, [&](std::uint32_t entry) {
            return pg::to_server(then.matcher().text(entry));
        }));
        rows.end_row();
    }
    return rows.finish();
}
