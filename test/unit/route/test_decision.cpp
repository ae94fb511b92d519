// What was decided, and by what; the text behind the fingerprint of the profiles.
#include "core/route/decision.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"
#include "support/random.hpp"
#include "support/router_builder.hpp"

#include <string>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::route;
using namespace aria_focus::test;

namespace {

// Decides on a message: focus by decider, evidence margin leader runner-up.
std::string decided(const Router& router, std::string_view message, const RoutingRules& rules,
                    const Fallback& fallback) {
    Tallies tallies;
    Ticker ticker;
    std::vector<Tally> ranked = tallies.count(router, message, ticker);
    rank(router, ranked);
    const Decision found = decide(ranked, rules, fallback);
    const auto name = [&](const std::optional<std::uint32_t>& profile) {
        return profile ? router.profiles()[*profile].focus_id : std::string("-");
    };
    return name(found.focus) + " by " + std::string(name_of(found.decider)) + ", " +
           std::to_string(found.evidence.count) + ' ' + std::to_string(found.margin.count) + ' ' +
           name(found.leader) + ' ' + name(found.runner_up);
}

// The text of one profile "a" of level 2 with these keywords.
std::string text_of(const char* keywords) {
    const std::vector<RoutingProfile> profiles = {{"a", 2}};
    const std::vector<match::KeywordList> lists = {good_list(keywords).list};
    Ticker ticker;
    return routing_text(profiles, lists, ticker);
}

}  // namespace

TEST_CASE("decision: keywords, ties, margins, thresholds", "[decision]") {
    const Router router =
        router_of({{"boss", 1, R"(["plan"])"},
                   {"dba", 2, R"(["sql", "index", {"keyword": "poem", "weight": -1}])"},
                   {"ops", 2, R"(["deploy", {"keyword": "ci", "weight": 2.5}])"}});
    const Fallback boss = {0u, Decider::fallback};
    CHECK(decided(router, "deploy", {}, boss) == "ops by keywords, 1000 1000 ops -");
    CHECK(decided(router, "sql index deploy", {}, boss) == "dba by keywords, 2000 1000 dba ops");
    CHECK(decided(router, "sql deploy", {}, boss) == "dba by ambiguous, 1000 0 dba ops");
    CHECK(decided(router, "sql deploy", {1, 0.001}, boss) == "boss by ambiguous, 1000 0 dba dba");
    CHECK(decided(router, "sql index deploy", {1, 1}, boss) ==
          "dba by keywords, 2000 1000 dba ops");
    CHECK(decided(router, "sql index deploy", {1, 1.001}, boss) ==
          "boss by ambiguous, 2000 1000 dba dba");
    CHECK(decided(router, "deploy", {1.5, 0}, boss) == "boss by fallback, 1000 1000 ops ops");
    CHECK(decided(router, "sql deploy", {1.5, 0}, boss) == "boss by fallback, 1000 0 dba dba");
    CHECK(decided(router, "hello", {}, boss) == "boss by fallback, 0 0 - -");
    CHECK(decided(router, "", {0, 5}, boss) == "boss by fallback, 0 0 - -");
    CHECK(decided(router, "a poem", {0, 0}, boss) == "boss by fallback, -1000 -1000 dba dba");
    CHECK(decided(router, "ci ci poem", {2.5, 3.5}, boss) == "ops by keywords, 2500 3500 ops dba");
    // the fallback takes what it would have won anyway
    CHECK(decided(router, "plan deploy", {1, 2}, boss) == "boss by ambiguous, 1000 0 boss ops");
}

TEST_CASE("decision: where the fallback is not there", "[decision]") {
    const Router router = router_of({{"dba", 2, R"(["sql"])"}, {"ops", 1, R"(["deploy"])"}});
    const Fallback core_profile = {1u, Decider::first_core_profile};
    const Fallback nobody = {std::nullopt, Decider::nobody};
    CHECK(decided(router, "hello", {}, core_profile) == "ops by first core profile, 0 0 - -");
    CHECK(decided(router, "sql deploy", {1, 1}, core_profile) ==
          "ops by first core profile, 1000 0 ops dba");
    CHECK(decided(router, "sql", {2, 0}, nobody) == "- by nobody, 1000 1000 dba dba");
    CHECK(decided(router, "sql deploy", {1, 1}, nobody) == "- by nobody, 1000 0 ops ops");
    CHECK(decided(router, "sql deploy", {1, 0}, nobody) == "ops by ambiguous, 1000 0 ops dba");
    CHECK(decided(router, "sql", {1, 0}, nobody) == "dba by keywords, 1000 1000 dba -");
}

TEST_CASE("decision: it sends every message where routing does", "[decision][random]") {
    const std::vector<std::string> words = {"deploy", "sql", "plan", "poem", "ci", "hum"};
    const Router router = router_of(
        {{"boss", 1, R"(["plan", {"keyword": "hum", "weight": 0.25}])"},
         {"dba", 2,
          R"(["sql", {"keyword": "poem", "weight": -0.5}, {"keyword": "ci", "weight": 0.5}])"},
         {"ops", 2, R"(["deploy", {"keyword": "ci", "weight": 1.5}, "hum"])"}});
    Random random(60);
    Tallies tallies;
    Ticker ticker;
    for (int round = 0; round < 5'000; ++round) {
        std::string message;
        for (std::size_t n = random.below(5); n > 0; --n) message += random.pick(words) + ' ';
        const RoutingRules rules = {static_cast<double>(random.below(5)) / 2,
                                    static_cast<double>(random.below(5)) / 4};
        std::vector<Tally> ranked = tallies.count(router, message, ticker);
        const auto routed = route::route(router, ranked, rules);
        rank(router, ranked);
        const Decision decision = decide(ranked, rules, {0u, Decider::fallback});
        INFO("seed " << seed() << ' ' << message << rules.threshold << ' ' << rules.min_margin);
        REQUIRE(decision.focus == routed.value_or(0u));
        REQUIRE(decision.runner_up != decision.focus);
    }
}

TEST_CASE("decision: the text of the profiles", "[decision]") {
    CHECK(text_of("[]") == "2 a\n");
    CHECK(text_of(R"(["x", {"keyword": "Y z", "match": "word", "weight": -0.25}])") ==
          "2 a\n\t1000 auto x\n\t-250 word Y z\n");
    CHECK(text_of(
              R"([{"keyword": "x", "match": "fragment"}, {"keyword": "y", "match": "prefix"}])") ==
          "2 a\n\t1000 fragment x\n\t1000 prefix y\n");
    // what routes alike is written alike
    CHECK(text_of(R"([{"weight": 1.0, "keyword": "x", "match": "auto"}])") == text_of(R"(["x"])"));
    CHECK(text_of(R"(["x", "y"])") != text_of(R"(["y", "x"])"));
}
