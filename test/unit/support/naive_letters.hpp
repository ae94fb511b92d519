// What counts as the same text, straight from the rules: a text as the letters that are compared, each with its
// place. Nothing is shared with the core but the tables of characters; they are asked one by one, and the
// algorithms are those of the standard's definitions, word by word.
#pragma once

#include "core/text/unicode.hpp"
#include "core/text/unicode_tables.inc"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aria_focus::test {

// A character of the form that is compared.
struct Letter {
    char32_t character;
    std::size_t begin;    // of its cluster, in characters of the text
    std::size_t end;      // of its cluster
    bool is_edge;         // a hit may start here, or end in front
    bool is_white_space;  // a space of a keyword stands for a run of it
    bool is_dash;         // a hyphen that never stands for a space
    bool is_word;
    bool joins;  // no boundary lies between it and a neighbour that joins
};

using Letters = std::vector<Letter>;

namespace naive {

// A text with the place of each character.
using Placed = std::vector<std::pair<char32_t, std::size_t>>;

// The combining class of a character, from a map.
inline int combining_class(char32_t c) {
    static const auto classes = [] {
        std::map<char32_t, int> out;
        for (const auto& run : core::text::unicode::tables::combining_classes) {
            for (char32_t one = run.first; one <= run.last; ++one) out[one] = run.combining_class;
        }
        return out;
    }();
    const auto found = classes.find(c);
    return found == classes.end() ? 0 : found->second;
}

// Pairs that are composed, Hangul among them.
inline const std::map<std::pair<char32_t, char32_t>, char32_t>& compositions() {
    static const auto pairs = [] {
        std::map<std::pair<char32_t, char32_t>, char32_t> out;
        for (const auto& one : core::text::unicode::tables::compositions) {
            out[{one.first, one.second}] = one.composed;
        }
        char32_t syllable = 0xAC00;
        for (char32_t lead = 0x1100; lead < 0x1113; ++lead) {
            for (char32_t vowel = 0x1161; vowel < 0x1176; ++vowel) {
                const char32_t open = syllable++;
                out[{lead, vowel}] = open;
                for (char32_t trail = 0x11A8; trail < 0x11C3; ++trail)
                    out[{open, trail}] = syllable++;
            }
        }
        return out;
    }();
    return pairs;
}

// What a character decomposes to.
inline std::u32string decomposed(char32_t c) {
    static const auto all = [] {
        std::map<char32_t, std::u32string> out;
        for (const auto& one : core::text::unicode::tables::decompositions) {
            out[one.character] =
                std::u32string(core::text::unicode::tables::decomposed + one.at, one.size);
        }
        // A syllable after the one that it is made of.
        for (const auto& [pair, made] : compositions()) {
            if (made >= 0xAC00 && made <= 0xD7A3 && pair.first < 0x1200) {
                out[made] = {pair.first, pair.second};
            }
        }
        for (const auto& [pair, made] : compositions()) {
            if (made >= 0xAC00 && made <= 0xD7A3 && pair.first >= 0xAC00) {
                out[made] = out[pair.first] + pair.second;
            }
        }
        return out;
    }();
    const auto found = all.find(c);
    return found == all.end() ? std::u32string(1, c) : found->second;
}

// A cluster in NFC.
inline std::u32string composed(const std::u32string& cluster) {
    std::u32string text;
    for (const char32_t c : cluster) text += decomposed(c);
    for (bool is_sorted = false; !is_sorted;) {
        is_sorted = true;
        for (std::size_t i = 1; i < text.size(); ++i) {
            const int left = combining_class(text[i - 1]);
            const int right = combining_class(text[i]);
            if (right == 0 || left <= right) continue;
            std::swap(text[i - 1], text[i]);
            is_sorted = false;
        }
    }
    // Definition D117, steps R1 and R2.
    for (std::size_t at = 1; at < text.size();) {
        std::size_t starter = at;
        bool is_blocked = false;
        while (starter > 0 && combining_class(text[--starter]) != 0) {
        }
        if (combining_class(text[starter]) != 0) is_blocked = true;
        for (std::size_t i = starter + 1; i < at && !is_blocked; ++i) {
            const int between = combining_class(text[i]);
            is_blocked = between == 0 || between >= combining_class(text[at]);
        }
        const auto found = compositions().find({text[starter], text[at]});
        if (is_blocked || found == compositions().end()) {
            ++at;
            continue;
        }
        text[starter] = found->second;
        text.erase(at, 1);
    }
    return text;
}

// How a character of NFC is compared, and of what kind it is.
inline Letter make_letter(char32_t c) {
    namespace unicode = core::text::unicode;
    const bool is_hyphen =
        (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
    const bool is_apostrophe = c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0xFF07;
    Letter out{};
    out.character = is_hyphen ? U'-' : is_apostrophe ? U'\'' : c;
    out.is_white_space = unicode::is_white_space(c) || c == 0x200B;
    out.is_dash = c == 0x2014 || c == 0x2015;
    out.is_word = unicode::is_word(out.character);
    return out;
}

// Sets the rest that a letter is for its neighbours: what joins, and the pairs of flags.
inline void look_around(Letters& letters) {
    namespace unicode = core::text::unicode;
    bool is_lone = false;
    bool is_half = false;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        Letter& letter = letters[i];
        const bool has_base = i > 0 && unicode::is_mark(letter.character);
        if (!has_base) is_lone = unicode::is_spaceless(letter.character);
        letter.joins = letter.is_word && !is_lone;
        const bool is_indicator = letter.character >= 0x1F1E6 && letter.character <= 0x1F1FF;
        if (is_indicator && is_half) letter.is_edge = false;
        is_half = is_indicator && !is_half;
    }
}

}  // namespace naive

