#include "core/check/field_reader.hpp"

#include "core/base/decimal.hpp"

#include <limits>
#include <string>

namespace aria_focus::core::check {

namespace {

// True for what the server writes as a string, since JSON has no number for it.
bool is_not_finite(std::string_view text) noexcept {
    return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

// A number of a field as it is named in a message: "temperature 1e999".
std::string said(JsonView value, const Reporter& report) {
    return std::string(report.name()) + " " + shown_number(value.text());
}

}  // namespace

bool is_kind(JsonKind kind, JsonView value, const Reporter& report) {
    if (value.kind() == kind) return true;
    if (value.kind() != JsonKind::null) report.wrong_kind(report.name(), kind, value);
    return false;
}

std::optional<std::string_view> read_text(JsonView value, const Reporter& report) {
    if (!is_kind(JsonKind::string, value, report)) return std::nullopt;
    return value.text();
}

std::optional<std::string_view> read_id(JsonView value, const Reporter& report) {
    if (value.kind() == JsonKind::number) return value.text();
    return read_text(value, report);
}

std::optional<double> read_number(JsonView value, const Reporter& report) {
    if (value.kind() == JsonKind::string && is_not_finite(value.text())) {
        report.report(
            ProblemCode::out_of_range,
            std::string(report.name()) + " must be finite, not " + std::string(value.text()));
        return std::nullopt;
    }
    if (!is_kind(JsonKind::number, value, report)) return std::nullopt;
    const std::optional<double> number = to_double(value.text());
    if (!number) {
        report.report(ProblemCode::out_of_range,
                      said(value, report) + " is out of the range of double precision");
    }
    return number;
}

std::optional<std::int32_t> read_integer(JsonView value, const Reporter& report) {
    if (!is_kind(JsonKind::number, value, report)) return std::nullopt;
    const auto decimal = Decimal::parse(value.text());
    if (!decimal || !decimal->is_whole()) {
        report.report(ProblemCode::bad_type, said(value, report) + " is not a whole number");
        return std::nullopt;
    }
    using Limits = std::numeric_limits<std::int32_t>;
    const auto whole = decimal->scaled(0);
    if (!whole || *whole < Limits::min() || *whole > Limits::max()) {
        report.report(ProblemCode::out_of_range,
                      said(value, report) + " is out of the range of integer");
        return std::nullopt;
    }
    return static_cast<std::int32_t>(*whole);
}

std::optional<bool> read_boolean(JsonView value, const Reporter& report) {
    if (!is_kind(JsonKind::boolean, value, report)) return std::nullopt;
    return value.truth();
}

std::optional<std::vector<std::string_view>> read_skills(JsonView value, const Reporter& report) {
    if (!is_kind(JsonKind::array, value, report)) return std::nullopt;
    std::vector<std::string_view> skills;
    value.each_element([&](std::uint32_t at, JsonView element) {
        if (element.kind() == JsonKind::string) {
            skills.push_back(element.text());
        } else if (element.kind() != JsonKind::null) {
            report.at(at).wrong_kind("a skill", JsonKind::string, element);
        }
    });
    return skills;
}

}  // namespace aria_focus::core::check
