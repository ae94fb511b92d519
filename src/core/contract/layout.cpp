#include "core/contract/layout.hpp"

#include "core/contract/line_shape.hpp"
#include "core/contract/repeated_lines.hpp"
#include "core/contract/unit_writer.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

namespace aria_focus::core::contract {

namespace {

// A line without its end, as far as it has been read.
struct Line {
    std::uint32_t at;           // what is left of it
    std::uint32_t end;          // without the break and a carriage return
    std::uint32_t columns = 0;  // of white space before `at`
};

// What opens a fence, and so what closes it.
struct Fence {
    char mark;
    std::uint32_t size;
    bool quoted;
    Span span;  // its line
};

// A line without the white space at its end.
std::string_view without_end(std::string_view line) noexcept {
    return line.substr(0, line.find_last_not_of(" \t") + 1);
}

// Reads a text line by line.
class LayoutReader {
  public:
    LayoutReader(std::string_view text, Hits& hits, Ticker& ticker)
        : text_(text), hits_(hits), ticker_(ticker), units_(text) {}

    // The whole text.
    Layout read() {
        std::uint32_t at = 0;
        const auto size = static_cast<std::uint32_t>(text_.size());
        while (at < size) {
            const std::uint32_t end = end_of_line(at);
            const bool has_return = end > at && text_[end - 1] == '\r';
            take_line({at, has_return ? end - 1 : end});
            ticker_.tick(1 + end - at);
            at = std::min(end, size - 1) + 1;
        }
        if (fence_) hits_.add(Metric::unclosed_fences, fence_->span);
        return units_.finish(hits_, ticker_);
    }

  private:
    // Where the line that has this byte ends.
    std::uint32_t end_of_line(std::uint32_t at) const noexcept {
        const std::size_t end = text_.find('\n', at);
        return static_cast<std::uint32_t>(std::min(end, text_.size()));
    }
    // What is left of a line.
    std::string_view rest(const Line& line) const noexcept {
        return text_.substr(line.at, line.end - line.at);
    }

    // Takes the white space off the front of a line.
    void skip_space(Line& line) const noexcept {
        constexpr std::uint32_t tab = 4;
        for (; line.at < line.end; ++line.at) {
            const char c = text_[line.at];
            if (c != ' ' && c != '\t') return;
            line.columns += c == '\t' ? tab - line.columns % tab : 1;
        }
    }

    // One line of any kind.
    void take_line(Line line) {
        const Line whole = line;
        skip_space(line);
        note_block(line.at == line.end);
        const bool quoted = take_quote(line);
        if (fence_ && take_fenced(line, quoted)) return;
        if (in_comment_) return take_comment(line);
        if (line.at == line.end) return take_blank();
        if (quoted) hits_.add(Metric::quote_lines, {whole.at, line.end});
        if (quoted != quoted_) units_.close();
        quoted_ = quoted;
        if (take_code(line)) return;
        lines_.note(without_end(rest(line)), line.at, hits_);
        take_block(line);
        was_blank_ = false;
    }

    // Counts blocks between blank lines.
    void note_block(bool is_blank) {
        if (!is_blank && !in_block_) hits_.count(Metric::paragraphs);
        in_block_ = !is_blank;
    }

    // Takes the marks of a block quote off; true if there are any.
    bool take_quote(Line& line) const noexcept {
        bool quoted = false;
        while (line.at < line.end && line.columns < 4 && text_[line.at] == '>') {
            quoted = true;
            ++line.at;
            line.columns = 0;
            if (line.at < line.end && text_[line.at] == ' ') ++line.at;
            skip_space(line);
        }
        return quoted;
    }

    // A blank line: ends a paragraph, and code waits.
    void take_blank() {
        units_.close();
        in_table_ = false;
        was_blank_ = true;
    }

