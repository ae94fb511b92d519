#include "core/learn/corpus.hpp"

#include "core/base/error.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace aria_focus::core::learn {

namespace {

// The numbers of words have 28 bits.
constexpr std::size_t max_words = std::size_t{1} << 28;

}  // namespace

void Corpus::add(Label label, std::string_view message, Ticker& ticker) {
    const std::size_t at = arena_.size();
    reader_.fold(message, arena_, ticker);
    rows_.push_back({at, static_cast<std::uint32_t>(arena_.size() - at), label, messages_.size(),
                     static_cast<std::uint32_t>(message.size())});
    messages_.append(message);
}

void Corpus::finish(Ticker& ticker) {
    arena_.shrink_to_fit();
    messages_.shrink_to_fit();
    std::vector<std::uint32_t> order(rows_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        ticker.tick();
        if (label(a) != label(b)) return label(a) < label(b);
        if (text(a) != text(b)) return text(a) < text(b);
        return message(a) < message(b);
    });
    const auto last =
        std::unique(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return label(a) == label(b) && text(a) == text(b);
        });
    std::vector<Row> sorted;
    sorted.reserve(static_cast<std::size_t>(last - order.begin()));
    for (auto at = order.begin(); at != last; ++at) sorted.push_back(rows_[*at]);
    rows_ = std::move(sorted);
    read_words(ticker);
    sort_words();
}

std::pair<std::size_t, std::size_t> Corpus::rows_of(Label label) const noexcept {
    const auto [first, last] =
        std::equal_range(rows_.begin(), rows_.end(), Row{0, 0, label, 0, 0},
                         [](const Row& a, const Row& b) { return a.label < b.label; });
    return {first - rows_.begin(), last - rows_.begin()};
}

void Corpus::read_words(Ticker& ticker) {
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    for (Row& row : rows_) {
        const std::string_view folded = std::string_view(arena_).substr(row.at, row.size);
        row.tokens = tokens_.size();
        for (const match::Word& word : reader_.words(folded, ticker)) {
            const auto number = static_cast<std::uint32_t>(words_.size());
            const auto [found, is_new] = numbers.emplace(word.text, number);
            if (is_new) words_.push_back(word.text);
            tokens_.push_back({found->second, static_cast<std::uint32_t>(word.joint)});
        }
        row.token_count = static_cast<std::uint32_t>(tokens_.size() - row.tokens);
        if (words_.size() >= max_words) {
            throw Error(ErrorKind::limit_exceeded, "too many different words to learn from");
        }
    }
}

void Corpus::sort_words() {
    std::vector<std::uint32_t> order(words_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return words_[a] < words_[b]; });
    std::vector<std::string_view> sorted(words_.size());
    std::vector<std::uint32_t> number(words_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        sorted[i] = words_[order[i]];
        number[order[i]] = i;
    }
    words_ = std::move(sorted);
    for (Token& token : tokens_) token.word = number[token.word];
}

std::size_t Corpus::memory() const noexcept {
    return arena_.capacity() + messages_.capacity() + rows_.capacity() * sizeof(Row) +
           tokens_.capacity() * sizeof(Token) + words_.capacity() * sizeof(std::string_view);
}

}  // namespace aria_focus::core::learn
