// Keywords that can never count: the rule, by brute force, and that leaving them out changes nothing.
#include "core/match/keyword_list.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/naive_shadows.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::test;

namespace {

// The shadows of an accepted list.
std::vector<std::int32_t> shadows_of(std::string_view text) {
    const ParsedList parsed = good_list(text);
    Ticker ticker;
    return find_shadows(parsed.list, edges_of(parsed.list), ticker);
}

// True if an earlier entry shadows this one.
bool is_shadowed(const OracleList& list, std::size_t at) {
    return std::any_of(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(at),
                       [&](const OracleEntry& by) { return shadows(by, list[at]); });
}

// Hits in one line, entries by their text.
std::string hits_text(const OracleList& list, std::u32string_view message) {
    std::string out;
    for (const OracleHit& hit : oracle_hits(list, message, true)) {
        out += shown(to_utf8(list[hit.entry].text)) + "@" + std::to_string(hit.begin) + "-" +
               std::to_string(hit.end) + " ";
    }
    return out;
}

// Fails where the shadows found are not those of the rule.
void check_rule(const OracleList& list, const std::vector<std::int32_t>& found) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        bool right = (found[i] >= 0) == is_shadowed(list, i);
        if (right && found[i] >= 0) {
            const auto by = static_cast<std::size_t>(found[i]);
            right = by < i && shadows(list[by], list[i]);
        }
        if (!right) {
            FAIL("seed " << seed() << " entry " << i << " of " << shown(to_json(list))
                         << " has shadow " << found[i]);
        }
    }
}

}  // namespace

TEST_CASE("shadows: an earlier prefix with a free end", "[shadows]") {
    using Shadows = std::vector<std::int32_t>;
    CHECK(shadows_of("[]") == Shadows{});
    CHECK(shadows_of(R"(["deploy", "deployment"])") == Shadows{-1, 0});
    CHECK(shadows_of(R"(["deployment", "deploy"])") == Shadows{-1, -1});
    CHECK(shadows_of(R"(["dep", "deploy"])") == Shadows{-1, -1});
    CHECK(shadows_of(R"([{"keyword": "dep", "match": "prefix"}, "deploy"])") == Shadows{-1, 0});
    CHECK(shadows_of(R"(["Depl", "dePLoy", "deployment"])") == Shadows{-1, 0, 0});
    CHECK(shadows_of(R"(["deploy", {"keyword": "deploys", "match": "fragment"}])") ==
          Shadows{-1, -1});
    CHECK(shadows_of(R"([{"keyword": "de", "match": "fragment"}, "deploy",
                         {"keyword": "de b", "match": "word"}])") == Shadows{-1, 0, 0});
    CHECK(shadows_of(R"([{"keyword": "deploy", "match": "word"}, "deployment"])") ==
          Shadows{-1, -1});
    CHECK(shadows_of(R"(["c++", {"keyword": "c++11", "match": "fragment"}, "c++ 11"])") ==
          Shadows{-1, -1, 0});
    CHECK(shadows_of(R"(["#tag", {"keyword": "#tags", "match": "fragment"}])") == Shadows{-1, 0});
    CHECK(shadows_of(R"(["ploy", "deploy"])") == Shadows{-1, -1});
}

TEST_CASE("shadows: an earlier word, where the later entry has a boundary", "[shadows]") {
    using Shadows = std::vector<std::int32_t>;
    CHECK(shadows_of(R"([{"keyword": "slow", "match": "word"}, "slow down"])") == Shadows{-1, 0});
    CHECK(shadows_of(R"(["ci", "ci cd"])") == Shadows{-1, 0});
    CHECK(shadows_of(R"(["ci", "ci-cd", "ci/cd", "CI.", "cicd"])") == Shadows{-1, 0, 0, 0, -1});
    CHECK(shadows_of(R"(["ci cd", "ci"])") == Shadows{-1, -1});
    CHECK(shadows_of(R"(["c", "c++", "c#"])") == Shadows{-1, 0, 0});
    CHECK(shadows_of(R"(["ci", {"keyword": "ci cd", "match": "fragment"}])") == Shadows{-1, -1});
    CHECK(shadows_of(R"([{"keyword": "slow down", "match": "word"}, "slow down the car"])") ==
          Shadows{-1, 0});
    // A boundary lies beside every character of a script without spaces.
    CHECK(shadows_of(R"(["\u6771\u4EAC", "\u6771\u4EAC\u90FD"])") == Shadows{-1, 0});
    CHECK(shadows_of(R"(["ai", "ai\u90FD"])") == Shadows{-1, 0});
}

TEST_CASE("shadows: random lists, by the rule and by the hits", "[shadows][random]") {
    Random random(30);
    std::size_t shadowed = 0;
    std::size_t hits = 0;
    for (int round = 0; round < 30'000; ++round) {
        Characters alphabet = random_alphabet(random);
        alphabet.resize(random.between(1, 2));
        alphabet.insert(alphabet.end(), {U'a', U' '});
        const OracleList list = random_list(random, alphabet, 12);
        const std::vector<std::int32_t> found = shadows_of(to_json(list));
        REQUIRE(found.size() == list.size());
        check_rule(list, found);
        OracleList kept;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (found[i] < 0) kept.push_back(list[i]);
        }
        shadowed += list.size() - kept.size();
        for (int i = 0; i < 5; ++i) {
            const std::u32string message = random_text(random, alphabet, 14);
            const std::string all = hits_text(list, message);
            hits += all.size();
            if (hits_text(kept, message) == all) continue;
            FAIL("seed " << seed() << ' ' << shown(to_json(list)) << " on <"
                         << shown(to_utf8(message)) << ">: " << all);
        }
    }
    CHECK(shadowed > 10'000);
    CHECK(hits > 100'000);
}

TEST_CASE("shadows: a hundred runs of one letter", "[shadows]") {
    std::string ascending;
    std::string descending;
    for (std::size_t size = 4; size <= 100; ++size) {
        ascending += ",\"" + std::string(size, 'a') + "\"";
        descending += ",\"" + std::string(104 - size, 'a') + "\"";
    }
    const auto up = shadows_of("[" + ascending.substr(1) + "]");
    CHECK(up.front() == -1);
    CHECK(std::count(up.begin(), up.end(), 0) == 96);
    const auto down = shadows_of("[" + descending.substr(1) + "]");
    CHECK(std::count(down.begin(), down.end(), -1) == 97);
}
