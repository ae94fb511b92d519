// Keywords inside each other's text, against the rules spelt out with the naive oracle.
#include "core/profile/keyword_overlaps.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::profile;
using namespace aria_focus::test;

namespace {

// Lists with their shadows.
struct Lists {
    explicit Lists(const std::vector<std::string>& texts) {
        for (const std::string& text : texts) lists.push_back(good_list(text).list);
        Ticker ticker;
        for (const match::KeywordList& list : lists) {
            shadows.push_back(match::find_shadows(list, match::edges_of(list), ticker));
        }
        for (std::size_t i = 0; i < lists.size(); ++i) both.push_back({lists[i], shadows[i]});
    }

    std::vector<match::KeywordList> lists;
    std::vector<std::vector<std::int32_t>> shadows;
    std::vector<ShadowedList> both;
};

// "1<0 1<2": the veto 1 in the phrases 0 and 2.
std::string vetoes_of(const std::string& list) {
    const Lists lists({list});
    Ticker ticker;
    std::string out;
    for (const HiddenVeto& one : find_hidden_vetoes(lists.lists[0], lists.shadows[0], ticker)) {
        if (!out.empty()) out += " ";
        out += std::to_string(one.veto) + "<" + std::to_string(one.phrase);
    }
    return out;
}

// "0.0<1.0,1.1": the first keyword of list 0 in both of list 1; "+2" behind them: in two more.
std::string inner_of(const std::vector<std::string>& texts) {
    const Lists lists(texts);
    Ticker ticker;
    std::string out;
    const auto append = [&](Place place, char mark) {
        out += std::to_string(place.list) + "." + std::to_string(place.keyword) + mark;
    };
    for (const InnerHits& one : find_inner_hits(lists.both, ticker)) {
        append(one.keyword, '<');
        for (const Place& word : one.words) append(word, ',');
        out.back() = ' ';
        if (one.count > one.words.size()) out.back() = '+';
        if (out.back() == '+') out += std::to_string(one.count - one.words.size()) + " ";
    }
    return out.substr(0, out.empty() ? 0 : out.size() - 1);
}

// True if a place lies between two characters of a word.
bool is_inside(std::u32string_view text, std::size_t at) {
    const auto joins = [](char32_t c) {
        return text::unicode::is_word(c) && !text::unicode::is_spaceless(c);
    };
    return at > 0 && at < text.size() && joins(text[at - 1]) && joins(text[at]);
}

// True if some entry of the list is this text, case and spelling aside.
bool has_text(const OracleList& list, std::u32string_view text) {
    const std::u32string letters = keyword_letters(text);
    return std::any_of(list.begin(), list.end(), [&](const OracleEntry& entry) {
        return same_text(keyword_letters(entry.text), letters);
    });
}

// Whether entry `at` of one list counts inside a word of the other entry, the other list being b.
bool hits_inside(const OracleList& a, std::size_t at, const OracleList& b,
                 const OracleEntry& other) {
    if (other.weight < 0 || a[at].weight < other.weight) return false;
    if (has_text(a, other.text) || has_text(b, a[at].text)) return false;
    const auto hits = oracle_hits(a, other.text, true);
    return std::any_of(hits.begin(), hits.end(), [&](const OracleHit& hit) {
        return hit.entry == at &&
               (is_inside(other.text, hit.begin) || is_inside(other.text, hit.end));
    });
}

// The words of other lists that entry `at` of list i counts in, in order: "1.0,1.1,"; and their number.
std::pair<std::string, std::size_t> naive_words(const std::vector<OracleList>& lists,
                                                const Lists& compiled, std::size_t i,
                                                std::size_t at) {
    std::string words;
    std::size_t count = 0;
    for (std::size_t j = 0; j < lists.size(); ++j) {
        for (std::size_t k = 0; i != j && k < lists[j].size(); ++k) {
            if (compiled.shadows[j][k] >= 0) continue;
            if (!hits_inside(lists[i], at, lists[j], lists[j][k])) continue;
            if (++count > InnerHits::most_kept) continue;
            words += std::to_string(j) + "." + std::to_string(k) + ",";
        }
    }
    return {words, count};
}

// What inner_of gives, by brute force.
std::string naive_inner(const std::vector<OracleList>& lists, const Lists& compiled) {
    std::string out;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        for (std::size_t at = 0; at < lists[i].size(); ++at) {
            auto [words, count] = naive_words(lists, compiled, i, at);
            if (count == 0) continue;
            if (!out.empty()) out += " ";
            words.pop_back();
            out += std::to_string(i) + "." + std::to_string(at) + "<" + words;
            if (count > InnerHits::most_kept)
                out += "+" + std::to_string(count - InnerHits::most_kept);
        }
    }
    return out;
}

