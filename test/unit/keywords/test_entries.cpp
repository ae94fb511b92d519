// Which entries of keyword lists are the same.
#include "core/keywords/entries.hpp"

#include "core/keywords/keyword_list_reader.hpp"
#include "support/catch.hpp"
#include "support/json_builder.hpp"
#include "support/random.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::keywords;
using namespace aria_focus::test;

namespace {

// The pairs of two lists in one line: "0>1 ->0 2>-".
std::string pairs_of(std::string_view before, std::string_view after) {
    Ticker ticker;
    const Json earlier(before);
    const Json later(after);
    const auto shown = [](const std::optional<std::uint32_t>& place) {
        return place ? std::to_string(*place) : std::string("-");
    };
    std::string out;
    for (const EntryPair& pair : pair_entries(earlier.view(), later.view(), ticker)) {
        out += (out.empty() ? "" : " ") + shown(pair.before) + ">" + shown(pair.after);
    }
    return out;
}

// A list of some of the words, in random order, with random case.
std::vector<std::string> random_words(Random& random) {
    std::vector<std::string> words = {"a", "b", "c", "d", "e", "f"};
    for (std::size_t i = words.size(); i > 1; --i) std::swap(words[i - 1], words[random.below(i)]);
    words.resize(random.below(7));
    for (std::string& word : words) {
        if (random.once_in(2)) word[0] = static_cast<char>(word[0] - 'a' + 'A');
    }
    return words;
}

// Words as a JSON list.
std::string json_of(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "\"" : ", \"") + word + '"';
    return "[" + out + "]";
}

// The place of a word, whatever its case; -1 where it is not.
int place_of(const std::vector<std::string>& words, const std::string& word) {
    const auto found = std::find_if(words.begin(), words.end(), [&](const std::string& other) {
        return (other[0] | 0x20) == (word[0] | 0x20);
    });
    return found == words.end() ? -1 : static_cast<int>(found - words.begin());
}

}  // namespace

TEST_CASE("entries: one is found as duplicates are told", "[entries]") {
    Ticker ticker;
    const Json list(
        R"(["Deploy", 7, {"keyword": "stra\u00dfe", "weight": 2}, "", "\u03a3", "deploy", "ci cd"])");
    const auto place = [&](std::string_view keyword) {
        const auto found = find_entries(list.view(), {&keyword, 1}, ticker).at(0);
        return found ? static_cast<int>(*found) : -1;
    };
    CHECK(place("deploy") == 0);
    CHECK(place("DEPLOY") == 0);
    CHECK(place("STRA\xc3\x9f"
                "E") == 2);
    CHECK(place("strasse") == -1);
    CHECK(place("\xcf\x82") == 4);
    CHECK(place("ci cd") == 6);
    CHECK(place("ci-cd") == -1);
    CHECK(place("") == -1);
    CHECK(place("7") == -1);
    CHECK(place(std::string(5000, 'x')) == -1);
    const std::vector<std::string_view> several = {"ci cd", "none", "deploy", "CI CD"};
    const std::vector<std::optional<std::uint32_t>> places = {6, std::nullopt, 0, 6};
    CHECK(find_entries(list.view(), several, ticker) == places);
    CHECK(find_entries(list.view(), {}, ticker).empty());
    CHECK_FALSE(find_entries(Json("{}").view(), several, ticker).at(2).has_value());
}

TEST_CASE("entries: two lists are paired", "[entries]") {
    CHECK(pairs_of("[]", "[]").empty());
    CHECK(pairs_of(R"(["x", "y"])", R"(["Y", "z", "X"])") == "1>0 ->1 0>2");
    CHECK(pairs_of(R"(["x", {"keyword": "y", "weight": 2}, "z"])", R"([{"keyword": "Y"}])") ==
          "1>0 0>- 2>-");
    CHECK(pairs_of("[]", R"(["x", 7, "y"])") == "->0 ->2");
    CHECK(pairs_of(R"(["x"])", "{}") == "0>-");
}

TEST_CASE("entries: pairs are those of a naive search", "[entries][random]") {
    Random random(61);
    for (int round = 0; round < 5'000; ++round) {
        const std::vector<std::string> before = random_words(random);
        const std::vector<std::string> after = random_words(random);
        std::string expected;
        const auto add = [&](int earlier, int later) {
            expected += expected.empty() ? "" : " ";
            expected += earlier < 0 ? "-" : std::to_string(earlier);
            expected += ">" + (later < 0 ? std::string("-") : std::to_string(later));
        };
        for (std::size_t i = 0; i < after.size(); ++i) {
            add(place_of(before, after[i]), static_cast<int>(i));
        }
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (place_of(after, before[i]) < 0) add(static_cast<int>(i), -1);
        }
        INFO("seed " << seed());
        REQUIRE(pairs_of(json_of(before), json_of(after)) == expected);
    }
}
