// SQL functions of the chapter keywords: lists as such, without the table.
#include "core/check/refusal.hpp"
#include "core/keywords/keyword_list_reader.hpp"
#include "core/match/matcher.hpp"

#include <memory>
#include <string>

#include "pg/border/border.hpp"
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
LastList* last_list = nullptr;

// Compiles a list; raises invalid_argument with all its problems.
core::match::Matcher compile(core::check::JsonView list, core::Ticker& ticker) {
    core::check::Problems problems;
    const auto parsed = core::keywords::read_keyword_list(
        list, core::check::Reporter(problems, "keywords"), ticker);
    if (!problems.empty()) core::check::refuse_argument("invalid keyword list", problems);
    return core::match::Matcher::compile({&parsed, 1}, core::match::Semantics::bounded, ticker);
}

// The compiled form of a list.
LastList& compiled_list(Jsonb* jsonb) {
    const std::string_view bytes(reinterpret_cast<const char*>(jsonb), VARSIZE(jsonb));
    if (last_list != nullptr && last_list->jsonb == bytes) return *last_list;
    pg::JsonTape tape;
    tape.add_jsonb(jsonb);
    core::Ticker ticker = pg::interruptible();
    auto made = std::make_unique<LastList>(bytes, compile(tape.view(), ticker));
    delete last_list;
    last_list = made.release();
    return *last_list;
}

// True for a list that the table would accept.
bool is_keyword_list(core::check::JsonView list) {
    core::check::Problems problems;
    core::Ticker ticker = pg::interruptible();
    core::keywords::read_keyword_list(list, core::check::Reporter(problems), ticker);
    return problems.empty();
}

}  // namespace

// focus_is_keyword_list(keywords jsonb) -> boolean
ARIA_FOCUS_FUNCTION(focus_is_keyword_list) {
    PG_RETURN_BOOL(is_keyword_list(pg::read_jsonb(PG_GETARG_DATUM(0)).view()));
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
