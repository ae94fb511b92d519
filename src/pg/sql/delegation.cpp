// SQL functions of the chapter delegation: which agent gets a message, who joins in, what is tried.
#include "core/agent/delegation.hpp"
#include "core/route/escalation.hpp"
#include "core/text/nearest.hpp"

#include <memory>
#include <span>

#include "pg/border/border.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/tables/saved_query.hpp"
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
core::route::EscalationRules* escalation_rules = nullptr;

// Thousandths as a number.
double from_thousandths(std::int64_t value) {
    return static_cast<double>(value) / core::match::KeywordList::weight_unit;
}

using Agents = std::span<const core::agent::Agent>;

// The agents of a jsonb argument, in PostgreSQL's memory; their texts are in the server's encoding.
Agents read_agents(Datum jsonb) {
    const pg::JsonTape tape = pg::read_jsonb(jsonb, core::agent::agent_keys);
    core::Ticker ticker = pg::interruptible();
    const std::vector<core::agent::Agent> agents = core::agent::read_agents(tape.view(), ticker);
    return pg::keep(Agents(agents));
}

// What a message says of the visible profiles.
core::agent::Reading read_message(pg::CompiledProfiles& profiles, const pg::ServerText& message,
                                  core::Ticker& ticker) {
    return core::agent::read_message(profiles.router(), profiles.plain(ticker), message.utf8,
                                     pg::shared_tallies(), ticker);
}

// The scores of all agents for a message.
std::span<const core::agent::AgentScore> score(pg::CompiledProfiles& profiles,
                                               const pg::ServerText& message, Agents agents) {
    core::Ticker ticker = pg::interruptible();
    const core::agent::Reading reading = read_message(profiles, message, ticker);
    const std::vector<core::agent::AgentScore> scores =
        core::agent::score_agents(agents, profiles.router(), reading, ticker);
    return pg::keep(std::span<const core::agent::AgentScore>(scores));
}

// The agents chosen for a message.
std::span<const core::agent::Chosen> select(pg::CompiledProfiles& profiles,
                                            const pg::ServerText& message, Agents agents,
                                            std::size_t most) {
    core::Ticker ticker = pg::interruptible();
    const core::agent::Reading reading = read_message(profiles, message, ticker);
    const std::vector<core::agent::Chosen> chosen =
        core::agent::select_agents(agents, profiles.router(), reading, most, ticker);
    return pg::keep(std::span<const core::agent::Chosen>(chosen));
}

// How many agents are wanted; raises 22023 below 1.
std::size_t read_max_agents(FunctionCallInfo fcinfo, int argument) {
    constexpr std::size_t usual = 5;
    if (PG_ARGISNULL(argument)) return usual;
    const int most = PG_GETARG_INT32(argument);
    if (most < 1) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("max_agents must be at least 1, not %d", most),
                        errhint("Leave it out, or pass NULL, to get up to 5.")));
    }
    return static_cast<std::size_t>(most);
}

// A judgement with the profiles that the message speaks to.
struct Judgement {
    core::route::Escalation escalation;
    std::span<const std::uint32_t> domains;
};

// Judges a message.
Judgement judge(const core::route::Router& router, const pg::ServerText& message) {
    core::Ticker ticker = pg::interruptible();
    if (escalation_rules == nullptr) {
        escalation_rules = std::make_unique<core::route::EscalationRules>(ticker).release();
    }
    core::route::Tallies& tallies = pg::shared_tallies();
    const std::vector<std::uint32_t> domains =
        core::route::domains_of(router, tallies.count(router, message.utf8, ticker));
    return {escalation_rules->judge(message.utf8, domains.size(), tallies.scratch(), ticker),
            pg::keep(std::span<const std::uint32_t>(domains))};
}

// A part as a person reads it: cap -0.3.
std::string_view reason_of(const core::route::EscalationPart& part) {
    return psprintf("%.*s %g", static_cast<int>(part.name.size()), part.name.data(),
                    from_thousandths(part.thousandths));
}

// The models of the enabled profiles.
std::span<const core::agent::ModelOverride> read_overrides() {
    pg::PallocArray<core::agent::ModelOverride> overrides;
    pg::for_each_result(overrides_query, 0, [&](const pg::QueryRow& row) {
        overrides.push({row.text_at(1), row.text_at(2)});
    });
    return overrides.view();
}

