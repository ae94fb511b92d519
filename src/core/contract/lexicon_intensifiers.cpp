// Intensifiers: words that only say "more of it".
#include "core/contract/lexicon.hpp"

namespace aria_focus::core::contract {

namespace {

constexpr LexiconEntry entries[] = {
    {"very much so"},  {"very"},       {"really"},          {"extremely"},
    {"incredibly"},    {"absolutely"}, {"totally"},         {"completely"},
    {"utterly"},       {"highly"},     {"hugely"},          {"insanely"},
    {"unbelievably"},  {"amazingly"},  {"ridiculously"},    {"terribly"},
    {"awfully"},       {"super"},      {"so much"},         {"literally"},
    {"seriously"},     {"truly"},      {"deeply"},          {"enormously"},
    {"exceptionally"}, {"remarkably"}, {"extraordinarily"}, {"profoundly"},
};

}  // namespace

constinit const Lexicon intensifiers = {Metric::intensifiers, "intensifiers", "en", entries};

}  // namespace aria_focus::core::contract
