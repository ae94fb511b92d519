// JSON text made into the tape that the core reads; and a keyword list or its problems from JSON text.
#pragma once

#include "core/base/ticker.hpp"
#include "core/check/json.hpp"
#include "core/check/problem.hpp"
#include "core/keywords/keyword_list_reader.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace aria_focus::test {

// A JSON value with its own tape. Moving it leaves every text where it is.
class Json {
  public:
    // Parses a whole text; std::invalid_argument where it is no JSON.
    explicit Json(std::string_view text) : rest_(text) {
        read_value();
        skip_space();
        if (!rest_.empty()) fail("something follows the value");
    }
    Json(const Json&) = delete;
    Json& operator=(const Json&) = delete;
    Json(Json&&) = default;
    Json& operator=(Json&&) = default;
    ~Json() = default;

    // The value; this object outlives the view.
    core::check::JsonView view() const noexcept { return core::check::JsonView(tape_); }
    // The tape itself.
    const std::vector<core::check::JsonNode>& tape() const noexcept { return tape_; }

  private:
    // Stops the test with the place of the mistake.
    [[noreturn]] void fail(const char* what) const {
        throw std::invalid_argument(std::string(what) + " before <" + std::string(rest_) + ">");
    }

    // White space between tokens.
    void skip_space() {
        while (!rest_.empty() && std::string_view(" \t\r\n").find(rest_[0]) != rest_.npos) {
            rest_.remove_prefix(1);
        }
    }

    // Takes a token if it comes next.
    bool take(std::string_view token) {
        skip_space();
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }

    // Insists on a token.
    void expect(std::string_view token) {
        if (!take(token)) fail("a token is missing");
    }

    // Appends a node that ends with itself; returns its index.
    std::uint32_t add(core::check::JsonKind kind, std::string_view text = {}, bool truth = false) {
        const auto at = static_cast<std::uint32_t>(tape_.size());
        tape_.push_back({kind, truth, 0, at + 1, text});
        return at;
    }

    // Any value.
    void read_value() {
        if (take("{")) return read_members(core::check::JsonKind::object, "}");
        if (take("[")) return read_members(core::check::JsonKind::array, "]");
        if (take("\"")) return read_string();
        if (take("null")) return static_cast<void>(add(core::check::JsonKind::null));
        if (take("true")) return static_cast<void>(add(core::check::JsonKind::boolean, {}, true));
        if (take("false")) return static_cast<void>(add(core::check::JsonKind::boolean));
        read_number();
    }

    // The inside of an array or object, and its end.
    void read_members(core::check::JsonKind kind, std::string_view close) {
        const std::uint32_t at = add(kind);
        std::uint32_t size = 0;
        if (!take(close)) {
            do {
                if (kind == core::check::JsonKind::object) {
                    expect("\"");
                    read_string();
                    expect(":");
                }
                read_value();
                ++size;
            } while (take(","));
            expect(close);
        }
        tape_[at].size = size;
        tape_[at].next = static_cast<std::uint32_t>(tape_.size());
    }

    // The digits of a number, kept as they are written.
    void read_number() {
        const std::size_t length =
            std::min(rest_.find_first_not_of("+-.0123456789eE"), rest_.size());
        if (length == 0) fail("a value is missing");
        texts_.emplace_back(rest_.substr(0, length));
        rest_.remove_prefix(length);
        add(core::check::JsonKind::number, texts_.back());
    }

    // A string behind its opening quote.
    void read_string() {
        std::string text;
        while (!rest_.starts_with('"')) {
            if (rest_.empty()) fail("a string has no end");
            const char next = take_character();
            if (next == '\\') {
                read_escape(text);
            } else {
                text += next;
            }
        }
        rest_.remove_prefix(1);
        texts_.push_back(std::move(text));
        add(core::check::JsonKind::string, texts_.back());
    }

    // The next byte.
    char take_character() {
        if (rest_.empty()) fail("an escape has no end");
        const char next = rest_[0];
        rest_.remove_prefix(1);
        return next;
    }

    // What follows a backslash.
    void read_escape(std::string& text) {
        const char name = take_character();
        constexpr std::string_view names = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (const std::size_t at = names.find(name); at != names.npos) {
            text += meanings[at];
            return;
        }
        if (name != 'u') fail("an escape is unknown");
        char32_t code_point = take_hex();
        if (code_point >= 0xDC00 && code_point <= 0xDFFF) fail("half a character stands alone");
        if (code_point >= 0xD800 && code_point < 0xDC00) {
            expect("\\u");
            const char32_t low = take_hex();
            if (low < 0xDC00 || low > 0xDFFF) fail("half a character has no other half");
            code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
        }
        core::text::utf8::append(text, code_point);
    }

    // Four hexadecimal digits.
    char32_t take_hex() {
        const std::string digits(rest_.substr(0, 4));
        if (digits.size() < 4 ||
            digits.find_first_not_of("0123456789abcdefABCDEF") != digits.npos) {
            fail("four hexadecimal digits are missing");
        }
        rest_.remove_prefix(4);
        return static_cast<char32_t>(std::stoul(digits, nullptr, 16));
    }

    std::string_view rest_;
    std::deque<std::string> texts_;
    std::vector<core::check::JsonNode> tape_;
};

// A text as a JSON string.
inline std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char byte : text) {
        if (byte == '"' || byte == '\\') out += '\\';
        out += byte;
    }
    return out + "\"";
}

// A keyword list with the tape that it lies on, and the problems found on the way.
struct ParsedList {
    explicit ParsedList(std::string_view text) : json(text) {
        core::Ticker ticker;
        list = core::keywords::read_keyword_list(
            json.view(), core::check::Reporter(problems, "keywords"), ticker);
    }

    Json json;
    core::check::Problems problems;
    core::match::KeywordList list;
};

// A list that must be accepted; std::invalid_argument with the first problem where it is not.
inline ParsedList good_list(std::string_view text) {
    ParsedList parsed(text);
    if (!parsed.problems.empty()) throw std::invalid_argument(parsed.problems.front().message);
    return parsed;
}

// Problems in one line: "bad_type $[1]; blank $[2]".
inline std::string summary(const core::check::Problems& problems) {
    std::string out;
    for (const core::check::Problem& problem : problems) {
        if (!out.empty()) out += "; ";
        out += std::string(name_of(problem.code)) + " " + problem.path;
    }
    return out;
}

}  // namespace aria_focus::test
