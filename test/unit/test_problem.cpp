// Codes, severities, quoting.
#include "core/problem.hpp"

#include "catch.hpp"

#include <string>
#include <string_view>

using namespace aria_focus::core;

TEST_CASE("problem: every code has its name and severity", "[problem]") {
    struct Case {
        ProblemCode code;
        std::string_view name;
        std::string_view severity;
    };
    const Case cases[] = {
        {ProblemCode::unknown_key, "unknown_key", "error"},
        {ProblemCode::missing, "missing", "error"},
        {ProblemCode::bad_type, "bad_type", "error"},
        {ProblemCode::not_in_vocabulary, "not_in_vocabulary", "error"},
        {ProblemCode::out_of_range, "out_of_range", "error"},
        {ProblemCode::blank, "blank", "error"},
        {ProblemCode::duplicate, "duplicate", "error"},
        {ProblemCode::too_long, "too_long", "error"},
        {ProblemCode::bad_format, "bad_format", "error"},
        {ProblemCode::risky_keyword, "risky_keyword", "warning"},
        {ProblemCode::possible_secret, "possible_secret", "warning"},
        {ProblemCode::large_budget, "large_budget", "warning"},
        {ProblemCode::shared_keyword, "shared_keyword", "warning"},
        {ProblemCode::shadowed_keyword, "shadowed_keyword", "warning"},
        {ProblemCode::unreachable, "unreachable", "warning"},
        {ProblemCode::legacy_id, "legacy_id", "warning"},
    };
    for (const Case& one : cases) {
        CHECK(name_of(one.code) == one.name);
        CHECK(severity_of(one.code) == one.severity);
        CHECK(is_error(one.code) == (one.severity == "error"));
    }
}

TEST_CASE("problem: values are quoted, long ones cut between characters", "[problem]") {
    CHECK(aria_focus::core::quoted("") == "\"\"");
    CHECK(aria_focus::core::quoted("warm") == "\"warm\"");
    const std::string fits(120, 'a');
    CHECK(aria_focus::core::quoted(fits) == "\"" + fits + "\"");
    CHECK(aria_focus::core::quoted(fits + "b") == "\"" + fits + "...\"");
    const std::string before(119, 'a');
    CHECK(aria_focus::core::quoted(before + "\xC3\xA9") == "\"" + before + "...\"");
}
