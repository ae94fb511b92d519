// Any message: the judgement against the one recomputed from the rules. The first byte is the number of
// domains; \x in the message is a word of the rules.
#include "fuzz.hpp"
#include "support/naive_escalation.hpp"

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::route;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// Every word of the rules.
const std::vector<std::string>& rule_words() {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> out;
        for (const NaiveSign& sign : naive_signs()) {
            for (const OracleEntry& entry : sign.entries) out.push_back(to_utf8(entry.text));
        }
        return out;
    }();
    return words;
}

// The input with the words put in that it names.
std::string message_of(std::string_view input) {
    std::string out;
    for (std::size_t i = 0; i < input.size(); ++i) {
        if (input[i] != '\\' || i + 1 == input.size()) {
            out += input[i];
            continue;
        }
        const auto number = static_cast<unsigned char>(input[++i]);
        const std::string& word = rule_words()[(number & 0x7F) % rule_words().size()];
        out += varied(word, (number & 0x80) != 0, (number & 0x80) != 0);
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static MatcherScratch scratch;
    static Ticker ticker;
    static const EscalationRules rules(ticker);
    if (size == 0) return 0;
    const std::size_t domains = data[0] % 10;
    const std::string message = message_of({reinterpret_cast<const char*>(data) + 1, size - 1});
    const Escalation found = rules.assess(message, domains, scratch, ticker);
    const auto words = [&] {
        return std::to_string(domains) + " domains, <" + shown(message) + ">";
    };
    expect_equal(line_of(found), naive_judgement(utf8::to_code_points(message), domains), words);
    Thousandths sum;
    for (const EscalationPart& part : found.used_parts()) sum += part.value;
    if (sum != found.score) differ("the parts do not add up: " + words());
    return 0;
}
