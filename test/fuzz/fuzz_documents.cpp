// Any JSON text as every document that the core reads: a profile, rows to be examined, agents, settings,
// skills. None of them may crash or raise anything but the core's own error; what is said must be
// readable, and what is accepted must be usable.
#include "core/agent/delegation.hpp"
#include "core/agent/settings.hpp"
#include "core/base/error.hpp"
#include "core/check/refusal.hpp"
#include "core/profile/doctor.hpp"
#include "core/profile/profile.hpp"
#include "core/profile/profile_warnings.hpp"
#include "core/profile/skill_list.hpp"
#include "fuzz.hpp"
#include "support/router_builder.hpp"
#include "support/strong_focus.hpp"

#include <set>

using namespace aria_focus::core;
using namespace aria_focus::core::agent;
using namespace aria_focus::core::check;
using namespace aria_focus::core::keywords;
using namespace aria_focus::core::match;
using namespace aria_focus::core::profile;
using namespace aria_focus::core::route;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// Where one document is read.
class Reader {
  public:
    explicit Reader(std::string_view text) : json_(text), words_(": <" + shown(text) + ">") {
        is_well_formed_ = is_utf8(text);
    }

    // Reads it as everything.
    void read() {
        for (const Origin origin : {Origin::candidate, Origin::row, Origin::document}) {
            read_profile(origin);
        }
        check(warn_profile(json_.view(), ticker_), false);
        for (const Finding& one : examine(json_.view(), vocabularies, ticker_)) {
            check_problem(one.problem);
        }
        Problems problems;
        check_skill_list(json_.view(), Reporter(problems, "skills"), ticker_);
        check(problems, true);
        or_refused([this] { read_agents(); });
        or_refused([this] { read_settings(); });
        or_refused([this] { read_skills(json_.view(), "skills"); });
    }

  private:
    static constexpr std::array<std::string_view, 2> tones = {"precise", "neutral"};
    static constexpr std::array<std::string_view, 2> styles = {"directive", "concise"};
    static constexpr Vocabularies vocabularies{tones, styles};

    // True for a text without stray bytes.
    static bool is_utf8(std::string_view text) {
        return to_utf8(utf8::to_code_points(text)) == text;
    }

    // True for a text with a control character or another end of a line.
    static bool breaks_a_line(std::string_view text) {
        const std::u32string characters = utf8::to_code_points(text);
        return std::any_of(characters.begin(), characters.end(), [](char32_t c) {
            return unicode::is_control(c) || c == 0x2028 || c == 0x2029;
        });
    }

    // A text for a person, which cuts no character.
    void check_text(const std::string& text) const {
        if (is_well_formed_ && !is_utf8(text)) differ("a message cuts a character" + words_);
    }

    // One problem.
    void check_problem(const Problem& problem) const {
        if (problem.message.empty() || !problem.path.starts_with("$")) {
            differ("a problem without words or place" + words_);
        }
        for (const std::string& text : {problem.path, problem.message, problem.hint}) {
            check_text(text);
            if (breaks_a_line(text)) differ("a problem of several lines" + words_);
        }
    }

    // Problems that are all errors or all warnings, and the refusal that they give.
    void check(const Problems& problems, bool errors) const {
        for (const Problem& problem : problems) {
            check_problem(problem);
            if (is_error(problem.code) != errors) differ("an error or a warning?" + words_);
        }
        if (problems.empty()) return;
        const Refusal refusal = refuse("a subject", problems);
        const auto lines = std::count(refusal.detail.begin(), refusal.detail.end(), '\n') + 1;
        const std::size_t expected = std::min(problems.size(), max_refusal_lines + 1);
        if (lines != static_cast<std::ptrdiff_t>(expected)) differ("lines of detail" + words_);
        check_text(refusal.message);
        check_text(refusal.detail);
    }

    // As a profile; what is accepted has a list that is accepted.
    void read_profile(Origin origin) {
        const Problems problems = check_profile(json_.view(), vocabularies, origin, ticker_);
        check(problems, true);
        if (!problems.empty()) return;
        const auto keywords = find_key(json_.view(), "expertise_keywords");
        if (!keywords || keywords->kind() == JsonKind::null) return;
        Problems more;
        read_keyword_list(*keywords, Reporter(more), ticker_);
        if (!more.empty()) differ("a good profile with a bad keyword list" + words_);
    }

    // As agents, who are scored, chosen and asked for their models.
    void read_agents() {
        static const Router router = router_of(
            {{"boss", 1, R"(["plan"])"}, {"ops", 2, R"(["deploy"])"}, {"web", 3, R"(["plan"])"}});
        const std::vector<Agent> agents = core_agents();
        const Reading reading{{0.3, 0.6, 0.1}, {{0}, {1000}, {500}}};
        const TieBreaker ties("seed");
        std::set<std::uint32_t> seen;
        bool is_excluded = false;
        for (const AgentScore& one : score_agents(agents, router, reading, ties, ticker_)) {
            if (one.agent >= agents.size() || !seen.insert(one.agent).second)
                differ("scores" + words_);
            const bool is_out = !exclusion_of(agents[one.agent]).empty();
            if (is_excluded && !is_out) differ("an excluded agent before another" + words_);
            is_excluded = is_out;
        }
        if (seen.size() != agents.size()) differ("an agent without a score" + words_);
        seen.clear();
        for (const Chosen& one : select_agents(agents, router, reading, 5, ties, ticker_)) {
            if (!exclusion_of(agents[one.agent]).empty() || !seen.insert(one.agent).second) {
                differ("who is chosen" + words_);
            }
        }
        const std::array<ModelOverride, 1> overrides = {{{"ops", "m"}}};
        for (const Agent& agent : agents) {
            const auto chain = fallback_chain(agent.agent_id, agents, overrides, ticker_);
            if (chain.empty() || chain.size() > 3 * agents.size()) differ("a chain" + words_);
        }
    }

    // The agents of the document.
    std::vector<Agent> core_agents() {
        return aria_focus::core::agent::read_agents(json_.view(), ticker_);
    }

    // As settings, under a focus that changes everything.
    void read_settings() {
        const FocusEffect focus = strong_focus();
        const BaseSettings base = aria_focus::core::agent::read_settings(json_.view(), "agent");
        const EffectiveSettings made = compose_settings(focus, base, BaseSettings{}, ticker_);
        if (made.max_tokens > 800 || made.skills.size() < 2 || made.model != "qwen") {
            differ("settings" + words_);
        }
        if (made.temperature && base.temperature->value >= 0 &&
            !(*made.temperature >= 0 && *made.temperature <= 1)) {
            differ("temperature" + words_);
        }
        for (const Decision& one : made.decisions) check_text(one.words);
    }

    // Runs what may refuse the document.
    template <class Read>
    void or_refused(Read&& read) const {
        try {
            read();
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::invalid_argument) differ("the kind of error" + words_);
            check_text(error.message());
            check_text(error.detail());
        }
    }

    Json json_;
    std::string words_;
    Ticker ticker_;
    bool is_well_formed_ = true;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::optional<Reader> reader;
    try {
        reader.emplace(std::string_view(reinterpret_cast<const char*>(data), size));
    } catch (const std::invalid_argument&) {
        return 0;  // no JSON
    }
    reader->read();
    return 0;
}
