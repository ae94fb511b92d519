// Escalation: every number of the rules, and a naive recomputation.
#include "core/route/escalation.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/naive_escalation.hpp"
#include "support/oracle.hpp"
#include "support/router_builder.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::route;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// The rules, compiled once.
const EscalationRules& rules() {
    static const EscalationRules compiled = [] {
        Ticker ticker;
        return EscalationRules(ticker);
    }();
    return compiled;
}

// The judgement of a message that speaks to some profiles.
std::string judged(std::string_view message, std::size_t domains = 0) {
    Ticker ticker;
    MatcherScratch scratch;
    return line_of(rules().assess(message, domains, scratch, ticker));
}

// Some words with blanks between.
std::string filler(std::size_t words) {
    std::string out;
    for (std::size_t i = 0; i < words; ++i) out += "w" + std::to_string(i) + " ";
    return out;
}

}  // namespace

TEST_CASE("escalation: every word of every signal counts once", "[escalation]") {
    for (std::size_t i = 0; i < 5; ++i) {
        const NaiveSign& sign = naive_signs()[i];
        for (const OracleEntry& entry : sign.entries) {
            const std::string text(entry.text.begin(), entry.text.end());
            INFO(text);
            const std::string part = std::string(sign.name) + " " + std::to_string(sign.weight);
            CHECK(judged(text).find(": " + part) != std::string::npos);
            CHECK(judged(text + ", " + text + "!") == judged(text));
            // "xand also" still has "also".
            if (text != "and also") CHECK(judged("x" + text).find(part) == std::string::npos);
        }
    }
}

TEST_CASE("escalation: phrases in every spelling of their hyphens", "[escalation][spelling]") {
    for (const std::u32string_view hyphen :
         {U"-", U" ", U"\u2010", U"\u2011", U"\u2012", U"\u2013", U"\u2212", U"\uFF0D"}) {
        const auto spelled = [&](std::u32string_view text) {
            std::u32string out;
            for (const char32_t c : text)
                out += c == U'~' ? std::u32string(hyphen) : std::u32string(1, c);
            return to_utf8(out);
        };
        INFO(shown(spelled(U"~")));
        CHECK(judged(spelled(U"A trade~off here")).find(": comparison 700") != std::string::npos);
        CHECK(judged(spelled(U"pros~and~cons")).find(": comparison 700") != std::string::npos);
        CHECK(judged(spelled(U"END~TO~END")).find(": cross-domain 300") != std::string::npos);
        CHECK(judged(spelled(U"full~stack")).find(": cross-domain 300") != std::string::npos);
    }
    // What the reader does not see makes no difference, and what he sees apart is apart.
    CHECK(judged(to_utf8(U"trade\u00AD\u2011o\u200Dff")).find("comparison") != std::string::npos);
    CHECK(judged(to_utf8(U"trade - off")).find("comparison") == std::string::npos);
    CHECK(judged(to_utf8(U"dis\u00ADcuss")).find("several-minds") != std::string::npos);
}

TEST_CASE("escalation: whole words, but for what begins with architect", "[escalation]") {
    CHECK(judged("architecture") == "600 roundtable: strategy 600");
    CHECK(judged("architects") == "600 roundtable: strategy 600");
    for (const auto* const text : {"discussion", "discussed", "comparer", "rewriter", "suggestion",
                                   "vsync", "bothers", "strategyx", "", "nothing", "yes or no"}) {
        INFO(text);
        CHECK(judged(text) == "0 :");
    }
    CHECK(judged("trade  off") == "700 roundtable: comparison 700");
    CHECK(judged("END-TO-END") == "300 : cross-domain 300");
}

TEST_CASE("escalation: domains", "[escalation]") {
    CHECK(judged("", 0) == "0 :");
    CHECK(judged("", 1) == "0 :");
    CHECK(judged("", 2) == "300 : domains 300");
    CHECK(judged("", 3) == "400 : domains 400");
    CHECK(judged("", 1'000'000'000'000) == "400 : domains 400");
    CHECK(judged("also", 2) == "600 roundtable: cross-domain 300 domains 300");
    CHECK(judged("also", 1) == "300 : cross-domain 300");
}

