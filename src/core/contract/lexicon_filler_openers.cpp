// Openers that say nothing: they count at the start of a sentence only.
#include "core/contract/lexicon.hpp"

namespace aria_focus::core::contract {

namespace {

constexpr LexiconEntry entries[] = {
    {"certainly!", {}, Place::sentence},
    {"certainly,", {}, Place::sentence},
    {"of course!", {}, Place::sentence},
    {"of course,", {}, Place::sentence},
    {"sure!", {}, Place::sentence},
    {"sure,", {}, Place::sentence},
    {"sure thing", {}, Place::sentence},
    {"absolutely!", {}, Place::sentence},
    {"absolutely,", {}, Place::sentence},
    {"definitely!", {}, Place::sentence},
    {"great question", {}, Place::sentence},
    {"good question", {}, Place::sentence},
    {"excellent question", {}, Place::sentence},
    {"that's a great question", {}, Place::sentence},
    {"that is a great question", {}, Place::sentence},
    {"that's a good question", {}, Place::sentence},
    {"what a great", {}, Place::sentence},
    {"great point", {}, Place::sentence},
    {"i'd be happy to", {}, Place::sentence},
    {"i would be happy to", {}, Place::sentence},
    {"i'd be glad to", {}, Place::sentence},
    {"i'm happy to", {}, Place::sentence},
    {"happy to help", {}, Place::sentence},
    {"here's a breakdown", {}, Place::sentence},
    {"here is a breakdown", {}, Place::sentence},
    {"let's dive into", {}, Place::sentence},
    {"let's dive in", {}, Place::sentence},
    {"let me explain", {}, Place::sentence},
    {"as an ai", {}, Place::sentence},
    {"as a language model", {}, Place::sentence},
    {"thank you for your question", {}, Place::sentence},
    {"thanks for your question", {}, Place::sentence},
    {"thanks for asking", {}, Place::sentence},
    {"i understand that", {}, Place::sentence},
    {"i hope this", {}, Place::sentence},
    {"in today's world", {}, Place::sentence},
    {"in conclusion", {}, Place::sentence},
    {"to be honest", {}, Place::sentence},
    {"it is important to note", {}, Place::sentence},
    {"it's important to note", {}, Place::sentence},
    {"it is worth noting", {}, Place::sentence},
    {"first of all", {}, Place::sentence},
    {"as you may know", {}, Place::sentence},
    {"no problem!", {}, Place::sentence},
};

}  // namespace

constinit const Lexicon filler_openers = {Metric::filler_openers, "filler_openers", "en", entries};

}  // namespace aria_focus::core::contract
