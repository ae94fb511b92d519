#include "core/check/field_reader.hpp"

#include "core/base/decimal.hpp"

#include <limits>

namespace aria_focus::core::check {

namespace {

// True for what the server writes as a string, since JSON has no number for it.
bool is_not_finite(std::string_view text) noexcept {
    return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

// How a field is called in a message; the whole document has no name.
std::string name_or_it(std::string_view field) {
    return field.empty() ? "it" : std::string(field);
}

// Where an element stands: [3].
std::string index_path(std::uint32_t at) {
    return "[" + std::to_string(at) + "]";
}

}  // namespace

std::optional<std::string_view> FieldReader::text(std::string_view field, JsonView value) const {
    if (!is(JsonKind::string, field, value)) return std::nullopt;
    return value.text();
}

std::optional<std::string_view> FieldReader::id(std::string_view field, JsonView value) const {
    if (value.kind() == JsonKind::number) return value.text();
    return text(field, value);
}

std::optional<double> FieldReader::number(std::string_view field, JsonView value) const {
    if (value.kind() == JsonKind::string && is_not_finite(value.text())) {
        report(field, ProblemCode::out_of_range,
               std::string(field) + " must be finite, not " + std::string(value.text()));
        return std::nullopt;
    }
    if (!is(JsonKind::number, field, value)) return std::nullopt;
    const std::optional<double> number = to_double(value.text());
    if (!number) {
        report(field, ProblemCode::out_of_range,
               std::string(field) + " " + shown_number(value.text()) +
                   " is out of the range of double precision");
    }
    return number;
}

std::optional<std::int32_t> FieldReader::integer(std::string_view field, JsonView value) const {
    if (!is(JsonKind::number, field, value)) return std::nullopt;
    const auto decimal = Decimal::parse(value.text());
    const std::string said = std::string(field) + " " + shown_number(value.text());
    if (!decimal || !decimal->is_whole()) {
        report(field, ProblemCode::bad_type, said + " is not a whole number");
        return std::nullopt;
    }
    using Limits = std::numeric_limits<std::int32_t>;
    const auto whole = decimal->scaled(0);
    if (!whole || *whole < Limits::min() || *whole > Limits::max()) {
        report(field, ProblemCode::out_of_range, said + " is out of the range of integer");
        return std::nullopt;
    }
    return static_cast<std::int32_t>(*whole);
}

std::optional<bool> FieldReader::boolean(std::string_view field, JsonView value) const {
    if (!is(JsonKind::boolean, field, value)) return std::nullopt;
    return value.truth();
}

std::vector<std::string_view> FieldReader::skills(std::string_view field, JsonView value) const {
    std::vector<std::string_view> out;
    if (!is(JsonKind::array, field, value)) return out;
    value.each_element([&](std::uint32_t at, JsonView element) {
        if (element.kind() == JsonKind::string) {
            out.push_back(element.text());
        } else if (element.kind() != JsonKind::null) {
            report(field, ProblemCode::bad_type,
                   "a skill must be a string, not " + std::string(name_of(element.kind())), at);
        }
    });
    return out;
}

void FieldReader::report(std::string_view field, ProblemCode code, std::string message,
                         std::optional<std::uint32_t> place) const {
    std::string path = "$";
    if (element_) path += index_path(*element_);
    if (!field.empty()) path.append(".").append(field);
    if (place) path += index_path(*place);
    problems_.push_back({field, std::move(path), code, std::move(message), {}});
}

bool FieldReader::is(JsonKind kind, std::string_view field, JsonView value) const {
    if (value.kind() == kind) return true;
    if (value.kind() == JsonKind::null) return false;
    report(field, ProblemCode::bad_type,
           name_or_it(field) + " must be " + std::string(name_of(kind)) + ", not " +
               std::string(name_of(value.kind())));
    return false;
}

}  // namespace aria_focus::core::check