    // A line inside a fence; false where the fence ended with its quote.
    bool take_fenced(const Line& line, bool quoted) {
        if (fence_->quoted && !quoted) {
            fence_.reset();
            return false;
        }
        if (closes_fence(rest(line))) {
            fence_.reset();
            was_blank_ = false;
        } else {
            hits_.count(Metric::code_lines);
        }
        return true;
    }

    // True for the line that ends the fence.
    bool closes_fence(std::string_view line) const noexcept {
        const std::size_t size = std::min(line.find_first_not_of(fence_->mark), line.size());
        return size >= fence_->size && line.find_first_not_of(" \t", size) == line.npos;
    }

    // A line of a comment that has an end.
    void take_comment(const Line& line) {
        const std::size_t close = rest(line).find("-->");
        if (close == std::string_view::npos) return;
        in_comment_ = false;
        was_blank_ = false;
    }

    // A line of indented code: behind a blank line, four columns beyond the list item it would stand in. A
    // list marker is never code.
    bool take_code(const Line& line) {
        if (was_blank_) leave_items(line.columns);
        const std::uint32_t content = items_.empty() ? 0 : items_.back();
        const bool may_be = was_blank_ || in_code_;
        const bool is_code = may_be && line.columns >= content + 4 && !marker_of(rest(line));
        if (is_code) {
            if (!in_code_) start_code_block();
            in_code_ = true;
            hits_.count(Metric::code_lines);
            return true;
        }
        in_code_ = false;
        return false;
    }

    // Ends the list items whose text starts farther in.
    void leave_items(std::uint32_t columns) {
        while (!items_.empty() && items_.back() > columns) items_.pop_back();
    }

    // One more code block.
    void start_code_block() {
        units_.close();
        hits_.count(Metric::code_blocks);
        ++code_run_;
    }

    // A line that is neither blank nor code.
    void take_block(Line line) {
        const std::string_view content = rest(line);
        if (starts_comment(line, content) || starts_fence(line, content)) return;
        if (take_table(line, content)) return;
        in_table_ = false;
        if (take_underline(content) || take_heading(line, content) || is_thematic_break(content)) {
            units_.close();
            return;
        }
        if (const auto marker = marker_of(content); marker && may_start(*marker)) {
            return take_item(line, *marker);
        }
        if (!units_.is_open()) open_unit(line, UnitKind::paragraph);
        units_.extend({line.at, line.end});
    }

    // A comment at the start of a line hides all up to its end; one without an end hides nothing.
    bool starts_comment(const Line& line, std::string_view content) {
        if (!content.starts_with("<!--") || units_.is_open()) return false;
        if (content.find("-->", 4) != content.npos) return false;
        if (no_comment_ends_) return false;
        no_comment_ends_ = text_.find("-->", line.end) == text_.npos;
        in_comment_ = !no_comment_ends_;
        return in_comment_;
    }

    // Three backticks or tildes open a fence.
    bool starts_fence(const Line& line, std::string_view content) {
        const char mark = content[0];
        if (mark != '`' && mark != '~') return false;
        const std::size_t size = std::min(content.find_first_not_of(mark), content.size());
        if (size < 3) return false;
        if (mark == '`' && content.find('`', size) != content.npos) return false;
        start_code_block();
        fence_ = Fence{mark, static_cast<std::uint32_t>(size), quoted_, {line.at, line.end}};
        return true;
    }

    // A row of a table, or the rule below its head.
    bool take_table(const Line& line, std::string_view content) {
        const bool has_bar = std::memchr(content.data(), '|', content.size()) != nullptr;
        if (!has_bar) return false;
        if (is_table_rule(content)) {
            units_.close();
            in_table_ = true;
            return true;
        }
        const bool is_row = in_table_ ||
                            (content[0] == '|' && content.find('|', 1) != content.npos) ||
                            is_table_rule(next_line(line));
        if (!is_row) return false;
        units_.close();
        in_table_ = true;
        hits_.add(Metric::table_rows, {line.at, line.end});
        take_cells(line);
        return true;
    }

