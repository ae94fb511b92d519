// Figures of how well messages are routed, by the definitions of the field: C. D. Manning, P. Raghavan,
// H. Schuetze, "Introduction to Information Retrieval", 2008, chapters 8 and 13. Nobody is a class as any
// other. Where a denominator is 0 precision, recall and F1 are 0.
#pragma once

#include "core/base/core_only.hpp"
#include "core/learn/judging.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace aria_focus::core::learn {

// How one class fares.
struct ClassFigures {
    Label label;
    double precision;
    double recall;
    double f1;
    std::size_t support;                      // messages that are of it
    std::size_t predicted;                    // messages that it was said of
    std::optional<Label> most_confused_with;  // what its messages were most often taken for
};

// How all of it fares.
struct Figures {
    std::size_t n;
    double accuracy;
    double accuracy_low;  // Wilson's interval, 95 %
    double accuracy_high;
    double ties;                                // share of all messages
    double coverage;                            // share of all that is routed
    std::optional<double> false_rejections;     // share of labelled messages that is not routed
    std::optional<double> out_of_scope_recall;  // share of nobody's messages that is not routed
    double macro_precision;                     // over the classes that are actual or predicted
    double macro_recall;
    double macro_f1;
    double weighted_f1;  // by support
    double baseline;     // the commonest class for all
};

// So many messages of one class were taken for another.
struct Confusion {
    Label actual;
    Label predicted;
    std::size_t n;
    std::size_t example;  // the first one
};

// What another threshold would do.
struct SweepPoint {
    double threshold;
    double accuracy;
    double coverage;
    std::optional<double> false_rejections;
    std::optional<double> out_of_scope_recall;
};

// An interval of a share: E. B. Wilson, "Probable inference, the law of succession, and statistical
// inference", Journal of the American Statistical Association 22, 1927.
struct Interval {
    double low;
    double high;
};
Interval wilson_interval(std::size_t successes, std::size_t trials) noexcept;

// The classes 0 to profiles - 1, then nobody.
std::vector<ClassFigures> class_figures(std::span<const Verdict> verdicts, std::size_t profiles);

// The figures of one message at least.
Figures figures_of(std::span<const Verdict> verdicts, std::size_t profiles);

// The cells that are not 0, the most frequent ones first.
std::vector<Confusion> confusions_of(std::span<const Verdict> verdicts);

// Quantiles of the evidence of rank 1 as thresholds, ascending, each once. What the verdicts say of the
// predicted class does not count: only what is of rank 1 without a tie.
std::vector<SweepPoint> sweep_thresholds(std::span<const Verdict> verdicts, std::size_t steps);

// The area under the curve of receiver operating characteristics of evidence as a sign that a message is
// somebody's: the share of pairs in the right order, equal ones half. T. Fawcett, "An introduction to ROC
// analysis", Pattern Recognition Letters 27, 2006.
std::optional<double> area_under_curve(std::span<const Verdict> verdicts);

}  // namespace aria_focus::core::learn
