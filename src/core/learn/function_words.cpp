#include "core/learn/function_words.hpp"

#include <algorithm>
#include <array>

namespace aria_focus::core::learn {

namespace {

using namespace std::string_view_literals;

// Articles, pronouns, prepositions, conjunctions, auxiliary verbs, question words; what an apostrophe cuts
// off them; sorted. Answers and courtesies are none: whole profiles may be about them.
constexpr std::array function_words = {
    "a"sv,          "about"sv,   "after"sv,  "all"sv,        "am"sv,      "an"sv,
    "and"sv,        "another"sv, "any"sv,    "anybody"sv,    "are"sv,     "aren"sv,
    "as"sv,         "at"sv,      "be"sv,     "because"sv,    "been"sv,    "before"sv,
    "being"sv,      "between"sv, "both"sv,   "but"sv,        "by"sv,      "can"sv,
    "could"sv,      "couldn"sv,  "d"sv,      "did"sv,        "didn"sv,    "do"sv,
    "does"sv,       "doesn"sv,   "during"sv, "for"sv,        "from"sv,    "had"sv,
    "hadn"sv,       "has"sv,     "hasn"sv,   "have"sv,       "haven"sv,   "having"sv,
    "he"sv,         "her"sv,     "here"sv,   "hers"sv,       "herself"sv, "him"sv,
    "himself"sv,    "his"sv,     "how"sv,    "i"sv,          "if"sv,      "in"sv,
    "into"sv,       "is"sv,      "isn"sv,    "it"sv,         "its"sv,     "itself"sv,
    "ll"sv,         "m"sv,       "me"sv,     "my"sv,         "myself"sv,  "of"sv,
    "on"sv,         "or"sv,      "other"sv,  "our"sv,        "ours"sv,    "ourselves"sv,
    "out"sv,        "per"sv,     "re"sv,     "s"sv,          "she"sv,     "should"sv,
    "shouldn"sv,    "so"sv,      "some"sv,   "t"sv,          "that"sv,    "the"sv,
    "their"sv,      "theirs"sv,  "them"sv,   "themselves"sv, "then"sv,    "there"sv,
    "these"sv,      "they"sv,    "this"sv,   "those"sv,      "to"sv,      "us"sv,
    "ve"sv,         "was"sv,     "wasn"sv,   "we"sv,         "were"sv,    "weren"sv,
    "what"sv,       "when"sv,    "where"sv,  "which"sv,      "while"sv,   "who"sv,
    "whom"sv,       "whose"sv,   "why"sv,    "will"sv,       "with"sv,    "won"sv,
    "would"sv,      "wouldn"sv,  "you"sv,    "your"sv,       "yours"sv,   "yourself"sv,
    "yourselves"sv,
};
static_assert(std::is_sorted(function_words.begin(), function_words.end()));

}  // namespace

bool is_function_word(std::string_view word) noexcept {
    return std::binary_search(function_words.begin(), function_words.end(), word);
}

bool is_function_feature(const FeatureSpace& space, std::uint32_t feature) {
    const Feature& it = space[feature];
    if (it.kind == FeatureKind::prefix) {
        const std::string text = space.text(feature);
        const auto* const first =
            std::lower_bound(function_words.begin(), function_words.end(), std::string_view(text));
        return first != function_words.end() && first->starts_with(text);
    }
    return it.kind == FeatureKind::word && is_function_word(space.word(it.word));
}

}  // namespace aria_focus::core::learn
