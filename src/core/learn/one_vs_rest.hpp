// One profile against all other rows. Few of these matter: a row without a word that speaks for the
// profile asks nothing. So the solver starts with the profile's own rows; an inverted index (for each
// feature its rows) adds up what all others get, those that get too much join, the worst first, and the
// solver goes on, until none is left. That is the whole problem's solution, found on a part of it.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/corpus.hpp"
#include "core/learn/dual_solver.hpp"
#include "core/learn/sparse_rows.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace aria_focus::core::learn {

// What is asked of the rows.
struct Objective {
    double margin;        // own rows get at least 1 + margin, others at most 1 - margin
    double cost;          // C
    double squared_norm;  // rows are scaled to it; 0: they stay as they are
    double most_balance;  // own rows weigh min(others / own, this)
};

inline constexpr Objective from_nothing{1, 0.2, 8, 1};
inline constexpr Objective from_lists{0.5, 0.1, 0, 8};
inline constexpr Objective for_few_entries{1, 0.1, 0, 3};

// Features of all rows, shared by the problems of all profiles.
struct SharedRows {
    SparseRows rows;
    SparseRows index;  // transposed
};

// What is to be learned for one profile. It has the features below `limit` of the shared rows (they stand
// first in each of these), and those of `own`, which has as many rows, or none.
struct Problem {
    Label label;
    Objective objective;
    const SharedRows& shared;
    std::uint32_t limit;
    const SharedRows& own;
};

class OneVsRest {
  public:
    // The rows, and by row 1 where it is trained on; both outlive this.
    OneVsRest(const Corpus& corpus, const std::vector<std::uint8_t>& is_trained)
        : corpus_(corpus), is_trained_(is_trained) {}

    // Finds the weights of a profile, of which one row at least is trained on.
    const std::vector<double>& train(const Problem& problem, std::span<const double> start,
                                     Ticker& ticker);

    // Adds up what every row gets by some weights, rows that are not trained on included.
    void score(std::span<const double> weights, const Problem& problem, Ticker& ticker);
    // What that was.
    const std::vector<double>& scores() const noexcept { return scores_; }

  private:
    // A row that gets too much, and by how much.
    struct Violation {
        double amount;
        std::uint32_t row;
    };

    // Writes what the problem has of a row to columns_; says how much that would be.
    void read_row(std::size_t row, const Problem& problem);
    std::size_t count_columns(std::size_t row, const Problem& problem) const noexcept;
    // Gives a row to the solver.
    void add_row(std::size_t row, const Problem& problem, double balance);
    // Gives it the profile's own rows; returns their balance.
    double add_own_rows(const Problem& problem);
    // Looks for rows that are not in the solver yet and get too much; the worst ones stay, by number.
    void find_violations(const Problem& problem);

    const Corpus& corpus_;
    const std::vector<std::uint8_t>& is_trained_;
    DualSolver solver_;
    std::vector<double> scores_;
    std::vector<std::uint8_t> is_in_;  // by row: the solver has it
    std::vector<std::uint32_t> columns_;
    std::vector<Violation> violations_;
};

}  // namespace aria_focus::core::learn
