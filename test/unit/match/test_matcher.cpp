// What counts as a hit: the rules' own examples and their edges, one line each. Hits are drawn in the
// message: "[deploy]ments" is the message "deployments" with a hit on its first six letters.
#include "core/match/matcher.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::text;
using aria_focus::test::good_list;
using aria_focus::test::ParsedList;

namespace {

// A list, and a message with its hits in brackets; `entries` names the entry of each hit, where there
// are several.
struct Case {
    const char* list;
    const char* drawn;
    std::vector<std::uint32_t> entries = {};
};

// The message of a drawing.
std::string without_brackets(std::string_view drawn) {
    std::string out(drawn);
    std::erase_if(out, [](char c) { return c == '[' || c == ']'; });
    return out;
}

// The hits of one list.
std::vector<Hit> hits_of(const KeywordList& list, std::string_view message, Semantics semantics) {
    Ticker ticker;
    MatcherScratch scratch;
    const Matcher matcher = Matcher::compile({&list, 1}, semantics, ticker);
    return collect_hits(matcher, message, scratch, ticker);
}

// The message with brackets around its hits.
std::string draw(std::string_view message, const std::vector<Hit>& hits) {
    std::string out;
    std::size_t at = 0;
    for (const Hit& hit : hits) {
        out.append(message.substr(at, hit.begin - at)).append("[");
        out.append(message.substr(hit.begin, hit.end - hit.begin)).append("]");
        at = hit.end;
    }
    return out.append(message.substr(at));
}

// Compares every drawing with what the matcher finds.
void check_all(const std::vector<Case>& cases, Semantics semantics = Semantics::bounded) {
    for (const Case& one : cases) {
        INFO(one.list);
        const std::string message = without_brackets(one.drawn);
        const ParsedList parsed = good_list(one.list);
        const std::vector<Hit> hits = hits_of(parsed.list, message, semantics);
        CHECK(draw(message, hits) == one.drawn);
        if (parsed.list.keywords().size() == 1) continue;
        std::vector<std::uint32_t> entries;
        for (const Hit& hit : hits) entries.push_back(hit.entry);
        CHECK(entries == one.entries);
    }
}

}  // namespace

TEST_CASE("matcher: auto starts at a word and may run on", "[matcher]") {
    check_all({
        {R"(["analy"])", "[analy]sis"},
        {R"(["deploy"])", "[deploy]ments"},
        {R"(["deploy"])", "redeploy"},
        {R"(["deploy"])", "re-[deploy]"},
        {R"(["deploy"])", "depl"},
        {R"(["post"])", "[post]gres"},
        {R"(["deploy"])", "[Deploy] the new  docker image"},
        {R"(["deploy"])", ""},
    });
}

TEST_CASE("matcher: auto keywords of three characters end at a word's end", "[matcher]") {
    check_all({
        {R"(["ci"])", "decide"},
        {R"(["ci"])", "city"},
        {R"(["ci"])", "social"},
        {R"(["ci"])", "the [ci]."},
        {R"(["ci"])", "[ci]_cd [CI]-2 ci2"},
        {R"(["dep"])", "deploy [dep]"},
        {R"(["depl"])", "[depl]oy"},
        {R"(["a b"])", "[a b] a bc xa b"},
        {R"(["a bc"])", "[a bc]d"},
        {R"(["caf\u00e9"])", "[caf\xC3\xA9]s"},
        {R"(["\u00e9t\u00e9"])", "[\xC3\xA9t\xC3\xA9] \xC3\xA9t\xC3\xA9s"},
    });
}

TEST_CASE("matcher: word, prefix and fragment", "[matcher]") {
    check_all({
        {R"([{"keyword": "post", "match": "word"}])", "postgres [post] compost a-[post]-b"},
        {R"([{"keyword": "ci", "match": "prefix"}])", "[ci]ty social [ci]"},
        {R"([{"keyword": "ci", "match": "fragment"}])", "de[ci]de [ci]ty so[ci]al"},
        {R"([{"keyword": "deploy", "match": "auto"}])", "[deploy]ed"},
        {R"([{"keyword": "deploy", "match": "word"}])", "deployed [deploy]"},
    });
}

