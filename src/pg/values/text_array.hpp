// Arrays of texts: read, and written at once (construct_array() wants a copy of each element first).
#pragma once

#include <span>
#include <string_view>

#include "pg/values/palloc_array.hpp"
#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// An element of a text[], in UTF-8; an empty text where it is NULL.
struct ArrayText {
    std::string_view text;
    bool is_null;
};

// Reads the elements of a text[].
std::span<const ArrayText> read_text_array(Datum array);

// Makes a text[] of texts in the server's encoding; raises 54000 beyond what an array can hold.
Datum text_array_datum(std::span<const std::string_view> texts);

// Makes a text[] of text(item) for each item; raises 54000 beyond what an array can hold.
template <class Items, class Text>
Datum text_array_datum(const Items& items, Text&& text) {
    PallocArray<std::string_view> texts;
    for (const auto& item : items) texts.push(text(item));
    return text_array_datum(texts.view());
}

}  // namespace aria_focus::pg
