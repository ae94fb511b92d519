// Courtesy: words of thanks, welcome and care, for the suggestion that a warm text has some.
#include "core/contract/lexicon.hpp"

namespace aria_focus::core::contract {

namespace {

constexpr LexiconEntry entries[] = {
    {"please"},
    {"thank you"},
    {"thanks"},
    {"thank"},
    {"welcome"},
    {"glad"},
    {"happy to"},
    {"sorry"},
    {"appreciate"},
    {"grateful"},
    {"congratulations"},
    {"congrats"},
    {"well done"},
    {"great job"},
    {"good job"},
    {"great work"},
    {"nice work"},
    {"you're doing great"},
    {"you are doing great"},
    {"don't worry"},
    {"no worries"},
    {"take your time"},
    {"feel free"},
    {"hesitate to"},
    {"here to help"},
    {"here for you"},
    {"you've got this"},
    {"you can do"},
    {"i understand"},
    {"we understand"},
    {"lovely"},
    {"kind of you"},
    {"good luck"},
    {"enjoy"},
    {"cheers"},
    {"hi"},
    {"dear"},
    {"merci"},
    {"we hope"},
    {"i hope"},
    {"hope you"},
    {"hello,"},
    {"hello!"},
    {"through it together"},
    {"this together"},
    {"happy exploring"},
    {"happy coding"},
};

}  // namespace

constinit const Lexicon courtesy = {Metric::courtesy, "courtesy", "en", entries};

}  // namespace aria_focus::core::contract