// What vetoes_of gives, by brute force.
std::string naive_vetoes(const OracleList& list, const std::vector<std::int32_t>& shadows) {
    std::string out;
    for (std::size_t veto = 0; veto < list.size(); ++veto) {
        for (std::size_t phrase = 0; phrase < list.size(); ++phrase) {
            if (list[veto].weight > 0 || list[phrase].weight < 0) continue;
            if (shadows[veto] >= 0 || shadows[phrase] >= 0) continue;
            const auto hits = oracle_hits({list[veto]}, list[phrase].text, true);
            if (std::none_of(hits.begin(), hits.end(), [&](const OracleHit& hit) {
                    return hit.begin > 0 || phrase < veto;
                })) {
                continue;
            }
            if (!out.empty()) out += " ";
            out += std::to_string(veto) + "<" + std::to_string(phrase);
        }
    }
    return out;
}

// How often the ticker asked.
std::size_t polls = 0;

// The work for the inner hits of so many lists of two keywords, in polls: "aaaa" and a word of its own, in which
// "aaaa" hits, "aaaa" of all lists or each with a letter or two of its own.
std::size_t work_of(std::uint32_t lists, bool is_shared) {
    std::vector<std::string> texts;
    for (std::uint32_t list = 0; list < lists; ++list) {
        const std::string own = "x" + std::to_string(list);
        texts.push_back("[\"aaaa" + (is_shared ? "" : own) + "\", \"aaaa" + own + "y\"]");
    }
    const Lists made(texts);
    polls = 0;
    Ticker ticker([] { ++polls; });
    find_inner_hits(made.both, ticker);
    return polls;
}

}  // namespace

TEST_CASE("overlaps: vetoes inside phrases", "[overlaps]") {
    CHECK(vetoes_of(R"(["dodge ram", {"keyword": "dodge", "weight": -10}])") == "1<0");
    CHECK(vetoes_of(R"([{"keyword": "ram", "weight": -1}, "dodge ram"])") == "0<1");
    CHECK(vetoes_of(R"(["a dodge b", "Dodge", {"keyword": "dodge!", "weight": -1}])").empty());
    // At the beginning of the phrase the one listed first wins; the phrase is shadowed, then.
    CHECK(vetoes_of(R"([{"keyword": "dodge", "weight": -10}, "dodge ram"])").empty());
    CHECK(vetoes_of(R"([{"keyword": "dodge", "weight": -10},
                        {"keyword": "dodge ram", "match": "fragment"}])")
              .empty());
    // Its boundaries hold inside the phrase, too.
    CHECK(vetoes_of(R"(["cargo ship", {"keyword": "car", "weight": -1}])").empty());
    CHECK(vetoes_of(R"(["cargo ship", {"keyword": "car", "match": "prefix", "weight": -1}])") ==
          "1<0");
    CHECK(vetoes_of(R"(["cargo ship", {"keyword": "hip", "match": "fragment", "weight": -1}])") ==
          "1<0");
    CHECK(vetoes_of(R"(["cargo ship", {"keyword": "hip", "match": "prefix", "weight": -1}])")
              .empty());
    // Negative phrases hide nothing that matters, and what has a shadow never counts.
    CHECK(vetoes_of(R"([{"keyword": "dodge ram", "weight": -1}, {"keyword": "ram", "weight": -9}])")
              .empty());
    CHECK(vetoes_of(R"(["dodge", "dodge ram", {"keyword": "ram", "weight": -1}])").empty());
    CHECK(vetoes_of(R"(["old jeep", "jeep", {"keyword": "jeep!", "weight": -1},
                        {"keyword": "old", "weight": -1}])") == "3<0");
    // One pair, however often it hits.
    CHECK(vetoes_of(R"(["ram to ram", {"keyword": "ram", "weight": -1}])") == "1<0");
}

