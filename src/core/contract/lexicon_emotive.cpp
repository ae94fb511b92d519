// Emotive words: feelings of the one who speaks, and cuteness. Words that report somebody's feelings in an
// ordinary way ("sad", "happy", "angry", "love") stand in a phrase of the speaker's.
#include "core/contract/lexicon.hpp"

namespace aria_focus::core::contract {

namespace {

constexpr LexiconEntry entries[] = {
    {"i love"},          {"we love"},         {"love it"},        {"i hate"},
    {"i'm thrilled"},    {"i am thrilled"},   {"we're thrilled"}, {"we are thrilled"},
    {"i'm so excited"},  {"i am so excited"}, {"so excited"},     {"super excited"},
    {"can't wait"},      {"so happy"},        {"so sad"},         {"so glad"},
    {"so sorry"},        {"so proud"},        {"over the moon"},  {"heartbreaking"},
    {"heartbroken"},     {"heartwarming"},    {"devastating"},    {"devastated"},
    {"horrifying"},      {"horrible"},        {"terrifying"},     {"awful"},
    {"terrible"},        {"disgusting"},      {"outrageous"},     {"shocking"},
    {"wonderful"},       {"fantastic"},       {"fabulous"},       {"marvelous"},
    {"gorgeous"},        {"adorable"},        {"cutest"},         {"cute"},
    {"beautiful"},       {"beloved"},         {"delightful"},     {"joy"},
    {"magnificent"},     {"good vibes"},      {"good vibe"},      {"dreamed of"},
    {"breaks my heart"}, {"what a disaster"}, {"trust me"},       {"sick of"},
    {"fed up with"},     {"mind-boggling"},   {"hug it"},         {"bless you"},
};

}  // namespace

constinit const Lexicon emotive = {Metric::emotive, "emotive", "en", entries};

}  // namespace aria_focus::core::contract
