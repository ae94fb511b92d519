// Evidence, scores, ranking and routing; the random part recomputes everything naively.
#include "core/route/routing.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/oracle.hpp"
#include "support/router_builder.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::route;
using namespace aria_focus::test;

namespace {

// The ranking of a message in one line: id:evidence:hits.
std::string ranking(const Router& router, std::string_view message, Tallies& tallies) {
    Ticker ticker;
    std::string out;
    std::vector<Tally> ranked = tallies.count(router, message, ticker);
    rank(router, ranked);
    for (const Tally& tally : ranked) {
        if (!out.empty()) out += ' ';
        out += router.profiles()[tally.profile].focus_id + ":" +
               std::to_string(tally.evidence.count) + ":" + std::to_string(tally.hits);
    }
    return out;
}

// The ranking with tallies of its own.
std::string ranking(const Router& router, std::string_view message) {
    Tallies tallies;
    return ranking(router, message, tallies);
}

// Where a message goes.
std::string destination(const Router& router, std::string_view message, double threshold) {
    Tallies tallies;
    Ticker ticker;
    const auto found = route::route(router, tallies.count(router, message, ticker), {threshold, 0});
    return found ? router.profiles()[*found].focus_id : "nobody";
}

// The specialty score of one list under plain semantics.
double specialty(std::string_view list, std::string_view message) {
    const ParsedList parsed = good_list(list);
    const ParsedList other = good_list(R"(["test", "deploy", {"keyword": "e", "match": "word"}])");
    const std::array<KeywordList, 3> lists = {other.list, parsed.list, other.list};
    Ticker ticker;
    MatcherScratch scratch;
    const Matcher plain = Matcher::compile(lists, Semantics::plain, ticker);
    const double score = specialty_score(plain, 1, message, scratch, ticker);
    // One scan for all lists says the same.
    REQUIRE(specialty_scores(plain, message, scratch, ticker).at(1) == score);
    return score;
}

// A random set of profiles, as the oracle has it.
struct RandomProfiles {
    std::vector<RoutingProfile> profiles;
    std::vector<OracleList> lists;
};

// Up to six profiles over one alphabet; with few different weights ties are common.
RandomProfiles random_profiles(Random& random, const Characters& alphabet) {
    RandomProfiles out;
    for (std::size_t count = random.below(7); out.profiles.size() < count;) {
        out.profiles.push_back({"p" + std::to_string(out.profiles.size()),
                                static_cast<std::int32_t>(random.between(1, 3))});
        out.lists.push_back(random_list(random, alphabet, 4));
        if (random.once_in(3)) continue;
        for (OracleEntry& entry : out.lists.back()) {
            constexpr std::array<std::int32_t, 5> weights = {1000, 1000, 500, -1000, 333};
            entry.weight = random.pick(weights);
        }
    }
    return out;
}

// The ranking, straight from the rules.
std::string expected_ranking(const RandomProfiles& set, std::u32string_view message) {
    using Row = std::tuple<std::int64_t, std::int64_t, std::int32_t, std::string>;
    std::vector<Row> rows;
    for (std::size_t i = 0; i < set.lists.size(); ++i) {
        std::set<std::size_t> distinct;
        const auto hits = oracle_hits(set.lists[i], message, true);
        for (const OracleHit& hit : hits) distinct.insert(hit.entry);
        std::int64_t evidence = 0;
        for (const std::size_t entry : distinct) evidence += set.lists[i][entry].weight;
        if (hits.empty()) continue;
        rows.emplace_back(-evidence, -static_cast<std::int64_t>(hits.size()),
                          set.profiles[i].delegation_level, set.profiles[i].focus_id);
    }
    std::sort(rows.begin(), rows.end());
    std::string out;
    for (const auto& [evidence, hits, level, id] : rows) {
        if (!out.empty()) out += ' ';
        out += id + ":" + std::to_string(-evidence) + ":" + std::to_string(-hits);
    }
    return out;
}

// The first profile of a ranking if its evidence is enough.
std::string expected_destination(const std::string& ranked, double threshold) {
    if (ranked.empty()) return "nobody";
    const std::size_t colon = ranked.find(':');
    const double evidence = std::stod(ranked.substr(colon + 1)) / 1000;
    return evidence > 0 && evidence >= threshold ? ranked.substr(0, colon) : "nobody";
}

}  // namespace

