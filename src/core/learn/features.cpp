#include "core/learn/features.hpp"

#include "core/match/keyword_list.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace aria_focus::core::learn {

namespace {

constexpr std::size_t shortest_prefix = 3;  // characters
constexpr std::size_t longest_prefix = 6;

// A phrase as one number, in the order of its words and joint.
std::uint64_t key_of(Token first, Token second) noexcept {
    return std::uint64_t{first.word} << 32 | std::uint64_t{second.joint} << 28 | second.word;
}

// True if something joins a word to the one before it.
bool is_joined(Token token) noexcept {
    return static_cast<match::Joint>(token.joint) != match::Joint::apart;
}

// Bytes of the first `characters` characters; 0 where the word has no more than these.
std::size_t prefix_size(std::string_view word, std::size_t characters) noexcept {
    std::size_t at = 0;
    for (; characters > 0 && at < word.size(); --characters) {
        ++at;
        while (at < word.size() && text::utf8::is_continuation(word[at])) ++at;
    }
    return at < word.size() ? at : 0;
}

}  // namespace

FeatureSpace::FeatureSpace(const Corpus& corpus, std::uint32_t least, const IsCounted& is_counted,
                           Ticker& ticker)
    : corpus_(&corpus) {
    find_words(least, is_counted, ticker);
    find_phrases(least, is_counted, ticker);
    seen_.assign(features_.size(), 0);
}

std::uint32_t FeatureSpace::number_prefixes(SparseRows& prefixes, std::vector<Feature>& all) const {
    // Words lie in the order of their bytes, so those with the same beginning lie side by side.
    const auto words = corpus_->words();
    std::uint32_t latest[longest_prefix + 1] = {};
    for (std::uint32_t w = 0; w < words.size(); ++w) {
        for (std::size_t length = shortest_prefix; length <= longest_prefix; ++length) {
            const std::size_t size = prefix_size(words[w], length);
            if (size == 0) break;
            const Feature* last = all.empty() ? nullptr : &all[latest[length]];
            const bool is_same = last != nullptr && last->other == size &&
                                 words[last->word].substr(0, size) == words[w].substr(0, size);
            if (!is_same) {
                latest[length] = static_cast<std::uint32_t>(all.size());
                all.push_back({FeatureKind::prefix, match::Joint::apart, w,
                               static_cast<std::uint32_t>(size), 0});
            }
            prefixes.add(latest[length]);
        }
        prefixes.end_row();
    }
    return static_cast<std::uint32_t>(all.size());
}

void FeatureSpace::find_words(std::uint32_t least, const IsCounted& is_counted, Ticker& ticker) {
    const auto words = corpus_->words();
    SparseRows prefixes;
    std::vector<Feature> all;
    number_prefixes(prefixes, all);

    std::vector<std::uint32_t> word_rows(words.size(), 0);
    std::vector<std::uint32_t> word_seen(words.size(), 0);
    std::vector<std::uint32_t> prefix_seen(all.size(), 0);
    for (std::size_t row = 0; row < corpus_->size(); ++row) {
        if (!is_counted(row)) continue;
        const auto stamp = static_cast<std::uint32_t>(row + 1);
        for (const Token token : corpus_->tokens(row)) {
            ticker.tick(8);
            if (std::exchange(word_seen[token.word], stamp) == stamp) continue;
            ++word_rows[token.word];
            for (const std::uint32_t prefix : prefixes[token.word]) {
                if (std::exchange(prefix_seen[prefix], stamp) != stamp) ++all[prefix].rows;
            }
        }
    }

    std::vector<std::uint32_t> word_number(words.size(), none);
    for (std::uint32_t w = 0; w < words.size(); ++w) {
        if (word_rows[w] < least ||
            text::utf8::count(words[w]) > match::KeywordList::max_characters)
            continue;
        word_number[w] = static_cast<std::uint32_t>(features_.size());
        features_.push_back({FeatureKind::word, match::Joint::apart, w, 0, word_rows[w]});
    }
    first_prefix_ = static_cast<std::uint32_t>(features_.size());
    // Equal texts are one entry of a list: a prefix that is also a word goes.
    std::vector<std::uint32_t> prefix_number(all.size(), none);
    for (std::size_t p = 0; p < all.size(); ++p) {
        if (all[p].rows < least) continue;
        const auto text = words[all[p].word].substr(0, all[p].other);
        const auto same = std::lower_bound(words.begin(), words.end(), text);
        if (*same == text && word_number[static_cast<std::size_t>(same - words.begin())] != none)
            continue;
        prefix_number[p] = static_cast<std::uint32_t>(features_.size());
        features_.push_back(all[p]);
    }
    first_phrase_ = static_cast<std::uint32_t>(features_.size());
    for (std::uint32_t w = 0; w < words.size(); ++w) {
        for (const std::uint32_t prefix : prefixes[w]) {
            if (prefix_number[prefix] != none) of_words_.add(prefix_number[prefix]);
        }
        if (word_number[w] != none) of_words_.add(word_number[w]);
        of_words_.end_row();
    }
}

