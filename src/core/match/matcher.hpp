// The matcher: finds the hits of many keyword lists in one pass over a message.
//
//   message   "Deploy the new  Docker image"
//   folded    "deploy the new docker image"     folded_text.hpp: case, spelling, white space are settled
//              ^      ^   ^   ^      ^          kernel.hpp: where words start
//              |              |                 key_filter.hpp: "deploy", "docker" may start a keyword
//              walk the trie of keywords        keyword_trie.hpp: d-e-p-l-o-y is list 0, entry 3
//
// 1. The message is folded a few kilobytes at a time: from then on a keyword is found by comparing
//    bytes, and a word boundary is a pair of bits.
// 2. The key filter rejects most positions, many at a time.
// 3. At a candidate the trie finds all keywords that start there.
// 4. Every list is resolved on its own: of its entries that hold here the one listed first counts,
//    unless an earlier hit of the same list covers the position (leftmost first, no overlap: what a
//    regular expression's alternation does).
//
// Why not an Aho-Corasick automaton (A. V. Aho, M. J. Corasick, CACM 18(6), 1975)? Its strength, never
// to look at a byte twice, buys little where a filter rejects most positions; and leftmost-first with
// boundaries that depend on both neighbours wants all candidates of a start at once, not of an end.
//
// In the folded text a hyphen is a space: a space of a keyword may stand for either, a hyphen for a hyphen
// only. Which it was is asked of the message where a keyword with spaces or hyphens was found.
//
// Guarantees: no recursion; memory in proportion to the keywords; time linear in the message, since a
// walk reads at most the 1,200 bytes of the longest keyword. Keywords that can never count
// (find_shadows) are not in the trie, so that `a`, `aa`, `aaa`, ... on a message of a's stays cheap.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/match/folded_text.hpp"
#include "core/match/key_filter.hpp"
#include "core/match/keyword_list.hpp"
#include "core/match/keyword_trie.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aria_focus::core::match {

// How the text of a keyword is read.
enum class Semantics : std::uint8_t {
    bounded,  // boundaries as `match` says, the same text in whatever spelling (text/matched_form.hpp)
    plain,  // every entry a fragment, compared code point by code point, case aside
};

// One counted occurrence.
struct Hit {
    std::uint32_t list;   // index of the keyword list
    std::uint32_t entry;  // index of the keyword in the matcher
    std::uint32_t begin;  // bytes of the message
    std::uint32_t end;
    std::int32_t weight = 0;  // in thousandths
};

// Hits of some positions, one position after the other; its memory stays.
class HitBuffer {
  public:
    // Forgets all hits.
    void clear() noexcept { count_ = first_ = 0; }
    // What is added from here on is of another position.
    void next_position() noexcept { first_ = count_; }
    // Adds an entry that holds at this position; of two in a row of one list the one listed first stays.
    void add(const Hit& hit) {
        const bool is_same = count_ != first_ && hits_[count_ - 1].list == hit.list;
        if (is_same && hits_[count_ - 1].entry < hit.entry) return;
        count_ -= is_same ? 1 : 0;
        if (count_ == room_) grow();
        hits_[count_++] = hit;
    }
    // Of each list keeps the entry listed first, in the order of lists; what this position has then.
    std::span<Hit> resolve() {
        if (count_ - first_ > 1) resolve_many();
        return this_position();
    }
    // How many there are; all of them.
    std::size_t size() const noexcept { return count_; }
    std::span<const Hit> view() const noexcept { return {hits_.data(), count_}; }

  private:
    // Makes more room.
    void grow();
    // What resolve() does where there is a choice.
    void resolve_many();
    // What was added for this position.
    std::span<Hit> this_position() noexcept { return {hits_.data() + first_, count_ - first_}; }

    std::vector<Hit> hits_;
    std::size_t room_ = 0;   // hits_.size(), which takes a division
    std::size_t count_ = 0;  // of them that are in use
    std::size_t first_ = 0;  // of this position
};

// The state of a scan, kept between scans so that none of them allocates.
class MatcherScratch {
  private:
    friend class Matcher;

    static constexpr std::size_t strip = 1024;  // positions
    static constexpr std::size_t batch = 128;   // candidates

    FoldedText text_;
    std::array<std::uint64_t, candidate::most * strip + candidate::spare> candidates_;
    std::array<Root, 3 * batch + 1> roots_;  // of a batch of them
    HitBuffer hits_;                         // of some of these
    // By list, where its last hit ends; positions count on from message to message, so that nothing
    // is cleared between two.
    std::vector<std::uint64_t> covered_;
    std::uint64_t base_ = 0;
    std::uint64_t next_base_ = 0;
};

class Matcher {
  public:
    // Longer messages are refused: offsets are 32 bits wide, and no text of a server is longer.
    static constexpr std::size_t max_message = 0x7FFFFFFF;

    // Compiles the lists; the result keeps nothing of them. Raises limit_exceeded beyond 2^31
    // bytes of keywords.
    static Matcher compile(std::span<const KeywordList> lists, Semantics semantics, Ticker& ticker,
                           const Kernel& kernel = best_kernel());

