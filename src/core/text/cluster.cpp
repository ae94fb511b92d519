#include "core/text/cluster.hpp"

#include "core/text/unicode.hpp"
#include "core/text/unicode_tables.inc"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace aria_focus::core::text {

namespace {

namespace tables = unicode::tables;
using unicode::detail::in_range;

// The arithmetic of Hangul syllables (The Unicode Standard 15.0, 3.12, under its names).
constexpr char32_t s_base = 0xAC00;
constexpr char32_t l_base = 0x1100;
constexpr char32_t v_base = 0x1161;
constexpr char32_t t_base = 0x11A7;
constexpr char32_t l_count = 19;
constexpr char32_t v_count = 21;
constexpr char32_t t_count = 28;
constexpr char32_t s_count = l_count * v_count * t_count;

// No character.
constexpr char32_t none = 0;

// The canonical combining class of a character.
std::uint8_t combining_class(char32_t c) noexcept {
    if (!unicode::extends(c)) return 0;
    const auto* const found =
        std::upper_bound(std::begin(tables::combining_classes), std::end(tables::combining_classes),
                         c, [](char32_t wanted, const auto& run) { return wanted < run.first; });
    if (found == std::begin(tables::combining_classes) || found[-1].last < c) return 0;
    return found[-1].combining_class;
}

// Its full canonical decomposition, Hangul aside; empty where it is its own.
std::u32string_view decomposition(char32_t c) noexcept {
    if (c < 0xC0) return {};
    const auto* const found =
        std::lower_bound(std::begin(tables::decompositions), std::end(tables::decompositions), c,
                         [](const auto& one, char32_t wanted) { return one.character < wanted; });
    if (found == std::end(tables::decompositions) || found->character != c) return {};
    return std::u32string_view(tables::decomposed + found->at, found->size);
}

// What two characters become in NFC; none if they stay two.
char32_t composition(char32_t first, char32_t second) noexcept {
    if (in_range(first, l_base, l_base + l_count - 1) &&
        in_range(second, v_base, v_base + v_count - 1)) {
        return s_base + ((first - l_base) * v_count + (second - v_base)) * t_count;
    }
    if (in_range(first, s_base, s_base + s_count - 1) && (first - s_base) % t_count == 0 &&
        in_range(second, t_base + 1, t_base + t_count - 1)) {
        return first + (second - t_base);
    }
    const auto* const found =
        std::lower_bound(std::begin(tables::compositions), std::end(tables::compositions), first,
                         [second](const auto& one, char32_t wanted) {
                             return one.first != wanted ? one.first < wanted : one.second < second;
                         });
    const bool is_there =
        found != std::end(tables::compositions) && found->first == first && found->second == second;
    return is_there ? found->composed : none;
}

}  // namespace

const char* Cluster::read(const char* at, const char* end, Ticker& ticker) {
    size_ = 0;
    is_cut_ = false;
    last_base_ = none;
    begin_ = end_ = at;
    for (bool is_first = true; at < end; is_first = false) {
        const utf8::Decoded next = utf8::decode(at, end);
        const char32_t c = next.code_point;
        if (!is_first && !unicode::extends(c)) break;
        ticker.tick(next.length);
        at += next.length;
        if (!unicode::is_absent(c)) {
            if (size_ == 0) begin_ = at - next.length;
            end_ = at;
            add(c);
        } else if (size_ != 0 && end_ == at - next.length && unicode::is_mark(c)) {
            end_ = at;
        }
    }
    normalize();
    return at;
}

void Cluster::add(char32_t c) {
    if (!unicode::is_mark(c)) last_base_ = c;
    if (in_range(c, s_base, s_base + s_count - 1)) {
        const char32_t index = c - s_base;
        push(l_base + index / (v_count * t_count));
        push(v_base + index % (v_count * t_count) / t_count);
        if (index % t_count != 0) push(t_base + index % t_count);
        return;
    }
    const std::u32string_view parts = decomposition(c);
    if (parts.empty()) push(c);
    for (const char32_t part : parts) push(part);
}

void Cluster::push(char32_t c) noexcept {
    if (size_ == most) {
        is_cut_ = true;
        return;
    }
    classes_[size_] = combining_class(c);
    characters_[size_++] = c;
}

void Cluster::normalize() noexcept {
    if (size_ < 2 || is_cut_) return;
    for (std::size_t first = 0; first < size_;) {
        std::size_t last = first;
        while (last < size_ && classes_[last] != 0) ++last;
        if (last - first > 1) sort_marks(first, last);
        first = last + 1;
    }
    compose();
}

void Cluster::sort_marks(std::size_t first, std::size_t last) noexcept {
    if (std::is_sorted(classes_.begin() + first, classes_.begin() + last)) return;
    // Class, place, character in one number: the sort is stable without memory of its own.
    std::array<std::uint64_t, most> keys;
    for (std::size_t i = first; i < last; ++i) {
        keys[i] = std::uint64_t{classes_[i]} << 48 | std::uint64_t{i} << 32 | characters_[i];
    }
    std::sort(keys.begin() + first, keys.begin() + last);
    for (std::size_t i = first; i < last; ++i) {
        classes_[i] = static_cast<std::uint8_t>(keys[i] >> 48);
        characters_[i] = static_cast<char32_t>(keys[i] & 0xFFFFFFFF);
    }
}

void Cluster::compose() noexcept {
    std::size_t starter = most;  // of the last character of class 0: none yet
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        if (starter != most) {
            // Blocked: something between the two has no lower class.
            const bool is_next = kept == starter + 1;
            const bool is_blocked = !is_next && classes_[kept - 1] >= classes_[i];
            const char32_t made =
                is_blocked ? none : composition(characters_[starter], characters_[i]);
            if (made != none) {
                characters_[starter] = made;
                continue;
            }
        }
        if (classes_[i] == 0) starter = kept;
        classes_[kept] = classes_[i];
        characters_[kept++] = characters_[i];
    }
    size_ = kept;
}

}  // namespace aria_focus::core::text
