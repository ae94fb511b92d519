// Words, prefixes and phrases of messages.
#include "core/learn/features.hpp"

#include "support/case_builder.hpp"
#include "support/catch.hpp"
#include "support/learn_builder.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::learn;
using namespace aria_focus::test;

namespace {

// The words of a text, each behind its joint.
std::string words_of(const std::string& message) {
    Ticker ticker;
    match::WordReader reader;
    std::string folded;
    reader.fold(message, folded, ticker);
    std::string out;
    for (const match::Word& word : reader.words(folded, ticker)) {
        constexpr const char* names[] = {"|", "_", "'", "/", "&", "+"};
        out += names[static_cast<int>(word.joint)];
        out += word.text;
    }
    return out;
}

// The texts of all features of some rows, prefixes with a star.
std::vector<std::string> texts_of(const std::vector<Labelled>& rows, std::uint32_t least) {
    Ticker ticker;
    const Corpus corpus = corpus_of(rows);
    const FeatureSpace space(
        corpus, least, [](std::size_t) { return true; }, ticker);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < space.size(); ++i) {
        out.push_back(space.text(i) + (space[i].kind == FeatureKind::prefix ? "*" : ""));
    }
    return out;
}

}  // namespace

TEST_CASE("Words are cut where the matcher has boundaries", "[learn]") {
    CHECK(words_of("Pay  the BILL") == "|pay_the_bill");
    CHECK(words_of("don't, AT&T and/or 24") == "|don't|at&t_and/or_24");
    CHECK(words_of("a_b") == "|a|b");
    CHECK(words_of(" ...") == "");
    CHECK(words_of("\xE6\xBC\xA2\xE5\xAD\x97 x") == "|\xE6\xBC\xA2+\xE5\xAD\x97_x");
}

TEST_CASE("Words are those of the text that the matcher compares", "[learn]") {
    CHECK(words_of(to_utf8(U"Ci-CD ci\u2011cd ci\u2013cd")) == "|ci_cd_ci_cd_ci_cd");
    CHECK(words_of(to_utf8(U"a\u2014b c\u2015d - e")) == "|a|b_c|d|e");
    CHECK(words_of(to_utf8(U"don\u2019t in\u00ADci\u00ADdent")) == "|don't_incident");
    CHECK(words_of(to_utf8(U"e\u0301te\u0301")) == to_utf8(U"|\u00E9t\u00E9"));
    // A mark stays with the sign it stands on, composed or not.
    CHECK(words_of(to_utf8(U"\u304B\u3099x")) == to_utf8(U"|\u304C+x"));
    CHECK(words_of(to_utf8(U"x\u304B\u309Ay")) == to_utf8(U"|x+\u304B\u309A+y"));
    CHECK(words_of(to_utf8(U"\u6F22\u0301\u5B57")) == to_utf8(U"|\u6F22\u0301+\u5B57"));
    // Thai vowel signs begin clusters of their own, and the matcher hits what stands before them.
    CHECK(words_of(to_utf8(U"\u0E01\u0E31\u0E48")) == to_utf8(U"|\u0E01+\u0E31\u0E48"));
}

TEST_CASE("A learned phrase hits what it was counted in", "[learn]") {
    const std::vector<std::string> texts =
        texts_of({{0, "ci-cd now"}, {0, "ci cd then"}, {1, "else"}}, 2);
    CHECK(std::count(texts.begin(), texts.end(), "ci cd") == 1);
    CHECK(std::count(texts.begin(), texts.end(), "ci-cd") == 0);
}

TEST_CASE("Features are words, prefixes of 3 to 6 characters and phrases", "[learn]") {
    CHECK(texts_of({{0, "billing address"}}, 1) ==
          std::vector<std::string>{"address", "billing", "add*", "addr*", "addre*", "addres*",
                                   "bil*", "bill*", "billi*", "billin*", "billing address"});
    SECTION("no prefix is as long as its word, or a word itself") {
        CHECK(texts_of({{0, "pay"}, {0, "payer"}}, 1) ==
              std::vector<std::string>{"pay", "payer", "paye*"});
    }
    SECTION("a document frequency is asked for") {
        CHECK(texts_of({{0, "to pay"}, {1, "to payer"}, {1, "payer"}}, 2) ==
              std::vector<std::string>{"payer", "to", "pay*", "paye*"});
    }
    SECTION("characters count, not bytes") {
        CHECK(texts_of({{0, "\xC3\xA9t\xC3\xA9s"}}, 1) ==
              std::vector<std::string>{"\xC3\xA9t\xC3\xA9s", "\xC3\xA9t\xC3\xA9*"});
    }
    SECTION("what is longer than a keyword may be is none") {
        CHECK(texts_of({{0, std::string(101, 'x')}}, 1) ==
              std::vector<std::string>{"xxx*", "xxxx*", "xxxxx*", "xxxxxx*"});
    }
}

TEST_CASE("Rows are sorted and equal ones are one", "[learn]") {
    const Corpus corpus = corpus_of({{1, "B  a"}, {0, "z"}, {1, "b A"}, {nobody, "c"}, {1, "a"}});
    REQUIRE(corpus.size() == 4);
    CHECK(corpus.text(0) == "z");
    CHECK(corpus.text(1) == "a");
    CHECK(corpus.text(2) == "b a");
    CHECK(corpus.label(3) == nobody);
    CHECK(corpus.rows_of(1) == std::pair<std::size_t, std::size_t>{1, 3});
    CHECK(corpus.rows_of(7).first == corpus.rows_of(7).second);
}

TEST_CASE("Phrases that overlap count as a list's hits would", "[learn]") {
    Ticker ticker;
    const Corpus corpus = corpus_of({{0, "a b c d"}});
    FeatureSpace space(
        corpus, 1, [](std::size_t) { return true; }, ticker);
    SparseRows pairs;
    space.add_pairs(corpus.tokens(0), pairs);
    pairs.end_row();
    std::vector<std::uint8_t> listed(space.size(), 1);
    const auto counted = [&] {
        SparseRows rows;
        space.add_counted_phrases(pairs[0], listed, rows);
        rows.end_row();
        std::string out;
        for (const std::uint32_t feature : rows[0]) out += "<" + space.text(feature) + ">";
        return out;
    };
    CHECK(counted() == "<a b><c d>");
    listed[space.first_phrase()] = 0;
    CHECK(counted() == "<b c>");
}
