// A linear classifier of two classes: minimises
//
//     1/2 |w - w0|^2  +  sum_i C_i max(0, b_i - y_i w.x_i)^2
//
// by dual coordinate descent with shrinking: C.-J. Hsieh, K.-W. Chang, C.-J. Lin, S. S. Keerthi,
// S. Sundararajan, "A dual coordinate descent method for large-scale linear SVM", ICML 2008,
// algorithm 3 with the L2 loss: D_ii = 1 / (2 C_i), no upper bound on alpha. The dual keeps
//
//     w = w0 + sum_i alpha_i y_i x_i,     G_i = y_i w.x_i - b_i + D_ii alpha_i,     alpha_i >= 0
//
// Rows are 0/1 rows times a scale of their own. There is no bias: what a row must reach stands in its
// bound b_i. Sums go in a fixed order, the permutations come from a fixed generator, so equal rows in
// equal order give equal bits.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/sparse_rows.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace aria_focus::core::learn {

class DualSolver {
  public:
    // What one row asks for.
    struct Demand {
        double sign;   // y: +1 or -1
        double bound;  // b: y w.x shall be at least this
        double scale;  // of the row's ones
        double cost;   // C
    };

    // Forgets all rows and starts from these weights.
    void start(std::span<const double> weights);

    // Adds a row; its columns are weights.
    void add_row(std::span<const std::uint32_t> columns, const Demand& demand);

    // Goes on until no projected gradient is larger than the tolerance, or for so many passes.
    void solve(double tolerance, std::size_t most_passes, Ticker& ticker);

    // The weights.
    const std::vector<double>& weights() const noexcept { return weights_; }
    // How many rows there are.
    std::size_t size() const noexcept { return rows_.size(); }

  private:
    struct Row {
        Demand demand;
        double diagonal;   // D_ii
        double curvature;  // x_i.x_i + D_ii
        double alpha;
    };
    // The extremes of the projected gradient over a pass.
    struct Extremes {
        double most;
        double least;
    };

    // One pass over the first `active` rows of order_; drops those that it may shrink.
    Extremes pass(std::size_t& active, const Extremes& before, Ticker& ticker);
    // Puts the first rows of order_ into a random order.
    void shuffle(std::size_t active);
    // G_i.
    double gradient(std::size_t row) const noexcept;
    // Moves alpha_i to its best value.
    void step(std::size_t row, double gradient) noexcept;

    std::vector<double> weights_;
    SparseRows columns_;
    std::vector<Row> rows_;
    std::vector<std::uint32_t> order_;
    std::uint64_t random_ = 0;
};

}  // namespace aria_focus::core::learn
