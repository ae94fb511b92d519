// The metrics: what can be measured of a text without a model. One row a metric; the order is that of the
// enum. docs/contracts.md defines each.
#pragma once

#include "core/base/core_only.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace aria_focus::core::contract {

enum class Metric : std::uint8_t {
    characters,
    lines,
    tokens,
    paragraphs,
    headings,
    list_items,
    list_items_percent,
    longest_list_item_characters,
    table_rows,
    code_blocks,
    code_lines,
    links,
    quote_lines,
    unclosed_fences,
    repeated_lines,
    invisible_characters,
    placeholders,
    words,
    sentences,
    longest_sentence_words,
    mean_sentence_words,
    long_sentences,
    longest_prose_run_sentences,
    last_sentence_is_question,
    last_paragraph_sentences,
    numbers,
    numbers_or_code,
    hashtags,
    mentions,
    capital_words,
    emojis,
    status_marks,
    exclamations,
    questions,
    question_sentences_percent,
    contractions,
    slang,
    hedges,
    vague_quantifiers,
    intensifiers,
    hype,
    emotive,
    harsh,
    wordy,
    pleasantries,
    filler_openers,
    courtesy,
    connectives,
    temporal,
    interjections,
    person,
    imperative_sentences_percent,
    orders_without_please_percent,
    passive_sentences_percent,
    past_tense,
    evidence_marks,
    narrative_marks,
    playful_marks,
    flesch_kincaid_grade,
};
inline constexpr std::size_t metric_count = 59;

// What a value says, and so which limits it can have.
enum class MetricKind : std::uint8_t {
    count,    // of something: a limit per 100 words makes sense
    measure,  // a length, a mean, a share
};

// What must have been read of a text before a metric is known; each needs those before it.
enum class Stage : std::uint8_t {
    raw,     // the text as it is
    layout,  // its blocks
    prose,   // its words and sentences, with code blanked
    english  // its words by their meaning: null where the language is another
};

struct MetricRow {
    std::string_view name;
    MetricKind kind;
    Stage stage;
    std::string_view what;  // as it stands behind a number: "4 exclamations"
};

// The row of a metric.
const MetricRow& row_of(Metric metric) noexcept;

// The metric of a name, if there is one.
std::optional<Metric> metric_of(std::string_view name) noexcept;

// All names, in the order of the enum.
const std::array<std::string_view, metric_count>& metric_names() noexcept;

// A value a metric; none where it is not meaningful.
using Values = std::array<std::optional<double>, metric_count>;

}  // namespace aria_focus::core::contract
