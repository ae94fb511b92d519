#include "core/contract/prompt.hpp"

#include "core/check/problem.hpp"
#include "core/contract/prompt_limits.hpp"

#include <algorithm>
#include <cmath>

namespace aria_focus::core::contract {

namespace {

constexpr std::string_view contract_rule = "contradicts_contract",
                           budget_rule = "contradicts_budget", itself_rule = "contradicts_itself";

// A prompt addon of more tokens is paid for with every reply.
constexpr const char* most_tokens = "1000";

// English has about four tokens in three words, and four and a half characters in a token.
constexpr double tokens_a_word = 1.35, tokens_a_character = 0.22;

// A limit of every prompt.
Limit upper(Metric metric, const char* digits, Severity severity) {
    return {metric, Bound::max, {digits, std::stod(digits)}, severity, {}, {}, {}, {}};
}

// What every prompt keeps.
Contract contract_of_prompts() {
    Contract contract;
    contract.limits.push_back(upper(Metric::tokens, most_tokens, Severity::suggestion));
    for (const Metric metric : {Metric::invisible_characters, Metric::unclosed_fences,
                                Metric::placeholders, Metric::repeated_lines}) {
        contract.limits.push_back(upper(metric, "0", Severity::warning));
    }
    return contract;
}

// A row a problem: what is said of places is not said again of the whole.
void drop_totals(std::vector<Finding>& findings) {
    const auto is_told = [&findings](const Finding& total) {
        return !total.span && std::any_of(findings.begin(), findings.end(), [&](const Finding& f) {
            return f.span && f.rule == total.rule;
        });
    };
    std::vector<Finding> kept;
    for (const Finding& finding : findings) {
        if (!is_told(finding)) kept.push_back(finding);
    }
    findings = std::move(kept);
}

// Judges the limits that a prompt states.
class StatedJudge {
  public:
    StatedJudge(std::string_view prompt, const Contract& contract, std::int64_t budget,
                std::vector<Finding>& findings)
        : prompt_(prompt), contract_(contract), budget_(budget), findings_(findings) {}

    // One after the other; earlier ones are what later ones contradict.
    void judge(const std::vector<StatedLimit>& limits, Ticker& ticker) {
        for (std::size_t i = 0; i < limits.size(); ++i) {
            const StatedLimit& limit = limits[i];
            ticker.tick(contract_.limits.size() + metric_count);
            judge_contract(limit);
            judge_budget(limit);
            judge_earlier(limit);
            remember(limit);
        }
    }

  private:
    // What is stated of a metric so far.
    struct Stated {
        std::optional<std::int64_t> least;
        std::optional<std::int64_t> most;
    };

    // What the prompt says.
    std::string said(const StatedLimit& limit) const {
        return check::quoted(prompt_.substr(limit.span.begin, limit.span.end - limit.span.begin));
    }

    // True if a reply that keeps what is stated may break a limit of the contract.
    static bool is_broken(const StatedLimit& stated, const Limit& limit) noexcept {
        const double allowed = limit.number.value;
        if (limit.metric != stated.metric) return false;
        if (limit.bound == Bound::max) {
            return static_cast<double>(stated.most.value_or(stated.least.value_or(0))) > allowed;
        }
        return limit.bound == Bound::min && stated.most &&
               static_cast<double>(*stated.most) < allowed;
    }

    // A limit that the contract does not have like that: the gravest, once.
    void judge_contract(const StatedLimit& stated) {
        const Limit* gravest = nullptr;
        for (const Limit& limit : contract_.limits) {
            if (!is_broken(stated, limit)) continue;
            if (gravest == nullptr || limit.severity > gravest->severity) gravest = &limit;
        }
        if (gravest == nullptr) return;
        std::string origin = gravest->from.empty() ? "" : " (" + gravest->from + ")";
        add(contract_rule, gravest->severity, stated,
            said(stated) + ", but the contract has " + std::string(row_of(stated.metric).name) +
                (gravest->bound == Bound::max ? " at most " : " at least ") +
                gravest->number.digits + origin,
            gravest->number.value);
    }

    // A length that the budget does not hold.
    void judge_budget(const StatedLimit& stated) {
        const double rate = stated.metric == Metric::words        ? tokens_a_word
                            : stated.metric == Metric::characters ? tokens_a_character
                                                                  : 0;
        const std::int64_t wanted = stated.least.value_or(stated.most.value_or(0));
        const double tokens = std::ceil(rate * static_cast<double>(wanted));
        if (budget_ == 0 || tokens <= static_cast<double>(budget_)) return;
        add(budget_rule, stated.least ? Severity::warning : Severity::suggestion, stated,
            said(stated) + " takes about " + shown(tokens) + " tokens, the budget is " +
                std::to_string(budget_),
            static_cast<double>(budget_));
    }

    // A lower limit above an upper one, both of the prompt.
    void judge_earlier(const StatedLimit& stated) {
        const Stated& before = stated_[static_cast<std::size_t>(stated.metric)];
        const bool is_above = stated.least && before.most && *stated.least > *before.most;
        const bool is_below = stated.most && before.least && *stated.most < *before.least;
        if (!is_above && !is_below) return;
        const std::int64_t other = is_above ? *before.most : *before.least;
        add(itself_rule, Severity::warning, stated,
            said(stated) + ", but before that " + (is_above ? "at most " : "at least ") +
                std::to_string(other),
            static_cast<double>(other));
    }

    // Keeps the stricter bounds.
    void remember(const StatedLimit& stated) {
        Stated& now = stated_[static_cast<std::size_t>(stated.metric)];
        if (stated.least) now.least = std::max(*stated.least, now.least.value_or(*stated.least));
        if (stated.most) now.most = std::min(*stated.most, now.most.value_or(*stated.most));
    }

    // Notes a problem of a stated limit.
    void add(std::string_view rule, Severity severity, const StatedLimit& stated,
             std::string message, double allowed) {
        findings_.push_back({rule,
                             severity,
                             std::move(message),
                             stated.span,
                             {},
                             static_cast<double>(stated.most.value_or(stated.least.value_or(0))),
                             allowed,
                             {}});
    }

    std::string_view prompt_;
    const Contract& contract_;
    std::int64_t budget_;
    std::vector<Finding>& findings_;
    std::array<Stated, metric_count> stated_{};
};

}  // namespace

std::vector<Finding> lint_prompt(std::string_view prompt, const Contract& contract,
                                 std::int64_t token_budget, const Judge& judge) {
    const CompiledContract of_prompts(contract_of_prompts(), judge.ticker);
    std::vector<Finding> findings = lint(prompt, of_prompts, judge);
    drop_totals(findings);
    StatedJudge(prompt, contract, token_budget, findings)
        .judge(read_stated_limits(prompt, judge.ticker), judge.ticker);
    order_findings(prompt, findings);
    return findings;
}

}  // namespace aria_focus::core::contract
