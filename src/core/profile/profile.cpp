#include "core/profile/profile.hpp"

#include "core/base/decimal.hpp"
#include "core/keywords/keyword_list_reader.hpp"
#include "core/profile/skill_list.hpp"
#include "core/text/nearest.hpp"
#include "core/text/text.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace aria_focus::core::profile {

namespace {

// What happens where a column has no value.
enum class Presence : std::uint8_t { required, has_default, nullable };

// What one column takes; its content is checked by ProfileChecker::check_content.
struct Column {
    std::string_view name;
    check::JsonKind kind;
    Presence presence;
    std::size_t max_characters;  // 0: no limit
};

// In the order of the table.
constexpr std::array<Column, 16> columns = {{
    {"focus_id", check::JsonKind::string, Presence::required, 50},
    {"display_name", check::JsonKind::string, Presence::required, 100},
    {"emoji", check::JsonKind::string, Presence::has_default, 10},
    {"description", check::JsonKind::string, Presence::nullable, 0},
    {"tone", check::JsonKind::string, Presence::has_default, 30},
    {"style", check::JsonKind::string, Presence::has_default, 30},
    {"delegation_level", check::JsonKind::number, Presence::has_default, 0},
    {"token_budget_hint", check::JsonKind::number, Presence::has_default, 0},
    {"temperature_delta", check::JsonKind::number, Presence::has_default, 0},
    {"expertise_keywords", check::JsonKind::array, Presence::has_default, 0},
    {"system_prompt_addon", check::JsonKind::string, Presence::nullable, 0},
    {"model_override", check::JsonKind::string, Presence::nullable, 200},
    {"auto_skills", check::JsonKind::array, Presence::has_default, 0},
    {"enabled", check::JsonKind::boolean, Presence::has_default, 0},
    {"created_at", check::JsonKind::string, Presence::has_default, 0},
    {"updated_at", check::JsonKind::string, Presence::has_default, 0},
}};

constexpr auto column_names = [] {
    std::array<std::string_view, columns.size()> names{};
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = columns[i].name;
    return names;
}();

constexpr std::string_view slug_hint =
    "Use 1 to 50 lower-case ASCII letters, digits, _ and -, the first one a letter or digit.";
constexpr std::int64_t largest_integer = 2147483647;

// True for what a slug may have at a place.
bool is_slug_character(char c, bool first) noexcept {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return letter || (!first && (c == '_' || c == '-'));
}

// True for [a-z0-9][a-z0-9_-]*; the length is the column's affair.
bool is_slug(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_slug_character(text[i], i == 0)) return false;
    }
    return !text.empty();
}

// How a value of a kind is written in JSON.
std::string_view how_to_write(check::JsonKind kind) noexcept {
    switch (kind) {
        case check::JsonKind::string: return "Write it in double quotes.";
        case check::JsonKind::number: return "Write it without quotes.";
        case check::JsonKind::boolean: return "Write true or false, without quotes.";
        case check::JsonKind::array: return "Write [\"first\", \"second\"].";
        default: return {};
    }
}

// Checks the values of one profile.
class ProfileChecker {
  public:
    ProfileChecker(const Vocabularies& vocabularies, Origin origin, Ticker& ticker)
        : vocabularies_(vocabularies), origin_(origin), ticker_(ticker) {}

    // The whole profile.
    check::Problems check(check::JsonView profile) {
        if (profile.kind() != check::JsonKind::object) {
            problems_.push_back(
                {"", "$", check::ProblemCode::bad_type,
                 "a profile must be an object, not " + std::string(name_of(profile.kind())),
                 "Write {\"focus_id\": \"...\", \"display_name\": \"...\"}."});
            return std::move(problems_);
        }
        for (const Column& column : columns)
            check_column(column, check::find_key(profile, column.name));
        profile.each_pair([this](std::string_view key, check::JsonView) { check_key(key); });
        return std::move(problems_);
    }

  private:
    // A key that is no column.
    void check_key(std::string_view key) {
        if (is_profile_column(key)) return;
        report(key, check::ProblemCode::unknown_key,
               "key " + check::quoted(key) + " is no column of a profile",
               text::name_hint(key, column_names));
    }

    // One column: presence, type, length, content.
    void check_column(const Column& column, const std::optional<check::JsonView>& value) {
        const bool is_null = value && value->kind() == check::JsonKind::null;
        if (!value || (is_null && origin_ != Origin::row)) {
            check_absence(column, value.has_value());
        } else if (value->kind() != column.kind) {
            report(column.name, check::ProblemCode::bad_type,
                   std::string(column.name) + " must be " + std::string(name_of(column.kind)) +
                       ", not " + std::string(name_of(value->kind())),
                   std::string(how_to_write(column.kind)));
        } else if (column.max_characters != 0 &&
                   text::utf8::count(value->text()) > column.max_characters) {
            report(column.name, check::ProblemCode::too_long,
                   std::string(column.name) + " has " +
                       std::to_string(text::utf8::count(value->text())) + " characters",
                   "At most " + std::to_string(column.max_characters) + " fit.");
        } else {
            check_content(column, *value);
        }
    }

