#include "core/agent/agents.hpp"

#include "core/check/field_reader.hpp"
#include "core/check/refusal.hpp"

namespace aria_focus::core::agent {

namespace {

// By the order of AgentStatus.
constexpr std::array<std::string_view, 5> status_names = {"idle", "busy", "error", "disabled",
                                                          "offline"};

// The status of a word.
AgentStatus status_of(std::string_view word) noexcept {
    for (std::size_t i = 0; i < status_names.size(); ++i) {
        if (word == status_names[i]) return static_cast<AgentStatus>(i);
    }
    return AgentStatus::idle;
}

// Puts the value of one key where it belongs; keeps the default where there is none.
void read_field(Agent& agent, std::string_view key, check::JsonView value,
                const check::FieldReader& read) {
    if (key == "focus_type") {
        agent.focus_type = read.id(key, value).value_or("");
    } else if (key == "status") {
        agent.status = status_of(read.text(key, value).value_or(""));
    } else if (key == "enabled") {
        agent.enabled = read.boolean(key, value).value_or(agent.enabled);
    } else if (key == "pheromone_score") {
        agent.pheromone_score = read.number(key, value).value_or(agent.pheromone_score);
    } else if (key == "consecutive_failures") {
        agent.consecutive_failures = read.number(key, value).value_or(agent.consecutive_failures);
    } else if (key == "recent_success_rate") {
        agent.recent_success_rate = read.number(key, value).value_or(agent.recent_success_rate);
    } else if (key == "model") {
        agent.model = read.text(key, value).value_or("");
    } else if (key == "fallback_model") {
        agent.fallback_model = read.text(key, value).value_or("");
    } else if (key == "parent_agent_id") {
        agent.parent_agent_id = read.id(key, value);
    }
}

// One agent.
Agent read_agent(std::uint32_t at, check::JsonView object, check::Problems& problems) {
    const check::FieldReader read(problems, at);
    Agent agent;
    if (object.kind() != check::JsonKind::object) {
        read.report("", check::ProblemCode::bad_type,
                    "an agent must be an object, not " + std::string(name_of(object.kind())));
        return agent;
    }
    bool has_id = false;
    object.each_pair([&](std::string_view key, check::JsonView value) {
        if (key != "agent_id") return read_field(agent, key, value, read);
        has_id = value.kind() != check::JsonKind::null;
        agent.agent_id = read.id("agent_id", value).value_or("");
    });
    if (!has_id) read.report("agent_id", check::ProblemCode::missing, "agent_id is missing");
    return agent;
}

}  // namespace

std::vector<Agent> read_agents(check::JsonView list, Ticker& ticker) {
    std::vector<Agent> agents;
    check::Problems problems;
    if (check::FieldReader(problems).is(check::JsonKind::array, "", list)) {
        agents.reserve(list.size());
        list.each_element([&](std::uint32_t at, check::JsonView object) {
            ticker.tick(64);
            agents.push_back(read_agent(at, object, problems));
        });
    }
    refuse_document("agents", problems);
    return agents;
}

}  // namespace aria_focus::core::agent