TEST_CASE("escalation: length", "[escalation]") {
    CHECK(judged(filler(50)) == "0 :");
    CHECK(judged(filler(51)) == "5 : length 5");
    CHECK(judged(filler(89)) == "195 : length 195");
    CHECK(judged(filler(90)) == "200 : length 200");
    CHECK(judged(filler(500)) == "200 : length 200");
}

TEST_CASE("escalation: the cap is a part of its own", "[escalation]") {
    CHECK(judged("discuss, compare") ==
          "1000 roundtable: several-minds 900 comparison 700 cap -600");
    CHECK(judged("strategy: advise") == "1000 roundtable: strategy 600 opinion 400");
    CHECK(judged("discuss it" + filler(80), 3) ==
          "1000 roundtable: several-minds 900 domains 400 length 155 cap -455");
}

TEST_CASE("escalation: the mode", "[escalation]") {
    CHECK(judged("a swarm") == "900 swarm: several-minds 900");
    CHECK(judged("a roundtable to decide") == "900 roundtable: several-minds 900");
    CHECK(judged("a roundtable or a swarm") == "900 roundtable: several-minds 900");
    CHECK(judged("a swarm or a roundtable") == "900 swarm: several-minds 900");
    CHECK(judged("discuss and vote") == "900 swarm: several-minds 900");
    CHECK(judged("compare and pick") == "700 swarm: comparison 700");
    CHECK(judged("should we") == "600 swarm: strategy 600");
    CHECK(judged("discuss it: yes or no?") == "900 swarm: several-minds 900");
    CHECK(judged("discuss it: yes-or-no?") == "900 swarm: several-minds 900");
    CHECK(judged("discuss the voters") == "900 roundtable: several-minds 900");
    CHECK(judged("vote, choose, decide") == "0 :");
}

TEST_CASE("escalation: domains are profiles with evidence of 1 and more, by rank", "[escalation]") {
    const Router router = router_of({{"a", 2, R"(["sql"])"},
                                     {"b", 2, R"(["sql", "index"])"},
                                     {"c", 2, R"([{"keyword": "sql", "weight": 0.999}])"},
                                     {"d", 2, R"([{"keyword": "sql", "weight": -2}])"},
                                     {"e", 1, R"(["sql"])"}});
    Ticker ticker;
    Tallies tallies;
    const auto domains = [&](std::string_view message) {
        std::string out;
        for (const std::uint32_t one : domains_of(router, tallies.count(router, message, ticker))) {
            out += router.profiles()[one].focus_id;
        }
        return out;
    };
    CHECK(domains("sql index") == "bea");
    CHECK(domains("index") == "b");
    CHECK(domains("none").empty());
}

TEST_CASE("escalation: a naive recomputation agrees and the parts add up", "[escalation][random]") {
    std::vector<std::string> words = {
        "a",      "b-c",        "x",    "\xC3\xA9", "\xE6\xBC\xA2\xE5\xAD\x97",
        "should", "we",         "or",   "no",       "and",
        "end",    "to",         "full", "stack",    "trade",
        "off",    "architects", ",",    "_"};
    for (const NaiveSign& sign : naive_signs()) {
        for (const OracleEntry& entry : sign.entries) words.push_back(to_utf8(entry.text));
    }
    constexpr std::array<std::string_view, 6> joints = {" ", " ", " ", "-", "  ", ""};
    Random random(75);
    MatcherScratch scratch;
    Ticker ticker;
    std::size_t escalated = 0;
    for (int round = 0; round < 5'000; ++round) {
        std::string message;
        for (std::size_t n = random.below(random.once_in(4) ? 120 : 8); n > 0; --n) {
            message +=
                random.once_in(2) ? words[random.below(words.size())] : words[random.below(6)];
            message += random.pick(joints);
        }
        const std::size_t domains = random.below(5);
        const Escalation found = rules().assess(message, domains, scratch, ticker);
        INFO("seed " << seed() << ", domains " << domains << ": " << shown(message));
        REQUIRE(line_of(found) == naive_judgement(utf8::to_code_points(message), domains));
        Thousandths sum;
        for (const EscalationPart& part : found.used_parts()) sum += part.value;
        REQUIRE(sum == found.score);
        escalated += found.mode == EscalationMode::none ? 0 : 1;
    }
    CHECK(escalated > 1'000);
    CHECK(escalated < 4'500);
}
