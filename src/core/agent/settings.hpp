// What an agent runs with under a focus: each setting's value, who decided it, and what it was before.
//
// Texts pass through in whatever encoding they came. Only the prompt, whose white space matters, is for the
// caller to put together, who knows its characters: compose_prompt says how.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::agent {

// What stands between a prompt and its addon.
inline constexpr std::string_view prompt_separator = "\n\n---\n\n";

// How a prompt and an addon become one.
struct PromptPlan {
    std::size_t base_bytes;  // of the base that stay
    bool has_separator;
    bool has_addon;
};

// The plan for two texts, where an absent one is empty: a blank addon changes nothing, a blank base gives
// way to the addon.
PromptPlan compose_prompt(std::string_view base, std::string_view addon, Ticker& ticker);

// The places of the first occurrences, in order.
std::vector<std::uint32_t> distinct(std::span<const std::string_view> texts, Ticker& ticker);

// A number as it was written, and its value.
template <class Value>
struct WrittenNumber {
    Value value;
    std::string_view digits;
};

// The settings, by the order of the columns, and their names.
enum class Setting : std::uint8_t { system_prompt, temperature, max_tokens, model, skills };
inline constexpr std::array<std::string_view, 5> setting_names = {"system_prompt", "temperature",
                                                                  "max_tokens", "model", "skills"};

// What an agent or a request brings along.
struct BaseSettings {
    std::optional<std::string_view> system_prompt;
    std::optional<WrittenNumber<double>> temperature;
    std::optional<WrittenNumber<std::int32_t>> max_tokens;
    std::optional<std::string_view> model;  // not empty
    std::vector<std::string_view> skills;
};

// Reads an object; other keys are not looked at, a null is an absent key, and a null document has none.
// Raises invalid_argument, naming the document, with every problem.
BaseSettings read_settings(check::JsonView document, std::string_view name);

// Reads an array of skills; nulls are left out, and a null document has none. Raises invalid_argument,
// naming the document, with every problem.
std::vector<std::string_view> read_skills(check::JsonView list, std::string_view name);

// Whether there is a focus that acts.
enum class FocusState : std::uint8_t { none, unknown, disabled, active };

// The word for it.
std::string_view name_of(FocusState state) noexcept;

// What a profile does to an agent; all but the first two count only where it is active.
struct FocusEffect {
    FocusState state = FocusState::none;
    std::string_view focus_id;
    bool has_addon = false;        // one that is not blank
    bool has_voice = false;        // what tone and style say is part of the prompt
    bool replaces_prompt = false;  // the prompt before it is blank
    double temperature_delta = 0;
    std::int32_t token_budget = 0;  // 0: none
    std::string_view model = {};    // empty: none
    std::span<const std::string_view> skills = {};
};

// Who decided a setting.
enum class Decider : std::uint8_t { nobody, agent, request, focus };

// The word for it.
std::string_view name_of(Decider decider) noexcept;

// How a setting came about.
struct Decision {
    Decider by = Decider::nobody;
    std::optional<std::string_view>
        before;         // what would hold without the decider; as it was written
    std::string words;  // for a person
};

// All settings but the prompt's text, which the caller puts together.
struct EffectiveSettings {
    std::optional<double> temperature;
    std::optional<std::int32_t> max_tokens;
    std::optional<std::string_view> model;
    std::vector<std::string_view> skills;
    std::size_t skills_before = 0;  // the first so many: what Decision::before is for the others
    std::array<Decision, setting_names.size()> decisions;
};

// Lets the focus act on what request and agent bring; the request goes before the agent.
EffectiveSettings compose_settings(const FocusEffect& focus, const BaseSettings& agent,
                                   const BaseSettings& request, Ticker& ticker);

// base plus delta within [0, 1]; the base as it is where there is no change to make.
double effective_temperature(double base, double delta) noexcept;

}  // namespace aria_focus::core::agent