void FeatureSpace::find_phrases(std::uint32_t least, const IsCounted& is_counted, Ticker& ticker) {
    std::vector<std::uint64_t> keys;
    for (std::size_t row = 0; row < corpus_->size(); ++row) {
        if (!is_counted(row)) continue;
        const auto tokens = corpus_->tokens(row);
        const auto begin = static_cast<std::ptrdiff_t>(keys.size());
        for (std::size_t i = 1; i < tokens.size(); ++i) {
            ticker.tick(8);
            if (is_joined(tokens[i])) keys.push_back(key_of(tokens[i - 1], tokens[i]));
        }
        std::sort(keys.begin() + begin, keys.end());
        keys.erase(std::unique(keys.begin() + begin, keys.end()), keys.end());
    }
    std::sort(keys.begin(), keys.end());
    const auto words = corpus_->words();
    for (auto at = keys.begin(); at != keys.end();) {
        const auto behind = std::find_if(at, keys.end(), [&](auto key) { return key != *at; });
        const auto rows = static_cast<std::uint32_t>(behind - at);
        constexpr std::uint64_t word_bits = (1U << 28) - 1;
        const Feature phrase{FeatureKind::phrase, static_cast<match::Joint>(*at >> 28 & 0xF),
                             static_cast<std::uint32_t>(*at >> 32),
                             static_cast<std::uint32_t>(*at & word_bits), rows};
        const std::size_t size =
            text::utf8::count(words[phrase.word]) + 1 + text::utf8::count(words[phrase.other]);
        if (rows >= least && size <= match::KeywordList::max_characters) {
            phrase_keys_.push_back(*at);
            features_.push_back(phrase);
        }
        at = behind;
    }
    phrase_keys_.shrink_to_fit();
}

std::uint32_t FeatureSpace::phrase_of(Token first, Token second) const noexcept {
    if (!is_joined(second)) return none;
    const std::uint64_t key = key_of(first, second);
    const auto found = std::lower_bound(phrase_keys_.begin(), phrase_keys_.end(), key);
    if (found == phrase_keys_.end() || *found != key) return none;
    return first_phrase_ + static_cast<std::uint32_t>(found - phrase_keys_.begin());
}

std::string FeatureSpace::text(std::size_t feature) const {
    const Feature& it = features_[feature];
    const auto words = corpus_->words();
    if (it.kind == FeatureKind::word) return std::string(words[it.word]);
    if (it.kind == FeatureKind::prefix) return std::string(words[it.word].substr(0, it.other));
    return std::string(words[it.word]).append(match::text_of(it.joint)).append(words[it.other]);
}

bool FeatureSpace::text_before(std::size_t a, std::size_t b) const {
    return text(a) < text(b);
}

void FeatureSpace::add_words(std::span<const Token> tokens, SparseRows& rows) {
    ++row_;
    for (const Token token : tokens) {
        for (const std::uint32_t feature : of_words_[token.word]) {
            if (is_new(feature)) rows.add(feature);
        }
    }
}

void FeatureSpace::add_hits(std::span<const Token> tokens, std::span<const std::uint32_t> hitters,
                            SparseRows& rows) {
    ++row_;
    for (const Token token : tokens) {
        const std::uint32_t feature = hitters[token.word];
        if (feature != none && is_new(feature)) rows.add(feature);
    }
}

void FeatureSpace::add_pairs(std::span<const Token> tokens, SparseRows& pairs) const {
    for (std::size_t i = 1; i < tokens.size(); ++i) pairs.add(phrase_of(tokens[i - 1], tokens[i]));
}

void FeatureSpace::add_phrases(std::span<const std::uint32_t> pairs, SparseRows& rows) {
    ++row_;
    for (const std::uint32_t phrase : pairs) {
        if (phrase != none && is_new(phrase)) rows.add(phrase);
    }
}

void FeatureSpace::add_counted_phrases(std::span<const std::uint32_t> pairs,
                                       const std::vector<std::uint8_t>& listed, SparseRows& rows) {
    ++row_;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (pairs[i] == none || listed[pairs[i]] == 0) continue;
        if (is_new(pairs[i])) rows.add(pairs[i]);
        ++i;  // the second word is taken
    }
}

std::size_t FeatureSpace::memory() const noexcept {
    return features_.capacity() * sizeof(Feature) + of_words_.memory() +
           (phrase_keys_.capacity() + seen_.capacity()) * sizeof(std::uint64_t);
}

}  // namespace aria_focus::core::learn
