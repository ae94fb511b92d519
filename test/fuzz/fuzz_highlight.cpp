// Any keyword lists on any message: what is marked for each list against a rewriting character by
// character.
#include "fuzz.hpp"
#include "support/naive_highlight.hpp"

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static MatcherScratch scratch;
    const FuzzCase fuzz({reinterpret_cast<const char*>(data), size});
    const std::string& text = fuzz.message();
    const Characterized message(text);
    Ticker ticker;
    const Matcher matcher = Matcher::compile(fuzz.keyword_lists(), Semantics::bounded, ticker);
    for (std::uint32_t list = 0; list < fuzz.lists().size(); ++list) {
        const std::string_view after = size % 3 == 0 ? "" : "</b>";
        const auto hits = collect_hits(matcher, text, scratch, ticker, list);
        expect_equal(marked_text(text, hits, "<b>", after),
                     naive_marked(text, message.offsets, fuzz.lists()[list], message.characters,
                                  "<b>", after),
                     [&] { return "marked by list " + std::to_string(list) + fuzz.words(); });
    }
    return 0;
}
