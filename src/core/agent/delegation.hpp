// Which agent gets a message, who sits at a round table, and which models are tried.
//
// The message is read once for all profiles; an agent then costs a look-up of its focus, so ten
// thousand agents cost little more than ten.
#pragma once

#include "core/agent/agents.hpp"
#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/base/ticker.hpp"
#include "core/route/routing.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace aria_focus::core::agent {

// What a message says of every profile, by profile.
struct Reading {
    std::vector<double> specialty;
    std::vector<Thousandths> evidence;
};

// Reads a message as routing does: a profile's specialty is the score of its evidence, and that of
// one without keywords is unknown.
Reading read_message(const route::Router& router, std::string_view message, route::Tallies& tallies,
                     Ticker& ticker);

// Decides among agents that nothing else tells apart. The same seed makes the same choice on every
// processor, another seed mostly another one; no seed leaves the choice to agent_id alone.
class TieBreaker {
  public:
    // Hashes the seed once, however long it is and however many agents there are.
    explicit TieBreaker(std::optional<std::string_view> seed = std::nullopt) noexcept;

    // The agent's place in the draw: lowest wins; 0 for all without a seed.
    std::uint64_t draw(const Agent& agent) const noexcept;

  private:
    std::optional<std::uint64_t> seed_;  // its hash
};

// Why an agent takes no part; empty for one that does.
std::string_view exclusion_of(const Agent& agent) noexcept;

// How free an agent is: error 0.1, busy 0.3, else 1 less 0.1 a failure, but not below 0.5.
double load_of(const Agent& agent) noexcept;

// An agent's score for a message.
struct AgentScore {
    std::uint32_t agent;  // index
    double total;         // of an excluded one: what it would be
    double specialty;
    double load;
    Thousandths evidence;
    std::uint64_t draw;  // TieBreaker
};

// Every agent's score, best first, ties by evidence, then by the draw, then by agent_id; the excluded
// ones last.
std::vector<AgentScore> score_agents(std::span<const Agent> agents, const route::Router& router,
                                     const Reading& reading, TieBreaker ties, Ticker& ticker);

// As what an agent was chosen.
enum class Seat : std::uint8_t { initiator, specialist, ephemeral, filler };

// The word for it.
std::string_view name_of(Seat seat) noexcept;

struct Chosen {
    std::uint32_t agent;                   // index
    std::optional<std::uint32_t> profile;  // its focus, if that is enabled
    std::int32_t delegation_level;
    Thousandths evidence;
    double total;
    std::uint64_t draw;  // TieBreaker
    Seat seat;
};

// The agents for a topic, in order of seat, at most `most`: the best one of level 1; up to three of
// level 2 and two of level 3 that the topic speaks to; a filler where fewer than two were found.
std::vector<Chosen> select_agents(std::span<const Agent> agents, const route::Router& router,
                                  const Reading& reading, std::size_t most, TieBreaker ties,
                                  Ticker& ticker);

// The model that an enabled profile puts in place of its agents' own.
struct ModelOverride {
    std::string_view focus_id;
    std::string_view model;
};

// Where a model comes from.
enum class ModelSource : std::uint8_t { model_override, model, fallback_model, no_model, no_agent };

// The word for it.
std::string_view name_of(ModelSource source) noexcept;

struct ChainStep {
    std::string_view agent_id;
    std::string_view model;  // empty: none
    ModelSource source;
};

// The models to be tried for an agent, then for its parent, and so on until there is no parent, none
// that is known, or one that was asked already. Never empty: who has no model gets a step that says so.
std::vector<ChainStep> fallback_chain(std::string_view start, std::span<const Agent> agents,
                                      std::span<const ModelOverride> overrides, Ticker& ticker);

}  // namespace aria_focus::core::agent
