// The agents of an application, as they come in: a JSON array of objects, one an agent.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace aria_focus::core::agent {

enum class AgentStatus : std::uint8_t { idle, busy, error, disabled, offline };

// One agent. Its texts lie on the tape that it was read from.
struct Agent {
    std::string_view agent_id;
    std::string_view focus_type;  // empty: none
    std::string_view model;       // empty: none
    std::string_view fallback_model;
    std::optional<std::string_view> parent_agent_id;
    double pheromone_score = 0.5;
    double consecutive_failures = 0;
    double recent_success_rate = 0.5;
    AgentStatus status = AgentStatus::idle;  // also for a word that is not known
    bool enabled = true;
};

// The keys that are read, then those that are refused; the others of an object may be left out of its tape.
std::span<const std::string_view> agent_keys() noexcept;

// Reads the agents in the order of the array; other keys are not looked at, a null is
// an absent key, and a null document has no agents. Raises invalid_argument with every problem.
std::vector<Agent> read_agents(check::JsonView list, Ticker& ticker);

}  // namespace aria_focus::core::agent
