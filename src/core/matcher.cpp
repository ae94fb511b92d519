#include "core/matcher.hpp"

#include "core/bytes.hpp"
#include "core/error.hpp"

#include <algorithm>

namespace aria_focus::core {

std::size_t Matcher::memory() const noexcept {
    return sizeof(*this) + arena_.capacity() + filter_.memory() + trie_.memory() +
           (list_starts_.capacity() + text_starts_.capacity()) * sizeof(std::uint32_t);
}

void Matcher::start(std::string_view message, MatcherScratch& scratch) const {
    if (message.size() > max_message) {
        throw Error(ErrorKind::limit_exceeded, "message is too long to be matched",
                    "It has " + std::to_string(message.size()) + " bytes; the limit is " +
                        std::to_string(max_message) + ".");
    }
    if (scratch.covered_.size() < list_count()) scratch.covered_.resize(list_count());
    scratch.base_ = scratch.next_base_;
    // Beyond every position of this message: a stray byte is folded to three.
    scratch.next_base_ += 3 * message.size() + 2;
}

std::size_t Matcher::find_roots(std::span<const std::uint16_t>& candidates,
                                MatcherScratch& scratch) const {
    const FoldedText& text = scratch.text_;
    std::size_t size = std::min(candidates.size(), MatcherScratch::batch);
    if (size < candidates.size()) {
        const auto position = [&](std::size_t i) { return candidates[i] & candidate::position; };
        while (position(size - 1) == position(size)) --size;
    }
    Root* out = scratch.roots_.data();
    const std::uint64_t covered = list_count() == 1 ? scratch.covered_[0] : 0;
    for (const unsigned candidate : candidates.first(size)) {
        const std::uint32_t position = candidate & candidate::position;
        // Nothing of an only list can start before its hit ends.
        if (covered > scratch.base_ + text.distance(position)) continue;
        const char* const at = text.at(position);
        const std::uint64_t window = load64(at);
        if ((candidate & candidate::is_open) != 0) {
            out = find_open_roots(window, at, position, out);
            continue;
        }
        const std::uint64_t short_key = window & short_key_masks[text.run(position)];
        const std::uint64_t key = (candidate & candidate::is_short) != 0 ? short_key : window;
        out = trie_.find_root(fingerprint(key), arena_.data(), at, position, out);
    }
    candidates = candidates.subspan(size);
    return static_cast<std::size_t>(out - scratch.roots_.data());
}

Root* Matcher::find_open_roots(std::uint64_t window, const char* at, std::uint32_t position,
                               Root* out) const {
    for (unsigned size = 1; size < 4; ++size) {
        if (!filter_.has_open(size)) continue;
        const std::uint64_t key = window & low_bytes[size];
        out = trie_.find_root(fingerprint(key), arena_.data(), at, position, out);
    }
    return out;
}

const Root* Matcher::look(const Root* root, const Root* end, MatcherScratch& scratch,
                          Ticker& ticker) const {
    const FoldedText& text = scratch.text_;
    auto& holding = scratch.holding_;
    holding.clear();
    const std::size_t position = root->position;
    const char* const at = text.at(position);
    const std::uint64_t here = scratch.base_ + text.distance(position);
    const bool joins = text.joins(position);
    const bool is_over = list_count() == 1 && scratch.covered_[0] > here;
    for (; root != end && root->position == position; ++root) {
        if (is_over) continue;
        trie_.walk(arena_.data(), *root, at, [&](const TrieEnd& found, const char* to) {
            ticker.tick();
            if (scratch.covered_[found.list] > here || (found.edges.start && joins)) return;
            const std::size_t behind = position + static_cast<std::size_t>(to - at);
            if (found.edges.end && text.joins(behind)) return;
            const MatcherScratch::Holding held{found, static_cast<std::uint32_t>(behind)};
            if (holding.empty() || holding.back().end.list != found.list) {
                holding.push_back(held);
            } else if (found.entry < holding.back().end.entry) {
                holding.back() = held;
            }
        });
    }
    if (holding.size() > 1) resolve(holding);
    return root;
}

void Matcher::resolve(std::vector<MatcherScratch::Holding>& holding) {
    using Holding = MatcherScratch::Holding;
    std::sort(holding.begin(), holding.end(), [](const Holding& a, const Holding& b) {
        return a.end.list != b.end.list ? a.end.list < b.end.list : a.end.entry < b.end.entry;
    });
    const auto last =
        std::unique(holding.begin(), holding.end(),
                    [](const Holding& a, const Holding& b) { return a.end.list == b.end.list; });
    holding.erase(last, holding.end());
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
