// One error for all problems of a value.
#include "core/check/refusal.hpp"

#include "core/base/error.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <string>

using namespace aria_focus::core;
using namespace aria_focus::core::check;

namespace {

// A problem at a path.
Problem problem(std::string path, std::string message, std::string hint = "") {
    return {"tone", std::move(path), ProblemCode::blank, std::move(message), std::move(hint)};
}

}  // namespace

TEST_CASE("refusal: the first problem in front, every problem behind", "[refusal]") {
    const Refusal refusal = refuse("invalid focus profile \"x\"",
                                   {problem("$.tone", "tone \"percise\" is not a known tone"),
                                    problem("$.style", "style is null", "Leave it out."),
                                    problem("$.enabled", "enabled is null", "Not this one.")});
    CHECK(
        refusal.message ==
        "invalid focus profile \"x\": tone \"percise\" is not a known tone (and 2 more problems)");
    CHECK(refusal.detail ==
          "$.tone: tone \"percise\" is not a known tone.\n$.style: style is null.\n"
          "$.enabled: enabled is null.");
    CHECK(refusal.hint == "Leave it out.");
}

TEST_CASE("refusal: one problem, no hint", "[refusal]") {
    const Refusal refusal = refuse("invalid keyword list", {problem("$[0]", "a keyword is blank")});
    CHECK(refusal.message == "invalid keyword list: a keyword is blank");
    CHECK(refusal.detail == "$[0]: a keyword is blank.");
    CHECK(refusal.hint.empty());
}

TEST_CASE("refusal: a line says what was probably meant there, the hint what was first",
          "[refusal]") {
    const Refusal refusal =
        refuse("x", {problem("$.tone", "tone is bad", "Did you mean \"warm\"?"),
                     problem("$.style", "style is bad", "Did you mean \"socratic\"?")});
    CHECK(refusal.message == "x: tone is bad (and 1 more problem)");
    CHECK(refusal.detail ==
          "$.tone: tone is bad. Did you mean \"warm\"?\n"
          "$.style: style is bad. Did you mean \"socratic\"?");
    CHECK(refusal.hint == "Did you mean \"warm\"?");
}

TEST_CASE("refusal: long lists are cut after a hundred lines", "[refusal]") {
    Problems problems(max_refusal_lines, problem("$", "bad"));
    const Refusal all = refuse("x", problems);
    CHECK(std::count(all.detail.begin(), all.detail.end(), '\n') == 99);
    CHECK(all.detail.find("more") == std::string::npos);
    problems.resize(1234, problem("$", "bad"));
    const Refusal cut = refuse("x", problems);
    CHECK(std::count(cut.detail.begin(), cut.detail.end(), '\n') == 100);
    CHECK(cut.detail.ends_with("\n... and 1134 more."));
}

TEST_CASE("refusal: an argument's is raised, a document's with the path in front", "[refusal]") {
    const Problems problems = {problem("$[3].status", "status must be a string", "Quote it."),
                               problem("$[4]", "bad")};
    try {
        refuse_document("agents", problems);
        FAIL("nothing was raised");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::invalid_argument);
        CHECK(error.message() ==
              "invalid agents at $[3].status: status must be a string "
              "(and 1 more problem)");
        CHECK(error.detail() == "$[3].status: status must be a string.\n$[4]: bad.");
        CHECK(error.hint() == "Quote it.");
    }
    CHECK_NOTHROW(refuse_document("agents", {}));
    CHECK_THROWS_AS(refuse_argument("invalid keyword list", problems), Error);
}
