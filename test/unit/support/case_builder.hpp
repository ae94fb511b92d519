// Random messages and keyword lists over small alphabets full of trouble, and how a failing one is
// shown.
#pragma once

#include "core/text/utf8.hpp"
#include "support/json_builder.hpp"
#include "support/oracle.hpp"
#include "support/random.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::test {

// Case variants of one letter, white space, punctuation, digits, marks, scripts with rules of their
// own, characters of two to four bytes.
inline constexpr std::array<char32_t, 86> nasty_characters = {
    U'a', U'b', U'A', U'B', U' ', U'\t', 0xA0, 0x3000, 0x2028, U'-', U'_', U'+', U'.', U'1', U'2',
    0xE9, 0xC9, U's', 0x17F, U'S', U'k', 0x212A, U'i', 0x130, 0x131, U'I', 0xDF, 0x1E9E, 0x3A3,
    0x3C3, 0x3C2, 0x6F22, 0x3042, 0x30FC, 0xBC30, 0xD3EC, 0x0E01, 0x0E48, 0x301, 0x1F3AF, 0x10400,
    0x10428, 0x1FD3, 0x390,
    // What is spelled in several ways: canonical equivalents, absent characters, hyphens, apostrophes, flags.
    U'e', 0x301, 0x323, 0x345, 0x3B9, 0x1EB9, 0x11E, 0x958, 0x915, 0x93C, 0xF43, 0xFB7, 0x1100,
    0x1161, 0x11A8, 0xAC00, 0xAC01, 0x304B, 0x3099, 0x304C, 0x309A, 0xAD, 0x200D, 0x200B, 0xFE0F,
    0x34F, 0xFEFF, 0x2011, 0x2014, 0xFF0D, U'\'', 0x2019, 0x2BC, 0x1F1E9, 0x1F1EA, 0x1F1EB, 0x1D160,
    0x9C7, 0x9BE, 0xFF9E, 0x3300, 0x104A};

using Characters = std::vector<char32_t>;

// UTF-8 of code points.
inline std::string to_utf8(std::u32string_view characters) {
    std::string out;
    for (const char32_t c : characters) core::text::utf8::append(out, c);
    return out;
}

// A few of the characters, so that they meet often; two plain letters among them now and then.
inline Characters random_alphabet(Random& random) {
    Characters out;
    for (std::size_t size = random.between(2, 6); out.size() < size;) {
        out.push_back(random.pick(nasty_characters));
    }
    if (random.once_in(2)) {
        out.push_back(U'a');
        out.push_back(U' ');
    }
    return out;
}

// Up to `most` characters.
inline std::u32string random_text(Random& random, const Characters& alphabet, std::size_t most) {
    std::u32string out;
    for (std::size_t size = random.below(most + 1); out.size() < size;)
        out += random.pick(alphabet);
    return out;
}

// A keyword that is accepted: no control characters, white space only as single spaces inside; empty
// where none came out.
inline std::u32string accepted_keyword(Random& random, const Characters& alphabet) {
    std::u32string out;
    for (const char32_t c : random_text(random, alphabet, random.once_in(4) ? 8 : 4)) {
        const bool is_space = core::text::unicode::is_white_space(c);
        if (!is_space && !core::text::unicode::is_control(c)) out += c;
        if (is_space && !out.empty() && out.back() != U' ') out += U' ';
    }
    if (!out.empty() && out.back() == U' ') out.pop_back();
    return out;
}

// The same, empty also where nothing of it would be matched.
inline std::u32string random_keyword(Random& random, const Characters& alphabet) {
    const std::u32string out = accepted_keyword(random, alphabet);
    return keyword_letters(out).empty() ? std::u32string() : out;
}

// True for two keywords that are duplicates.
inline bool same_text(std::u32string_view a, std::u32string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_letter);
}

// A list of up to `most` entries without duplicates.
inline OracleList random_list(Random& random, const Characters& alphabet, std::size_t most) {
    OracleList out;
    for (std::size_t tries = random.below(most + 1); tries > 0; --tries) {
        OracleEntry entry{random_keyword(random, alphabet),
                          static_cast<core::match::Match>(random.below(4)), 1000};
        if (random.once_in(3)) entry.weight = static_cast<std::int32_t>(random.between(1, 20000));
        if (entry.weight > 10000) entry.weight -= 20001;
        const bool taken = std::any_of(out.begin(), out.end(), [&](const OracleEntry& other) {
            return same_text(other.text, entry.text);
        });
        if (!entry.text.empty() && !taken) out.push_back(entry);
    }
    return out;
}

// Thousandths as a JSON number.
inline std::string weight_text(std::int32_t weight) {
    std::array<char, 16> out{};
    const unsigned size = static_cast<unsigned>(weight < 0 ? -weight : weight);
    std::snprintf(out.data(), out.size(), "%s%u.%03u", weight < 0 ? "-" : "", size / 1000,
                  size % 1000);
    return out.data();
}

// A list as its JSON; the shortest form of each entry.
inline std::string to_json(const OracleList& list) {
    constexpr std::array<std::string_view, 4> matches = {"auto", "word", "prefix", "fragment"};
    std::string out;
    for (const OracleEntry& entry : list) {
        out += out.empty() ? "" : ", ";
        const std::string text = json_string(to_utf8(entry.text));
        if (entry.match == core::match::Match::automatic && entry.weight == 1000) {
            out += text;
            continue;
        }
        out += "{\"keyword\": " + text + ", \"match\": \"" +
               std::string(matches[static_cast<std::size_t>(entry.match)]) +
               "\", \"weight\": " + weight_text(entry.weight) + "}";
    }
    return "[" + out + "]";
}

// Code points that can be told apart in a report: ASCII as it is, others as \u{...}.
inline std::string shown(std::string_view text) {
    std::string out;
    for (const char32_t c : core::text::utf8::to_code_points(text)) {
        if (c >= 0x20 && c < 0x7F) {
            out += static_cast<char>(c);
        } else {
            std::array<char, 16> code{};
            std::snprintf(code.data(), code.size(), "\\u{%X}", static_cast<unsigned>(c));
            out += code.data();
        }
    }
    return out;
}

}  // namespace aria_focus::test