TEST_CASE("matcher: ends that are no letter need no boundary", "[matcher]") {
    check_all({
        {R"(["c++"])", "[c++] [c++]11 objc++ [C++]"},
        {R"([{"keyword": "c++", "match": "word"}])", "[c++]x xc++"},
        {R"(["#tag"])", "x[#tag] #[#tag]s"},
        {R"([".net"])", "asp[.net] [.NET]work"},
        {R"([{"keyword": ".net", "match": "word"}])", "asp[.net] .network"},
        {R"(["--"])", "a[--]b"},
        {R"(["\ud83c\udfaf"])", "a[\xF0\x9F\x8E\xAF]b"},
        {R"(["_x_"])", "a[_x_]b"},
    });
}

TEST_CASE("matcher: scripts written without spaces have boundaries everywhere", "[matcher]") {
    check_all({
        {R"(["\u6f22\u5b57"])", "\xE6\x97\xA5[\xE6\xBC\xA2\xE5\xAD\x97]\xE6\x96\x87"},
        {R"(["ai"])", "\xE6\xBC\xA2[ai]\xE5\xAD\x97"},
        {R"([{"keyword": "\u3042", "match": "word"}])",
         "a[\xE3\x81\x82]\xE3\x81\x84"
         "a"},
        {R"([{"keyword": "\u30fc", "match": "word"}])", "\xE3\x82\xA2[\xE3\x83\xBC]a"},
        {R"([{"keyword": "\u0e01", "match": "word"}])",
         "a[\xE0\xB8\x81]\xE0\xB8\xB2 a\xE0\xB8\x81\xE0\xB9\x88"},
    });
}

TEST_CASE("matcher: particles may follow a keyword that ends in Hangul", "[matcher]") {
    check_all({
        {R"(["\ubc30\ud3ec"])", "[\xEB\xB0\xB0\xED\x8F\xAC]\xEB\xA5\xBC"},
        {R"([{"keyword": "\ubc30\ud3ec", "match": "word"}])",
         "\xEB\xB0\xB0\xED\x8F\xAC\xEB\xA5\xBC"},
        {R"(["ai\ubc30"])", "[ai\xEB\xB0\xB0]x"},
        {R"(["\ubc30a"])",
         "\xEB\xB0\xB0"
         "ab [\xEB\xB0\xB0"
         "a]"},
        {R"(["\ubc30\ud3ec"])", "\xEC\x9E\xAC\xEB\xB0\xB0\xED\x8F\xAC"},
    });
}

TEST_CASE("matcher: a mark belongs to the word", "[matcher]") {
    check_all({
        {R"(["cafe"])", "cafe\xCC\x81 [cafe]x"},
        {R"([{"keyword": "cafe", "match": "word"}])", "cafe\xCC\x81 [cafe]"},
        {R"(["caf\u00e9"])", "[cafe\xCC\x81]"},
        {R"(["cafe\u0301"])", "[cafe\xCC\x81] [caf\xC3\xA9]"},
    });
}

TEST_CASE("matcher: a space stands for any white space", "[matcher]") {
    check_all({
        {R"(["new docker"])", "[new docker] [new  docker] [new\tdocker] [new \t\r\n docker]"},
        {R"(["new docker"])",
         "[new\xC2\xA0"
         "docker] [new\xE3\x80\x80 \xE2\x80\xA8"
         "docker]"},
        {R"(["new docker"])",
         "newdocker [new-docker] new--docker [new\xE2\x80\x8B"
         "docker] new "},
        {R"(["a b c"])", "[a  b\n\nc] a  b\n\n"},
        {R"(["+ +"])", "[+\xC2\x85+]"},
    });
}

TEST_CASE("matcher: every white-space character separates words", "[matcher]") {
    const ParsedList parsed = good_list(R"(["new docker", "+ +"])");
    std::size_t found = 0;
    for (char32_t c = 0; c < 0x110000; ++c) {
        if (!unicode::is_white_space(c)) continue;
        std::string space;
        utf8::append(space, c);
        const std::string message = "new" + space + "docker " + space + "+" + space + "+";
        INFO(std::uint32_t{c});
        CHECK(hits_of(parsed.list, message, Semantics::bounded).size() == 2);
        ++found;
    }
    CHECK(found == 25);
}

TEST_CASE("matcher: case never counts, one code point to one", "[matcher]") {
    check_all({
        {R"(["DEPLOY"])", "[deploy] [dEpLoY]"},
        {R"(["kiss"])", "[kiss] [\xE2\x84\xAAi\xC5\xBFs] [K\xC4\xB0SS] [k\xC4\xB1ss]"},
        {R"(["\u017fi"])", "[si] [SI] [\xC5\xBF\xC4\xB0]"},
        {R"(["\u212a8s"])", "[k8s] [K8S]"},
        {R"(["\u03bf\u03b4\u03cc\u03c2"])", "[\xCE\x9F\xCE\x94\xCE\x8C\xCE\xA3]"},
        {R"(["stra\u00dfe"])",
         "strasse [STRA\xE1\xBA\x9E"
         "E]"},
        {R"(["strasse"])",
         "stra\xC3\x9F"
         "e"},
        {R"(["\ud801\udc28x"])", "[\xF0\x90\x90\x80x]"},
    });
}

TEST_CASE("matcher: keywords are literals", "[matcher]") {
    check_all({
        {R"(["a.b"])", "axb [a.b]"},
        {R"(["(x"])", "f[(x])"},
        {R"(["a*"])", "aaa [a*]"},
        {R"(["\\d"])", "7 [\\d]"},
        {R"(["^a$"])", "a [^a$]"},
    });
}

TEST_CASE("matcher: leftmost first, then list order, no overlap", "[matcher]") {
    check_all({
        {R"(["dep", "deploy"])", "[deploy] now", {1}},
        {R"(["dep", "deploy"])", "[dep] [deploy]", {0, 1}},
        {R"(["deploy", "deployment"])", "[deploy]ment", {0}},
        {R"(["deployment", "deploy"])", "[deployment] [deploy]s", {0, 1}},
        {R"(["docker image", "new docker"])", "[new docker] image", {1}},
        {R"(["image", "docker image"])", "[docker image] [image]", {1, 0}},
        {R"([{"keyword": "aa", "match": "fragment"}])", "[aa][aa]a"},
        {R"([{"keyword": "ab", "match": "fragment"}, {"keyword": "b", "match": "fragment"}])",
         "[ab][b]",
         {0, 1}},
        {R"([{"keyword": "b", "match": "fragment"}, "bb"])", "[b][b]", {0, 0}},
        {R"([{"keyword": "abc", "match": "word"}, {"keyword": "b", "match": "fragment"}])",
         "a[b]cd [abc]",
         {1, 0}},
    });
}

TEST_CASE("matcher: plain semantics take texts as they are", "[matcher]") {
    check_all(
        {
            {R"(["ci"])", "de[ci]de [ci]ty so[ci]al"},
            {R"([{"keyword": "test", "match": "word"}])", "[test][TEST]er"},
            {R"(["a b"])",
             "[a b] a  b a\tb a\xC2\xA0"
             "b x[a b]y"},
            {R"(["dep", "deploy"])", "[dep]loy", {0}},
            {R"(["stra\u00dfe"])",
             "strasse x[stra\xE1\xBA\x9E"
             "e]"},
        },
        Semantics::plain);
}

TEST_CASE("matcher: no list hides another's hits", "[matcher]") {
    const ParsedList first = good_list(R"(["new docker"])");
    const ParsedList second = good_list(R"(["docker image", "new"])");
    const ParsedList none = good_list("[]");
    const KeywordList lists[] = {first.list, none.list, second.list, first.list};
    Ticker ticker;
    MatcherScratch scratch;
    const Matcher matcher = Matcher::compile(lists, Semantics::bounded, ticker);
    const std::vector<Hit> hits = collect_hits(matcher, "new docker image", scratch, ticker);
    std::string found;
    for (const Hit& hit : hits) {
        found += std::to_string(hit.list) + ":" + std::string(matcher.text(hit.entry)) + "@" +
                 std::to_string(hit.begin) + " ";
    }
    CHECK(found == "0:new docker@0 2:new@0 3:new docker@0 2:docker image@4 ");
    const auto only = collect_hits(matcher, "new docker image", scratch, ticker, 2);
    CHECK(only.size() == 2);
    CHECK(collect_hits(matcher, "new docker image", scratch, ticker, 1).empty());
}

TEST_CASE("matcher: it knows what was compiled", "[matcher]") {
    const ParsedList first = good_list(R"(["Deploy", {"keyword": "ci", "weight": -0.5}])");
    const ParsedList none = good_list("[]");
    const ParsedList last = good_list(R"([{"keyword": "c++", "match": "word"}])");
    const KeywordList lists[] = {first.list, none.list, last.list};
    Ticker ticker;
    const Matcher matcher = Matcher::compile(lists, Semantics::bounded, ticker);
    CHECK(matcher.list_count() == 3);
    CHECK(matcher.entries_of(0) == std::pair<std::uint32_t, std::uint32_t>(0, 2));
    CHECK(matcher.entries_of(1) == std::pair<std::uint32_t, std::uint32_t>(2, 2));
    CHECK(matcher.entries_of(2) == std::pair<std::uint32_t, std::uint32_t>(2, 3));
    CHECK(matcher.text(0) == "Deploy");
    CHECK(matcher.entry_count() == 3);
    CHECK(matcher.text(2) == "c++");
    MatcherScratch scratch;
    const std::vector<Hit> hits = collect_hits(matcher, "ci c++", scratch, ticker);
    REQUIRE(hits.size() == 2);
    CHECK(hits[0].weight == -500);
    CHECK(hits[1].weight == 1000);
    CHECK(hits[1].list == 2);
    CHECK(matcher.memory() > sizeof(Matcher));
}

TEST_CASE("matcher: the scan stops when it is told to", "[matcher]") {
    const ParsedList parsed = good_list(R"(["a"])");
    Ticker ticker;
    MatcherScratch scratch;
    const Matcher matcher = Matcher::compile({&parsed.list, 1}, Semantics::bounded, ticker);
    std::size_t seen = 0;
    matcher.scan("a a a a", scratch, ticker, [&](const Hit&) { return ++seen < 2; });
    CHECK(seen == 2);
    CHECK(collect_hits(matcher, "a a a a", scratch, ticker).size() == 4);
}

TEST_CASE("matcher: without keywords nothing is hit", "[matcher]") {
    Ticker ticker;
    MatcherScratch scratch;
    const Matcher matcher = Matcher::compile({}, Semantics::bounded, ticker);
    CHECK(matcher.list_count() == 0);
    CHECK(collect_hits(matcher, "anything", scratch, ticker).empty());
    CHECK(collect_hits(matcher, std::string_view(), scratch, ticker).empty());
}
