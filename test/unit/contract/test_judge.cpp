// Findings: their places, their order, their words; that conforms agrees with lint; that time is linear.
#include "core/contract/judge.hpp"

#include "core/contract/masker.hpp"
#include "core/text/utf8.hpp"
#include "support/catch.hpp"
#include "support/contract_tools.hpp"
#include "support/random.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::contract;
using namespace aria_focus::test;

namespace {

// Pieces of texts that mean something to the reader.
constexpr std::array pieces = {"`",
                               "``",
                               "```\n",
                               "\n",
                               "\n\n",
                               "- ",
                               "1. ",
                               "> ",
                               "# ",
                               "| a | b |\n",
                               "|---|---|\n",
                               "don't ",
                               "It ",
                               "is ",
                               "! ",
                               "? ",
                               ". ",
                               "...",
                               "[Name]",
                               "](x)",
                               "![a](b) ",
                               "http://a.b/c ",
                               "<b x=y>",
                               "</b>",
                               "<!-- ",
                               "-->",
                               "x ",
                               "a ",
                               "    ",
                               "\t",
                               "\xC3\xA9",
                               "\xE2\x80\x99t ",
                               "\xF0\x9F\x8E\x89",
                               "\xE3\x80\x82",
                               "\xE2\x80\x8B",
                               "&amp; ",
                               "\\`",
                               "\r\n",
                               "#tag ",
                               "@me ",
                               "{{x}}",
                               "TODO: ",
                               "maybe ",
                               "4.5 ",
                               "Drop it. ",
                               "(",
                               ")",
                               "!=",
                               "\xFF",
                               "~~~\n",
                               "===\n",
                               "zebra "};

// A random text of such pieces.
std::string random_text(Random& random, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += random.pick(pieces);
    return text;
}

// substr(text, position, length) in characters, as SQL has it.
std::string substr(std::string_view text, std::int64_t position, std::int64_t length) {
    const char* const end = text.data() + text.size();
    const char* at = text.data();
    for (std::int64_t i = 1; i < position; ++i) at += text::utf8::decode(at, end).length;
    const char* stop = at;
    for (std::int64_t i = 0; i < length; ++i) stop += text::utf8::decode(stop, end).length;
    return {at, stop};
}

// Code spans as CommonMark has them, searched again for each run; everything else as it is.
std::string naive_code_spans(std::string text) {
    const auto run_at = [&text](std::size_t at) {
        std::size_t size = 0;
        while (at + size < text.size() && text[at + size] == '`') ++size;
        return size;
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = run_at(at);
        if (size == 0) {
            ++at;
            continue;
        }
        std::size_t close = at + size;
        while (close < text.size() && run_at(close) != size)
            close += std::max<std::size_t>(run_at(close), 1);
        if (close < text.size()) {
            std::fill(text.begin() + static_cast<long>(at),
                      text.begin() + static_cast<long>(close + size), 'x');
            at = close + size;
        } else {
            at += size;
        }
    }
    return text;
}

}  // namespace

TEST_CASE("judge: the words of a finding", "[contract][judge]") {
    const auto contract =
        compiled(R"({"contractions": {"max_per_100_words": 1.5, "located": "suggestion"}})");
    const auto found = findings_of("It is fine.\nI don't mind, it's late.", contract);
    REQUIRE(found.size() == 3);
    CHECK(summary(found) ==
          "warning contractions; suggestion contractions 2:3; suggestion contractions 2:15");
    CHECK(found[0].message == "25 contractions per 100 words, limit 1.5 (first: \"don't\")");
    CHECK(found[1].suggestion == "do not");
    CHECK(found[1].position->at == 15);
    CHECK(found[1].position->length == 5);
    CHECK(*found[0].measured == 25);
    CHECK(*found[0].allowed == 1.5);
}