    // The line behind this one, without white space before it.
    std::string_view next_line(const Line& line) const noexcept {
        const std::size_t start = text_.find('\n', line.end);
        if (start == text_.npos) return {};
        const auto at = static_cast<std::uint32_t>(start + 1);
        Line next{at, end_of_line(at)};
        skip_space(next);
        take_quote(next);
        return rest(next);
    }

    // Each cell of a row that is not empty is a unit.
    void take_cells(const Line& line) {
        std::uint32_t at = line.at;
        while (at < line.end) {
            std::uint32_t end = at;
            while (end < line.end && (text_[end] != '|' || (end > at && text_[end - 1] == '\\')))
                ++end;
            Line cell{at, end};
            skip_space(cell);
            if (cell.at < cell.end) {
                open_unit(cell, UnitKind::table_cell);
                units_.extend({cell.at, cell.end});
                units_.close();
            }
            at = end + 1;
        }
    }

    // A line of = or - below a paragraph makes a heading of it.
    bool take_underline(std::string_view content) {
        const std::string_view bare = without_end(content);
        const bool is_underline = bare.find_first_not_of(bare[0]) == bare.npos &&
                                  (bare[0] == '=' || (bare[0] == '-' && bare.size() > 1));
        if (!is_underline || !units_.is_open(UnitKind::paragraph)) return false;
        hits_.add(Metric::headings, units_.turn_into(UnitKind::heading));
        return true;
    }

    // One to six # and white space.
    bool take_heading(Line line, std::string_view content) {
        const std::size_t size = std::min(content.find_first_not_of('#'), content.size());
        const bool is_heading =
            size >= 1 && size <= 6 &&
            (size == content.size() || content[size] == ' ' || content[size] == '\t');
        if (!is_heading) return false;
        units_.close();
        hits_.add(Metric::headings, {line.at, line.end});
        line.at += static_cast<std::uint32_t>(size);
        skip_space(line);
        if (line.at == line.end) return true;
        open_unit(line, UnitKind::heading);
        units_.extend({line.at, line.end});
        return true;
    }

    // A number in the middle of a paragraph starts no list, unless it is 1.
    bool may_start(const Marker& marker) const noexcept {
        return marker.first || !units_.is_open(UnitKind::paragraph);
    }

    // A list item.
    void take_item(Line line, const Marker& marker) {
        units_.close();
        leave_items(line.columns);
        items_.push_back(line.columns + marker.width);
        hits_.add(Metric::list_items, {line.at, line.end});
        line.at += std::min(marker.size, line.end - line.at);
        for (const std::string_view box : {"[ ] ", "[x] ", "[X] "}) {
            if (rest(line).starts_with(box)) line.at += static_cast<std::uint32_t>(box.size());
        }
        if (line.at < line.end && (text_[line.at] == '`' || text_[line.at] == '~') &&
            starts_fence(line, rest(line))) {
            return;
        }
        if (line.at == line.end) return;
        open_unit(line, UnitKind::list_item);
        units_.extend({line.at, line.end});
    }

    // Begins a unit of prose.
    void open_unit(const Line& line, UnitKind kind) {
        units_.open({line.at, line.at, kind, quoted_,
                     static_cast<std::uint32_t>(hits_.of(Metric::paragraphs)), code_run_});
    }

    std::string_view text_;
    Hits& hits_;
    Ticker& ticker_;
    UnitWriter units_;
    RepeatedLines lines_;
    bool quoted_ = false;
    bool was_blank_ = true;
    bool in_block_ = false;
    bool in_code_ = false;  // indented
    bool in_table_ = false;
    bool in_comment_ = false;
    bool no_comment_ends_ = false;
    std::uint32_t code_run_ = 0;
    std::optional<Fence> fence_;
    std::vector<std::uint32_t>
        items_;  // columns where the texts of open list items start, ascending
};

}  // namespace

Layout read_layout(std::string_view text, Hits& hits, Ticker& ticker) {
    return LayoutReader(text, hits, ticker).read();
}

}  // namespace aria_focus::core::contract
