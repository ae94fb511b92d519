// Which words of a message are unknown.
#include "core/route/known_words.hpp"

#include "support/catch.hpp"
#include "support/learn_builder.hpp"

#include <string>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::route;
using namespace aria_focus::test;

namespace {

// The unknown words, each with a bar behind it.
std::string unknown(const std::vector<std::string>& lists, const std::string& message) {
    Ticker ticker;
    const PresentBuilder builder(lists);
    KnownWords made(builder.router(), ticker);
    const KnownWords known = std::move(made);
    UnknownWords reader;
    std::string out;
    for (const std::string_view word : reader.find(known, message, ticker)) {
        out += word;
        out += '|';
    }
    return out;
}

}  // namespace

TEST_CASE("A word of an entry that hits whole words is known", "[route]") {
    CHECK(unknown({R"(["Pay the bill"])"}, "bill, PAY and pay!") == "and|");
    CHECK(unknown({R"(["c++", {"keyword": "and/or", "match": "word"}])"}, "c or and d") == "d|");
    SECTION("of any profile") {
        CHECK(unknown({R"(["a"])", R"(["b"])"}, "a b c") == "c|");
    }
    SECTION("each occurrence counts, none twice") {
        CHECK(unknown({R"(["a"])"}, "x a x-y") == "x|x|y|");
    }
}

TEST_CASE("Prefixes and fragments make no word known, even where they hit", "[route]") {
    const std::string list =
        R"([{"keyword": "bill", "match": "prefix"}, {"keyword": "fly", "match": "fragment"}])";
    CHECK(unknown({list}, "bill fly billing") == "bill|fly|billing|");
}

TEST_CASE("Without keywords every word is unknown, without words none", "[route]") {
    CHECK(unknown({"[]"}, "a b") == "a|b|");
    CHECK(unknown({"[]"}, " ... ") == "");
    CHECK(unknown({}, "a") == "a|");
}

TEST_CASE("Characters of scripts without spaces are words", "[route]") {
    CHECK(unknown({"[\"\xE6\xBC\xA2\xE5\xAD\x97\"]"}, "\xE5\xAD\x97\xE6\x9C\xAC") ==
          "\xE6\x9C\xAC|");
}

TEST_CASE("A penalty counts each unknown word", "[route]") {
    Ticker ticker;
    const PresentBuilder builder({R"(["bill"])"});
    const KnownWords known(builder.router(), ticker);
    UnknownWords reader;
    CHECK(UnknownPenalty(known, {300}).of("the bill of the duck", reader, ticker) ==
          Thousandths{1200});
    CHECK(UnknownPenalty(known, {0}).of("the bill of the duck", reader, ticker) == Thousandths());
    CHECK(UnknownPenalty().of("the bill of the duck", reader, ticker) == Thousandths());
    std::vector<Tally> tallies = {{0, 1, {1000}}, {1, 1, {500}}};
    take({1200}, tallies);
    CHECK(tallies[0].evidence.count == -200);
    CHECK(tallies[1].evidence.count == -700);
}
