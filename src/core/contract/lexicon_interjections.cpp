// Interjections: sounds of joy, surprise and greeting, for the suggestion that a playful text has some.
#include "core/contract/lexicon.hpp"

namespace aria_focus::core::contract {

namespace {

constexpr LexiconEntry entries[] = {
    {"oh so", {}, Place::never},
    {"ahoy"},
    {"awww"},
    {"aww"},
    {"yay"},
    {"hooray"},
    {"hurray"},
    {"woohoo"},
    {"whoa"},
    {"wow"},
    {"ta-da"},
    {"tada"},
    {"voila"},
    {"voilà"},
    {"oops"},
    {"whoops"},
    {"uh-oh"},
    {"hmm"},
    {"haha"},
    {"hehe"},
    {"ha"},
    {"hey"},
    {"psst"},
    {"phew"},
    {"yikes"},
    {"ouch"},
    {"boom"},
    {"bam"},
    {"zap"},
    {"poof"},
    {"bingo"},
    {"eureka"},
    {"abracadabra"},
    {"oh"},
    {"ah"},
    {"huzzah"},
    {"yippee"},
    {"once upon a time"},
};

}  // namespace

constinit const Lexicon interjections = {Metric::interjections, "interjections", "en", entries};

}  // namespace aria_focus::core::contract
