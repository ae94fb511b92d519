// Builds a matcher: keywords of all lists, sorted by folded text, become a radix trie level by level
// (no recursion).
#include "core/error.hpp"
#include "core/matcher.hpp"

#include <algorithm>

namespace aria_focus::core {

class MatcherCompiler {
  public:
    explicit MatcherCompiler(Semantics semantics, Ticker& ticker) : ticker_(ticker) {
        out_.semantics_ = semantics;
    }

    // The whole way.
    Matcher compile(std::span<const KeywordList> lists) {
        out_.list_count_ = lists.size();
        for (std::size_t i = 0; i < lists.size(); ++i) {
            out_.list_starts_.push_back(static_cast<std::uint32_t>(out_.entries_.size()));
            add_list(static_cast<std::uint32_t>(i), lists[i]);
        }
        out_.list_starts_.push_back(static_cast<std::uint32_t>(out_.entries_.size()));
        std::sort(ends_.begin(), ends_.end(), [this](const End& a, const End& b) {
            ticker_.tick();
            const int order = a.folded.compare(b.folded);
            return order != 0 ? order < 0 : a.entry < b.entry;
        });
        build_trie();
        build_filter();
        build_jumps();
        return std::move(out_);
    }

  private:
    // A keyword that may count, to be put in the trie.
    struct End {
        std::u32string_view folded;
        std::uint32_t entry;
    };

    // A node whose children are to be built: the keywords [first, last) share `depth` characters.
    struct Range {
        std::size_t first;
        std::size_t last;
        std::size_t depth;
    };

    // Takes over the entries of one list.
    void add_list(std::uint32_t list_index, const KeywordList& list) {
        auto edges = edges_of(list);
        if (out_.semantics_ == Semantics::plain) edges.assign(edges.size(), Edges{false, false});
        const auto shadows = find_shadows(list, edges, ticker_);
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const Keyword& keyword = list.keywords()[i];
            ticker_.tick(keyword.folded_size);
            characters_ += keyword.folded_size;
            if (characters_ > max_characters) {
                throw Error(ErrorKind::limit_exceeded, "too many keywords to be compiled",
                            "They have more than 2^31 characters together.");
            }
            const auto index = static_cast<std::uint32_t>(out_.entries_.size());
            out_.entries_.push_back({list_index, static_cast<std::uint32_t>(out_.texts_.size()),
                                     static_cast<std::uint32_t>(keyword.text.size()),
                                     keyword.weight, edges[i]});
            out_.texts_.append(keyword.text);
            if (shadows[i] < 0) ends_.push_back({list.folded(keyword), index});
        }
    }

    // Builds the trie breadth first, so that children lie side by side.
    void build_trie() {
        out_.nodes_.emplace_back();
        out_.labels_.push_back(0);
        ranges_.push_back({0, ends_.size(), 0});
        for (std::size_t node = 0; node < ranges_.size(); ++node) {
            const Range range = ranges_[node];
            const std::size_t first = take_ends(node, range);
            out_.nodes_[node].first_child = static_cast<std::uint32_t>(out_.nodes_.size());
            for (std::size_t at = first; at < range.last;) at = add_child(at, range);
            out_.nodes_[node].child_count =
                static_cast<std::uint32_t>(out_.nodes_.size()) - out_.nodes_[node].first_child;
        }
        const auto& root = out_.nodes_[0];
        for (std::uint32_t i = root.first_child; i < root.first_child + root.child_count; ++i) {
            if (out_.labels_[i] < out_.root_children_.size()) {
                out_.root_children_[out_.labels_[i]] = i;
            }
        }
    }

    // Lets the filter pass what the trie holds.
    void build_filter() {
        out_.filter_ = PrefixFilter(ends_.size());
        for (const End& end : ends_) {
            ticker_.tick(16);
            out_.filter_.add(end.folded, out_.entries_[end.entry].edges, out_.semantics_);
        }
    }

