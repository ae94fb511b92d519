// The solver against a naive gradient method, and one profile's problem against the solver given all rows.
#include "core/learn/dual_solver.hpp"

#include "core/learn/one_vs_rest.hpp"
#include "core/learn/training.hpp"

#include "support/catch.hpp"
#include "support/learn_builder.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::learn;
using namespace aria_focus::test;

namespace {

// Rows and what they ask for.
struct Task {
    std::vector<double> start;
    std::vector<std::vector<std::uint32_t>> rows;
    std::vector<DualSolver::Demand> demands;
};

// A random one.
Task random_task(Random& random) {
    Task task;
    const std::size_t columns = random.between(1, 12);
    for (std::size_t i = 0; i < columns; ++i) {
        task.start.push_back(random.once_in(2) ? 0
                                               : static_cast<double>(random.below(200)) / 100 - 1);
    }
    for (std::size_t rows = random.between(1, 25); rows > 0; --rows) {
        std::vector<std::uint32_t> row;
        for (std::uint32_t c = 0; c < columns; ++c) {
            if (random.once_in(3)) row.push_back(c);
        }
        const double sign = random.once_in(2) ? 1 : -1;
        task.demands.push_back({sign, random.once_in(3) ? 0.5 : 1 + sign,
                                static_cast<double>(random.between(1, 4)) / 2,
                                static_cast<double>(random.between(1, 20)) / 20});
        task.rows.push_back(std::move(row));
    }
    return task;
}

// How much a row falls short.
double shortfall(const Task& task, std::size_t row, const std::vector<double>& weights) {
    double sum = 0;
    for (const std::uint32_t column : task.rows[row]) sum += weights[column];
    const DualSolver::Demand& demand = task.demands[row];
    return std::max(0.0, demand.bound - demand.sign * demand.scale * sum);
}

// What is minimised.
double objective_of(const Task& task, const std::vector<double>& weights) {
    double out = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        out += (weights[i] - task.start[i]) * (weights[i] - task.start[i]) / 2;
    }
    for (std::size_t row = 0; row < task.rows.size(); ++row) {
        const double short_by = shortfall(task, row, weights);
        out += task.demands[row].cost * short_by * short_by;
    }
    return out;
}

// The minimum, found by going down the gradient in small steps.
std::vector<double> descend(const Task& task) {
    std::vector<double> weights = task.start;
    double curvature = 1;
    for (std::size_t row = 0; row < task.rows.size(); ++row) {
        const double scale = task.demands[row].scale;
        curvature +=
            2 * task.demands[row].cost * scale * scale * static_cast<double>(task.rows[row].size());
    }
    for (int steps = 0; steps < 20'000; ++steps) {
        std::vector<double> gradient(weights.size());
        for (std::size_t i = 0; i < weights.size(); ++i) gradient[i] = weights[i] - task.start[i];
        for (std::size_t row = 0; row < task.rows.size(); ++row) {
            const DualSolver::Demand& demand = task.demands[row];
            const double by =
                2 * demand.cost * shortfall(task, row, weights) * demand.sign * demand.scale;
            for (const std::uint32_t column : task.rows[row]) gradient[column] -= by;
        }
        for (std::size_t i = 0; i < weights.size(); ++i) weights[i] -= gradient[i] / curvature;
    }
    return weights;
}

}  // namespace

TEST_CASE("The solver finds what a gradient method finds", "[learn]") {
    Random random(71);
    for (int i = 0; i < 40; ++i) {
        const Task task = random_task(random);
        Ticker ticker;
        DualSolver solver;
        solver.start(task.start);
        for (std::size_t row = 0; row < task.rows.size(); ++row) {
            solver.add_row(task.rows[row], task.demands[row]);
        }
        solver.solve(1e-9, 100'000, ticker);
        const std::vector<double> expected = descend(task);
        INFO("case " << i << " of seed " << seed());
        CHECK(objective_of(task, solver.weights()) <= objective_of(task, expected) + 1e-7);
        for (std::size_t c = 0; c < expected.size(); ++c) {
            CHECK(std::abs(solver.weights()[c] - expected[c]) < 1e-4);
        }
    }
}

TEST_CASE("A profile's problem is solved as if all rows were in it", "[learn]") {
    Random random(72);
    for (const Objective& objective : {from_nothing, from_lists}) {
        const Corpus corpus = corpus_of(random_rows(random, 4, 300));
        Ticker ticker;
        FeatureSpace space(
            corpus, 1, [](std::size_t) { return true; }, ticker);
        SharedRows shared;
        for (std::size_t row = 0; row < corpus.size(); ++row) {
            space.add_words(corpus.tokens(row), shared.rows);
            shared.rows.end_row();
        }
        shared.index = shared.rows.transposed(space.size());
        const std::vector<std::uint8_t> all(corpus.size(), 1);
        const std::vector<double> zeros(space.size(), 0.0);
        const auto limit = static_cast<std::uint32_t>(space.size());
        OneVsRest one(corpus, all);
        const auto weights = one.train({2, objective, shared, limit, {}}, zeros, ticker);

        const auto [first, last] = corpus.rows_of(2);
        const auto own = static_cast<double>(last - first);
        const double balance =
            std::min((static_cast<double>(corpus.size()) - own) / own, objective.most_balance);
        DualSolver solver;
        solver.start(zeros);
        for (std::size_t row = 0; row < corpus.size(); ++row) {
            const bool is_own = corpus.label(row) == 2;
            const auto columns = shared.rows[row];
            const double scale =
                objective.squared_norm == 0 || columns.empty()
                    ? 1
                    : std::sqrt(objective.squared_norm / static_cast<double>(columns.size()));
            solver.add_row(columns, {is_own ? 1.0 : -1.0, objective.margin + (is_own ? 1 : -1),
                                     scale, objective.cost * (is_own ? balance : 1)});
        }
        solver.solve(1e-6, 10'000, ticker);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            CHECK(std::abs(weights[i] - solver.weights()[i]) < 0.02);
        }
    }
}
