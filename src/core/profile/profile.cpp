#include "core/profile/profile.hpp"

#include "core/base/decimal.hpp"
#include "core/contract/contract.hpp"
#include "core/keywords/keyword_list_reader.hpp"
#include "core/profile/skill_list.hpp"
#include "core/text/nearest.hpp"
#include "core/text/text.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace aria_focus::core::profile {

namespace {

using check::JsonKind;
using check::JsonView;
using check::ProblemCode;
using check::Reporter;

// What checks of values need besides the value.
struct Context {
    const Vocabularies& vocabularies;
    Ticker& ticker;
};

constexpr std::string_view slug_hint =
    "Use 1 to 50 lower-case ASCII letters, digits, _ and -, the first one a letter or digit.";

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

// An id: a slug.
void check_slug(JsonView value, const Reporter& report, const Context&) {
    if (is_slug(value.text())) return;
    report.report(ProblemCode::bad_format,
                  "focus_id " + check::quoted(value.text()) + " is not a slug", slug_hint);
}

// A text that a person must see.
void check_visible(JsonView value, const Reporter& report, const Context& context) {
    if (!text::is_blank(value.text(), context.ticker)) return;
    report.report(ProblemCode::blank, std::string(report.name()) + " is blank",
                  "Write at least one visible character.");
}

// A word of a vocabulary.
void check_word(std::string_view word, const Reporter& report,
                std::span<const std::string_view> words) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return;
    const std::string name(report.name());
    report.report(ProblemCode::not_in_vocabulary,
                  name + " " + check::quoted(word) + " is not a known " + name,
                  text::name_hint(word, words));
}

// A word of the vocabulary of tones.
void check_tone(JsonView value, const Reporter& report, const Context& context) {
    check_word(value.text(), report, context.vocabularies.tones);
}

// A word of the vocabulary of styles.
void check_style(JsonView value, const Reporter& report, const Context& context) {
    check_word(value.text(), report, context.vocabularies.styles);
}

// A whole number in a range.
void check_integer(JsonView value, const Reporter& report, std::int64_t least, std::int64_t most,
                   std::string_view hint) {
    const std::string said = std::string(report.name()) + " " + check::shown_number(value.text());
    // The server reads 2.0 as no integer either.
    if (value.text().find('.') != std::string_view::npos) {
        report.report(ProblemCode::bad_type, said + " is not a whole number", hint);
        return;
    }
    const auto number = Decimal::parse(value.text());
    const auto whole = number ? number->scaled(0) : std::nullopt;
    if (whole && *whole >= least && *whole <= most) return;
    report.report(
        ProblemCode::out_of_range,
        said + " is not between " + std::to_string(least) + " and " + std::to_string(most), hint);
}

// A delegation level.
void check_level(JsonView value, const Reporter& report, const Context&) {
    check_integer(value, report, 1, 3, "1 is a core initiator, 2 a specialist, 3 ephemeral.");
}

// A ceiling on tokens.
void check_budget(JsonView value, const Reporter& report, const Context&) {
    check_integer(value, report, 0, std::numeric_limits<std::int32_t>::max(),
                  "0 turns the ceiling off.");
}

// A finite number in [-1, 1].
void check_temperature(JsonView value, const Reporter& report, const Context&) {
    const auto number = to_double(value.text());
    if (number && *number >= -1 && *number <= 1) return;
    report.report(
        ProblemCode::out_of_range,
        "temperature_delta " + check::shown_number(value.text()) + " is not between -1 and 1",
        "It is added to the agent's temperature; 0 changes nothing.");
}

// A keyword list.
void check_keywords(JsonView value, const Reporter& report, const Context& context) {
    keywords::read_keyword_list(value, report, context.ticker);
}

// A list of skills.
void check_skills(JsonView value, const Reporter& report, const Context& context) {
    check_skill_list(value, report, context.ticker);
}

// What happens where a column has no value.
enum class Presence : std::uint8_t { required, has_default, nullable };

// What one column takes.
struct Column {
    std::string_view name;
    JsonKind kind;
    Presence presence;
    std::size_t max_characters;  // 0: no limit
    // Reports what is wrong with a value of the right kind and length; none: nothing can be.
    void (*check)(JsonView value, const Reporter& report, const Context& context);
};

