#include "core/profile/profile_warnings.hpp"

#include "core/base/decimal.hpp"
#include "core/keywords/keyword_list_reader.hpp"
#include "core/text/unicode.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace aria_focus::core::profile {

namespace {

using namespace std::string_view_literals;

// Words that most English messages contain whatever they are about; sorted.
constexpr std::array common_words = {
    U"a"sv,     U"about"sv,  U"all"sv,   U"also"sv,  U"an"sv,    U"and"sv,    U"any"sv,
    U"are"sv,   U"as"sv,     U"at"sv,    U"be"sv,    U"been"sv,  U"but"sv,    U"by"sv,
    U"can"sv,   U"could"sv,  U"day"sv,   U"did"sv,   U"do"sv,    U"does"sv,   U"for"sv,
    U"from"sv,  U"get"sv,    U"give"sv,  U"go"sv,    U"good"sv,  U"had"sv,    U"has"sv,
    U"have"sv,  U"he"sv,     U"hello"sv, U"help"sv,  U"her"sv,   U"here"sv,   U"hi"sv,
    U"him"sv,   U"his"sv,    U"how"sv,   U"i"sv,     U"if"sv,    U"in"sv,     U"is"sv,
    U"it"sv,    U"its"sv,    U"just"sv,  U"know"sv,  U"like"sv,  U"look"sv,   U"make"sv,
    U"me"sv,    U"more"sv,   U"my"sv,    U"need"sv,  U"new"sv,   U"no"sv,     U"not"sv,
    U"now"sv,   U"of"sv,     U"ok"sv,    U"on"sv,    U"one"sv,   U"or"sv,     U"our"sv,
    U"out"sv,   U"please"sv, U"say"sv,   U"see"sv,   U"she"sv,   U"should"sv, U"so"sv,
    U"some"sv,  U"take"sv,   U"tell"sv,  U"than"sv,  U"thank"sv, U"thanks"sv, U"that"sv,
    U"the"sv,   U"their"sv,  U"them"sv,  U"then"sv,  U"there"sv, U"they"sv,   U"thing"sv,
    U"this"sv,  U"time"sv,   U"to"sv,    U"today"sv, U"up"sv,    U"us"sv,     U"use"sv,
    U"want"sv,  U"was"sv,    U"we"sv,    U"well"sv,  U"were"sv,  U"what"sv,   U"when"sv,
    U"where"sv, U"which"sv,  U"who"sv,   U"why"sv,   U"will"sv,  U"with"sv,   U"work"sv,
    U"would"sv, U"yes"sv,    U"you"sv,   U"your"sv,
};
static_assert(std::is_sorted(common_words.begin(), common_words.end()));

// How a well-known secret starts, and how many characters of its alphabet must follow.
struct SecretShape {
    std::string_view prefix;
    std::size_t follows;
    std::string_view kind;
};

constexpr std::array<SecretShape, 12> secret_shapes = {{
    {"sk-", 20, "an API key"},
    {"AKIA", 16, "an AWS access key"},
    {"ASIA", 16, "an AWS access key"},
    {"AIza", 30, "a Google API key"},
    {"ghp_", 20, "a GitHub token"},
    {"gho_", 20, "a GitHub token"},
    {"ghs_", 20, "a GitHub token"},
    {"github_pat_", 20, "a GitHub token"},
    {"glpat-", 16, "a GitLab token"},
    {"xoxb-", 16, "a Slack token"},
    {"xoxp-", 16, "a Slack token"},
    {"eyJ", 40, "a JSON Web Token"},
}};

constexpr std::array secret_names = {
    "password"sv,   "passwd"sv,       "passphrase"sv, "api_key"sv,    "apikey"sv,       "api key"sv,
    "secret_key"sv, "access_token"sv, "secret"sv,     "auth_token"sv, "client_secret"sv};

// Shorter values stand for themselves in prose ("password: none").
constexpr std::size_t shortest_password = 6;

// An ASCII letter or digit.
constexpr bool is_alphanumeric(char c) noexcept {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// What keys and tokens are made of.
constexpr bool is_token_character(char c) noexcept {
    return is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
}

// How many characters at the front are of a token.
std::size_t token_length(std::string_view text) noexcept {
    const auto end = std::find_if_not(text.begin(), text.end(), is_token_character);
    return static_cast<std::size_t>(end - text.begin());
}

// True if the text starts with the name, case aside.
bool starts_with_name(std::string_view text, std::string_view name) noexcept {
    return text.size() >= name.size() &&
           std::equal(name.begin(), name.end(), text.begin(), [](char a, char b) {
               return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b | 0x20) : b);
           });
}

