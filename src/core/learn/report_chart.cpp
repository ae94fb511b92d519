// The report's chart: what other thresholds would do. Thresholds are the evidence that messages have, so
// between two of them nothing changes: each line goes in steps.
#include "core/learn/report_parts.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace aria_focus::core::learn {

namespace {

constexpr std::size_t steps = 60;

// What a line shows of a point.
using Height = std::function<std::optional<double>(const SweepPoint&)>;

// Writes a line from the left to the right end, 100 wide and high.
void write_line(Page& page, std::string_view style, std::span<const SweepPoint> points,
                const Height& height) {
    if (points.empty() || !height(points[0])) return;
    const double most = points.back().threshold;
    page.raw("<path class=\"").raw(style).raw("\" d=\"M0 ");
    for (const SweepPoint& point : points) {
        if (&point != &points[0]) page.raw("V");
        page.length(1 - height(point).value_or(0)).raw("H").length(point.threshold / most);
    }
    page.raw("\"/>");
}

// Writes what a line means.
void write_legend(Page& page, std::string_view style, std::string_view name) {
    page.raw("<li><svg viewBox=\"0 0 34 10\" aria-hidden=\"true\"><path class=\"").raw(style);
    page.raw("\" d=\"M0 5H34\"/></svg>").raw(name).raw("</li>");
}

// Writes the lines with their axes.
void write_lines(Page& page, std::span<const SweepPoint> points, double threshold) {
    const double most = points.back().threshold;
    page.raw(
        "<div class=\"chart\"><div "
        "class=\"y\"><span>100\xE2\x80\xAF%</span><span>50\xE2\x80\xAF%</span>"
        "<span>0</span></div>\n<svg viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\" "
        "role=\"img\" "
        "aria-label=\"Accuracy, false rejections and out-of-scope recall by threshold\">"
        "<line x1=\"0\" x2=\"100\" y1=\"0\" y2=\"0\"/><line x1=\"0\" x2=\"100\" y1=\"50\" "
        "y2=\"50\"/>"
        "<line x1=\"0\" x2=\"100\" y1=\"100\" y2=\"100\"/>");
    if (threshold >= 0 && threshold <= most) {
        page.raw("<line class=\"now\" y1=\"0\" y2=\"100\" x1=\"").length(threshold / most);
        page.raw("\" x2=\"").length(threshold / most).raw("\"/>");
    }
    write_line(page, "s3", points, [](const SweepPoint& it) { return it.out_of_scope_recall; });
    write_line(page, "s2", points, [](const SweepPoint& it) { return it.false_rejections; });
    write_line(page, "s1", points, [](const SweepPoint& it) { return it.accuracy; });
    page.raw("</svg>\n<div class=\"x\"><span>0</span><span>threshold</span><span>").number(most);
    page.raw("</span></div></div>\n");
}

}  // namespace

void write_chart(Page& page, const ReportInput& input) {
    const auto points = sweep_thresholds(input.judged.verdicts, steps);
    page.raw("<section>\n<h2>Threshold</h2>\n");
    if (points.empty()) {
        page.raw("<p>No message has any evidence.</p>\n</section>\n");
        return;
    }
    page.raw(
        "<p class=\"soft\">A higher threshold sends more of nobody\xE2\x80\x99s messages away, and "
        "more of the others. "
        "The dotted line is today\xE2\x80\x99s.");
    if (const auto area = area_under_curve(input.judged.verdicts)) {
        page.raw(
            " As a sign that a message is somebody\xE2\x80\x99s, evidence has an area under the "
            "ROC curve of ");
        page.number(*area).raw("; 0.5 is chance.");
    }
    page.raw("</p>\n<ul class=\"legend\">");
    write_legend(page, "s1", "accuracy");
    write_legend(page, "s2", "sent away wrongly");
    if (points[0].out_of_scope_recall) write_legend(page, "s3", "nobody\xE2\x80\x99s sent away");
    page.raw("</ul>\n");
    write_lines(page, points, input.rules.threshold);
    page.raw("</section>\n");
}

}  // namespace aria_focus::core::learn
