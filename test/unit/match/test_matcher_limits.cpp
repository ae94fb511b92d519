// The matcher under stress: broken text, worst cases, interrupts, limits. Work is counted in the
// ticker's units, never in time.
#include "core/base/error.hpp"
#include "core/match/matcher.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::check;
using namespace aria_focus::core::keywords;
using namespace aria_focus::core::match;
using namespace aria_focus::test;

namespace {

using namespace std::string_view_literals;

struct Stopped {};

std::size_t polls = 0;
std::size_t polls_allowed = 0;

// Counts periods of work.
void count_poll() {
    ++polls;
}

// Stops the computation after some polls.
void stop_later() {
    if (polls_allowed == 0) throw Stopped{};
    --polls_allowed;
}

// The text several times over.
std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    while (times-- > 0) out += text;
    return out;
}

// A list of fragments: a, aa, ..., a^100, the shortest or the longest first.
std::string runs_of_a(bool ascending) {
    std::string out;
    for (std::size_t i = 1; i <= 100; ++i) {
        out += out.empty() ? "" : ",";
        out += R"({"match": "fragment", "keyword": ")" + std::string(ascending ? i : 101 - i, 'a') +
               "\"}";
    }
    return "[" + out + "]";
}

// One list, compiled.
Matcher compiled(std::string_view list, Semantics semantics = Semantics::bounded) {
    const ParsedList parsed = good_list(list);
    Ticker ticker;
    return Matcher::compile({&parsed.list, 1}, semantics, ticker);
}

// Units of work, to the period, that a scan of the message takes.
std::size_t work(const Matcher& matcher, std::string_view message) {
    polls = 0;
    Ticker ticker(count_poll);
    MatcherScratch scratch;
    matcher.scan(message, scratch, ticker, [](const Hit&) { return true; });
    return polls * Ticker::period;
}

// Checks that twice the message is twice the work and that a byte costs `most` units at most.
void check_linear(const Matcher& matcher, std::string_view piece, std::size_t times,
                  std::size_t most) {
    const std::string once = repeated(piece, times);
    const std::string twice = repeated(piece, 2 * times);
    const std::size_t half = work(matcher, once);
    const std::size_t whole = work(matcher, twice);
    INFO(piece << " x " << times << ": " << half << ", " << whole);
    CHECK(half + Ticker::period > once.size());
    CHECK(whole <= 2 * half + 2 * Ticker::period);
    CHECK(whole <= most * twice.size());
}

// Random bytes in which keywords, leads and stray continuations meet.
std::vector<char> random_bytes(Random& random) {
    constexpr std::string_view nasty =
        "aab  k\t-\x00\x80\x84\xA0\xAA\xBF\xC2\xC3\xA9\xC5\xBF\xE2\x84\xAA\xE3\x80\xED\xEF\xBD\xF0"
        "\x9F\x8E\xAF\xF4\xF5\xFF"sv;
    std::vector<char> out;
    for (std::size_t size = random.below(24); out.size() < size;) out.push_back(random.pick(nasty));
    out.shrink_to_fit();
    return out;
}

// True if the hits lie in the message, in order, and those of one list do not overlap.
bool well_formed(const std::vector<Hit>& hits, std::size_t size, std::size_t lists) {
    std::vector<std::uint32_t> covered(lists, 0);
    std::uint32_t last = 0;
    for (const Hit& hit : hits) {
        if (hit.begin < last || hit.begin < covered[hit.list] || hit.end <= hit.begin) return false;
        if (hit.end > size) return false;
        last = hit.begin;
        covered[hit.list] = hit.end;
    }
    return true;
}

// Hits in one line.
std::string to_text(const std::vector<Hit>& hits) {
    std::string out;
    for (const Hit& hit : hits) {
        out += std::to_string(hit.list) + "/" + std::to_string(hit.entry) + "@" +
               std::to_string(hit.begin) + "-" + std::to_string(hit.end) + " ";
    }
    return out;
}

}  // namespace