TEST_CASE("routing: the score is exact", "[routing]") {
    CHECK(score_of({0}) == 0.1);
    CHECK(score_of({1}) == 0.1005);
    CHECK(score_of({500}) == 0.35);
    CHECK(score_of({1000}) == 0.6);
    CHECK(score_of({1500}) == 0.7);
    CHECK(score_of({2000}) == 0.8);
    CHECK(score_of({2500}) == 0.9);
    CHECK(score_of({3000}) == 1.0);
    CHECK(score_of({5000}) == 1.0);
    CHECK(score_of({-1}) == 0.1);
    CHECK(score_of({-5000}) == 0.1);
    CHECK(score_of({std::numeric_limits<std::int64_t>::max()}) == 1.0);
    CHECK(score_of({std::numeric_limits<std::int64_t>::min()}) == 0.1);
}

TEST_CASE("routing: the score never falls as evidence grows", "[routing]") {
    bool rising = true;
    for (std::int64_t evidence = 0; evidence < 3000; ++evidence) {
        rising = rising && score_of({evidence}) < score_of({evidence + 1});
    }
    CHECK(rising);
    CHECK(score_of({2999}) < 1.0);
}

TEST_CASE("routing: evidence counts distinct entries, hits count all", "[routing]") {
    const Router router = router_of({{"a", 2, R"(["test", {"keyword": "run", "weight": 0.5}])"}});
    CHECK(ranking(router, "test") == "a:1000:1");
    CHECK(ranking(router, "test test test") == "a:1000:3");
    CHECK(ranking(router, "test run Test RUN") == "a:1500:4");
    CHECK(ranking(router, "nothing").empty());
    CHECK(ranking(router, "").empty());
}

TEST_CASE("routing: evidence, hits, level, id decide in this order", "[routing]") {
    const Router by_evidence =
        router_of({{"a", 1, R"(["x"])"}, {"b", 3, R"([{"keyword": "x", "weight": 1.001}])"}});
    CHECK(ranking(by_evidence, "x x") == "b:1001:2 a:1000:2");
    const Router by_hits = router_of({{"a", 1, R"(["x"])"}, {"b", 3, R"(["y"])"}});
    CHECK(ranking(by_hits, "x y y") == "b:1000:2 a:1000:1");
    const Router by_level = router_of({{"a", 3, R"(["x"])"}, {"b", 1, R"(["x"])"}});
    CHECK(ranking(by_level, "x") == "b:1000:1 a:1000:1");
    const Router by_id =
        router_of({{"a-b", 2, R"(["x"])"}, {"a_b", 2, R"(["x"])"}, {"ab", 2, R"(["x"])"}});
    CHECK(ranking(by_id, "x") == "a-b:1000:1 a_b:1000:1 ab:1000:1");
}

TEST_CASE("routing: negative words take evidence away but keep the row", "[routing]") {
    const Router router = router_of({{"a", 2, R"(["deploy", {"keyword": "not", "weight": -2}])"},
                                     {"b", 2, R"([{"keyword": "deploy", "weight": 0.25}])"}});
    CHECK(ranking(router, "deploy") == "a:1000:1 b:250:1");
    CHECK(ranking(router, "do not deploy") == "b:250:1 a:-1000:2");
    CHECK(ranking(router, "not") == "a:-2000:1");
    CHECK(destination(router, "do not deploy", 0) == "b");
    CHECK(destination(router, "not", -10) == "nobody");
}

