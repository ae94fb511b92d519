#include "core/contract/prompt.hpp"
#include "core/contract/prompt_limits.hpp"
#include "support/catch.hpp"
#include "support/contract_tools.hpp"

#include <string>

using namespace aria_focus;
using namespace aria_focus::core::contract;

namespace {

// The limits that a prompt states: "words <= 5; hashtags >= 2".
std::string stated(std::string_view prompt) {
    core::Ticker ticker;
    std::string out;
    for (const StatedLimit& limit : read_stated_limits(prompt, ticker)) {
        const std::string name(row_of(limit.metric).name);
        if (!out.empty()) out += "; ";
        out += name;
        if (limit.least) out += " >= " + std::to_string(*limit.least);
        if (limit.most) out += " <= " + std::to_string(*limit.most);
    }
    return out;
}

// The rules of all findings of a prompt, with what they point to.
std::string found(std::string_view prompt, std::string_view contract = "{}", int budget = 0) {
    static core::match::MatcherScratch scratch;
    core::Ticker ticker;
    const Contract replies = test::contract_of(contract);
    std::string out;
    for (const Finding& finding :
         lint_prompt(prompt, replies, budget, {test::lexicons(), scratch, ticker})) {
        if (!out.empty()) out += "; ";
        out += std::string(name_of(finding.severity)) + " " + std::string(finding.rule);
        if (!finding.span) continue;
        const auto [begin, end] = *finding.span;
        out += ": " + std::string(prompt.substr(begin, end - begin));
    }
    return out;
}

}  // namespace

TEST_CASE("prompt: limits in words", "[contract]") {
    CHECK(stated("").empty());
    CHECK(stated("Stay under 350 words.") == "words <= 349");
    CHECK(stated("AT MOST 1,200 characters") == "characters <= 1200");
    CHECK(stated("no more than two hashtags") == "hashtags <= 2");
    CHECK(stated("at most two hashtags and one emoji") == "hashtags <= 2; emojis <= 1");
    CHECK(stated("at least 300 words") == "words >= 300");
    CHECK(stated("more than three links") == "links >= 4");
    CHECK(stated("exactly five bullet points") == "list_items >= 5 <= 5");
    CHECK(stated("at most seven short steps") == "list_items <= 7");
    CHECK(stated("200 words or less") == "words <= 200");
    CHECK(stated("200 words at most, 3 questions or more") == "words <= 200; questions >= 3");
    CHECK(stated("Do not exceed 99 tokens") == "tokens <= 99");
    CHECK(stated("never more than twenty lines") == "lines <= 20");
}

TEST_CASE("prompt: what is no limit of the reply", "[contract]") {
    CHECK(stated("the first two sentences").empty());
    CHECK(stated("give exactly five that differ").empty());
    CHECK(stated("at most 20 words per sentence").empty());
    CHECK(stated("at least 20 words for each item").empty());
    CHECK(stated("at most three sentences of prose between two blocks").empty());
    CHECK(stated("under 18 and over 65, in words").empty());
    CHECK(stated("at most. 20 words").empty());
    CHECK(stated("at most 12345678901 words").empty());
    CHECK(stated("at most").empty());
    CHECK(stated("at most 5").empty());
}

TEST_CASE("prompt: what nobody writes on purpose", "[contract]") {
    CHECK(found("Be brief! Never, ever say \"awesome\".").empty());
    CHECK(found("You work for [Company].") == "warning placeholders: [Company]");
    CHECK(found("Mark it [unconfirmed].").empty());
    CHECK(found("[Name] greets [Name].") ==
          "warning placeholders: [Name]; warning placeholders: [Name]");
    CHECK(found("Answer so:\n```sql\nSELECT 1;") == "warning unclosed_fences: ```sql");
    CHECK(found("Be\u200B brief.") == "warning invisible_characters: \u200B");
    CHECK(found("Never tell the price to them.\nx\nNever tell the price to them.") ==
          "warning repeated_lines: Never tell the price to them.");
    std::string long_prompt;
    for (int i = 0; i < 300; ++i) long_prompt += "Be " + std::to_string(i) + " times precise. ";
    CHECK(found(long_prompt) == "suggestion tokens");
}

TEST_CASE("prompt: contradictions", "[contract]") {
    const std::string_view contract =
        R"({"words": [{"max": 100}, {"max": 80, "severity": "suggestion"}], "numbers": {"min": 3}})";
    CHECK(found("Write at most 80 words.", contract).empty());
    CHECK(found("Write at most 90 words.", contract) ==
          "suggestion contradicts_contract: at most 90 words");
    CHECK(found("Write at least 120 words.", contract) ==
          "warning contradicts_contract: at least 120 words");
    CHECK(found("Write at most 90 lines.", contract).empty());
    CHECK(found("Write at most 400 words.", "{}", 500) ==
          "suggestion contradicts_budget: at most 400 words");
    CHECK(found("Write at least 400 words.", "{}", 500) ==
          "warning contradicts_budget: at least 400 words");
    CHECK(found("Write at least 400 words.", "{}", 0).empty());
    CHECK(found("Write at least 400 words.", "{}", 600).empty());
    CHECK(found("At least 9 words. At most 8 words.") ==
          "warning contradicts_itself: At most 8 words");
    CHECK(found("At most 8 words. At least 9 words.") ==
          "warning contradicts_itself: At least 9 words");
    CHECK(found("At most 8 words. At least 8 words.").empty());
}

TEST_CASE("prompt: linear in its length", "[contract]") {
    for (const std::string_view piece :
         {"at most ", "no more than ", "5 words and ", "at most 5 "}) {
        std::string prompt;
        while (prompt.size() < 200'000) prompt += piece;
        core::Ticker ticker;
        CHECK(read_stated_limits(prompt, ticker).size() < prompt.size());
    }
}
