// Keywords that were meant as something else.
#include "core/profile/keyword_patterns.hpp"

#include "core/match/keyword_list.hpp"

#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace aria_focus::core;
using namespace aria_focus::core::profile;

namespace {

// What a keyword of ASCII is told, by its first words.
std::string told(std::string_view keyword) {
    match::KeywordList list;
    list.add(keyword);
    const Risk risk = pattern_risk(list.folded(list.keywords().front()));
    CHECK(risk.what.empty() == risk.hint.empty());
    return std::string(risk.what.substr(0, risk.what.find(',')));
}

}  // namespace

TEST_CASE("patterns: what was meant as one", "[patterns]") {
    const std::string number = "is a bare number and hits whatever it counts";
    const std::string expression = "looks like a regular expression";
    const std::string wildcard = "looks like a wildcard";
    const std::string several = "looks like several in one string";
    const struct {
        const char* keyword;
        const std::string& what;
    } cases[] = {
        {"^bill.*", expression},
        {"^bill", expression},
        {"^bill$", expression},
        {"bill.*", expression},
        {".*bill", expression},
        {"bill.+due", expression},
        {"a|b", expression},
        {"(invoice|bill)s", expression},
        {"\\bword\\b", expression},
        {"\\d+ euro", expression},
        {"top\\s*ten", expression},
        {"/x/i", expression},
        {"/pay(ment)?/gi", expression},
        {"%x%", wildcard},
        {"%invoice%", wildcard},
        {"pay*", wildcard},
        {"*pay*", wildcard},
        {"credit card*", wildcard},
        {"a, b", several},
        {"a,b", several},
        {"docker, k8s, helm", several},
        {"docker; helm", several},
        {"404", number},
        {"2024", number},
        {"7", number},
        {"3.14", number},
        {"1,000", number},
    };
    for (const auto& one : cases) {
        INFO(one.keyword);
        CHECK(told(one.keyword) == one.what);
    }
}

TEST_CASE("patterns: a short stem is not to become a prefix", "[patterns]") {
    const auto hint_of = [](std::u32string_view folded) {
        return std::string(pattern_risk(folded).hint.substr(0, 5));
    };
    CHECK(hint_of(U"bill*") == "Leave");
    CHECK(hint_of(U"%bill%") == "Leave");
    CHECK(hint_of(U"pay*") == "Write");
    CHECK(hint_of(U"%x%") == "Write");
}

TEST_CASE("patterns: what is text", "[patterns]") {
    for (const char* const keyword :
         {"c++",       "a.b",      ".net",      "#tag",       "c#",    "node.js",    "and/or",
          "24/7",      "r&d",      "what?",     "f#",         "a*",    "a* search",  "*nix",
          "f***",      "**bold**", "*",         "*.log",      "%",     "100%",       "50%",
          "%d",        "%%",       "|",         "||",         "a||b",  "cat | grep", "^",
          "^_^",       "^^",       "x^2",       "us$",        "$5",    "$",          "\\begin",
          "\\section", "c:\\data", "\\",        "\\\\server", "/etc/", "/etc/ssl",   "/usr/bin",
          "/",         "//",       "//i",       "tcp/ip",     "i/o",   "[wip]",      "(tm)",
          "...",       "etc.",     "e.g.",      "v1.2",       "1.x",   "web3",       "3d",
          "401(k)",    "#404",     "404 error", "-1",         "1:1",   "9-11",       "1/2",
          ",",         "hello,",   "&lt;b&gt;", ":)",         "?",     "don't",      "payment(s)",
          "q&a",       "at&t",     "@me",       "~/.ssh",     "x.",    "<3"}) {
        INFO(keyword);
        CHECK(told(keyword).empty());
    }
}
