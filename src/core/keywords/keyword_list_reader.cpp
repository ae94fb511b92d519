#include "core/keywords/keyword_list_reader.hpp"

#include "core/base/decimal.hpp"
#include "core/text/matched_form.hpp"
#include "core/text/nearest.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace aria_focus::core::keywords {

namespace {

using check::JsonKind;
using check::JsonView;
using check::ProblemCode;
using check::Reporter;
using match::KeywordList;
using match::Match;
using match::match_names;

constexpr std::array<std::string_view, 3> entry_keys = {"keyword", "match", "weight"};

// What an entry says.
struct Entry {
    std::string_view text;
    Match match = Match::automatic;
    std::int32_t weight = KeywordList::weight_unit;
};

// What is wrong with the shape of a keyword's text.
struct TextProblem {
    ProblemCode code;
    std::string_view message;
    std::string_view hint;
};

// A keyword's characters, as far as one too many: stray bytes count, each as a character.
std::u32string characters_of(std::string_view text) {
    return text::utf8::to_code_points(
        text.substr(0, text::utf8::longest_character * (KeywordList::max_characters + 1)));
}

// The first problem of the characters of a keyword that is not blank.
std::optional<TextProblem> check_characters(std::u32string_view text) {
    if (text.size() > KeywordList::max_characters) {
        return TextProblem{ProblemCode::too_long, "is longer than 100 characters",
                           "Use the words that matter as keywords of their own."};
    }
    if (std::any_of(text.begin(), text.end(), [](char32_t c) {
            return text::unicode::is_control(c) || (c != U' ' && text::unicode::is_white_space(c));
        })) {
        return TextProblem{ProblemCode::bad_format,
                           "has a control character or white space other than a plain space",
                           "A single space matches any white space of a message."};
    }
    if (text.front() == U' ' || text.back() == U' ' ||
        text.find(U"  ") != std::u32string_view::npos) {
        return TextProblem{ProblemCode::bad_format, "has a space at an end or two spaces in a row",
                           "Write single spaces, between words only."};
    }
    return std::nullopt;
}

// The first problem of a keyword's text.
std::optional<TextProblem> check_text(std::string_view text, Ticker& ticker) {
    if (!text::is_nothing(text, ticker)) return check_characters(characters_of(text));
    return TextProblem{ProblemCode::blank, "is blank", "Remove it, or write a word."};
}

// Hashes and compares the entries of a list by their texts as written, case aside.
struct SameText {
    const KeywordList* list;
    // An entry's text with its case folded.
    std::u32string text(std::size_t i) const {
        std::u32string characters = text::utf8::to_code_points(list->text(list->keywords()[i]));
        for (char32_t& character : characters) character = text::unicode::fold(character);
        return characters;
    }
    // Its hash.
    std::size_t operator()(std::size_t i) const { return std::hash<std::u32string>{}(text(i)); }
    // True if two entries have equal ones.
    bool operator()(std::size_t a, std::size_t b) const { return text(a) == text(b); }
};

// Reads the entries of one list one after the other.
class ListReader {
  public:
    ListReader(const Reporter& report, Ticker& ticker, std::string_view callers_key)
        : report_(report), ticker_(ticker), callers_key_(callers_key) {}

    // The whole list.
    KeywordList read(JsonView list) {
        if (list.kind() == JsonKind::array) {
            list.each_element(
                [this](std::uint32_t index, JsonView entry) { read_entry(index, entry); });
        } else {
            report_.wrong_kind("a keyword list", JsonKind::array, list,
                               "Write [\"deploy\", \"docker\"].");
        }
        return std::move(list_);
    }

  private:
    // One entry: a string or an object.
    void read_entry(std::uint32_t index, JsonView value) {
        ticker_.tick(64);
        const std::size_t before = report_.count();
        const Reporter report = report_.at(index);
        Entry entry;
        if (value.kind() == JsonKind::object) {
            read_object(value, report, entry);
        } else {
            read_text(value, report, entry);
        }
        if (report_.count() == before) accept(entry, index, report);
    }

