// The Rust crate aho-corasick: one leftmost-first automaton for each list, or one automaton with
// overlapping matches that are resolved here.
#include "engine.hpp"

#ifndef HAVE_AHO

aria_focus::bench::EnginePtr aria_focus::bench::make_aho(const KeywordSet&, AhoUse) {
    return nullptr;
}

#else

#include "resolve.hpp"

#include <algorithm>
#include <stdexcept>

// What rust/src/lib.rs exports.
extern "C" {
struct Aho;
struct AhoMatch {
    std::uint32_t pattern;
    std::uint32_t begin;
    std::uint32_t end;
};
Aho* aho_build(const char* const* texts, const std::size_t* sizes, std::size_t count,
               bool overlapping, bool dfa);
std::size_t aho_find(Aho* aho, const char* message, std::size_t size, const AhoMatch** found);
std::size_t aho_memory(const Aho* aho);
void aho_free(Aho* aho);
}

namespace aria_focus::bench {
namespace {

struct AhoFree {
    // Gives an automaton back to Rust.
    void operator()(Aho* aho) const { aho_free(aho); }
};
using AhoPtr = std::unique_ptr<Aho, AhoFree>;

// An automaton of these texts.
AhoPtr build(const std::vector<std::string_view>& texts, bool overlapping, bool dfa) {
    std::vector<const char*> begins;
    std::vector<std::size_t> sizes;
    for (const std::string_view text : texts) {
        begins.push_back(text.data());
        sizes.push_back(text.size());
    }
    AhoPtr out(aho_build(begins.data(), sizes.data(), texts.size(), overlapping, dfa));
    if (!out) throw std::runtime_error("aho-corasick: too many states");
    return out;
}

// The matches of a message.
std::span<const AhoMatch> find(Aho* aho, std::string_view message) {
    const AhoMatch* found = nullptr;
    const std::size_t count = aho_find(aho, message.data(), message.size(), &found);
    return {found, count};
}

// One automaton for each list; each resolves itself.
class AhoPerList : public Engine {
  public:
    explicit AhoPerList(const KeywordSet& set) {
        for (const auto& list : set.lists) {
            lists_.push_back(build({list.begin(), list.end()}, false, true));
        }
    }

    std::string name() const override { return "aho-corasick (DFA per profile)"; }

    std::uint64_t run(std::span<const std::string> messages) override {
        std::uint64_t hits = 0;
        for (const std::string& message : messages) {
            for (const AhoPtr& list : lists_) hits += find(list.get(), message).size();
        }
        return hits;
    }

    std::vector<PlainHit> plain_hits(std::string_view message) override {
        std::vector<PlainHit> out;
        for (std::uint32_t list = 0; list < lists_.size(); ++list) {
            for (const AhoMatch& match : find(lists_[list].get(), message)) {
                out.push_back({match.begin, list, match.end});
            }
        }
        std::sort(out.begin(), out.end());
        return out;
    }

    std::size_t memory() const override {
        std::size_t out = 0;
        for (const AhoPtr& list : lists_) out += aho_memory(list.get());
        return out;
    }

  private:
    std::vector<AhoPtr> lists_;
};

// One automaton that reports every match.
class AhoOverlapping : public ResolvedEngine<AhoOverlapping> {
  public:
    AhoOverlapping(const KeywordSet& set, bool dfa) : ResolvedEngine(set), dfa_(dfa) {
        std::vector<std::string_view> texts;
        for (const auto& list : set.lists) texts.insert(texts.end(), list.begin(), list.end());
        aho_ = build(texts, true, dfa);
    }

    std::string name() const override {
        return dfa_ ? "aho-corasick (one DFA)" : "aho-corasick (one NFA)";
    }

    std::size_t memory() const override { return aho_memory(aho_.get()); }

  private:
    friend class ResolvedEngine<AhoOverlapping>;

    // Leaves the matches of a message in the resolver.
    void scan(std::string_view message) {
        resolver_.start();
        for (const AhoMatch& match : find(aho_.get(), message)) {
            resolver_.add(match.pattern, match.end);
        }
    }

    bool dfa_;
    AhoPtr aho_;
};

}  // namespace

EnginePtr make_aho(const KeywordSet& set, AhoUse use) {
    if (use == AhoUse::dfa_per_list) return std::make_unique<AhoPerList>(set);
    return std::make_unique<AhoOverlapping>(set, use == AhoUse::dfa_overlapping);
}

}  // namespace aria_focus::bench

#endif
