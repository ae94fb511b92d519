// The report's details: the worst mistakes with their hits, keywords that mislead or never hit.
#include "core/learn/report_parts.hpp"

#include "core/match/matcher.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <vector>

namespace aria_focus::core::learn {

namespace {

constexpr std::size_t mistakes_shown = 20;
constexpr std::size_t misleading_shown = 20;
constexpr std::size_t dead_shown = 20;  // of a profile
constexpr std::size_t message_characters = 400;
constexpr std::size_t keywords_shown = 12;

// The wrong verdicts, those first that were ahead most.
std::vector<std::size_t> worst_mistakes(std::span<const Verdict> verdicts) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        if (!verdicts[i].is_right) out.push_back(i);
    }
    const auto rank = [&](std::size_t i) {
        const Verdict& it = verdicts[i];
        return std::tuple(it.predicted == nobody, (it.actual_evidence - it.evidence).count, i);
    };
    const auto end =
        out.begin() + static_cast<std::ptrdiff_t>(std::min(out.size(), mistakes_shown));
    std::partial_sort(out.begin(), end, out.end(),
                      [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    out.erase(end, out.end());
    return out;
}

// Writes the beginning of a message with the hits of a profile marked.
void write_marked(Page& page, const ReportInput& input, std::string_view message, Label profile,
                  match::MatcherScratch& scratch, Ticker& ticker) {
    const std::size_t end = size_of_beginning(message, message_characters);
    std::size_t at = 0;
    if (profile != nobody) {
        input.router.matcher().scan(message, scratch, ticker, [&](const match::Hit& hit) {
            if (hit.list != profile) return true;
            if (hit.end > end) return false;
            page.text(message.substr(at, hit.begin - at)).raw("<mark>");
            page.text(message.substr(hit.begin, hit.end - hit.begin)).raw("</mark>");
            at = hit.end;
            return true;
        });
    }
    page.text(message.substr(at, end - at)).raw(end < message.size() ? " \xE2\x80\xA6" : "");
}

// Writes what a message's own profile has hit, if it has hit anything.
void write_own_keywords(Page& page, const ReportInput& input, const Verdict& verdict) {
    const KeywordRange& range = verdict.actual_keywords;
    if (range.count == 0) return;
    page.raw("<p class=\"m note\">its own: ");
    for (std::uint32_t i = 0; i < range.count && i < keywords_shown; ++i) {
        page.raw("<span class=\"k\">");
        page.text(input.router.matcher().text(input.judged.keywords[range.first + i]));
        page.raw("</span> ");
    }
    page.raw(range.count > keywords_shown ? "\xE2\x80\xA6</p>" : "</p>");
}

// Writes a mistake.
void write_mistake(Page& page, const ReportInput& input, std::size_t message,
                   match::MatcherScratch& scratch, Ticker& ticker) {
    const Verdict& it = input.judged.verdicts[message];
    page.raw("<li><p class=\"m\">");
    write_marked(page, input, input.messages[message].text,
                 it.predicted == nobody ? it.actual : it.predicted, scratch, ticker);
    page.raw("</p><p class=\"note\">belongs to ");
    write_class(page, input, it.actual);
    if (it.actual != nobody) page.raw(" (").number(it.actual_evidence.value()).raw(")");
    page.raw(it.is_tie ? ", ties with " : it.predicted == nobody ? ", sent to " : ", went to ");
    write_class(page, input, it.predicted);
    if (it.predicted != nobody) page.raw(" (").number(it.evidence.value()).raw(")");
    page.raw("</p><p></p>");
    if (it.predicted != nobody) write_own_keywords(page, input, it);
    page.raw("</li>\n");
}

// Writes a keyword that misleads.
void write_misleading(Page& page, const ReportInput& input, const KeywordFigures& it) {
    page.raw("<tr><td><span class=\"k\">").text(input.router.matcher().text(it.entry));
    page.raw("</span></td><td data-l=\"profile\">");
    write_class(page, input, it.profile);
    page.raw("</td><td class=\"n\" data-l=\"weight\">").number(it.weight.value());
    page.raw("</td><td class=\"n\" data-l=\"right\">").count(it.right);
    page.raw("</td><td class=\"n\" data-l=\"wrong\">").count(it.hits - it.right);
    page.raw("</td><td class=\"m soft\" data-l=\"for example\"><span>");
    if (it.example_wrong) page.beginning(input.messages[*it.example_wrong].text, 90);
    page.raw("</span></td></tr>\n");
}

// Writes those that are wrong more often than right.
void write_all_misleading(Page& page, const ReportInput& input) {
    std::vector<const KeywordFigures*> worst;
    for (const KeywordFigures& it : input.keywords) {
        if (it.hits > 2 * it.right) worst.push_back(&it);
    }
    std::stable_sort(worst.begin(), worst.end(), [](const auto* a, const auto* b) {
        return a->hits - 2 * a->right > b->hits - 2 * b->right;
    });
    if (worst.empty()) {
        page.raw("<p>No keyword is wrong more often than right.</p>\n");
        return;
    }
    const std::size_t shown = std::min(worst.size(), misleading_shown);
    page.raw("<p class=\"soft\">");
    page.count(worst.size()).raw(worst.size() == 1 ? " keyword hits" : " keywords hit");
    page.raw(" more messages of others than of the profile.");
    if (shown < worst.size()) page.raw(" The worst ").count(shown).raw(":");
    page.raw(
        "</p>\n<table class=\"stack\"><thead><tr><th scope=\"col\">keyword</th><th "
        "scope=\"col\">profile</th>"
        "<th scope=\"col\" class=\"n\">weight</th><th scope=\"col\" class=\"n\">right</th>"
        "<th scope=\"col\" class=\"n\">wrong</th><th scope=\"col\">for "
        "example</th></tr></thead>\n<tbody>\n");
    for (std::size_t i = 0; i < shown; ++i) write_misleading(page, input, *worst[i]);
    page.raw("</tbody></table>\n");
}

// Writes those of a profile.
void write_dead_of(Page& page, const ReportInput& input, std::span<const KeywordFigures> dead) {
    page.raw("<li><p>");
    write_class(page, input, dead[0].profile);
    page.raw("</p><p class=\"soft\">").count(dead.size()).raw("</p><p class=\"m\">");
    const std::size_t shown = std::min(dead.size(), dead_shown);
    for (const KeywordFigures& it : dead.first(shown)) {
        page.raw("<span class=\"k\">").text(input.router.matcher().text(it.entry)).raw("</span> ");
    }
    page.raw(shown < dead.size() ? "\xE2\x80\xA6</p></li>\n" : "</p></li>\n");
}

// Writes those that never hit, by profile.
void write_dead(Page& page, const ReportInput& input) {
    std::vector<KeywordFigures> dead;
    std::copy_if(input.keywords.begin(), input.keywords.end(), std::back_inserter(dead),
                 [](const KeywordFigures& it) { return it.hits == 0; });
    page.raw("<h3>Never hit</h3>\n");
    if (dead.empty()) {
        page.raw("<p>Every keyword hits some message.</p>\n");
        return;
    }
    page.raw("<p class=\"soft\">").count(dead.size()).raw(" of ").count(input.keywords.size());
    page.raw(
        " keywords hit none of these messages. Where the messages are few, that says more about "
        "them than "
        "about the keywords.</p>\n<ol class=\"rows\">\n");
    for (auto at = dead.begin(); at != dead.end();) {
        const auto end = std::find_if(
            at, dead.end(), [&](const KeywordFigures& it) { return it.profile != at->profile; });
        write_dead_of(page, input, {at, end});
        at = end;
    }
    page.raw("</ol>\n");
}

}  // namespace

void write_mistakes(Page& page, const ReportInput& input, Ticker& ticker) {
    const auto mistakes = worst_mistakes(input.judged.verdicts);
    page.raw("<section>\n<h2>Mistakes</h2>\n");
    if (mistakes.empty()) {
        page.raw("<p>There are none.</p>\n</section>\n");
        return;
    }
    page.raw(
        "<p class=\"soft\">Those made with most conviction come first. Marked is what led astray; "
        "in brackets stands "
        "the evidence.</p>\n<ol class=\"rows\">\n");
    match::MatcherScratch scratch;
    for (const std::size_t message : mistakes) write_mistake(page, input, message, scratch, ticker);
    page.raw("</ol>\n</section>\n");
}

void write_keywords(Page& page, const ReportInput& input) {
    page.raw("<section>\n<h2>Keywords</h2>\n<h3>Misleading</h3>\n");
    write_all_misleading(page, input);
    write_dead(page, input);
    page.raw("</section>\n");
}

}  // namespace aria_focus::core::learn
