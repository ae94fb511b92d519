// All folded keywords, to be found by what a message shows from a position on.
//
//   key "deploy" --> slot --> node "deploy" --+-- 'e' "d"       a node: its first byte (label), the
//                             ends: deploy    +-- 'm' "ent"     bytes that follow without a choice
//                                                               (tail), the keywords that end here
//
// Radix tries (D. R. Morrison, "PATRICIA", JACM 15(4), 1968) of bytes below an array of slots, built
// level by level from the sorted keywords: children lie side by side, and where a node's children and
// ends stop is where the next node's begin. All keywords whose keys (key_filter.hpp) fall into one slot
// have one root, whose tail is what they share from the first byte on, perhaps nothing: nothing is ever
// probed twice, and keywords made to collide cost a step down a trie. A keyword may be found by another
// key than its own, which does no harm: it is there. Nodes are 16 bytes, ends 12, slots 4; tails lie in
// an arena where the keywords' own texts are, mostly in these texts themselves.
#pragma once

#include "core/base/bytes.hpp"
#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/match/key_filter.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::match {

// What stands at the spaces of a folded keyword.
enum class Separators : std::uint8_t {
    none,
    between_words,  // spaces between letters, digits or marks, for each of which a hyphen may stand
    listed,         // others, too: see the matcher
};

// A keyword where the trie has found its last byte.
struct TrieEnd {
    std::uint32_t list;
    std::uint32_t entry;  // index of the keyword in the matcher
    std::int16_t weight;  // thousandths
    Edges edges;
    Separators separators = Separators::none;
};

// A keyword on its way into the trie.
struct TrieKeyword {
    Key key;
    std::string_view folded;
    std::uint32_t shared_at;  // where the arena has the same bytes; not_shared: nowhere
    TrieEnd end;
};
inline constexpr std::uint32_t not_shared = 0xFFFFFFFF;

// Where the trie of a key starts, for a position of a message.
struct Root {
    std::uint32_t position;
    std::uint32_t node;
};

class KeywordTrie {
  public:
    // Can only be assigned to.
    KeywordTrie() = default;

    // Builds it; appends to the arena what it needs, the bytes that equal_bytes may read behind it
    // among that. The keywords' bytes are not needed afterwards.
    KeywordTrie(const std::vector<TrieKeyword>& keywords, std::string& arena, Ticker& ticker);

    // Writes the root for keys with this fingerprint to `out` and returns behind it, if it may suit what
    // stands at `at`: its first eight bytes do. Without a branch on that, since nobody can predict it.
    Root* find_root(std::uint32_t fingerprint, const char* arena, const char* at,
                    std::uint32_t position, Root* out) const noexcept {
        const std::uint32_t node = slots_[fingerprint >> slot_shift_];
        const Node& root = nodes_[node];
        const std::uint64_t differs = load64(arena + root.tail_at) ^ load64(at);
        *out = {position, node};
        return out + ((differs & low_bytes[std::min<unsigned>(root.tail_size, 8)]) == 0 ? 1 : 0);
    }

    // Calls on_end(end, behind) for every keyword below a root that find_root gave for this place and
    // that the bytes at `at` spell; `behind` is where it ends.
    template <class OnEnd>
    void walk(const char* arena, const Root& root, const char* at, OnEnd&& on_end) const;

    // Bytes of memory.
    std::size_t memory() const noexcept {
        return nodes_.capacity() * sizeof(Node) + ends_.capacity() * sizeof(TrieEnd) +
               slots_.capacity() * sizeof(std::uint32_t);
    }

  private:
    friend class TrieBuilder;

    struct Node {
        std::uint32_t first_child;
        std::uint32_t first_end;
        std::uint32_t tail_at;  // in the arena
        std::uint16_t tail_size;
        unsigned char label;
    };
    static constexpr std::uint32_t no_node = 0xFFFFFFFF;

    // The child of a node with this label; no_node if there is none.
    static std::uint32_t find_child(const Node* nodes, const Node& node, char label) noexcept;

    // The first one suits nothing; one more than there are ends the last one's children and ends.
    std::vector<Node> nodes_;
    std::vector<TrieEnd> ends_;
    std::vector<std::uint32_t> slots_;  // roots; their number is a power of two
    unsigned slot_shift_ = 0;           // of a fingerprint, to its slot
};

inline std::uint32_t KeywordTrie::find_child(const Node* nodes, const Node& node,
                                             char label) noexcept {
    const auto wanted = static_cast<unsigned char>(label);
    std::uint32_t first = node.first_child;
    std::uint32_t count = (&node)[1].first_child - first;
    for (; count > 4; count -= count / 2) {
        if (nodes[first + count / 2].label <= wanted) first += count / 2;
    }
    for (; count > 0; --count, ++first) {
        if (nodes[first].label == wanted) return first;
    }
    return no_node;
}

template <class OnEnd>
void KeywordTrie::walk(const char* arena, const Root& root, const char* at, OnEnd&& on_end) const {
    const Node* const nodes = nodes_.data();
    const TrieEnd* const ends = ends_.data();
    const Node* node = nodes + root.node;
    const std::uint32_t size = node->tail_size;
    if (size > 8 && !equal_bytes(arena + node->tail_at + 8, at + 8, size - 8)) return;
    at += size;
    for (;;) {
        const std::uint32_t last_end = node[1].first_end;
        for (std::uint32_t i = node->first_end; i < last_end; ++i) on_end(ends[i], at);
        const std::uint32_t child = find_child(nodes, *node, *at);
        if (child == no_node) return;
        node = nodes + child;
        ++at;
        if (!equal_bytes(arena + node->tail_at, at, node->tail_size)) return;
        at += node->tail_size;
    }
}

}  // namespace aria_focus::core::match
