#include "core/contract/repeated_lines.hpp"

#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>

namespace aria_focus::core::contract {

void RepeatedLines::note(std::string_view line, std::uint32_t at, Hits& hits) {
    if (line.size() < least || text::utf8::count(line) < least) return;
    const bool has_letter = std::any_of(line.begin(), line.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 ||
               text::unicode::is_word(static_cast<char32_t>(c));
    });
    if (!has_letter || lines_.insert(line).second) return;
    hits.add(Metric::repeated_lines, {at, at + static_cast<std::uint32_t>(line.size())});
}

}  // namespace aria_focus::core::contract