TEST_CASE("routing: weights sum exactly", "[routing]") {
    const Router router = router_of({{"a", 2,
                                      R"([{"keyword": "w1", "weight": 0.1},
                                          {"keyword": "w2", "weight": 0.2},
                                          {"keyword": "w3", "weight": -0.3}])"}});
    CHECK(ranking(router, "w1 w2") == "a:300:2");
    CHECK(ranking(router, "w3 w1 w2") == "a:0:3");
    CHECK(destination(router, "w3 w1 w2", -1) == "nobody");
    CHECK(destination(router, "w1 w2", 0.3) == "a");
}

TEST_CASE("routing: the threshold is reached, not passed", "[routing]") {
    const Router router = router_of({{"a", 2, R"(["x", {"keyword": "h", "weight": 0.5}])"}});
    CHECK(destination(router, "x", 1) == "a");
    CHECK(destination(router, "x", 1.0000001) == "nobody");
    CHECK(destination(router, "x h", 1.5) == "a");
    CHECK(destination(router, "h", 1) == "nobody");
    CHECK(destination(router, "h", 0.5) == "a");
    CHECK(destination(router, "h", 0) == "a");
    CHECK(destination(router, "h", -1) == "a");
    CHECK(destination(router, "nothing", 0) == "nobody");
    CHECK(destination(router, "x", std::numeric_limits<double>::infinity()) == "nobody");
    CHECK(destination(router, "h", -std::numeric_limits<double>::infinity()) == "a");
}

TEST_CASE("routing: a focus is found again, also in another router", "[routing]") {
    const Router some = router_of({{"data", 2, "[]"}, {"ops", 1, "[]"}, {"x", 3, "[]"}});
    const Router others = router_of({{"a", 2, "[]"}, {"x", 1, "[]"}});
    const Router none = router_of({});
    Tallies tallies;
    for (int again = 0; again < 2; ++again) {
        CHECK(tallies.find(some, "x") == 2u);
        CHECK(tallies.find(some, "x") == 2u);
        CHECK_FALSE(tallies.find(none, "x").has_value());
        CHECK(tallies.find(others, "x") == 1u);
        CHECK(tallies.find(some, "ops") == 1u);
        CHECK_FALSE(tallies.find(some, "a").has_value());
        CHECK(tallies.find(others, "x") == 1u);
    }
}

TEST_CASE("routing: profiles are found by id, the first core one by level", "[routing]") {
    const Router router = router_of(
        {{"data", 2, "[]"}, {"orchestrator", 1, "[]"}, {"overseer", 1, "[]"}, {"x", 3, "[]"}});
    CHECK(router.find("data") == 0u);
    CHECK(router.find("overseer") == 2u);
    CHECK(router.find("x") == 3u);
    CHECK_FALSE(router.find("").has_value());
    CHECK_FALSE(router.find("Data").has_value());
    CHECK_FALSE(router.find("dat").has_value());
    CHECK_FALSE(router.find("xx").has_value());
    CHECK(router.first_core_profile() == 1u);
    CHECK_FALSE(router_of({{"a", 2, "[]"}}).first_core_profile().has_value());
    CHECK_FALSE(router_of({}).first_core_profile().has_value());
    CHECK(ranking(router_of({}), "anything").empty());
}

TEST_CASE("routing: which keywords were hit", "[routing]") {
    const Router router = router_of({{"a", 2, R"(["x", "y"])"}, {"b", 2, R"(["y"])"}});
    Tallies tallies;
    Ticker ticker;
    const auto distinct = [&](std::uint32_t first, std::uint32_t last) {
        const auto found = tallies.distinct(first, last);
        return std::vector<std::uint32_t>(found.begin(), found.end());
    };
    using Entries = std::vector<std::uint32_t>;
    tallies.count(router, "y", ticker);
    CHECK(distinct(0, 2) == Entries{1});
    CHECK(distinct(2, 3) == Entries{2});
    CHECK(distinct(0, 3) == Entries{1, 2});
    tallies.count(router, "y x y", ticker);
    CHECK(distinct(0, 2) == Entries{0, 1});
    tallies.count(router, "x", ticker);
    CHECK(distinct(0, 3) == Entries{0});
    CHECK(distinct(1, 3).empty());
}

TEST_CASE("routing: specialty counts occurrences, three at most", "[routing]") {
    CHECK(specialty(R"(["deploy", "docker"])", "deploy new docker container") == 0.8);
    CHECK(specialty(R"(["test"])", "test test test") == 1.0);
    CHECK(specialty(R"(["test"])", "testtestTESTtest") == 1.0);
    CHECK(specialty(R"(["test"])", "a test") == 0.6);
    CHECK(specialty(R"(["test"])", "") == 0.1);
    CHECK(specialty(R"(["test"])", "nothing here") == 0.1);
    CHECK(specialty("[]", "deploy test") == 0.3);
    CHECK(specialty("[]", "") == 0.3);
    CHECK(specialty(R"(["ci"])", "decide") == 0.6);
    CHECK(specialty(R"([{"keyword": "ci", "match": "word", "weight": -3}])", "city") == 0.6);
    CHECK(specialty(R"(["a b"])", "a  b") == 0.1);
    CHECK(specialty(R"(["aa"])", "aaa") == 0.6);
    CHECK(specialty(R"(["dep", "deploy"])", "deploy") == 0.6);
    CHECK(unknown_specialty == 0.3);
}

TEST_CASE("routing: a naive recomputation agrees", "[routing][random]") {
    Random random(40);
    Tallies shared;
    std::size_t routed = 0;
    for (int round = 0; round < 10'000; ++round) {
        const Characters alphabet = random_alphabet(random);
        const RandomProfiles set = random_profiles(random, alphabet);
        std::vector<ParsedList> parsed;
        std::vector<KeywordList> lists;
        for (const OracleList& list : set.lists) {
            parsed.push_back(good_list(to_json(list)));
            lists.push_back(parsed.back().list);
        }
        Ticker ticker;
        const Router router(set.profiles, lists, ticker);
        for (int i = 0; i < 5; ++i) {
            const std::u32string message = random_text(random, alphabet, 16);
            const std::string text = to_utf8(message);
            const std::string expected = expected_ranking(set, message);
            const std::string found = ranking(router, text, shared);
            const double threshold = static_cast<double>(random.between(0, 4)) / 2 - 0.5;
            const std::string goal = expected_destination(expected, threshold);
            if (found == expected && destination(router, text, threshold) == goal) {
                routed += goal == "nobody" ? 0 : 1;
                continue;
            }
            for (const OracleList& list : set.lists) UNSCOPED_INFO(shown(to_json(list)));
            FAIL("seed " << seed() << ", message <" << shown(text) << ">, threshold " << threshold
                         << "\nexpected " << expected << " -> " << goal << "\nfound    " << found);
        }
    }
    CHECK(routed > 5'000);
}

TEST_CASE("routing: specialty is the oracle's count", "[routing][random]") {
    constexpr std::array<double, 4> scores = {0.1, 0.6, 0.8, 1.0};
    Random random(41);
    for (int round = 0; round < 10'000; ++round) {
        const Characters alphabet = random_alphabet(random);
        const OracleList list = random_list(random, alphabet, 4);
        const std::u32string message = random_text(random, alphabet, 16);
        const std::size_t hits = oracle_hits(list, message, false).size();
        const double expected = list.empty() ? 0.3 : scores[std::min<std::size_t>(hits, 3)];
        if (specialty(to_json(list), to_utf8(message)) != expected) {
            FAIL("seed " << seed() << ' ' << shown(to_json(list)) << " on <"
                         << shown(to_utf8(message)) << ">: " << hits << " hits");
        }
    }
    SUCCEED();
}
