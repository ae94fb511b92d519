#include "core/match/matcher.hpp"

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"

#include <algorithm>

namespace aria_focus::core::match {

std::size_t Matcher::memory() const noexcept {
    return sizeof(*this) + arena_.capacity() + filter_.memory() + trie_.memory() +
           (list_starts_.capacity() + text_starts_.capacity()) * sizeof(std::uint32_t) +
           separator_starts_.capacity() * sizeof(separator_starts_[0]) + separators_.capacity();
}

void Matcher::start(std::string_view message, MatcherScratch& scratch) const {
    if (message.size() > max_message) {
        throw Error(ErrorKind::limit_exceeded, "message is too long to be matched",
                    "It has " + std::to_string(message.size()) + " bytes; the limit is " +
                        std::to_string(max_message) + ".");
    }
    if (scratch.covered_.size() < list_count()) scratch.covered_.resize(list_count());
    scratch.base_ = scratch.next_base_;
    // Beyond every position of this message: in NFC a character has three times its bytes at most, and
    // a byte more or none when its case is folded.
    scratch.next_base_ += 4 * message.size() + 2;
}

std::span<const std::uint64_t> Matcher::find_candidates(const KeyProbe& probe, std::size_t at,
                                                        MatcherScratch& scratch,
                                                        Ticker& ticker) const {
    const FoldedText& text = scratch.text_;
    std::uint64_t* const out = scratch.candidates_.data();
    const std::size_t last = std::min(at + MatcherScratch::strip, text.limit());
    const std::size_t count = kernel_->find(probe, text.bits(), at, last, out);
    ticker.tick(4 * count);
    return {out, count};
}

std::span<const Root> Matcher::find_roots(std::span<const std::uint64_t>& candidates,
                                          MatcherScratch& scratch) const {
    const FoldedText& text = scratch.text_;
    std::size_t size = std::min(candidates.size(), MatcherScratch::batch);
    if (size < candidates.size()) {
        const auto position = [&](std::size_t i) { return candidates[i] & candidate::position; };
        while (position(size - 1) == position(size)) --size;
    }
    Root* out = scratch.roots_.data();
    const char* const arena = arena_.data();
    // Nothing of an only list can start before its hit ends.
    const std::size_t over = list_count() == 1 && scratch.covered_[0] > scratch.base_
                                 ? text.position(scratch.covered_[0] - scratch.base_)
                                 : 0;
    for (const std::uint64_t candidate : candidates.first(size)) {
        const auto position = static_cast<std::uint32_t>(candidate & candidate::position);
        if (position < over) continue;
        const char* const at = text.at(position);
        if ((candidate & candidate::is_open) != 0) {
            out = find_open_roots(load64(at), at, position, out);
        } else {
            out = trie_.find_root(static_cast<std::uint32_t>(candidate >> 32), arena, at, position,
                                  out);
        }
    }
    candidates = candidates.subspan(size);
    return {scratch.roots_.data(), out};
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

std::string_view Matcher::listed_separators(std::uint32_t entry) const noexcept {
    const auto found =
        std::lower_bound(separator_starts_.begin(), separator_starts_.end(), entry,
                         [](const auto& one, std::uint32_t wanted) { return one.first < wanted; });
    return std::string_view(separators_).substr(found->second);
}

bool Matcher::separators_hold(const TrieEnd& found, const FoldedText& text, std::size_t position,
                              std::size_t behind) const noexcept {
    const char* wanted =
        found.separators == Separators::listed ? listed_separators(found.entry).data() : nullptr;
    for (; position < behind; ++position) {
        if (*text.at(position) != ' ') continue;
        const char kind = wanted == nullptr ? '~' : *wanted++;
        const Separator there = text.separator(position);
        const bool holds = kind == '-'   ? there != Separator::space
                           : kind == ' ' ? there == Separator::space
                                         : there != Separator::dash;
        if (!holds) return false;
    }
    return true;
}

template <bool is_unusual>
inline const Root* Matcher::hold(const Root* root, const Root* end, MatcherScratch& scratch,
                                 Ticker& ticker) const {
    const FoldedText& text = scratch.text_;
    const std::uint32_t position = root->position;
    const char* const at = text.at(position);
    const std::uint64_t here = scratch.base_ + text.distance(position);
    const bool joins = text.joins(position);
    const std::uint64_t* const covered = scratch.covered_.data();
    const bool is_over =
        (list_count() == 1 && covered[0] > here) || (is_unusual && text.is_inside(position));
    std::size_t ends = 0;
    for (; root != end && root->position == position; ++root) {
        if (is_over) continue;
        trie_.walk(arena_.data(), *root, at, [&](const TrieEnd& found, const char* to) {
            ++ends;
            if (covered[found.list] > here || (found.edges.start && joins)) return;
            const auto behind = position + static_cast<std::uint32_t>(to - at);
            if (found.edges.end && text.joins(behind)) return;
            if (is_unusual && text.is_inside(behind)) return;
            // A space of the text stands for a hyphen, too; for a dash only where there are any.
            const bool asks = is_unusual ? found.separators != Separators::none
                                         : found.separators == Separators::listed;
            if (asks && !separators_hold(found, text, position, behind)) return;
            scratch.hits_.add({found.list, found.entry, position, behind, found.weight});
        });
    }
    ticker.tick(ends);
    return root;
}

template <bool is_unusual>
inline std::span<const Root> Matcher::find_hits_of(std::span<const Root> roots,
                                                   MatcherScratch& scratch, Ticker& ticker) const {
    constexpr std::size_t enough = 1024;
    const FoldedText& text = scratch.text_;
    HitBuffer& hits = scratch.hits_;
    const Root* root = roots.data();
    const Root* const end = root + roots.size();
    while (root != end && hits.size() < enough) {
        hits.next_position();
        root = hold<is_unusual>(root, end, scratch, ticker);
        for (Hit& hit : hits.resolve()) {
            scratch.covered_[hit.list] = scratch.base_ + text.distance(hit.end);
            hit.begin = text.original(hit.begin);
            hit.end = text.original_end(hit.end);
        }
    }
    return {root, end};
}

std::span<const Hit> Matcher::find_hits(std::span<const Root>& roots, MatcherScratch& scratch,
                                        Ticker& ticker) const {
    HitBuffer& hits = scratch.hits_;
    hits.clear();
    const FoldedText& text = scratch.text_;
    // The common case is compiled alone: there every instruction shows.
    roots = text.has_inside() || text.has_dashes() ? find_hits_of<true>(roots, scratch, ticker)
                                                   : find_hits_of<false>(roots, scratch, ticker);
    return hits.view();
}

void HitBuffer::resolve_many() {
    const std::span<Hit> here = this_position();
    std::sort(here.begin(), here.end(), [](const Hit& a, const Hit& b) {
        return a.list != b.list ? a.list < b.list : a.entry < b.entry;
    });
    const auto last = std::unique(here.begin(), here.end(),
                                  [](const Hit& a, const Hit& b) { return a.list == b.list; });
    count_ = first_ + static_cast<std::size_t>(last - here.begin());
}

void HitBuffer::grow() {
    hits_.resize(2 * room_ + 64);
    room_ = hits_.size();
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

}  // namespace aria_focus::core::match
