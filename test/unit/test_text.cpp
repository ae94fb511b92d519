// Blank texts.
#include "core/text.hpp"

#include "catch.hpp"

using aria_focus::core::is_blank;

TEST_CASE("text: white space of any script is blank", "[text]") {
    for (const auto* const text :
         {"", " ", "\t\n\v\f\r ", "\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80",
          "\xE2\x80\x8A", "\xE2\x80\xA8\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
          "\xE3\x80\x80", " \xC2\xA0\t\xE3\x80\x80"}) {
        INFO(text);
        CHECK(is_blank(text));
    }
}

TEST_CASE("text: whatever else is not blank", "[text]") {
    // Zero-width space, word joiner, Mongolian separator and byte order mark are no White_Space.
    for (const auto* const text :
         {"a", " a", "a ", "_", "\xE2\x80\x8B", "\xE2\x81\xA0", "\xE1\xA0\x8E", "\xEF\xBB\xBF",
          "\xF0\x9F\x8E\xAF", "\xFF", "\xC2", " \xE3\x80", "\x01"}) {
        INFO(text);
        CHECK_FALSE(is_blank(text));
    }
}
