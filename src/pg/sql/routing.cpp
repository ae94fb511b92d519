// SQL functions of the chapter routing: which focus a message goes to, and why.
#include "core/route/routing.hpp"
#include "core/base/error.hpp"
#include "core/match/highlight.hpp"
#include "core/route/decision.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "pg/border/border.hpp"
#include "pg/sql/hit_rows.hpp"
#include "pg/sql/unknown_penalty.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/values/count_argument.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/result_set.hpp"
#include "pg/values/text_array.hpp"
#include "pg/values/varlena.hpp"

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

namespace {

// How many rows are shown where the caller does not say: more than there can be.
constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();

// Counts what a message says of each profile, and ranks them.
std::span<const core::route::Tally> rank(const core::route::Router& router,
                                         const pg::ServerText& message,
                                         const core::route::UnknownPenalty& penalty) {
    return pg::compute([&](core::Ticker& ticker) {
        std::vector<core::route::Tally> ranked =
            pg::shared_tallies().count(router, message.utf8, ticker);
        core::route::rank(router, ranked);
        if (penalty) {
            core::route::UnknownWords unknown;
            core::route::take(penalty.of(message.utf8, unknown, ticker), ranked);
        }
        return ranked;
    });
}

// Lists the distinct keywords of one profile that the message counted last has hit, in list order.
Datum hit_keywords(const core::match::Matcher& matcher, std::uint32_t profile) {
    const auto [first, last] = matcher.entries_of(profile);
    const auto entries = pg::shared_tallies().distinct(first, last);
    return pg::text_array_datum(
        entries, [&](std::uint32_t entry) { return pg::to_server(matcher.text(entry)); });
}

// Finds the enabled profile that an argument names; nothing for NULL.
std::optional<std::uint32_t> find_focus(FunctionCallInfo fcinfo, int argument,
                                        const core::route::Router& router) {
    if (PG_ARGISNULL(argument)) return std::nullopt;
    const pg::ServerText focus_id = pg::read_text(PG_GETARG_DATUM(argument));
    const auto found = pg::shared_tallies().find(router, focus_id.utf8);
    pg::release(focus_id);
    return found;
}

// Finds the profile that a message goes to if no profile claims it, and says how.
core::route::Fallback find_fallback(FunctionCallInfo fcinfo, int argument,
                                    const core::route::Router& router) {
    using core::route::Decider;
    if (PG_ARGISNULL(argument)) return {std::nullopt, Decider::nobody};
    if (const auto named = find_focus(fcinfo, argument, router)) return {named, Decider::fallback};
    const auto core_profile = router.first_core_profile();
    return {core_profile, core_profile ? Decider::first_core_profile : Decider::nobody};
}

// Finds the profile that a message goes to by its keywords.
std::optional<std::uint32_t> route(const core::route::Router& router, const pg::ServerText& message,
                                   const core::route::RoutingRules& rules,
                                   const core::route::UnknownPenalty& penalty) {
    return pg::compute([&](core::Ticker& ticker) {
        const auto& tallies = pg::shared_tallies().count(router, message.utf8, ticker);
        if (!penalty) return core::route::route(router, tallies, rules);
        core::route::UnknownWords unknown;
        std::vector<core::route::Tally> left = tallies;
        core::route::take(penalty.of(message.utf8, unknown, ticker), left);
        return core::route::route(router, left, rules);
    });
}

// What unknown words take from each profile that a message hits.
struct Loss {
    std::vector<std::uint32_t> profiles;  // ascending
    double weight = 0;
    std::string words;  // the first of them
};

// Finds it; no profiles where nothing is lost.
const Loss& find_loss(const core::route::UnknownPenalty& penalty, const pg::ServerText& message,
                      std::span<const core::match::Hit> hits) {
    return pg::compute([&](core::Ticker& ticker) {
        Loss out;
        if (!penalty) return out;
        core::route::UnknownWords reader;
        const auto& unknown = reader.find(penalty.known(), message.utf8, ticker);
        if (unknown.empty()) return out;
        constexpr std::size_t shown = 20;
        for (std::size_t i = 0; i < std::min(shown, unknown.size()); ++i) {
            out.words += i == 0 ? "" : " ";
            out.words += unknown[i];
        }
        if (unknown.size() > shown) out.words += " ...";
        out.weight =
            -core::Thousandths{penalty.each().count * static_cast<std::int64_t>(unknown.size())}
                 .value();
        for (const core::match::Hit& hit : hits) out.profiles.push_back(hit.list);
        std::sort(out.profiles.begin(), out.profiles.end());
        out.profiles.erase(std::unique(out.profiles.begin(), out.profiles.end()),
                           out.profiles.end());
        return out;
    });
}

// Writes it as a row for each profile.
void deliver_loss(pg::ResultSet& rows, const core::route::Router& router, const Loss& loss) {
    for (const std::uint32_t profile : loss.profiles) {
        rows.add_text(router.profiles()[profile].focus_id);
        rows.add_null();
        rows.add_null();
        rows.add_null();
        rows.add_text(loss.words);
        rows.add_float(loss.weight);
        rows.end_row();
    }
}

// Reads an amount of evidence, or takes a default where it is NULL; raises 22023 for a negative one and NaN.
double read_evidence(FunctionCallInfo fcinfo, int argument, const char* name, double usual) {
    if (PG_ARGISNULL(argument)) return usual;
    const double value = PG_GETARG_FLOAT8(argument);
    if (value >= 0) return value;
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("%s must be a number from 0 on, not %g", name, value),
                    errhint("It is an amount of evidence: the sum of the weights of keywords.")));
    pg_unreachable();
}