    // {"keyword": ..., "match": ..., "weight": ...}
    void read_object(JsonView value, const Reporter& report, Entry& entry) {
        bool has_text = false;
        value.each_pair([&](std::string_view key, JsonView member) {
            const Reporter here = report.at(key);
            if (key == "keyword") {
                has_text = true;
                read_text(member, here, entry);
            } else if (key == "match") {
                read_match(member, here, entry);
            } else if (key == "weight") {
                read_weight(member, here, entry);
            } else if (key != callers_key_ || key.empty()) {
                here.report(ProblemCode::unknown_key,
                            "key " + check::quoted(key) + " is not known in a keyword entry",
                            text::name_hint(key, entry_keys));
            }
        });
        if (!has_text) {
            report.report(ProblemCode::missing, "a keyword entry has no key \"keyword\"",
                          "Write {\"keyword\": \"deploy\"}.");
        }
    }

    // The keyword itself.
    void read_text(JsonView value, const Reporter& report, Entry& entry) {
        if (value.kind() != JsonKind::string) {
            report.wrong_kind("a keyword", JsonKind::string, value, "Write it in double quotes.");
            return;
        }
        entry.text = value.text();
        if (const auto problem = check_text(entry.text, ticker_)) {
            report.report(
                problem->code,
                "keyword " + check::quoted(entry.text) + " " + std::string(problem->message),
                problem->hint);
        }
    }

    // Which word boundaries it needs.
    void read_match(JsonView value, const Reporter& report, Entry& entry) {
        if (value.kind() != JsonKind::string) {
            report.wrong_kind("match", JsonKind::string, value,
                              "Allowed: auto, word, prefix, fragment.");
            return;
        }
        const auto* const found = std::find(match_names.begin(), match_names.end(), value.text());
        if (found == match_names.end()) {
            report.report(ProblemCode::not_in_vocabulary,
                          "match " + check::quoted(value.text()) + " is not known",
                          text::name_hint(value.text(), match_names));
            return;
        }
        entry.match = static_cast<Match>(found - match_names.begin());
    }

    // Its weight, exact to the thousandth.
    void read_weight(JsonView value, const Reporter& report, Entry& entry) {
        if (value.kind() != JsonKind::number) {
            report.wrong_kind("weight", JsonKind::number, value,
                              "Write a number such as 2 or 0.5.");
            return;
        }
        const auto number = Decimal::parse(value.text());
        if (!number || number->sign() == 0 || !number->within(KeywordList::max_weight)) {
            report.report(
                ProblemCode::out_of_range,
                "weight " + check::shown_number(value.text()) + " is not in [-10, 10] without 0",
                "Leave the key out for weight 1.");
            return;
        }
        const auto thousandths = number->scaled(3);
        if (!thousandths) {
            report.report(
                ProblemCode::out_of_range,
                "weight " + check::shown_number(value.text()) + " has more than three decimals",
                "Evidence is summed in thousandths, so that it is exact.");
            return;
        }
        entry.weight = static_cast<std::int32_t>(*thousandths);
    }

    // Takes an entry into the list, unless it equals an earlier one after case folding.
    void accept(const Entry& entry, std::uint32_t index, const Reporter& report) {
        list_.add(entry.text, entry.match, entry.weight, index);
        const auto [first, is_new] = accepted_.insert(list_.keywords().size() - 1);
        if (is_new) return;
        list_.remove_last();
        report.report(ProblemCode::duplicate,
                      "keyword " + check::quoted(entry.text) + " stands already at " +
                          report_.at(list_.keywords()[*first].index).path(),
                      "Case does not count: keep one of them.");
    }

    const Reporter& report_;
    Ticker& ticker_;
    std::string_view callers_key_;
    KeywordList list_;
    std::unordered_set<std::size_t, SameText, SameText> accepted_{64, SameText{&list_},
                                                                  SameText{&list_}};
};

}  // namespace

KeywordList read_keyword_list(JsonView list, const Reporter& report, Ticker& ticker,
                              std::string_view callers_key) {
    return ListReader(report, ticker, callers_key).read(list);
}

KeywordList sound_keywords(JsonView list, Ticker& ticker) {
    check::Problems ignored;
    return read_keyword_list(list, Reporter(ignored), ticker);
}

}  // namespace aria_focus::core::keywords
