// SQL functions of the chapter keywords: lists as such, without the table.
#include "core/check/refusal.hpp"
#include "core/keywords/entries.hpp"
#include "core/keywords/keyword_list_reader.hpp"
#include "core/match/matcher.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "pg/border/border.hpp"
#include "pg/border/lasting.hpp"
#include "pg/sql/hit_rows.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/result_set.hpp"
#include "pg/values/text_array.hpp"

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

// focus_keyword_places(keywords jsonb, wanted text[]) -> rows
ARIA_FOCUS_FUNCTION(focus_keyword_places) {
    const pg::JsonTape list = pg::read_jsonb(PG_GETARG_DATUM(0));
    const std::span<const pg::ArrayText> wanted = pg::read_text_array(PG_GETARG_DATUM(1));
    const auto& places = pg::compute([&](core::Ticker& ticker) {
        std::vector<std::string_view> texts;
        texts.reserve(wanted.size());
        for (const pg::ArrayText& one : wanted) texts.push_back(one.text);
        return core::keywords::find_entries(list.view(), texts, ticker);
    });
    pg::ResultSet rows(fcinfo);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        wanted[i].is_null ? rows.add_null() : rows.add_text(wanted[i].text);
        places[i] ? rows.add_int(static_cast<int>(*places[i]) + 1) : rows.add_null();
        rows.end_row();
    }
    return rows.finish();
}

// focus_keyword_pairs(old_keywords jsonb, new_keywords jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_keyword_pairs) {
    const pg::JsonTape before = pg::read_jsonb(PG_GETARG_DATUM(0));
    const pg::JsonTape after = pg::read_jsonb(PG_GETARG_DATUM(1));
    const auto& pairs = pg::compute([&](core::Ticker& ticker) {
        return core::keywords::pair_entries(before.view(), after.view(), ticker);
    });
    pg::ResultSet rows(fcinfo);
    for (const core::keywords::EntryPair& pair : pairs) {
        for (const auto& place : {pair.before, pair.after}) {
            place ? rows.add_int(static_cast<int>(*place) + 1) : rows.add_null();
        }
        rows.end_row();
    }
    return rows.finish();
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
