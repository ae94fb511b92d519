// Problems of places in documents: how a place is written, which field a problem is of.
#include "core/check/reporter.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <string>

using namespace aria_focus::core::check;
using aria_focus::test::Json;

TEST_CASE("reporter: places", "[reporter]") {
    Problems problems;
    const Reporter document(problems);
    CHECK(document.path() == "$");
    const Reporter element = document.at(3);
    CHECK(element.path() == "$[3]");
    const Reporter key = element.at("status");
    CHECK(key.path() == "$[3].status");
    CHECK(key.at(4294967295).path() == "$[3].status[4294967295]");
    CHECK(document.at("a\nb\"").path() == "$.a\\nb\\\"");
    CHECK(document.at("").path() == "$.");
    CHECK(problems.empty());
}

TEST_CASE("reporter: the field is the first key, or the caller's", "[reporter]") {
    Problems problems;
    const Reporter document(problems);
    const Reporter list = document.at("keywords");
    const Reporter entry = list.at(0);
    entry.at("weight").report(ProblemCode::missing, "gone", "Add it.");
    document.report(ProblemCode::blank, "empty");
    const Reporter named(problems, "keywords");
    named.at("match").report(ProblemCode::blank, "empty");
    REQUIRE(document.count() == 3);
    CHECK(problems[0].field == "keywords");
    CHECK(problems[0].path == "$.keywords[0].weight");
    CHECK(problems[0].code == ProblemCode::missing);
    CHECK(problems[0].message == "gone");
    CHECK(problems[0].hint == "Add it.");
    CHECK(problems[1].field.empty());
    CHECK(problems[1].path == "$");
    CHECK(problems[1].hint.empty());
    CHECK(problems[2].field == "keywords");
    CHECK(problems[2].path == "$.match");
}

TEST_CASE("reporter: the wrong kind", "[reporter]") {
    Problems problems;
    Reporter(problems).wrong_kind("a skill", JsonKind::string, Json("7").view(), "Quote it.");
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == ProblemCode::bad_type);
    CHECK(problems[0].message == "a skill must be a string, not a number");
    CHECK(problems[0].hint == "Quote it.");
}
