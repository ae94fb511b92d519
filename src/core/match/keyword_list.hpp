// A keyword list: texts with weights, owned by the list; how its JSON form is read stands in the room
// keywords.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/thousandths.hpp"
#include "core/base/ticker.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::match {

// Which word boundaries a hit needs; `automatic` is decided from the keyword's own text.
enum class Match : std::uint8_t { automatic, word, prefix, fragment };

// Its words in documents and rows, in that order.
inline constexpr std::array<std::string_view, 4> match_names = {"auto", "word", "prefix",
                                                                "fragment"};

struct Keyword {
    std::uint32_t text_at;  // its text as written, in the list's arena
    std::uint32_t text_size;
    std::uint32_t folded_at;    // its matched form (text/matched_form.hpp) in the other arena
    std::uint32_t folded_size;  // 1 to 300
    std::uint32_t index;        // of the entry in the document that it was read from
    std::int32_t weight;        // in thousandths, -10000..10000, not 0
    Match match;
};

class KeywordList {
  public:
    static constexpr std::size_t max_characters = 100;
    static constexpr std::int32_t max_weight = 10;
    static constexpr std::int32_t weight_unit = Thousandths::in_one;

    // A list of keywords of weight 1 and one kind of match.
    static KeywordList of_texts(std::span<const std::string_view> texts,
                                Match match = Match::fragment);

    // Appends a keyword whose text is known to be good: 1 to max_characters characters, no white space but
    // single spaces between words, something that can be matched, no other entry equal to it after case folding.
    void add(std::string_view text, Match match = Match::automatic,
             std::int32_t weight = weight_unit) {
        add(text, match, weight, static_cast<std::uint32_t>(keywords_.size()));
    }
    // Appends a keyword from the entry `index` of a document.
    void add(std::string_view text, Match match, std::int32_t weight, std::uint32_t index);
    // Takes back the keyword added last.
    void remove_last() noexcept;

    // The entries, in list order.
    const std::vector<Keyword>& keywords() const noexcept { return keywords_; }

    // The text of an entry of this list, as written.
    std::string_view text(const Keyword& keyword) const noexcept {
        return std::string_view(texts_).substr(keyword.text_at, keyword.text_size);
    }

    // The matched form of an entry of this list.
    std::u32string_view folded(const Keyword& keyword) const noexcept {
        return std::u32string_view(folded_).substr(keyword.folded_at, keyword.folded_size);
    }

  private:
    std::vector<Keyword> keywords_;
    std::string texts_;
    std::u32string folded_;
};

// Which ends of the matched text must lie at a word boundary.
struct Edges {
    bool start : 1;
    bool end : 1;
};

// What a keyword with these characters asks for; an end that is no letter, digit or mark asks nothing.
Edges edges_of(std::u32string_view folded, Match match) noexcept;

// What each entry of a list asks for, in list order.
std::vector<Edges> edges_of(const KeywordList& list);

// For each text, the index of an earlier one that hits wherever it could, so that it never counts; -1 where
// there is none. The earlier one is the same or a prefix of it, with the same or a weaker start, and its end
// is free or at a boundary inside the later one: "ci" must end at a boundary and does so in "ci cd".
std::vector<std::int32_t> find_shadows(std::span<const std::u32string_view> texts,
                                       const std::vector<Edges>& edges, Ticker& ticker);

// The same for the entries of a list.
std::vector<std::int32_t> find_shadows(const KeywordList& list, const std::vector<Edges>& edges,
                                       Ticker& ticker);

}  // namespace aria_focus::core::match
