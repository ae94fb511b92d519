// Text as people type it: what a phone, an editor or an input method makes of the same words.
#include "core/match/matcher.hpp"

#include "core/text/cluster.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/naive_hits.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// The message with each hit of a list in brackets.
std::string drawn(std::string_view list, std::u32string_view message) {
    const ParsedList parsed = good_list(list);
    const std::string text = to_utf8(message);
    Ticker ticker;
    MatcherScratch scratch;
    std::string first;
    for (const Kernel* const kernel : kernels()) {
        const Matcher matcher =
            Matcher::compile({&parsed.list, 1}, Semantics::bounded, ticker, *kernel);
        std::string out;
        std::size_t done = 0;
        for (const Hit& hit : collect_hits(matcher, text, scratch, ticker)) {
            out += text.substr(done, hit.begin - done) + "[" +
                   text.substr(hit.begin, hit.end - hit.begin) + "]";
            done = hit.end;
        }
        out += text.substr(done);
        if (kernel == kernels().front()) first = out;
        CHECK(out == first);
    }
    return first;
}

// A list and what it hits.
struct Case {
    std::string_view list;
    std::u32string_view drawn;
};

// Compares all; the message is what is drawn without the brackets.
void check_all(const std::vector<Case>& cases) {
    for (const Case& one : cases) {
        std::u32string message;
        for (const char32_t c : one.drawn) {
            if (c != U'[' && c != U']') message += c;
        }
        INFO(one.list << " on " << shown(to_utf8(message)));
        CHECK(shown(drawn(one.list, message)) == shown(to_utf8(one.drawn)));
    }
}

}  // namespace

