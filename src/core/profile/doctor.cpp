#include "core/profile/doctor.hpp"

#include "core/keywords/keyword_list_reader.hpp"
#include "core/profile/profile_warnings.hpp"

#include <algorithm>
#include <unordered_map>

namespace aria_focus::core::profile {

namespace {

// The fallback of focus_route: it is reached without any keyword.
constexpr std::string_view default_fallback = "orchestrator";

// What the cross-checks need of a row.
struct Row {
    std::string_view focus_id;
    bool enabled;
    bool is_core;  // delegation level 1
    match::KeywordList keywords;
};

// The text of a string value; empty for anything else.
std::string_view text_of(const std::optional<check::JsonView>& value) noexcept {
    return value && value->kind() == check::JsonKind::string ? value->text() : std::string_view{};
}

// The evidence of a message that hits every keyword of positive weight.
Thousandths most_evidence(const match::KeywordList& list) noexcept {
    Thousandths sum;
    for (const match::Keyword& keyword : list.keywords()) sum += {std::max(keyword.weight, 0)};
    return sum;
}

// Examines rows one by one, then together.
class Doctor {
  public:
    Doctor(const Vocabularies& vocabularies, Ticker& ticker)
        : vocabularies_(vocabularies), ticker_(ticker) {}

    // The whole set.
    std::vector<Finding> examine(check::JsonView profiles) {
        if (profiles.kind() != check::JsonKind::array) {
            add({}, {"", "$", check::ProblemCode::bad_type,
                     "profiles must be an array, not " + std::string(name_of(profiles.kind())),
                     "Pass jsonb_agg(to_jsonb(p)) over the rows."});
            return std::move(findings_);
        }
        profiles.each_element([this](std::uint32_t, check::JsonView row) { examine_row(row); });
        find_unreachable();
        find_shared();
        return std::move(findings_);
    }

  private:
    // One row by itself.
    void examine_row(check::JsonView row) {
        std::optional<check::JsonView> id;
        if (row.kind() == check::JsonKind::object) id = check::find_key(row, "focus_id");
        const std::string_view focus_id = text_of(id);
        for (check::Problem& problem :
             check_profile(row, vocabularies_, Origin::document, ticker_)) {
            // The row is stored: an id is not to be refused but to be renamed.
            if (problem.field == "focus_id" && problem.code == check::ProblemCode::bad_format) {
                problem.code = check::ProblemCode::legacy_id;
                problem.hint = "Rename it: UPDATE aria_engine.focus_profiles SET focus_id = ...";
            }
            add(focus_id, std::move(problem));
        }
        for (check::Problem& warning : warn_profile(row, ticker_))
            add(focus_id, std::move(warning));
        if (row.kind() == check::JsonKind::object) keep_row(row, focus_id);
    }

    // Keeps a row for the checks across rows.
    void keep_row(check::JsonView row, std::string_view focus_id) {
        const auto enabled = check::find_key(row, "enabled");
        const auto level = check::find_key(row, "delegation_level");
        const auto keywords = check::find_key(row, "expertise_keywords");
        rows_.push_back(
            {focus_id, enabled && enabled->truth(), level && level->text() == "1",
             keywords ? keywords::sound_keywords(*keywords, ticker_) : match::KeywordList{}});
        find_shadowed(rows_.back());
    }

    // Keywords that can never count.
    void find_shadowed(const Row& row) {
        const auto shadows =
            match::find_shadows(row.keywords, match::edges_of(row.keywords), ticker_);
        for (std::size_t i = 0; i < shadows.size(); ++i) {
            if (shadows[i] < 0) continue;
            const match::KeywordList& list = row.keywords;
            const match::Keyword& by = list.keywords()[static_cast<std::size_t>(shadows[i])];
            add(row.focus_id,
                {"expertise_keywords", "$.expertise_keywords", check::ProblemCode::shadowed_keyword,
                 "keyword " + check::quoted(list.text(list.keywords()[i])) + " never counts: " +
                     check::quoted(list.text(by)) + " stands before it and hits wherever it would",
                 "Remove it, or put it first."});
        }
    }

    // Enabled profiles that neither a keyword nor the fallback leads to.
    void find_unreachable() {
        const auto core = std::find_if(rows_.begin(), rows_.end(),
                                       [](const Row& row) { return row.enabled && row.is_core; });
        for (auto row = rows_.begin(); row != rows_.end(); ++row) {
            const bool has_evidence = most_evidence(row->keywords) >= Thousandths::of(1);
            const bool is_fallback = row == core || row->focus_id == default_fallback;
            if (!row->enabled || has_evidence || is_fallback) continue;
            add(row->focus_id,
                {"expertise_keywords", "$.expertise_keywords", check::ProblemCode::unreachable,
                 "no message can reach this profile: its keywords' positive weights add up to less "
                 "than 1",
                 "Add keywords, or disable it."});
        }
    }

    // Keywords that several enabled profiles have: they decide nothing between these.
    void find_shared() {
        std::unordered_map<std::u32string_view, std::vector<const Row*>> owners;
        for (const Row& row : rows_) {
            if (!row.enabled) continue;
            for (const match::Keyword& keyword : row.keywords.keywords()) {
                ticker_.tick(64);
                owners[row.keywords.folded(keyword)].push_back(&row);
            }
        }
        for (const Row& row : rows_) {
            if (!row.enabled) continue;
            for (const match::Keyword& keyword : row.keywords.keywords()) {
                report_shared(row, keyword, owners.at(row.keywords.folded(keyword)));
            }
        }
    }

    // One keyword of one row that others have too.
    void report_shared(const Row& row, const match::Keyword& keyword,
                       const std::vector<const Row*>& owners) {
        if (owners.size() < 2) return;
        constexpr std::size_t most_named = 5;
        std::string others;
        std::size_t named = 0;
        for (auto owner = owners.begin(); owner != owners.end() && named < most_named; ++owner) {
            if (*owner == &row) continue;
            if (named++ > 0) others += ", ";
            others += check::escaped((*owner)->focus_id);
        }
        const std::size_t unnamed = owners.size() - 1 - named;
        if (unnamed > 0) others += " and " + std::to_string(unnamed) + " more";
        add(row.focus_id,
            {"expertise_keywords", "$.expertise_keywords", check::ProblemCode::shared_keyword,
             "keyword " + check::quoted(row.keywords.text(keyword)) + " is also in " + others,
             "Keep it where it belongs most, or give it weights."});
    }

    // One more finding.
    void add(std::string_view focus_id, check::Problem problem) {
        findings_.push_back({focus_id, std::move(problem)});
    }

    const Vocabularies& vocabularies_;
    Ticker& ticker_;
    std::vector<Row> rows_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> examine(check::JsonView profiles, const Vocabularies& vocabularies,
                             Ticker& ticker) {
    return Doctor(vocabularies, ticker).examine(profiles);
}

}  // namespace aria_focus::core::profile
