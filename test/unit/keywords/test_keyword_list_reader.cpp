// The JSON form of keyword lists: what is accepted, what is reported and where.
#include "core/keywords/keyword_list_reader.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <array>
#include <string>
#include <string_view>

using namespace aria_focus::core;
using namespace aria_focus::core::check;
using namespace aria_focus::core::keywords;
using namespace aria_focus::core::match;
using namespace aria_focus::test;

namespace {

// The problems of a list in one line.
std::string problems_of(std::string_view text) {
    return summary(ParsedList(text).problems);
}

// The first problem of a list that has one.
Problem first_problem(std::string_view text) {
    return ParsedList(text).problems.at(0);
}

// The accepted entries in one line: text:match:weight.
std::string accepted(const KeywordList& list) {
    constexpr std::array<std::string_view, 4> matches = {"auto", "word", "prefix", "fragment"};
    std::string out;
    for (const Keyword& keyword : list.keywords()) {
        if (!out.empty()) out += ' ';
        out += std::string(list.text(keyword)) + ":" +
               std::string(matches[static_cast<std::size_t>(keyword.match)]) + ":" +
               std::to_string(keyword.weight);
    }
    return out;
}

// The accepted entries of a text.
std::string accepted(std::string_view text) {
    return accepted(ParsedList(text).list);
}

// An entry with a weight, as a list.
std::string weighing(std::string_view weight) {
    return R"([{"keyword": "deploy", "weight": )" + std::string(weight) + "}]";
}

// A list of one keyword in double quotes.
std::string only(std::string_view text) {
    return "[\"" + std::string(text) + "\"]";
}

}  // namespace

TEST_CASE("keyword list: strings and objects", "[keyword_list_reader]") {
    CHECK(accepted("[]").empty());
    CHECK(accepted(R"(["deploy", "CI"])") == "deploy:auto:1000 CI:auto:1000");
    CHECK(accepted(R"([{"keyword": "x"}])") == "x:auto:1000");
    CHECK(accepted(R"([{"weight": -2.5, "keyword": "x", "match": "word"}])") == "x:word:-2500");
    CHECK(accepted(R"([{"keyword":"a","match":"auto"},{"keyword":"b","match":"prefix"},
                       {"keyword":"c","match":"fragment"}])") ==
          "a:auto:1000 b:prefix:1000 c:fragment:1000");
    CHECK(accepted(R"(["c++", "a.b", "(x", "\u00e9t\u00e9 1", "\ud83c\udfaf"])") ==
          "c++:auto:1000 a.b:auto:1000 (x:auto:1000 \xC3\xA9t\xC3\xA9 1:auto:1000 "
          "\xF0\x9F\x8E\xAF:auto:1000");
}

TEST_CASE("keyword list: problems and where they are", "[keyword_list_reader]") {
    struct Case {
        const char* list;
        const char* expected;
    };
    const Case cases[] = {
        {"{}", "bad_type $"},
        {"\"deploy\"", "bad_type $"},
        {"null", "bad_type $"},
        {"[1, null, true, []]", "bad_type $[0]; bad_type $[1]; bad_type $[2]; bad_type $[3]"},
        {R"([{}])", "missing $[0]"},
        {R"(["a", {"match": "word"}])", "missing $[1]"},
        {R"([{"keyword": 5}])", "bad_type $[0].keyword"},
        {R"([{"keyword": null}])", "bad_type $[0].keyword"},
        {R"([{"keyword": "a", "match": 1}])", "bad_type $[0].match"},
        {R"([{"keyword": "a", "match": null}])", "bad_type $[0].match"},
        {R"([{"keyword": "a", "match": "Word"}])", "not_in_vocabulary $[0].match"},
        {R"([{"keyword": "a", "match": ""}])", "not_in_vocabulary $[0].match"},
        {R"([{"keyword": "a", "weight": "1"}])", "bad_type $[0].weight"},
        {R"([{"keyword": "a", "weight": null}])", "bad_type $[0].weight"},
        {R"([{"keyword": "a", "wieght": 2}])", "unknown_key $[0].wieght"},
        {R"([{"keyword": "", "match": "x", "weight": 0, "y": 1}])",
         "blank $[0].keyword; not_in_vocabulary $[0].match; out_of_range $[0].weight; "
         "unknown_key $[0].y"},
        {R"([""])", "blank $[0]"},
        {R"(["   "])", "blank $[0]"},
        {R"(["\t\u00a0\u3000"])", "blank $[0]"},
        {R"([" a"])", "bad_format $[0]"},
        {R"(["a "])", "bad_format $[0]"},
        {R"(["a  b"])", "bad_format $[0]"},
        {R"(["a b c"])", ""},
        {R"(["a\tb"])", "bad_format $[0]"},
        {R"(["a\nb"])", "bad_format $[0]"},
        {R"(["a\u00a0b"])", "bad_format $[0]"},
        {R"(["a\u3000"])", "bad_format $[0]"},
        {R"(["a\u0001"])", "bad_format $[0]"},
        {R"(["a\u007f"])", "bad_format $[0]"},
        {R"(["a\u0085b"])", "bad_format $[0]"},
        {R"(["a\u009fb"])", "bad_format $[0]"},
        {R"(["a\u200bb"])", ""},
        {R"(["ok", "", "fine", 7])", "blank $[1]; bad_type $[3]"},
    };
    for (const Case& one : cases) {
        INFO(one.list);
        CHECK(problems_of(one.list) == one.expected);
    }
}

