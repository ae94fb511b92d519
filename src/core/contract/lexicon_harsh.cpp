// Harsh words: insults and catastrophes. "sorry", "love", "wrong", "error", "kill" (a process) are none.
#include "core/contract/lexicon.hpp"

namespace aria_focus::core::contract {

namespace {

constexpr LexiconEntry entries[] = {
    {"dumb http", {}, Place::never},
    {"dumb protocol", {}, Place::never},
    {"dumb terminal", {}, Place::never},
    {"good loser", {}, Place::never},
    {"bad loser", {}, Place::never},
    {"disaster recovery", {}, Place::never},
    {"disaster plan", {}, Place::never},
    {"trash can", {}, Place::never},
    {"trash folder", {}, Place::never},
    {"the trash", {}, Place::never},
    {"stupid"},
    {"idiotic"},
    {"idiots"},
    {"idiot"},
    {"moron"},
    {"dumb"},
    {"lazy excuse"},
    {"pathetic"},
    {"ridiculous"},
    {"laughable"},
    {"worthless"},
    {"useless"},
    {"hopeless"},
    {"clueless"},
    {"incompetent"},
    {"incompetence"},
    {"is garbage"},
    {"total garbage"},
    {"pure garbage"},
    {"utter garbage"},
    {"rubbish"},
    {"trash"},
    {"nonsense"},
    {"disgrace"},
    {"shameful"},
    {"shame on you"},
    {"disaster"},
    {"catastrophe"},
    {"catastrophic"},
    {"nightmare"},
    {"fiasco"},
    {"shut up"},
    {"your fault"},
    {"you failed"},
    {"you are wrong"},
    {"waste of time"},
    {"stop wasting"},
    {"what were you thinking"},
    {"how dare you"},
    {"don't waste"},
    {"do not waste"},
    {"not our problem"},
    {"not my problem"},
    {"denied."},
    {"not processed."},
    {"hate you"},
    {"loser"},
    {"liar"},
    {"crappy"},
    {"sloppy"},
    {"terrible job"},
};

}  // namespace

constinit const Lexicon harsh = {Metric::harsh, "harsh", "en", entries};

}  // namespace aria_focus::core::contract