    // Notes where the first four characters of the keywords lead, if they are ASCII.
    void build_jumps() {
        out_.jumps_ = JumpTable(ends_.size());
        for (const End& end : ends_) {
            ticker_.tick(16);
            if (end.folded.size() < 4) continue;
            const std::u32string_view start = end.folded.substr(0, 4);
            if (std::any_of(start.begin(), start.end(),
                            [](char32_t c) { return c < U' ' || c >= 0x7F; })) {
                continue;
            }
            if (const auto jump = follow(start)) out_.jumps_.add(*jump);
        }
    }

    // The place that four characters of a keyword lead to; nothing if an entry ends before it.
    std::optional<Jump> follow(std::u32string_view start) const {
        Jump jump{0, 0, 0};
        for (unsigned i = 0; i < start.size(); ++i) {
            jump.gram |= static_cast<std::uint32_t>(start[i]) << (8 * i);
            const auto& node = out_.nodes_[jump.node];
            if (jump.node != 0 && jump.tail_done < node.tail_size) {
                ++jump.tail_done;
                continue;
            }
            if (node.end_count != 0) return std::nullopt;
            jump = {jump.gram, out_.find_child(jump.node, start[i]), 0};
        }
        return jump;
    }

    // Gives a node the entries that end at it; returns the first keyword that goes on.
    std::size_t take_ends(std::size_t node, const Range& range) {
        std::size_t at = range.first;
        out_.nodes_[node].first_end = static_cast<std::uint32_t>(out_.ends_.size());
        while (at < range.last && ends_[at].folded.size() == range.depth) {
            out_.ends_.push_back(ends_[at++].entry);
        }
        out_.nodes_[node].end_count = static_cast<std::uint32_t>(at - range.first);
        return at;
    }

    // Adds the child for the keywords from `first` on that share their next character; returns the
    // first keyword behind them.
    std::size_t add_child(std::size_t first, const Range& parent) {
        const char32_t label = ends_[first].folded[parent.depth];
        std::size_t last = first;
        while (last < parent.last && ends_[last].folded[parent.depth] == label) ++last;
        ticker_.tick(last - first);

        // Sorted: what the outermost two share, all between them share.
        const std::u32string_view low = ends_[first].folded;
        const std::u32string_view high = ends_[last - 1].folded;
        std::size_t depth = parent.depth + 1;
        while (depth < low.size() && depth < high.size() && low[depth] == high[depth]) ++depth;

        Matcher::Node child;
        child.tail_at = static_cast<std::uint32_t>(out_.tails_.size());
        child.tail_size = static_cast<std::uint32_t>(depth - parent.depth - 1);
        out_.tails_.append(low.substr(parent.depth + 1, child.tail_size));
        out_.nodes_.push_back(child);
        out_.labels_.push_back(label);
        ranges_.push_back({first, last, depth});
        return last;
    }

    static constexpr std::size_t max_characters = std::size_t{1} << 31;

    Ticker& ticker_;
    Matcher out_;
    std::vector<End> ends_;
    std::vector<Range> ranges_;  // by node
    std::size_t characters_ = 0;
};

Matcher Matcher::compile(std::span<const KeywordList> lists, Semantics semantics, Ticker& ticker) {
    return MatcherCompiler(semantics, ticker).compile(lists);
}

Matcher compile_plain(const Matcher& bounded, Ticker& ticker) {
    std::vector<KeywordList> lists;
    for (std::uint32_t list = 0; list < bounded.list_count(); ++list) {
        std::vector<std::string_view> texts;
        const auto [first, last] = bounded.entries_of(list);
        for (std::uint32_t i = first; i < last; ++i) {
            texts.push_back(bounded.text(bounded.entries()[i]));
        }
        lists.push_back(KeywordList::of_texts(texts, ticker));
    }
    return Matcher::compile(lists, Semantics::plain, ticker);
}

}  // namespace aria_focus::core
