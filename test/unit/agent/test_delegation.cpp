// Scores, selection, fallback: the numbers of each rule; the random parts recompute everything naively.
#include "core/agent/delegation.hpp"
#include "core/base/decimal.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/router_builder.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::agent;
using namespace aria_focus::core::match;
using namespace aria_focus::core::route;
using namespace aria_focus::test;

namespace {

// Two of level 1 and 3, several of level 2.
const std::vector<Written> profiles = {
    {"boss", 1, R"(["plan"])"},
    {"chief", 1, R"(["plan", "goal"])"},
    {"data", 2, R"(["sql", "index"])"},
    {"mute", 2, "[]"},
    {"ops", 2, R"(["deploy", "sql", {"keyword": "poem", "weight": -1}])"},
    {"scout", 3, R"(["find"])"},
    {"web", 2, R"(["sql", "css"])"},
};

// Agents with the tape that they lie on.
struct AgentList {
    explicit AgentList(std::string_view text) : json(text) {
        Ticker ticker;
        agents = read_agents(json.view(), ticker);
    }

    Json json;
    std::vector<Agent> agents;
};

// A router, and what a message says to it.
struct Read {
    explicit Read(std::string_view message) : router(router_of(profiles)) {
        Ticker ticker;
        Tallies tallies;
        reading = read_message(router, message, tallies, ticker);
    }

