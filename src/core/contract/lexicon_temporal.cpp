// Words of time that a narrative is strung on.
#include "core/contract/lexicon.hpp"

namespace aria_focus::core::contract {

namespace {

constexpr LexiconEntry entries[] = {
    {"then"},
    {"when"},
    {"while"},
    {"afterwards"},
    {"after"},
    {"before"},
    {"until"},
    {"later"},
    {"soon"},
    {"once upon a time"},
    {"once"},
    {"meanwhile"},
    {"suddenly"},
    {"finally"},
    {"eventually"},
    {"next day"},
    {"the next morning"},
    {"that night"},
    {"that day"},
    {"that morning"},
    {"one day"},
    {"one evening"},
    {"one night"},
    {"every night"},
    {"every day"},
    {"yesterday"},
    {"tomorrow"},
    {"tonight"},
    {"today"},
    {"ago"},
    {"at last"},
    {"at first"},
    {"in the beginning"},
    {"by then"},
    {"since then"},
    {"as soon as"},
    {"during"},
    {"already"},
    {"still"},
    {"again"},
    {"no longer"},
    {"never"},
    {"always"},
    {"now"},
    {"since"},
    {"minutes later"},
    {"hours later"},
    {"days later"},
    {"on monday"},
    {"on tuesday"},
    {"on wednesday"},
    {"on thursday"},
    {"on friday"},
    {"on saturday"},
    {"on sunday"},
};

}  // namespace

constinit const Lexicon temporal = {Metric::temporal, "temporal", "en", entries};

}  // namespace aria_focus::core::contract