TEST_CASE("keyword list: one to a hundred characters, however many bytes",
          "[keyword_list_reader]") {
    const auto times = [](std::string_view piece, int count) {
        std::string out;
        while (count-- > 0) out += piece;
        return out;
    };
    CHECK(problems_of(only("a")).empty());
    CHECK(problems_of(only(times("a", 100))).empty());
    CHECK(problems_of(only(times("a", 101))) == "too_long $[0]");
    CHECK(problems_of(only(times("\xF0\x9F\x8E\xAF", 100))).empty());
    CHECK(problems_of(only(times("\xF0\x9F\x8E\xAF", 101))) == "too_long $[0]");
    CHECK(problems_of(only(times("\xE6\xBC\xA2", 100))).empty());
    CHECK(problems_of(only(times("a ", 50) + "b")) == "too_long $[0]");
    CHECK(problems_of(only(times("a ", 49) + "bc")).empty());
    CHECK(problems_of(only(times(" ", 200))) == "blank $[0]");
    // Stray bytes of a broken text, which no lead byte announces, are characters too.
    CHECK(problems_of(only(times("\xBF", 100))).empty());
    CHECK(problems_of(only(times("\xBF", 101))) == "too_long $[0]");
    CHECK(problems_of(only("a" + times("\xBF", 10'000))) == "too_long $[0]");
}

TEST_CASE("keyword list: weights", "[keyword_list_reader]") {
    struct Case {
        const char* weight;
        std::int32_t expected;  // 0: refused
    };
    const Case cases[] = {
        {"10", 10000},     {"-10", -10000}, {"10.001", 0},  {"-10.001", 0}, {"0", 0},
        {"-0", 0},         {"0.0", 0},      {"0.001", 1},   {"-0.001", -1}, {"0.0005", 0},
        {"1e-400", 0},     {"1e2", 0},      {"1E1", 10000}, {"2.0", 2000},  {"2.5000", 2500},
        {"9.999", 9999},   {"9.9999", 0},   {"1e-3", 1},    {"1e-4", 0},    {"10.000", 10000},
        {"10.0000001", 0}, {"1e400", 0},    {"0.5", 500},   {"1", 1000},    {"-7.125", -7125},
    };
    for (const Case& one : cases) {
        INFO(one.weight);
        const ParsedList parsed(weighing(one.weight));
        if (one.expected == 0) {
            CHECK(summary(parsed.problems) == "out_of_range $[0].weight");
            CHECK(parsed.list.keywords().empty());
        } else {
            CHECK(parsed.problems.empty());
            REQUIRE(parsed.list.keywords().size() == 1);
            CHECK(parsed.list.keywords()[0].weight == one.expected);
        }
    }
}

TEST_CASE("keyword list: duplicates, case and match aside", "[keyword_list_reader]") {
    struct Case {
        const char* list;
        const char* expected;
    };
    const Case cases[] = {
        {R"(["deploy", "Deploy"])", "duplicate $[1]"},
        {R"(["a", "b", "A", "B", "a"])", "duplicate $[2]; duplicate $[3]; duplicate $[4]"},
        {R"(["deploy", {"keyword": "DEPLOY", "match": "word", "weight": 2}])", "duplicate $[1]"},
        {R"(["k8s", "\u212a8\u017f"])", "duplicate $[1]"},
        {R"(["\u0131", "i", "\u0130", "I"])", "duplicate $[1]; duplicate $[2]; duplicate $[3]"},
        {R"(["\u03c3", "\u03c2"])", "duplicate $[1]"},
        {R"(["stra\u00dfe", "strasse", "STRA\u1e9eE"])", "duplicate $[2]"},
        {R"(["caf\u00e9", "cafe\u0301"])", ""},
        {R"(["a b", "ab", "a-b"])", ""},
        {R"(["x", {"keyword": "X", "weight": 0}])", "out_of_range $[1].weight"},
        {R"([{"keyword": "x", "weight": 0}, "X", "x"])",
         "out_of_range $[0].weight; duplicate $[2]"},
    };
    for (const Case& one : cases) {
        INFO(one.list);
        CHECK(problems_of(one.list) == one.expected);
    }
}

TEST_CASE("keyword list: entries with a problem are left out, the others stay",
          "[keyword_list_reader]") {
    CHECK(accepted(R"(["a", "", "b", "A", {"keyword": "c", "weight": 11}, "d"])") ==
          "a:auto:1000 b:auto:1000 d:auto:1000");
}

TEST_CASE("keyword list: what a person reads", "[keyword_list_reader]") {
    const Problem typo = first_problem(R"([{"keyword": "a", "wieght": 2}])");
    CHECK(typo.field == "keywords");
    CHECK(typo.message == "key \"wieght\" is not known in a keyword entry");
    CHECK(typo.hint == "Did you mean \"weight\"?");
    CHECK(first_problem(R"([{"keyword": "a", "match": "wrod"}])").hint == "Did you mean \"word\"?");
    CHECK(first_problem(R"([{"keyword": "a", "match": "regex"}])").hint ==
          "Allowed: auto, word, prefix, fragment.");
    CHECK(first_problem(R"(["a", "b", "B"])").message == "keyword \"B\" stands already at $[1]");
    CHECK(first_problem(R"(["", "a", "b", "B"])").message == "keyword \"\" is blank");
    CHECK(ParsedList(R"(["", "a", "b", "B"])").problems.at(1).message ==
          "keyword \"B\" stands already at $[2]");
    CHECK(first_problem("7").message == "a keyword list must be an array, not a number");
    CHECK(first_problem(weighing("10.001")).message ==
          "weight 10.001 is not in [-10, 10] without 0");
    CHECK(first_problem(weighing("0.0005")).message ==
          "weight 0.0005 has more than three decimals");
    CHECK(first_problem(weighing("0.1234567890123456789012345")).message ==
          "weight 0.1234567890123456789012... has more than three decimals");
}

TEST_CASE("keyword list: field and path are the caller's", "[keyword_list_reader]") {
    const Json json(R"(["a", {"keyword": ""}])");
    Problems problems;
    Ticker ticker;
    const Reporter profile(problems);
    read_keyword_list(json.view(), profile.at("expertise_keywords"), ticker);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == "expertise_keywords");
    CHECK(problems[0].path == "$.expertise_keywords[1].keyword");
}

TEST_CASE("keyword list: the sound entries of a list with problems", "[keyword_list_reader]") {
    const Json json(
        R"(["Deploy", 1, "deploy", {"keyword": "ci", "match": "word", "weight": -2.5}])");
    Ticker ticker;
    CHECK(accepted(sound_keywords(json.view(), ticker)) == "Deploy:auto:1000 ci:word:-2500");
    CHECK(sound_keywords(Json("{}").view(), ticker).keywords().empty());
}
