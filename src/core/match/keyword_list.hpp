// A keyword list: the jsonb array that says which messages a profile is for.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"
#include "core/check/problem.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::match {

// Which word boundaries a hit needs; `automatic` is decided from the keyword's own text.
enum class Match : std::uint8_t { automatic, word, prefix, fragment };

struct Keyword {
    std::string_view text;      // as written; lies on the tape that it was read from
    std::uint32_t index;        // of the entry in the document
    std::uint32_t folded_at;    // its case-folded characters in the list's arena
    std::uint32_t folded_size;  // 1 to 100
    std::int32_t weight;        // thousandths, -10000..10000, not 0
    Match match;
};

class KeywordList {
  public:
    static constexpr std::size_t max_characters = 100;
    static constexpr std::int32_t max_weight = 10;
    static constexpr std::int32_t weight_unit = 1000;

    // Reads a list. Every problem goes to `problems`, named by `field` and by a path that starts with
    // `path`; entries with a problem are left out of the result.
    static KeywordList parse(check::JsonView list, std::string_view field, std::string_view path,
                             check::Problems& problems, Ticker& ticker);

    // A list of keywords of weight 1 and one kind of match, from texts that are known to be good and that
    // outlive it.
    static KeywordList of_texts(std::span<const std::string_view> texts, Ticker& ticker,
                                Match match = Match::fragment);

    // The accepted entries, in list order.
    const std::vector<Keyword>& keywords() const noexcept { return keywords_; }

    // The case-folded characters of an entry of this list.
    std::u32string_view folded(const Keyword& keyword) const noexcept {
        return std::u32string_view(folded_).substr(keyword.folded_at, keyword.folded_size);
    }

  private:
    // Appends a keyword's folded characters to the arena.
    void set_text(Keyword& keyword, std::string_view text, std::u32string_view characters);

    std::vector<Keyword> keywords_;
    std::u32string folded_;
    friend class KeywordListReader;
};

// Which ends of the matched text must lie at a word boundary.
struct Edges {
    bool start;
    bool end;
};

// What a keyword with these characters asks for; an end that is no letter, digit or mark asks nothing.
Edges edges_of(std::u32string_view folded, Match match) noexcept;

// What each entry of a list asks for, in list order.
std::vector<Edges> edges_of(const KeywordList& list);

// For each entry, the index of an earlier one that hits wherever it could (a prefix of it, with the
// same or a weaker start and a free end), so that it never counts; -1 where there is none.
std::vector<std::int32_t> find_shadows(const KeywordList& list, const std::vector<Edges>& edges,
                                       Ticker& ticker);

}  // namespace aria_focus::core::match
