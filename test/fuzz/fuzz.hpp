// What all fuzz targets share: how a difference is reported, and how bytes become keyword lists and a
// message.
//
// Bytes that are mutated at random seldom hold a keyword twice, so an input is a small text in which
// they can be named (and in which a seed can be read):
//
//   wdeploy           one keyword a line: kind of match (a, w, p, f), then its text; behind a digit
//   5f new docker     before the kind, a weight
//   =                 the next list begins
//
//   Please \0 it \b   behind the first empty line the message: \0 is keyword 0, \a the same in other
//                     case, \A the same with more white space, and \! repeats what came before
#pragma once

#include "support/case_builder.hpp"
#include "support/case_classes.hpp"
#include "support/naive_hits.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aria_focus::test {

// Ends the run with words that say what differs.
[[noreturn]] inline void differ(const std::string& words) {
    std::fprintf(stderr, "DIFFERENCE: %s\n", words.c_str());
    std::abort();
}

// Ends the run unless both texts are equal; words() says what they are.
template <class Words>
void expect_equal(const std::string& found, const std::string& expected, Words&& words) {
    if (found == expected) return;
    differ(words() + "\n  expected " + shown(expected) + "\n  found    " + shown(found));
}

// Takes the text up to a separator, or all, off the front.
inline std::string_view take_until(std::string_view& text, char separator) {
    const std::string_view taken = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(text.size(), taken.size() + 1));
    return taken;
}

// The text with every character replaced by the next one of its case class, and every space by two
// kinds of white space if asked.
inline std::string varied(std::string_view text, bool other_case, bool more_space) {
    std::string out;
    for (const char32_t c : core::text::utf8::to_code_points(text)) {
        const std::vector<char32_t> members = case_class(c);
        std::size_t at = 0;
        while (members[at] != c) ++at;
        core::text::utf8::append(out, other_case ? members[(at + 1) % members.size()] : c);
        if (more_space && c == U' ') out += "\t\xE3\x80\x80";
    }
    return out;
}

// A message with what it names put in; its greatest length is enough for a second window.
inline std::string expanded(std::string_view input, const std::vector<std::string_view>& texts) {
    constexpr std::size_t longest = 6'000;
    std::string out;
    for (std::size_t i = 0; i < input.size() && out.size() < longest; ++i) {
        if (input[i] != '\\' || i + 1 == input.size()) {
            out += input[i];
            continue;
        }
        const char name = input[++i];
        if (name == '!') {
            const std::string before = out;
            for (int times = 0; times < 4; ++times) out += before;
        } else if (!texts.empty()) {
            const bool letter = (name & 0x40) != 0;
            const auto number = static_cast<unsigned>(letter ? (name - 1) & 0x1F : name & 0x0F);
            out += varied(texts[number % texts.size()], letter, letter && (name & 0x20) == 0);
        }
    }
    out.resize(std::min(out.size(), longest));
    return out;
}

// Keyword lists, as the oracle and as the core have them, and a message.
class FuzzCase {
  public:
    explicit FuzzCase(std::string_view input) {
        entries_.emplace_back();
        while (!input.empty()) {
            const std::string_view line = take_until(input, '\n');
            if (line.empty()) break;
            if (line != "=") {
                read_keyword(line);
            } else if (entries_.size() < most_lists) {
                entries_.emplace_back();
            }
        }
        for (const auto& entries : entries_) accept(entries);
        message_ = expanded(input, texts_);
    }

    const std::vector<core::match::KeywordList>& keyword_lists() const { return keyword_lists_; }
    const std::vector<OracleList>& lists() const { return lists_; }
    const std::string& message() const { return message_; }

    // The whole case, to be read by a person.
    std::string words() const {
        std::string out;
        for (const OracleList& list : lists_) out += "\n  list " + shown(to_json(list));
        return out + "\n  message <" + shown(message_) + ">";
    }

