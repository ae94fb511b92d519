#include "core/learn/report.hpp"

#include "core/learn/report_parts.hpp"
#include "core/learn/report_style.hpp"

#include <algorithm>
#include <optional>

namespace aria_focus::core::learn {

namespace {

// Writes one of the small figures; a share that there is none of is a dash.
void write_tile(Page& page, std::string_view name, const std::optional<double>& share,
                bool is_bad = false) {
    page.raw(is_bad ? "<div class=\"w\"><dt>" : "<div><dt>").raw(name).raw("</dt><dd>");
    share ? page.percent(*share) : page.raw("\xE2\x80\x93");
    page.raw("</dd></div>\n");
}

// Writes where accuracy lies between 0 and 1: its interval, itself, what guessing would reach.
void write_range(Page& page, const Figures& figures) {
    page.raw("<div class=\"range\" aria-hidden=\"true\"><i style=\"left:")
        .length(figures.accuracy_low);
    page.raw("%;width:").length(figures.accuracy_high - figures.accuracy_low);
    page.raw("%\"></i><u style=\"left:").length(figures.baseline);
    page.raw("%\"></u><b style=\"left:").length(figures.accuracy);
    page.raw(
        "%\"></b></div>\n<div class=\"ends\"><span>0</span><span>100\xE2\x80\xAF%</span></div>\n");
}

// Writes a share as a bar with its number.
void write_bar(Page& page, std::string_view label, double share, bool is_idle) {
    page.raw("<td data-l=\"").raw(label).raw("\">");
    if (is_idle) {
        page.raw("<span class=\"idle\">\xE2\x80\x93</span></td>");
        return;
    }
    page.raw("<div class=\"bar\"><i><b style=\"width:").length(share).raw("%\"></b></i><span>");
    page.percent(share).raw("</span></div></td>");
}

// Writes a profile's row.
void write_profile(Page& page, const ReportInput& input, const ClassFigures& it) {
    page.raw("<tr><td>");
    write_class(page, input, it.label);
    page.raw("</td><td class=\"n\" data-l=\"messages\">").count(it.support).raw("</td>");
    write_bar(page, "recall", it.recall, it.support == 0);
    write_bar(page, "precision", it.precision, it.predicted == 0);
    page.raw("<td class=\"n\" data-l=\"F1\">").percent(it.f1);
    page.raw("</td><td data-l=\"taken for\">");
    if (it.most_confused_with) {
        write_class(page, input, *it.most_confused_with);
    } else {
        page.raw("<span class=\"idle\">\xE2\x80\x93</span>");
    }
    page.raw("</td></tr>\n");
}

}  // namespace

void write_class(Page& page, const ReportInput& input, Label label) {
    if (label == nobody) {
        page.raw("<span class=\"id nobody\">nobody</span>");
        return;
    }
    page.raw("<span class=\"id\">").text(input.router.profiles()[label].focus_id).raw("</span>");
}

void write_figures(Page& page, const ReportInput& input) {
    const Figures figures = figures_of(input.judged.verdicts, input.router.profiles().size());
    page.raw("<section class=\"hero\" aria-label=\"Figures\">\n<div class=\"card\">");
    page.raw("<p class=\"label\">Routed right</p>\n<p class=\"big\">").percent(figures.accuracy);
    page.raw("</p>\n");
    write_range(page, figures);
    page.raw("<p class=\"note\" style=\"margin:0\">Of messages like these, between ");
    page.percent(figures.accuracy_low).raw(" and ").percent(figures.accuracy_high);
    page.raw(
        " are routed right, with 95\xE2\x80\xAF% confidence. Calling everything by the commonest "
        "label gives ");
    page.percent(figures.baseline)
        .raw(".</p></div>\n<dl class=\"card tiles\" style=\"margin:0\">\n");
    write_tile(page, "routed at all", figures.coverage);
    write_tile(page, "ties", figures.ties, figures.ties > 0);
    write_tile(page, "sent away wrongly", figures.false_rejections,
               figures.false_rejections.value_or(0) > 0);
    write_tile(page, "nobody\xE2\x80\x99s sent away", figures.out_of_scope_recall);
    write_tile(page, "macro F1", figures.macro_f1);
    write_tile(page, "weighted F1", figures.weighted_f1);
    page.raw("</dl>\n</section>\n");
}

void write_profiles(Page& page, const ReportInput& input) {
    auto classes = class_figures(input.judged.verdicts, input.router.profiles().size());
    const auto idle = [](const ClassFigures& it) { return it.support == 0 && it.predicted == 0; };
    std::stable_sort(classes.begin(), classes.end(), [&](const auto& a, const auto& b) {
        if (idle(a) != idle(b)) return idle(b);
        return a.f1 < b.f1;
    });
    page.raw(
        "<section>\n<h2>Profiles</h2>\n<p class=\"soft\">Those that fare worst come first. Recall: "
        "the share of a "
        "profile\xE2\x80\x99s messages that reach it. Precision: the share of what reaches it that "
        "is its own.</p>\n"
        "<table class=\"stack\"><thead><tr><th scope=\"col\">profile</th><th scope=\"col\" "
        "class=\"n\">messages</th>"
        "<th scope=\"col\">recall</th><th scope=\"col\">precision</th><th scope=\"col\" "
        "class=\"n\">F1</th>"
        "<th scope=\"col\">most often taken for</th></tr></thead>\n<tbody>\n");
    for (const ClassFigures& it : classes) write_profile(page, input, it);
    page.raw("</tbody></table>\n</section>\n");
}

std::string write_report(const ReportInput& input, Ticker& ticker) {
    Page page;
    page.raw(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    page.text(input.title).raw("</title>\n<style>").raw(report_style);
    page.raw("</style>\n</head>\n<body>\n<main>\n<header>\n<h1 class=\"m\">").text(input.title);
    page.raw("</h1>\n<p class=\"soft\">").count(input.messages.size()).raw(" labelled ");
    page.raw(input.messages.size() == 1 ? "message" : "messages").raw(", ");
    page.count(input.router.profiles().size()).raw(" enabled ");
    page.raw(input.router.profiles().size() == 1 ? "profile" : "profiles").raw(", threshold ");
    page.number(input.rules.threshold);
    if (input.rules.penalty) {
        page.raw(", each unknown word costs ").number(input.rules.penalty.each().value());
    }
    page.raw("</p>\n</header>\n");
    write_figures(page, input);
    write_confusions(page, input);
    write_profiles(page, input);
    write_mistakes(page, input, ticker);
    write_chart(page, input);
    write_keywords(page, input);
    page.raw(
        "<footer>Right is rank 1, ahead of all others, with evidence of at least the threshold; a "
        "tie is an "
        "error, whoever comes first. A message of nobody is right if it is not routed. Written by "
        "aria_engine.focus_report.</footer>\n</main>\n</body>\n</html>\n");
    return page.take();
}

}  // namespace aria_focus::core::learn
