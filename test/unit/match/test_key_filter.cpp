// The key filter may let too much pass, never too little; and it must reject enough to be worth it.
#include "core/match/key_filter.hpp"

#include "core/base/bytes.hpp"
#include "core/match/folded_text.hpp"
#include "core/text/unicode.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/naive_hits.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// The folded characters of a keyword.
std::u32string folded_of(const OracleEntry& entry, bool bounded) {
    std::u32string out;
    for (const char32_t c : oracle_keyword(entry, bounded).letters) out += unicode::fold(c);
    return out;
}

// What a keyword asks for.
Edges edges_of(const OracleEntry& entry, bool bounded) {
    return bounded ? edges_of(folded_of(entry, true), entry.match) : Edges{false, false};
}

// The key of a keyword.
Key key_of(const OracleEntry& entry, bool bounded) {
    const std::u32string folded = folded_of(entry, bounded);
    std::string bytes = to_utf8(folded);
    if (bounded) std::replace(bytes.begin(), bytes.end(), '-', ' ');
    return key_of(folded, bytes, edges_of(entry, bounded));
}

// A filter for the entries of a list.
KeyFilter filter_of(const OracleList& list, bool bounded) {
    KeyFilter filter(list.size());
    for (const OracleEntry& entry : list) {
        filter.add(key_of(entry, bounded), edges_of(entry, bounded));
    }
    return filter;
}

// Keywords of one kind.
OracleList list_of(const std::vector<std::u32string_view>& words, Match match) {
    OracleList out;
    for (const std::u32string_view word : words) out.push_back({std::u32string(word), match});
    return out;
}

// The candidates of a message that fits into one window, which `text` holds afterwards.
std::vector<std::uint64_t> candidates_of(const KeyFilter& filter, FoldedText& text,
                                         std::string_view message, bool bounded,
                                         const Kernel& kernel = best_kernel()) {
    Ticker ticker;
    text.start(message, bounded, kernel);
    if (!text.next(ticker)) return {};
    std::vector<std::uint64_t> out(candidate::most * FoldedText::positions + candidate::spare);
    out.resize(
        kernel.find(filter.probe(), text.bits(), FoldedText::first, text.limit(), out.data()));
    return out;
}

// The key that a candidate stands for, of an open one the key of `size` bytes.
std::uint64_t key_at(const FoldedText& text, std::uint64_t found, unsigned size) {
    const std::size_t position = found & candidate::position;
    const std::uint64_t window = load64(text.at(position));
    if ((found & candidate::is_open) != 0) return window & low_bytes[size];
    if ((found & candidate::is_short) != 0) return window & short_key_masks[text.run(position)];
    return window & low_bytes[6];
}

// True if a candidate makes the trie look for this key.
bool leads_to(const KeyFilter& filter, const FoldedText& text, std::uint64_t found,
              const Key& key) {
    if (((found & candidate::is_open) != 0) != key.open) return false;
    if (!key.open) return key_at(text, found, 0) == key.bytes;
    for (unsigned size = 1; size < 4; ++size) {
        if (filter.has_open(size) && key_at(text, found, size) == key.bytes) return true;
    }
    return false;
}

// Bytes of the message at which candidates are, one or more.
std::vector<std::size_t> passing(const OracleList& list, std::string_view message) {
    FoldedText text;
    std::vector<std::size_t> out;
    for (const std::uint64_t found : candidates_of(filter_of(list, true), text, message, true)) {
        const std::size_t at = text.original(found & candidate::position);
        if (out.empty() || out.back() != at) out.push_back(at);
    }
    return out;
}

// Fails if an entry that holds at byte `offset` has no candidate there; returns how many hold.
std::size_t check_position(const OracleList& list, const Letters& letters, std::size_t at,
                           std::u32string_view message, bool bounded, const KeyFilter& filter,
                           const FoldedText& text, const std::vector<std::uint64_t>& found,
                           std::size_t offset) {
    std::size_t held = 0;
    for (const OracleEntry& entry : list) {
        if (!oracle_match(oracle_keyword(entry, bounded), letters, at)) continue;
        ++held;
        const Key key = key_of(entry, bounded);
        const bool is_found = std::any_of(found.begin(), found.end(), [&](std::uint64_t one) {
            return text.original(one & candidate::position) == offset &&
                   leads_to(filter, text, one, key);
        });
        if (is_found) continue;
        FAIL("seed " << seed() << (bounded ? " bounded " : " plain ") << shown(to_json(list))
                     << " on <" << shown(to_utf8(message)) << ">: <" << shown(to_utf8(entry.text))
                     << "> is missed at byte " << offset);
    }
    return held;
}

}  // namespace

