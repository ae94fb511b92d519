#include "core/match/key_filter.hpp"

#include "core/base/bytes.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace aria_focus::core::match {

namespace {

constexpr std::size_t long_key = 6;
constexpr std::size_t short_key = 4;
constexpr std::size_t open_key = 3;

// Bytes of the word that the keyword starts with, as far as a short key goes; 0 where it starts with
// none.
std::size_t first_word(std::u32string_view characters, std::string_view folded) noexcept {
    std::size_t size = 0;
    for (const char32_t c : characters) {
        if (!text::unicode::is_word(c)) break;
        // A mark is of the script of what it stands on, which joins its neighbours here.
        if (text::unicode::is_spaceless(c) && !(size != 0 && text::unicode::is_mark(c))) break;
        do ++size;
        while (size < folded.size() && text::utf8::is_continuation(folded[size]));
        if (size >= short_key) return short_key;
    }
    return size;
}

// The size of a keyword's key, and whether it is open.
std::pair<std::size_t, bool> shape_of(std::u32string_view characters, std::string_view folded,
                                      Edges edges) noexcept {
    const std::size_t size = folded.size();
    if (size >= long_key) return {long_key, false};
    // Whether a mark joins its neighbours depends on what it stands on.
    if (text::unicode::is_mark(characters.front())) return {std::min(size, open_key), true};
    const std::size_t word = first_word(characters, folded);
    if (size >= short_key && (word == 0 || word == short_key)) return {short_key, false};
    if (size == word && edges.end) return {size, false};
    return {std::min(size, open_key), true};
}

}  // namespace

Key key_of(std::u32string_view characters, std::string_view folded, Edges edges) noexcept {
    const auto [size, open] = shape_of(characters, folded, edges);
    Key key{0, open};
    for (std::size_t i = 0; i < size; ++i) {
        key.bytes |= std::uint64_t{static_cast<unsigned char>(folded[i])} << (8 * i);
    }
    return key;
}

KeyFilter::KeyFilter(std::size_t keywords) {
    // Sixteen bits a keyword keep the share of false alarms low; the cache of a processor ends near 2^22.
    const std::size_t bits = std::bit_ceil(std::clamp<std::size_t>(keywords * 16, 65536, 1u << 22));
    keys_.assign(bits / 32, 0);
    shift_ = 32 - static_cast<unsigned>(std::countr_zero(bits / 32));
}

void KeyFilter::add(const Key& key, Edges edges) {
    const std::uint32_t print = fingerprint(key.bytes);
    if (key.open) {
        add_open(key);
    } else {
        keys_[print >> shift_] |= 1u << (print % 32);
    }
    if (!edges.start) add_first_byte(static_cast<std::uint8_t>(key.bytes & 0xFF));
}

void KeyFilter::add_open(const Key& key) {
    if (open_keys_.empty()) open_keys_.assign(65536 / 64, 0);
    const unsigned size = key.bytes < 0x100 ? 1 : key.bytes < 0x10000 ? 2 : 3;
    open_sizes_ |= 1u << size;
    if (size == 1) open_bytes_[key.bytes] = 1;
    if (size == 3) set_bit(open_keys_.data(), open_bit(key.bytes));
    for (std::uint64_t next = 0; size == 2 && next < 256; ++next) {
        set_bit(open_keys_.data(), open_bit(key.bytes | next << 16));
    }
}

void KeyFilter::add_first_byte(std::uint8_t byte) {
    if (every_position_) return;
    auto* const end = first_bytes_.begin() + first_byte_count_;
    if (std::find(first_bytes_.begin(), end, byte) != end) return;
    if (first_byte_count_ == most_first_bytes) {
        every_position_ = true;
        first_byte_count_ = 0;
        return;
    }
    first_bytes_[first_byte_count_++] = byte;
}

KeyProbe KeyFilter::probe() const noexcept {
    return {keys_.data(),
            shift_,
            open_keys_.empty() ? nullptr : open_keys_.data(),
            open_bytes_.data(),
            first_bytes_.data(),
            first_byte_count_,
            every_position_};
}

}  // namespace aria_focus::core::match
