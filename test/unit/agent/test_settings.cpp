// Effective settings: the numbers of each rule, and a naive recomputation.
#include "core/agent/settings.hpp"

#include "core/base/error.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/json_builder.hpp"
#include "support/strong_focus.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>

using namespace aria_focus::core;
using namespace aria_focus::core::agent;
using namespace aria_focus::test;

namespace {

// A prompt composed by the plan.
std::string composed(std::string_view base, std::string_view addon) {
    Ticker ticker;
    const PromptPlan plan = compose_prompt(base, addon, ticker);
    std::string out(base.substr(0, plan.base_bytes));
    if (plan.has_separator) out += prompt_separator;
    if (plan.has_addon) out += addon;
    return out;
}

// The settings of two documents under a focus. The tapes live as long as the object.
struct Case {
    Case(const FocusEffect& focus, std::string_view agent, std::string_view request)
        : agent_json(agent), request_json(request) {
        Ticker ticker;
        made = compose_settings(focus, read_settings(agent_json.view(), "agent"),
                                read_settings(request_json.view(), "request"), ticker);
    }

    // What is said of a setting: decider, before, words.
    std::string said(Setting setting) const {
        const Decision& one = made.decisions[static_cast<std::size_t>(setting)];
        return std::string(name_of(one.by)) + " | " + std::string(one.before.value_or("-")) +
               " | " + one.words;
    }
    // The skills in one line, a bar behind those that were there before.
    std::string skills() const {
        std::string out;
        for (std::size_t i = 0; i < made.skills.size(); ++i) {
            if (i == made.skills_before) out += "| ";
            out += std::string(made.skills[i]) + " ";
        }
        return out;
    }

    Json agent_json;
    Json request_json;
    EffectiveSettings made;
};

constexpr std::string_view full_agent =
    R"({"system_prompt": "You are A.", "temperature": 0.75, "max_tokens": 4096, "model": "gpt",
        "skills": ["goals", "llm", "goals"], "agent_id": [7]})";

// What is said of a document that is refused.
std::string refusal(std::string_view text) {
    const Json json(text);
    try {
        read_settings(json.view(), "request");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::invalid_argument);
        return error.message();
    }
    return "nothing";
}

}  // namespace

TEST_CASE("settings: prompt and addon", "[settings]") {
    struct Row {
        const char* base;
        const char* addon;
        const char* whole;
    };
    const Row rows[] = {
        {"Be kind.", "Be brief.", "Be kind.\n\n---\n\nBe brief."},
        {"Be kind. \n\xE3\x80\x80", " Be brief. ", "Be kind.\n\n---\n\n Be brief. "},
        {"Be kind. ", "", "Be kind. "},
        {"Be kind. ", " \xC2\xA0\n", "Be kind. "},
        {"", "Be brief.", "Be brief."},
        {" \n", "Be brief.", "Be brief."},
        {"", "", ""},
        {" ", " ", " "},
    };
    for (const Row& row : rows) {
        INFO(row.base << '|' << row.addon);
        CHECK(composed(row.base, row.addon) == row.whole);
    }
}

TEST_CASE("settings: temperature", "[settings]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double huge = std::numeric_limits<double>::max();
    CHECK(effective_temperature(0.7, 0) == 0.7);
    CHECK(effective_temperature(1.3, 0) == 1.3);
    CHECK(effective_temperature(-2, 0) == -2);
    CHECK(effective_temperature(1.3, nan) == 1.3);
    CHECK(std::isnan(effective_temperature(nan, 0.5)));
    CHECK(effective_temperature(0.5, 0.25) == 0.75);
    CHECK(effective_temperature(0.5, 0.5) == 1);
    CHECK(effective_temperature(0.9, 0.3) == 1);
    CHECK(effective_temperature(0.1, -0.2) == 0);
    CHECK(effective_temperature(1.3, -0.1) == 1);
    CHECK(effective_temperature(huge, huge) == 1);
    CHECK(effective_temperature(-huge, -huge) == 0);
}

