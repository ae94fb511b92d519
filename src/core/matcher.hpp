// The matcher: finds the hits of many keyword lists in one pass over a message.
//
//   message   "Deploy the new  docker image"
//              ^        ^       ^              candidates: positions that the prefix filter lets pass
//              |
//              walk the trie of all folded keywords from there: d-e-p-l-o-y (an end of list 0, entry 3)
//
// 1. The prefix filter (prefix_filter.hpp) rejects most positions.
// 2. At a candidate all keywords that start there are found by one walk down a radix trie of folded
//    characters. A hash table of the first four characters lets most walks begin at the fifth.
// 3. Every list is resolved on its own: of its entries that hold here the one listed first counts,
//    unless an earlier hit of the same list covers the position (leftmost first, no overlap: what a
//    regular expression's alternation does).
//
// Guarantees: no recursion; memory in proportion to the keywords; time linear in the message, since a
// walk reads at most 100 characters and runs of white space, which a keyword passes at most 50 times.
// Keywords that can never count (find_shadows) are not in the trie, so that `a`, `aa`, `aaa`, ... on
// a message of a's stays cheap.
#pragma once

#include "core/core_only.hpp"
#include "core/jump_table.hpp"
#include "core/keyword_list.hpp"
#include "core/prefix_filter.hpp"
#include "core/ticker.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aria_focus::core {

// One counted occurrence.
struct Hit {
    std::uint32_t list;   // index of the keyword list
    std::uint32_t entry;  // index of the keyword in the matcher
    std::uint32_t begin;  // bytes of the message
    std::uint32_t end;
};

// What the matcher knows of a keyword.
struct MatcherEntry {
    std::uint32_t list;
    std::uint32_t text_at;  // in the arena of texts
    std::uint32_t text_size;
    std::int32_t weight;  // thousandths
    Edges edges;
};

// The state of a scan, kept between scans so that none of them allocates.
class MatcherScratch {
  private:
    friend class Matcher;

    // Positions count on from message to message (`base_`), so that nothing is cleared between two.
    struct ListState {
        std::uint64_t covered_until = 0;  // end of the list's last hit
        std::uint64_t candidate_at = 0;   // position + 1 for which the next two are set
        std::uint32_t entry = 0;          // the first-listed entry that holds there
        std::uint32_t end = 0;
    };

    std::vector<ListState> lists_;
    std::vector<std::uint32_t> touched_;  // lists with a candidate at the current position
    std::uint64_t base_ = 0;
    std::uint64_t next_base_ = 0;
};

class Matcher {
  public:
    // Longer messages are refused: offsets are 32 bits wide, and no text of a server is longer.
    static constexpr std::size_t max_message = 0x7FFFFFFF;

    // Compiles the lists; the result keeps nothing of them. Raises limit_exceeded beyond 2^31
    // characters of keywords.
    static Matcher compile(std::span<const KeywordList> lists, Semantics semantics, Ticker& ticker);

    // How many lists were compiled.
    std::size_t list_count() const noexcept { return list_count_; }
    // The keywords of all lists, list by list, in list order.
    const std::vector<MatcherEntry>& entries() const noexcept { return entries_; }
    // Of one list: the index of its first keyword, and of the one behind its last.
    std::pair<std::uint32_t, std::uint32_t> entries_of(std::uint32_t list) const noexcept {
        return {list_starts_[list], list_starts_[list + 1]};
    }
    // A keyword as its list has it.
    std::string_view text(const MatcherEntry& entry) const noexcept {
        return std::string_view(texts_).substr(entry.text_at, entry.text_size);
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

    static constexpr std::uint32_t no_node = 0;  // the root is nobody's child

    // A node of the radix trie; its children lie side by side. The edge to it is its label (in
    // labels_, by node) and a tail.
    struct Node {
        std::uint32_t first_child = 0;
        std::uint32_t child_count = 0;
        std::uint32_t first_end = 0;  // entries that end here, in ends_
        std::uint32_t end_count = 0;
        std::uint32_t tail_at = 0;
        std::uint32_t tail_size = 0;
    };

    // Where a message is being read.
    struct Cursor {
        const char* begin;
        const char* at;
        const char* end;
    };

    // Refuses an overlong message and makes the scratch fit.
    void start(std::string_view message, MatcherScratch& scratch) const;
    // The first position at or after the cursor's where a keyword may start; its end if none.
    const char* next_candidate(const Cursor& cursor, Ticker& ticker) const;
    // Walks the trie from a position and leaves each list's best entry in the scratch.
    void walk(const Cursor& start, MatcherScratch& scratch, Ticker& ticker) const;
    // Notes the entries that end at a node reached from `start`, where they hold and count.
    void accept(const Node& node, const Cursor& start, const char* end, MatcherScratch& scratch,
                Ticker& ticker) const;
    // Reads one folded character; a run of white space is one space under bounded semantics.
    char32_t read(Cursor& cursor, Ticker& ticker) const;
    // The same for white space and for what is not ASCII.
    char32_t read_unusual(Cursor& cursor, Ticker& ticker) const;
    // Reads what is left of an edge's tail; false where the message differs.
    bool read_tail(const Node& node, std::uint32_t done, Cursor& cursor, Ticker& ticker) const;
    // The place behind the next four characters, if the trie has one and nothing ends before it.
    const Jump* find_jump(const Cursor& cursor) const noexcept;
    // The child along a character, or no_node.
    std::uint32_t find_child(std::uint32_t node, char32_t label) const noexcept;

    Semantics semantics_ = Semantics::bounded;
    std::size_t list_count_ = 0;
    std::vector<std::uint32_t> list_starts_;  // index of each list's first entry, and the end
    std::vector<MatcherEntry> entries_;
    std::string texts_;
    std::vector<Node> nodes_;
    std::vector<char32_t> labels_;
    std::u32string tails_;
    std::vector<std::uint32_t> ends_;
    std::array<std::uint32_t, 128> root_children_{};  // the root's ASCII children
    PrefixFilter filter_;
    JumpTable jumps_;
};

template <class OnHit>
void Matcher::scan(std::string_view message, MatcherScratch& scratch, Ticker& ticker,
                   OnHit&& on_hit) const {
    start(message, scratch);
    const char* const end = message.data() + message.size();
    Cursor cursor{message.data(), message.data(), end};
    for (; (cursor.at = next_candidate(cursor, ticker)) != end; ++cursor.at) {
        walk(cursor, scratch, ticker);
        const auto position = static_cast<std::uint32_t>(cursor.at - cursor.begin);
        std::sort(scratch.touched_.begin(), scratch.touched_.end());
        for (const std::uint32_t list : scratch.touched_) {
            auto& state = scratch.lists_[list];
            state.covered_until = scratch.base_ + state.end;
            if (!on_hit(Hit{list, state.entry, position, state.end})) return;
            // Nothing of an only list can start before its hit ends.
            if (list_count_ == 1) cursor.at = cursor.begin + state.end - 1;
        }
    }
}

// The same keywords under plain semantics.
Matcher compile_plain(const Matcher& bounded, Ticker& ticker);

// All counted hits, or those of one list; raises limit_exceeded beyond max_collected_hits.
std::vector<Hit> collect_hits(const Matcher& matcher, std::string_view message,
                              MatcherScratch& scratch, Ticker& ticker,
                              std::optional<std::uint32_t> only_list = std::nullopt);
inline constexpr std::size_t max_collected_hits = 10'000'000;

}  // namespace aria_focus::core
