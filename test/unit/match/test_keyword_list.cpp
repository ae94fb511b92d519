// Keyword lists as values: what they hold, what an entry asks for.
#include "core/match/keyword_list.hpp"

#include "support/catch.hpp"
#include "support/json_builder.hpp"

#include <array>
#include <string>
#include <string_view>

using namespace aria_focus::core::match;
using namespace aria_focus::test;

namespace {

// The accepted entries in one line: text:match:weight.
std::string accepted(const KeywordList& list) {
    constexpr std::array<std::string_view, 4> matches = {"auto", "word", "prefix", "fragment"};
    std::string out;
    for (const Keyword& keyword : list.keywords()) {
        if (!out.empty()) out += ' ';
        out += std::string(list.text(keyword)) + ":" +
               std::string(matches[static_cast<std::size_t>(keyword.match)]) + ":" +
               std::to_string(keyword.weight);
    }
    return out;
}

// What a keyword asks for, drawn: a bar where a boundary must lie.
std::string edges_drawn(std::u32string_view folded, Match match) {
    const Edges edges = edges_of(folded, match);
    return std::string(edges.start ? "|" : ".") + (edges.end ? "|" : ".");
}

}  // namespace

TEST_CASE("keyword list: built from texts that need not outlive it", "[keyword_list]") {
    KeywordList list;
    {
        std::string text = "Deploy";
        list.add(text);
        text = "c++";
        list.add(text, Match::fragment, -2500);
        text = "\u212a8S";
        list.add(text, Match::word, 500, 7);
    }
    KeywordList copy = list;
    list = {};
    CHECK(accepted(copy) == "Deploy:auto:1000 c++:fragment:-2500 \u212a8S:word:500");
    CHECK(copy.keywords()[1].index == 1);
    CHECK(copy.keywords()[2].index == 7);
    CHECK(copy.folded(copy.keywords()[2]) == U"k8s");
    copy.remove_last();
    copy.add("last");
    CHECK(accepted(copy) == "Deploy:auto:1000 c++:fragment:-2500 last:auto:1000");
    CHECK(copy.folded(copy.keywords()[2]) == U"last");
}

TEST_CASE("keyword list: characters are folded", "[keyword_list]") {
    const ParsedList parsed = good_list(R"(["Deploy", "\u212a8S", "\u1e9e"])");
    const auto& keywords = parsed.list.keywords();
    CHECK(parsed.list.folded(keywords[0]) == U"deploy");
    CHECK(parsed.list.folded(keywords[1]) == U"k8s");
    CHECK(parsed.list.folded(keywords[2]) == U"\u00DF");
    const KeywordList copy = parsed.list;
    CHECK(copy.folded(copy.keywords()[1]) == U"k8s");
}

TEST_CASE("keyword list: plain fragments from texts", "[keyword_list]") {
    const std::array<std::string_view, 2> texts = {"Deploy", "c++"};
    CHECK(KeywordList::of_texts(texts, Match::word).keywords()[0].match == Match::word);
    const KeywordList list = KeywordList::of_texts(texts);
    CHECK(accepted(list) == "Deploy:fragment:1000 c++:fragment:1000");
    CHECK(list.folded(list.keywords()[0]) == U"deploy");
}

TEST_CASE("keyword list: boundaries that an entry asks for", "[keyword_list]") {
    struct Case {
        std::u32string_view folded;
        const char* automatic;
        const char* word;
        const char* prefix;
    };
    const Case cases[] = {
        {U"ci", "||", "||", "|."},
        {U"dep", "||", "||", "|."},
        {U"depl", "|.", "||", "|."},
        {U"a b", "||", "||", "|."},
        {U"c++", "|.", "|.", "|."},
        {U"#tag", "..", ".|", ".."},
        {U".js", ".|", ".|", ".."},
        {U"+", "..", "..", ".."},
        {U"_a_", "..", "..", ".."},
        {U"12", "||", "||", "|."},
        {U"e\u0301", "||", "||", "|."},
        {U"\u6F22\u5B57", "||", "||", "|."},
        {U"\uBC30\uD3EC", "|.", "||", "|."},
        {U"\uBC30"
         U"a",
         "||", "||", "|."},
        {U"a\uBC30", "|.", "||", "|."},
        {U"\U0001F3AF", "..", "..", ".."},
    };
    for (const Case& one : cases) {
        INFO(one.folded.size());
        CHECK(edges_drawn(one.folded, Match::automatic) == one.automatic);
        CHECK(edges_drawn(one.folded, Match::word) == one.word);
        CHECK(edges_drawn(one.folded, Match::prefix) == one.prefix);
        CHECK(edges_drawn(one.folded, Match::fragment) == "..");
    }
}