TEST_CASE("settings: a focus decides all five", "[settings]") {
    const Case one(strong_focus(), full_agent, "{}");
    CHECK(one.said(Setting::system_prompt) ==
          "focus | You are A. | the addon of focus \"ops\" appended to the agent's");
    CHECK(one.made.temperature == 0.5);
    CHECK(one.said(Setting::temperature) ==
          "focus | 0.75 | focus \"ops\" changed 0.75 by -0.25 to 0.5");
    CHECK(one.made.max_tokens == 800);
    CHECK(one.said(Setting::max_tokens) == "focus | 4096 | budget capped 4096 to 800");
    CHECK(one.made.model == "qwen");
    CHECK(one.said(Setting::model) ==
          "focus | gpt | the override of focus \"ops\" replaced the agent's \"gpt\"");
    CHECK(one.skills() == "goals llm | browser ");
    CHECK(one.said(Setting::skills) == "focus | - | 2 of the agent, 1 of focus \"ops\"");
}

TEST_CASE("settings: a request goes before the agent, the ceiling before the request",
          "[settings]") {
    const Case one(strong_focus(), full_agent,
                   R"({"system_prompt": "You are B.", "temperature": 0.1, "max_tokens": 2000,
                       "model": "mine", "skills": ["llm", "web"]})");
    CHECK(one.said(Setting::system_prompt) ==
          "focus | You are B. | the addon of focus \"ops\" appended to the request's");
    CHECK(one.made.temperature == 0);
    CHECK(one.said(Setting::temperature) ==
          "focus | 0.1 | focus \"ops\" changed 0.1 by -0.25 to 0, not to -0.15");
    CHECK(one.said(Setting::max_tokens) == "focus | 2000 | budget capped 2000 to 800");
    CHECK(one.made.model == "mine");
    CHECK(one.said(Setting::model) ==
          "request | qwen | the request's; it goes before the override of focus \"ops\"");
    CHECK(one.skills() == "goals llm web | browser ");
    CHECK(one.said(Setting::skills) ==
          "focus | - | 2 of the agent, 1 of the request, 1 of focus \"ops\"");
}

TEST_CASE("settings: a focus that asks nothing leaves all", "[settings]") {
    const Case one({FocusState::active, "calm"}, full_agent, R"({"max_tokens": 10})");
    CHECK(one.said(Setting::system_prompt) == "agent | - | the agent's; focus \"calm\" leaves it");
    CHECK(one.made.temperature == 0.75);
    CHECK(one.said(Setting::temperature) == "agent | - | the agent's; focus \"calm\" leaves it");
    CHECK(one.made.max_tokens == 10);
    CHECK(one.said(Setting::max_tokens) ==
          "request | 4096 | the request's; focus \"calm\" leaves it");
    CHECK(one.said(Setting::model) == "agent | - | the agent's; focus \"calm\" leaves it");
    CHECK(one.skills() == "| goals llm ");
    CHECK(one.said(Setting::skills) == "agent | - | 2 of the agent; focus \"calm\" leaves it");
}

TEST_CASE("settings: only an active focus acts", "[settings]") {
    struct Row {
        FocusState state;
        const char* words;
    };
    for (const Row& row :
         {Row{FocusState::none, "no focus"}, Row{FocusState::unknown, "focus \"ops\" is unknown"},
          Row{FocusState::disabled, "focus \"ops\" is disabled"}}) {
        FocusEffect focus = strong_focus();
        focus.state = row.state;
        const Case one(focus, R"({"temperature": 1.3, "max_tokens": 4096})", R"({"model": "m"})");
        const std::string why = std::string("; ") + row.words;
        INFO(why);
        CHECK(one.said(Setting::system_prompt) == "nobody | - | not given" + why);
        CHECK(one.made.temperature == 1.3);
        CHECK(one.said(Setting::temperature) == "agent | - | the agent's" + why);
        CHECK(one.made.max_tokens == 4096);
        CHECK(one.said(Setting::max_tokens) == "agent | - | the agent's" + why);
        CHECK(one.made.model == "m");
        CHECK(one.said(Setting::model) == "request | - | the request's" + why);
        CHECK(one.skills().empty());
        CHECK(one.said(Setting::skills) == "nobody | - | not given" + why);
    }
}

