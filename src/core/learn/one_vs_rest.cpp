#include "core/learn/one_vs_rest.hpp"

#include <algorithm>
#include <cmath>

namespace aria_focus::core::learn {

namespace {

// Where the solver may stop: extremes of the projected gradient so close, no other row further beyond its
// bound. Both were found by halving until held-out figures no longer changed.
constexpr double gradient_tolerance = 0.02;
constexpr double bound_tolerance = 0.01;
// Passes of the solver before other rows are looked at: few as long as only own rows are in.
constexpr std::size_t first_passes = 2;
constexpr std::size_t most_passes = 50;
constexpr std::size_t most_rounds = 30;
// Rows that join in a round: as many as there are, and these at least.
constexpr std::size_t least_growth = 64;

// The scale that gives a row of so many ones the norm asked for.
double scale_of(std::size_t columns, const Objective& objective) noexcept {
    if (objective.squared_norm == 0 || columns == 0) return 1;
    return std::sqrt(objective.squared_norm / static_cast<double>(columns));
}

// How many of a shared row's columns lie below the limit; they stand first.
std::size_t count_below(std::span<const std::uint32_t> columns, std::uint32_t limit) noexcept {
    std::size_t count = columns.size();
    while (count > 0 && columns[count - 1] >= limit) --count;
    return count;
}

}  // namespace

void OneVsRest::read_row(std::size_t row, const Problem& problem) {
    columns_.clear();
    if (problem.limit > 0) {
        const auto columns = problem.shared.rows[row];
        const std::size_t count = count_below(columns, problem.limit);
        columns_.assign(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(count));
    }
    if (problem.own.rows.size() > 0) {
        const auto columns = problem.own.rows[row];
        columns_.insert(columns_.end(), columns.begin(), columns.end());
    }
}

std::size_t OneVsRest::count_columns(std::size_t row, const Problem& problem) const noexcept {
    std::size_t count = 0;
    if (problem.limit > 0) count += count_below(problem.shared.rows[row], problem.limit);
    if (problem.own.rows.size() > 0) count += problem.own.rows[row].size();
    return count;
}

void OneVsRest::add_row(std::size_t row, const Problem& problem, double balance) {
    const Objective& objective = problem.objective;
    const bool is_own = corpus_.label(row) == problem.label;
    read_row(row, problem);
    is_in_[row] = 1;
    solver_.add_row(
        columns_, {is_own ? 1.0 : -1.0, objective.margin + (is_own ? 1 : -1),
                   scale_of(columns_.size(), objective), objective.cost * (is_own ? balance : 1)});
}

void OneVsRest::score(std::span<const double> weights, const Problem& problem, Ticker& ticker) {
    scores_.assign(corpus_.size(), 0.0);
    for (std::uint32_t feature = 0; feature < weights.size(); ++feature) {
        const double weight = weights[feature];
        if (weight == 0) continue;
        const bool is_shared = feature < problem.limit;
        const SparseRows& index = is_shared ? problem.shared.index : problem.own.index;
        if (index.size() == 0) continue;
        ticker.tick(index[feature].size());
        for (const std::uint32_t row : index[feature]) scores_[row] += weight;
    }
}

void OneVsRest::find_violations(const Problem& problem) {
    violations_.clear();
    const Objective& objective = problem.objective;
    const double bound = 1 - objective.margin;
    for (std::uint32_t row = 0; row < corpus_.size(); ++row) {
        if (!(scores_[row] > bound) || is_in_[row] != 0 || is_trained_[row] == 0) continue;
        const double scale =
            objective.squared_norm == 0 ? 1 : scale_of(count_columns(row, problem), objective);
        const double amount = scale * scores_[row] - bound;
        if (amount > bound_tolerance) violations_.push_back({amount, row});
    }
    const std::size_t most = std::max(least_growth, solver_.size());
    if (violations_.size() > most) {
        const auto last = violations_.begin() + static_cast<std::ptrdiff_t>(most);
        std::nth_element(violations_.begin(), last, violations_.end(),
                         [](const Violation& a, const Violation& b) {
                             return a.amount != b.amount ? a.amount > b.amount : a.row < b.row;
                         });
        violations_.resize(most);
    }
    std::sort(violations_.begin(), violations_.end(),
              [](const Violation& a, const Violation& b) { return a.row < b.row; });
}

double OneVsRest::add_own_rows(const Problem& problem) {
    const auto [first, last] = corpus_.rows_of(problem.label);
    const auto count = [&](std::size_t begin, std::size_t end) {
        return static_cast<double>(
            std::count(is_trained_.begin() + static_cast<std::ptrdiff_t>(begin),
                       is_trained_.begin() + static_cast<std::ptrdiff_t>(end), 1));
    };
    const double own = count(first, last);
    const double others = count(0, first) + count(last, corpus_.size());
    const double balance = std::min(others / own, problem.objective.most_balance);
    for (std::size_t row = first; row < last; ++row) {
        if (is_trained_[row] != 0) add_row(row, problem, balance);
    }
    return balance;
}

const std::vector<double>& OneVsRest::train(const Problem& problem, std::span<const double> start,
                                            Ticker& ticker) {
    solver_.start(start);
    is_in_.assign(corpus_.size(), 0);
    const double balance = add_own_rows(problem);
    std::size_t passes = first_passes;
    for (std::size_t round = 0; round < most_rounds; ++round) {
        solver_.solve(gradient_tolerance, passes, ticker);
        passes = most_passes;
        score(solver_.weights(), problem, ticker);
        find_violations(problem);
        if (violations_.empty() && round > 0) break;
        for (const Violation& violation : violations_) add_row(violation.row, problem, balance);
    }
    return solver_.weights();
}

}  // namespace aria_focus::core::learn
