// The matcher against the naive oracle, hit by hit, over random lists and messages, with every kernel
// in turn.
#include "core/match/matcher.hpp"

#include "support/case_builder.hpp"
#include "support/case_classes.hpp"
#include "support/catch.hpp"
#include "support/naive_hits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// Lists compiled under both semantics, as the oracle has them and as the matcher does.
struct Compiled {
    std::vector<OracleList> lists;
    Matcher bounded;
    Matcher plain;
    Matcher plain_again;  // from the bounded one, with the best kernel
    const char* kernel;
};

// Compiles lists that must be accepted, with the kernel whose turn it is.
Compiled compile(const std::vector<OracleList>& lists, std::size_t round) {
    const Kernel& kernel = *kernels()[round % kernels().size()];
    Ticker ticker;
    std::vector<ParsedList> parsed;
    std::vector<KeywordList> keyword_lists;
    for (const OracleList& list : lists) {
        parsed.push_back(good_list(to_json(list)));
        keyword_lists.push_back(parsed.back().list);
    }
    Matcher bounded = Matcher::compile(keyword_lists, Semantics::bounded, ticker, kernel);
    Matcher again = compile_plain(bounded, ticker);
    return {lists, std::move(bounded),
            Matcher::compile(keyword_lists, Semantics::plain, ticker, kernel), std::move(again),
            kernel.name};
}

// Gives every entry the weight 1, which compile_plain does.
void forget_weights(std::vector<OracleList>& lists) {
    for (OracleList& list : lists) {
        for (OracleEntry& entry : list) entry.weight = KeywordList::weight_unit;
    }
}

// Fails with the whole case where the matcher does not agree; returns the number of hits.
std::size_t compare(const Matcher& matcher, const Compiled& compiled, std::u32string_view message,
                    bool bounded, MatcherScratch& scratch) {
    // In a buffer of its own size, so that the address sanitizer sees a step beyond it.
    const std::string text = to_utf8(message);
    const std::vector<char> exact(text.begin(), text.end());
    Ticker ticker;
    const auto found = collect_hits(matcher, {exact.data(), exact.size()}, scratch, ticker);
    std::vector<OracleList> compiled_lists = compiled.lists;
    if (&matcher == &compiled.plain_again) forget_weights(compiled_lists);
    const auto expected = expected_hits(compiled_lists, message, offsets_of(message), bounded);
    if (std::equal(found.begin(), found.end(), expected.begin(), expected.end(), same)) {
        return found.size();
    }
    std::string lists;
    for (const OracleList& list : compiled.lists) lists += "\n  list " + shown(to_json(list));
    FAIL("ARIA_FOCUS_SEED=" << seed() << (bounded ? " bounded, " : " plain, ") << compiled.kernel
                            << lists << "\n  message <" << shown(text) << ">\n  expected"
                            << to_text(expected) << "\n  found   " << to_text(found));
    return 0;
}

// Compares over random lists, several messages each; returns the number of hits under both semantics.
std::size_t run(std::uint64_t stream, std::size_t rounds, std::size_t most_entries,
                std::size_t longest_message) {
    Random random(stream);
    MatcherScratch scratch;
    std::size_t hits = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        const Characters alphabet = random_alphabet(random);
        std::vector<OracleList> lists(random.between(1, 4));
        for (OracleList& list : lists) list = random_list(random, alphabet, most_entries);
        const Compiled compiled = compile(lists, round);
        for (int i = 0; i < 10; ++i) {
            const std::u32string message = random_text(random, alphabet, longest_message);
            hits += compare(compiled.bounded, compiled, message, true, scratch);
            hits += compare(compiled.plain, compiled, message, false, scratch);
            compare(compiled.plain_again, compiled, message, false, scratch);
        }
    }
    return hits;
}

}  // namespace

