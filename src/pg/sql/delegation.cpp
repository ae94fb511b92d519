// SQL functions of the chapter delegation: which agent gets a message, who joins in, what is tried.
#include "core/agent/delegation.hpp"
#include "core/route/escalation.hpp"
#include "core/text/nearest.hpp"

#include <array>
#include <span>

#include "pg/border/border.hpp"
#include "pg/border/lasting.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/tables/saved_query.hpp"
#include "pg/values/count_argument.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/palloc_array.hpp"
#include "pg/values/result_set.hpp"
#include "pg/values/text_array.hpp"

namespace core = aria_focus::core;
namespace pg = aria_focus::pg;

namespace {

// The models that enabled profiles put in place of their agents' own.
pg::SavedQuery overrides_query = {
    "SELECT p.focus_id::pg_catalog.text, p.model_override::pg_catalog.text FROM "
    "aria_engine.focus_profiles AS p "
    "WHERE p.enabled AND p.model_override IS NOT NULL",
    0};

// The signals of escalation, compiled when first asked for.
pg::Lasting<core::route::EscalationRules> escalation_rules;

// How many agents are chosen where the caller does not say.
constexpr std::int64_t usual_agents = 5;

using Agents = std::span<const core::agent::Agent>;

// Reads the agents of a jsonb argument; their texts are in the server's encoding.
Agents read_agents(Datum jsonb) {
    const pg::JsonTape tape = pg::read_jsonb(jsonb, core::agent::agent_keys());
    return pg::compute(
        [&](core::Ticker& ticker) { return core::agent::read_agents(tape.view(), ticker); });
}

// Says how an agent's specialty is told.
enum class Specialty : std::uint8_t { evidence, aria };

// The words for each Specialty, in its order.
constexpr std::array<std::string_view, 2> specialty_names = {"evidence", "aria"};

// Reads which specialty is asked for; raises 22023 for one that there is not.
Specialty read_specialty(FunctionCallInfo fcinfo, int argument) {
    if (PG_ARGISNULL(argument)) return Specialty::evidence;
    const char* const asked = TextDatumGetCString(PG_GETARG_DATUM(argument));
    for (std::size_t i = 0; i < specialty_names.size(); ++i) {
        if (specialty_names[i] == asked) return static_cast<Specialty>(i);
    }
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("specialty \"%s\" is neither evidence nor aria", asked),
                    errhint("evidence scores as routing does, aria as the Aria engine does.")));
    pg_unreachable();
}

// Reads what decides among equals, an argument that may be NULL.
core::agent::TieBreaker read_seed(FunctionCallInfo fcinfo, int argument) {
    if (PG_ARGISNULL(argument)) return core::agent::TieBreaker();
    return core::agent::TieBreaker(pg::read_text(PG_GETARG_DATUM(argument)).utf8);
}

// Reads what a message says of the visible profiles.
core::agent::Reading read_message(pg::CompiledProfiles& profiles, const pg::ServerText& message,
                                  Specialty specialty, core::Ticker& ticker) {
    core::route::Tallies& tallies = pg::shared_tallies();
    core::agent::Reading reading =
        core::agent::read_message(profiles.router(), message.utf8, tallies, ticker);
    if (specialty == Specialty::aria) {
        reading.specialty = core::route::specialty_scores(profiles.plain(ticker), message.utf8,
                                                          tallies.scratch(), ticker);
    }
    return reading;
}

// Finds the profiles that a message speaks to, in the order of rank.
std::span<const std::uint32_t> find_domains(const core::route::Router& router,
                                            const pg::ServerText& message) {
    return pg::compute([&](core::Ticker& ticker) {
        return core::route::domains_of(router,
                                       pg::shared_tallies().count(router, message.utf8, ticker));
    });
}

// Decides whether a message that speaks to so many profiles wants several agents.
core::route::Escalation escalate(const pg::ServerText& message, std::size_t domains) {
    return pg::compute([&](core::Ticker& ticker) {
        return escalation_rules.get([&] { return core::route::EscalationRules(ticker); })
            .assess(message.utf8, domains, pg::shared_tallies().scratch(), ticker);
    });
}

// Writes a part as a person reads it: cap -0.3.
std::string_view reason_of(const core::route::EscalationPart& part) {
    return psprintf("%.*s %g", static_cast<int>(part.name.size()), part.name.data(),
                    part.value.value());
}

// Reads the models that enabled profiles put in place of their agents' own.
std::span<const core::agent::ModelOverride> read_overrides() {
    pg::PallocArray<core::agent::ModelOverride> overrides;
    pg::for_each_result(overrides_query, 0, [&](const pg::QueryRow& row) {
        overrides.push({row.text_at(1), row.text_at(2)});
    });
    return overrides.view();
}

// Reads the elements of a text array that are not NULL, in UTF-8.
std::span<const std::string_view> read_texts(Datum array) {
    pg::PallocArray<std::string_view> texts;
    for (const pg::ArrayText& one : pg::read_text_array(array)) {
        if (!one.is_null) texts.push(one.text);
    }
    return texts.view();
}

}  // namespace

