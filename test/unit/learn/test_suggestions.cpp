// Suggestions: what each would do equals what happens when it is really appended to its list.
#include "core/learn/suggestions.hpp"

#include "support/catch.hpp"
#include "support/learn_builder.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::learn;
using namespace aria_focus::test;

namespace {

constexpr std::size_t enough = std::size_t{1} << 30;

// Messages that point into the rows.
std::vector<LabelledMessage> messages_of(const std::vector<Labelled>& rows) {
    std::vector<LabelledMessage> out;
    for (const auto& [label, text] : rows) out.push_back({text, label});
    return out;
}

// Which messages are right, routed anew.
std::vector<bool> right_ones(const PresentBuilder& builder,
                             const std::vector<LabelledMessage>& messages, double threshold,
                             std::int64_t penalty) {
    Ticker ticker;
    const route::KnownWords known(builder.router(), ticker);
    JudgeRules rules{threshold, {known, {penalty}}};
    Judge judge(builder.router(), rules, false);
    for (const LabelledMessage& message : messages) judge.judge(message, ticker);
    std::vector<bool> out;
    for (const Verdict& verdict : judge.take().verdicts) out.push_back(verdict.is_right);
    return out;
}

// Suggestions for lists.
std::vector<Suggestion> suggestions(const PresentBuilder& builder,
                                    const std::vector<LabelledMessage>& messages, std::size_t top,
                                    double threshold = 1, std::int64_t penalty = 0) {
    Ticker ticker;
    const route::KnownWords known(builder.router(), ticker);
    JudgeRules rules{threshold, {known, {penalty}}};
    Suggester suggester(builder.router(), builder.present().lists, messages, rules, enough, ticker);
    return suggester.suggest(top, ticker);
}

// The lists with one more entry.
std::vector<std::string> with_entry(std::vector<std::string> lists, const Suggestion& it) {
    std::string& list = lists[it.profile];
    list.pop_back();
    const std::string entry = json_of({{it.text, it.match, it.weight.value(), false, 0}});
    list += (list.size() > 1 ? ", " : "") + entry.substr(1);
    return lists;
}

// A short sentence for each.
std::vector<std::string> told(const std::vector<Suggestion>& all) {
    std::vector<std::string> out;
    for (const Suggestion& it : all) {
        out.push_back(std::to_string(it.profile) + " " + it.text +
                      (it.match == match::Match::prefix ? "*" : "") + " " +
                      std::to_string(it.weight.count) + " +" + std::to_string(it.fixes) + " -" +
                      std::to_string(it.breaks));
    }
    return out;
}

// Appends each suggestion in turn, and compares.
void check_effects(const std::vector<std::string>& lists, const std::vector<Labelled>& rows,
                   double threshold, std::int64_t penalty, std::size_t& seen) {
    const std::vector<LabelledMessage> messages = messages_of(rows);
    const PresentBuilder builder(lists);
    const auto before = right_ones(builder, messages, threshold, penalty);
    for (const Suggestion& it : suggestions(builder, messages, 3, threshold, penalty)) {
        INFO(lists[it.profile] << " and " << told({it})[0] << ", threshold " << threshold
                               << ", penalty " << penalty);
        const PresentBuilder edited(with_entry(lists, it));
        const auto after = right_ones(edited, messages, threshold, penalty);
        std::size_t fixes = 0;
        std::size_t breaks = 0;
        std::size_t example = messages.size();
        for (std::size_t i = 0; i < messages.size(); ++i) {
            if (after[i] && !before[i] && fixes++ == 0) example = i;
            breaks += before[i] && !after[i] ? 1 : 0;
        }
        CHECK(fixes == it.fixes);
        CHECK(breaks == it.breaks);
        CHECK(example == it.example);
        CHECK(it.fixes > it.breaks);
        ++seen;
    }
}

}  // namespace

