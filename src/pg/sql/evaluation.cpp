// SQL functions of the chapter learning that measure: how well labelled messages are routed.
#include "core/base/error.hpp"
#include "core/learn/figures.hpp"
#include "core/learn/keyword_report.hpp"
#include "core/learn/report.hpp"
#include "core/learn/suggestions.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "pg/border/border.hpp"
#include "pg/sql/labelled_messages.hpp"
#include "pg/sql/unknown_penalty.hpp"
#include "pg/values/count_argument.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/result_set.hpp"
#include "pg/values/text_array.hpp"

namespace core = aria_focus::core;
namespace learn = aria_focus::core::learn;
namespace pg = aria_focus::pg;

namespace {

// Gives a number of messages as bigint.
Datum count_datum(std::size_t count) {
    return Int64GetDatum(static_cast<std::int64_t>(count));
}

// Reads the arguments threshold and unknown_penalty, which stand together; NULL is the default.
learn::JudgeRules read_rules(FunctionCallInfo fcinfo, int argument,
                             const pg::LabelledMessages& labelled) {
    return {PG_ARGISNULL(argument) ? 1.0 : PG_GETARG_FLOAT8(argument),
            pg::read_unknown_penalty(fcinfo, argument + 1, labelled.profiles)};
}

// Judges all messages.
const learn::Judgements& judge(const pg::LabelledMessages& labelled, learn::JudgeRules rules,
                               bool with_keywords) {
    return pg::compute([&](core::Ticker& ticker) {
        learn::Judge judge(labelled.router, rules, with_keywords);
        for (const learn::LabelledMessage& message : labelled.messages)
            judge.judge(message, ticker);
        return judge.take();
    });
}

// Raises 22023 where there are no messages.
void refuse_none(const pg::LabelledMessages& labelled) {
    if (!labelled.messages.empty()) return;
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("there are no labelled messages to evaluate"),
                    errhint("Fill aria_engine.focus_examples, or pass a query of your own.")));
}

// Adds the focus_id of a class; NULL for nobody.
void add_label(pg::Row& row, const core::route::Router& router, learn::Label label) {
    label == learn::nobody ? row.add_null() : row.add_text(router.profiles()[label].focus_id);
}

// Adds the texts of keywords.
void add_keywords(pg::Row& row, const core::route::Router& router, const learn::Judgements& judged,
                  const learn::KeywordRange& range) {
    const auto entries = std::span(judged.keywords).subspan(range.first, range.count);
    row.add(pg::text_array_datum(
        entries, [&](std::uint32_t entry) { return pg::to_server(router.matcher().text(entry)); }));
}

}  // namespace

// focus_evaluate(query text, threshold float8 = 1, unknown_penalty float8 = 0) -> one row
ARIA_FOCUS_FUNCTION(focus_evaluate) {
    const pg::LabelledMessages labelled = pg::read_labelled_messages(fcinfo);
    refuse_none(labelled);
    const auto& verdicts = judge(labelled, read_rules(fcinfo, 1, labelled), false).verdicts;
    const learn::Figures figures = pg::compute([&](core::Ticker&) {
        return learn::figures_of(verdicts, labelled.router.profiles().size());
    });
    pg::Record row;
    row.add(count_datum(figures.n));
    row.add_float(figures.accuracy);
    row.add_float(figures.accuracy_low);
    row.add_float(figures.accuracy_high);
    row.add_float(figures.ties);
    row.add_float(figures.coverage);
    row.add_optional(figures.false_rejections, &pg::Row::add_float);
    row.add_optional(figures.out_of_scope_recall, &pg::Row::add_float);
    row.add_float(figures.macro_precision);
    row.add_float(figures.macro_recall);
    row.add_float(figures.macro_f1);
    row.add_float(figures.weighted_f1);
    row.add_float(figures.baseline);
    return row.finish(fcinfo);
}