// focus_agent_scores(message text, agents jsonb, specialty text = 'evidence', seed text) -> rows
ARIA_FOCUS_FUNCTION(focus_agent_scores) {
    if (PG_ARGISNULL(0) || PG_ARGISNULL(1)) return pg::ResultSet(fcinfo).finish();
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    const Agents agents = read_agents(PG_GETARG_DATUM(1));
    const Specialty specialty = read_specialty(fcinfo, 2);
    const core::agent::TieBreaker ties = read_seed(fcinfo, 3);
    pg::CompiledProfiles& profiles = pg::visible_profiles();
    const auto& scores = pg::compute([&](core::Ticker& ticker) {
        return core::agent::score_agents(agents, profiles.router(),
                                         read_message(profiles, message, specialty, ticker), ties,
                                         ticker);
    });
    pg::ResultSet rows(fcinfo);
    for (const core::agent::AgentScore& one : scores) {
        const core::agent::Agent& agent = agents[one.agent];
        const std::string_view excluded = core::agent::exclusion_of(agent);
        rows.add_server_text(agent.agent_id);
        excluded.empty() ? rows.add_float(one.total) : rows.add_null();
        rows.add_float(agent.pheromone_score);
        rows.add_float(one.specialty);
        rows.add_float(one.load);
        rows.add_float(agent.recent_success_rate);
        rows.add_optional(excluded, &pg::Row::add_text);
        rows.end_row();
    }
    return rows.finish();
}

// focus_select_agents(topic text, agents jsonb, max_agents bigint = 5, seed text) -> rows
ARIA_FOCUS_FUNCTION(focus_select_agents) {
    if (PG_ARGISNULL(0) || PG_ARGISNULL(1)) return pg::ResultSet(fcinfo).finish();
    const pg::ServerText topic = pg::read_text(PG_GETARG_DATUM(0));
    const std::int64_t most =
        pg::read_count(fcinfo, 2, "max_agents", "Leave it out, or pass NULL, to get up to 5.")
            .value_or(usual_agents);
    const Agents agents = read_agents(PG_GETARG_DATUM(1));
    const core::agent::TieBreaker ties = read_seed(fcinfo, 3);
    pg::CompiledProfiles& profiles = pg::visible_profiles();
    const core::route::Router& router = profiles.router();
    const auto& chosen = pg::compute([&](core::Ticker& ticker) {
        const core::agent::Reading reading =
            read_message(profiles, topic, Specialty::evidence, ticker);
        return core::agent::select_agents(agents, router, reading, static_cast<std::size_t>(most),
                                          ties, ticker);
    });
    pg::ResultSet rows(fcinfo);
    int place = 0;
    for (const core::agent::Chosen& one : chosen) {
        rows.add_int(++place);
        rows.add_server_text(agents[one.agent].agent_id);
        one.profile ? rows.add_text(router.profiles()[*one.profile].focus_id) : rows.add_null();
        rows.add_int(one.delegation_level);
        rows.add_float(one.evidence.value());
        rows.add_float(one.total);
        rows.add_text(name_of(one.seat));
        rows.end_row();
    }
    return rows.finish();
}

// focus_escalation(message text) -> record
ARIA_FOCUS_FUNCTION(focus_escalation) {
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    const core::route::Router& router = pg::visible_profiles().router();
    const std::span<const std::uint32_t> domains = find_domains(router, message);
    const core::route::Escalation escalation = escalate(message, domains.size());
    const std::string_view mode = name_of(escalation.mode);
    pg::Record row;
    row.add_boolean(!mode.empty());
    row.add_float(escalation.score.value());
    row.add_optional(mode, &pg::Row::add_text);
    row.add(pg::text_array_datum(escalation.used_parts(), reason_of));
    row.add(pg::text_array_datum(domains, [&](std::uint32_t profile) {
        return pg::to_server(router.profiles()[profile].focus_id);
    }));
    return row.finish(fcinfo);
}

// focus_fallback_chain(start_agent text, agents jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_fallback_chain) {
    const std::string_view start = TextDatumGetCString(PG_GETARG_DATUM(0));
    const Agents agents = read_agents(PG_GETARG_DATUM(1));
    const std::span<const core::agent::ModelOverride> overrides = read_overrides();
    const auto& steps = pg::compute([&](core::Ticker& ticker) {
        return core::agent::fallback_chain(start, agents, overrides, ticker);
    });
    pg::ResultSet rows(fcinfo);
    int number = 0;
    for (const core::agent::ChainStep& step : steps) {
        rows.add_int(++number);
        rows.add_server_text(step.agent_id);
        rows.add_optional(step.model, &pg::Row::add_server_text);
        rows.add_text(name_of(step.source));
        rows.end_row();
    }
    return rows.finish();
}

// focus_nearest(name text, known text[]) -> text
ARIA_FOCUS_FUNCTION(focus_nearest) {
    const pg::ServerText name = pg::read_text(PG_GETARG_DATUM(0));
    const std::span<const std::string_view> known = read_texts(PG_GETARG_DATUM(1));
    const std::string_view nearest = pg::compute(
        [&](core::Ticker& ticker) { return core::text::nearest_name(name.utf8, known, ticker); });
    if (nearest.empty()) PG_RETURN_NULL();
    return pg::to_text_datum(nearest);
}
