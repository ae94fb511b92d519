// SQL functions of the chapter keywords: lists as such, without the table.
#include "core/check/refusal.hpp"
#include "core/keywords/keyword_list_reader.hpp"
#include "core/match/matcher.hpp"

#include <string>

#include "pg/border/border.hpp"
#include "pg/border/lasting.hpp"
#include "pg/sql/hit_rows.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/result_set.hpp"

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

namespace {

// The list compiled last, kept because a query usually asks many messages for one list.
struct LastList {
    LastList(std::string_view list, core::match::Matcher compiled)
        : jsonb(list), matcher(std::move(compiled)) {}

    std::string jsonb;  // the list as it came
    core::match::Matcher matcher;
    core::match::MatcherScratch scratch;
};
pg::Lasting<LastList> last_list;

// Compiles a list; raises invalid_argument with all its problems.
core::match::Matcher compile(core::check::JsonView list, core::Ticker& ticker) {
    core::check::Problems problems;
    const auto parsed = core::keywords::read_keyword_list(
        list, core::check::Reporter(problems, "keywords"), ticker);
    if (!problems.empty()) core::check::refuse_argument("invalid keyword list", problems);
    return core::match::Matcher::compile({&parsed, 1}, core::match::Semantics::bounded, ticker);
}

// Compiles a list, unless it is the one compiled last.
LastList& compiled_list(Jsonb* jsonb) {
    const std::string_view bytes(reinterpret_cast<const char*>(jsonb), VARSIZE(jsonb));
    if (LastList* last = last_list.find(); last != nullptr && last->jsonb == bytes) return *last;
    pg::JsonTape tape;
    tape.add_jsonb(jsonb);
    core::Ticker ticker = pg::interruptible();
    return last_list.replace([&] { return LastList(bytes, compile(tape.view(), ticker)); });
}

}  // namespace

// focus_is_keyword_list(keywords jsonb) -> boolean
ARIA_FOCUS_FUNCTION(focus_is_keyword_list) {
    const pg::JsonTape list = pg::read_jsonb(PG_GETARG_DATUM(0));
    PG_RETURN_BOOL(pg::compute([&](core::Ticker& ticker) {
        core::check::Problems problems;
        core::keywords::read_keyword_list(list.view(), core::check::Reporter(problems), ticker);
        return problems.empty();
    }));
}

// focus_keyword_place(keywords jsonb, keyword text) -> int
ARIA_FOCUS_FUNCTION(focus_keyword_place) {
    const pg::JsonTape list = pg::read_jsonb(PG_GETARG_DATUM(0));
    const pg::ServerText keyword = pg::read_text(PG_GETARG_DATUM(1));
    const auto index = pg::compute([&](core::Ticker& ticker) {
        return core::keywords::find_entry(list.view(), keyword.utf8, ticker);
    });
    if (!index) PG_RETURN_NULL();
    PG_RETURN_INT32(static_cast<int>(*index) + 1);
}

// focus_keyword_hits(message text, keywords jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_keyword_hits) {
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    LastList& list = compiled_list(DatumGetJsonbP(PG_GETARG_DATUM(1)));
    const std::span<const core::match::Hit> hits =
        pg::find_hits(list.matcher, message, list.scratch, std::nullopt);
    pg::ResultSet rows(fcinfo);
    pg::deliver_hits(rows, message, hits, list.matcher, [](const core::match::Hit&) {});
    return rows.finish();
}