// Writes the id of a profile, or NULL.
void add_focus(pg::Row& row, const core::route::Router& router,
               const std::optional<std::uint32_t>& profile) {
    profile ? row.add_text(router.profiles()[*profile].focus_id) : row.add_null();
}

// Reads a text argument, or takes a default where it is NULL.
std::string_view text_or(FunctionCallInfo fcinfo, int argument, std::string_view fallback) {
    if (PG_ARGISNULL(argument)) return fallback;
    const text* value = PG_GETARG_TEXT_PP(argument);
    return {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};
}

// Writes the message with every hit between the two marks.
Datum mark_hits(const pg::ServerText& message, std::span<const core::match::Hit> hits,
                std::string_view before, std::string_view after) {
    const std::size_t bytes =
        core::match::marked_size(message.server.size(), hits.size(), before, after) + VARHDRSZ;
    auto* result = pg::allocate_varlena(bytes, "highlighted message");
    pg::ServerCursor cursor(message);
    const auto place = [&cursor](std::size_t byte) {
        CHECK_FOR_INTERRUPTS();
        cursor.move_to(byte);
        return cursor.server_offset();
    };
    core::match::write_marked(message.server, hits, before, after, place, VARDATA(result));
    return PointerGetDatum(result);
}

}  // namespace

// focus_rank(message text, top bigint = NULL, unknown_penalty float8 = 0) -> rows
ARIA_FOCUS_FUNCTION(focus_rank) {
    if (PG_ARGISNULL(0)) return pg::ResultSet(fcinfo).finish();
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    pg::CompiledProfiles& profiles = pg::visible_profiles();
    const core::route::Router& router = profiles.router();
    const core::route::UnknownPenalty penalty = pg::read_unknown_penalty(fcinfo, 2, profiles);
    const std::span<const core::route::Tally> ranked = rank(router, message, penalty);
    const auto top =
        pg::read_count(fcinfo, 1, "top", "Leave it out, or pass NULL, to get all rows.");
    const std::size_t wanted = std::min(ranked.size(), static_cast<std::size_t>(top.value_or(all)));
    pg::ResultSet rows(fcinfo);
    for (std::size_t i = 0; i < wanted; ++i) {
        const core::route::Tally& tally = ranked[i];
        const core::Thousandths next =
            i + 1 < ranked.size() ? ranked[i + 1].evidence : core::Thousandths();
        rows.add_int(static_cast<int>(i) + 1);
        rows.add_text(router.profiles()[tally.profile].focus_id);
        rows.add_float(core::route::score_of(tally.evidence));
        rows.add_float(tally.evidence.value());
        rows.add_int(static_cast<int>(tally.hits));
        rows.add(hit_keywords(router.matcher(), tally.profile));
        rows.add_float((tally.evidence - next).value());
        rows.end_row();
    }
    return rows.finish();
}

