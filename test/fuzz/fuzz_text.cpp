// Any bytes: decoding, case, word boundaries and the folded text of every kernel, against code that
// goes character by character and asks the files of the Unicode Character Database.
#include "core/text/text.hpp"
#include "fuzz.hpp"
#include "naive_unicode.hpp"
#include "support/naive_folding.hpp"

#include <array>
#include <optional>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// A code point that is written in these one to four bytes and no shorter ones; nothing for all else.
std::optional<char32_t> whole_character(std::string_view bytes) {
    constexpr std::array<unsigned char, 5> payload = {0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t c = static_cast<unsigned char>(bytes[0]) & payload[bytes.size()];
    for (const char next : bytes.substr(1)) c = c << 6 | (static_cast<unsigned char>(next) & 0x3F);
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
    // What spells it is these bytes or others.
    std::string spelled;
    utf8::append(spelled, c);
    return spelled == bytes ? std::optional(c) : std::nullopt;
}

// The character that a text starts with; a stray byte stands for U+FFFD.
utf8::Decoded first_of(std::string_view text) {
    for (unsigned size = 1; size <= std::min<std::size_t>(4, text.size()); ++size) {
        if (const auto c = whole_character(text.substr(0, size))) return {*c, size};
    }
    return {utf8::replacement, 1};
}

// Case and kind of a character and of its neighbour.
void check_characters(char32_t a, char32_t b) {
    const NaiveUnicode* const naive = NaiveUnicode::get();
    const auto words = [&] { return "<" + shown(to_utf8(std::u32string{a, b})) + ">"; };
    const std::vector<char32_t> members = case_class(a);
    if (std::find(members.begin(), members.end(), a) == members.end() ||
        unicode::fold(unicode::fold(a)) != unicode::fold(a)) {
        differ("the class of the first of " + words());
    }
    if (naive == nullptr) return;
    if (unicode::properties(a) != naive->properties(a)) differ("properties of " + words());
    const bool is_same = naive->letter(a) == naive->letter(b);
    if ((unicode::fold(a) == unicode::fold(b)) != is_same) differ("the same letter? " + words());
    for (const char32_t member : members) {
        if (naive->letter(member) != naive->letter(a)) differ("the class of " + words());
    }
}

// Decoding forwards and backwards; the characters with their bytes.
std::vector<utf8::Decoded> check_decoding(std::string_view text) {
    std::vector<utf8::Decoded> out;
    const char* const end = text.data() + text.size();
    for (std::size_t at = 0; at < text.size(); at += out.back().length) {
        out.push_back(first_of(text.substr(at)));
        const utf8::Decoded found = utf8::decode(text.data() + at, end);
        if (found.code_point != out.back().code_point || found.length != out.back().length) {
            differ("decoding at byte " + std::to_string(at) + " of <" + shown(text) + ">");
        }
    }
    for (std::size_t behind = 1; behind <= text.size(); ++behind) {
        utf8::Decoded expected{utf8::replacement, 1};
        for (unsigned size = 1; size <= std::min<std::size_t>(4, behind); ++size) {
            if (const auto c = whole_character(text.substr(behind - size, size))) {
                expected = {*c, size};
            }
        }
        const utf8::Decoded found = utf8::decode_before(text.data(), text.data() + behind);
        if (found.code_point != expected.code_point || found.length != expected.length) {
            differ("decoding before byte " + std::to_string(behind) + " of <" + shown(text) + ">");
        }
    }
    return out;
}

// What is asked of a well-formed text as a whole.
void check_questions(std::string_view text, const std::vector<utf8::Decoded>& characters) {
    std::size_t words = 0;
    std::size_t trimmed = 0;
    std::size_t bytes = 0;
    bool inside = false;
    for (const utf8::Decoded& one : characters) {
        if (!unicode::is_absent(one.code_point)) {
            const bool is_word = unicode::is_word(unicode::respelled(one.code_point));
            words += is_word && !inside ? 1 : 0;
            inside = is_word;
        }
        bytes += one.length;
        if (!unicode::is_white_space(one.code_point)) trimmed = bytes;
    }
    Ticker ticker;
    if (count_words(text, ticker) != words) differ("words of <" + shown(text) + ">");
    if (trim_end(text, ticker).size() != trimmed) differ("the end of <" + shown(text) + ">");
    if (is_blank(text, ticker) != (trimmed == 0)) differ("blank? <" + shown(text) + ">");
    if (utf8::count(text) != characters.size()) differ("characters of <" + shown(text) + ">");
    std::size_t clipped = 0;
    std::size_t next = 0;
    for (std::size_t limit = 0; limit <= text.size(); ++limit) {
        while (next < characters.size() && clipped + characters[next].length <= limit) {
            clipped += characters[next++].length;
        }
        if (utf8::clip(text, limit).size() != clipped) {
            differ("at most " + std::to_string(limit) + " bytes of <" + shown(text) + ">");
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static FoldedText folded;
    const std::string text = expanded({reinterpret_cast<const char*>(data), size}, {});
    const std::vector<char> exact(text.begin(), text.end());
    const auto characters = check_decoding({exact.data(), exact.size()});
    std::string again;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const char32_t c = characters[i].code_point;
        check_characters(c, characters[i == 0 ? 0 : i - 1].code_point);
        utf8::append(again, c);
    }
    if (again == text) {
        check_questions(text, characters);
    }
    for (const Kernel* const kernel : kernels()) {
        for (const bool collapse : {false, true}) {
            std::size_t windows = 0;
            const std::string found = folding_difference(folded, text, collapse, *kernel, windows);
            if (found.empty()) continue;
            differ(std::string(kernel->name) + (collapse ? " collapse" : "") + " <" + shown(text) +
                   ">: " + found);
        }
    }
    return 0;
}
