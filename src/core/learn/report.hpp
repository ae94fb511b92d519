// The report: one self-contained page for people who would rather look. No script, nothing loaded, light
// and dark as the reader's system is.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/judging.hpp"
#include "core/learn/keyword_report.hpp"
#include "core/route/routing.hpp"

#include <span>
#include <string>
#include <string_view>

namespace aria_focus::core::learn {

// What it is about. There is at least one message.
struct ReportInput {
    std::string_view title;
    const route::Router& router;
    std::span<const LabelledMessage> messages;
    const Judgements& judged;  // what was said to them
    const JudgeRules& rules;
    std::span<const KeywordFigures> keywords;
};

// Writes it, in UTF-8.
std::string write_report(const ReportInput& input, Ticker& ticker);

}  // namespace aria_focus::core::learn