  private:
    static constexpr std::size_t most_lists = 6;
    static constexpr std::size_t most_keywords = 100;

    // A keyword as the input has it.
    struct Entry {
        std::string_view text;
        core::match::Match match = core::match::Match::automatic;
        std::int32_t weight = 1000;
    };

    // One line.
    void read_keyword(std::string_view line) {
        if (texts_.size() == most_keywords) return;
        Entry entry;
        if (line[0] >= '0' && line[0] <= '9') {
            entry.weight = (line[0] - '4') * 1500 + 1;
            line.remove_prefix(1);
        }
        constexpr std::string_view kinds = "awpf";
        if (const auto kind = kinds.find(line.substr(0, 1)); !line.empty() && kind != kinds.npos) {
            entry.match = static_cast<core::match::Match>(kind);
            line.remove_prefix(1);
        }
        entry.text = line;
        texts_.push_back(line);
        entries_.back().push_back(entry);
    }

    // Lets the core read a list, and keeps what it accepts.
    void accept(const std::vector<Entry>& entries) {
        // The tape's texts are those of the input.
        constexpr std::string_view matches[] = {"auto", "word", "prefix", "fragment"};
        auto tape = std::make_unique<std::vector<core::check::JsonNode>>();
        const auto add = [&](core::check::JsonKind kind, std::string_view text, std::uint32_t size,
                             std::size_t nodes) {
            const auto next = static_cast<std::uint32_t>(tape->size() + nodes);
            tape->push_back({kind, false, size, next, text});
        };
        add(core::check::JsonKind::array, {}, static_cast<std::uint32_t>(entries.size()),
            1 + 7 * entries.size());
        for (const Entry& entry : entries) {
            weights_.push_back(std::make_unique<std::string>(weight_text(entry.weight)));
            add(core::check::JsonKind::object, {}, 3, 7);
            add(core::check::JsonKind::string, "keyword", 0, 1);
            add(core::check::JsonKind::string, entry.text, 0, 1);
            add(core::check::JsonKind::string, "match", 0, 1);
            add(core::check::JsonKind::string, matches[static_cast<std::size_t>(entry.match)], 0,
                1);
            add(core::check::JsonKind::string, "weight", 0, 1);
            add(core::check::JsonKind::number, *weights_.back(), 0, 1);
        }
        core::check::Problems problems;
        core::Ticker ticker;
        keyword_lists_.push_back(core::keywords::read_keyword_list(
            core::check::JsonView(*tape), core::check::Reporter(problems), ticker));
        lists_.emplace_back();
        for (const core::match::Keyword& keyword : keyword_lists_.back().keywords()) {
            const Entry& entry = entries[keyword.index];
            lists_.back().push_back(
                {core::text::utf8::to_code_points(entry.text), entry.match, entry.weight});
        }
        tapes_.push_back(std::move(tape));
    }

    std::vector<std::vector<Entry>> entries_;  // by list
    std::vector<std::string_view> texts_;      // of all keywords
    std::vector<std::unique_ptr<std::string>> weights_;
    std::vector<std::unique_ptr<std::vector<core::check::JsonNode>>> tapes_;
    std::vector<core::match::KeywordList> keyword_lists_;
    std::vector<OracleList> lists_;
    std::string message_;
};

// The characters of any bytes, and the byte where each of them starts, and the end.
struct Characterized {
    explicit Characterized(std::string_view text) {
        const char* const end = text.data() + text.size();
        for (const char* at = text.data(); at != end;) {
            const core::text::utf8::Decoded next = core::text::utf8::decode(at, end);
            offsets.push_back(static_cast<std::uint32_t>(at - text.data()));
            characters += next.code_point;
            at += next.length;
        }
        offsets.push_back(static_cast<std::uint32_t>(text.size()));
    }

    std::u32string characters;
    std::vector<std::uint32_t> offsets;
};

}  // namespace aria_focus::test

// What libFuzzer calls for every input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
