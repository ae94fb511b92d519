// Codes, severities, quoting.
#include "core/check/problem.hpp"

#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace aria_focus::core;
using namespace aria_focus::core::check;

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
    CHECK(aria_focus::core::check::quoted("") == "\"\"");
    CHECK(aria_focus::core::check::quoted("warm") == "\"warm\"");
    const std::string fits(120, 'a');
    CHECK(aria_focus::core::check::quoted(fits) == "\"" + fits + "\"");
    CHECK(aria_focus::core::check::quoted(fits + "b") == "\"" + fits + "...\"");
    const std::string before(119, 'a');
    CHECK(aria_focus::core::check::quoted(before + "\xC3\xA9") == "\"" + before + "...\"");
}

TEST_CASE("problem: a value stays on its line, written as JSON writes it", "[problem]") {
    CHECK(aria_focus::core::check::quoted("a\nb\r\tc") == R"("a\nb\r\tc")");
    CHECK(aria_focus::core::check::quoted(std::string_view("\0\b\f\x1F\x7F", 5)) ==
          R"("\u0000\b\f\u001f\u007f")");
    CHECK(aria_focus::core::check::quoted("\xC2\x85-\xE2\x80\xA8-\xE2\x80\xA9") ==
          R"("\u0085-\u2028-\u2029")");
    CHECK(aria_focus::core::check::quoted(R"(say "a\b")") == R"("say \"a\\b\"")");
    CHECK(escaped("key\n\"") == R"(key\n\")");
    // No other character is changed, nor a byte that belongs to none.
    for (const std::string_view kept :
         {"\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x8E\xAF", "a\xFF\xC3", "\xC2\xA0"}) {
        CHECK(aria_focus::core::check::quoted(kept) == "\"" + std::string(kept) + "\"");
    }
    // What is cut is the value, not its spelling.
    const std::string breaks(121, '\n');
    CHECK(aria_focus::core::check::quoted(breaks).size() == 2 * 120 + 5);
}