TEST_CASE("judge: limits are silent where they say so", "[contract][judge]") {
    CHECK(conforming("Wow!", compiled(R"({"exclamations": {"max": 0, "min_words": 2}})")));
    CHECK(!conforming("Oh wow!", compiled(R"({"exclamations": {"max": 0, "min_words": 2}})")));
    CHECK(conforming("Maybe.", compiled(R"({"hedges": {"max_per_100_words": 1, "min_hits": 2}})")));
    CHECK(!conforming("Maybe, perhaps.",
                      compiled(R"({"hedges": {"max_per_100_words": 1, "min_hits": 2}})")));
    CHECK(conforming("", compiled(R"({"question_sentences_percent": {"min": 30}})")));
    CHECK(conforming("Die Sache ist f\xC3\xBCr uns sch\xC3\xB6n.",
                     compiled(R"({"person": {"min": 1}})")));
    CHECK(!conforming("Das ist gut.", compiled(R"({"person": {"min": 1}, "language": "en"})")));
}

TEST_CASE("judge: a language that is not judged is a suggestion", "[contract][judge]") {
    const auto contract = compiled(R"({"hedges": {"max": 0}, "person": {"min": 1}})");
    constexpr std::string_view text = "Merci beaucoup, je suis tr\xC3\xA8s d\xC3\xA9\xC3\xA7u.";
    CHECK(summary(findings_of(text, contract)) == "suggestion language");
    CHECK(conforming(text, contract));
    CHECK(!conforming(text, contract, Severity::suggestion));
    CHECK(summary(findings_of(text, compiled(R"({"words": {"max": 90}})"))).empty());
}

TEST_CASE("judge: phrases", "[contract][judge]") {
    const auto contract = compiled(R"({"phrases": {"forbidden": ["synergy"], "required": [
        {"keyword": "WARNING:", "at": "line start"}], "required_any": ["no source found", "source:"]}})");
    CHECK(summary(findings_of("WARNING: it drops. Source: me.", contract)).empty());
    CHECK(summary(findings_of("Go:\n- **WARNING:** it drops. Source: me.", contract)).empty());
    CHECK(summary(findings_of("A WARNING: it drops. Source: me.", contract)) ==
          "warning phrases.required");
    CHECK(
        summary(findings_of("WARNING: synergy and Synergy", contract)) ==
        "warning phrases.forbidden; warning phrases.required_any; warning phrases.forbidden 1:10; "
        "warning phrases.forbidden 1:22");
    CHECK(!conforming("WARNING: synergy. Source: me", contract));
    CHECK(conforming("WARNING: it. Source: me", contract));
    CHECK(conforming("WARNING: synergy", contract, Severity::error));
}

TEST_CASE("judge: at most twenty places, and the total", "[contract][judge]") {
    std::string text;
    for (int i = 0; i < 30; ++i) text += "Wow! ";
    const auto found = findings_of(text, compiled(R"({"exclamations": {"max": 0}})"));
    REQUIRE(found.size() == 21);
    CHECK(*found[0].measured == 30);
    CHECK(!found[0].position);
    CHECK(found[20].position->at == 19 * 5 + 4);
}

TEST_CASE("judge: positions, order and agreement on random texts", "[contract][judge]") {
    Random random(71);
    for (int round = 0; round < 400; ++round) {
        const std::string text = random_text(random, random.below(60));
        INFO(text);
        const auto found = findings_of(text, contract_of_everything());
        std::int64_t last = 0;
        for (const Finding& finding : found) {
            if (!finding.position) {
                REQUIRE(last == 0);
                continue;
            }
            REQUIRE(finding.position->at >= last);
            last = finding.position->at;
            const std::string expected =
                text.substr(finding.span->begin, finding.span->end - finding.span->begin);
            REQUIRE(substr(text, finding.position->at, finding.position->length) == expected);
            const auto before = std::string_view(text).substr(0, finding.span->begin);
            REQUIRE(finding.position->line == 1 + std::count(before.begin(), before.end(), '\n'));
            const std::size_t line = before.rfind('\n') + 1;
            REQUIRE(finding.position->column ==
                    1 + static_cast<long>(text::utf8::count(before.substr(line))));
        }
        for (const Severity severity : {Severity::suggestion, Severity::warning, Severity::error}) {
            const bool grave = std::any_of(found.begin(), found.end(), [&](const Finding& f) {
                return f.severity >= severity;
            });
            REQUIRE(conforming(text, contract_of_everything(), severity) == !grave);
        }
    }
}

