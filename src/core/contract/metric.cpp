#include "core/contract/metric.hpp"

#include <algorithm>

namespace aria_focus::core::contract {

namespace {

constexpr std::array<MetricRow, metric_count> rows = {{
    {"characters", MetricKind::measure, Stage::raw, "characters"},
    {"lines", MetricKind::measure, Stage::raw, "lines"},
    {"tokens", MetricKind::measure, Stage::raw, "estimated tokens"},
    {"paragraphs", MetricKind::count, Stage::layout, "paragraphs"},
    {"headings", MetricKind::count, Stage::layout, "headings"},
    {"list_items", MetricKind::count, Stage::layout, "list items"},
    {"list_items_percent", MetricKind::measure, Stage::layout,
     "percent of the blocks are list items"},
    {"longest_list_item_characters", MetricKind::measure, Stage::layout,
     "characters in the longest list item"},
    {"table_rows", MetricKind::count, Stage::layout, "table rows"},
    {"code_blocks", MetricKind::count, Stage::layout, "code blocks"},
    {"code_lines", MetricKind::count, Stage::layout, "code lines"},
    {"links", MetricKind::count, Stage::layout, "links"},
    {"quote_lines", MetricKind::count, Stage::layout, "quote lines"},
    {"unclosed_fences", MetricKind::count, Stage::layout, "unclosed code fences"},
    {"repeated_lines", MetricKind::count, Stage::layout, "repeated lines"},
    {"invisible_characters", MetricKind::count, Stage::raw, "invisible characters"},
    {"placeholders", MetricKind::count, Stage::layout, "placeholders left in"},
    {"words", MetricKind::measure, Stage::prose, "words"},
    {"sentences", MetricKind::count, Stage::prose, "sentences"},
    {"longest_sentence_words", MetricKind::measure, Stage::prose, "words in the longest sentence"},
    {"mean_sentence_words", MetricKind::measure, Stage::prose, "words a sentence"},
    {"long_sentences", MetricKind::count, Stage::prose, "sentences of more than 25 words"},
    {"longest_prose_run_sentences", MetricKind::measure, Stage::prose,
     "sentences between two code blocks"},
    {"last_sentence_is_question", MetricKind::measure, Stage::prose,
     "(1: the last sentence is a question)"},
    {"last_paragraph_sentences", MetricKind::measure, Stage::prose,
     "sentences in the last paragraph"},
    {"numbers", MetricKind::count, Stage::prose, "numbers"},
    {"numbers_or_code", MetricKind::count, Stage::prose, "numbers and pieces of code"},
    {"hashtags", MetricKind::count, Stage::prose, "hashtags"},
    {"mentions", MetricKind::count, Stage::prose, "mentions"},
    {"capital_words", MetricKind::count, Stage::prose, "words in capitals"},
    {"emojis", MetricKind::count, Stage::prose, "emojis"},
    {"status_marks", MetricKind::count, Stage::prose, "status marks"},
    {"exclamations", MetricKind::count, Stage::prose, "exclamations"},
    {"questions", MetricKind::count, Stage::prose, "questions"},
    {"question_sentences_percent", MetricKind::measure, Stage::prose,
     "percent of the sentences are questions"},
    {"contractions", MetricKind::count, Stage::english, "contractions"},
    {"slang", MetricKind::count, Stage::english, "words of slang"},
    {"hedges", MetricKind::count, Stage::english, "hedges"},
    {"vague_quantifiers", MetricKind::count, Stage::english, "vague quantifiers"},
    {"intensifiers", MetricKind::count, Stage::english, "intensifiers"},
    {"hype", MetricKind::count, Stage::english, "words of hype"},
    {"emotive", MetricKind::count, Stage::english, "emotive words"},
    {"harsh", MetricKind::count, Stage::english, "harsh words"},
    {"wordy", MetricKind::count, Stage::english, "wordy phrases"},
    {"pleasantries", MetricKind::count, Stage::english, "pleasantries"},
    {"filler_openers", MetricKind::count, Stage::english, "filler openers"},
    {"courtesy", MetricKind::count, Stage::english, "words of courtesy"},
    {"connectives", MetricKind::count, Stage::english, "connectives"},
    {"temporal", MetricKind::count, Stage::english, "words of time"},
    {"interjections", MetricKind::count, Stage::english, "interjections"},
    {"person", MetricKind::count, Stage::english, "words that address or speak as a person"},
    {"imperative_sentences_percent", MetricKind::measure, Stage::english,
     "percent of the sentences are orders"},
    {"orders_without_please_percent", MetricKind::measure, Stage::english,
     "percent of the sentences are orders without please"},
    {"passive_sentences_percent", MetricKind::measure, Stage::english,
     "percent of the sentences are passive"},
    {"past_tense", MetricKind::count, Stage::english, "verbs in the past tense"},
    {"evidence_marks", MetricKind::count, Stage::english, "marks of evidence"},
    {"narrative_marks", MetricKind::count, Stage::english, "marks of a narrative"},
    {"playful_marks", MetricKind::count, Stage::english, "marks of play"},
    {"flesch_kincaid_grade", MetricKind::measure, Stage::english, "(Flesch-Kincaid grade)"},
}};

constexpr auto names = [] {
    std::array<std::string_view, metric_count> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = rows[i].name;
    return all;
}();

}  // namespace

const MetricRow& row_of(Metric metric) noexcept {
    return rows[static_cast<std::size_t>(metric)];
}

std::optional<Metric> metric_of(std::string_view name) noexcept {
    const auto* const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Metric>(found - names.begin());
}

const std::array<std::string_view, metric_count>& metric_names() noexcept {
    return names;
}

}  // namespace aria_focus::core::contract
