// The blocks of a text that may be Markdown, read line by line, and the text with everything blanked that
// is not prose. Nothing is ever taken out, so a byte of the masked text is a byte of the text.
//
//   text      - Use `x`, see [a](b).       masked    ..Use xxx, see [a]   .
//             ```                                    ...
//             don't!                                 ......
//             ```                                    ...
//
// Between two units of prose stands at least one `barrier` byte, which belongs to no word and is no white
// space, so that no phrase is found across them.
//
// Blocks follow CommonMark 0.30 as far as replies need it: fences, indented code, headings of both kinds,
// list items, block quotes, tables, comments. Time is linear in the text.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/contract/hits.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::core::contract {

enum class UnitKind : std::uint8_t { paragraph, heading, list_item, table_cell };

// A stretch of prose that sentences do not leave.
struct Unit {
    std::uint32_t begin;
    std::uint32_t end;
    UnitKind kind;
    bool quoted;             // of a block quote
    std::uint32_t block;     // number of the block between blank lines that it starts in
    std::uint32_t code_run;  // how many code blocks stand before it
};

struct Layout {
    static constexpr char barrier = '\x1F';

    std::string masked;
    std::vector<Unit> units;              // ascending
    std::uint64_t inline_codes = 0;       // how many
    std::uint64_t longest_list_item = 0;  // characters
};

// Reads the blocks and masks the text; counts what the layout knows.
Layout read_layout(std::string_view text, Hits& hits, Ticker& ticker);

}  // namespace aria_focus::core::contract