TEST_CASE("key filter: the key of a keyword", "[key_filter]") {
    struct Case {
        std::u32string_view keyword;
        Match match;
        std::string_view key;
        bool open;
    };
    const std::vector<Case> cases = {
        {U"deployment", Match::automatic, "deploy", false},
        {U"deploy", Match::word, "deploy", false},
        {U"deploy", Match::fragment, "deploy", false},
        {U"a b c d", Match::fragment, "a b c ", false},
        // Four or five bytes: four, unless a shorter word stands first.
        {U"Docke", Match::automatic, "dock", false},
        {U"bash", Match::word, "bash", false},
        {U"bash", Match::fragment, "bash", false},
        {U"abcd-", Match::automatic, "abcd", false},
        {U"#tag", Match::automatic, "#tag", false},
        {U"to-do", Match::automatic, "to ", true},
        {U"abc-", Match::automatic, "abc", true},
        {U"c-\u2010", Match::automatic, "c  ", true},
        // A mark joins or does not.
        {U"\u0E48-", Match::automatic, "\u0E48", true},
        {U"a\u0E48-", Match::automatic, "a\u0E48", false},
        {U"ab cd", Match::word, "ab ", true},
        // Up to three: all, open unless it is a word.
        {U"sql", Match::automatic, "sql", false},
        {U"sql", Match::prefix, "sql", true},
        {U"sql", Match::fragment, "sql", true},
        {U"C", Match::word, "c", false},
        {U"c", Match::prefix, "c", true},
        {U"c++", Match::word, "c++", true},
        {U"#ab", Match::word, "#ab", true},
        {U"+", Match::automatic, "+", true},
        // Bytes count, not characters.
        {U"É", Match::word, "é", false},
        {U"é", Match::fragment, "é", true},
        {U"aé", Match::word, "aé", false},
        {U"étu", Match::automatic, "étu", false},
        {U"éa-", Match::automatic, "éa", true},
        {U"éé", Match::fragment, "éé", false},
        {U"abcé", Match::automatic, "abc\xC3", false},
        {U"\U00010400", Match::word, "\U00010428", false},
        {U"\U0001F3AF", Match::automatic, "\U0001F3AF", false},
        {U"\u212A8s", Match::word, "k8s", false},
        // Characters of scripts without spaces are no word.
        {U"漢", Match::word, "漢", true},
        {U"漢字", Match::word, "漢字", false},
        {U"漢a", Match::word, "漢a", false},
        {U"a漢", Match::word, "a\xE6\xBC", true},
    };
    for (const Case& one : cases) {
        INFO(shown(to_utf8(one.keyword)) << ' ' << static_cast<int>(one.match));
        const Key key = key_of({std::u32string(one.keyword), one.match}, true);
        std::string bytes;
        for (std::uint64_t rest = key.bytes; rest != 0; rest >>= 8) {
            bytes += static_cast<char>(rest & 0xFF);
        }
        CHECK(bytes == one.key);
        CHECK(key.open == one.open);
    }
}

TEST_CASE("key filter: it finds words at their start", "[key_filter]") {
    using Positions = std::vector<std::size_t>;
    const OracleList list = list_of({U"deploy", U"ci"}, Match::automatic);
    CHECK(passing(list, "") == Positions{});
    CHECK(passing(list, "deploy") == Positions{0});
    CHECK(passing(list, "the new deployment redeploy DEPLOY-CI") == Positions{8, 28, 35});
    CHECK(passing(list, "cix deplo") == Positions{});
    CHECK(passing(list_of({U"deploy"}, Match::fragment), "redeploy") == Positions{2});
    CHECK(passing(list_of({U"c++"}, Match::automatic), "c cc++ c++") == Positions{7});
    CHECK(passing({}, "deploy anything at all") == Positions{});
}

TEST_CASE("key filter: an empty one lets nothing pass", "[key_filter]") {
    FoldedText text;
    CHECK(candidates_of(KeyFilter(), text, "a b \xC3\xA9", true).empty());
    CHECK(KeyFilter().probe().open_keys == nullptr);
}

TEST_CASE("key filter: open keys by size", "[key_filter]") {
    struct Case {
        std::vector<std::u32string_view> keywords;
        unsigned sizes;
    };
    const std::vector<Case> cases = {{{U"deploy", U"bash"}, 0},
                                     {{U"c"}, 1u << 1},
                                     {{U"ai"}, 1u << 2},
                                     {{U"sql"}, 1u << 3},
                                     {{U"c", U"sql"}, 1u << 1 | 1u << 3},
                                     {{U"a-b-", U"c+", U"+"}, 1u << 1 | 1u << 2 | 1u << 3}};
    for (const Case& one : cases) {
        INFO(one.sizes);
        const KeyFilter filter = filter_of(list_of(one.keywords, Match::fragment), true);
        for (unsigned size = 1; size < 4; ++size) {
            CHECK(filter.has_open(size) == ((one.sizes >> size & 1) != 0));
        }
        CHECK((filter.probe().open_keys != nullptr) == (one.sizes != 0));
    }
}

