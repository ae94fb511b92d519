// What a line of Markdown is by its own characters.
#pragma once

#include "core/base/core_only.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace aria_focus::core::contract {

// What stands before a list item's text.
struct Marker {
    std::uint32_t size;  // bytes with the white space behind it
    std::uint32_t width;
    bool ordered;
    bool first;  // of an ordered list that starts with 1, or of any other
};

// The list marker that a line starts with.
std::optional<Marker> marker_of(std::string_view content) noexcept;

// True for the line between a table's head and its rows.
bool is_table_rule(std::string_view line) noexcept;

// True for a line of three and more - * _ alone; the line is not empty.
bool is_thematic_break(std::string_view content) noexcept;

}  // namespace aria_focus::core::contract
