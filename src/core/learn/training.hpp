// One training: from some of the rows of a corpus to what the features of each profile are worth.
//
// From nothing the problem of a profile has all words and prefixes, and those of its phrases that turn out
// to be worth something. From a list it has the list's entries, which start at their present weights,
// and the new features that would be worth most.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/features.hpp"
#include "core/learn/one_vs_rest.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aria_focus::core::learn {

// How lists are to be learned.
struct LearnOptions {
    bool from_lists = true;
    std::size_t new_entries = 5;             // of a list, at most
    std::optional<std::size_t> max_entries;  // of a list, at most
    double cut = 0.02;                       // entries that change less than this go
    std::size_t phrases = 500;               // of a list, at most
    bool function_words = false;             // may be new entries of lists that exist
    double rejection = 0.02;                 // share of messages that threshold 1 may send away
    std::uint32_t folds = 5;                 // of the held-out estimate; 0: none
};

// A profile's list before learning.
struct OldList {
    std::vector<double> weights;                                // of its entries
    std::vector<std::string> texts;                             // theirs, folded; ascending
    std::vector<std::pair<std::uint32_t, std::uint32_t>> hits;  // row, entry; ascending, each once
};

// What the features of a profile are worth: those of the feature space, then its old entries.
struct Model {
    std::vector<double> weights;
    bool is_independent = false;  // no prefix counts where a longer entry hits
};

class Training {
  public:
    // Trains on the rows that have a 1; features have to be in `least` of them. All arguments outlive this.
    // `old` is empty or has a list for each label.
    Training(const Corpus& corpus, std::span<const OldList> old, const LearnOptions& options,
             const std::vector<std::uint8_t>& is_trained, std::uint32_t least, Ticker& ticker);

    // Learns a profile; without rows to be trained on it keeps its list, or has none.
    const Model& fit(Label label, Ticker& ticker);
    // What every row gets by the model learned last.
    const std::vector<double>& scores() const noexcept { return solver_.scores(); }

    // The features that the weights belong to.
    const FeatureSpace& space() const noexcept { return space_; }

    // Bytes of memory that it takes.
    std::size_t memory() const noexcept;

  private:
    // Takes the old list as it is.
    void keep(Label label, Ticker& ticker);
    // The weights that learning from a list starts from; sets columns_.
    std::vector<double> start_of(const OldList& old);
    // Learns from nothing, then from ever fewer features if there is a limit.
    void fit_from_nothing(Label label, Ticker& ticker);
    void narrow(Label label, std::size_t most, Ticker& ticker);
    // Learns from the present list, then without its least important entries if there is a limit.
    void fit_from_list(Label label, Ticker& ticker);

    // Solves a problem; the weights go to model_.
    void solve(const Problem& problem, std::span<const double> start, Ticker& ticker);
    // Takes weights below the cut away; what remains gives the scores.
    void cut(const Problem& problem, Ticker& ticker);
    // Marks the most important of the features in [first, last) in listed_, so many at most.
    void list_best(std::uint32_t first, std::uint32_t last, std::size_t most);
    // True if a feature may become an entry of a list that does not have it yet.
    bool is_wanted(const OldList& old, std::uint32_t feature) const;
    // Importance of a feature: |v| df^(1/4).
    double importance(std::uint32_t feature) const noexcept;

    // Writes own_: for every row the listed phrases that count; what the listed entries hit; one of the two,
    // as the model is; what of the old list and the listed features is there.
    void write_counted_phrases();
    void write_hits();
    void write_own(Ticker& ticker);
    void write_old_and_listed(const OldList& old, bool with_listed);
    // Of each word of the corpus the entry that hits it: itself, else its longest listed prefix.
    void find_hitters();

    const Corpus& corpus_;
    std::span<const OldList> old_;
    const LearnOptions& options_;
    const std::vector<std::uint8_t>& is_trained_;
    FeatureSpace space_;
    SharedRows shared_;
    SparseRows pairs_;
    OneVsRest solver_;
    SharedRows own_;
    SharedRows empty_;
    Model model_;
    std::size_t columns_ = 0;                // of the present problem
    std::vector<std::uint8_t> listed_;       // by feature and old entry
    std::vector<std::uint32_t> hitters_;     // by word
    std::vector<std::uint32_t> row_counts_;  // by old entry, the rows that it hits
};

}  // namespace aria_focus::core::learn
