// Agents as they come in: defaults, kinds, and every problem with its path.
#include "core/agent/agents.hpp"

#include "core/base/error.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::agent;
using aria_focus::test::Json;

namespace {

// The agents of a document.
std::vector<Agent> read(const Json& json) {
    Ticker ticker;
    return read_agents(json.view(), ticker);
}

// What is said of a document that is refused: the message, then the detail.
std::string refusal(std::string_view text) {
    try {
        read(Json(text));
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::invalid_argument);
        return error.message() + "\n" + error.detail();
    }
    return "nothing";
}

// What people write, and the key that they mean.
std::vector<std::pair<std::string, std::string>> mistaken_keys() {
    return {{"id", "agent_id"},
            {"focus", "focus_type"},
            {"focus_id", "focus_type"},
            {"pheromone", "pheromone_score"},
            {"failures", "consecutive_failures"},
            {"success_rate", "recent_success_rate"},
            {"parent_id", "parent_agent_id"}};
}

}  // namespace

TEST_CASE("agents: what is not given has a default", "[agents]") {
    const Json json(R"([{"agent_id": "a"},
        {"agent_id": "b", "focus_type": null, "status": null, "enabled": null, "model": null,
         "pheromone_score": null, "consecutive_failures": null, "recent_success_rate": null,
         "fallback_model": null, "parent_agent_id": null}])");
    for (const Agent& agent : read(json)) {
        CHECK(agent.focus_type.empty());
        CHECK(agent.status == AgentStatus::idle);
        CHECK(agent.enabled);
        CHECK(agent.pheromone_score == 0.5);
        CHECK(agent.consecutive_failures == 0);
        CHECK(agent.recent_success_rate == 0.5);
        CHECK(agent.model.empty());
        CHECK(agent.fallback_model.empty());
        CHECK_FALSE(agent.parent_agent_id);
    }
}

TEST_CASE("agents: everything that is given is read", "[agents]") {
    const Json json(R"([{"agent_id": 17, "focus_type": "data", "status": "busy", "enabled": false,
        "pheromone_score": 0.25, "consecutive_failures": 3, "recent_success_rate": 1,
        "model": "m", "fallback_model": "f", "parent_agent_id": 4, "created_at": [1, {}]}])");
    const std::vector<Agent> agents = read(json);
    REQUIRE(agents.size() == 1);
    const Agent& agent = agents[0];
    CHECK(agent.agent_id == "17");
    CHECK(agent.focus_type == "data");
    CHECK(agent.status == AgentStatus::busy);
    CHECK_FALSE(agent.enabled);
    CHECK(agent.pheromone_score == 0.25);
    CHECK(agent.consecutive_failures == 3);
    CHECK(agent.recent_success_rate == 1);
    CHECK(agent.model == "m");
    CHECK(agent.fallback_model == "f");
    CHECK(agent.parent_agent_id == "4");
}

TEST_CASE("agents: a status is one of five words, else idle", "[agents]") {
    const Json json(R"([{"agent_id": 1, "status": "idle"}, {"agent_id": 1, "status": "busy"},
        {"agent_id": 1, "status": "error"}, {"agent_id": 1, "status": "disabled"},
        {"agent_id": 1, "status": "offline"}, {"agent_id": 1, "status": "Busy"},
        {"agent_id": 1, "status": "thinking"}, {"agent_id": 1, "status": ""}])");
    std::vector<AgentStatus> found;
    for (const Agent& agent : read(json)) found.push_back(agent.status);
    CHECK(found == std::vector{AgentStatus::idle, AgentStatus::busy, AgentStatus::error,
                               AgentStatus::disabled, AgentStatus::offline, AgentStatus::idle,
                               AgentStatus::idle, AgentStatus::idle});
}

TEST_CASE("agents: no agents", "[agents]") {
    CHECK(read(Json("[]")).empty());
    CHECK(read(Json("null")).empty());
}

