// Marked messages against a rewriting character by character.
#include "core/match/highlight.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/naive_highlight.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::test;

namespace {

// The message with the hits of its first list marked.
std::string marked(std::string_view message, std::string_view keywords) {
    const ParsedList parsed = good_list(keywords);
    Ticker ticker;
    MatcherScratch scratch;
    const Matcher matcher = Matcher::compile({&parsed.list, 1}, Semantics::bounded, ticker);
    return marked_text(message, collect_hits(matcher, message, scratch, ticker, 0), "<", ">");
}

}  // namespace

TEST_CASE("highlight: marks stand around every hit", "[highlight]") {
    CHECK(marked("", R"(["a"])").empty());
    CHECK(marked("none", R"(["a"])") == "none");
    CHECK(marked("a", R"(["a"])") == "<a>");
    CHECK(marked("Deploy the  new docker", R"(["deploy", "the new"])") ==
          "<Deploy> <the  new> docker");
    CHECK(marked("aaa", R"([{"keyword": "a", "match": "fragment"}])") == "<a><a><a>");
    CHECK(marked("\xC3\x89t\xC3\xA9!", R"(["\u00e9t\u00e9"])") == "<\xC3\x89t\xC3\xA9>!");
}

TEST_CASE("highlight: a naive rewriting agrees", "[highlight][random]") {
    Random random(110);
    MatcherScratch scratch;
    Ticker ticker;
    std::size_t changed = 0;
    for (int round = 0; round < 5'000; ++round) {
        const Characters alphabet = random_alphabet(random);
        std::vector<OracleList> lists = {random_list(random, alphabet, 5),
                                         random_list(random, alphabet, 5)};
        const ParsedList first = good_list(to_json(lists[0]));
        const ParsedList second = good_list(to_json(lists[1]));
        const std::vector<KeywordList> both = {first.list, second.list};
        const Matcher matcher = Matcher::compile(both, Semantics::bounded, ticker);
        const std::u32string message = random_text(random, alphabet, 30);
        const std::string text = to_utf8(message);
        for (std::uint32_t list = 0; list < 2; ++list) {
            const std::string found =
                marked_text(text, collect_hits(matcher, text, scratch, ticker, list), "<", "</>");
            INFO("seed " << seed() << ": " << shown(to_json(lists[list])) << " on " << shown(text));
            REQUIRE(found ==
                    naive_marked(text, offsets_of(message), lists[list], message, "<", "</>"));
            changed += found == text ? 0 : 1;
        }
    }
    CHECK(changed > 3'000);
}