TEST_CASE("settings: a focus over an agent that has nothing", "[settings]") {
    const Case one(strong_focus(), "null",
                   R"({"model": "", "temperature": null, "skills": [null]})");
    CHECK(one.said(Setting::system_prompt) ==
          "focus | - | the addon of focus \"ops\"; there was no prompt before");
    CHECK_FALSE(one.made.temperature);
    CHECK(one.said(Setting::temperature) == "nobody | - | not given; focus \"ops\" leaves it");
    CHECK(one.made.max_tokens == 800);
    CHECK(one.said(Setting::max_tokens) == "focus | - | budget set 800");
    CHECK(one.made.model == "qwen");
    CHECK(one.said(Setting::model) ==
          "focus | - | the override of focus \"ops\"; there was no model before");
    CHECK(one.skills() == "| llm browser ");
}

TEST_CASE("settings: what changes nothing decides nothing", "[settings]") {
    FocusEffect focus = strong_focus();
    focus.temperature_delta = 0.25;
    const Case one(focus, R"({"temperature": 1, "max_tokens": 800, "model": "qwen",
                              "skills": ["browser", "llm"]})",
                   "{}");
    CHECK(one.made.temperature == 1);
    for (const Setting setting : {Setting::temperature, Setting::max_tokens, Setting::model}) {
        CHECK(one.said(setting) == "agent | - | the agent's; focus \"ops\" leaves it");
    }
    CHECK(one.said(Setting::skills) == "agent | - | 2 of the agent; focus \"ops\" leaves it");
}

TEST_CASE("settings: a refusal names the path", "[settings]") {
    struct Row {
        const char* document;
        const char* said;
    };
    const Row rows[] = {
        {"[]", "invalid request at $: it must be an object, not an array"},
        {"\"x\"", "invalid request at $: it must be an object, not a string"},
        {R"({"system_prompt": 1})",
         "invalid request at $.system_prompt: system_prompt must be a string, not a number"},
        {R"({"temperature": "0.5"})",
         "invalid request at $.temperature: temperature must be a number, not a string"},
        {R"({"temperature": "NaN"})",
         "invalid request at $.temperature: temperature must be finite, not NaN"},
        {R"({"temperature": -1e400})",
         "invalid request at $.temperature: temperature -1e400 is out of the range of double "
         "precision"},
        {R"({"max_tokens": true})",
         "invalid request at $.max_tokens: max_tokens must be a number, not a boolean"},
        {R"({"max_tokens": 1.5})",
         "invalid request at $.max_tokens: max_tokens 1.5 is not a whole number"},
        {R"({"max_tokens": 2147483648})",
         "invalid request at $.max_tokens: max_tokens 2147483648 is out of the range of integer"},
        {R"({"max_tokens": -2147483649})",
         "invalid request at $.max_tokens: max_tokens -2147483649 is out of the range of integer"},
        {R"({"max_tokens": 1e30})",
         "invalid request at $.max_tokens: max_tokens 1e30 is out of the range of integer"},
        {R"({"model": {}})", "invalid request at $.model: model must be a string, not an object"},
        {R"({"skills": "llm"})",
         "invalid request at $.skills: skills must be an array, not a string"},
        {R"({"skills": ["llm", 7]})",
         "invalid request at $.skills[1]: a skill must be a string, not a number"},
        {R"({"max_tokens": 800.0, "other": [1, {"temperature": "x"}]})", "nothing"},
        {R"({"max_tokens": -2147483648, "temperature": -3e2})", "nothing"},
    };
    for (const Row& row : rows) {
        INFO(row.document);
        CHECK(refusal(row.document) == row.said);
    }
    const Json list("[true]");
    CHECK_THROWS_AS(read_skills(list.view(), "own skills"), Error);
}

TEST_CASE("settings: the keys that are read are the keys that are listed", "[settings]") {
    for (const std::string_view key : setting_names) {
        const std::string document = "{\"" + std::string(key) + "\": true}";
        CHECK(refusal(document).find("$." + std::string(key)) != std::string::npos);
    }
}

TEST_CASE("settings: distinct keeps the first of each, in order", "[settings][random]") {
    Random random(72);
    Ticker ticker;
    constexpr std::string_view names[] = {"a", "b", "c", "d", "", "A"};
    for (int round = 0; round < 2'000; ++round) {
        std::vector<std::string_view> texts(random.below(9));
        for (auto& text : texts) text = names[random.below(6)];
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < texts.size(); ++i) {
            if (std::find(texts.begin(), texts.begin() + i, texts[i]) == texts.begin() + i) {
                expected.push_back(i);
            }
        }
        REQUIRE(distinct(texts, ticker) == expected);
    }
}
