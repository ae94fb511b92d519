#include "core/match/keyword_trie.hpp"

#include <algorithm>
#include <bit>

namespace aria_focus::core::match {

namespace {

// The first four bytes of a text, the first one highest; zeros where it ends.
std::uint32_t leading_bytes(std::string_view text) noexcept {
    std::uint32_t bytes = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        bytes = bytes << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    }
    return bytes;
}

}  // namespace

class TrieBuilder {
  public:
    TrieBuilder(const std::vector<TrieKeyword>& keywords, std::string& arena, KeywordTrie& out,
                Ticker& ticker)
        : keywords_(keywords), arena_(arena), out_(out), ticker_(ticker) {}

    // The whole way.
    void build() {
        make_slots();
        sort();
        out_.nodes_.reserve(order_.size() + order_.size() / 4 + 2);
        out_.ends_.reserve(order_.size());
        add_roots();
        for (std::size_t node = 0; node < ranges_.size(); ++node) add_children(node);
        const auto nodes = static_cast<std::uint32_t>(out_.nodes_.size());
        out_.nodes_.push_back({nodes, static_cast<std::uint32_t>(out_.ends_.size()), 0, 0, 0});
        out_.nodes_.shrink_to_fit();
        arena_.append(8, '\0');  // equal_bytes reads so far
        arena_.shrink_to_fit();
    }

  private:
    // A keyword in sorted order: by slot, then by its bytes, then by entry.
    struct Place {
        std::uint64_t prefix;  // the slot and the first four bytes
        std::uint32_t keyword;
    };
    // The keywords below a node: sorted places [first, last) that share `depth` bytes.
    struct Range {
        std::uint32_t first;
        std::uint32_t last;
        std::uint32_t depth;
    };

    // The keyword at a sorted place.
    const TrieKeyword& at(std::size_t place) const { return keywords_[order_[place].keyword]; }

    // Makes at least one slot for a keyword, and for a few keywords more, since that costs little.
    void make_slots() {
        const std::size_t keywords = keywords_.size();
        const std::size_t slots =
            std::bit_ceil(std::max({keywords, std::min(4 * keywords, few_slots), least_slots}));
        out_.slots_.assign(slots, nothing);
        out_.slot_shift_ = 32 - static_cast<unsigned>(std::countr_zero(slots));
    }

    // The slot of a keyword.
    std::uint32_t slot_of(const TrieKeyword& keyword) const noexcept {
        return fingerprint(keyword.key.bytes) >> out_.slot_shift_;
    }

    // Sorts the keywords.
    void sort() {
        order_.reserve(keywords_.size());
        for (const TrieKeyword& keyword : keywords_) {
            order_.push_back({std::uint64_t{slot_of(keyword)} << 32 | leading_bytes(keyword.folded),
                              static_cast<std::uint32_t>(&keyword - keywords_.data())});
        }
        std::sort(order_.begin(), order_.end(), [this](const Place& a, const Place& b) {
            ticker_.tick();
            if (a.prefix != b.prefix) return a.prefix < b.prefix;
            const TrieKeyword& one = keywords_[a.keyword];
            const TrieKeyword& other = keywords_[b.keyword];
            const int order = one.folded.compare(other.folded);
            return order != 0 ? order < 0 : one.end.entry < other.end.entry;
        });
    }

    // Adds the node of the empty slots, with a tail that no folded text has, and one for each other slot.
    void add_roots() {
        out_.nodes_.push_back({0, 0, static_cast<std::uint32_t>(arena_.size()), 1, 0});
        ranges_.push_back({0, 0, 0});
        arena_.push_back('\xFF');
        for (std::size_t first = 0, last = 0; first < order_.size(); first = last) {
            const std::uint32_t slot = slot_of(at(first));
            for (last = first + 1; last < order_.size() && slot_of(at(last)) == slot;) ++last;
            out_.slots_[slot] = static_cast<std::uint32_t>(out_.nodes_.size());
            add_node(first, last, 0, 0);
        }
    }

    // Adds a node for sorted keywords that share `depth` bytes and what more they share.
    void add_node(std::size_t first, std::size_t last, std::size_t depth, char label) {
        ticker_.tick(last - first);
        const TrieKeyword& low = at(first);
        const std::string_view high = at(last - 1).folded;
        // Sorted: what the outermost two share, all between them share.
        const auto [differs, ignored] =
            std::mismatch(low.folded.begin() + static_cast<std::ptrdiff_t>(depth), low.folded.end(),
                          high.begin() + static_cast<std::ptrdiff_t>(depth), high.end());
        const auto size = static_cast<std::size_t>(differs - low.folded.begin()) - depth;
        std::size_t tail_at = low.shared_at + depth;
        if (low.shared_at == not_shared && size != 0) {
            tail_at = arena_.size();
            arena_.append(low.folded.substr(depth, size));
        }
        out_.nodes_.push_back({0, 0, size == 0 ? 0 : static_cast<std::uint32_t>(tail_at),
                               static_cast<std::uint16_t>(size),
                               static_cast<unsigned char>(label)});
        ranges_.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last),
                           static_cast<std::uint32_t>(depth + size)});
    }

    // Gives a node the keywords that end at it, and its children.
    void add_children(std::size_t node) {
        const Range range = ranges_[node];
        std::size_t first = range.first;
        out_.nodes_[node].first_end = static_cast<std::uint32_t>(out_.ends_.size());
        for (; first < range.last && at(first).folded.size() == range.depth; ++first) {
            out_.ends_.push_back(at(first).end);
        }
        out_.nodes_[node].first_child = static_cast<std::uint32_t>(out_.nodes_.size());
        while (first < range.last) {
            const char label = at(first).folded[range.depth];
            std::size_t last = first + 1;
            while (last < range.last && at(last).folded[range.depth] == label) ++last;
            add_node(first, last, range.depth + 1, label);
            first = last;
        }
    }

    static constexpr std::uint32_t nothing = 0;  // the node of empty slots
    static constexpr std::size_t few_slots = 8192;
    static constexpr std::size_t least_slots = 2;  // so that a shift by less than 32 finds them

    const std::vector<TrieKeyword>& keywords_;
    std::string& arena_;
    KeywordTrie& out_;
    Ticker& ticker_;
    std::vector<Place> order_;
    std::vector<Range> ranges_;  // by node
};

KeywordTrie::KeywordTrie(const std::vector<TrieKeyword>& keywords, std::string& arena,
                         Ticker& ticker) {
    TrieBuilder(keywords, arena, *this, ticker).build();
}

}  // namespace aria_focus::core::match