// The letters of a text: cluster by cluster in NFC, without what is absent.
inline Letters letters_of(std::u32string_view text) {
    naive::Placed there;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!core::text::unicode::is_absent(text[i])) there.emplace_back(text[i], i);
    }
    Letters out;
    for (std::size_t first = 0, last = 0; first < there.size(); first = last) {
        std::u32string cluster;
        for (; last < there.size() &&
               (last == first || core::text::unicode::extends(there[last].first));
             ++last) {
            // White space draws nothing to itself.
            if (last > first && naive::make_letter(there[first].first).is_white_space) break;
            cluster += there[last].first;
        }
        std::size_t end = there[last - 1].second + 1;
        const bool is_space = naive::make_letter(there[last - 1].first).is_white_space;
        while (!is_space && end < text.size() && core::text::unicode::is_absent(text[end]) &&
               core::text::unicode::is_mark(text[end])) {
            ++end;
        }
        const bool is_extension = first > 0 && core::text::unicode::extends(there[first].first);
        for (const char32_t c : naive::composed(cluster)) {
            Letter letter = naive::make_letter(c);
            letter.begin = there[first].second;
            letter.end = end;
            letter.is_edge = !is_extension && (out.empty() || out.back().begin != letter.begin);
            out.push_back(letter);
        }
    }
    naive::look_around(out);
    return out;
}

// The letters of a text as it stands, for plain semantics.
inline Letters plain_letters_of(std::u32string_view text) {
    Letters out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        Letter letter{};
        letter.character = text[i];
        letter.begin = i;
        letter.end = i + 1;
        letter.is_edge = true;
        letter.is_word = core::text::unicode::is_word(text[i]);
        out.push_back(letter);
    }
    naive::look_around(out);
    for (Letter& letter : out) letter.is_edge = true;
    return out;
}

// The letters of a keyword: one space for all white space, none at the ends.
inline std::u32string keyword_letters(std::u32string_view text) {
    std::u32string out;
    for (const Letter& letter : letters_of(text)) {
        if (!letter.is_white_space) out += letter.character;
        if (letter.is_white_space && !out.empty() && out.back() != U' ') out += U' ';
    }
    if (!out.empty() && out.back() == U' ') out.pop_back();
    return out;
}

}  // namespace aria_focus::test
