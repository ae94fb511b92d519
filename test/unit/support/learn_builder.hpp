// Labelled messages for the learner, and what it learned as lists for the matcher.
#pragma once

#include "core/base/error.hpp"
#include "core/learn/learner.hpp"
#include "core/route/routing.hpp"
#include "support/json_builder.hpp"
#include "support/random.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace aria_focus::test {

// A message and whose it is.
using Labelled = std::pair<core::learn::Label, std::string>;

// A corpus of messages.
inline core::learn::Corpus corpus_of(const std::vector<Labelled>& rows) {
    core::Ticker ticker;
    core::learn::Corpus corpus;
    for (const auto& [label, text] : rows) corpus.add(label, text, ticker);
    corpus.finish(ticker);
    return corpus;
}

// Messages of made-up words, `labels` profiles: each prefers words of its own, all share others.
inline std::vector<Labelled> random_rows(Random& random, std::uint32_t labels, std::size_t count) {
    constexpr std::array<const char*, 10> parts = {"ba",  "bal", "ta", "ker", "lo",
                                                   "lon", "mi",  "n",  "s",   "ing"};
    constexpr std::array<const char*, 8> joints = {" ", " ", " ", " ", "-", "/", ", ", "'"};
    std::vector<Labelled> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const auto label = static_cast<std::uint32_t>(random.below(labels));
        std::string text;
        for (std::size_t words = random.between(1, 6); words > 0; --words) {
            if (!text.empty()) text += random.pick(joints);
            const std::size_t shift = random.once_in(2) ? label : 0;
            for (std::size_t size = random.between(1, 4); size > 0; --size) {
                text += parts[(random.below(5) + shift) % 10];
            }
        }
        rows.emplace_back(random.once_in(12) ? core::learn::nobody : label, text);
    }
    return rows;
}

// A list as JSON text.
inline std::string json_of(const std::vector<core::learn::LearnedEntry>& entries) {
    constexpr const char* names[] = {"auto", "word", "prefix", "fragment"};
    std::string out = "[";
    for (const auto& entry : entries) {
        const std::int32_t weight = core::learn::rounded_weight(entry.weight);
        const std::string digits = std::to_string(1000 + std::abs(weight) % 1000).substr(1);
        out += out.size() > 1 ? ", " : "";
        out += "{\"keyword\": " + json_string(entry.text) + ", \"match\": \"" +
               names[static_cast<int>(entry.match)] + "\", \"weight\": " + (weight < 0 ? "-" : "") +
               std::to_string(std::abs(weight) / 1000) + "." + digits + "}";
    }
    return out + "]";
}

// Profiles p0, p1, ... with lists, as they are before learning.
class PresentBuilder {
  public:
    explicit PresentBuilder(const std::vector<std::string>& lists) : router_(make(lists)) {}

    core::learn::Present present() const { return {lists_, profiles_, router_}; }
    const core::route::Router& router() const { return router_; }

  private:
    core::route::Router make(const std::vector<std::string>& lists) {
        core::Ticker ticker;
        std::vector<core::route::RoutingProfile> profiles;
        for (const std::string& list : lists) {
            profiles_.push_back(static_cast<std::uint32_t>(profiles.size()));
            profiles.push_back({"p" + std::to_string(100 + profiles.size()), 2});
            parsed_.push_back(good_list(list));
            lists_.push_back(parsed_.back().list);
        }
        return {std::move(profiles), lists_, ticker};
    }

    std::deque<ParsedList> parsed_;
    std::vector<core::match::KeywordList> lists_;
    std::vector<std::uint32_t> profiles_;
    core::route::Router router_;
};

// Learns, and returns the lists as JSON text, by label.
inline std::vector<std::string> learned_lists(const std::vector<Labelled>& rows,
                                              const std::vector<std::string>& old,
                                              const core::learn::LearnOptions& options) {
    core::Ticker ticker;
    const core::learn::Corpus corpus = corpus_of(rows);
    const PresentBuilder builder(old);
    const core::learn::Present present = builder.present();
    core::learn::Learner learner(corpus, present, options, std::size_t{1} << 30, {}, ticker);
    std::vector<std::string> out = old;
    for (const auto& list : learner.learn(ticker).lists) out[list.label] = json_of(list.entries);
    return out;
}

}  // namespace aria_focus::test
