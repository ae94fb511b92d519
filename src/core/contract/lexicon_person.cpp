// Words by which a text speaks to somebody or as somebody: you, we, I.
#include "core/contract/lexicon.hpp"

namespace aria_focus::core::contract {

namespace {

constexpr LexiconEntry entries[] = {
    {"i.e", {}, Place::never},
    {"yourself"},
    {"yours"},
    {"your"},
    {"you're"},
    {"you've"},
    {"you'll"},
    {"you"},
    {"we're"},
    {"we've"},
    {"we'll"},
    {"we"},
    {"ourselves"},
    {"ours"},
    {"our"},
    {"i'm"},
    {"i've"},
    {"i'll"},
    {"i"},
    {"myself"},
    {"my"},
    {"mine"},
    {"me"},
    {"let's"},
};

}  // namespace

constinit const Lexicon person = {Metric::person, "person", "en", entries};

}  // namespace aria_focus::core::contract