// In the order of the table.
constexpr std::array<Column, 16> columns = {{
    {"focus_id", JsonKind::string, Presence::required, 50, check_slug},
    {"display_name", JsonKind::string, Presence::required, 100, check_visible},
    {"emoji", JsonKind::string, Presence::has_default, 10, check_visible},
    {"description", JsonKind::string, Presence::nullable, 0, nullptr},
    {"tone", JsonKind::string, Presence::has_default, 30, check_tone},
    {"style", JsonKind::string, Presence::has_default, 30, check_style},
    {"delegation_level", JsonKind::number, Presence::has_default, 0, check_level},
    {"token_budget_hint", JsonKind::number, Presence::has_default, 0, check_budget},
    {"temperature_delta", JsonKind::number, Presence::has_default, 0, check_temperature},
    {"expertise_keywords", JsonKind::array, Presence::has_default, 0, check_keywords},
    {"system_prompt_addon", JsonKind::string, Presence::nullable, 0, nullptr},
    {"model_override", JsonKind::string, Presence::nullable, 200, check_visible},
    {"auto_skills", JsonKind::array, Presence::has_default, 0, check_skills},
    {"enabled", JsonKind::boolean, Presence::has_default, 0, nullptr},
    {"created_at", JsonKind::string, Presence::has_default, 0, nullptr},
    {"updated_at", JsonKind::string, Presence::has_default, 0, nullptr},
}};

// The profile's own contract is stored in a table of its own: a candidate and a document bring it as one more key.
constexpr std::string_view contract_key = "contract";

constexpr auto column_names = [] {
    std::array<std::string_view, columns.size()> names{};
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = columns[i].name;
    return names;
}();

constexpr auto candidate_keys = [] {
    std::array<std::string_view, columns.size() + 1> names{};
    std::copy(column_names.begin(), column_names.end(), names.begin());
    names.back() = contract_key;
    return names;
}();

// How a value of a kind is written in JSON.
std::string_view how_to_write(JsonKind kind) noexcept {
    switch (kind) {
        case JsonKind::string: return "Write it in double quotes.";
        case JsonKind::number: return "Write it without quotes.";
        case JsonKind::boolean: return "Write true or false, without quotes.";
        case JsonKind::array: return "Write [\"first\", \"second\"].";
        default: return {};
    }
}

// A missing value, or a null.
void check_absence(const Column& column, bool is_there, Origin origin, const Reporter& report) {
    const bool is_stored = origin == Origin::row || (origin == Origin::document && is_there);
    const bool refused =
        is_stored ? column.presence != Presence::nullable : column.presence == Presence::required;
    if (!refused) return;
    report.report(ProblemCode::missing,
                  std::string(column.name) + (is_stored || is_there ? " is null" : " is missing"),
                  column.presence == Presence::required ? "It has no default: give it a value."
                                                        : "Leave it out to get its default.");
}

// One column: presence, kind, length, content.
void check_column(const Column& column, const std::optional<JsonView>& value, Origin origin,
                  const Reporter& report, const Context& context) {
    const bool is_null = value && value->kind() == JsonKind::null;
    if (!value || (is_null && origin != Origin::row)) {
        check_absence(column, value.has_value(), origin, report);
    } else if (value->kind() != column.kind) {
        report.wrong_kind(column.name, column.kind, *value, how_to_write(column.kind));
    } else if (const std::size_t size =
                   column.max_characters == 0 ? 0 : text::utf8::count(value->text());
               size > column.max_characters) {
        report.report(ProblemCode::too_long,
                      std::string(column.name) + " has " + std::to_string(size) + " characters",
                      "At most " + std::to_string(column.max_characters) + " fit.");
    } else if (column.check != nullptr) {
        column.check(*value, report, context);
    }
}

// The profile's own contract; null is none.
void check_contract(JsonView profile, const Reporter& report, Ticker& ticker) {
    const auto value = check::find_key(profile, contract_key);
    if (!value || value->kind() == JsonKind::null) return;
    contract::read_contract(*value, report.at(contract_key), ticker);
}

}  // namespace

bool is_profile_column(std::string_view name) noexcept {
    return std::find(column_names.begin(), column_names.end(), name) != column_names.end();
}

check::Problems check_profile(JsonView profile, const Vocabularies& vocabularies, Origin origin,
                              Ticker& ticker) {
    check::Problems problems;
    const Reporter report(problems);
    if (profile.kind() != JsonKind::object) {
        report.wrong_kind("a profile", JsonKind::object, profile,
                          "Write {\"focus_id\": \"...\", \"display_name\": \"...\"}.");
        return problems;
    }
    for (const Column& column : columns) {
        check_column(column, check::find_key(profile, column.name), origin, report.at(column.name),
                     {vocabularies, ticker});
    }
    const bool may_promise = origin == Origin::candidate;
    if (may_promise) check_contract(profile, report, ticker);
    profile.each_pair([&](std::string_view key, JsonView) {
        if (is_profile_column(key) || (may_promise && key == contract_key)) return;
        report.at(key).report(ProblemCode::unknown_key,
                              "key " + check::quoted(key) + " is no column of a profile",
                              text::name_hint(key, candidate_keys));
    });
    return problems;
}

}  // namespace aria_focus::core::profile