    // How many lists were compiled.
    std::size_t list_count() const noexcept { return list_starts_.size() - 1; }
    // How many keywords all lists have.
    std::size_t entry_count() const noexcept { return text_starts_.size() - 1; }
    // Of one list: the index of its first keyword, and of the one behind its last.
    std::pair<std::uint32_t, std::uint32_t> entries_of(std::uint32_t list) const noexcept {
        return {list_starts_[list], list_starts_[list + 1]};
    }
    // A keyword as its list has it.
    std::string_view text(std::uint32_t entry) const noexcept {
        return std::string_view(arena_).substr(text_starts_[entry],
                                               text_starts_[entry + 1] - text_starts_[entry]);
    }
    // Bytes of memory that the compiled form takes.
    std::size_t memory() const noexcept;

    // Calls on_hit(Hit) -> bool for every counted hit in order of position and list, until it returns
    // false.
    // Raises limit_exceeded for a message beyond max_message, and what the ticker's poll raises.
    template <class OnHit>
    void scan(std::string_view message, MatcherScratch& scratch, Ticker& ticker,
              OnHit&& on_hit) const;

  private:
    friend class MatcherCompiler;
    Matcher() = default;

    // Refuses an overlong message and makes the scratch fit.
    void start(std::string_view message, MatcherScratch& scratch) const;
    // The candidates of a strip from a position on.
    std::span<const std::uint64_t> find_candidates(const KeyProbe& probe, std::size_t at,
                                                   MatcherScratch& scratch, Ticker& ticker) const;
    // The roots of a batch of the first of some candidates, all or none of a position; takes these
    // candidates from the span.
    std::span<const Root> find_roots(std::span<const std::uint64_t>& candidates,
                                     MatcherScratch& scratch) const;
    // Appends the roots of the open keywords at a position.
    Root* find_open_roots(std::uint64_t window, const char* at, std::uint32_t position,
                          Root* out) const;
    // The counted hits at the positions of the first of some roots, not too many; takes these roots from
    // the span.
    std::span<const Hit> find_hits(std::span<const Root>& roots, MatcherScratch& scratch,
                                   Ticker& ticker) const;
    // The same; `is_unusual`: the window has positions within clusters, or separators that are dashes.
    template <bool is_unusual>
    std::span<const Root> find_hits_of(std::span<const Root> roots, MatcherScratch& scratch,
                                       Ticker& ticker) const;
    // True if what stands at the spaces of a text is what a keyword found there asks for.
    bool separators_hold(const TrieEnd& found, const FoldedText& text, std::size_t position,
                         std::size_t behind) const noexcept;
    // What a keyword asks for at its spaces, where these are listed.
    std::string_view listed_separators(std::uint32_t entry) const noexcept;
    // Adds what holds at the position of the first of some roots; returns behind the last root of it.
    template <bool is_unusual>
    const Root* hold(const Root* root, const Root* end, MatcherScratch& scratch,
                     Ticker& ticker) const;

    Semantics semantics_ = Semantics::bounded;
    const Kernel* kernel_ = nullptr;
    std::vector<std::uint32_t> list_starts_;  // index of each list's first entry, and the end
    std::vector<std::uint32_t> text_starts_;  // of each entry in the arena, and the end
    std::string arena_;                       // texts, then what the trie adds
    // By entry, ascending, where what is asked for at the spaces of it starts: '-' for a hyphen, ' ' for white
    // space, '~' for either.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> separator_starts_;
    std::string separators_;
    KeyFilter filter_;
    KeywordTrie trie_;
};

template <class OnHit>
void Matcher::scan(std::string_view message, MatcherScratch& scratch, Ticker& ticker,
                   OnHit&& on_hit) const {
    start(message, scratch);
    FoldedText& text = scratch.text_;
    const KeyProbe probe = filter_.probe();
    text.start(message, semantics_ == Semantics::bounded, *kernel_);
    while (text.next(ticker)) {
        for (std::size_t at = FoldedText::first; at < text.limit(); at += MatcherScratch::strip) {
            auto candidates = find_candidates(probe, at, scratch, ticker);
            while (!candidates.empty()) {
                auto roots = find_roots(candidates, scratch);
                while (!roots.empty()) {
                    for (const Hit& hit : find_hits(roots, scratch, ticker)) {
                        if (!on_hit(hit)) return;
                    }
                }
            }
        }
    }
}

// Compiles the keywords of a matcher again, under plain semantics.
Matcher compile_plain(const Matcher& bounded, Ticker& ticker);

// All counted hits, or those of one list; raises limit_exceeded beyond max_collected_hits.
std::vector<Hit> collect_hits(const Matcher& matcher, std::string_view message,
                              MatcherScratch& scratch, Ticker& ticker,
                              std::optional<std::uint32_t> only_list = std::nullopt);
inline constexpr std::size_t max_collected_hits = 10'000'000;

}  // namespace aria_focus::core::match
