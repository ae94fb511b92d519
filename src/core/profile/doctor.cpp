#include "core/profile/doctor.hpp"

#include "core/keywords/keyword_list_reader.hpp"
#include "core/profile/keyword_overlaps.hpp"
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
    std::vector<std::int32_t> shadows;  // of find_shadows
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

// The first few of some names in a line, and how many more there are.
class NameList {
  public:
    explicit NameList(std::size_t count) : count_(count) {}

    // Whether there is room for one more.
    bool has_room() const noexcept { return named_ < most_named; }
    // One more name, as it is to be shown, where there is room.
    void add(const std::string& name) {
        if (!has_room()) return;
        if (named_++ > 0) text_ += ", ";
        text_ += name;
    }
    // The line.
    std::string text() const {
        if (count_ == named_) return text_;
        return text_ + " and " + std::to_string(count_ - named_) + " more";
    }

  private:
    static constexpr std::size_t most_named = InnerHits::most_kept;

    std::string text_;
    std::size_t count_;
    std::size_t named_ = 0;
};

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
        find_idle_fallbacks();
        find_no_fallback();
        find_shared();
        find_inside_words();
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
            {focus_id,
             enabled && enabled->truth(),
             level && level->text() == "1",
             keywords ? keywords::sound_keywords(*keywords, ticker_) : match::KeywordList{},
             {}});
        Row& kept = rows_.back();
        kept.shadows = match::find_shadows(kept.keywords, match::edges_of(kept.keywords), ticker_);
        find_shadowed(kept);
        find_vetoes(kept);
    }

    // Keywords that can never count.
    void find_shadowed(const Row& row) {
        for (std::size_t i = 0; i < row.shadows.size(); ++i) {
            if (row.shadows[i] < 0) continue;
            add_of_keywords(row, check::ProblemCode::shadowed_keyword,
                            "keyword " + shown(row, i) + " never counts: " +
                                shown(row, static_cast<std::size_t>(row.shadows[i])) +
                                " stands before it and hits wherever it would",
                            "Remove it, or put it first.");
        }
    }

    // Negative keywords that do not count where they seem to.
    void find_vetoes(const Row& row) {
        const auto vetoes = find_hidden_vetoes(row.keywords, row.shadows, ticker_);
        for (auto at = vetoes.begin(); at != vetoes.end();) {
            const std::uint32_t veto = at->veto;
            const auto end = std::find_if(
                at, vetoes.end(), [veto](const HiddenVeto& other) { return other.veto != veto; });
            NameList phrases(static_cast<std::size_t>(end - at));
            for (; at != end; ++at) {
                if (phrases.has_room()) phrases.add(shown(row, at->phrase));
            }
            add_of_keywords(row, check::ProblemCode::hidden_veto,
                            "negative keyword " + shown(row, veto) + " does not count inside " +
                                phrases.text() + ", where the longer one hits instead",
                            "Remove the longer one or make its weight negative too; if it is meant "
                            "as the exception, leave both.");
        }
    }

    // The enabled profile of level 1 that comes first by id; none if there is none.
    const Row* first_core() const noexcept {
        const Row* first = nullptr;
        for (const Row& row : rows_) {
            if (!row.enabled || !row.is_core) continue;
            if (first == nullptr || row.focus_id < first->focus_id) first = &row;
        }
        return first;
    }

    // Enabled profiles that neither a keyword nor the fallback leads to.
    void find_unreachable() {
        const Row* const core = first_core();
        for (const Row& row : rows_) {
            const bool has_evidence = most_evidence(row.keywords) >= Thousandths::of(1);
            const bool is_fallback = &row == core || row.focus_id == default_fallback;
            if (!row.enabled || has_evidence || is_fallback) continue;
            add_of_keywords(row, check::ProblemCode::unreachable,
                            "no message can reach this profile: its keywords' positive weights add "
                            "up to less than 1",
                            "Add keywords, or disable it.");
        }
    }

    // Enabled profiles of level 1 behind the first one, where nothing but the order of ids chooses.
    void find_idle_fallbacks() {
        const bool has_default = std::any_of(rows_.begin(), rows_.end(), [](const Row& row) {
            return row.enabled && row.focus_id == default_fallback;
        });
        if (has_default) return;
        const Row* const first = first_core();
        for (const Row& row : rows_) {
            if (!row.enabled || !row.is_core || &row == first) continue;
            add(row.focus_id,
                {"delegation_level", "$.delegation_level", check::ProblemCode::idle_fallback,
                 "this profile never takes unrouted messages: " + check::quoted(first->focus_id) +
                     " does, the first enabled profile of level 1 by focus_id",
                 "Pass the fallback to focus_route, or leave level 1 to one profile."});
        }
    }

    // Enabled profiles, and none that takes unrouted messages.
    void find_no_fallback() {
        const bool is_any =
            std::any_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.enabled; });
        const bool is_one = std::any_of(rows_.begin(), rows_.end(), [](const Row& row) {
            return row.enabled && (row.is_core || row.focus_id == default_fallback);
        });
        if (!is_any || is_one) return;
        add({},
            {"delegation_level", "$", check::ProblemCode::no_fallback,
             "no profile takes unrouted messages: neither orchestrator nor a profile of level 1 is "
             "enabled",
             "Give a profile delegation_level 1, or pass a fallback to focus_route: now it returns "
             "NULL for them."});
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
        NameList others(owners.size() - 1);
        for (auto owner = owners.begin(); owner != owners.end() && others.has_room(); ++owner) {
            if (*owner != &row) others.add(check::escaped((*owner)->focus_id));
        }
        add_of_keywords(
            row, check::ProblemCode::shared_keyword,
            "keyword " + check::quoted(row.keywords.text(keyword)) + " is also in " + others.text(),
            "Keep it where it belongs most, or give it weights.");
    }

    // Keywords that hit inside the words of other enabled profiles.
    void find_inside_words() {
        std::vector<const Row*> rows;
        std::vector<ShadowedList> lists;
        for (const Row& row : rows_) {
            if (!row.enabled) continue;
            rows.push_back(&row);
            lists.push_back({row.keywords, row.shadows});
        }
        for (const InnerHits& hits : find_inner_hits(lists, ticker_)) {
            const Row& row = *rows[hits.keyword.list];
            NameList words(hits.count);
            for (const Place& word : hits.words) {
                const Row& other = *rows[word.list];
                words.add(shown(other, word.keyword) + " of " + check::escaped(other.focus_id));
            }
            add_of_keywords(
                row, check::ProblemCode::inside_word,
                "keyword " + shown(row, hits.keyword.keyword) + " also hits inside " + words.text(),
                "Give it match \"word\", or a weight below theirs.");
        }
    }

    // A keyword as it is shown.
    static std::string shown(const Row& row, std::size_t index) {
        return check::quoted(row.keywords.text(row.keywords.keywords()[index]));
    }

    // One more finding about a row's keywords.
    void add_of_keywords(const Row& row, check::ProblemCode code, std::string message,
                         std::string hint) {
        add(row.focus_id, {"expertise_keywords", "$.expertise_keywords", code, std::move(message),
                           std::move(hint)});
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