TEST_CASE("key filter: few first bytes are looked for, more mean every position", "[key_filter]") {
    constexpr std::u32string_view letters = U"abcdefgh";
    KeyFilter filter;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        INFO(i);
        OracleEntry entry{std::u32string(1, letters[i]) + U"zzzzzz", Match::fragment};
        for (int again = 0; again < 2; ++again) {
            filter.add(key_of(entry, true), edges_of(entry, true));
        }
        CHECK(filter.probe().first_byte_count == (i < 4 ? i + 1 : 0));
        CHECK(filter.probe().every_position == (i >= 4));
        // Words that start at a boundary ask for nothing.
        entry.text.front() = U'x';
        entry.match = Match::word;
        filter.add(key_of(entry, true), edges_of(entry, true));
        CHECK(filter.probe().every_position == (i >= 4));
        FoldedText text;
        const auto found = candidates_of(filter, text, "--yazzzzzzy", true);
        CHECK(std::count_if(found.begin(), found.end(), [](std::uint64_t one) {
                  return (one & 0xFFFFFFFF) == FoldedText::first + 3;
              }) == 1);
    }
}

TEST_CASE("key filter: it grows with the keywords, up to a limit", "[key_filter]") {
    CHECK(KeyFilter(1).memory() == 65536 / 8);
    CHECK(KeyFilter(4096).memory() == 65536 / 8);
    CHECK(KeyFilter(4097).memory() == 131072 / 8);
    CHECK(KeyFilter(100'000).memory() == (1u << 21) / 8);
    CHECK(KeyFilter(100'000'000).memory() == (1u << 22) / 8);
}

TEST_CASE("key filter: most of a text without keywords is rejected", "[key_filter][random]") {
    constexpr std::u32string_view consonants = U"bcdfghjklmnpqrstvwxz";
    for (const std::size_t keywords : {10, 1'000, 10'000, 100'000}) {
        Random random(94);
        const auto random_word = [&](char32_t vowel) {
            std::u32string word;
            for (int i = 0; i < 5; ++i) word += random.pick(consonants);
            return word.insert(1, 1, vowel);
        };
        KeyFilter filter(keywords);
        for (std::size_t i = 0; i < keywords; ++i) {
            const OracleEntry entry{random_word(U'a'), Match::automatic};
            filter.add(key_of(entry, true), edges_of(entry, true));
        }
        FoldedText text;
        std::size_t words = 0;
        std::size_t found = 0;
        for (int i = 0; i < 100; ++i) {
            std::u32string message;
            for (int word = 0; word < 400; ++word) message += random_word(U'o') + U' ';
            found += candidates_of(filter, text, to_utf8(message), true).size();
            words += 400;
        }
        INFO(keywords << " keywords: " << found << " candidates for " << words << " words");
        // Two keys are asked for each word, in a set with 1/16 of the bits at most.
        CHECK(found * 8 <= words + words / 10);
        if (keywords <= 1'000) CHECK(found * 20 <= words);
    }
}

TEST_CASE("key filter: no start of a keyword is missed", "[key_filter][random]") {
    Random random(50);
    FoldedText text;
    std::size_t starts = 0;
    for (std::size_t round = 0; round < 12'000; ++round) {
        const Kernel& kernel = *kernels()[round % kernels().size()];
        Characters alphabet = random_alphabet(random);
        if (random.once_in(2)) alphabet = {U'a', U'B', U'k', U' ', U'-', U'\t', 0x212A, 0xE9};
        const OracleList list = random_list(random, alphabet, random.once_in(4) ? 20 : 3);
        const bool bounded = !random.once_in(3);
        const KeyFilter filter = filter_of(list, bounded);
        for (int i = 0; i < 4; ++i) {
            const std::u32string message = random_text(random, alphabet, 24);
            const std::string bytes = to_utf8(message);
            const auto found = candidates_of(filter, text, bytes, bounded, kernel);
            const std::vector<std::uint32_t> offsets = offsets_of(message);
            const Letters letters = oracle_letters(message, bounded);
            for (std::size_t at = 0; at < letters.size(); ++at) {
                starts += check_position(list, letters, at, message, bounded, filter, text, found,
                                         offsets[letters[at].begin]);
            }
        }
    }
    CHECK(starts > 60'000);
}
