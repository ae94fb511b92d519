// The report's confusion matrix, and the worst confusions.
#include "core/learn/report_parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace aria_focus::core::learn {

namespace {

// More classes than this do not fit a screen: then those are shown that are confused most.
constexpr std::size_t most_shown = 16;
constexpr std::size_t worst_shown = 20;
constexpr std::size_t message_characters = 160;

// The cells of the matrix, and how many messages each class has.
struct Matrix {
    std::vector<Confusion> cells;  // the most frequent ones first
    std::map<std::pair<Label, Label>, std::size_t> counts;
    std::map<Label, std::size_t> support;
    std::vector<Label> shown;  // ascending, nobody last
    bool is_part = false;
};

// Chooses the classes: all that occur, or those of the worst confusions.
void choose_classes(Matrix& matrix) {
    std::vector<Label> all;
    std::vector<Label> confused;
    for (const Confusion& cell : matrix.cells) {
        for (const Label label : {cell.actual, cell.predicted}) {
            all.push_back(label);
            if (cell.actual != cell.predicted &&
                std::find(confused.begin(), confused.end(), label) == confused.end()) {
                confused.push_back(label);
            }
        }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    matrix.is_part = all.size() > most_shown;
    if (matrix.is_part) {
        confused.resize(std::min(confused.size(), most_shown));
        std::sort(confused.begin(), confused.end());
        all = std::move(confused);
    }
    matrix.shown = std::move(all);
}

// Counts the confusions.
Matrix read_matrix(const ReportInput& input) {
    Matrix out;
    out.cells = confusions_of(input.judged.verdicts);
    for (const Confusion& cell : out.cells) {
        out.counts[{cell.actual, cell.predicted}] = cell.n;
        out.support[cell.actual] += cell.n;
    }
    choose_classes(out);
    return out;
}

// Writes the name of a class as a plain text.
void write_name(Page& page, const ReportInput& input, Label label) {
    label == nobody ? page.raw("nobody") : page.text(input.router.profiles()[label].focus_id);
}

// Writes a cell, its colour by the share of the actual class's messages.
void write_cell(Page& page, const ReportInput& input, const Matrix& matrix, Label actual,
                Label predicted) {
    const auto found = matrix.counts.find({actual, predicted});
    if (found == matrix.counts.end()) {
        page.raw("<td class=\"z\">\xC2\xB7</td>");
        return;
    }
    const double share = static_cast<double>(found->second) /
                         static_cast<double>(matrix.support.find(actual)->second);
    const auto level = static_cast<std::size_t>(std::clamp(std::ceil(5 * share), 1.0, 5.0));
    page.raw("<td class=\"").raw(actual == predicted ? "d" : "e").count(level).raw("\" title=\"");
    write_name(page, input, actual);
    page.raw(" \xE2\x86\x92 ");
    write_name(page, input, predicted);
    page.raw(": ").count(found->second).raw(", ").percent(share).raw("\">");
    page.count(found->second).raw("</td>");
}

// Writes the heat map.
void write_matrix(Page& page, const ReportInput& input, const Matrix& matrix) {
    page.raw(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Confusion matrix\">\n"
        "<table class=\"matrix\"><thead><tr><td></td>");
    for (const Label label : matrix.shown) {
        page.raw("<th scope=\"col\"><span class=\"m\">");
        write_name(page, input, label);
        page.raw("</span></th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for (const Label actual : matrix.shown) {
        page.raw("<tr><th scope=\"row\" class=\"m\" title=\"");
        write_name(page, input, actual);
        page.raw("\">");
        write_name(page, input, actual);
        page.raw("</th>");
        for (const Label predicted : matrix.shown)
            write_cell(page, input, matrix, actual, predicted);
        page.raw("</tr>\n");
    }
    page.raw("</tbody></table>\n</div>\n");
}

// Writes the worst confusions, each with a message.
void write_worst(Page& page, const ReportInput& input, const Matrix& matrix) {
    std::size_t written = 0;
    for (const Confusion& cell : matrix.cells) {
        if (cell.actual == cell.predicted || written == worst_shown) continue;
        if (written++ == 0) page.raw("<h3>The worst</h3>\n<ol class=\"rows\" id=\"worst\">\n");
        page.raw("<li><p>");
        write_class(page, input, cell.actual);
        page.raw("<span class=\"to\"> \xE2\x86\x92 </span>");
        write_class(page, input, cell.predicted);
        page.raw("</p><p class=\"count\">").count(cell.n).raw(" of ");
        page.count(matrix.support.find(cell.actual)->second);
        page.raw("</p><p class=\"m soft\">");
        page.beginning(input.messages[cell.example].text, message_characters).raw("</p></li>\n");
    }
    page.raw(written > 0 ? "</ol>\n" : "<p>No message is taken for another\xE2\x80\x99s.</p>\n");
}

}  // namespace

void write_confusions(Page& page, const ReportInput& input) {
    const Matrix matrix = read_matrix(input);
    page.raw(
        "<section>\n<h2>Confusion matrix</h2>\n<p class=\"soft\">A row for whose messages they "
        "are, a column for "
        "what they were taken for. Blue is right, orange is wrong; the darker, the larger the "
        "share of the row. "
        "Of a tie the other profile counts.");
    if (matrix.is_part) {
        page.raw(" Shown are the ").count(matrix.shown.size());
        page.raw(" classes that are confused most.");
    }
    page.raw("</p>\n");
    if (!matrix.shown.empty()) write_matrix(page, input, matrix);
    write_worst(page, input, matrix);
    page.raw("</section>\n");
}

}  // namespace aria_focus::core::learn