TEST_CASE("spelling: apostrophes", "[matcher][spelling]") {
    check_all({
        {R"(["writer's block"])", U"[writer\u2019s block] [writer's block] [writer\u2018s  block]"},
        {R"(["writer's block"])", U"[writer\u02BCs block] [writer\uFF07s block]"},
        {R"(["writer\u2019s block"])", U"[writer's block] [WRITER\u2019S BLOCK]"},
        {R"(["writer's block"])",
         U"writer\u02BBs block writer`s block writers block writer\u00B4s block"},
        {R"(["don't"])", U"[don\u2019t]ed I [don\u2019t]"},
        {R"([{"keyword": "it", "match": "word"}])", U"[it]\u2019s [it]\u02BCs"},
    });
}

TEST_CASE("spelling: hyphens and dashes", "[matcher][spelling]") {
    check_all({
        {R"(["trade-off"])", U"[trade-off] [trade\u2010off] [trade\u2011off] [trade\u2012off]"},
        {R"(["trade-off"])",
         U"[trade\u2013off] [trade\u2014off] [trade\u2015off] [trade\u2212off]"},
        {R"(["trade-off"])", U"[trade\uFE58off] [trade\uFE63off] [trade\uFF0Doff]"},
        {R"(["trade\u2011off"])", U"[trade-off] [trade\u2013off]"},
        {R"(["trade-off"])", U"trade off trade--off trade - off trade\u00B7off trade_off"},
        {R"(["getting started"])", U"[getting-started] [getting started] [getting \u00A0started]"},
        {R"(["getting started"])",
         U"[getting\u2010started] [getting\u2011started] [getting\u2013started]"},
        {R"(["getting started"])", U"getting\u2014started getting\u2015started gettingstarted"},
        {R"(["getting started"])", U"getting - started getting--started getting_started"},
        {R"(["a b c"])", U"[a-b-c] [a b-c] [a-b c] [a b c] a-b- c"},
        {R"(["a-b c"])", U"[a-b-c] [a-b c] a b-c a b c"},
        {R"(["ci cd"])", U"[ci-cd] [CI\u2011CD] [ci-cd]x"},
        // A space beside what is no letter, digit or mark stands for white space only.
        {R"(["c++ build"])", U"c++-build [c++ build]"},
        {R"(["-"])", U"a[-]b [\u2014] c"},
        {R"(["--flag"])", U"a [--flag] -flag  flag"},
        {R"(["pre-"])", U"[pre-]built [pre-] pre built"},
        {R"(["e - mail"])", U"[e - mail] e-mail"},
        {R"(["b c", "b-c"])", U"[b-c] [b c] [b\u2014c]"},
    });
}

TEST_CASE("spelling: decomposed letters", "[matcher][spelling]") {
    check_all({
        {R"(["\u00fcbung"])", U"[u\u0308bung] [\u00FCbung] [U\u0308BUNG]en ubung"},
        {R"(["u\u0308bung"])", U"[\u00FCbung] [u\u0308bung]"},
        {R"(["vi\u1ec7t"])",
         U"[vie\u0323\u0302t] [vie\u0302\u0323t] [vi\u00EA\u0323t] [vi\u1EB9\u0302t]"},
        {R"(["\uac01"])", U"[\u1100\u1161\u11A8] [\uAC00\u11A8] \uAC00 \u1100\u1161"},
        {R"(["\uac00"])", U"\uAC01 \uAC00\u11A8 [\uAC00] [\u1100\u1161]"},
        {R"(["\u00e5"])", U"[\u212B] [A\u030A] [\u00E5]"},
        {R"(["\u0958"])", U"[\u0915\u093C] [\u0958]"},
        {R"([{"keyword": "x", "match": "fragment"}])", U"x\u0301 a[x]b x\u0323\u0301"},
        {R"(["caf"])", U"[caf] cafe\u0301 caf\u0301"},
        {R"(["istanbul"])", U"[\u0130stanbul] [I\u0307stanbul]"},
        {R"(["\u2260"])", U"a [=\u0338] b [\u2260] ="},
        {R"(["="])", U"[=] =\u0338"},
    });
}

TEST_CASE("spelling: what is not there", "[matcher][spelling]") {
    check_all({
        {R"(["ci"])", U"in\u00ADci\u00ADdent in\u200Dci\u200Ddent in\u2060ci\u2060dent [ci]"},
        {R"(["incident"])", U"[in\u00ADci\u00ADdent]s [inciden\u200Ct]"},
        {R"(["docker"])",
         U"\uFEFF[docker] \u200E[docker]\u200F \u202A[docker]\u202C \u00AD[do\u00ADcker]\u00AD"},
        {R"(["\ufeffdocker"])", U"[docker] \uFEFF[docker]"},
        {R"(["do\u00adcker"])", U"[docker] [d\u200Docker]"},
        {R"(["\u2764\ufe0f"])", U"[\u2764\uFE0F]x [\u2764] [\u2764\uFE0E]"},
        {R"(["\u2764"])", U"[\u2764\uFE0F]docker"},
        {R"(["docker"])", U"\u2764\uFE0F[docker] \u845B\U000E0100[docker]"},
        {R"(["\ud83d\udc69\u200d\ud83d\udcbb"])",
         U"[\U0001F469\u200D\U0001F4BB] [\U0001F469\U0001F4BB]"},
        {R"(["e\u0301t"])", U"[e\u00AD\u0301t] [e\u034F\u0301t]"},
        // Sinhala and Bengali write some clusters with joiners.
        {R"([{"keyword": "\u0dbb", "match": "word"}])", U"\u0DC1\u0DCA\u200D\u0DBB\u0DD3 [\u0DBB]"},
        {R"([{"keyword": "\u09af", "match": "word"}])", U"\u09B0\u200D\u09CD\u09AF [\u09AF]"},
        {R"(["pull request"])", U"[pull \u00AD request] [pull\u00AD request] [pull-\u00ADrequest]"},
    });
}

TEST_CASE("spelling: the zero-width space", "[matcher][spelling]") {
    check_all({
        {R"(["docker"])", U"a\u200B[docker]\u200Bb"},
        {R"(["pull request"])", U"[pull\u200Brequest] [pull \u200B request]"},
        {R"(["pull\u200brequest"])", U"[pull request] [pull-request] pullrequest"},
        {R"(["\u200bdocker\u200b"])", U"[docker]s"},
        {R"(["\u1780\u200b\u1781"])", U"[\u1780\u200B\u1781] [\u1780 \u1781] \u1780\u1781"},
    });
}

TEST_CASE("spelling: scripts written without spaces", "[matcher][spelling]") {
    check_all({
        {R"(["docker"])", U"\u304C[docker] \u304B\u3099[docker] \u304B\u309A[docker]"},
        {R"(["docker"])", U"\uFF76\uFF9E[docker]\uFF8A\uFF9F[docker]"},
        {R"(["docker"])",
         U"\u3006[docker]\u3031[docker]\u3032[docker]\u3035[docker]\u303C[docker]"},
        {R"(["docker"])", U"\u3005[docker]\u3007[docker]\u30FC[docker]"},
        {R"(["docker"])",
         U"\u3105[docker]\u31A0 \uA000[docker]\uA4C6 \u1950[docker] \uAA80[docker]"},
        {R"(["docker"])", U"\u1980[docker] \u1A20[docker] \u845B\uFE00[docker]"},
        {R"([{"keyword": "docker", "match": "word"}])", U"[docker]\u304B\u3099 [docker]\u3105"},
        {R"(["docker"])", U"\u00E9docker e\u0301docker \uAC00docker"},
    });
}

TEST_CASE("spelling: flags are pairs", "[matcher][spelling]") {
    const std::u32string de = U"\U0001F1E9\U0001F1EA";
    const std::u32string fr = U"\U0001F1EB\U0001F1F7";
    const std::string ef = R"(["\ud83c\uddea\ud83c\uddeb"])";  // E F
    const auto draw = [&](const std::string& list, const std::u32string& text) {
        return drawn(list, text);
    };
    CHECK(draw(ef, de + fr) == to_utf8(de + fr));
    CHECK(draw(ef, U"x" + de + fr) == to_utf8(U"x" + de + fr));
    CHECK(draw(R"(["\ud83c\uddeb\ud83c\uddf7"])", de + fr) == to_utf8(de + U"[" + fr + U"]"));
    CHECK(draw(R"(["\ud83c\udde9"])", de) == to_utf8(de));
    CHECK(draw(R"(["\ud83c\uddeb"])", de + U"\U0001F1EB") == to_utf8(de + U"[\U0001F1EB]"));
    CHECK(draw(ef, U"\U0001F1E9 \U0001F1EA\U0001F1EB") ==
          to_utf8(U"\U0001F1E9 [\U0001F1EA\U0001F1EB]"));
    CHECK(draw(ef, U"\U0001F1E9\u200D\U0001F1EA\U0001F1EB") ==
          to_utf8(U"\U0001F1E9\u200D\U0001F1EA\U0001F1EB"));
}

TEST_CASE("spelling: a keyword of which nothing is left is blank", "[keyword_list][spelling]") {
    for (const std::string_view list : {R"(["\ufeff"])", R"(["\u00ad\u200d"])", R"(["\u200b"])",
                                        R"(["\ufe0f"])", R"(["\u200b\u00ad"])"}) {
        INFO(list);
        const ParsedList parsed(list);
        REQUIRE(parsed.problems.size() == 1);
        CHECK(parsed.problems[0].code == check::ProblemCode::blank);
        CHECK(parsed.list.keywords().empty());
    }
}

TEST_CASE("spelling: the same in another spelling is shadowed, not refused",
          "[keyword_list][spelling]") {
    const ParsedList parsed = good_list(
        R"(["\u00fcbung", "u\u0308bung", "don't", "don\u2019t", "ci\u00ad", "ci", "x-y", "x\u2011y", "x y"])");
    Ticker ticker;
    const std::vector<std::int32_t> expected = {-1, 0, -1, 2, -1, 4, -1, 6, -1};
    CHECK(find_shadows(parsed.list, edges_of(parsed.list), ticker) == expected);
    CHECK(ParsedList(R"(["ci", "CI"])").problems.size() == 1);
}

TEST_CASE("spelling: short keywords are counted as they are matched", "[matcher][spelling]") {
    check_all({
        // Three characters where four stand.
        {R"(["ai\u00add"])", U"[aid] aids"},
        {R"(["cafe\u0301"])", U"[caf\u00E9]s"},
        {R"(["ne\u0301e"])", U"[n\u00E9e] n\u00E9es"},
        {R"(["\ubc30\ud3ec"])",
         U"[\uBC30\uD3EC]\uB97C [\u1107\u1162\u1111\u1169]\u1105\u1173\u11AF"},
    });
}

TEST_CASE("spelling: a longest keyword that grows in NFC", "[matcher][spelling]") {
    // 100 characters of 4 bytes become 300 of 12.
    const std::u32string note(100, U'\U0001D160');
    const std::string list = "[\"" + to_utf8(note) + "\"]";
    for (const std::size_t before : {0, 100, 4'000, 4'096, 4'159, 5'000}) {
        INFO(before);
        const std::u32string front(before, U'.');
        std::u32string text = front;
        for (const char32_t c : note) {
            text += U'\U0001D158';
            text += U"\U0001D165\U0001D16E";
            (void)c;
        }
        CHECK(drawn(list, text) == to_utf8(front + U"[" + text.substr(before) + U"]"));
        CHECK(drawn(list, front + note + U"x") == to_utf8(front + U"[" + note + U"]x"));
    }
}