// The models to be tried, in PostgreSQL's memory.
std::span<const core::agent::ChainStep> find_chain(
    std::string_view start, Agents agents, std::span<const core::agent::ModelOverride> overrides) {
    core::Ticker ticker = pg::interruptible();
    const std::vector<core::agent::ChainStep> steps =
        core::agent::fallback_chain(start, agents, overrides, ticker);
    return pg::keep(std::span<const core::agent::ChainStep>(steps));
}

// The elements of a text array that are not NULL, in UTF-8.
std::span<const std::string_view> read_texts(Datum array) {
    Datum* elements = nullptr;
    bool* nulls = nullptr;
    int count = 0;
    deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT, &elements,
                      &nulls, &count);
    pg::PallocArray<std::string_view> texts;
    for (int i = 0; i < count; ++i) {
        CHECK_FOR_INTERRUPTS();
        if (!nulls[i]) texts.push(pg::read_text(elements[i]).utf8);
    }
    return texts.view();
}

}  // namespace

// focus_agent_scores(message text, agents jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_agent_scores) {
    const pg::ServerText message = pg::read_text(PG_GETARG_DATUM(0));
    const Agents agents = read_agents(PG_GETARG_DATUM(1));
    const std::span<const core::agent::AgentScore> scores =
        score(pg::visible_profiles(), message, agents);
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
        excluded.empty() ? rows.add_null() : rows.add_text(excluded);
        rows.end_row();
    }
    return rows.finish();
}

// focus_select_agents(topic text, agents jsonb, max_agents int = 5) -> rows
ARIA_FOCUS_FUNCTION(focus_select_agents) {
    if (PG_ARGISNULL(0) || PG_ARGISNULL(1)) return pg::ResultSet(fcinfo).finish();
    const pg::ServerText topic = pg::read_text(PG_GETARG_DATUM(0));
    const std::size_t most = read_max_agents(fcinfo, 2);
    const Agents agents = read_agents(PG_GETARG_DATUM(1));
    pg::CompiledProfiles& profiles = pg::visible_profiles();
    const std::span<const core::agent::Chosen> chosen = select(profiles, topic, agents, most);
    pg::ResultSet rows(fcinfo);
    int place = 0;
    for (const core::agent::Chosen& one : chosen) {
        rows.add_int(++place);
        rows.add_server_text(agents[one.agent].agent_id);
        one.profile ? rows.add_text(profiles.router().profiles()[*one.profile].focus_id)
                    : rows.add_null();
        rows.add_int(one.delegation_level);
        rows.add_float(from_thousandths(one.evidence));
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
    const Judgement judgement = judge(router, message);
    const core::route::Escalation& escalation = judgement.escalation;
    const std::string_view mode = name_of(escalation.mode);
    pg::Record row;
    row.add_boolean(!mode.empty());
    row.add_float(from_thousandths(escalation.score));
    mode.empty() ? row.add_null() : row.add_text(mode);
    row.add(pg::text_array_datum(escalation.used_parts(), reason_of));
    row.add(pg::text_array_datum(judgement.domains, [&](std::uint32_t profile) {
        return pg::to_server(router.profiles()[profile].focus_id);
    }));
    return row.finish(fcinfo);
}

// focus_fallback_chain(start_agent text, agents jsonb) -> rows
ARIA_FOCUS_FUNCTION(focus_fallback_chain) {
    const std::string_view start = TextDatumGetCString(PG_GETARG_DATUM(0));
    const Agents agents = read_agents(PG_GETARG_DATUM(1));
    const std::span<const core::agent::ChainStep> steps =
        find_chain(start, agents, read_overrides());
    pg::ResultSet rows(fcinfo);
    int number = 0;
    for (const core::agent::ChainStep& step : steps) {
        rows.add_int(++number);
        rows.add_server_text(step.agent_id);
        step.model.empty() ? rows.add_null() : rows.add_server_text(step.model);
        rows.add_text(name_of(step.source));
        rows.end_row();
    }
    return rows.finish();
}

// focus_nearest(name text, known text[]) -> text
ARIA_FOCUS_FUNCTION(focus_nearest) {
    const pg::ServerText name = pg::read_text(PG_GETARG_DATUM(0));
    const std::span<const std::string_view> known = read_texts(PG_GETARG_DATUM(1));
    core::Ticker ticker = pg::interruptible();
    const std::string_view nearest = core::text::nearest_name(name.utf8, known, ticker);
    if (nearest.empty()) PG_RETURN_NULL();
    return pg::to_text_datum(nearest);
}
