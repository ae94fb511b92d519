#include "core/contract/conflicts.hpp"
#include "support/catch.hpp"
#include "support/contract_tools.hpp"

#include <string>

using namespace aria_focus;
using namespace aria_focus::core::contract;

namespace {

// The messages of all conflicts of a contract.
std::string conflicts_of(std::string_view json) {
    core::Ticker ticker;
    std::string out;
    for (const Conflict& conflict : find_conflicts(test::contract_of(json), ticker)) {
        if (!out.empty()) out += "; ";
        out += conflict.message;
    }
    return out;
}

}  // namespace

TEST_CASE("conflicts: a lower limit above an upper one", "[contract]") {
    CHECK(conflicts_of(R"({})").empty());
    CHECK(conflicts_of(R"({"words": {"max": 5, "min": 5}})").empty());
    CHECK(
        conflicts_of(
            R"({"words": [{"min": 6, "from": "tone tale"}, {"max": 5, "from": "style concise"}]})") ==
        "words must be at least 6 (tone tale) and at most 5 (style concise)");
    CHECK(conflicts_of(R"({"words": [{"max": 5}, {"min": 6}]})") ==
          "words must be at least 6 and at most 5");
    // another metric, another unit
    CHECK(conflicts_of(R"({"words": {"max": 5}, "sentences": {"min": 6}})").empty());
    CHECK(conflicts_of(R"({"numbers": [{"max": 5}, {"min_per_100_words": 6}]})").empty());
    CHECK(conflicts_of(R"({"numbers": [{"max_per_100_words": 5}, {"min_per_100_words": 6.5}]})") ==
          "numbers must be at least 6.5 and at most 5 per 100 words");
}

TEST_CASE("conflicts: a phrase that is forbidden and required", "[contract]") {
    CHECK(conflicts_of(R"({"phrases": {"forbidden": ["a b", "c"], "required": ["d"]}})").empty());
    CHECK(conflicts_of(R"({"phrases": {"forbidden": ["a b", "c"], "required": ["d", "c"]}})") ==
          "phrase \"c\" is forbidden and required");
    // one of several is enough, so another may be forbidden
    CHECK(conflicts_of(R"({"phrases": {"forbidden": ["c"], "required_any": ["c", "d"]}})").empty());
}
