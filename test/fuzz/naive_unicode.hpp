// Characters as the files of the Unicode Character Database have them, read when the program starts:
// nothing is shared with the generated tables of the core. ARIA_FOCUS_UCD names the directory.
#pragma once

#include "core/text/unicode.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aria_focus::test {

class NaiveUnicode {
  public:
    // The files' own words; null where there are none.
    static const NaiveUnicode* get() {
        static const char* const directory = std::getenv("ARIA_FOCUS_UCD");
        if (directory == nullptr) return nullptr;
        static const NaiveUnicode read{std::string(directory)};
        return &read;
    }

    // The property bits of a character.
    core::text::unicode::Properties properties(char32_t c) const {
        return c < properties_.size() ? properties_[c] : 0;
    }

    // The full upper case of the lower case: the same for the same letter, and for nothing else.
    std::u32string letter(char32_t c) const {
        const auto lower = lower_.find(c);
        const char32_t low = lower == lower_.end() ? c : lower->second;
        const auto upper = upper_.find(low);
        return upper == upper_.end() ? std::u32string(1, low) : upper->second;
    }

  private:
    using Fields = std::vector<std::string>;

    explicit NaiveUnicode(const std::string& directory) {
        read_characters(directory + "/UnicodeData.txt");
        for (const Fields& line : lines(directory + "/SpecialCasing.txt")) {
            // A fifth field is a condition.
            if (line.size() < 5 || line[4].empty()) upper_[number(line[0])] = characters(line[3]);
        }
        for (const Fields& line : lines(directory + "/Scripts.txt")) {
            constexpr std::string_view spaceless =
                " Han Hiragana Katakana Bopomofo Yi Thai Lao Khmer Myanmar Tai_Le New_Tai_Lue "
                "Tai_Tham Tai_Viet ";
            if (spaceless.find(" " + line[1] + " ") != spaceless.npos) {
                set(line[0], core::text::unicode::property::spaceless);
            }
            if (line[1] == "Hangul") set(line[0], core::text::unicode::property::hangul);
        }
        for (const char* const span :
             {"30FC", "FF70", "FF9E..FF9F", "3005..3007", "3031..3035", "303C"}) {
            set(span, core::text::unicode::property::spaceless);
        }
        set_spelling(directory);
        for (const Fields& line : lines(directory + "/PropList.txt")) {
            if (line[1] == "White_Space") set(line[0], core::text::unicode::property::white_space);
        }
    }

    // The fields of each line, without comments and blanks around them.
    static std::vector<Fields> lines(const std::string& path) {
        std::ifstream file(path);
        if (!file) differ("cannot read " + path);
        std::vector<Fields> out;
        for (std::string line; std::getline(file, line);) {
            line.resize(std::min(line.size(), line.find('#')));
            Fields fields;
            for (std::string_view rest = line; !rest.empty();) {
                std::string_view field = take_until(rest, ';');
                while (field.starts_with(' ')) field.remove_prefix(1);
                while (field.ends_with(' ')) field.remove_suffix(1);
                fields.emplace_back(field);
            }
            if (fields.size() > 1) out.push_back(std::move(fields));
        }
        return out;
    }

    // A code point.
    static char32_t number(const std::string& text) {
        return static_cast<char32_t>(std::stoul(text, nullptr, 16));
    }

    // Several of them.
    static std::u32string characters(std::string_view text) {
        std::u32string out;
        while (!text.empty()) out += number(std::string(take_until(text, ' ')));
        return out;
    }

    // Gives a property to a code point or a span of them.
    void set(const std::string& span, core::text::unicode::Properties property) {
        const std::size_t dots = span.find("..");
        const char32_t last = number(dots == span.npos ? span : span.substr(dots + 2));
        for (char32_t c = number(span); c <= last; ++c) properties_[c] |= property;
    }

    // Categories and simple case.
    void read_characters(const std::string& path) {
        std::string first;
        for (const Fields& line : lines(path)) {
            const std::string span = (first.empty() ? line[0] : first) + ".." + line[0];
            first = line[1].ends_with("First>") ? line[0] : "";
            const char category = line[2][0];
            if (category == 'L' || category == 'N' || category == 'M') {
                set(span, core::text::unicode::property::word);
            }
            if (category == 'M') set(span, core::text::unicode::property::mark);
            if (line[3] != "0") trailing_.insert(number(line[0]));
            if (!line[5].empty() && line[5][0] != '<')
                decompositions_[number(line[0])] = characters(line[5]);
            if (line[2] == "Cc") set(span, core::text::unicode::property::control);
            const char32_t c = number(line[0]);
            if (line.size() > 12 && !line[12].empty()) upper_[c] = characters(line[12]);
            if (line.size() > 13 && !line[13].empty()) lower_[c] = number(line[13]);
        }
    }

    // What NFC may reorder, compose or replace, and what is spelled in several ways.
    void set_spelling(const std::string& directory) {
        for (const Fields& line : lines(directory + "/DerivedNormalizationProps.txt")) {
            if (line[1] != "Full_Composition_Exclusion") continue;
            set(line[0], core::text::unicode::property::special);
        }
        for (const char* const span : {"2018..2019", "02BC", "FF07", "2010..2015", "2212", "FE58",
                                       "FE63", "FF0D", "200B", "1F1E6..1F1FF"}) {
            set(span, core::text::unicode::property::special);
        }
        for (const auto& [c, parts] : decompositions_) {
            // Nested: what the first part decomposes to comes of its own entry.
            trailing_.insert(parts.begin() + 1, parts.end());
        }
        for (char32_t c = 0x1161; c <= 0x1175; ++c) trailing_.insert(c);
        for (char32_t c = 0x11A8; c <= 0x11C2; ++c) trailing_.insert(c);
        for (const auto& [c, parts] : decompositions_) {
            char32_t first = parts[0];
            while (decompositions_.count(first) != 0) first = decompositions_[first][0];
            if (trailing_.count(first) != 0) trailing_.insert(c);
        }
        for (const char32_t c : trailing_) properties_[c] |= core::text::unicode::property::extends;
        for (const char* const span :
             {"00AD", "034F", "061C", "180B..180F", "200C..200F", "202A..202E", "2060..2069",
              "FE00..FE0F", "FEFF", "E0100..E01EF"}) {
            set(span, core::text::unicode::property::extends);
        }
    }

    std::map<char32_t, std::u32string> decompositions_;
    std::set<char32_t> trailing_;
    std::vector<core::text::unicode::Properties> properties_ =
        std::vector<core::text::unicode::Properties>(0x110000);
    std::map<char32_t, char32_t> lower_;
    std::map<char32_t, std::u32string> upper_;
};

}  // namespace aria_focus::test
