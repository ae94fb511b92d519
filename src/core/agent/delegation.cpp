#include "core/agent/delegation.hpp"

#include "core/base/decimal.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>

namespace aria_focus::core::agent {

namespace {

constexpr double pheromone_share = 0.35;
constexpr double specialty_share = 0.30;
constexpr double load_share = 0.20;
constexpr double recency_share = 0.15;

// Whose focus is none, unknown or disabled counts as a specialist of nothing.
constexpr std::int32_t default_level = 2;
constexpr std::size_t most_specialists = 3;
constexpr std::size_t most_ephemeral = 2;
constexpr std::size_t fewest = 2;

// The agent's focus, if it is enabled.
std::optional<std::uint32_t> focus_of(const Agent& agent, const route::Router& router) noexcept {
    if (agent.focus_type.empty()) return std::nullopt;
    return router.find(agent.focus_type);
}

// One agent's score.
AgentScore score(std::span<const Agent> agents, std::uint32_t at,
                 std::optional<std::uint32_t> focus, const Reading& reading, TieBreaker ties) {
    const Agent& agent = agents[at];
    const double specialty = focus ? reading.specialty[*focus] : route::unknown_specialty;
    const double load = load_of(agent);
    const double total =
        as_meant(pheromone_share * agent.pheromone_score + specialty_share * specialty +
                 load_share * load + recency_share * agent.recent_success_rate);
    return {at,
            total,
            specialty,
            load,
            focus ? reading.evidence[*focus] : Thousandths(),
            ties.draw(agent)};
}

// An agent that may be chosen, with what it is measured by.
Chosen as_chosen(std::span<const Agent> agents, std::uint32_t at, const route::Router& router,
                 const Reading& reading, TieBreaker ties) {
    const auto focus = focus_of(agents[at], router);
    const AgentScore scored = score(agents, at, focus, reading, ties);
    const std::int32_t level = focus ? router.profiles()[*focus].delegation_level : default_level;
    return {at, focus, level, scored.evidence, scored.total, scored.draw, Seat::specialist};
}

// True if a is chosen before b. One in error comes after all others.
bool before(const Chosen& a, const Chosen& b, std::span<const Agent> agents) noexcept {
    const Agent& one = agents[a.agent];
    const Agent& other = agents[b.agent];
    const bool one_fails = one.status == AgentStatus::error;
    const bool other_fails = other.status == AgentStatus::error;
    if (one_fails != other_fails) return other_fails;
    if (a.evidence != b.evidence) return a.evidence > b.evidence;
    if (one.pheromone_score != other.pheromone_score) {
        return one.pheromone_score > other.pheromone_score;
    }
    if (a.draw != b.draw) return a.draw < b.draw;
    if (one.agent_id != other.agent_id) return one.agent_id < other.agent_id;
    return a.agent < b.agent;
}

// Mixes bytes into a hash byte by byte, so that processors of either byte order agree: FNV-1a
// (Fowler, Noll, Vo; RFC 9923).
std::uint64_t mix(std::uint64_t hash, std::string_view bytes) noexcept {
    constexpr std::uint64_t prime = 0x100000001B3;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
    return hash;
}

// Spreads a hash over all its bits, without which ids that differ in their last letter would be drawn
// in the same order whatever the seed: the finalizer of MurmurHash3 (A. Appleby, 2011).
std::uint64_t spread(std::uint64_t hash) noexcept {
    hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
    hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
    return hash ^ (hash >> 33);
}

// Chooses from candidates, seat by seat.
class Selection {
  public:
    Selection(std::span<const Agent> agents, std::span<const Chosen> candidates, Ticker& ticker)
        : agents_(agents), candidates_(candidates), ticker_(ticker) {}

    // Fills up to `most` seats with the best of the candidates that qualify.
    template <class Qualifies>
    void fill(Seat seat, std::size_t most, Qualifies&& qualifies) {
        std::vector<Chosen> fit;
        std::copy_if(candidates_.begin(), candidates_.end(), std::back_inserter(fit), qualifies);
        const auto end = fit.begin() + static_cast<std::ptrdiff_t>(std::min(most, fit.size()));
        std::partial_sort(fit.begin(), end, fit.end(), [this](const Chosen& a, const Chosen& b) {
            ticker_.tick();
            return before(a, b, agents_);
        });
        std::for_each(fit.begin(), end, [seat](Chosen& one) { one.seat = seat; });
        chosen_.insert(chosen_.end(), fit.begin(), end);
    }

    // Those chosen so far.
    std::vector<Chosen>& chosen() noexcept { return chosen_; }

