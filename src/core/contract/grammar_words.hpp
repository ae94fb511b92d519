// What the words of an English sentence are, as far as heuristics ask: a closed list for each class.
#pragma once

#include "core/base/core_only.hpp"
#include "core/contract/function_words.hpp"
#include "core/contract/word_table.hpp"

#include <array>
#include <cstdint>

namespace aria_focus::core::contract {

// Bits behind those of function_word.
namespace word_class {
inline constexpr std::uint32_t english = function_word::english;
inline constexpr std::uint32_t be = 1U << 2;          // forms of to be
inline constexpr std::uint32_t verb_form = 1U << 3;   // what makes the word before it a noun
inline constexpr std::uint32_t between = 1U << 4;     // may stand between be and a participle
inline constexpr std::uint32_t participle = 1U << 5;  // irregular past participles
inline constexpr std::uint32_t past = 1U << 6;        // irregular past tenses
inline constexpr std::uint32_t no_past = 1U << 7;     // ends in -ed and is neither
inline constexpr std::uint32_t state = 1U << 8;       // a participle that is an adjective behind be
inline constexpr std::uint32_t order = 1U << 9;       // opens an order in its base form
inline constexpr std::uint32_t lead_in = 1U << 10;    // may stand before the verb of an order
inline constexpr std::uint32_t condition = 1U << 11;  // opens a clause that a comma ends
inline constexpr std::uint32_t please = 1U << 12;     // makes a wish of an order
inline constexpr std::uint32_t determiner = 1U << 13;  // begins the object of a verb
inline constexpr std::uint32_t kind_order = 1U << 14;  // an order that invites or wishes well
}  // namespace word_class

inline constexpr std::array<WordsOfClass, 15> grammar_rows = {{
    function_word_rows[0],
    {word_class::be, "am is are was were be been being isn't aren't wasn't weren't"},
    {word_class::verb_form,
     "is are was were has had have will would can could should may might must isn't aren't wasn't "
     "weren't "
     "of does did do doesn't didn't"},
    {word_class::between,
     "not also now then still already often never always just even only once soon thus therefore "
     "being "
     "been later first well ever almost"},
    {word_class::participle,
     "beaten become begun bent bitten blown born bought bound broken brought built burnt caught "
     "chosen "
     "cut dealt done drawn driven drunk eaten fallen fed felt fought found forbidden forgotten "
     "forgiven "
     "frozen given gone grown heard held hidden hit hung hurt kept known laid led left lent let "
     "lit lost "
     "made meant met overridden overwritten paid proven put read rebuilt ridden risen run rung "
     "said seen "
     "sent set shaken shot shown shrunk shut sold sought spent split spoken spread stolen struck "
     "stuck sung "
     "sunk sworn taken taught thought thrown told torn understood undone upheld withdrawn woken "
     "won worn "
     "woven written"},
    {word_class::past,
     "was were had did ate became began bent bit blew bought broke brought built burnt caught "
     "chose came "
     "clung crept dealt drew drove drank fell fed felt fought found flew forbade forgot froze gave "
     "got went "
     "grew heard held hid hung kept knew laid led left lent lit lost made meant met paid ran rang "
     "rode rose "
     "said sang sank sat saw sent shook shone shot shrank slept slid sold spent spoke spun stole "
     "stood "
     "struck stuck swam swept swore swung taught thought threw told took tore understood woke won "
     "wore wove "
     "withdrew wrote"},
    {word_class::no_past,
     "need feed seed speed bleed breed weed deed creed greed indeed hundred red bed shed led fed "
     "wed exceed "
     "proceed succeed agreed embed sacred kindred naked rugged wicked beloved med unless infrared "
     "speed "
     "newlywed watershed bred fled sped ted fred reed heed steed tweed hatred moped biped ted"},
    {word_class::state,
     "tired excited interested pleased worried delighted concerned bored confused thrilled "
     "supposed "
     "scared married divorced ashamed determined experienced qualified sophisticated advanced "
     "detailed "
     "complicated limited related red located needed ed unlimited crowded talented skilled gifted "
     "surprised amazed relieved disappointed satisfied embarrassed frustrated exhausted annoyed "
     "overwhelmed "
     "done gone used welcome blessed devoted unexpected retired aged biased mixed outdated "
     "unrelated"},
    {word_class::order,
     "accept access achieve activate adapt add adjust admit adopt aim align allocate allow analyze "
     "analyse "
     "answer append apply approve arrange ask assert assign assume attach audit avoid back bake be "
     "begin "
     "block book boost bring browse build buy bypass cache calculate call cancel capture carry "
     "change charge "
     "check choose claim clarify clean clear click clone close collect combine come commit compare "
     "compile "
     "complete compute concentrate configure confirm connect consider contact continue convert "
     "copy correct "
     "count cover create cut debug decide decrease define delete delay deliver deploy describe "
     "design detach "
     "determine develop disable discard disconnect display divide do document double download "
     "draft drag "
     "draw drill drink drive drop dump eat edit eject eliminate email empty enable encrypt end "
     "enforce ensure "
     "enter erase escalate establish estimate evaluate examine exclude execute exit expand expect "
     "explain "
     "explore export expose extend extract fetch file fill filter find finish fix flag flip flush "
     "focus fold "
     "follow force format forward freeze gather generate get give go grab grant group grow guard "
     "handle hang "
     "help hide hire hit hold identify ignore implement import improve include increase inform "
     "initialize "
     "insert inspect install invest invite invoke isolate issue iterate join jump keep kill label "
     "launch "
     "lay lead learn leave limit link list listen load locate lock log look lower maintain make "
     "manage "
     "map mark match measure meet merge migrate mind minimize mix modify monitor mount move mute "
     "name "
     "navigate negotiate note notify obtain offer open order organize organise output override "
     "pack pair "
     "paste patch pause pay perform pick pin ping place plan plug point postpone pour practice "
     "prefer "
     "prepare present preserve press prevent print prioritize proceed process produce protect "
     "prove provide "
     "prune publish pull purge push put query question quit raise rank read rebase reboot rebuild "
     "recall "
     "record recreate reduce refactor refer reflect refresh refuse register reinstall reject "
     "release reload "
     "rely remember remind remove rename render repeat replace report request require reread "
     "reserve reset "
     "resist resize resolve respond restart restore resubmit resume retain retest retry return "
     "reuse revert "
     "review revise revoke rewrite rinse roll rotate round run save say scale scan schedule scroll "
     "search "
     "secure see select sell send separate serve set settle share shift ship show shut sign "
     "simplify skip "
     "slice slow solve sort specify speak spend split spread stage stand start stay stick stop "
     "store "
     "strip structure study submit subscribe subtract support swap switch sync tag take talk "
     "target tell "
     "test think throw tie tighten toggle touch trace track train transfer transform translate "
     "treat trigger "
     "trim trust try tune turn type undo uninstall unlock unplug unsubscribe update upgrade upload "
     "use "
     "validate verify view visit wait walk warn wash watch weigh wipe work wrap write zip hand "
     "simulate "
     "summarize summarise allot attend cite explain rethink treat stir chop preheat sift whisk "
     "simmer"},
    {word_class::lead_in,
     "please then now first next finally also just so always never and but or second third lastly "
     "afterwards instead simply again otherwise not don't kindly still either only carefully "
     "immediately "
     "once"},
    {word_class::condition,
     "if when before after once until unless to for in on at as with while since where whenever "
     "during "
     "without because by from given within under"},
    {word_class::please, "please kindly let's let"},
    {word_class::determiner,
     "a an the this that these those my your his her its our their each every all any some no one "
     "two "
     "three four five it them him us me both more up down out off back only"},
    {word_class::kind_order,
     "enjoy feel hesitate welcome take remember imagine picture relax rest let stay "
     "mind have thank wish hope"},
    {word_class::no_past, "used"},
}};
inline constexpr WordTable<2048> grammar_words{grammar_rows};
static_assert(grammar_words.size() < 1400);

}  // namespace aria_focus::core::contract
