// Each metric on one-line cases: what counts, and what must not.
#include "core/contract/metric.hpp"

#include "support/catch.hpp"
#include "support/contract_tools.hpp"

#include <limits>
#include <string>
#include <string_view>

using namespace aria_focus::core::contract;
using aria_focus::test::measured;

namespace {

using namespace std::string_view_literals;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

struct Case {
    Metric metric;
    double expected;  // NaN: not meaningful
    std::string_view text;
};

// Checks a table of cases.
template <std::size_t size>
void check_all(const Case (&cases)[size]) {
    for (const Case& c : cases) {
        INFO(row_of(c.metric).name << " of <" << c.text << ">");
        const auto value = measured(c.text, c.metric);
        if (c.expected != c.expected) {
            CHECK(!value.has_value());
        } else {
            REQUIRE(value.has_value());
            CHECK(*value == Approx(c.expected));
        }
    }
}

}  // namespace

TEST_CASE("metrics: every row has its name, and the name leads back", "[contract][metrics]") {
    for (std::size_t i = 0; i < metric_count; ++i) {
        const auto metric = static_cast<Metric>(i);
        REQUIRE(metric_of(row_of(metric).name) == metric);
        CHECK(!row_of(metric).what.empty());
    }
    CHECK(row_of(Metric::flesch_kincaid_grade).name == "flesch_kincaid_grade");
    CHECK(row_of(Metric::exclamations).name == "exclamations");
    CHECK(!metric_of("exclamation"));
}

TEST_CASE("metrics: the text as it is", "[contract][metrics]") {
    constexpr Case cases[] = {
        {Metric::characters, 0, ""},
        {Metric::characters, 4, "h\xC3\xA9 \xF0\x9F\x8E\x89"},
        {Metric::lines, 0, ""},
        {Metric::lines, 1, "a"},
        {Metric::lines, 1, "a\n"},
        {Metric::lines, 2, "a\nb"},
        {Metric::lines, 2, "\n\n"},
        {Metric::paragraphs, 0, "\n \n"},
        {Metric::paragraphs, 1, "a\nb"},
        {Metric::paragraphs, 2, "a\n\n \nb\n"},
        {Metric::headings, 2, "# One\ntext\n## Two ##\n"},
        {Metric::headings, 0, "#One\n####### seven\n`# no`"},
        {Metric::headings, 1, "Title\n=====\n"},
        {Metric::headings, 1, "Title\n-----\n"},
        {Metric::headings, 0, "---\n\ntext\n\n***\n"},
        {Metric::headings, 0, "```\n# a comment\n```\n"},
        {Metric::list_items, 4, "- a\n* b\n+ c\n1. d"},
        {Metric::list_items, 2, "1) a\n2) b"},
        {Metric::list_items, 2, "\xE2\x80\xA2 a\n\xE2\x80\xA2 b"},
        {Metric::list_items, 3, "- a\n    - b\n        - c"},
        {Metric::list_items, 0, "-a\n1.5 m\n**bold** text\n* * *\n"},
        {Metric::list_items, 0, "It happened in\n2024. Then it ended."},
        {Metric::list_items_percent, 50, "Intro:\n\n- a\n- b"},
        {Metric::list_items_percent, none, ""},
        {Metric::longest_list_item_characters, 5, "- abc\n- abcde"},
        {Metric::longest_list_item_characters, none, "no list"},
        {Metric::table_rows, 2, "| a | b |\n|---|---|\n| 1 | 2 |\n"},
        {Metric::table_rows, 2, "a | b\n--- | ---\n1 | 2\n"},
        {Metric::table_rows, 0, "Use a | b to pipe."},
        {Metric::code_blocks, 1, "```\na\nb\n```\n"},
        {Metric::code_lines, 2, "```\na\nb\n```\n"},
        {Metric::code_blocks, 2, "~~~\n```\n~~~\n\n    indented\n"},
        {Metric::code_lines, 3, "~~~\n```\nx\n~~~\n\n    indented\n"},
        {Metric::code_blocks, 0, "text\n    goes on\n"},
        {Metric::code_blocks, 0, "- item\n\n    its second paragraph\n"},
        {Metric::code_blocks, 1, "- item\n\n      its code\n"},
        {Metric::code_blocks, 0, "text\n\n    - a marker is never code\n"},
        {Metric::links, 3, "[a](b), http://x.y and <https://z>"},
        {Metric::links, 1, "[http://x](http://x)"},
        {Metric::links, 0, "![alt](pic.png), a[0] and `http://x`"},
        {Metric::quote_lines, 2, "> a\n> b\nno"},
        {Metric::quote_lines, 0, "a > b"},
        {Metric::unclosed_fences, 1, "```sql\nSELECT 1;"},
        {Metric::unclosed_fences, 0, "```sql\nSELECT 1;\n```"},
        {Metric::unclosed_fences, 0, "use ``` inside"},
        {Metric::unclosed_fences, 1, "````\n```\n"},
        {Metric::repeated_lines, 1,
         "This line is long enough.\nother\nThis line is long enough.\n"},
        {Metric::repeated_lines, 0,
         "short\nshort\n--------------------------\n\n--------------------------\n"},
        {Metric::repeated_lines, 0,
         "```\nthis line is in code, twice\nthis line is in code, twice\n```"},
    };
    check_all(cases);
}