TEST_CASE("A suggestion does what it says when it is appended", "[learn]") {
    Random random(31);
    std::size_t seen = 0;
    for (int round = 0; round < 60; ++round) {
        const std::vector<Labelled> rows = random_rows(random, 3, random.between(10, 80));
        LearnOptions options;
        options.from_lists = false;
        options.folds = 0;
        options.max_entries = random.between(1, 12);
        std::vector<std::string> lists = {"[]", "[]", "[]"};
        if (random.once_in(2)) {
            lists = learned_lists(random_rows(random, 3, 40), lists, options);
        } else {
            lists = {R"(["ba", {"keyword": "ker", "match": "fragment", "weight": 0.5}])",
                     R"(["balta", {"keyword": "lo", "match": "prefix"}, "mi ba"])", "[]"};
        }
        constexpr double thresholds[] = {1, 0.5, 0, 1.25};
        check_effects(lists, rows, thresholds[random.below(4)],
                      random.once_in(2) ? 0 : static_cast<std::int64_t>(random.below(500)), seen);
    }
    CHECK(seen > 100);
}

TEST_CASE("Suggestions are what a person would write", "[learn]") {
    const std::vector<Labelled> rows = {{0, "pay my bill"},        {0, "what do I owe you"},
                                        {0, "do I owe anything"},  {1, "a flight to rome"},
                                        {1, "a hotel in rome"},    {1, "is there a hotel"},
                                        {nobody, "bill the duck"}, {nobody, "a duck named bill"}};
    const std::vector<LabelledMessage> messages = messages_of(rows);
    const PresentBuilder builder({R"(["bill"])", R"(["flight"])"});
    CHECK(told(suggestions(builder, messages, 2)) ==
          std::vector<std::string>{"0 i owe 1000 +2 -0", "0 duck -1000 +2 -0",
                                   "1 a hotel 1000 +2 -0"});
    SECTION("only so many of each profile") {
        CHECK(told(suggestions(builder, messages, 1)) ==
              std::vector<std::string>{"0 i owe 1000 +2 -0", "1 a hotel 1000 +2 -0"});
    }
}

TEST_CASE("An entry that the list has is no suggestion", "[learn]") {
    const std::vector<Labelled> rows = {{0, "Bill"}, {0, "bill"}, {1, "x"}};
    const std::vector<LabelledMessage> messages = messages_of(rows);
    const PresentBuilder builder({R"([{"keyword": "BILL", "weight": 0.5}])", R"(["x"])"});
    CHECK(suggestions(builder, messages, 5).empty());
}

TEST_CASE("A tie needs half a keyword where a whole one breaks something", "[learn]") {
    const std::vector<Labelled> rows = {{0, "bill flight zork"}, {1, "flight zork"}};
    const std::vector<LabelledMessage> messages = messages_of(rows);
    const PresentBuilder builder({R"(["bill"])", R"(["flight"])"});
    CHECK(told(suggestions(builder, messages, 1)) ==
          std::vector<std::string>{"0 flight zork 500 +1 -0", "1 bill flight -1000 +1 -0"});
}

TEST_CASE("A word that becomes known spares messages their penalty", "[learn]") {
    const std::vector<Labelled> rows = {{0, "bill zork"}, {1, "flight zork"}, {1, "flight"}};
    const std::vector<LabelledMessage> messages = messages_of(rows);
    const PresentBuilder builder({R"(["bill"])", R"(["flight"])"});
    const auto found = suggestions(builder, messages, 1, 1, 300);
    REQUIRE_FALSE(found.empty());
    CHECK(found[0].text == "zork");  // "bill zork" never hits, bill comes first
    CHECK(found[0].fixes == 2);
}

TEST_CASE("Suggestions take no more memory than they may", "[learn]") {
    Ticker ticker;
    const std::vector<LabelledMessage> messages = {{"pay my bill", 0}};
    const PresentBuilder builder({R"(["flight"])"});
    CHECK_THROWS_AS(
        Suggester(builder.router(), builder.present().lists, messages, JudgeRules{}, 10, ticker),
        Error);
}