    Router router;
    Reading reading;
};

// Scores in one line.
std::string scores(std::string_view message, std::string_view text,
                   TieBreaker ties = TieBreaker()) {
    const Read read(message);
    const AgentList list(text);
    Ticker ticker;
    std::string out;
    for (const AgentScore& one :
         score_agents(list.agents, read.router, read.reading, ties, ticker)) {
        const Agent& agent = list.agents[one.agent];
        std::array<char, 80> line{};
        std::snprintf(line.data(), line.size(), "%s %.4g (%.4g %.4g)%s",
                      std::string(agent.agent_id).c_str(), one.total, one.specialty, one.load,
                      exclusion_of(agent).empty() ? "" : " ");
        out +=
            (out.empty() ? "" : ", ") + std::string(line.data()) + std::string(exclusion_of(agent));
    }
    return out;
}

// A selection in one line.
std::string selection(std::span<const Agent> agents, const Router& router, const Reading& reading,
                      std::size_t most, TieBreaker ties = TieBreaker()) {
    Ticker ticker;
    std::string out;
    for (const Chosen& one : select_agents(agents, router, reading, most, ties, ticker)) {
        out += (out.empty() ? "" : ", ") + std::string(agents[one.agent].agent_id) + " " +
               std::string(name_of(one.seat)) + " " + std::to_string(one.delegation_level) + " " +
               std::to_string(one.evidence.count);
    }
    return out;
}

// The same from texts.
std::string selection(std::string_view topic, std::string_view text, std::size_t most = 5) {
    const Read read(topic);
    return selection(AgentList(text).agents, read.router, read.reading, most);
}

// A chain in one line.
std::string chain(std::string_view start, std::string_view text) {
    const AgentList list(text);
    const std::array<ModelOverride, 2> overrides = {{{"ops", "qwen"}, {"data", "m1"}}};
    Ticker ticker;
    std::string out;
    for (const ChainStep& step : fallback_chain(start, list.agents, overrides, ticker)) {
        out += (out.empty() ? "" : ", ") + std::string(step.agent_id) + " " +
               std::string(step.model) + " (" + std::string(name_of(step.source)) + ")";
    }
    return out;
}

// Random agents with few different values, so that ties are common.
std::vector<Agent> random_agents(Random& random) {
    static constexpr std::string_view ids[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    static constexpr std::string_view focuses[] = {
        "", "boss", "chief", "data", "mute", "nobody", "ops", "scout", "web", "scout", "boss"};
    std::vector<Agent> agents(random.below(11));
    for (std::size_t i = 0; i < agents.size(); ++i) {
        Agent& agent = agents[i];
        agent.agent_id = ids[agents.size() - 1 - i];
        agent.focus_type = focuses[random.below(std::size(focuses))];
        agent.pheromone_score = static_cast<double>(random.below(3)) / 2;
        agent.consecutive_failures = static_cast<double>(random.below(8));
        agent.recent_success_rate = static_cast<double>(random.below(3)) / 2;
        agent.status = static_cast<AgentStatus>(random.once_in(2) ? 0 : random.below(5));
        agent.enabled = !random.once_in(6);
    }
    return agents;
}

// The naive selection: again and again the best of those who qualify and are not taken.
class NaiveSelection {
  public:
    NaiveSelection(const std::vector<Agent>& agents, const Router& router, const Reading& reading,
                   TieBreaker ties)
        : agents_(agents), router_(router), reading_(reading), ties_(ties) {}

    // The line that selection() writes.
    std::string select(std::size_t most) {
        std::vector<std::string> lines[4];
        seat("initiator", 1, 1, &lines[0], false, false);
        seat("specialist", 3, 2, &lines[1], true, false);
        seat("ephemeral", 2, 3, &lines[3], true, false);
        if (taken_.size() < 2) seat("filler", 1, 2, &lines[2], false, true);
        std::vector<std::string> all;
        for (const auto& part : lines) all.insert(all.end(), part.begin(), part.end());
        std::string out;
        for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
            out += (i == 0 ? "" : ", ") + all[i];
        }
        return out;
    }

  private:
    // Fills up to `places` seats.
    void seat(const std::string& name, int places, int level, std::vector<std::string>* line,
              bool match, bool filler) {
        for (; places > 0; --places) {
            int best = -1;
            for (int i = 0; i < static_cast<int>(agents_.size()); ++i) {
                if (!qualifies(i, level, match, filler)) continue;
                if (best < 0 || better(i, best)) best = i;
            }
            if (best < 0) return;
            taken_.insert(best);
            line->push_back(std::string(agents_[best].agent_id) + " " + name + " " +
                            std::to_string(level) + " " + std::to_string(evidence(best)));
        }
    }

    // May this agent take such a seat?
    bool qualifies(int i, int level, bool match, bool filler) const {
        const Agent& agent = agents_[i];
        if (taken_.count(i) > 0 || !agent.enabled) return false;
        if (agent.status == AgentStatus::disabled || agent.status == AgentStatus::offline)
            return false;
        const auto focus = router_.find(agent.focus_type);
        if ((focus ? router_.profiles()[*focus].delegation_level : 2) != level) return false;
        if (match && evidence(i) <= 0) return false;
        return !filler || (evidence(i) <= 0 && agent.status == AgentStatus::idle);
    }

    // Is i better than j, who comes before or after it in the list?
    bool better(int i, int j) const {
        const auto key = [&](int at) {
            const Agent& agent = agents_[at];
            return std::tuple(agent.status == AgentStatus::error, -evidence(at),
                              -agent.pheromone_score, ties_.draw(agent), agent.agent_id);
        };
        return key(i) < key(j);
    }

    // What the topic says to the agent's focus.
    std::int64_t evidence(int i) const {
        const auto focus = router_.find(agents_[i].focus_type);
        return focus ? reading_.evidence[*focus].count : 0;
    }

    const std::vector<Agent>& agents_;
    const Router& router_;
    const Reading& reading_;
    TieBreaker ties_;
    std::set<int> taken_;
};

constexpr std::array<std::string_view, 9> topics = {
    "",     "hello",   "plan", "goal", "deploy sql", "sql index css", "find the plan",
    "poem", "find sql"};

}  // namespace