TEST_CASE("judge: one limit alone decides as lint says", "[contract][judge]") {
    Random random(72);
    std::vector<CompiledContract> contracts;
    for (const std::string_view name : metric_names()) {
        contracts.push_back(
            compiled("{\"" + std::string(name) + R"(": {"max": 2, "located": "error"}})"));
    }
    for (int round = 0; round < 200; ++round) {
        const std::string text = random_text(random, random.below(40));
        const CompiledContract& contract = contracts[random.below(contracts.size())];
        INFO(text << " " << row_of(contract.contract().limits.front().metric).name);
        const auto found = findings_of(text, contract);
        for (const Severity severity : {Severity::suggestion, Severity::warning, Severity::error}) {
            const bool grave = std::any_of(found.begin(), found.end(), [&](const Finding& f) {
                return f.severity >= severity;
            });
            CHECK(conforming(text, contract, severity) == !grave);
        }
    }
}

TEST_CASE("masker: inline code as a naive one masks it", "[contract][masker]") {
    Random random(73);
    constexpr std::array parts = {"`", "``", "```", "a", " ", ".", "b`", "````"};
    for (int round = 0; round < 3000; ++round) {
        std::string text = "a";
        for (std::size_t i = random.below(14); i > 0; --i) text += random.pick(parts);
        std::string masked = text;
        Hits hits;
        mask_unit(masked, {0, static_cast<std::uint32_t>(masked.size())}, hits);
        INFO(text);
        REQUIRE(masked == naive_code_spans(text));
    }
}

TEST_CASE("layout: masked texts are as long, and units ascend", "[contract][masker]") {
    Random random(74);
    Ticker ticker;
    for (int round = 0; round < 1000; ++round) {
        const std::string text = random_text(random, random.below(60));
        INFO(text);
        Hits hits;
        const Layout layout = read_layout(text, hits, ticker);
        REQUIRE(layout.masked.size() == text.size());
        std::size_t at = 0;
        for (const Unit& unit : layout.units) {
            REQUIRE(unit.begin >= at);
            for (; at < unit.begin; ++at) {
                const char c = layout.masked[at];
                REQUIRE((c == Layout::barrier || c == ' ' || c == '\t' || c == '\r'));
            }
            at = unit.end;
            REQUIRE(unit.end <= text.size());
            REQUIRE(unit.begin <= unit.end);
        }
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = layout.masked[i];
            REQUIRE((c == text[i] || c == ' ' || c == 'x' || c == '\n' || c == Layout::barrier));
        }
    }
}

TEST_CASE("judge: time is linear on what makes others quadratic", "[contract][judge]") {
    // Four times the text may take at most sixteen times as long, far below the square's; short runs do not
    // count, since the machine has other work.
    constexpr std::array traps = {"`",  "a`", "``x", "[",     "](",      "![",    "![](",
                                  "|",  "|-", "!",   "\"",    "<a",      "<a b=", "<!--",
                                  "{{", "&",  "(",   "- ",    "> ",      "\n",    ".",
                                  "'",  "#",  "@",   "[Name", "http://a"};
    const auto seconds = [](const std::string& text) {
        const auto start = std::chrono::steady_clock::now();
        findings_of(text, contract_of_everything());
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    for (const std::string_view trap : traps) {
        INFO(trap);
        std::string text;
        while (text.size() < 50'000) text += trap;
        const double small = seconds(text);
        const double large = seconds(text + text + text + text);
        CHECK(large < std::max(16 * small, 0.5));
    }
}
