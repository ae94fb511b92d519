// Any keyword lists on any message: every kernel and both semantics against the naive oracle.
#include "fuzz.hpp"

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::test;

namespace {

// Scans, and compares hit by hit.
void compare(const Matcher& matcher, const FuzzCase& fuzz, const std::vector<Hit>& expected,
             MatcherScratch& scratch, const std::string& how) {
    // In a buffer of its own size, so that the address sanitizer sees a step beyond it.
    const std::vector<char> exact(fuzz.message().begin(), fuzz.message().end());
    Ticker ticker;
    const auto found = collect_hits(matcher, {exact.data(), exact.size()}, scratch, ticker);
    if (std::equal(found.begin(), found.end(), expected.begin(), expected.end(), same)) return;
    expect_equal(to_text(found), to_text(expected), [&] { return how + fuzz.words(); });
    differ("weights, " + how + fuzz.words());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static MatcherScratch scratch;
    const FuzzCase fuzz({reinterpret_cast<const char*>(data), size});
    const Characterized message(fuzz.message());
    std::vector<Hit> plain_hits =
        expected_hits(fuzz.lists(), message.characters, message.offsets, false);
    const auto bounded_hits =
        expected_hits(fuzz.lists(), message.characters, message.offsets, true);
    Ticker ticker;
    for (const Kernel* const kernel : kernels()) {
        const Matcher bounded =
            Matcher::compile(fuzz.keyword_lists(), Semantics::bounded, ticker, *kernel);
        const Matcher plain =
            Matcher::compile(fuzz.keyword_lists(), Semantics::plain, ticker, *kernel);
        compare(bounded, fuzz, bounded_hits, scratch, std::string("bounded, ") + kernel->name);
        compare(plain, fuzz, plain_hits, scratch, std::string("plain, ") + kernel->name);
        if (kernel != &best_kernel()) continue;
        for (Hit& hit : plain_hits) hit.weight = KeywordList::weight_unit;
        compare(compile_plain(bounded, ticker), fuzz, plain_hits, scratch, "plain again");
    }
    return 0;
}