TEST_CASE("delegation: load", "[delegation]") {
    Agent agent;
    CHECK(load_of(agent) == 1);
    agent.consecutive_failures = 3;
    CHECK(load_of(agent) == 0.7);
    agent.consecutive_failures = 5;
    CHECK(load_of(agent) == 0.5);
    agent.consecutive_failures = 1000;
    CHECK(load_of(agent) == 0.5);
    agent.status = AgentStatus::busy;
    CHECK(load_of(agent) == 0.3);
    agent.status = AgentStatus::error;
    CHECK(load_of(agent) == 0.1);
}

TEST_CASE("delegation: scores", "[delegation]") {
    // 0.35 * 0.5 + 0.30 * 0.8 + 0.20 * 1 + 0.15 * 0.5
    CHECK(scores("deploy the sql", R"([{"agent_id": "a", "focus_type": "ops"}])") ==
          "a 0.69 (0.8 1)");
    CHECK(scores("nothing", R"([{"agent_id": "a", "focus_type": "ops"}])") == "a 0.48 (0.1 1)");
    // Without positive evidence 0.1: fragments of "plan" in other words are none, a poem speaks against.
    CHECK(scores("an explanation", R"([{"agent_id": "a", "focus_type": "chief"}])") ==
          "a 0.48 (0.1 1)");
    CHECK(scores("a poem", R"([{"agent_id": "a", "focus_type": "ops"}])") == "a 0.48 (0.1 1)");
    // Unknown, none, empty list: 0.3.
    CHECK(scores("deploy", R"([{"agent_id": "a", "focus_type": "OPS"}, {"agent_id": "b"},
                               {"agent_id": "c", "focus_type": "mute"}])") ==
          "a 0.54 (0.3 1), b 0.54 (0.3 1), c 0.54 (0.3 1)");
    CHECK(scores("deploy", R"([{"agent_id": "a", "pheromone_score": 1, "recent_success_rate": 1,
                               "consecutive_failures": 2, "focus_type": "ops"},
                              {"agent_id": "b", "status": "busy", "pheromone_score": 0},
                              {"agent_id": "c", "status": "error"}])") ==
          "a 0.84 (0.6 0.8), c 0.36 (0.3 0.1), b 0.225 (0.3 0.3)");
}

TEST_CASE("delegation: excluded agents come last", "[delegation]") {
    CHECK(scores("x", R"([{"agent_id": "d", "enabled": false, "pheromone_score": 9},
                          {"agent_id": "c", "status": "offline", "enabled": false},
                          {"agent_id": "b", "status": "disabled"}, {"agent_id": "z", "status": "error"},
                          {"agent_id": "a"}])") ==
          "a 0.54 (0.3 1), z 0.36 (0.3 0.1), b 0.54 (0.3 1) disabled, c 0.54 (0.3 1) offline, "
          "d 3.515 (0.3 1) not enabled");
}

TEST_CASE("delegation: ties by agent_id in byte order, then as they came", "[delegation]") {
    CHECK(scores("x", R"([{"agent_id": "b"}, {"agent_id": "a"}, {"agent_id": "B"},
                          {"agent_id": 10}, {"agent_id": 9}])") ==
          "10 0.54 (0.3 1), 9 0.54 (0.3 1), B 0.54 (0.3 1), a 0.54 (0.3 1), b 0.54 (0.3 1)");
}

TEST_CASE("delegation: of equal scores the one with more evidence", "[delegation]") {
    // 0.1 for both, but the poem speaks against ops.
    CHECK(scores("a poem", R"([{"agent_id": "a", "focus_type": "ops"},
                               {"agent_id": "b", "focus_type": "web"}])") ==
          "b 0.48 (0.1 1), a 0.48 (0.1 1)");
}

