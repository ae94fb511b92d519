#include "core/agent/agents.hpp"

#include "core/check/field_reader.hpp"
#include "core/check/refusal.hpp"
#include "core/text/nearest.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace aria_focus::core::agent {

namespace {

// By the order of AgentStatus.
constexpr std::array<std::string_view, 5> status_names = {"idle", "busy", "error", "disabled",
                                                          "offline"};

// The status of a word.
std::optional<AgentStatus> read_status(check::JsonView value, const check::Reporter& report) {
    const auto word = check::read_text(value, report);
    const auto found = std::find(status_names.begin(), status_names.end(), word.value_or(""));
    if (found == status_names.end()) return std::nullopt;
    return static_cast<AgentStatus>(found - status_names.begin());
}

// What is read of an agent.
constexpr std::array<check::Field<Agent>, 10> fields = {{
    {"agent_id", check::store<&Agent::agent_id, check::read_id>},
    {"focus_type", check::store<&Agent::focus_type, check::read_id>},
    {"status", check::store<&Agent::status, read_status>},
    {"enabled", check::store<&Agent::enabled, check::read_boolean>},
    {"pheromone_score", check::store<&Agent::pheromone_score, check::read_number>},
    {"consecutive_failures", check::store<&Agent::consecutive_failures, check::read_number>},
    {"recent_success_rate", check::store<&Agent::recent_success_rate, check::read_number>},
    {"model", check::store<&Agent::model, check::read_text>},
    {"fallback_model", check::store<&Agent::fallback_model, check::read_text>},
    {"parent_agent_id", check::store<&Agent::parent_agent_id, check::read_id>},
}};

// A key that people write for another one.
struct MistakenKey {
    std::string_view written;
    std::string_view meant;
};

// What is refused where the one that is meant is not there: a default in its place would be a wrong answer.
constexpr std::array<MistakenKey, 7> mistaken_keys = {{
    {"id", "agent_id"},
    {"focus", "focus_type"},
    {"focus_id", "focus_type"},
    {"pheromone", "pheromone_score"},
    {"failures", "consecutive_failures"},
    {"success_rate", "recent_success_rate"},
    {"parent_id", "parent_agent_id"},
}};

constexpr auto key_names = [] {
    std::array<std::string_view, fields.size() + mistaken_keys.size()> names{};
    std::size_t at = 0;
    for (const auto& field : fields) names[at++] = field.name;
    for (const MistakenKey& key : mistaken_keys) names[at++] = key.written;
    return names;
}();

// Notes the keys that were written for missing ones; true if there is one for agent_id.
bool report_mistaken_keys(check::JsonView object, const check::Reporter& report) {
    bool is_id = false;
    for (const MistakenKey& key : mistaken_keys) {
        if (!find_key(object, key.written) || find_key(object, key.meant)) continue;
        is_id |= key.meant == "agent_id";
        report.at(key.written)
            .report(check::ProblemCode::unknown_key,
                    "key \"" + std::string(key.written) + "\" is none of an agent",
                    text::suggest(key.meant));
    }
    return is_id;
}

// One agent.
Agent read_agent(check::JsonView object, const check::Reporter& report) {
    Agent agent;
    if (object.kind() != check::JsonKind::object) {
        report.wrong_kind("an agent", check::JsonKind::object, object);
        return agent;
    }
    check::read_fields<Agent>(agent, object, fields, report);
    const bool has_other_id = report_mistaken_keys(object, report);
    const auto id = check::find_key(object, "agent_id");
    if (!has_other_id && (!id || id->kind() == check::JsonKind::null)) {
        report.at("agent_id").report(check::ProblemCode::missing, "agent_id is missing");
    }
    return agent;
}

}  // namespace

std::span<const std::string_view> agent_keys() noexcept {
    return key_names;
}

std::vector<Agent> read_agents(check::JsonView list, Ticker& ticker) {
    std::vector<Agent> agents;
    check::Problems problems;
    const check::Reporter report(problems);
    if (check::is_kind(check::JsonKind::array, list, report)) {
        agents.reserve(list.size());
        list.each_element([&](std::uint32_t at, check::JsonView object) {
            ticker.tick(64);
            agents.push_back(read_agent(object, report.at(at)));
        });
    }
    refuse_document("agents", problems);
    return agents;
}

}  // namespace aria_focus::core::agent
