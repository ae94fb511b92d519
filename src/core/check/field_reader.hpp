// The values of an object's keys, read with their kinds checked into the members of a struct. A table says
// which key goes where, a row a key:
//
//   constexpr Field<Agent> fields[] = {{"model", store<&Agent::model, read_text>}, ...};
//   read_fields<Agent>(agent, object, fields, report);
//
// A JSON null is no value, and the member keeps its default.
#pragma once

#include "core/base/core_only.hpp"
#include "core/check/json.hpp"
#include "core/check/reporter.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace aria_focus::core::check {

// True if the value is of the kind; reports one that is of another but null.
bool is_kind(JsonKind kind, JsonView value, const Reporter& report);
// A string.
std::optional<std::string_view> read_text(JsonView value, const Reporter& report);
// A string, or the digits of a number.
std::optional<std::string_view> read_id(JsonView value, const Reporter& report);
// A finite number; its digits are the value's text.
std::optional<double> read_number(JsonView value, const Reporter& report);
// A whole number of 32 bits.
std::optional<std::int32_t> read_integer(JsonView value, const Reporter& report);
// True or false.
std::optional<bool> read_boolean(JsonView value, const Reporter& report);
// An array of skills, nulls among them left out; a null has none.
std::optional<std::vector<std::string_view>> read_skills(JsonView value, const Reporter& report);

// A key, and what puts its value where it belongs.
template <class Out>
struct Field {
    std::string_view name;
    void (*read)(Out& out, JsonView value, const Reporter& report);
};

// Puts what `read` finds into a member.
template <auto member, auto read>
inline constexpr auto store = [](auto& out, JsonView value, const Reporter& report) {
    if (const auto found = read(value, report)) out.*member = *found;
};

// Reads the keys that the table has; the others are not looked at.
template <class Out>
void read_fields(Out& out, JsonView object, std::span<const Field<Out>> fields,
                 const Reporter& report) {
    object.each_pair([&](std::string_view key, JsonView value) {
        for (const Field<Out>& field : fields) {
            if (field.name == key) return field.read(out, value, report.at(field.name));
        }
    });
}

}  // namespace aria_focus::core::check
