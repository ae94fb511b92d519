#include "core/match/keyword_list.hpp"

#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <numeric>

namespace aria_focus::core::match {

namespace {

// True if words run on from this character, or up to it: it is of a word, and of a script with spaces.
bool joins(char32_t c) noexcept {
    return text::unicode::is_word(c) && !text::unicode::is_spaceless(c);
}

// True if a word boundary lies inside a text, before the character `at`, wherever the text stands.
bool has_boundary(std::u32string_view text, std::size_t at) noexcept {
    return !(joins(text[at - 1]) && joins(text[at]));
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
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const text::utf8::Decoded next = text::utf8::decode(at, end);
        folded_ += text::unicode::fold(next.code_point);
        at += next.length;
    }
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
            return {word_start, word_end && folded.size() <= short_keyword &&
                                    !text::unicode::is_hangul(folded.back())};
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

std::vector<std::int32_t> find_shadows(const KeywordList& list, const std::vector<Edges>& edges,
                                       Ticker& ticker) {
    std::vector<std::size_t> order(edges.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto text = [&](std::size_t i) { return list.folded(list.keywords()[i]); };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        ticker.tick();
        return text(a) < text(b);
    });

    // In sorted order the prefixes of a keyword are a stack.
    std::vector<std::int32_t> shadows(edges.size(), -1);
    std::vector<std::size_t> prefixes;
    for (const std::size_t at : order) {
        while (!prefixes.empty() && !text(at).starts_with(text(prefixes.back()))) {
            prefixes.pop_back();
        }
        for (const std::size_t prefix : prefixes) {
            ticker.tick();
            const bool ends = !edges[prefix].end || has_boundary(text(at), text(prefix).size());
            const bool holds = ends && (!edges[prefix].start || edges[at].start);
            if (prefix > at || !holds) continue;
            shadows[at] = static_cast<std::int32_t>(prefix);
            break;
        }
        prefixes.push_back(at);
    }
    return shadows;
}

}  // namespace aria_focus::core::match
