#include "core/learn/figures.hpp"

#include "core/match/keyword_list.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace aria_focus::core::learn {

namespace {

constexpr double z = 1.959963984540054;  // of 95 %

// A share, 0 of nothing.
double share(std::size_t part, std::size_t whole) noexcept {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// A share that says nothing about nothing.
std::optional<double> share_if_any(std::size_t part, std::size_t whole) noexcept {
    return whole == 0 ? std::nullopt : std::optional(share(part, whole));
}

}  // namespace

Interval wilson_interval(std::size_t successes, std::size_t trials) noexcept {
    const auto n = static_cast<double>(trials);
    const double p = share(successes, trials);
    const double middle = p + z * z / (2 * n);
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {successes == 0 ? 0 : (middle - half) / scale,
            successes == trials ? 1 : (middle + half) / scale};
}

std::vector<Confusion> confusions_of(std::span<const Verdict> verdicts) {
    std::map<std::pair<Label, Label>, Confusion> cells;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const Verdict& it = verdicts[i];
        const Confusion first{it.actual, it.predicted, 0, i};
        ++cells.emplace(std::pair(it.actual, it.predicted), first).first->second.n;
    }
    std::vector<Confusion> out;
    out.reserve(cells.size());
    for (const auto& [key, cell] : cells) out.push_back(cell);
    std::stable_sort(out.begin(), out.end(),
                     [](const Confusion& a, const Confusion& b) { return a.n > b.n; });
    return out;
}

std::vector<ClassFigures> class_figures(std::span<const Verdict> verdicts, std::size_t profiles) {
    std::vector<ClassFigures> out(profiles + 1);
    std::vector<std::size_t> right(profiles + 1, 0);
    const auto at = [&](Label label) { return label == nobody ? profiles : std::size_t{label}; };
    for (std::size_t i = 0; i <= profiles; ++i) {
        out[i].label = i == profiles ? nobody : static_cast<Label>(i);
    }
    for (const Verdict& verdict : verdicts) {
        ++out[at(verdict.actual)].support;
        ++out[at(verdict.predicted)].predicted;
        right[at(verdict.actual)] += verdict.is_right ? 1 : 0;
    }
    for (std::size_t i = 0; i <= profiles; ++i) {
        ClassFigures& it = out[i];
        it.precision = share(right[i], it.predicted);
        it.recall = share(right[i], it.support);
        it.f1 = share(2 * right[i], it.predicted + it.support);
    }
    for (const Confusion& cell : confusions_of(verdicts)) {
        auto& other = out[at(cell.actual)].most_confused_with;
        if (cell.actual != cell.predicted && !other) other = cell.predicted;
    }
    return out;
}

Figures figures_of(std::span<const Verdict> verdicts, std::size_t profiles) {
    std::size_t right = 0;
    std::size_t ties = 0;
    std::size_t routed = 0;
    std::size_t labelled = 0;
    std::size_t rejected = 0;  // of labelled ones
    for (const Verdict& verdict : verdicts) {
        right += verdict.is_right ? 1 : 0;
        ties += verdict.is_tie ? 1 : 0;
        routed += verdict.predicted != nobody ? 1 : 0;
        labelled += verdict.actual != nobody ? 1 : 0;
        rejected += verdict.actual != nobody && verdict.predicted == nobody ? 1 : 0;
    }
    const std::size_t n = verdicts.size();
    const Interval interval = wilson_interval(right, n);
    Figures out{};
    out.n = n;
    out.accuracy = share(right, n);
    out.accuracy_low = interval.low;
    out.accuracy_high = interval.high;
    out.ties = share(ties, n);
    out.coverage = share(routed, n);
    out.false_rejections = share_if_any(rejected, labelled);
    out.out_of_scope_recall = share_if_any(n - routed - rejected, n - labelled);
    std::size_t classes = 0;
    std::size_t most = 0;
    for (const ClassFigures& it : class_figures(verdicts, profiles)) {
        if (it.support + it.predicted == 0) continue;
        ++classes;
        out.macro_precision += it.precision;
        out.macro_recall += it.recall;
        out.macro_f1 += it.f1;
        out.weighted_f1 += it.f1 * static_cast<double>(it.support);
        most = std::max(most, it.support);
    }
    const auto count = static_cast<double>(classes);
    out.macro_precision /= count;
    out.macro_recall /= count;
    out.macro_f1 /= count;
    out.weighted_f1 /= static_cast<double>(n);
    out.baseline = share(most, n);
    return out;
}

std::vector<SweepPoint> sweep_thresholds(std::span<const Verdict> verdicts, std::size_t steps) {
    std::vector<Thousandths> evidence;
    for (const Verdict& verdict : verdicts) {
        if (verdict.evidence.is_positive()) evidence.push_back(verdict.evidence);
    }
    std::sort(evidence.begin(), evidence.end());
    std::vector<Thousandths> thresholds;
    for (std::size_t i = 0; i < steps && !evidence.empty(); ++i) {
        const Thousandths quantile = evidence[i * evidence.size() / steps];
        if (thresholds.empty() || thresholds.back() != quantile) thresholds.push_back(quantile);
    }
    std::vector<SweepPoint> out;
    for (const Thousandths threshold : thresholds) {
        std::size_t right = 0;
        std::size_t routed = 0;
        std::size_t labelled = 0;
        std::size_t rejected = 0;
        for (const Verdict& verdict : verdicts) {
            const bool is_routed = verdict.evidence >= threshold;
            const bool is_labelled = verdict.actual != nobody;
            routed += is_routed ? 1 : 0;
            labelled += is_labelled ? 1 : 0;
            rejected += is_labelled && !is_routed ? 1 : 0;
            const bool is_first =
                verdict.actual_evidence == verdict.evidence && verdict.margin.is_positive();
            right += (is_labelled ? is_routed && is_first : !is_routed) ? 1 : 0;
        }
        const std::size_t n = verdicts.size();
        out.push_back({threshold.value(), share(right, n), share(routed, n),
                       share_if_any(rejected, labelled),
                       share_if_any(n - routed - rejected, n - labelled)});
    }
    return out;
}

std::optional<double> area_under_curve(std::span<const Verdict> verdicts) {
    std::vector<std::pair<Thousandths, bool>> sorted;
    for (const Verdict& verdict : verdicts) {
        sorted.emplace_back(std::max(verdict.evidence, Thousandths()), verdict.actual != nobody);
    }
    std::sort(sorted.begin(), sorted.end());
    double in_order = 0;  // pairs, equal ones half
    double strangers = 0;
    double labelled = 0;
    for (auto at = sorted.begin(); at != sorted.end();) {
        double ours = 0;
        double theirs = 0;
        const Thousandths evidence = at->first;
        for (; at != sorted.end() && at->first == evidence; ++at) (at->second ? ours : theirs) += 1;
        in_order += ours * (strangers + theirs / 2);
        strangers += theirs;
        labelled += ours;
    }
    if (strangers == 0 || labelled == 0) return std::nullopt;
    return in_order / (strangers * labelled);
}

}  // namespace aria_focus::core::learn
