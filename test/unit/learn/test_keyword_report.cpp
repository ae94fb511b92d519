// What keywords do on labelled messages.
#include "core/learn/keyword_report.hpp"

#include "support/catch.hpp"
#include "support/learn_builder.hpp"

#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::learn;
using namespace aria_focus::test;

TEST_CASE("A keyword is right in messages of its own, a negative one in all others", "[learn]") {
    const PresentBuilder builder(
        {R"(["pay", "bill", {"keyword": "duck", "weight": -1}])", R"(["flight", "never"])"});
    const std::vector<LabelledMessage> messages = {{"pay the bill, pay", 0},
                                                   {"bill for a flight", 1},
                                                   {"the bill of a duck", nobody},
                                                   {"a duck bill", 0}};
    Ticker ticker;
    const auto report =
        report_keywords(builder.router(), builder.present().lists, messages, ticker);
    REQUIRE(report.size() == 5);
    const auto check = [&](std::size_t at, std::size_t hits, std::size_t right,
                           std::size_t overlaps, std::optional<std::size_t> wrong) {
        INFO(at);
        CHECK(report[at].hits == hits);
        CHECK(report[at].right == right);
        CHECK(report[at].overlaps == overlaps);
        CHECK(report[at].example_wrong == wrong);
    };
    check(0, 1, 1, 1, std::nullopt);
    check(1, 4, 2, 3, 1);
    check(2, 2, 1, 2, 3);
    check(3, 1, 1, 0, std::nullopt);
    check(4, 0, 0, 0, std::nullopt);
    CHECK(report[2].weight.count == -1000);
    CHECK(report[4].profile == 1);
    CHECK(report[4].weight.count == 1000);
}