  private:
    std::span<const Agent> agents_;
    std::span<const Chosen> candidates_;
    Ticker& ticker_;
    std::vector<Chosen> chosen_;
};

}  // namespace

Reading read_message(const route::Router& router, std::string_view message, route::Tallies& tallies,
                     Ticker& ticker) {
    Reading reading;
    reading.evidence.assign(router.profiles().size(), {});
    for (const route::Tally& tally : tallies.count(router, message, ticker)) {
        reading.evidence[tally.profile] = tally.evidence;
    }
    reading.specialty.reserve(reading.evidence.size());
    for (std::uint32_t profile = 0; profile < reading.evidence.size(); ++profile) {
        const auto [first, last] = router.matcher().entries_of(profile);
        reading.specialty.push_back(first == last ? route::unknown_specialty
                                                  : route::score_of(reading.evidence[profile]));
    }
    return reading;
}

TieBreaker::TieBreaker(std::optional<std::string_view> seed) noexcept {
    constexpr std::uint64_t basis = 0xCBF29CE484222325;
    if (seed) seed_ = spread(mix(basis, *seed));
}

std::uint64_t TieBreaker::draw(const Agent& agent) const noexcept {
    return seed_ ? spread(mix(*seed_, agent.agent_id)) : 0;
}

std::string_view exclusion_of(const Agent& agent) noexcept {
    if (agent.status == AgentStatus::disabled) return "disabled";
    if (agent.status == AgentStatus::offline) return "offline";
    return agent.enabled ? "" : "not enabled";
}

double load_of(const Agent& agent) noexcept {
    if (agent.status == AgentStatus::error) return 0.1;
    if (agent.status == AgentStatus::busy) return 0.3;
    return as_meant(1 - std::min(0.1 * agent.consecutive_failures, 0.5));
}

std::vector<AgentScore> score_agents(std::span<const Agent> agents, const route::Router& router,
                                     const Reading& reading, TieBreaker ties, Ticker& ticker) {
    std::vector<AgentScore> scores;
    scores.reserve(agents.size());
    for (std::uint32_t at = 0; at < agents.size(); ++at) {
        ticker.tick(16);
        scores.push_back(score(agents, at, focus_of(agents[at], router), reading, ties));
    }
    const auto out = std::partition(scores.begin(), scores.end(), [&](const AgentScore& one) {
        return exclusion_of(agents[one.agent]).empty();
    });
    const auto id_before = [&](const AgentScore& a, const AgentScore& b) {
        ticker.tick();
        const int order = agents[a.agent].agent_id.compare(agents[b.agent].agent_id);
        return order != 0 ? order < 0 : a.agent < b.agent;
    };
    std::sort(scores.begin(), out, [&](const AgentScore& a, const AgentScore& b) {
        if (a.total != b.total) return a.total > b.total;
        if (a.evidence != b.evidence) return a.evidence > b.evidence;
        return a.draw != b.draw ? a.draw < b.draw : id_before(a, b);
    });
    std::sort(out, scores.end(), id_before);
    return scores;
}

std::string_view name_of(Seat seat) noexcept {
    constexpr std::array<std::string_view, 4> names = {"initiator", "specialist", "ephemeral",
                                                       "filler"};
    return names[static_cast<std::size_t>(seat)];
}

std::vector<Chosen> select_agents(std::span<const Agent> agents, const route::Router& router,
                                  const Reading& reading, std::size_t most, TieBreaker ties,
                                  Ticker& ticker) {
    std::vector<Chosen> candidates;
    for (std::uint32_t at = 0; at < agents.size(); ++at) {
        ticker.tick(16);
        if (!exclusion_of(agents[at]).empty()) continue;
        candidates.push_back(as_chosen(agents, at, router, reading, ties));
    }

    const auto matches = [](std::int32_t level) {
        return [level](const Chosen& one) {
            return one.delegation_level == level && one.evidence.is_positive();
        };
    };
    Selection selection(agents, candidates, ticker);
    selection.fill(Seat::initiator, 1, [](const Chosen& one) { return one.delegation_level == 1; });
    selection.fill(Seat::specialist, most_specialists, matches(2));
    selection.fill(Seat::ephemeral, most_ephemeral, matches(3));
    if (selection.chosen().size() < fewest) {
        selection.fill(Seat::filler, 1, [&](const Chosen& one) {
            return one.delegation_level == 2 && !one.evidence.is_positive() &&
                   agents[one.agent].status == AgentStatus::idle;
        });
    }
    std::vector<Chosen>& chosen = selection.chosen();
    std::stable_sort(chosen.begin(), chosen.end(), [](const Chosen& a, const Chosen& b) {
        return a.delegation_level < b.delegation_level;
    });
    chosen.resize(std::min(most, chosen.size()));
    return std::move(chosen);
}

std::string_view name_of(ModelSource source) noexcept {
    constexpr std::array<std::string_view, 5> names = {"model_override", "model", "fallback_model",
                                                       "no model", "unknown agent"};
    return names[static_cast<std::size_t>(source)];
}

std::vector<ChainStep> fallback_chain(std::string_view start, std::span<const Agent> agents,
                                      std::span<const ModelOverride> overrides, Ticker& ticker) {
    std::unordered_map<std::string_view, std::string_view> model_of_focus;
    for (const ModelOverride& one : overrides) model_of_focus.emplace(one.focus_id, one.model);
    // The first of those who share an id; each is taken out when it is asked, so a cycle ends.
    std::unordered_map<std::string_view, std::uint32_t> unasked;
    unasked.reserve(agents.size());
    for (std::uint32_t at = 0; at < agents.size(); ++at) unasked.emplace(agents[at].agent_id, at);

    std::vector<ChainStep> steps;
    auto at = unasked.find(start);
    if (at == unasked.end()) return {{start, {}, ModelSource::no_agent}};
    while (at != unasked.end()) {
        ticker.tick(64);
        const Agent& agent = agents[at->second];
        unasked.erase(at);
        const auto add = [&](std::string_view model, ModelSource source) {
            if (!model.empty()) steps.push_back({agent.agent_id, model, source});
        };
        const auto focus = model_of_focus.find(agent.focus_type);
        if (focus != model_of_focus.end()) add(focus->second, ModelSource::model_override);
        add(agent.model, ModelSource::model);
        if (agent.fallback_model != agent.model) {
            add(agent.fallback_model, ModelSource::fallback_model);
        }
        at = agent.parent_agent_id ? unasked.find(*agent.parent_agent_id) : unasked.end();
    }
    if (steps.empty()) steps.push_back({start, {}, ModelSource::no_model});
    return steps;
}

}  // namespace aria_focus::core::agent
