#include "pg/vocabulary.hpp"

#include <algorithm>

#include "pg/encoding.hpp"
#include "pg/schema.hpp"

namespace aria_focus::pg {

namespace {

// The words of one table.
std::span<const std::string_view> read_words(const char* table_name, const char* column_name,
                                             Snapshot snapshot) {
    Relation table = open_table(table_name);
    const AttrNumber column = find_column(table, column_name, VARCHAROID);
    std::size_t capacity = 16;
    std::size_t size = 0;
    auto* words = static_cast<std::string_view*>(palloc(capacity * sizeof(std::string_view)));
    TableScanDesc scan = table_beginscan_strat(table, snapshot, 0, nullptr, true, false);
    while (HeapTuple tuple = heap_getnext(scan, ForwardScanDirection)) {
        if (size == capacity) {
            capacity *= 2;
            words = static_cast<std::string_view*>(
                repalloc(words, capacity * sizeof(std::string_view)));
        }
        words[size++] = to_utf8(TextDatumGetCString(column_value(table, tuple, column)));
    }
    table_endscan(scan);
    table_close(table, NoLock);
    std::sort(words, words + size);
    return {words, size};
}

}  // namespace

core::Vocabularies read_vocabularies(Snapshot snapshot) {
    return {read_words("focus_tones", "tone", snapshot),
            read_words("focus_styles", "style", snapshot)};
}

}  // namespace aria_focus::pg