TEST_CASE("delegation: a seed decides among equals", "[delegation]") {
    constexpr std::size_t seeds = 3'000;
    std::string text = "[";
    for (const char* id : {"a1", "a2", "a3", "a4", "a5", "b"}) {
        text += std::string(text.size() > 1 ? "," : "") + R"({"agent_id": ")" + id + R"("})";
    }
    text += "]";
    const AgentList list(text);
    const Read read("hello");
    Ticker ticker;
    std::map<std::string_view, std::size_t> first;
    std::map<std::string_view, std::size_t> filler;
    for (std::size_t i = 0; i < seeds; ++i) {
        const std::string conversation = std::to_string(i);
        const TieBreaker ties(conversation);
        const auto scored = score_agents(list.agents, read.router, read.reading, ties, ticker);
        ++first[list.agents[scored.front().agent].agent_id];
        REQUIRE(score_agents(list.agents, read.router, read.reading, ties, ticker).front().agent ==
                scored.front().agent);
        const auto seated = select_agents(list.agents, read.router, read.reading, 5, ties, ticker);
        ++filler[list.agents[seated.front().agent].agent_id];
    }
    // Six equals: 500 each, plus or minus six standard deviations of a binomial draw.
    for (const auto& counts : {first, filler}) {
        CHECK(counts.size() == 6);
        for (const auto& [id, count] : counts) {
            INFO(id);
            CHECK((count > 377 && count < 623));
        }
    }
    // The draw is a fixed number, whatever the processor.
    CHECK(TieBreaker("conversation 7").draw(list.agents[0]) == 16662837056133897357u);
    // Less evidence never wins by a seed.
    CHECK(scores("deploy", R"([{"agent_id": "a", "focus_type": "ops"},
                               {"agent_id": "b", "focus_type": "web"}])",
                 TieBreaker("x")) == "a 0.63 (0.6 1), b 0.48 (0.1 1)");
}

TEST_CASE("delegation: selection", "[delegation]") {
    const std::string_view team = R"([
        {"agent_id": "boss", "focus_type": "boss"}, {"agent_id": "chief", "focus_type": "chief"},
        {"agent_id": "d1", "focus_type": "data"}, {"agent_id": "o1", "focus_type": "ops"},
        {"agent_id": "o2", "focus_type": "ops", "pheromone_score": 0.9},
        {"agent_id": "w1", "focus_type": "web", "pheromone_score": 0.1},
        {"agent_id": "s1", "focus_type": "scout"}, {"agent_id": "s2", "focus_type": "scout"},
        {"agent_id": "s3", "focus_type": "scout", "status": "busy"}])";
    // The best of level 1 by evidence; with none by pheromone and id.
    CHECK(selection("a goal", team) == "chief initiator 1 1000, o2 filler 2 0");
    CHECK(selection("hello", team) == "boss initiator 1 0, o2 filler 2 0");
    CHECK(selection("sql", team, 9) ==
          "boss initiator 1 0, o2 specialist 2 1000, d1 specialist 2 1000, o1 specialist 2 1000");
    CHECK(selection("find sql", team, 9) ==
          "boss initiator 1 0, o2 specialist 2 1000, d1 specialist 2 1000, o1 specialist 2 1000, "
          "s1 ephemeral 3 1000, s2 ephemeral 3 1000");
    CHECK(selection("find sql", team) ==
          "boss initiator 1 0, o2 specialist 2 1000, d1 specialist 2 1000, o1 specialist 2 1000, "
          "s1 ephemeral 3 1000");
    CHECK(selection("find sql", team, 1) == "boss initiator 1 0");
    CHECK(selection("find", team) ==
          "boss initiator 1 0, s1 ephemeral 3 1000, s2 ephemeral 3 1000");
    CHECK(selection("sql", "[]").empty());
}

TEST_CASE("delegation: who is in error comes where no other is left", "[delegation]") {
    CHECK(selection(
              "sql",
              R"([{"agent_id": "a", "focus_type": "data", "status": "error", "pheromone_score": 9},
                               {"agent_id": "b", "focus_type": "data", "status": "busy"}])") ==
          "b specialist 2 1000, a specialist 2 1000");
    CHECK(selection("x", R"([{"agent_id": "a", "focus_type": "boss", "status": "error"},
                             {"agent_id": "b", "focus_type": "chief", "pheromone_score": 0}])") ==
          "b initiator 1 0");
    CHECK(selection("x", R"([{"agent_id": "a", "focus_type": "boss", "status": "error"}])") ==
          "a initiator 1 0");
}

