#include "core/contract/builtin.hpp"

#include <array>

namespace aria_focus::core::contract {

namespace {

constexpr std::array<BuiltinContract, 7> tones = {{
    {"precise", R"({
        "hedges": {"max_per_100_words": 2, "min_hits": 2},
        "vague_quantifiers": {"max_per_100_words": 4, "min_hits": 3},
        "hype": {"max_per_100_words": 0.5, "min_hits": 2},
        "exclamations": {"max": 0},
        "numbers_or_code": {"min_per_100_words": 1, "min_words": 60, "severity": "suggestion"}})"},
    {"analytical", R"({
        "hype": {"max_per_100_words": 0.5, "min_hits": 2},
        "emotive": {"max_per_100_words": 1, "min_hits": 2},
        "exclamations": {"max": 0},
        "evidence_marks": {"min_per_100_words": 5, "min_words": 15, "severity": "suggestion"}})"},
    {"playful", R"({
        "playful_marks": {"min": 1, "min_words": 15, "severity": "suggestion"},
        "passive_sentences_percent": {"max": 45, "severity": "suggestion"}})"},
    {"formal", R"({
        "contractions": {"max_per_100_words": 1.5, "located": "suggestion"},
        "exclamations": {"max": 0},
        "slang": {"max": 0},
        "emojis": {"max": 0},
        "hype": {"max_per_100_words": 0.5, "min_hits": 2}})"},
    {"warm", R"({
        "harsh": {"max_per_100_words": 1, "min_hits": 2},
        "orders_without_please_percent": {"max": 50},
        "courtesy": {"min": 1, "severity": "suggestion"},
        "person": {"min": 1, "severity": "suggestion"}})"},
    {"blunt", R"({
        "pleasantries": {"max": 0},
        "hedges": {"max_per_100_words": 2, "min_hits": 2},
        "filler_openers": {"max": 0},
        "exclamations": {"max": 0},
        "emojis": {"max": 0},
        "mean_sentence_words": {"max": 16, "min_words": 20}})"},
    {"neutral", R"({
        "exclamations": {"max": 0},
        "emojis": {"max": 0},
        "hype": {"max_per_100_words": 0.5, "min_hits": 2},
        "emotive": {"max_per_100_words": 1, "min_hits": 2},
        "slang": {"max": 1}})"},
}};

constexpr std::array<BuiltinContract, 5> styles = {{
    {"directive", R"({
        "imperative_sentences_percent": {"min": 30, "min_words": 10, "severity": "suggestion"},
        "question_sentences_percent": {"max": 30}})"},
    {"socratic", R"({
        "question_sentences_percent": {"min": 30, "severity": "suggestion"},
        "imperative_sentences_percent": {"max": 30}})"},
    {"analytical", R"({
        "evidence_marks": {"min_per_100_words": 5, "min_words": 15, "severity": "suggestion"},
        "imperative_sentences_percent": {"max": 50}})"},
    {"narrative", R"({
        "list_items_percent": {"max": 50},
        "narrative_marks": {"min_per_100_words": 7, "min_words": 15, "severity": "suggestion"},
        "imperative_sentences_percent": {"max": 30},
        "question_sentences_percent": {"max": 50}})"},
    {"concise", R"({
        "words": {"max": 150, "severity": "suggestion"},
        "mean_sentence_words": {"max": 20},
        "long_sentences": {"max": 0, "severity": "suggestion"},
        "wordy": {"max_per_100_words": 2, "min_hits": 2},
        "filler_openers": {"max": 0}})"},
}};

}  // namespace

std::span<const BuiltinContract> tone_contracts() noexcept {
    return tones;
}

std::span<const BuiltinContract> style_contracts() noexcept {
    return styles;
}

}  // namespace aria_focus::core::contract
