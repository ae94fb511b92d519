#include "core/matcher.hpp"

#include "core/boundary.hpp"
#include "core/error.hpp"
#include "core/unicode.hpp"
#include "core/utf8.hpp"
#include "core/window.hpp"

#include <algorithm>

namespace aria_focus::core {

namespace {

// Positions looked at between two reports to the ticker.
constexpr std::ptrdiff_t stride = 16 * 1024;

}  // namespace

std::size_t Matcher::memory() const noexcept {
    return sizeof(*this) + entries_.capacity() * sizeof(MatcherEntry) + texts_.capacity() +
           list_starts_.capacity() * sizeof(std::uint32_t) + nodes_.capacity() * sizeof(Node) +
           filter_.memory() + jumps_.memory() + labels_.capacity() * sizeof(char32_t) +
           tails_.capacity() * sizeof(char32_t) + ends_.capacity() * sizeof(std::uint32_t);
}

void Matcher::start(std::string_view message, MatcherScratch& scratch) const {
    if (message.size() > max_message) {
        throw Error(ErrorKind::limit_exceeded, "message is too long to be matched",
                    "It has " + std::to_string(message.size()) + " bytes; the limit is " +
                        std::to_string(max_message) + ".");
    }
    if (scratch.lists_.size() < list_count_) scratch.lists_.resize(list_count_);
    scratch.base_ = scratch.next_base_;
    scratch.next_base_ += message.size() + 2;  // beyond every position and stamp of this message
}

const char* Matcher::next_candidate(const Cursor& cursor, Ticker& ticker) const {
    const char* at = cursor.at;
    while (at < cursor.end) {
        const char* const from = at;
        const char* const stop = at + std::min(stride, cursor.end - at);
        at = filter_.find(cursor.begin, at, stop, cursor.end);
        ticker.tick(static_cast<std::size_t>(at - from) + 16);  // and the walk from there
        if (at < stop) break;
    }
    return at;
}

inline char32_t Matcher::read(Cursor& cursor, Ticker& ticker) const {
    const auto byte = static_cast<unsigned char>(*cursor.at);
    if (byte <= U' ' || byte >= 0x80) return read_unusual(cursor, ticker);
    ++cursor.at;
    return unicode::fold(byte);
}

char32_t Matcher::read_unusual(Cursor& cursor, Ticker& ticker) const {
    const utf8::Decoded first = utf8::decode(cursor.at, cursor.end);
    cursor.at += first.length;
    if (semantics_ == Semantics::plain || !unicode::is_white_space(first.code_point)) {
        return unicode::fold(first.code_point);
    }
    while (cursor.at < cursor.end) {
        const utf8::Decoded next = utf8::decode(cursor.at, cursor.end);
        if (!unicode::is_white_space(next.code_point)) break;
        cursor.at += next.length;
        ticker.tick();
    }
    return U' ';
}

bool Matcher::read_tail(const Node& node, std::uint32_t done, Cursor& cursor,
                        Ticker& ticker) const {
    for (std::uint32_t i = done; i < node.tail_size; ++i) {
        if (cursor.at == cursor.end) return false;
        if (read(cursor, ticker) != tails_[node.tail_at + i]) return false;
    }
    return true;
}

std::uint32_t Matcher::find_child(std::uint32_t node, char32_t label) const noexcept {
    if (node == 0 && label < root_children_.size()) return root_children_[label];
    const char32_t* const first = labels_.data() + nodes_[node].first_child;
    const char32_t* const last = first + nodes_[node].child_count;
    const char32_t* const found = std::lower_bound(first, last, label);
    if (found == last || *found != label) return no_node;
    return static_cast<std::uint32_t>(found - labels_.data());
}

inline const Jump* Matcher::find_jump(const Cursor& cursor) const noexcept {
    if (cursor.end - cursor.at < 4) return nullptr;
    const std::uint32_t window = load_window(cursor.at);
    if (is_unusual(window)) return nullptr;
    if (const std::uint32_t found = spaces(window); found != 0) {
        // A run of white space is one character of the trie: these four bytes may be fewer.
        const bool is_run = (found & found << 8) != 0;
        const bool may_go_on = found >> 31 != 0 && cursor.end - cursor.at > 4 &&
                               (cursor.at[4] <= ' ' || static_cast<signed char>(cursor.at[4]) < 0);
        if (is_run || may_go_on) return nullptr;
    }
    return jumps_.find(fold_letters(window));
}

void Matcher::walk(const Cursor& start, MatcherScratch& scratch, Ticker& ticker) const {
    scratch.touched_.clear();
    Cursor cursor = start;
    std::uint32_t node = 0;
    std::uint32_t tail_done = 0;
    if (const Jump* jump = find_jump(start)) {
        node = jump->node;
        tail_done = jump->tail_done;
        cursor.at += 4;
    } else {
        node = find_child(0, read(cursor, ticker));
    }
    while (node != no_node && read_tail(nodes_[node], tail_done, cursor, ticker)) {
        if (nodes_[node].end_count != 0) accept(nodes_[node], start, cursor.at, scratch, ticker);
        if (nodes_[node].child_count == 0 || cursor.at == cursor.end) return;
        node = find_child(node, read(cursor, ticker));
        tail_done = 0;
    }
}

void Matcher::accept(const Node& node, const Cursor& start, const char* end,
                     MatcherScratch& scratch, Ticker& ticker) const {
    ticker.tick(node.end_count);
    const std::uint64_t here = scratch.base_ + static_cast<std::uint64_t>(start.at - start.begin);
    for (std::uint32_t i = 0; i < node.end_count; ++i) {
        const std::uint32_t index = ends_[node.first_end + i];
        const MatcherEntry& entry = entries_[index];
        auto& state = scratch.lists_[entry.list];
        if (state.covered_until > here) continue;
        if (entry.edges.start && !is_boundary(start.begin, start.at, start.end)) continue;
        if (entry.edges.end && !is_boundary(start.begin, end, start.end)) continue;
        if (state.candidate_at != here + 1) {
            scratch.touched_.push_back(entry.list);
            state.candidate_at = here + 1;
        } else if (state.entry < index) {
            continue;
        }
        state.entry = index;
        state.end = static_cast<std::uint32_t>(end - start.begin);
    }
}

std::vector<Hit> collect_hits(const Matcher& matcher, std::string_view message,
                              MatcherScratch& scratch, Ticker& ticker,
                              std::optional<std::uint32_t> only_list) {
    std::vector<Hit> hits;
    matcher.scan(message, scratch, ticker, [&](const Hit& hit) {
        if (only_list && hit.list != *only_list) return true;
        if (hits.size() == max_collected_hits) {
            throw Error(ErrorKind::limit_exceeded, "too many keyword hits in one message",
                        "At most " + std::to_string(max_collected_hits) + " can be listed.",
                        "focus_rank counts any number of them.");
        }
        hits.push_back(hit);
        return true;
    });
    return hits;
}

}  // namespace aria_focus::core
