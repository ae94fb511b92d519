#include "core/agent/settings.hpp"

#include "core/base/decimal.hpp"
#include "core/check/field_reader.hpp"
#include "core/check/refusal.hpp"
#include "core/text/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <type_traits>
#include <unordered_set>

namespace aria_focus::core::agent {

namespace {

// A number with its digits.
template <auto read>
auto read_written(check::JsonView value, const check::Reporter& report) {
    const auto number = read(value, report);
    using Number = WrittenNumber<std::decay_t<decltype(*number)>>;
    return number ? std::optional(Number{*number, value.text()}) : std::nullopt;
}

// A request for tokens. Some servers take one below 1 as "no limit": it is none.
std::optional<std::int32_t> read_tokens(check::JsonView value, const check::Reporter& report) {
    const auto number = check::read_integer(value, report);
    return number && *number >= 1 ? number : std::nullopt;
}

// A text that is not empty.
std::optional<std::string_view> read_model(check::JsonView value, const check::Reporter& report) {
    const auto model = check::read_text(value, report);
    return model && !model->empty() ? model : std::nullopt;
}

// What is read of the settings.
constexpr std::array<check::Field<BaseSettings>, setting_names.size()> fields = {{
    {"system_prompt", check::store<&BaseSettings::system_prompt, check::read_text>},
    {"temperature", check::store<&BaseSettings::temperature, read_written<check::read_number>>},
    {"max_tokens", check::store<&BaseSettings::max_tokens, read_written<read_tokens>>},
    {"model", check::store<&BaseSettings::model, read_model>},
    {"skills", check::store<&BaseSettings::skills, check::read_skills>},
}};

// A number in few digits, for a person.
std::string few_digits(double number) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%.6g", number);
    return out.data();
}

// A thing with its name in quotes; without it where that is long, since it cannot be cut in an encoding
// that is not known here.
std::string named(std::string_view thing, std::string_view name) {
    constexpr std::size_t longest = 200;
    if (name.size() > longest) return std::string(thing);
    return std::string(thing) + " \"" + std::string(name) + "\"";
}

// Appends a part of a sentence, with a comma before it where it is not the first.
void append_part(std::string& sentence, const std::string& part) {
    if (!sentence.empty()) sentence += ", ";
    sentence += part;
}

// Composes settings, one after the other.
class Composer {
  public:
    Composer(const FocusEffect& focus, const BaseSettings& agent, const BaseSettings& request,
             Ticker& ticker)
        : focus_(focus),
          agent_(agent),
          request_(request),
          ticker_(ticker),
          is_active_(focus.state == FocusState::active),
          focus_name_(named("focus", focus.focus_id)) {}

    // All of them.
    EffectiveSettings compose() {
        compose_prompt();
        compose_temperature();
        compose_max_tokens();
        compose_model();
        compose_skills();
        return std::move(out_);
    }

  private:
    // The decision about a setting.
    Decision& decision(Setting setting) {
        return out_.decisions[static_cast<std::size_t>(setting)];
    }

    // What is said of a value that the focus left as it was.
    std::string left_alone(std::string_view whose) const {
        std::string words(whose);
        switch (focus_.state) {
            case FocusState::none: return words + "; no focus";
            case FocusState::unknown: return words + "; " + focus_name_ + " is unknown";
            case FocusState::disabled: return words + "; " + focus_name_ + " is disabled";
            case FocusState::active: break;
        }
        return words + "; " + focus_name_ + " leaves it";
    }

    // Takes the request's value, else the agent's, and notes whose it is.
    template <class Value, class Written>
    std::optional<Value> choose(Setting setting, const std::optional<Value>& agent,
                                const std::optional<Value>& request, Written&& written) {
        Decision& said = decision(setting);
        said.by = request ? Decider::request : agent ? Decider::agent : Decider::nobody;
        if (request && agent) said.before = written(*agent);
        said.words = left_alone(request ? "the request's" : agent ? "the agent's" : "not given");
        return request ? request : agent;
    }

    // Notes that the focus decided over a base value.
    template <class Value, class Written>
    void decide(Setting setting, const std::optional<Value>& base, std::string words,
                Written&& written) {
        Decision& said = decision(setting);
        said = {Decider::focus, std::nullopt, std::move(words)};
        if (base) said.before = written(*base);
    }

    // What is said of the prompt.
    void compose_prompt() {
        const auto as_is = [](std::string_view text) { return text; };
        const auto base =
            choose(Setting::system_prompt, agent_.system_prompt, request_.system_prompt, as_is);
        if (!is_active_ || (!focus_.has_addon && !focus_.has_voice)) return;
        const std::string what =
            focus_.has_voice ? focus_.has_addon ? "the addon and the voice of " : "the voice of "
                             : "the addon of ";
        decide(Setting::system_prompt, base,
               focus_.replaces_prompt || !base
                   ? what + focus_name_ + "; there was no prompt before"
                   : what + focus_name_ + " appended to " +
                         (request_.system_prompt ? "the request's" : "the agent's"),
               as_is);
    }

    // The base moved by the focus, within [0, 1].
    void compose_temperature() {
        const auto digits = [](const WrittenNumber<double>& number) { return number.digits; };
        const auto base =
            choose(Setting::temperature, agent_.temperature, request_.temperature, digits);
        if (!base) return;
        const double delta = is_active_ ? focus_.temperature_delta : 0;
        out_.temperature = effective_temperature(base->value, delta);
        if (*out_.temperature == base->value) return;
        std::string words = focus_name_ + " changed " + std::string(base->digits) + " by " +
                            few_digits(delta) + " to " + few_digits(*out_.temperature);
        const double sum = base->value + delta;
        if (sum < 0 || sum > 1) words += ", not to " + few_digits(sum);
        decide(Setting::temperature, base, std::move(words), digits);
    }