TEST_CASE("agents: a refusal names every problem with its path", "[agents]") {
    struct Case {
        const char* document;
        const char* said;
    };
    const Case cases[] = {
        {"{}",
         "invalid agents at $: it must be an array, not an object\n"
         "$: it must be an array, not an object."},
        {"7",
         "invalid agents at $: it must be an array, not a number\n"
         "$: it must be an array, not a number."},
        {"[7]",
         "invalid agents at $[0]: an agent must be an object, not a number\n"
         "$[0]: an agent must be an object, not a number."},
        {"[null]",
         "invalid agents at $[0]: an agent must be an object, not null\n"
         "$[0]: an agent must be an object, not null."},
        {R"([{"agent_id": "a"}, {}])",
         "invalid agents at $[1].agent_id: agent_id is missing\n"
         "$[1].agent_id: agent_id is missing."},
        {R"([{"agent_id": null}])",
         "invalid agents at $[0].agent_id: agent_id is missing\n"
         "$[0].agent_id: agent_id is missing."},
        {R"([{"agent_id": true, "status": 3, "enabled": "yes"}])",
         "invalid agents at $[0].agent_id: agent_id must be a string, not a boolean "
         "(and 2 more problems)\n"
         "$[0].agent_id: agent_id must be a string, not a boolean.\n"
         "$[0].status: status must be a string, not a number.\n"
         "$[0].enabled: enabled must be a boolean, not a string."},
        {R"([{"agent_id": 1}, {"agent_id": 2, "pheromone_score": "0.5"}])",
         "invalid agents at $[1].pheromone_score: pheromone_score must be a number, not a string\n"
         "$[1].pheromone_score: pheromone_score must be a number, not a string."},
        {R"([{"agent_id": 1, "pheromone_score": "NaN"}])",
         "invalid agents at $[0].pheromone_score: pheromone_score must be finite, not NaN\n"
         "$[0].pheromone_score: pheromone_score must be finite, not NaN."},
        {R"([{"agent_id": 1, "recent_success_rate": "-Infinity"}])",
         "invalid agents at $[0].recent_success_rate: "
         "recent_success_rate must be finite, not -Infinity\n"
         "$[0].recent_success_rate: recent_success_rate must be finite, not -Infinity."},
        {R"([{"agent_id": 1, "consecutive_failures": 1e400}])",
         "invalid agents at $[0].consecutive_failures: "
         "consecutive_failures 1e400 is out of the range of double precision\n"
         "$[0].consecutive_failures: "
         "consecutive_failures 1e400 is out of the range of double precision."},
        {R"([{"agent_id": 1, "model": [], "fallback_model": {}, "parent_agent_id": []}])",
         "invalid agents at $[0].model: model must be a string, not an array "
         "(and 2 more problems)\n"
         "$[0].model: model must be a string, not an array.\n"
         "$[0].fallback_model: fallback_model must be a string, not an object.\n"
         "$[0].parent_agent_id: parent_agent_id must be a string, not an array."},
    };
    for (const Case& one : cases) {
        INFO(one.document);
        CHECK(refusal(one.document) == one.said);
    }
}

TEST_CASE("agents: the keys that are read are the keys that are listed", "[agents]") {
    // Each key with a value of a kind that it does not take is a problem; no other key is.
    for (const std::string_view key : agent_keys()) {
        const std::string id = key == "id" ? "" : "\"agent_id\": 1, ";
        const std::string document = "[{" + id + "\"" + std::string(key) + "\": []}]";
        INFO(document);
        CHECK(refusal(document).find("$[0]." + std::string(key)) != std::string::npos);
    }
    CHECK(refusal(R"([{"agent_id": 1, "skills": 3, "Status": 3, "": 3}])") == "nothing");
}

TEST_CASE("agents: a key that is written for a missing one is refused, not a default", "[agents]") {
    for (const auto& [written, meant] : mistaken_keys()) {
        const std::string id = meant == "agent_id" ? "" : R"("agent_id": "a", )";
        INFO(written);
        const std::string said = "key \"" + written + "\" is none of an agent";
        CHECK(refusal("[{" + id + "\"" + written + "\": null}]") ==
              "invalid agents at $[0]." + written + ": " + said + "\n$[0]." + written + ": " +
                  said + ". Did you mean \"" + meant + "\"?");
        // Beside the right one, even where that is null, it is an application's own.
        const std::string value = meant == "agent_id" ? "\"a\"" : "null";
        CHECK(refusal("[{" + id + "\"" + written + "\": [], \"" + meant + "\": " + value + "}]") ==
              "nothing");
    }
}

TEST_CASE("agents: the tape has what is read and what is refused, once", "[agents]") {
    const auto listed = [](std::string_view name) {
        return std::count(agent_keys().begin(), agent_keys().end(), name);
    };
    for (const std::string_view key : agent_keys()) CHECK(listed(key) == 1);
    for (const auto& [written, meant] : mistaken_keys()) {
        CHECK(listed(written) == 1);
        CHECK(listed(meant) == 1);
    }
}
