#include "core/contract/reading.hpp"

#include "core/base/error.hpp"
#include "core/contract/english.hpp"
#include "core/contract/raw_marks.hpp"
#include "core/contract/tokens.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace aria_focus::core::contract {

namespace {

// Metrics whose value is how often they hit.
constexpr std::array layout_counts = {
    Metric::paragraphs,      Metric::headings,       Metric::list_items,  Metric::table_rows,
    Metric::code_blocks,     Metric::code_lines,     Metric::links,       Metric::quote_lines,
    Metric::unclosed_fences, Metric::repeated_lines, Metric::placeholders};
constexpr std::array prose_counts = {
    Metric::sentences,    Metric::long_sentences, Metric::numbers, Metric::hashtags,
    Metric::mentions,     Metric::capital_words,  Metric::emojis,  Metric::status_marks,
    Metric::exclamations, Metric::questions};

// A count as a value.
double to_value(std::uint64_t count) noexcept {
    return static_cast<double>(count);
}

// A share in percent; none of nothing.
std::optional<double> percent(std::uint64_t part, std::uint64_t whole) noexcept {
    if (whole == 0) return std::nullopt;
    return 100 * to_value(part) / to_value(whole);
}

// A value of at least one; none for 0.
std::optional<double> positive(std::uint64_t value) noexcept {
    if (value == 0) return std::nullopt;
    return to_value(value);
}

}  // namespace

Reading::Reading(std::string_view text, bool assume_english, const LexiconMatcher& lexicons,
                 match::MatcherScratch& scratch, Ticker& ticker)
    : text_(text),
      assume_english_(assume_english),
      lexicons_(lexicons),
      scratch_(scratch),
      ticker_(ticker) {
    if (text.size() > match::Matcher::max_message) {
        throw Error(ErrorKind::limit_exceeded, "text is too long to be read",
                    std::to_string(text.size()) + " bytes", "Read a part of it.");
    }
}

std::optional<double> Reading::value(Metric metric) {
    switch (metric) {
        case Metric::characters: return to_value(text::utf8::count(text_));
        case Metric::lines: return to_value(count_lines(text_));
        case Metric::tokens:
            if (!tokens_known_) at(metric) = static_cast<double>(estimate_tokens(text_, ticker_));
            tokens_known_ = true;
            return at(metric);
        case Metric::invisible_characters:
            if (!invisible_known_) read_invisible(text_, hits_, ticker_);
            invisible_known_ = true;
            return to_value(hits_.of(metric));
        default: reach(row_of(metric).stage); return at(metric);
    }
}

std::uint64_t Reading::words() {
    reach(Stage::prose);
    return prose_.words.size();
}

bool Reading::is_english() {
    reach(Stage::english);
    return is_english_;
}

void Reading::set_count(Metric metric) {
    at(metric) = to_value(hits_.of(metric));
}

void Reading::reach(Stage stage) {
    if (stage >= Stage::layout && reached_ < Stage::layout) set_layout();
    if (stage >= Stage::prose && reached_ < Stage::prose) set_prose();
    if (stage >= Stage::english && reached_ < Stage::english) set_english();
    reached_ = std::max(reached_, stage);
}

void Reading::set_layout() {
    layout_ = read_layout(text_, hits_, ticker_);
    read_placeholders(text_, layout_, hits_, ticker_);
    for (const Metric metric : layout_counts) set_count(metric);
    at(Metric::longest_list_item_characters) = positive(layout_.longest_list_item);
    const std::uint64_t items = hits_.of(Metric::list_items);
    at(Metric::list_items_percent) =
        percent(items, items + hits_.of(Metric::headings) + hits_.of(Metric::table_rows) +
                           hits_.of(Metric::paragraphs));
}

void Reading::set_prose() {
    prose_ = read_prose(layout_, hits_, ticker_);
    for (const Metric metric : prose_counts) set_count(metric);
    at(Metric::words) = to_value(prose_.words.size());
    at(Metric::numbers_or_code) =
        to_value(hits_.of(Metric::numbers) + layout_.inline_codes + hits_.of(Metric::code_blocks));
    set_sentences();
}

// What is said about sentences one by one.
void Reading::set_sentences() {
    std::uint64_t longest = 0, words = 0, asking = 0, in_run = 0, longest_run = 0, last = 0;
    std::uint32_t run = 0, block = 0;
    const std::uint64_t blocks = hits_.of(Metric::code_blocks);
    for (const Sentence& sentence : prose_.sentences) {
        const Unit& unit = layout_.units[sentence.unit];
        longest = std::max<std::uint64_t>(longest, sentence.word_count);
        words += sentence.word_count;
        asking += sentence.ending == Ending::question ? 1 : 0;
        in_run = unit.code_run == run ? in_run + 1 : 1;
        run = unit.code_run;
        // A run stands between two code blocks: not before the first, nor behind the last.
        if (run > 0 && run < blocks) longest_run = std::max(longest_run, in_run);
        last = unit.block == block ? last + 1 : 1;
        block = unit.block;
    }
    const std::uint64_t count = prose_.sentences.size();
    at(Metric::longest_sentence_words) = positive(longest);
    if (count != 0) at(Metric::mean_sentence_words) = to_value(words) / to_value(count);
    if (blocks >= 2) at(Metric::longest_prose_run_sentences) = to_value(longest_run);
    at(Metric::question_sentences_percent) = percent(asking, count);
    if (count == 0) return;
    at(Metric::last_sentence_is_question) =
        prose_.sentences.back().ending == Ending::question ? 1 : 0;
    at(Metric::last_paragraph_sentences) = to_value(last);
}

void Reading::set_english() {
    is_english_ = assume_english_ || contract::is_english(prose_);
    if (!is_english_) return;
    read_lexicons(layout_, prose_, lexicons_, scratch_, hits_, ticker_);
    for (const Lexicon* const lexicon : all_lexicons()) set_count(lexicon->metric);
    set_grammar();
    set_combined();
}

// What the grammar says, and how hard the text is to read: J. P. Kincaid, R. P. Fishburne, R. L. Rogers,
// B. S. Chissom, "Derivation of new readability formulas", Naval Technical Training Command, 1975.
void Reading::set_grammar() {
    const std::uint64_t count = read_grammar(layout_, prose_, hits_, ticker_);
    for (const Metric metric :
         {Metric::imperative_sentences_percent, Metric::orders_without_please_percent,
          Metric::passive_sentences_percent}) {
        at(metric) = percent(hits_.of(metric), count);
    }
    set_count(Metric::past_tense);
    constexpr std::size_t least_words = 100;
    if (prose_.words.size() < least_words || prose_.sentences.empty()) return;
    const double words = to_value(prose_.words.size());
    const double syllables = to_value(count_syllables(layout_, prose_, ticker_));
    at(Metric::flesch_kincaid_grade) =
        0.39 * *at(Metric::mean_sentence_words) + 11.8 * syllables / words - 15.59;
}

// Sums of others.
void Reading::set_combined() {
    at(Metric::evidence_marks) =
        *at(Metric::connectives) + *at(Metric::numbers) + *at(Metric::table_rows);
    at(Metric::narrative_marks) = *at(Metric::temporal) + *at(Metric::past_tense);
    at(Metric::playful_marks) =
        *at(Metric::exclamations) + *at(Metric::emojis) + *at(Metric::interjections);
}

}  // namespace aria_focus::core::contract
