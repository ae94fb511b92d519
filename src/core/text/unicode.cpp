// Reads the generated tables: code point -> block -> record.
//
//     c = U+00C9         block_of[c / 128] = 1
//                        record_of[1 * 128 + c % 128] = number of the record
//                        records[number] = {fold +32, word}
//
// Distances instead of code points make all of Latin, Cyrillic and so on share a few records, which
// is why one byte can name a record.
#include "core/text/unicode.hpp"

#include "core/text/unicode_tables.inc"

namespace aria_focus::core::text::unicode {
namespace {

// What the tables say about a code point.
constexpr const tables::Record& record_at(char32_t c) noexcept {
    if (c >= tables::limit) return tables::records[0];
    constexpr char32_t in_block = (1u << tables::block_bits) - 1;
    const char32_t block = tables::block_of[c >> tables::block_bits];
    return tables::records[tables::record_of[(block << tables::block_bits) | (c & in_block)]];
}

// The code point at a distance.
constexpr char32_t moved(char32_t c, std::int32_t distance) noexcept {
    return c + static_cast<char32_t>(distance);  // unsigned, so a negative distance wraps back
}

// True if the inlined ASCII tables say what the big ones say.
constexpr bool ascii_agrees() noexcept {
    for (char32_t c = 0; c < detail::Ascii::limit; ++c) {
        const tables::Record& record = record_at(c);
        if (detail::ascii.fold[c] != moved(c, record.fold)) return false;
        if (detail::ascii.properties[c] != record.properties) return false;
    }
    return true;
}

static_assert(ascii_agrees());

}  // namespace

char32_t detail::fold_by_table(char32_t c) noexcept {
    return moved(c, record_at(c).fold);
}

Properties detail::properties_by_table(char32_t c) noexcept {
    return record_at(c).properties;
}

}  // namespace aria_focus::core::text::unicode
