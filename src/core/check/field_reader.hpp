// The values of an object's keys, read with their types checked. A JSON null is no value.
#pragma once

#include "core/base/core_only.hpp"
#include "core/check/json.hpp"
#include "core/check/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::check {

class FieldReader {
  public:
    // Notes problems with paths below $, or below $[element] of an array.
    explicit FieldReader(Problems& problems, std::optional<std::uint32_t> element = std::nullopt)
        : problems_(problems), element_(element) {}

    // True if the value is of the kind; notes a problem where it is of another but null.
    bool is(JsonKind kind, std::string_view field, JsonView value) const;
    // A string.
    std::optional<std::string_view> text(std::string_view field, JsonView value) const;
    // A string, or the digits of a number.
    std::optional<std::string_view> id(std::string_view field, JsonView value) const;
    // A finite number; its digits are the value's text.
    std::optional<double> number(std::string_view field, JsonView value) const;
    // A whole number of 32 bits.
    std::optional<std::int32_t> integer(std::string_view field, JsonView value) const;
    // True or false.
    std::optional<bool> boolean(std::string_view field, JsonView value) const;
    // An array of skills; nulls among them are left out.
    std::vector<std::string_view> skills(std::string_view field, JsonView value) const;

    // Notes a problem of a field, or of one element of it.
    void report(std::string_view field, ProblemCode code, std::string message,
                std::optional<std::uint32_t> place = std::nullopt) const;

  private:
    Problems& problems_;
    std::optional<std::uint32_t> element_;
};

}  // namespace aria_focus::core::check
