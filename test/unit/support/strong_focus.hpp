// A focus that changes everything about an agent, for the tests of settings.
#pragma once

#include "core/agent/settings.hpp"

#include <string_view>

namespace aria_focus::test {

// It adds a prompt, lowers temperature and tokens, replaces the model, brings skills.
inline core::agent::FocusEffect strong_focus(std::string_view name = "ops") {
    static constexpr std::string_view skills[] = {"llm", "browser"};
    core::agent::FocusEffect focus{core::agent::FocusState::active, name};
    focus.has_addon = true;
    focus.temperature_delta = -0.25;
    focus.token_budget = 800;
    focus.model = "qwen";
    focus.skills = skills;
    return focus;
}

}  // namespace aria_focus::test
