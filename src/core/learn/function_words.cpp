#include "core/learn/function_words.hpp"

#include <algorithm>
#include <array>

namespace aria_focus::core::learn {

namespace {

using namespace std::string_view_literals;

// Articles, pronouns, prepositions, conjunctions, auxiliary verbs, question words, courtesies; sorted.
constexpr std::array function_words = {
    "a"sv, "about"sv, "after"sv, "again"sv, "against"sv, "all"sv, "already"sv, "also"sv,
    "always"sv, "am"sv, "an"sv, "and"sv, "another"sv, "any"sv, "anybody"sv, "anyone"sv,
    "anything"sv, "are"sv, "aren"sv, "around"sv, "as"sv, "at"sv, "away"sv, "back"sv, "be"sv,
    "because"sv, "been"sv, "before"sv, "being"sv, "below"sv, "between"sv, "both"sv, "but"sv,
    "by"sv, "can"sv, "cannot"sv, "could"sv, "couldn"sv, "d"sv, "did"sv, "didn"sv, "do"sv,
    "does"sv, "doesn"sv, "doing"sv, "don"sv, "down"sv, "during"sv, "each"sv, "else"sv, "ever"sv,
    "everyone"sv, "everything"sv, "few"sv, "for"sv, "from"sv, "further"sv, "gonna"sv, "gotta"sv,
    "had"sv, "hadn"sv, "has"sv, "hasn"sv, "have"sv, "haven"sv, "having"sv, "he"sv, "hello"sv,
    "her"sv, "here"sv, "hers"sv, "herself"sv, "hey"sv, "hi"sv, "him"sv, "himself"sv, "his"sv,
    "how"sv, "i"sv, "if"sv, "in"sv, "into"sv, "is"sv, "isn"sv, "it"sv, "its"sv, "itself"sv,
    "just"sv, "let"sv, "ll"sv, "m"sv, "many"sv, "may"sv, "maybe"sv, "me"sv, "might"sv, "more"sv,
    "most"sv, "much"sv, "must"sv, "mustn"sv, "my"sv, "myself"sv, "no"sv, "nor"sv, "not"sv,
    "now"sv, "of"sv, "off"sv, "ok"sv, "okay"sv, "on"sv, "once"sv, "one"sv, "only"sv, "or"sv,
    "other"sv, "ought"sv, "our"sv, "ours"sv, "ourselves"sv, "out"sv, "over"sv, "own"sv, "per"sv,
    "please"sv, "quite"sv, "rather"sv, "re"sv, "really"sv, "s"sv, "same"sv, "shall"sv, "shan"sv,
    "she"sv, "should"sv, "shouldn"sv, "since"sv, "so"sv, "some"sv, "someone"sv, "something"sv,
    "still"sv, "such"sv, "t"sv, "than"sv, "thank"sv, "thanks"sv, "that"sv, "the"sv, "their"sv,
    "theirs"sv, "them"sv, "themselves"sv, "then"sv, "there"sv, "these"sv, "they"sv, "this"sv,
    "those"sv, "though"sv, "through"sv, "to"sv, "too"sv, "under"sv, "until"sv, "up"sv, "upon"sv,
    "us"sv, "ve"sv, "very"sv, "wanna"sv, "was"sv, "wasn"sv, "we"sv, "were"sv, "weren"sv, "what"sv,
    "when"sv, "where"sv, "whether"sv, "which"sv, "while"sv, "who"sv, "whom"sv, "whose"sv, "why"sv,
    "will"sv, "with"sv, "within"sv, "without"sv, "won"sv, "would"sv, "wouldn"sv, "yeah"sv,
    "yes"sv, "yet"sv, "you"sv, "your"sv, "yours"sv, "yourself"sv, "yourselves"sv,
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
    const bool is_first = is_function_word(space.word(it.word));
    return is_first && (it.kind == FeatureKind::word || is_function_word(space.word(it.other)));
}

}  // namespace aria_focus::core::learn
