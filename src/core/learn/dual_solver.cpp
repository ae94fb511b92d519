#include "core/learn/dual_solver.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace aria_focus::core::learn {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::uint64_t seed = 0x9E3779B97F4A7C15;

// The next number of a fixed sequence: G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software
// 8(14), 2003.
std::uint64_t next_random(std::uint64_t& state) noexcept {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

}  // namespace

void DualSolver::start(std::span<const double> weights) {
    weights_.assign(weights.begin(), weights.end());
    columns_.clear();
    rows_.clear();
    random_ = seed;
}

void DualSolver::add_row(std::span<const std::uint32_t> columns, const Demand& demand) {
    for (const std::uint32_t column : columns) columns_.add(column);
    columns_.end_row();
    const double diagonal = 1 / (2 * demand.cost);
    const double squares = static_cast<double>(columns.size()) * demand.scale * demand.scale;
    rows_.push_back({demand, diagonal, squares + diagonal, 0});
}

void DualSolver::solve(double tolerance, std::size_t most_passes, Ticker& ticker) {
    order_.resize(rows_.size());
    std::iota(order_.begin(), order_.end(), 0U);
    std::size_t active = order_.size();
    Extremes before{infinity, -infinity};
    for (std::size_t passes = 0; passes < most_passes; ++passes) {
        shuffle(active);
        const Extremes found = pass(active, before, ticker);
        if (found.most - found.least > tolerance) {
            before = {found.most > 0 ? found.most : infinity,
                      found.least < 0 ? found.least : -infinity};
            continue;
        }
        if (active == order_.size()) return;
        // The rows that were dropped are looked at once more.
        active = order_.size();
        before = {infinity, -infinity};
    }
}

DualSolver::Extremes DualSolver::pass(std::size_t& active, const Extremes& before, Ticker& ticker) {
    Extremes found{-infinity, infinity};
    for (std::size_t at = 0; at < active;) {
        const std::uint32_t row = order_[at];
        const double g = gradient(row);
        ticker.tick(4 + columns_[row].size());
        const bool is_bound = rows_[row].alpha == 0;
        if (is_bound && g > before.most) {
            std::swap(order_[at], order_[--active]);
            continue;
        }
        const double projected = is_bound ? std::min(g, 0.0) : g;
        found.most = std::max(found.most, projected);
        found.least = std::min(found.least, projected);
        if (projected > 1e-12 || projected < -1e-12) step(row, g);
        ++at;
    }
    return found;
}

void DualSolver::shuffle(std::size_t active) {
    for (std::size_t i = 0; i + 1 < active; ++i) {
        std::swap(order_[i], order_[i + next_random(random_) % (active - i)]);
    }
}

double DualSolver::gradient(std::size_t row) const noexcept {
    const Row& it = rows_[row];
    double sum = 0;
    for (const std::uint32_t column : columns_[row]) sum += weights_[column];
    return it.demand.sign * it.demand.scale * sum - it.demand.bound + it.diagonal * it.alpha;
}

void DualSolver::step(std::size_t row, double gradient) noexcept {
    Row& it = rows_[row];
    const double before = it.alpha;
    it.alpha = std::max(before - gradient / it.curvature, 0.0);
    const double change = (it.alpha - before) * it.demand.sign * it.demand.scale;
    for (const std::uint32_t column : columns_[row]) weights_[column] += change;
}

}  // namespace aria_focus::core::learn