    // The base under the ceiling of the focus.
    void compose_max_tokens() {
        const auto digits = [](const WrittenNumber<std::int32_t>& n) { return n.digits; };
        const auto base =
            choose(Setting::max_tokens, agent_.max_tokens, request_.max_tokens, digits);
        if (base) out_.max_tokens = base->value;
        if (!is_active_ || focus_.token_budget == 0) return;
        if (base && base->value <= focus_.token_budget) return;
        out_.max_tokens = focus_.token_budget;
        const std::string budget = std::to_string(focus_.token_budget);
        decide(Setting::max_tokens, base,
               base ? "budget capped " + std::string(base->digits) + " to " + budget
                    : "budget set " + budget,
               digits);
    }

    // The request's model, else the override, else the agent's.
    void compose_model() {
        const auto as_is = [](std::string_view text) { return text; };
        out_.model = choose(Setting::model, agent_.model, request_.model, as_is);
        if (!is_active_ || focus_.model.empty()) return;
        if (request_.model) {
            decision(Setting::model).before = focus_.model;
            decision(Setting::model).words =
                "the request's; it goes before the override of " + focus_name_;
            return;
        }
        if (agent_.model == focus_.model) return;
        out_.model = focus_.model;
        decide(Setting::model, agent_.model,
               agent_.model ? "the override of " + focus_name_ + " replaced " +
                                  named("the agent's", *agent_.model)
                            : "the override of " + focus_name_ + "; there was no model before",
               as_is);
    }

    // The agent's skills, then the request's, then those of the focus.
    void compose_skills() {
        std::vector<std::string_view> all = agent_.skills;
        all.insert(all.end(), request_.skills.begin(), request_.skills.end());
        const std::size_t own = all.size();
        if (is_active_) all.insert(all.end(), focus_.skills.begin(), focus_.skills.end());
        std::size_t of_agent = 0, of_request = 0;
        for (const std::uint32_t at : distinct(all, ticker_)) {
            out_.skills.push_back(all[at]);
            if (at < agent_.skills.size()) {
                ++of_agent;
            } else if (at < own) {
                ++of_request;
            }
        }
        note_skills(of_agent, of_request, out_.skills.size() - of_agent - of_request);
    }

    // Who added how many skills.
    void note_skills(std::size_t of_agent, std::size_t of_request, std::size_t of_focus) {
        Decision& said = decision(Setting::skills);
        if (of_agent > 0) {
            said.by = Decider::agent;
            append_part(said.words, std::to_string(of_agent) + " of the agent");
        }
        if (of_request > 0) {
            said.by = Decider::request;
            out_.skills_before = of_agent;
            append_part(said.words, std::to_string(of_request) + " of the request");
        }
        if (of_focus > 0) {
            said.by = Decider::focus;
            out_.skills_before = of_agent + of_request;
            append_part(said.words, std::to_string(of_focus) + " of " + focus_name_);
        } else {
            said.words = left_alone(said.words.empty() ? "not given" : said.words);
        }
    }

    const FocusEffect& focus_;
    const BaseSettings& agent_;
    const BaseSettings& request_;
    Ticker& ticker_;
    const bool is_active_;
    const std::string focus_name_;
    EffectiveSettings out_;
};

}  // namespace

PromptPlan compose_prompt(std::string_view base, std::string_view addon, Ticker& ticker) {
    if (text::is_blank(addon, ticker)) return {base.size(), false, false};
    const std::size_t kept = text::trim_end(base, ticker).size();
    return {kept, kept > 0, true};
}

std::vector<std::uint32_t> distinct(std::span<const std::string_view> texts, Ticker& ticker) {
    std::unordered_set<std::string_view> seen;
    std::vector<std::uint32_t> first;
    for (std::uint32_t at = 0; at < texts.size(); ++at) {
        ticker.tick(64);
        if (seen.insert(texts[at]).second) first.push_back(at);
    }
    return first;
}

BaseSettings read_settings(check::JsonView document, std::string_view name) {
    BaseSettings out;
    check::Problems problems;
    const check::Reporter report(problems);
    if (check::is_kind(check::JsonKind::object, document, report)) {
        check::read_fields<BaseSettings>(out, document, fields, report);
    }
    refuse_document(name, problems);
    return out;
}

std::vector<std::string_view> read_skills(check::JsonView list, std::string_view name) {
    check::Problems problems;
    auto skills = check::read_skills(list, check::Reporter(problems));
    refuse_document(name, problems);
    return std::move(skills).value_or(std::vector<std::string_view>{});
}

std::string_view name_of(FocusState state) noexcept {
    constexpr std::array<std::string_view, 4> names = {"none", "unknown", "disabled", "active"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(Decider decider) noexcept {
    constexpr std::array<std::string_view, 4> names = {"nobody", "agent", "request", "focus"};
    return names[static_cast<std::size_t>(decider)];
}

EffectiveSettings compose_settings(const FocusEffect& focus, const BaseSettings& agent,
                                   const BaseSettings& request, Ticker& ticker) {
    return Composer(focus, agent, request, ticker).compose();
}

double effective_temperature(double base, double delta) noexcept {
    if (delta == 0 || std::isnan(delta) || std::isnan(base)) return base;
    return as_meant(std::clamp(base + delta, 0.0, 1.0));
}

}  // namespace aria_focus::core::agent