TEST_CASE("matcher: broken text is read to its end and not beyond", "[matcher][random]") {
    const ParsedList lists[] = {
        good_list(R"(["a b", "k", "\u00e9", {"keyword": "\u212aa", "match": "fragment"}])"),
        good_list(R"([{"keyword": "a", "match": "fragment"}, "\ud83c\udfaf"])"),
        good_list(R"([{"keyword": "\u00e9 \uff41", "match": "word"}, "\u017f", "\u3042b"])")};
    const KeywordList keyword_lists[] = {lists[0].list, lists[1].list, lists[2].list};
    Ticker ticker;
    const Matcher bounded = Matcher::compile(keyword_lists, Semantics::bounded, ticker);
    const Matcher plain = Matcher::compile(keyword_lists, Semantics::plain, ticker);
    MatcherScratch scratch;
    Random random(20);
    std::size_t found = 0;
    for (int round = 0; round < 200'000; ++round) {
        const std::vector<char> message = random_bytes(random);
        for (const Matcher* matcher : {&bounded, &plain}) {
            const auto hits =
                collect_hits(*matcher, {message.data(), message.size()}, scratch, ticker);
            if (!well_formed(hits, message.size(), 3)) FAIL("seed " << seed() << to_text(hits));
            found += hits.size();
        }
    }
    CHECK(found > 200'000);
}

TEST_CASE("matcher: a broken byte is a boundary and no letter", "[matcher]") {
    const Matcher matcher = compiled(R"([{"keyword": "ab", "match": "word"}])");
    Ticker ticker;
    MatcherScratch scratch;
    for (const auto* const message : {"\xFF"
                                      "ab\xFF",
                                      "\xC3"
                                      "ab",
                                      "\x80"
                                      "ab\x80",
                                      "ab\xE2\x82"}) {
        CHECK(collect_hits(matcher, message, scratch, ticker).size() == 1);
    }
    for (const auto* const message : {"a\xFF"
                                      "b",
                                      "a\xC3"
                                      "b",
                                      "a\x80"
                                      "b"}) {
        CHECK(collect_hits(matcher, message, scratch, ticker).empty());
    }
}

TEST_CASE("matcher: time is linear in the message", "[matcher]") {
    for (const bool ascending : {true, false}) {
        for (const auto semantics : {Semantics::bounded, Semantics::plain}) {
            const Matcher matcher = compiled(runs_of_a(ascending), semantics);
            check_linear(matcher, "a", 80'000, 110);
        }
    }
    // All but the first are shadowed: the work must not grow with their length.
    check_linear(compiled(runs_of_a(true)), "a", 500'000, 20);
}

TEST_CASE("matcher: long runs of white space are read once for each space", "[matcher]") {
    const Matcher matcher = compiled(R"(["a a a", "a a b", {"keyword": "- -", "match": "word"}])");
    check_linear(matcher, "a" + repeated(" ", 999), 500, 20);
    check_linear(matcher, "a \t\xC2\xA0\xE3\x80\x80 ", 50'000, 20);
    check_linear(matcher, " ", 500'000, 3);
    check_linear(matcher, "a ", 250'000, 20);
    const std::string fifty = repeated("a ", 49) + "b";
    check_linear(compiled("[\"" + fifty + "\"]"), "a" + repeated(" ", 99), 3'000, 60);
}

TEST_CASE("matcher: near misses of the longest keyword", "[matcher]") {
    const std::string a99(99, 'a');
    const Matcher matcher =
        compiled(R"([{"match": "fragment", "keyword": ")" + a99 + "b\"}, \"" + a99 + "c\"]");
    check_linear(matcher, "a", 80'000, 110);
    check_linear(matcher, a99 + "d", 1'000, 110);
}

TEST_CASE("matcher: many lists that hit at once are work, too", "[matcher]") {
    const ParsedList parsed = good_list(R"([{"keyword": "a", "match": "fragment"}])");
    const std::vector<KeywordList> lists(500, parsed.list);
    Ticker quiet;
    const Matcher matcher = Matcher::compile(lists, Semantics::bounded, quiet);
    MatcherScratch scratch;
    polls = 0;
    Ticker ticker(count_poll);
    std::size_t hits = 0;
    matcher.scan(std::string(20'000, 'a'), scratch, ticker, [&](const Hit&) { return ++hits > 0; });
    CHECK(hits == 10'000'000);
    // Some hundred thousand hits between two polls would be milliseconds.
    CHECK(polls >= hits / (4 * Ticker::period));
}

TEST_CASE("matcher: an interrupt stops a scan, and everything stays usable", "[matcher]") {
    const Matcher matcher = compiled(runs_of_a(false));
    const std::string message = std::string(500'000, 'a') + " - a";
    Ticker quiet;
    MatcherScratch fresh;
    const std::string expected = to_text(collect_hits(matcher, "aaa b aa", fresh, quiet));
    REQUIRE_FALSE(expected.empty());
    MatcherScratch scratch;
    std::size_t stopped = 0;
    for (std::size_t allowed = 0;; ++allowed) {
        polls_allowed = allowed;
        Ticker ticker(stop_later);
        try {
            collect_hits(matcher, message, scratch, ticker);
            break;
        } catch (const Stopped&) {
            ++stopped;
        }
        if (to_text(collect_hits(matcher, "aaa b aa", scratch, quiet)) != expected) {
            FAIL("other hits after " << allowed << " polls");
        }
    }
    CHECK(stopped >= 5);
}

TEST_CASE("matcher: an interrupt in the middle of a run of white space", "[matcher]") {
    const Matcher matcher = compiled(R"(["a b"])");
    const std::string message = "a" + std::string(10 * Ticker::period, ' ') + "b";
    MatcherScratch scratch;
    polls_allowed = 5;
    Ticker ticker(stop_later);
    CHECK_THROWS_AS(collect_hits(matcher, message, scratch, ticker), Stopped);
    Ticker quiet;
    CHECK(collect_hits(matcher, message, scratch, quiet).size() == 1);
}

TEST_CASE("matcher: what a hit's owner throws leaves the scratch usable", "[matcher]") {
    const ParsedList parsed = good_list(R"(["a", "ab"])");
    const std::vector<KeywordList> lists(3, parsed.list);
    Ticker ticker;
    const Matcher matcher = Matcher::compile(lists, Semantics::plain, ticker);
    MatcherScratch scratch;
    const auto thrower = [](const Hit& hit) -> bool {
        if (hit.list == 1) throw Stopped{};
        return true;
    };
    CHECK_THROWS_AS(matcher.scan("ab", scratch, ticker, thrower), Stopped);
    CHECK(collect_hits(matcher, "ab", scratch, ticker).size() == 3);
}

TEST_CASE("matcher: an interrupt stops parsing, shadows and compilation", "[matcher]") {
    std::string text = "[\"k0\"";
    for (int i = 1; i < 100'000; ++i) text += ",\"k" + std::to_string(i) + "\"";
    text += "]";
    const ParsedList parsed = good_list(text);
    const auto edges = edges_of(parsed.list);
    const auto stops = [](auto&& act) {
        polls_allowed = 0;
        Ticker ticker(stop_later);
        CHECK_THROWS_AS(act(ticker), Stopped);
    };
    stops([&](Ticker& ticker) {
        Problems problems;
        read_keyword_list(parsed.json.view(), Reporter(problems), ticker);
    });
    stops([&](Ticker& ticker) { find_shadows(parsed.list, edges, ticker); });
    stops([&](Ticker& ticker) { Matcher::compile({&parsed.list, 1}, Semantics::bounded, ticker); });
    const Matcher matcher = compiled(text);
    stops([&](Ticker& ticker) { compile_plain(matcher, ticker); });
}

TEST_CASE("matcher: a hundred thousand keywords", "[matcher]") {
    std::string text;
    for (int i = 0; i < 100'000; ++i) {
        text += text.empty() ? "[" : ",";
        text += R"({"match": "word", "keyword": "k)" + std::to_string(i) + "\"}";
    }
    const ParsedList parsed = good_list(text + "]");
    CHECK(parsed.list.keywords().size() == 100'000);
    polls = 0;
    Ticker ticker(count_poll);
    const Matcher matcher = Matcher::compile({&parsed.list, 1}, Semantics::bounded, ticker);
    CHECK(polls >= 10);
    CHECK(polls * Ticker::period < 100'000 * 200);
    CHECK(matcher.memory() < 32u << 20);
    MatcherScratch scratch;
    const auto hits = collect_hits(matcher, "k0 k99999 k5 k100000 k05 k31415", scratch, ticker);
    CHECK(to_text(hits) == "0/0@0-2 0/99999@3-9 0/5@10-12 0/31415@25-31 ");
}

TEST_CASE("matcher: more hits than can be listed", "[matcher]") {
    const Matcher matcher = compiled(R"([{"keyword": "a", "match": "fragment"}])");
    const std::string message(max_collected_hits + 1, 'a');
    Ticker ticker;
    MatcherScratch scratch;
    try {
        collect_hits(matcher, message, scratch, ticker);
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::limit_exceeded);
        CHECK(error.message() == "too many keyword hits in one message");
        CHECK(error.detail() == "At most 10000000 can be listed.");
        CHECK_FALSE(error.hint().empty());
    }
    const auto allowed = std::string_view(message).substr(1);
    CHECK(collect_hits(matcher, allowed, scratch, ticker).size() == max_collected_hits);
}

TEST_CASE("matcher: a message beyond the limit is refused before it is read", "[matcher]") {
    const Matcher matcher = compiled(R"(["a"])");
    Ticker ticker;
    MatcherScratch scratch;
    const std::string_view huge("a", Matcher::max_message + 1);
    CHECK_THROWS_AS(collect_hits(matcher, huge, scratch, ticker), Error);
    CHECK(collect_hits(matcher, "a", scratch, ticker).size() == 1);
}

TEST_CASE("matcher: one scratch serves any matcher in any order", "[matcher][random]") {
    Random random(21);
    const Characters alphabet = {U'a', U'b', U' '};
    std::vector<Matcher> matchers;
    for (int i = 0; i < 20; ++i) {
        std::vector<ParsedList> parsed;
        std::vector<KeywordList> lists;
        for (std::size_t count = random.below(6); lists.size() < count;) {
            parsed.push_back(good_list(to_json(random_list(random, alphabet, 6))));
            lists.push_back(parsed.back().list);
        }
        Ticker ticker;
        matchers.push_back(Matcher::compile(lists, Semantics::bounded, ticker));
    }
    MatcherScratch shared;
    Ticker ticker;
    for (int round = 0; round < 50'000; ++round) {
        const Matcher& matcher = matchers[random.below(matchers.size())];
        const std::string message = to_utf8(random_text(random, alphabet, 12));
        MatcherScratch fresh;
        const auto hits = collect_hits(matcher, message, shared, ticker);
        if (to_text(hits) != to_text(collect_hits(matcher, message, fresh, ticker))) {
            FAIL("seed " << seed() << ", message <" << message << ">");
        }
    }
    SUCCEED();
}
