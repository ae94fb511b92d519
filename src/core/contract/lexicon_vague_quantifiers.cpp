// Vague quantities: how much, without a number. Words that also stand in exact statements ("some", "many",
// "several") count, since the limit is a rate.
#include "core/contract/lexicon.hpp"

namespace aria_focus::core::contract {

namespace {

constexpr LexiconEntry entries[] = {
    {"many thanks", {}, Place::never},
    {"/etc", {}, Place::never},
    {"too many", {}, Place::never},
    {"how many", {}, Place::never},
    {"as many", {}, Place::never},
    {"rather than", {}, Place::never},
    {"a certain amount of"},
    {"to a certain extent"},
    {"a large number of", "many"},
    {"in several places"},
    {"a great deal of", "much"},
    {"or thereabouts"},
    {"any number of"},
    {"approximately"},
    {"a great many", "many"},
    {"a variety of"},
    {"a handful of"},
    {"and so forth"},
    {"occasionally"},
    {"some kind of", "a"},
    {"a number of"},
    {"a couple of", "two"},
    {"quite a few"},
    {"around half"},
    {"a range of"},
    {"about half"},
    {"frequently"},
    {"relatively"},
    {"plenty of"},
    {"countless"},
    {"and so on"},
    {"et cetera"},
    {"sometimes"},
    {"generally"},
    {"a lot of", "many"},
    {"numerous", "many"},
    {"parts of"},
    {"lots of", "many"},
    {"various"},
    {"several"},
    {"most of"},
    {"roughly"},
    {"usually"},
    {"things"},
    {"fairly"},
    {"rather"},
    {"a few"},
    {"often"},
    {"quite"},
    {"many"},
    {"some"},
    {"few"},
    {"etc"},
};

}  // namespace

constinit const Lexicon vague_quantifiers = {Metric::vague_quantifiers, "vague_quantifiers", "en",
                                             entries};

}  // namespace aria_focus::core::contract