// focus_classification_report(query text, threshold float8 = 1, unknown_penalty float8 = 0) -> rows
ARIA_FOCUS_FUNCTION(focus_classification_report) {
    const pg::LabelledMessages labelled = pg::read_labelled_messages(fcinfo);
    const auto& verdicts = judge(labelled, read_rules(fcinfo, 1, labelled), false).verdicts;
    const auto& classes = pg::compute([&](core::Ticker&) {
        return learn::class_figures(verdicts, labelled.router.profiles().size());
    });
    pg::ResultSet rows(fcinfo);
    for (const learn::ClassFigures& it : classes) {
        add_label(rows, labelled.router, it.label);
        rows.add_float(it.precision);
        rows.add_float(it.recall);
        rows.add_float(it.f1);
        rows.add(count_datum(it.support));
        rows.add(count_datum(it.predicted));
        if (!it.most_confused_with) {
            rows.add_null();
        } else if (*it.most_confused_with == learn::nobody) {
            rows.add_text("nobody");
        } else {
            add_label(rows, labelled.router, *it.most_confused_with);
        }
        rows.end_row();
    }
    return rows.finish();
}

// focus_confusion(query text, threshold float8 = 1, unknown_penalty float8 = 0) -> rows
ARIA_FOCUS_FUNCTION(focus_confusion) {
    const pg::LabelledMessages labelled = pg::read_labelled_messages(fcinfo);
    const auto& verdicts = judge(labelled, read_rules(fcinfo, 1, labelled), false).verdicts;
    const auto& cells = pg::compute([&](core::Ticker&) { return learn::confusions_of(verdicts); });
    pg::ResultSet rows(fcinfo);
    for (const learn::Confusion& cell : cells) {
        add_label(rows, labelled.router, cell.actual);
        add_label(rows, labelled.router, cell.predicted);
        rows.add(count_datum(cell.n));
        rows.add_text(labelled.messages[cell.example].text);
        rows.end_row();
    }
    return rows.finish();
}

// focus_predictions(query text, threshold float8 = 1, unknown_penalty float8 = 0) -> rows
ARIA_FOCUS_FUNCTION(focus_predictions) {
    const pg::LabelledMessages labelled = pg::read_labelled_messages(fcinfo);
    const learn::Judgements& judged = judge(labelled, read_rules(fcinfo, 1, labelled), true);
    pg::ResultSet rows(fcinfo);
    for (std::size_t i = 0; i < judged.verdicts.size(); ++i) {
        const learn::Verdict& it = judged.verdicts[i];
        rows.add_text(labelled.messages[i].text);
        add_label(rows, labelled.router, it.actual);
        add_label(rows, labelled.router, it.predicted);
        rows.add_boolean(it.is_right);
        rows.add_float(it.evidence.value());
        rows.add_float(it.margin.value());
        add_keywords(rows, labelled.router, judged, it.keywords);
        it.actual == learn::nobody ? rows.add_null() : rows.add_float(it.actual_evidence.value());
        add_keywords(rows, labelled.router, judged, it.actual_keywords);
        rows.end_row();
    }
    return rows.finish();
}

// focus_threshold_sweep(query text, steps bigint = 20, rejection float8 = 0.02,
//     unknown_penalty float8 = 0) -> rows
ARIA_FOCUS_FUNCTION(focus_threshold_sweep) {
    const auto steps = pg::read_count(fcinfo, 1, "steps", "20 is a good number.").value_or(20);
    const double rejection = PG_ARGISNULL(2) ? 0.02 : PG_GETARG_FLOAT8(2);
    if (!(rejection >= 0 && rejection <= 1)) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("rejection must be a share from 0 to 1, not %g", rejection)));
    }
    const pg::LabelledMessages labelled = pg::read_labelled_messages(fcinfo);
    const learn::JudgeRules rules{1, pg::read_unknown_penalty(fcinfo, 3, labelled.profiles)};
    const auto& verdicts = judge(labelled, rules, false).verdicts;
    const auto& points = pg::compute([&](core::Ticker&) {
        return learn::sweep_thresholds(verdicts,
                                       std::min(verdicts.size(), static_cast<std::size_t>(steps)));
    });
    const auto area = pg::compute([&](core::Ticker&) { return learn::area_under_curve(verdicts); });
    pg::ResultSet rows(fcinfo);
    for (const learn::SweepPoint& point : points) {
        rows.add_float(point.threshold);
        rows.add_float(point.accuracy);
        rows.add_float(point.coverage);
        rows.add_optional(point.false_rejections, &pg::Row::add_float);
        rows.add_optional(point.out_of_scope_recall, &pg::Row::add_float);
        rows.add_boolean(point.false_rejections.value_or(0) <= rejection);
        rows.add_optional(area, &pg::Row::add_float);
        rows.end_row();
    }
    return rows.finish();
}

