// Figures against a naive computation, and verdicts against the ranking that they are made of.
#include "core/learn/figures.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"
#include "support/router_builder.hpp"

#include <cmath>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::learn;
using namespace aria_focus::test;

namespace {

constexpr std::size_t profiles = 4;

// Random verdicts, as a judge could give them.
std::vector<Verdict> random_verdicts(Random& random) {
    std::vector<Verdict> out;
    for (std::size_t n = random.between(1, 60); n > 0; --n) {
        const auto pick = [&] {
            const std::size_t label = random.below(profiles + 1);
            return label == profiles ? nobody : static_cast<Label>(label);
        };
        Verdict verdict;
        verdict.actual = pick();
        verdict.predicted = pick();
        verdict.is_right = verdict.actual == verdict.predicted;
        verdict.evidence = {static_cast<std::int64_t>(random.below(6)) * 500};
        verdict.margin = {static_cast<std::int64_t>(random.below(2)) * 500};
        verdict.actual_evidence = verdict.is_right ? verdict.evidence : Thousandths();
        out.push_back(verdict);
    }
    return out;
}

// How many verdicts meet a condition.
template <class Condition>
double count(const std::vector<Verdict>& verdicts, Condition&& condition) {
    double out = 0;
    for (const Verdict& verdict : verdicts) out += condition(verdict) ? 1 : 0;
    return out;
}

// True for two figures that differ by rounding at most.
bool is_near(double a, double b, double by = 1e-12) {
    return std::abs(a - b) < by;
}

// A quotient, 0 where there is nothing to divide by.
double over(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
}

}  // namespace

TEST_CASE("Figures are those of their definitions", "[learn]") {
    Random random(81);
    for (int times = 0; times < 100; ++times) {
        const auto verdicts = random_verdicts(random);
        const auto n = static_cast<double>(verdicts.size());
        const Figures figures = figures_of(verdicts, profiles);
        CHECK(is_near(figures.accuracy, count(verdicts, [](auto& v) { return v.is_right; }) / n));
        double classes = 0;
        double precision = 0;
        double f1 = 0;
        double weighted = 0;
        for (std::size_t c = 0; c <= profiles; ++c) {
            const Label label = c == profiles ? nobody : static_cast<Label>(c);
            const double actual = count(verdicts, [&](auto& v) { return v.actual == label; });
            const double said = count(verdicts, [&](auto& v) { return v.predicted == label; });
            const double both =
                count(verdicts, [&](auto& v) { return v.actual == label && v.predicted == label; });
            const ClassFigures it = class_figures(verdicts, profiles)[c];
            const double p = over(both, said);
            const double r = over(both, actual);
            CHECK(is_near(it.precision, p));
            CHECK(is_near(it.recall, r));
            CHECK(is_near(it.f1, over(2 * p * r, p + r)));
            if (actual + said == 0) continue;
            classes += 1;
            precision += p;
            f1 += over(2 * p * r, p + r);
            weighted += over(2 * p * r, p + r) * actual / n;
        }
        CHECK(is_near(figures.macro_precision, precision / classes));
        CHECK(is_near(figures.macro_f1, f1 / classes));
        CHECK(is_near(figures.weighted_f1, weighted));
        double pairs = 0;
        double in_order = 0;
        for (const Verdict& ours : verdicts) {
            for (const Verdict& theirs : verdicts) {
                if (ours.actual == nobody || theirs.actual != nobody) continue;
                pairs += 1;
                in_order += ours.evidence > theirs.evidence    ? 1
                            : ours.evidence == theirs.evidence ? 0.5
                                                               : 0;
            }
        }
        CHECK(is_near(area_under_curve(verdicts).value_or(-1), pairs == 0 ? -1 : in_order / pairs));
    }
}

TEST_CASE("A share's interval is Wilson's", "[learn]") {
    // Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    CHECK(is_near(wilson_interval(81, 263).low, 0.2553, 0.00005));
    CHECK(is_near(wilson_interval(81, 263).high, 0.3662, 0.00005));
    CHECK(wilson_interval(0, 20).low == 0);
    CHECK(is_near(wilson_interval(0, 20).high, 0.1611, 0.00005));
}

TEST_CASE("A tie is an error, and says so", "[learn]") {
    const route::Router router = router_of({{"a", 2, R"(["pay"])"},
                                            {"b", 2, R"(["bill"])"},
                                            {"c", 1, R"([{"keyword": "x", "weight": 0.5}])"}});
    Judge judge(router, {}, true);
    Ticker ticker;
    for (const LabelledMessage& message : std::vector<LabelledMessage>{{"pay", 0},
                                                                       {"pay bill", 0},
                                                                       {"pay bill", 1},
                                                                       {"x", 2},
                                                                       {"x", nobody},
                                                                       {"", 1},
                                                                       {"bill", nobody}}) {
        judge.judge(message, ticker);
    }
    const auto said = judge.take().verdicts;
    const std::vector<Label> predicted = {0, 1, 0, nobody, nobody, nobody, 1};
    const std::vector<bool> right = {true, false, false, false, true, false, false};
    for (std::size_t i = 0; i < said.size(); ++i) {
        INFO(i);
        CHECK(said[i].predicted == predicted[i]);
        CHECK(said[i].is_right == right[i]);
        CHECK(said[i].is_tie == (i == 1 || i == 2));
    }
    CHECK(said[0].keywords.count == 1);
    CHECK(said[3].keywords.count == 1);
    CHECK(said[5].actual_keywords.count == 0);
}

TEST_CASE("A sweep says what thresholds would do", "[learn]") {
    std::vector<Verdict> verdicts;
    for (int i = 1; i <= 4; ++i) {
        Verdict verdict;
        if (i > 1) verdict.actual = 0;
        verdict.predicted = 0;
        verdict.evidence = verdict.margin = Thousandths::of(i);
        verdict.actual_evidence = i == 1 ? Thousandths() : verdict.evidence;
        verdicts.push_back(verdict);
    }
    const auto points = sweep_thresholds(verdicts, 4);
    REQUIRE(points.size() == 4);
    CHECK(points[0].threshold == 1);
    CHECK(points[0].accuracy == 0.75);
    CHECK(points[0].out_of_scope_recall == 0);
    CHECK(points[1].accuracy == 1);
    CHECK(points[1].false_rejections == 0);
    CHECK(is_near(points[2].false_rejections.value(), 1.0 / 3));
    CHECK(area_under_curve(verdicts) == 1.0);
}
