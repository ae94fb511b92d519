// The report: what comes from outside stays text, and what it shows is what was measured.
#include "core/learn/page.hpp"
#include "core/learn/report.hpp"

#include "support/catch.hpp"
#include "support/learn_builder.hpp"

#include <string>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::learn;
using namespace aria_focus::test;

namespace {

// The page about some messages.
std::string report(const std::vector<std::string>& lists, const std::vector<Labelled>& rows,
                   const std::string& title = "A report", const JudgeRules& rules = {}) {
    Ticker ticker;
    const PresentBuilder builder(lists);
    std::vector<LabelledMessage> messages;
    Judge judge(builder.router(), rules, true);
    for (const auto& [label, text] : rows) {
        messages.push_back({text, label});
        judge.judge(messages.back(), ticker);
    }
    const Judgements judged = judge.take();
    const auto keywords =
        report_keywords(builder.router(), builder.present().lists, messages, ticker);
    return write_report({title, builder.router(), messages, judged, rules, keywords}, ticker);
}

// Whether a page has a piece.
bool has(const std::string& page, const std::string& piece) {
    return page.find(piece) != std::string::npos;
}

// How often it has it.
std::size_t count(const std::string& page, const std::string& piece) {
    std::size_t out = 0;
    for (auto at = page.find(piece); at != std::string::npos; at = page.find(piece, at + 1)) ++out;
    return out;
}

}  // namespace

TEST_CASE("Values are escaped in content and in attributes", "[learn]") {
    Page page;
    page.text("<a href=\"x\" id='y'>&amp;</a>");
    CHECK(page.take() == "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
    SECTION("a beginning is cut between characters") {
        Page cut;
        cut.beginning("\xC3\xA4\xC3\xB6\xC3\xBC", 2).raw("|").beginning("ab", 2);
        CHECK(cut.take() == "\xC3\xA4\xC3\xB6 \xE2\x80\xA6|ab");
    }
    SECTION("numbers read as people write them") {
        Page numbers;
        numbers.count(0).raw(" ").count(999).raw(" ").count(1234567).raw(" ").number(1).raw(" ");
        numbers.number(0.25).raw(" ").number(-1.5).raw(" ").number(-0.0001).raw(" ").percent(0.921);
        CHECK(numbers.take() == "0 999 1,234,567 1 0.25 -1.5 0 92.1\xE2\x80\xAF%");
    }
}

TEST_CASE("No value of a report becomes markup", "[learn]") {
    const std::string script = "<script>alert(1)</script>";
    const std::string page =
        report({R"(["<script>", {"keyword": "alert", "weight": 0.5}])", R"(["never <b>"])"},
               {{0, script}, {1, script + " once more"}, {nobody, "a \"b\" " + script}}, script);
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "never <b>"));
    CHECK(has(page, "<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>"));
    CHECK(has(page, "<mark>alert</mark>"));
    CHECK_FALSE(has(page, "http:"));
    CHECK_FALSE(has(page, "src="));
}

TEST_CASE("A report shows what was measured", "[learn]") {
    const std::vector<std::string> lists = {R"(["bill", "owe"])", R"(["flight"])"};
    const std::string page = report(lists, {{0, "a bill"},
                                            {0, "a flight"},
                                            {1, "the flight"},
                                            {1, "my bill"},
                                            {nobody, "bill of a duck"}});
    CHECK(has(page, "<p class=\"big\">40.0"));
    CHECK(has(page, "5 labelled messages, 2 enabled profiles, threshold 1</p>"));
    CHECK(has(page, "title=\"p101 \xE2\x86\x92 p100: 1, 50.0\xE2\x80\xAF%\""));
    CHECK(has(page, "title=\"nobody \xE2\x86\x92 p100: 1, 100.0\xE2\x80\xAF%\""));
    CHECK(has(page, "bill of a duck"));
    CHECK(has(page, "<mark>bill</mark> of a duck"));
    CHECK(has(page, "<span class=\"k\">owe</span>"));
    CHECK(has(page, "hit"));
    SECTION("the penalty is said") {
        Ticker ticker;
        const PresentBuilder builder(lists);
        const route::KnownWords known(builder.router(), ticker);
        JudgeRules rules{0.5, {known, {300}}};
        CHECK(has(report(lists, {{0, "a bill"}}, "x", rules),
                  "threshold 0.5, each unknown word costs 0.3</p>"));
    }
}

TEST_CASE("A report about what is all right says so", "[learn]") {
    const std::string page = report({R"(["bill"])"}, {{0, "bill"}});
    CHECK(has(page, "100.0\xE2\x80\xAF%"));
    CHECK(has(page, "There are none."));
    CHECK(has(page, "Every keyword hits some message."));
    CHECK(has(page, "No keyword is wrong more often than right."));
    CHECK(has(page, "1 labelled message, 1 enabled profile"));
    SECTION("without any evidence, too") {
        CHECK(has(report({"[]"}, {{nobody, ""}}), "No message has any evidence."));
    }
}

TEST_CASE("A report of many profiles stays small", "[learn]") {
    Random random(5);
    std::vector<std::string> lists;
    std::vector<Labelled> rows;
    for (std::uint32_t i = 0; i < 150; ++i) {
        lists.push_back("[\"word" + std::to_string(i) + "\", \"never" + std::to_string(i) + "\"]");
    }
    for (std::size_t i = 0; i < 4500; ++i) {
        const auto label = static_cast<std::uint32_t>(random.below(150));
        rows.emplace_back(label,
                          "word" + std::to_string(random.below(150)) + " " + std::string(900, 'x'));
    }
    const std::string page = report(lists, rows);
    CHECK(page.size() < 4 * 1024 * 1024);
    CHECK(count(page, "<th scope=\"row\"") == 16);
    CHECK(has(page, "Shown are the 16 classes"));
    CHECK(count(page, "<td class=\"n\" data-l=\"messages\">") == 151);
}