// focus_route(message text, fallback text = 'orchestrator', threshold float8 = 1, min_margin float8 = 0,
//     unknown_penalty float8 = 0) -> text
ARIA_FOCUS_FUNCTION(focus_route) {
    if (PG_ARGISNULL(0)) PG_RETURN_NULL();
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    pg::CompiledProfiles& profiles = pg::visible_profiles();
    const core::route::Router& router = profiles.router();
    const double threshold = PG_ARGISNULL(2) ? 1.0 : PG_GETARG_FLOAT8(2);
    const double min_margin = read_evidence(fcinfo, 3, "min_margin", 0);
    const core::route::UnknownPenalty penalty = pg::read_unknown_penalty(fcinfo, 4, profiles);
    std::optional<std::uint32_t> focus = route(router, message, {threshold, min_margin}, penalty);
    pg::release(message);
    if (!focus) focus = find_fallback(fcinfo, 1, router).focus;
    if (!focus) PG_RETURN_NULL();
    return pg::to_text_datum(router.profiles()[*focus].focus_id);
}

// focus_decide(message text, fallback text = 'orchestrator', threshold float8 = 1, min_margin float8 = 0,
//     unknown_penalty float8 = 0) -> one row
ARIA_FOCUS_FUNCTION(focus_decide) {
    const core::route::RoutingRules rules = {read_evidence(fcinfo, 2, "threshold", 1),
                                             read_evidence(fcinfo, 3, "min_margin", 0)};
    if (PG_ARGISNULL(0)) return pg::ResultSet(fcinfo).finish();
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    pg::CompiledProfiles& profiles = pg::visible_profiles();
    const core::route::Router& router = profiles.router();
    const core::route::UnknownPenalty penalty = pg::read_unknown_penalty(fcinfo, 4, profiles);
    const std::span<const core::route::Tally> ranked = rank(router, message, penalty);
    const core::route::Decision decision =
        core::route::decide(ranked, rules, find_fallback(fcinfo, 1, router));
    pg::ResultSet row(fcinfo);
    add_focus(row, router, decision.focus);
    row.add_text(core::route::name_of(decision.decider));
    row.add_float(decision.evidence.value());
    row.add_float(core::route::score_of(decision.evidence));
    row.add_float(decision.margin.value());
    decision.leader ? row.add(hit_keywords(router.matcher(), *decision.leader))
                    : row.add(pg::text_array_datum({}));
    add_focus(row, router, decision.runner_up);
    row.add_optional(profiles.etag(), &pg::Row::add_text);
    row.end_row();
    return row.finish();
}

// focus_explain(message text, unknown_penalty float8 = 0) -> rows
ARIA_FOCUS_FUNCTION(focus_explain) {
    if (PG_ARGISNULL(0)) return pg::ResultSet(fcinfo).finish();
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    pg::CompiledProfiles& profiles = pg::visible_profiles();
    const core::route::Router& router = profiles.router();
    const core::route::UnknownPenalty penalty = pg::read_unknown_penalty(fcinfo, 1, profiles);
    const std::span<const core::match::Hit> hits =
        pg::find_hits(router.matcher(), message, pg::shared_tallies().scratch(), std::nullopt);
    pg::ResultSet rows(fcinfo);
    pg::deliver_hits(rows, message, hits, router.matcher(), [&](const core::match::Hit& hit) {
        rows.add_text(router.profiles()[hit.list].focus_id);
    });
    deliver_loss(rows, router, find_loss(penalty, message, hits));
    return rows.finish();
}

// focus_highlight(message text, focus_id text, start_sel text, stop_sel text) -> text
ARIA_FOCUS_FUNCTION(focus_highlight) {
    if (PG_ARGISNULL(0)) PG_RETURN_NULL();
    const core::route::Router& router = pg::visible_profiles().router();
    const auto focus = find_focus(fcinfo, 1, router);
    if (!focus) PG_RETURN_DATUM(PG_GETARG_DATUM(0));
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    const std::span<const core::match::Hit> hits =
        pg::find_hits(router.matcher(), message, pg::shared_tallies().scratch(), focus);
    return mark_hits(message, hits, text_or(fcinfo, 2, "<b>"), text_or(fcinfo, 3, "</b>"));
}

// focus_specialty_score(message text, focus_id text) -> float8
ARIA_FOCUS_FUNCTION(focus_specialty_score) {
    if (PG_ARGISNULL(0)) PG_RETURN_NULL();
    pg::CompiledProfiles& profiles = pg::visible_profiles();
    const auto focus = find_focus(fcinfo, 1, profiles.router());
    if (!focus) PG_RETURN_FLOAT8(core::route::unknown_specialty);
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    const double score = pg::compute([&](core::Ticker& ticker) {
        return core::route::specialty_score(profiles.plain(ticker), *focus, message.utf8,
                                            pg::shared_tallies().scratch(), ticker);
    });
    pg::release(message);
    PG_RETURN_FLOAT8(score);
}