TEST_CASE("overlaps: inside another list's words", "[overlaps]") {
    CHECK(inner_of({R"(["down"])", R"(["download"])"}) == "0.0<1.0");
    CHECK(inner_of({R"(["download"])", R"(["down"])"}) == "1.0<0.0");
    CHECK(inner_of({R"(["down"])", R"(["download", "Downtown", "break down"])"}) == "0.0<1.0,1.1");
    CHECK(inner_of({R"(["load"])", R"(["download"])"}).empty());
    CHECK(inner_of({R"([{"keyword": "load", "match": "fragment"}])", R"(["download"])"}) ==
          "0.0<1.0");
    CHECK(inner_of({R"([{"keyword": "down", "match": "word"}])", R"(["download"])"}).empty());
    CHECK(inner_of({R"([{"keyword": "ci", "match": "prefix"}])", R"(["city hall"])"}) == "0.0<1.0");
    // Three characters must end at a boundary.
    CHECK(inner_of({R"(["car"])", R"(["cargo"])"}).empty());
    // What its own list has before it, hides it; what has it too, shares it.
    CHECK(inner_of({R"(["download speed", "down"])", R"(["download speed"])"}).empty());
    CHECK(inner_of({R"(["downlo", "down"])", R"(["download"])"}) == "0.0<1.0");
    CHECK(inner_of({R"(["down"])", R"(["download", "down"])"}).empty());
    CHECK(inner_of({R"(["down"])", R"(["down", "download"])"}).empty());
    CHECK(inner_of({R"(["down"])", R"(["downa", "downb", "downc"])",
                    R"(["downd", "downe", "downf"])"}) == "0.0<1.0,1.1,1.2,2.0,2.1+1");
    // It is outweighed, or speaks against its own.
    CHECK(inner_of({R"(["down"])", R"([{"keyword": "download", "weight": 1.5}])"}).empty());
    CHECK(inner_of({R"([{"keyword": "down", "weight": -1}])", R"(["download"])"}).empty());
    CHECK(inner_of({R"(["down"])", R"([{"keyword": "download", "weight": -1}])"}).empty());
    CHECK(inner_of({R"(["down", "download"])"}).empty());
    CHECK(inner_of({}).empty());
    // Beside a character of a script without spaces there is a boundary.
    CHECK(inner_of({R"(["\u6771\u4EAC"])", R"(["\u6771\u4EAC\u90FD"])"}).empty());
    CHECK(inner_of({R"(["data"])", R"(["data\u6771", "data-base", "databases"])"}) == "0.0<1.2");
}

TEST_CASE("overlaps: keywords of many lists are not asked for", "[overlaps]") {
    std::vector<std::string> lists(16, R"(["down"])");
    lists.push_back(R"(["download"])");
    CHECK(inner_of(lists).ends_with(" 14.0<16.0 15.0<16.0"));
    lists.emplace_back(R"(["down"])");
    CHECK(inner_of(lists).empty());
}

TEST_CASE("overlaps: random lists, by brute force", "[overlaps][random]") {
    Random random(31);
    std::size_t inner = 0;
    std::size_t vetoes = 0;
    for (int round = 0; round < 10'000; ++round) {
        Characters alphabet = random_alphabet(random);
        alphabet.resize(random.between(1, 2));
        alphabet.insert(alphabet.end(), {U'a', U' '});
        std::vector<OracleList> lists;
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < 3; ++i) {
            lists.push_back(random_list(random, alphabet, 6));
            for (OracleEntry& entry : lists.back()) {
                if (random.between(0, 3) == 0) entry.weight = -entry.weight;
            }
            texts.push_back(to_json(lists.back()));
        }
        const Lists compiled(texts);
        const std::string expected = naive_inner(lists, compiled);
        inner += expected.size();
        if (inner_of(texts) != expected) {
            FAIL("seed " << seed() << " " << shown(texts[0] + texts[1] + texts[2]) << ": <"
                         << inner_of(texts) << "> not <" << expected << ">");
        }
        for (std::size_t i = 0; i < 3; ++i) {
            const std::string hidden = naive_vetoes(lists[i], compiled.shadows[i]);
            vetoes += hidden.size();
            if (vetoes_of(texts[i]) == hidden) continue;
            FAIL("seed " << seed() << " " << shown(texts[i]) << ": <" << vetoes_of(texts[i])
                         << "> not <" << hidden << ">");
        }
    }
    CHECK(inner > 10'000);
    CHECK(vetoes > 5'000);
}

TEST_CASE("overlaps: the time is linear in the keywords", "[overlaps]") {
    for (const bool is_shared : {false, true}) {
        const std::size_t once = work_of(3'000, is_shared);
        CHECK(once >= 5);
        CHECK(work_of(12'000, is_shared) <= 5 * once);
    }
}
