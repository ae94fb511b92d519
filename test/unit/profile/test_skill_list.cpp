// Lists of skills.
#include "core/profile/skill_list.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <string>
#include <string_view>

using namespace aria_focus::core;
using namespace aria_focus::core::check;
using namespace aria_focus::core::profile;
using aria_focus::test::Json;
using aria_focus::test::summary;

namespace {

// The problems of a list; the texts of the problems do not depend on the tape, their fields do not
// either.
Problems problems_of(std::string_view text) {
    const Json json(text);
    Problems problems;
    Ticker ticker;
    const Reporter profile(problems);
    check_skill_list(json.view(), profile.at("auto_skills"), ticker);
    return problems;
}

}  // namespace

TEST_CASE("skill list: problems and where they are", "[skill_list]") {
    struct Case {
        const char* list;
        const char* expected;
    };
    const Case cases[] = {
        {"[]", ""},
        {R"(["goals", "schedule", "api_client"])", ""},
        {R"(["llm", "LLM", " llm"])", ""},
        {R"(["a", "b", "a"])", "duplicate $.auto_skills[2]"},
        {R"(["a", "a", "a"])", "duplicate $.auto_skills[1]; duplicate $.auto_skills[2]"},
        {R"([""])", "blank $.auto_skills[0]"},
        {R"(["a", " \t\u00a0\u3000"])", "blank $.auto_skills[1]"},
        {R"([1, null, true, [], {}])",
         "bad_type $.auto_skills[0]; bad_type $.auto_skills[1]; bad_type $.auto_skills[2]; "
         "bad_type $.auto_skills[3]; bad_type $.auto_skills[4]"},
        {R"([["a", "a"], "a"])", "bad_type $.auto_skills[0]"},
        {"{}", "bad_type $.auto_skills"},
        {"\"a\"", "bad_type $.auto_skills"},
        {"null", "bad_type $.auto_skills"},
    };
    for (const Case& one : cases) {
        INFO(one.list);
        CHECK(summary(problems_of(one.list)) == one.expected);
    }
}

TEST_CASE("skill list: what a person reads", "[skill_list]") {
    const Problems problems = problems_of(R"(["browser", 5, "", "browser"])");
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].field == "auto_skills");
    CHECK(problems[0].message == "a skill must be a string, not a number");
    CHECK(problems[0].hint == "Write it in double quotes.");
    CHECK(problems[1].message == "a skill is blank");
    CHECK(problems[2].message == "skill \"browser\" stands already at $.auto_skills[0]");
    CHECK(problems[2].hint == "Keep one of them.");
    CHECK(problems_of("7").at(0).message == "auto_skills must be an array, not a number");
}

TEST_CASE("skill list: a long one can be stopped", "[skill_list]") {
    std::string text = "[\"0\"";
    for (int i = 1; i < 5000; ++i) text += ",\"" + std::to_string(i) + "\"";
    const Json json(text + "]");
    Problems problems;
    Ticker ticker([] { throw 7; });
    CHECK_THROWS_AS(check_skill_list(json.view(), Reporter(problems), ticker), int);
}