TEST_CASE("delegation: a filler is idle, of level 2, and not spoken to", "[delegation]") {
    CHECK(selection("x",
                    R"([{"agent_id": "a", "status": "busy"}, {"agent_id": "b", "status": "error"},
                             {"agent_id": "c", "focus_type": "scout"}, {"agent_id": "d", "enabled": false},
                             {"agent_id": "e", "focus_type": "nobody"}, {"agent_id": "f"}])") ==
          "e filler 2 0");
    // Two that were found need none; one in front of level 3.
    CHECK(
        selection("find sql", R"([{"agent_id": "a"}, {"agent_id": "b", "focus_type": "scout"}])") ==
        "a filler 2 0, b ephemeral 3 1000");
    CHECK(selection("find sql", R"([{"agent_id": "a"}, {"agent_id": "b", "focus_type": "scout"},
                                    {"agent_id": "c", "focus_type": "data"}])") ==
          "c specialist 2 1000, b ephemeral 3 1000");
    // Negative evidence is none, and worse than 0.
    CHECK(selection("poem", R"([{"agent_id": "a", "focus_type": "ops", "pheromone_score": 1}])") ==
          "a filler 2 -1000");
    CHECK(selection("poem", R"([{"agent_id": "a", "focus_type": "ops", "pheromone_score": 1},
                                {"agent_id": "b", "pheromone_score": 0}])") == "b filler 2 0");
}