    // A missing value, or a null.
    void check_absence(const Column& column, bool is_there) {
        const bool is_stored = origin_ == Origin::row || (origin_ == Origin::document && is_there);
        const bool refused = is_stored ? column.presence != Presence::nullable
                                       : column.presence == Presence::required;
        if (!refused) return;
        report(column.name, check::ProblemCode::missing,
               std::string(column.name) + (is_stored || is_there ? " is null" : " is missing"),
               column.presence == Presence::required ? "It has no default: give it a value."
                                                     : "Leave it out to get its default.");
    }

    // What a column asks of a value of the right type and length.
    void check_content(const Column& column, check::JsonView value) {
        const std::string_view name = column.name;
        if (name == "focus_id") {
            if (!is_slug(value.text())) {
                report(name, check::ProblemCode::bad_format,
                       "focus_id " + check::quoted(value.text()) + " is not a slug",
                       std::string(slug_hint));
            }
        } else if (name == "display_name" || name == "emoji" || name == "model_override") {
            check_visible(name, value.text());
        } else if (name == "tone") {
            check_vocabulary(name, value.text(), vocabularies_.tones);
        } else if (name == "style") {
            check_vocabulary(name, value.text(), vocabularies_.styles);
        } else if (name == "delegation_level") {
            check_integer(name, value, 1, 3, "1 is a core initiator, 2 a specialist, 3 ephemeral.");
        } else if (name == "token_budget_hint") {
            check_integer(name, value, 0, largest_integer, "0 turns the ceiling off.");
        } else if (name == "temperature_delta") {
            check_temperature(value);
        } else if (name == "expertise_keywords") {
            const check::Reporter report(problems_);
            keywords::read_keyword_list(value, report.at(name), ticker_);
        } else if (name == "auto_skills") {
            check_skill_list(value, name, "$.auto_skills", problems_, ticker_);
        }
    }

    // A text that a person must see.
    void check_visible(std::string_view column, std::string_view text) {
        if (!text::is_blank(text, ticker_)) return;
        report(column, check::ProblemCode::blank, std::string(column) + " is blank",
               "Write at least one visible character.");
    }

    // A word of a vocabulary.
    void check_vocabulary(std::string_view column, std::string_view text,
                          std::span<const std::string_view> words) {
        if (std::find(words.begin(), words.end(), text) != words.end()) return;
        report(column, check::ProblemCode::not_in_vocabulary,
               std::string(column) + " " + check::quoted(text) + " is not a known " +
                   std::string(column),
               text::name_hint(text, words));
    }

    // A whole number in a range.
    void check_integer(std::string_view column, check::JsonView value, std::int64_t least,
                       std::int64_t most, std::string_view hint) {
        const auto number = Decimal::parse(value.text());
        const std::string said = std::string(column) + " " + check::shown_number(value.text());
        // The server reads 2.0 as no integer either.
        if (value.text().find('.') != std::string_view::npos) {
            report(column, check::ProblemCode::bad_type, said + " is not a whole number",
                   std::string(hint));
            return;
        }
        const auto whole = number ? number->scaled(0) : std::nullopt;
        if (whole && *whole >= least && *whole <= most) return;
        report(column, check::ProblemCode::out_of_range,
               said + " is not between " + std::to_string(least) + " and " + std::to_string(most),
               std::string(hint));
    }

    // A finite number in [-1, 1].
    void check_temperature(check::JsonView value) {
        const auto number = to_double(value.text());
        if (number && *number >= -1 && *number <= 1) return;
        report(
            "temperature_delta", check::ProblemCode::out_of_range,
            "temperature_delta " + check::shown_number(value.text()) + " is not between -1 and 1",
            "It is added to the agent's temperature; 0 changes nothing.");
    }

    // One more problem of a column.
    void report(std::string_view field, check::ProblemCode code, std::string message,
                std::string hint) {
        problems_.push_back(
            {field, "$." + check::escaped(field), code, std::move(message), std::move(hint)});
    }

    const Vocabularies& vocabularies_;
    Origin origin_;
    Ticker& ticker_;
    check::Problems problems_;
};

}  // namespace

bool is_profile_column(std::string_view name) noexcept {
    return std::find(column_names.begin(), column_names.end(), name) != column_names.end();
}

check::Problems check_profile(check::JsonView profile, const Vocabularies& vocabularies,
                              Origin origin, Ticker& ticker) {
    return ProfileChecker(vocabularies, origin, ticker).check(profile);
}

}  // namespace aria_focus::core::profile
