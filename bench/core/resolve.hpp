// Leftmost-first resolution per list of the overlapping matches that a library reports: the work that
// a user of such a library has left to do.
#pragma once

#include "engine.hpp"
#include "sets.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace aria_focus::bench {

class Resolver {
  public:
    explicit Resolver(const KeywordSet& set) : covered_(set.lists.size()) {
        for (std::uint32_t list = 0; list < set.lists.size(); ++list) {
            for (const std::string& text : set.lists[list]) {
                entries_.push_back({list, static_cast<std::uint32_t>(text.size())});
            }
        }
    }

    // Forgets the matches of the message before.
    void start() { matches_.clear(); }

    // Notes a match of an entry that ends here.
    void add(std::uint32_t entry, std::uint64_t end) {
        matches_.push_back((end - entries_[entry].size) << 32 | entry);
    }

    // Calls on_hit(list, begin, end) for every match that counts, in order of position and list.
    template <class OnHit>
    void finish(std::string_view message, OnHit&& on_hit) {
        sort(message.size());
        for (const std::uint64_t match : matches_) {
            const Entry entry = entries_[match & 0xFFFFFFFF];
            const std::uint64_t begin = match >> 32;
            std::uint64_t& covered = covered_[entry.list];
            if (base_ + begin < covered) continue;
            covered = base_ + begin + entry.size;
            on_hit(entry.list, begin, begin + entry.size);
        }
        base_ += message.size() + 1;
    }

  private:
    struct Entry {
        std::uint32_t list;
        std::uint32_t size;
    };

    // By start, then by entry. Matches come in order of their ends, so that few are out of place.
    void sort(std::size_t message_size) {
        if (matches_.size() > message_size / 4) return std::sort(matches_.begin(), matches_.end());
        for (std::size_t i = 1; i < matches_.size(); ++i) {
            const std::uint64_t match = matches_[i];
            std::size_t at = i;
            for (; at > 0 && matches_[at - 1] > match; --at) matches_[at] = matches_[at - 1];
            matches_[at] = match;
        }
    }

    std::vector<Entry> entries_;
    std::vector<std::uint64_t> matches_;  // start in the upper half, entry in the lower
    std::vector<std::uint64_t> covered_;  // by list: end of its last hit
    std::uint64_t base_ = 0;              // positions count on from message to message
};

// A peer that reports all matches: what is the same for each. Peer::scan(message) leaves the matches
// of a message in resolver_; it is no virtual function, so that nothing is added to what is timed.
template <class Peer>
class ResolvedEngine : public Engine {
  public:
    explicit ResolvedEngine(const KeywordSet& set) : resolver_(set) {}

    std::uint64_t run(std::span<const std::string> messages) override {
        std::uint64_t hits = 0;
        for (const std::string& message : messages) {
            static_cast<Peer*>(this)->scan(message);
            resolver_.finish(message, [&](std::uint32_t, std::uint64_t, std::uint64_t) { ++hits; });
        }
        return hits;
    }

    std::vector<PlainHit> plain_hits(std::string_view message) override {
        std::vector<PlainHit> out;
        static_cast<Peer*>(this)->scan(message);
        resolver_.finish(message, [&](std::uint32_t list, std::uint64_t begin, std::uint64_t end) {
            out.push_back(
                {static_cast<std::uint32_t>(begin), list, static_cast<std::uint32_t>(end)});
        });
        return out;
    }

  protected:
    Resolver resolver_;
};

}  // namespace aria_focus::bench
