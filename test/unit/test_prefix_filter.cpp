// The prefix filter may let too much pass, never too little; and it must reject enough to be worth it.
#include "core/prefix_filter.hpp"

#include "case_builder.hpp"
#include "catch.hpp"
#include "oracle.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::test;

namespace {

// A filter for the entries of a list.
PrefixFilter filter_of(const OracleList& list, bool bounded) {
    PrefixFilter filter(list.size());
    for (const OracleEntry& entry : list) {
        std::u32string folded;
        for (const char32_t c : entry.text) folded += unicode::fold(c);
        const Edges edges = bounded ? edges_of(folded, entry.match) : Edges{false, false};
        filter.add(folded, edges, bounded ? Semantics::bounded : Semantics::plain);
    }
    return filter;
}

// A list of words in ASCII.
OracleList list_of(const std::vector<std::string_view>& words, Match match) {
    OracleList out;
    for (const std::string_view word : words) {
        out.push_back({std::u32string(word.begin(), word.end()), match});
    }
    return out;
}

// The positions that pass, one after the other.
std::vector<std::size_t> passing(const PrefixFilter& filter, const std::vector<char>& message) {
    const char* const begin = message.data();
    const char* const end = begin + message.size();
    std::vector<std::size_t> out;
    for (const char* at = begin; (at = filter.find(begin, at, end, end)) != end; ++at) {
        out.push_back(static_cast<std::size_t>(at - begin));
    }
    return out;
}

// The same for a text.
std::vector<std::size_t> passing(const OracleList& list, std::string_view message) {
    return passing(filter_of(list, true), std::vector<char>(message.begin(), message.end()));
}

}  // namespace

TEST_CASE("prefix filter: it finds words at their start", "[prefix_filter]") {
    using Positions = std::vector<std::size_t>;
    const OracleList list = list_of({"deploy", "ci"}, Match::automatic);
    CHECK(passing(list, "") == Positions{});
    CHECK(passing(list, "deploy") == Positions{0});
    CHECK(passing(list, "the new deployment redeploy DEPLOY-CI") == Positions{8, 28, 35});
    CHECK(passing(list_of({"deploy"}, Match::fragment), "redeploy") == Positions{2});
    CHECK(passing({}, "deploy anything at all") == Positions{});
}

TEST_CASE("prefix filter: it stops where it is told to", "[prefix_filter]") {
    const PrefixFilter filter = filter_of(list_of({"deploy"}, Match::automatic), true);
    const std::string message = "1234567 deploy deploy";
    const char* const begin = message.data();
    const char* const end = begin + message.size();
    for (std::size_t stop = 0; stop <= message.size(); ++stop) {
        INFO(stop);
        CHECK(filter.find(begin, begin, begin + stop, end) ==
              begin + std::min<std::size_t>(stop, 8));
    }
    CHECK(filter.find(begin, begin + 9, end, end) == begin + 15);
}

TEST_CASE("prefix filter: an empty one lets nothing pass", "[prefix_filter]") {
    const PrefixFilter filter;
    CHECK(passing(filter, {'a', ' ', 'b', '\xC3', '\xA9'}).empty());
}

TEST_CASE("prefix filter: most of a text without keywords is rejected", "[prefix_filter]") {
    const OracleList list =
        list_of({"deploy", "docker", "pipeline", "security", "postgres", "sql"}, Match::automatic);
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text +=
            "Could you please tell me what the weather will be like in the mountains tomorrow? ";
    }
    CHECK(passing(list, text).empty());
}

TEST_CASE("prefix filter: no start of a keyword is missed", "[prefix_filter][random]") {
    Random random(50);
    std::size_t starts = 0;
    for (int round = 0; round < 20'000; ++round) {
        Characters alphabet = random_alphabet(random);
        if (random.once_in(2)) alphabet = {U'a', U'B', U'k', U' ', U'-', U'\t', 0x212A, 0xE9};
        const OracleList list = random_list(random, alphabet, random.once_in(4) ? 20 : 3);
        const bool bounded = !random.once_in(3);
        const PrefixFilter filter = filter_of(list, bounded);
        for (int i = 0; i < 4; ++i) {
            const std::u32string message = random_text(random, alphabet, 24);
            const std::string text = to_utf8(message);
            const auto found = passing(filter, std::vector<char>(text.begin(), text.end()));
            std::size_t offset = 0;
            for (std::size_t at = 0; at < message.size(); ++at) {
                const bool held = oracle_hit_at(list, message, at, bounded).has_value();
                starts += held ? 1 : 0;
                if (held && std::find(found.begin(), found.end(), offset) == found.end()) {
                    FAIL("seed " << seed() << ' ' << shown(to_json(list)) << " on <" << shown(text)
                                 << "> at " << offset);
                }
                offset += to_utf8({&message[at], 1}).size();
            }
        }
    }
    CHECK(starts > 100'000);
}
