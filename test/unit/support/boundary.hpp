// Word boundaries in a message.
#pragma once

#include "core/base/core_only.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

namespace aria_focus::test {

// True if two neighbouring characters belong to one word: letters, digits or marks both, and neither
// of a script that is written without spaces.
inline bool joins(char32_t before, char32_t after) noexcept {
    return core::text::unicode::is_word(before) && core::text::unicode::is_word(after) &&
           !core::text::unicode::is_spaceless(before) && !core::text::unicode::is_spaceless(after);
}

// True if a word may start or end at `at`, where a letter, digit or mark stands on at least one side.
inline bool is_boundary(const char* begin, const char* at, const char* end) noexcept {
    if (at == begin || at == end) return true;
    return !joins(core::text::utf8::decode_before(begin, at).code_point,
                  core::text::utf8::decode(at, end).code_point);
}

}  // namespace aria_focus::test
