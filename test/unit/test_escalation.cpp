// Escalation: every number of the rules, and a naive recomputation.
#include "core/escalation.hpp"

#include "case_builder.hpp"
#include "catch.hpp"
#include "oracle.hpp"
#include "router_builder.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
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

// A judgement in one line: score, mode, parts.
std::string line_of(const Escalation& found) {
    std::string out = std::to_string(found.score) + " " + std::string(name_of(found.mode)) + ":";
    for (const EscalationPart& part : found.used_parts()) {
        out += " " + std::string(part.name) + " " + std::to_string(part.thousandths);
    }
    return out;
}

// The judgement of a message that speaks to some profiles.
std::string judged(std::string_view message, std::size_t domains = 0) {
    Ticker ticker;
    MatcherScratch scratch;
    return line_of(rules().judge(message, domains, scratch, ticker));
}

// The words of a sign and their match, straight from the rules.
struct NaiveSign {
    const char* name;
    int weight;
    std::vector<OracleEntry> entries;
};

// An entry; ASCII only.
OracleEntry word(const char* text, Match match = Match::word) {
    const std::string_view view(text);
    return {std::u32string(view.begin(), view.end()), match, 1000};
}

const std::vector<NaiveSign>& naive_signs() {
    static const std::vector<NaiveSign> signs = {
        {"several-minds",
         900,
         {word("roundtable"), word("swarm"), word("discuss"), word("debate"), word("brainstorm")}},
        {"comparison",
         700,
         {word("compare"), word("versus"), word("vs"), word("trade-off"), word("trade off"),
          word("tradeoff"), word("pros and cons"), word("pros-and-cons")}},
        {"strategy",
         600,
         {word("should we"), word("should-we"), word("strategy"), word("architect", Match::prefix),
          word("rewrite"), word("refactor"), word("migrate"), word("redesign")}},
        {"opinion",
         400,
         {word("what do you think"), word("what-do-you-think"), word("your opinion"),
          word("your-opinion"), word("recommend"), word("advise"), word("suggest")}},
        {"cross-domain",
         300,
         {word("also"), word("both"), word("and also"), word("end-to-end"), word("end to end"),
          word("full-stack"), word("full stack"), word("holistic")}},
        {"decision",
         0,
         {word("should"), word("decide"), word("choose"), word("pick"), word("vote"),
          word("yes or no"), word("yes-or-no")}},
    };
    return signs;
}

// The judgement recomputed: word by word, in floating point nowhere.
std::string naive(std::u32string_view message, std::size_t domains) {
    std::vector<std::pair<std::string, int>> parts;
    for (std::size_t i = 0; i < 5; ++i) {
        const NaiveSign& sign = naive_signs()[i];
        if (!oracle_hits(sign.entries, message, true).empty())
            parts.emplace_back(sign.name, sign.weight);
    }
    if (domains >= 2)
        parts.emplace_back("domains", std::min<int>(150 * static_cast<int>(domains), 400));
    int words = 0;
    for (std::size_t i = 0; i < message.size(); ++i) {
        const bool goes_on = i > 0 && unicode::is_word(message[i - 1]);
        if (unicode::is_word(message[i]) && !goes_on) ++words;
    }
    if (words > 50) parts.emplace_back("length", std::min(5 * (words - 50), 200));
    int sum = 0;
    for (const auto& [name, size] : parts) sum += size;
    if (sum > 1000) parts.emplace_back("cap", 1000 - sum);
    const int score = std::min(sum, 1000);
    const auto first = [&](const char* text) {
        const auto hits = oracle_hits({word(text)}, message, true);
        return hits.empty() ? message.size() : hits[0].begin;
    };
    std::string mode;
    if (score >= 600) {
        const bool decides = !oracle_hits(naive_signs()[5].entries, message, true).empty();
        mode = decides ? "swarm" : "roundtable";
        if (first("swarm") != first("roundtable")) {
            mode = first("swarm") < first("roundtable") ? "swarm" : "roundtable";
        }
    }
    std::string out = std::to_string(score) + " " + mode + ":";
    for (const auto& [name, size] : parts) out += " " + name + " " + std::to_string(size);
    return out;
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
        const Escalation found = rules().judge(message, domains, scratch, ticker);
        INFO("seed " << seed() << ", domains " << domains << ": " << shown(message));
        REQUIRE(line_of(found) == naive(utf8::to_code_points(message), domains));
        std::int32_t sum = 0;
        for (const EscalationPart& part : found.used_parts()) sum += part.thousandths;
        REQUIRE(sum == found.score);
        escalated += found.mode == EscalationMode::none ? 0 : 1;
    }
    CHECK(escalated > 1'000);
    CHECK(escalated < 4'500);
}
