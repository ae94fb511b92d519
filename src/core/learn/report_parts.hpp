// The parts of the report, in the order in which they stand on the page.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/figures.hpp"
#include "core/learn/page.hpp"
#include "core/learn/report.hpp"

#include <span>
#include <string_view>

namespace aria_focus::core::learn {

// The headline: accuracy with its interval, and what else one has to know.
void write_figures(Page& page, const ReportInput& input);

// How every profile fares, those that fare worst first.
void write_profiles(Page& page, const ReportInput& input);

// The confusion matrix as a heat map, and the worst confusions as a list.
void write_confusions(Page& page, const ReportInput& input);

// What other thresholds would do.
void write_chart(Page& page, const ReportInput& input);

// The mistakes that were made with most conviction, hits marked.
void write_mistakes(Page& page, const ReportInput& input, Ticker& ticker);

// Keywords that mislead, and those that never hit.
void write_keywords(Page& page, const ReportInput& input);

// The name of a class.
void write_class(Page& page, const ReportInput& input, Label label);

}  // namespace aria_focus::core::learn