TEST_CASE("matcher: the naive oracle agrees on short messages", "[matcher][random]") {
    // Without many hits the comparison would say little.
    CHECK(run(10, 20'000, 5, 12) > 200'000);
}

TEST_CASE("matcher: the naive oracle agrees on long lists and messages", "[matcher][random]") {
    CHECK(run(11, 2'000, 40, 80) > 300'000);
}

TEST_CASE("matcher: the naive oracle agrees on two letters and white space", "[matcher][random]") {
    Random random(12);
    MatcherScratch scratch;
    const Characters alphabet = {U'a', U'b', U' ', 0xA0};
    std::size_t hits = 0;
    for (std::size_t round = 0; round < 10'000; ++round) {
        const Compiled compiled = compile(
            {random_list(random, alphabet, 8), random_list(random, {U'a', U' '}, 6)}, round);
        for (int i = 0; i < 10; ++i) {
            const std::u32string message = random_text(random, alphabet, 20);
            hits += compare(compiled.bounded, compiled, message, true, scratch);
            hits += compare(compiled.plain, compiled, message, false, scratch);
        }
    }
    CHECK(hits > 100'000);
}

TEST_CASE("matcher: the naive oracle agrees on ASCII words", "[matcher][random]") {
    // Characters that differ in bit 5 only, that end words or do not, or that are controls.
    constexpr std::u32string_view ascii = U"aAbB0zZkKsSiI @`[{_\x7F^~-.\t\n!";
    Random random(13);
    MatcherScratch scratch;
    std::size_t hits = 0;
    for (std::size_t round = 0; round < 10'000; ++round) {
        Characters alphabet;
        for (std::size_t size = random.between(2, 7); alphabet.size() < size;) {
            alphabet.push_back(random.pick(ascii));
        }
        const Compiled compiled = compile(
            {random_list(random, alphabet, 10), random_list(random, {U'a', U'b', U' '}, 3)}, round);
        for (int i = 0; i < 10; ++i) {
            const std::u32string message = random_text(random, alphabet, 30);
            hits += compare(compiled.bounded, compiled, message, true, scratch);
            hits += compare(compiled.plain, compiled, message, false, scratch);
        }
    }
    CHECK(hits > 300'000);
}

TEST_CASE("matcher: the naive oracle agrees where keywords share four characters",
          "[matcher][random]") {
    constexpr std::array<std::u32string_view, 10> stems = {
        U"abcd", U"abc", U"ab d", U"a bc", U"ABcd", U"abc ", U"a-b ", U"a b ", U"abk", U"ab"};
    const Characters alphabet = {U'a', U'b', U'D', U' ', U'-', U'k', 0x212A, U'\t'};
    Random random(15);
    MatcherScratch scratch;
    std::size_t hits = 0;
    for (std::size_t round = 0; round < 10'000; ++round) {
        std::vector<OracleList> lists(random.between(1, 3));
        for (OracleList& list : lists) {
            for (OracleEntry& entry : random_list(random, alphabet, 6)) {
                entry.text.resize(std::min<std::size_t>(entry.text.size(), random.below(3)));
                entry.text.insert(0, random.pick(stems));
                const bool refused =
                    entry.text.ends_with(U' ') || entry.text.find(U"  ") != entry.text.npos;
                const bool taken = std::any_of(list.begin(), list.end(), [&](const auto& other) {
                    return same_text(other.text, entry.text);
                });
                if (!refused && !taken) list.push_back(entry);
            }
        }
        const Compiled compiled = compile(lists, round);
        for (int i = 0; i < 5; ++i) {
            std::u32string message;
            for (std::size_t words = random.below(5); words > 0; --words) {
                message += random_text(random, alphabet, 2);
                message += random.pick(stems);
                message += random_text(random, alphabet, 4);
            }
            hits += compare(compiled.bounded, compiled, message, true, scratch);
            hits += compare(compiled.plain, compiled, message, false, scratch);
        }
    }
    CHECK(hits > 30'000);
}

TEST_CASE("matcher: the naive oracle agrees on long messages", "[matcher][random]") {
    CHECK(run(14, 10, 4, 60'000) > 300'000);
}

TEST_CASE("matcher: every pair of neighbours, every kind of match", "[matcher]") {
    MatcherScratch scratch;
    std::size_t hits = 0;
    for (const char32_t keyword : nasty_characters) {
        if (keyword_letters({&keyword, 1}).empty()) continue;
        std::vector<OracleList> lists;
        for (int match = 0; match < 4; ++match) {
            lists.push_back({{{keyword}, static_cast<Match>(match)}});
            lists.push_back({{{keyword, keyword}, static_cast<Match>(match)}});
        }
        const Compiled compiled = compile(lists, keyword);
        for (const char32_t left : nasty_characters) {
            for (const char32_t right : nasty_characters) {
                hits += compare(compiled.bounded, compiled, std::u32string{left, keyword, right},
                                true, scratch);
                hits += compare(compiled.bounded, compiled,
                                std::u32string{left, keyword, keyword, right}, true, scratch);
            }
        }
    }
    CHECK(hits > 400'000);
}

TEST_CASE("matcher: every member of a case class is found for every other", "[matcher]") {
    MatcherScratch scratch;
    for (char32_t c = 0x21; c < 0x1F000; ++c) {
        const std::vector<char32_t> members = case_class(c);
        if (members.size() < 2 || unicode::fold(c) != c) continue;
        for (const char32_t keyword : members) {
            const Compiled compiled = compile({{{{keyword}, Match::fragment}},
                                               {{{U'x', keyword}, Match::fragment}},
                                               {{{keyword, U'x'}, Match::fragment}}},
                                              keyword);
            std::u32string message = U"x";
            for (const char32_t member : members) message.append({member, U'x'});
            compare(compiled.bounded, compiled, message, true, scratch);
            Ticker ticker;
            const auto hits = collect_hits(compiled.bounded, to_utf8(message), scratch, ticker, 0);
            // A mark is found with its base only.
            if (std::any_of(members.begin(), members.end(), unicode::is_mark)) continue;
            if (hits.size() < members.size()) FAIL("U+" << std::hex << std::uint32_t{keyword});
        }
    }
}