// True for `: value` or `= value` at the front, with a value that has a digit or a symbol in it.
bool is_assignment(std::string_view text) noexcept {
    const auto skip = [&text](std::string_view set) {
        text.remove_prefix(std::min(text.find_first_not_of(set), text.size()));
    };
    skip("\"' ");
    if (text.empty() || (text.front() != ':' && text.front() != '=')) return false;
    text.remove_prefix(1);
    skip("\"' ");
    std::string_view value = text.substr(0, text.find_first_of(" \t\r\n\"',;"));
    value = value.substr(0, value.find_last_not_of(".!?)") + 1);  // the end of a sentence
    const bool is_word = std::all_of(value.begin(), value.end(),
                                     [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
    return value.size() >= shortest_password && !is_word;
}

// The kind of secret that starts at the front of the text; `rest` begins a word.
std::string_view secret_at(std::string_view rest) noexcept {
    for (const SecretShape& shape : secret_shapes) {
        if (rest.starts_with(shape.prefix) &&
            token_length(rest.substr(shape.prefix.size())) >= shape.follows) {
            return shape.kind;
        }
    }
    for (const std::string_view name : secret_names) {
        if (starts_with_name(rest, name) && is_assignment(rest.substr(name.size()))) {
            return "a password or key";
        }
    }
    return {};
}

// Warns of keywords that would fire everywhere.
void warn_keywords(check::JsonView list, check::Problems& problems, Ticker& ticker) {
    const match::KeywordList sound = keywords::sound_keywords(list, ticker);
    for (const match::Keyword& keyword : sound.keywords()) {
        const Risk risk = risk_of(keyword, sound.folded(keyword));
        if (risk.what.empty()) continue;
        problems.push_back(
            {"expertise_keywords", "$.expertise_keywords[" + std::to_string(keyword.index) + "]",
             check::ProblemCode::risky_keyword,
             "keyword " + check::quoted(sound.text(keyword)) + " " + std::string(risk.what),
             std::string(risk.hint)});
    }
}

// Warns of a text that seems to hold a secret.
void warn_secret(check::JsonView profile, std::string_view column, check::Problems& problems) {
    const auto text = check::find_key(profile, column);
    if (!text || text->kind() != check::JsonKind::string) return;
    const std::string_view kind = find_secret(text->text());
    if (kind.empty()) return;
    problems.push_back({column, "$." + std::string(column), check::ProblemCode::possible_secret,
                        std::string(column) + " seems to hold " + std::string(kind),
                        "Profiles are configuration that many may read: keep secrets elsewhere."});
}

}  // namespace

check::Problems warn_profile(check::JsonView profile, Ticker& ticker) {
    check::Problems problems;
    if (profile.kind() != check::JsonKind::object) return problems;
    warn_secret(profile, "description", problems);
    const auto budget = check::find_key(profile, "token_budget_hint");
    if (budget && budget->kind() == check::JsonKind::number) {
        const auto number = Decimal::parse(budget->text());
        if (number && !number->within(large_budget)) {
            problems.push_back({"token_budget_hint", "$.token_budget_hint",
                                check::ProblemCode::large_budget,
                                "token_budget_hint " + check::shown_number(budget->text()) +
                                    " is above " + std::to_string(large_budget),
                                "It is a ceiling on max_tokens; 0 turns it off."});
        }
    }
    const auto keywords = check::find_key(profile, "expertise_keywords");
    if (keywords && keywords->kind() == check::JsonKind::array) {
        warn_keywords(*keywords, problems, ticker);
    }
    warn_secret(profile, "system_prompt_addon", problems);
    return problems;
}

Risk risk_of(const match::Keyword& keyword, std::u32string_view folded) noexcept {
    if (std::binary_search(common_words.begin(), common_words.end(), folded)) {
        return {"is one of the commonest English words", "Use a phrase."};
    }
    constexpr std::size_t short_fragment = 3;
    const bool is_short = folded.size() <= short_fragment &&
                          text::unicode::is_word(folded.front()) &&
                          !text::unicode::is_spaceless(folded.front());
    if (is_short &&
        (keyword.match == match::Match::fragment || keyword.match == match::Match::prefix)) {
        return {"is short and matches inside or at the start of many words",
                "Use match \"word\", or a longer keyword."};
    }
    return pattern_risk(folded);
}

std::string_view find_secret(std::string_view text) noexcept {
    const std::size_t head = text.find("-----BEGIN ");
    if (head != text.npos && text.find("PRIVATE KEY-----", head) != text.npos) {
        return "a private key";
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (at > 0 && is_alphanumeric(text[at - 1])) continue;
        if (const std::string_view kind = secret_at(text.substr(at)); !kind.empty()) return kind;
    }
    return {};
}

}  // namespace aria_focus::core::profile
