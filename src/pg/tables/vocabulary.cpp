#include "pg/tables/vocabulary.hpp"

#include <algorithm>

#include "pg/tables/schema.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/palloc_array.hpp"

namespace aria_focus::pg {

namespace {

// Reads the words of one table, in C order.
std::span<const std::string_view> read_words(const char* table_name, const char* column_name,
                                             Snapshot snapshot) {
    Relation table = open_table(table_name);
    const AttrNumber column = find_column(table, column_name, VARCHAROID);
    PallocArray<std::string_view> words;
    for_each_row(table, snapshot, [&](HeapTuple tuple) {
        words.push(to_utf8(TextDatumGetCString(column_value(table, tuple, column))));
    });
    table_close(table, NoLock);
    const std::span<std::string_view> sorted = words.view();
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

}  // namespace

core::profile::Vocabularies read_vocabularies(Snapshot snapshot) {
    return {read_words("focus_tones", "tone", snapshot),
            read_words("focus_styles", "style", snapshot)};
}

}  // namespace aria_focus::pg