TEST_CASE("metrics: invisible characters", "[contract][metrics]") {
    constexpr Case cases[] = {
        {Metric::invisible_characters, 1, "soft\xC2\xADhyphen"},
        {Metric::invisible_characters, 1, "zero\xE2\x80\x8Bwidth"},
        {Metric::invisible_characters, 1, "word\xE2\x81\xA0joiner"},
        {Metric::invisible_characters, 1,
         "a \xEF\xBB\xBF"
         "b"},
        {Metric::invisible_characters, 0, "\xEF\xBB\xBFmark at the start"},
        {Metric::invisible_characters, 2,
         "bidi \xE2\x80\xAE"
         "abc\xE2\x80\xAC"},
        {Metric::invisible_characters, 2,
         "isolate \xE2\x81\xA6"
         "abc\xE2\x81\xA9"},
        {Metric::invisible_characters, 1, "tag \xF3\xA0\x81\xA1"},
        // the flag of Scotland
        {Metric::invisible_characters, 0,
         "\xF0\x9F\x8F\xB4\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xB3\xF3\xA0\x81\xA3\xF3\xA0"
         "\x81\xB4"
         "\xF3\xA0\x81\xBF"},
        // a family, a heart with its style
        {Metric::invisible_characters, 0,
         "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 "
         "\xE2\x9D\xA4\xEF\xB8\x8F"},
        {Metric::invisible_characters, 1,
         "joiner\xE2\x80\x8D"
         "between"},
        // Persian with its non-joiner
        {Metric::invisible_characters, 0,
         "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE\xD9\x88\xD8\xA7\xD9\x87\xD9\x85"},
        {Metric::invisible_characters, 1, "mark\xE2\x80\x8E alone"},
        {Metric::invisible_characters, 0, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\xE2\x80\x8E (1)"},
        {Metric::invisible_characters, 0, "plain text, caf\xC3\xA9"},
    };
    check_all(cases);
}

TEST_CASE("metrics: placeholders", "[contract][metrics]") {
    constexpr Case cases[] = {
        {Metric::placeholders, 1, "Dear [Name],"},
        {Metric::placeholders, 2, "Dear [Your Name] of [Company],"},
        {Metric::placeholders, 1, "See [insert link here]."},
        {Metric::placeholders, 1, "Hello {{first_name}}!"},
        {Metric::placeholders, 1, "Lorem ipsum dolor sit amet."},
        {Metric::placeholders, 2, "TODO: write it\n\n- TODO: and this"},
        {Metric::placeholders, 0, "My TODO list: one item. The TODO: none."},
        {Metric::placeholders, 0, "It rained [unconfirmed] [Reuters] [1] [sic]."},
        {Metric::placeholders, 0, "See [Name](http://x.y)."},
        {Metric::placeholders, 0, "`{{name}}` is a template.\n\n```\n{{x}} [Name]\n```"},
        {Metric::placeholders, 0, "{{}} { {a} }"},
    };
    check_all(cases);
}

TEST_CASE("metrics: words and sentences", "[contract][metrics]") {
    constexpr Case cases[] = {
        {Metric::words, 0, "... --- !!!"},
        {Metric::words, 4, "It's the user's cache."},
        {Metric::words, 3, "don\xE2\x80\x99t stop me"},
        {Metric::words, 3, "Use `a b c` now"},
        {Metric::words, 2, "See http://example.com/a/b now"},
        {Metric::words, 2, "Hello\n\n```\ncode is no prose\n```\n\nworld"},
        {Metric::words, 2, "a <!-- not this --> b"},
        {Metric::words, 2, "a <b class=\"x\">b</b>"},
        {Metric::words, 5, "a < b and c > d"},
        {Metric::sentences, 0, ""},
        {Metric::sentences, 2, "One. Two."},
        {Metric::sentences, 1, "Dr. O'Neill came at 3.5 p.m. today."},
        {Metric::sentences, 1, "See No. 4, e.g. the U.S. one, i.e. this vs. that."},
        {Metric::sentences, 2, "No. This fails."},
        {Metric::sentences, 1, "J. R. R. Tolkien wrote."},
        {Metric::sentences, 2, "It is option A. Trust me."},
        {Metric::sentences, 2, "Use version 2.4.8. It fixes v1.0.2 and 3.14"},
        {Metric::sentences, 2, "He said \"stop.\" Then he left."},
        {Metric::sentences, 1, "\"Is it?\" she asked."},
        {Metric::sentences, 3, "What?! Really... Yes."},
        {Metric::sentences, 2,
         "\xE5\xA4\x87\xE4\xBB\xBD\xE3\x80\x82\xE5\xAE\x8C\xE6\x88\x90\xE3\x80\x82"},
        {Metric::sentences, 2, "(It works.) It does."},
        {Metric::sentences, 2, "**Done.** Next one"},
        {Metric::sentences, 3, "Intro\n\n- one\n- two"},
        {Metric::sentences, 0, "# A heading."},
        {Metric::sentences, 2, "Acme Inc. announced it. The cat sat."},
        {Metric::sentences, 2, "They met on Jan. 4. It rained."},
        {Metric::longest_sentence_words, 3, "One. Two three four."},
        {Metric::longest_sentence_words, none, "# Heading"},
        {Metric::mean_sentence_words, 2, "One. Two three four."},
        {Metric::mean_sentence_words, none, ""},
        {Metric::long_sentences, 1,
         "a b c d e f g h i j k l m n o p q r s t u v w x y z. And a short one."},
        {Metric::long_sentences, 0, "a b c d e f g h i j k l m n o p q r s t u v w x y."},
        {Metric::last_sentence_is_question, 1, "It is. Is it?"},
        {Metric::last_sentence_is_question, 0, "Is it? It is."},
        {Metric::last_sentence_is_question, none, ""},
        {Metric::last_paragraph_sentences, 2, "One. Two. Three.\n\nFour. Five."},
        {Metric::longest_prose_run_sentences, 2,
         "One. Two. Six.\n\n```\nx\n```\n\nIt is. So be it.\n\n```\ny\n```\nOne. Two. Six."},
        {Metric::longest_prose_run_sentences, none, "It is.\n\n```\nx\n```\nSo."},
    };
    check_all(cases);
}

TEST_CASE("metrics: marks of the prose", "[contract][metrics]") {
    constexpr Case cases[] = {
        {Metric::numbers, 4, "On 2026-03-01 it rose 4.1% to 12,000 in v2"},
        {Metric::numbers, 0, "1. first\n2. second\n\n`42` and ```7```"},
        {Metric::numbers, 2, "3 of 4."},
        {Metric::numbers_or_code, 3, "Use `a` 4 times.\n\n```\n1\n```"},
        {Metric::hashtags, 2, "Ship it #release #PostgreSQL"},
        {Metric::hashtags, 0, "# Heading\n\nFix #42 in C# and F#, colour #a1b2c3, see x#anchor"},
        {Metric::mentions, 1, "Thanks @ada!"},
        {Metric::mentions, 0, "Write to ada@example.com, use `@ada`"},
        {Metric::capital_words, 2, "STOP and LOOK at the SQL API"},
        {Metric::capital_words, 0, "Stop, SQL, NATO\xC3\xA9s, iPHONEs"},
        {Metric::emojis, 2, "\xF0\x9F\x8E\x89\xF0\x9F\x8E\x89"},
        // a thumb with its skin tone, a family, a flag, a heart with its style
        {Metric::emojis, 4,
         "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD "
         "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 "
         "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA \xE2\x9D\xA4\xEF\xB8\x8F"},
        {Metric::emojis, 0,
         "\xE2\x9C\x85 done \xE2\x9D\x8C failed \xE2\x9A\xA0\xEF\xB8\x8F careful \xE2\x86\x92 "
         "\xC2\xA9"},
        {Metric::status_marks, 3,
         "\xE2\x9C\x85 done \xE2\x9D\x8C failed \xE2\x9A\xA0\xEF\xB8\x8F careful"},
        {Metric::exclamations, 2, "Wow! Great!!!"},
        {Metric::exclamations, 1, "\xE5\xA5\xBD\xEF\xBC\x81"},
        {Metric::exclamations, 1, "Really?!"},
        {Metric::exclamations, 0,
         "a != b, n! ways, 5! = 120, #!/bin/sh, !important, !ok, `wow!`, ![alt](x!.png) "
         "http://x.y/!!!"},
        {Metric::exclamations, 0, "```\nwow!!!\n```\n\n<!-- wow! -->"},
        {Metric::exclamations, 1, "> somebody else: wow!"},
        {Metric::questions, 2, "Is it? Really??"},
        {Metric::questions, 0, "http://x.y/?a=b and a?.b"},
        {Metric::question_sentences_percent, 50, "Is it? It is."},
        {Metric::question_sentences_percent, none, "# Is it?"},
    };
    check_all(cases);
}

TEST_CASE("metrics: grammar of English", "[contract][metrics]") {
    constexpr Case cases[] = {
        {Metric::passive_sentences_percent, 100, "The table was quickly dropped."},
        {Metric::passive_sentences_percent, 100, "It has been written by hand."},
        {Metric::passive_sentences_percent, 0, "She was tired. It is red. They need it."},
        {Metric::passive_sentences_percent, none, "# Dropped"},
        {Metric::imperative_sentences_percent, 100,
         "Drop the cluster. Please restart it. Do not stop."},
        {Metric::imperative_sentences_percent, 100, "If it fails, restart the server."},
        {Metric::imperative_sentences_percent, 0,
         "Support load tripled. Access to it is limited. Risk: high."},
        {Metric::imperative_sentences_percent, 0,
         "Use cases are rare. Set-up is done. Fix: renewed."},
        {Metric::imperative_sentences_percent, none, "> Drop it."},
        {Metric::orders_without_please_percent, 50, "Restart it. Please wait."},
        {Metric::orders_without_please_percent, 0, "Enjoy the day. Feel free to ask."},
        {Metric::past_tense, 3, "It rained, we went home and slept."},
        {Metric::past_tense, 0, "We need it, and it is done."},
        {Metric::hedges, 0, "May 4 is out: the May release slips."},
        {Metric::contractions, 0, "The institute's director, Dr. O'Neill, came at 3 o'clock."},
        {Metric::contractions, 0, "> I don't know\n\n`don't`\n\n```\ndon't\n```"},
        {Metric::contractions, 2, "I don\xE2\x80\x99t know, it's late."},
        {Metric::filler_openers, 1, "Sure, it is. He is sure, too."},
        {Metric::flesch_kincaid_grade, none, "Too short a text."},
    };
    check_all(cases);
}

TEST_CASE("metrics: no phrase is found across blocks", "[contract][metrics]") {
    CHECK(measured("We do it in\n\norder to win.", Metric::wordy) == 0);
    CHECK(measured("- in\n- order to", Metric::wordy) == 0);
    CHECK(measured("| in | order to |\n|---|---|\n", Metric::wordy) == 0);
    CHECK(measured("We do it in\norder to win.", Metric::wordy) == 1);
}

TEST_CASE("metrics: sums", "[contract][metrics]") {
    CHECK(measured("It fell by 4 because it rained.", Metric::evidence_marks) == 2);
    CHECK(measured("Then it rained.", Metric::narrative_marks) == 2);
    CHECK(measured("Yay! \xF0\x9F\x8E\x89", Metric::playful_marks) == 3);
}

TEST_CASE("metrics: other languages have no English words", "[contract][metrics]") {
    constexpr std::string_view german =
        "Die Sicherung wurde um zwei Uhr morgens beendet. Zwei Tabellen wurden nicht kopiert, weil "
        "sie "
        "gesperrt waren.";
    for (const std::string_view text :
         {german, "Merci beaucoup pour votre message, je suis tr\xC3\xA8s d\xC3\xA9\xC3\xA7u."sv,
          "\xE5\xA4\x87\xE4\xBB\xBD\xE5\xAE\x8C\xE6\x88\x90"sv}) {
        INFO(text);
        CHECK(!measured(text, Metric::contractions));
        CHECK(!measured(text, Metric::passive_sentences_percent));
        CHECK(!measured(text, Metric::playful_marks));
        CHECK(measured(text, Metric::exclamations) == 0);
    }
    CHECK(measured(german, Metric::contractions, true) == 0);
    CHECK(measured("OK.", Metric::contractions) == 0);
    CHECK(measured("", Metric::contractions) == 0);
    CHECK(measured("A caf\xC3\xA9.", Metric::contractions) == 0);
}

TEST_CASE("metrics: how hard a text is to read", "[contract][metrics]") {
    std::string easy, hard;
    for (int i = 0; i < 40; ++i) easy += "The cat sat on the mat. ";
    for (int i = 0; i < 10; ++i) {
        hard +=
            "Institutional considerations notwithstanding, administrative responsibilities "
            "necessitate "
            "considerable organizational coordination of the participating authorities. ";
    }
    CHECK(*measured(easy, Metric::flesch_kincaid_grade) < 2);
    CHECK(*measured(hard, Metric::flesch_kincaid_grade) > 20);
}
