#include "core/match/keyword_list.hpp"

#include "core/text/matched_form.hpp"
#include "core/text/unicode.hpp"

#include <algorithm>
#include <numeric>

namespace aria_focus::core::match {

namespace {

// What the combining iota U+0345 is folded to: in a keyword, it may extend a cluster.
constexpr char32_t folded_iota = 0x3B9;

// True for a keyword that ends in Hangul, marks on it aside.
bool ends_in_hangul(std::u32string_view folded) noexcept {
    while (folded.size() > 1 && text::unicode::is_mark(folded.back())) folded.remove_suffix(1);
    return text::unicode::is_hangul(folded.back());
}

// True if a cluster or a flag may go on behind the first `size` characters of a text that has more.
bool goes_on(std::u32string_view folded, std::size_t size) noexcept {
    const char32_t next = folded[size];
    return text::unicode::extends(next) || next == folded_iota ||
           (text::unicode::is_regional_indicator(next) &&
            text::unicode::is_regional_indicator(folded[size - 1]));
}

// True if words run on from this character, or up to it: it is of a word, and of a script with spaces.
bool joins(char32_t c) noexcept {
    return text::unicode::is_word(c) && !text::unicode::is_spaceless(c);
}

// True if a word boundary lies inside a text, behind its first `size` characters, which end a word, wherever
// the text stands. A mark has the script of what it stands on.
bool has_boundary(std::u32string_view folded, std::size_t size) noexcept {
    if (!text::unicode::is_mark(folded[size]) && !joins(folded[size])) return true;
    std::size_t base = size - 1;
    while (base > 0 && text::unicode::is_mark(folded[base])) --base;
    return !text::unicode::is_mark(folded[base]) && text::unicode::is_spaceless(folded[base]);
}

}  // namespace

KeywordList KeywordList::of_texts(std::span<const std::string_view> texts, Match match) {
    KeywordList list;
    for (const std::string_view text : texts) list.add(text, match);
    return list;
}

void KeywordList::add(std::string_view text, Match match, std::int32_t weight,
                      std::uint32_t index) {
    const auto text_at = static_cast<std::uint32_t>(texts_.size());
    const auto folded_at = static_cast<std::uint32_t>(folded_.size());
    texts_ += text;
    text::append_matched_form(text, folded_);
    keywords_.push_back({text_at, static_cast<std::uint32_t>(text.size()), folded_at,
                         static_cast<std::uint32_t>(folded_.size()) - folded_at, index, weight,
                         match});
}

void KeywordList::remove_last() noexcept {
    texts_.resize(keywords_.back().text_at);
    folded_.resize(keywords_.back().folded_at);
    keywords_.pop_back();
}

Edges edges_of(std::u32string_view folded, Match match) noexcept {
    constexpr std::size_t short_keyword = 3;
    const bool word_start = text::unicode::is_word(folded.front());
    const bool word_end = text::unicode::is_word(folded.back());
    switch (match) {
        case Match::automatic:
            return {word_start,
                    word_end && folded.size() <= short_keyword && !ends_in_hangul(folded)};
        case Match::word: return {word_start, word_end};
        case Match::prefix: return {word_start, false};
        case Match::fragment: break;
    }
    return {false, false};
}

std::vector<Edges> edges_of(const KeywordList& list) {
    std::vector<Edges> edges;
    edges.reserve(list.keywords().size());
    for (const Keyword& keyword : list.keywords()) {
        edges.push_back(edges_of(list.folded(keyword), keyword.match));
    }
    return edges;
}

std::vector<std::int32_t> find_shadows(std::span<const std::u32string_view> texts,
                                       const std::vector<Edges>& edges, Ticker& ticker) {
    std::vector<std::size_t> order(texts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        ticker.tick();
        const int different = texts[a].compare(texts[b]);
        return different != 0 ? different < 0 : a < b;
    });

    // In sorted order the prefixes of a keyword are a stack; who has a shadow casts none of his own.
    std::vector<std::int32_t> shadows(texts.size(), -1);
    std::vector<std::size_t> prefixes;
    for (const std::size_t at : order) {
        while (!prefixes.empty() && !texts[at].starts_with(texts[prefixes.back()])) {
            prefixes.pop_back();
        }
        for (const std::size_t prefix : prefixes) {
            ticker.tick();
            const std::size_t size = texts[prefix].size();
            const bool ends = size == texts[at].size()
                                  ? !edges[prefix].end || edges[at].end
                                  : (!edges[prefix].end || has_boundary(texts[at], size)) &&
                                        !goes_on(texts[at], size);
            const bool holds = ends && (!edges[prefix].start || edges[at].start);
            if (prefix > at || !holds) continue;
            shadows[at] = static_cast<std::int32_t>(prefix);
            break;
        }
        if (shadows[at] < 0) prefixes.push_back(at);
    }
    return shadows;
}

std::vector<std::int32_t> find_shadows(const KeywordList& list, const std::vector<Edges>& edges,
                                       Ticker& ticker) {
    std::vector<std::u32string_view> texts;
    texts.reserve(edges.size());
    for (const Keyword& keyword : list.keywords()) texts.push_back(list.folded(keyword));
    return find_shadows(texts, edges, ticker);
}

}  // namespace aria_focus::core::match
