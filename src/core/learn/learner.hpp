// Lists that learn from labelled messages.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/corpus.hpp"
#include "core/learn/folds.hpp"
#include "core/learn/list_writer.hpp"
#include "core/learn/training.hpp"
#include "core/match/keyword_list.hpp"
#include "core/route/routing.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace aria_focus::core::learn {

// What is there before learning. Everything outlives the learner.
struct Present {
    std::span<const match::KeywordList> lists;  // by label
    std::span<const std::uint32_t> profiles;    // by label, its number in the router
    const route::Router& router;                // all profiles that messages may go to
};

// A list that was learned.
struct LearnedList {
    Label label;
    std::vector<LearnedEntry> entries;
    std::size_t messages = 0;  // its own, equal ones once
    std::size_t added = 0;     // entries, compared with the old list
    std::size_t reweighted = 0;
    std::size_t removed = 0;
    double recall_before = 0;
    std::optional<double> recall_after;  // held out
};

// Why weights were not brought to a scale on which 1 is the threshold.
enum class Scaling : std::uint8_t { done, not_wanted, no_folds, no_evidence, too_heavy };

struct Learned {
    std::vector<LearnedList> lists;
    Scaling scaling;
    double scale = 1;  // all weights were divided by it
};

class Learner {
  public:
    // Told now and then how many profiles are learned out of how many, folds counted.
    using Progress = std::function<void(std::size_t done, std::size_t all)>;

    Learner(const Corpus& corpus, const Present& present, const LearnOptions& options,
            std::size_t max_memory, Progress progress, Ticker& ticker);

    // Learns. Raises invalid_argument where fewer than two profiles have rows, limit_exceeded where it
    // would take more than max_memory bytes.
    Learned learn(Ticker& ticker);

  private:
    // The labels that have rows.
    void find_labels();
    // What the present lists hit, and what routing says today.
    void read_present(Ticker& ticker);
    // Trains without each fold in turn.
    void hold_out(Ticker& ticker);
    // Writes the lists, from all rows.
    void write_lists(Learned& out, Ticker& ticker);
    // Divides all weights so that threshold 1 sends away the share of messages that options_ wants.
    void find_scale(Learned& out) const;
    // Refuses a training that takes too much.
    void check_memory(const Training& training) const;
    // Fills what a list says about itself.
    void count_changes(LearnedList& list) const;
    void fill_recall(LearnedList& list, double scale) const;
    // Says that one more profile is done.
    void advance();
    // The document frequency that a feature needs.
    std::uint32_t least_rows() const noexcept;

    const Corpus& corpus_;
    const Present& present_;
    const LearnOptions& options_;
    std::size_t max_memory_;
    Progress progress_;
    std::size_t done_ = 0;
    std::vector<Label> labels_;           // that have rows
    match::Matcher matcher_;              // of the old lists
    std::vector<OldList> old_;            // by label
    std::vector<std::uint8_t> is_right_;  // by row, today
    std::vector<double> rivals_;      // by row, the most that a profile gets which is not learned
    std::optional<Winners> winners_;  // held out
};

}  // namespace aria_focus::core::learn