TEST_CASE("delegation: the selection is the naive one", "[delegation][random]") {
    Random random(73);
    std::vector<Read> readings;
    for (const std::string_view topic : topics) readings.emplace_back(topic);
    std::size_t chosen = 0;
    for (int round = 0; round < 20'000; ++round) {
        const std::vector<Agent> agents = random_agents(random);
        const Read& read = readings[random.below(readings.size())];
        const std::size_t most = random.between(1, 8);
        const std::string conversation = std::to_string(random.below(50));
        const TieBreaker ties = random.once_in(2) ? TieBreaker() : TieBreaker(conversation);
        const std::string found = selection(agents, read.router, read.reading, most, ties);
        const std::string expected =
            NaiveSelection(agents, read.router, read.reading, ties).select(most);
        INFO("seed " << seed() << ", round " << round);
        REQUIRE(found == expected);
        chosen += found.empty() ? 0 : 1;
    }
    CHECK(chosen > 10'000);
}

TEST_CASE("delegation: scores are in order and complete", "[delegation][random]") {
    Random random(74);
    Ticker ticker;
    for (int round = 0; round < 5'000; ++round) {
        const std::vector<Agent> agents = random_agents(random);
        const Read read(random.pick(topics));
        const std::string conversation = std::to_string(round);
        const TieBreaker ties = random.once_in(2) ? TieBreaker() : TieBreaker(conversation);
        const auto found = score_agents(agents, read.router, read.reading, ties, ticker);
        std::set<std::uint32_t> seen;
        for (std::size_t i = 0; i < found.size(); ++i) {
            const Agent& agent = agents[found[i].agent];
            seen.insert(found[i].agent);
            const auto focus = read.router.find(agent.focus_type);
            const double total = as_meant(0.35 * agent.pheromone_score +
                                          0.30 * (focus ? read.reading.specialty[*focus] : 0.3) +
                                          0.20 * load_of(agent) + 0.15 * agent.recent_success_rate);
            REQUIRE(found[i].evidence ==
                    (focus ? read.reading.evidence[*focus] : aria_focus::core::Thousandths()));
            REQUIRE(found[i].total == total);
            if (i == 0) continue;
            const Agent& last = agents[found[i - 1].agent];
            const bool out = !exclusion_of(agent).empty();
            const bool last_out = !exclusion_of(last).empty();
            REQUIRE(last_out <= out);
            if (last_out != out) continue;
            REQUIRE((out || found[i - 1].total >= total));
            const auto rank = [&](const AgentScore& one) {
                if (out) return std::tuple<std::int64_t, std::uint64_t>();
                return std::tuple(-one.evidence.count, ties.draw(agents[one.agent]));
            };
            if (!out && found[i - 1].total != total) continue;
            REQUIRE(rank(found[i - 1]) <= rank(found[i]));
            if (rank(found[i - 1]) == rank(found[i])) REQUIRE(last.agent_id <= agent.agent_id);
        }
        REQUIRE(seen.size() == agents.size());
    }
}

TEST_CASE("delegation: fallback", "[delegation]") {
    CHECK(chain("a", R"([{"agent_id": "a", "focus_type": "ops", "model": "m", "fallback_model": "f",
                          "parent_agent_id": "b"},
                         {"agent_id": "b", "model": "n", "fallback_model": "n", "parent_agent_id": null}])") ==
          "a qwen (model_override), a m (model), a f (fallback_model), b n (model)");
    // Absent and empty models are left out; ids may be numbers.
    CHECK(chain("7", R"([{"agent_id": 7, "model": "", "fallback_model": "f", "parent_agent_id": 8},
                         {"agent_id": 8, "parent_agent_id": "9"},
                         {"agent_id": "9", "focus_type": "nobody", "model": "m"}])") ==
          "7 f (fallback_model), 9 m (model)");
    // The override may be the agent's own model: it is listed as both.
    CHECK(chain("a", R"([{"agent_id": "a", "focus_type": "data", "model": "m1"}])") ==
          "a m1 (model_override), a m1 (model)");
    CHECK(chain("a", R"([{"agent_id": "a", "model": "m", "parent_agent_id": "gone"}])") ==
          "a m (model)");
    // Cycles: of one, of two, and one that does not come back to the start.
    CHECK(chain("a", R"([{"agent_id": "a", "model": "m", "parent_agent_id": "a"}])") ==
          "a m (model)");
    CHECK(chain("a", R"([{"agent_id": "a", "model": "m", "parent_agent_id": "b"},
                         {"agent_id": "b", "model": "n", "parent_agent_id": "a"}])") ==
          "a m (model), b n (model)");
    CHECK(chain("a", R"([{"agent_id": "a", "model": "m", "parent_agent_id": "b"},
                         {"agent_id": "b", "model": "n", "parent_agent_id": "c"},
                         {"agent_id": "c", "model": "o", "parent_agent_id": "b"}])") ==
          "a m (model), b n (model), c o (model)");
    // The first of those with one id.
    CHECK(chain("a", R"([{"agent_id": "a", "model": "m", "parent_agent_id": "a"},
                         {"agent_id": "a", "model": "n"}])") == "a m (model)");
    CHECK(chain("x", R"([{"agent_id": "a"}])") == "x  (unknown agent)");
    CHECK(chain("x", "[]") == "x  (unknown agent)");
    CHECK(chain("a", R"([{"agent_id": "a", "parent_agent_id": "b"}, {"agent_id": "b"}])") ==
          "a  (no model)");
}

TEST_CASE("delegation: a chain of a hundred thousand parents", "[delegation]") {
    constexpr std::uint32_t count = 100'000;
    std::vector<std::string> ids;
    for (std::uint32_t i = 0; i < count; ++i) ids.push_back(std::to_string(i));
    std::vector<Agent> agents(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        agents[i].agent_id = ids[i];
        agents[i].model = "m";
        agents[i].parent_agent_id = ids[(i + 1) % count];
    }
    Ticker ticker;
    CHECK(fallback_chain("17", agents, {}, ticker).size() == count);
}
