// RE2: one alternation for each list, as a regular expression's user would write it.
#include "engine.hpp"

#ifndef HAVE_RE2

aria_focus::bench::EnginePtr aria_focus::bench::make_re2(const KeywordSet&) {
    return nullptr;
}

#else

#include <re2/re2.h>
#include <algorithm>
#include <stdexcept>

namespace aria_focus::bench {
namespace {

class Re2 : public Engine {
  public:
    explicit Re2(const KeywordSet& set) {
        RE2::Options options;
        options.set_case_sensitive(false);
        options.set_max_mem(256 << 20);
        for (const auto& list : set.lists) {
            std::string pattern;
            for (const std::string& text : list) {
                pattern += (pattern.empty() ? "" : "|") + RE2::QuoteMeta(text);
            }
            lists_.push_back(std::make_unique<RE2>(pattern, options));
            if (!lists_.back()->ok()) throw std::runtime_error(lists_.back()->error());
        }
    }

    std::string name() const override { return "RE2 (per profile)"; }

    std::uint64_t run(std::span<const std::string> messages) override {
        std::uint64_t hits = 0;
        for (const std::string& message : messages) {
            each_hit(message, [&](std::uint32_t, std::size_t, std::size_t) { ++hits; });
        }
        return hits;
    }

    std::vector<PlainHit> plain_hits(std::string_view message) override {
        std::vector<PlainHit> out;
        each_hit(message, [&](std::uint32_t list, std::size_t begin, std::size_t end) {
            out.push_back(
                {static_cast<std::uint32_t>(begin), list, static_cast<std::uint32_t>(end)});
        });
        std::sort(out.begin(), out.end());
        return out;
    }

  private:
    // Calls on_hit(list, begin, end) list by list.
    template <class OnHit>
    void each_hit(std::string_view message, OnHit&& on_hit) {
        const re2::StringPiece text(message.data(), message.size());
        for (std::uint32_t list = 0; list < lists_.size(); ++list) {
            re2::StringPiece hit;
            for (std::size_t at = 0;
                 lists_[list]->Match(text, at, text.size(), RE2::UNANCHORED, &hit, 1);) {
                const auto begin = static_cast<std::size_t>(hit.data() - text.data());
                at = begin + hit.size();
                on_hit(list, begin, at);
            }
        }
    }

    std::vector<std::unique_ptr<RE2>> lists_;
};

}  // namespace

EnginePtr make_re2(const KeywordSet& set) {
    return std::make_unique<Re2>(set);
}

}  // namespace aria_focus::bench

#endif