// focus_suggest(query text, top bigint = 5, threshold float8 = 1, unknown_penalty float8 = 0) -> rows
ARIA_FOCUS_FUNCTION(focus_suggest) {
    const auto top = pg::read_count(fcinfo, 1, "top", "It is the number of rows of each profile.");
    const pg::LabelledMessages labelled = pg::read_labelled_messages(fcinfo);
    const learn::JudgeRules rules = read_rules(fcinfo, 2, labelled);
    const std::span<const pg::ProfileRow> profiles = pg::read_lists();
    const auto& suggestions = pg::compute([&](core::Ticker& ticker) {
        const auto lists = pg::lists_of(profiles, ticker);
        const std::size_t memory = static_cast<std::size_t>(pg::max_learn_mb) << 20;
        learn::Suggester suggester(labelled.router, lists, labelled.messages, rules, memory,
                                   ticker);
        return suggester.suggest(static_cast<std::size_t>(top.value_or(5)), ticker);
    });
    pg::ResultSet rows(fcinfo);
    for (const learn::Suggestion& it : suggestions) {
        add_label(rows, labelled.router, it.profile);
        rows.add_text(it.text);
        rows.add_text(core::match::match_names[static_cast<std::size_t>(it.match)]);
        rows.add_float(it.weight.value());
        rows.add(count_datum(it.fixes));
        rows.add(count_datum(it.breaks));
        rows.add_text(labelled.messages[it.example].text);
        rows.end_row();
    }
    return rows.finish();
}

// focus_report(query text, title text, threshold float8 = 1, unknown_penalty float8 = 0) -> text
ARIA_FOCUS_FUNCTION(focus_report) {
    const pg::LabelledMessages labelled = pg::read_labelled_messages(fcinfo);
    refuse_none(labelled);
    const learn::JudgeRules rules = read_rules(fcinfo, 2, labelled);
    const std::span<const pg::ProfileRow> profiles = pg::read_lists();
    const std::string_view title = PG_ARGISNULL(1) ? std::string_view("How messages are routed")
                                                   : pg::read_text(PG_GETARG_DATUM(1)).utf8;
    const learn::Judgements& judged = judge(labelled, rules, true);
    const auto& page = pg::compute([&](core::Ticker& ticker) {
        const auto lists = pg::lists_of(profiles, ticker);
        const auto keywords =
            learn::report_keywords(labelled.router, lists, labelled.messages, ticker);
        return learn::write_report(
            {title, labelled.router, labelled.messages, judged, rules, keywords}, ticker);
    });
    PG_RETURN_DATUM(pg::to_text_datum(page));
}

// focus_keyword_report(query text) -> rows
ARIA_FOCUS_FUNCTION(focus_keyword_report) {
    const pg::LabelledMessages labelled = pg::read_labelled_messages(fcinfo);
    const std::span<const pg::ProfileRow> profiles = pg::read_lists();
    const auto& report = pg::compute([&](core::Ticker& ticker) {
        const auto lists = pg::lists_of(profiles, ticker);
        return learn::report_keywords(labelled.router, lists, labelled.messages, ticker);
    });
    pg::ResultSet rows(fcinfo);
    for (const learn::KeywordFigures& it : report) {
        add_label(rows, labelled.router, it.profile);
        rows.add_text(labelled.router.matcher().text(it.entry));
        rows.add_float(it.weight.value());
        rows.add(count_datum(it.hits));
        rows.add(count_datum(it.right));
        rows.add(count_datum(it.hits - it.right));
        it.hits == 0 ? rows.add_null()
                     : rows.add_float(static_cast<double>(it.right) / static_cast<double>(it.hits));
        rows.add(count_datum(it.overlaps));
        it.example_wrong ? rows.add_text(labelled.messages[*it.example_wrong].text)
                         : rows.add_null();
        rows.end_row();
    }
    return rows.finish();
}
