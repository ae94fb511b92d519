// core_bench DIRECTORY [--quick]: our matcher against libraries, over the sets that make_sets.py wrote.
// Prints a measurement a line, columns separated by tabs, for report.py.
//
// core_bench DIRECTORY --only SET MESSAGES: ours alone for some seconds, to be looked at with perf.
#include "engine.hpp"
#include "sets.hpp"
#include "timer.hpp"

#include <malloc.h>
#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>

namespace aria_focus::bench {
namespace {

constexpr std::array<const char*, 3> message_sets = {"short", "medium", "long"};
constexpr std::size_t guard_bytes = 300'000;

// What the command line says.
struct Run {
    std::string directory;
    bool quick;
    double race_seconds;

    // A message set by name.
    Messages messages(const std::string& name) const {
        return read_messages(directory + "/messages." + name);
    }
    // A keyword set by name.
    KeywordSet keywords(const std::string& name) const {
        return read_keywords(directory + "/keywords." + name, name);
    }
};

// One line of output.
void print(const char* kind, const std::string& set, const std::string& what,
           const std::string& engine, double value) {
    std::printf("%s\t%s\t%s\t%s\t%.6g\n", kind, set.c_str(), what.c_str(), engine.c_str(), value);
    std::fflush(stdout);
}

// Bytes that this process has on the heap.
double heap_bytes() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

// Builds an engine, prints what it took for each keyword, and adds it to those that race.
template <class Make>
void build(const KeywordSet& set, std::vector<EnginePtr>& engines, Make&& make, int tries) {
    EnginePtr engine;
    double best = 1e9;
    double heap = 0;
    for (double used = 0; tries > 0 && used < 2; --tries) {
        engine.reset();
        const double before = heap_bytes();
        const double seconds = seconds_of([&] { engine = make(set); });
        if (!engine) return;
        heap = heap_bytes() - before;
        best = std::min(best, seconds);
        used += seconds;
    }
    const auto keywords = static_cast<double>(set.size());
    print("compile", set.name, "ns per keyword", engine->name(), best * 1e9 / keywords);
    if (engine->memory() != 0) {
        print("memory", set.name, "bytes", engine->name(), static_cast<double>(engine->memory()));
    }
    print("heap", set.name, "bytes", engine->name(), heap);
    engines.push_back(std::move(engine));
}

// Ours first, then every peer that is there and makes sense at this size.
std::vector<EnginePtr> build_all(const KeywordSet& set) {
    std::vector<EnginePtr> engines;
    make_ours(set);  // parses once, outside of the time
    build(set, engines, make_ours, 5);
    build(set, engines, make_vectorscan, set.size() > 2000 ? 1 : 3);
    const auto aho = [&](AhoUse use) {
        const auto make = [use](const KeywordSet& keywords) { return make_aho(keywords, use); };
        build(set, engines, make, set.size() > 20000 ? 1 : 3);
    };
    if (set.lists.size() <= 16) aho(AhoUse::dfa_per_list);
    aho(AhoUse::dfa_overlapping);
    aho(AhoUse::nfa_overlapping);
    if (set.lists.size() <= 16) build(set, engines, make_re2, 3);
    return engines;
}

// True for a text in which a character beyond ASCII equals an ASCII letter when case does not count:
// the libraries that fold ASCII only answer differently there.
bool folds_beyond_ascii(std::string_view text) {
    for (const char* sequence : {"\xC4\xB0", "\xC4\xB1", "\xC5\xBF", "\xE2\x84\xAA"}) {
        if (text.find(sequence) != text.npos) return true;
    }
    return false;
}

// All engines find the same under plain semantics; false, with a line, where one does not.
bool guard(const KeywordSet& set, std::span<const EnginePtr> engines, const Messages& messages) {
    std::size_t hits = 0;
    std::size_t bytes = 0;
    for (const std::string& message : messages) {
        if (folds_beyond_ascii(message) || (bytes += message.size()) > guard_bytes) continue;
        const auto expected = engines[0]->plain_hits(message);
        hits += expected.size();
        for (const EnginePtr& engine : engines) {
            if (engine->plain_hits(message) == expected) continue;
            std::fprintf(stderr, "%s: %s finds other hits than ours in: %.200s\n", set.name.c_str(),
                         engine->name().c_str(), message.c_str());
            return false;
        }
    }
    std::fprintf(stderr, "%-18s %zu engines agree on %zu plain hits\n", set.name.c_str(),
                 engines.size(), hits);
    return true;
}

// Races of one keyword set over some messages, in nanoseconds a message.
void race_messages(const Run& run, const KeywordSet& set, std::span<const EnginePtr> engines,
                   const std::string& name) {
    const Messages messages = run.messages(name);
    const auto best = race(engines, messages, run.race_seconds);
    for (std::size_t i = 0; i < engines.size(); ++i) {
        print("race", set.name, name, engines[i]->name(),
              best[i] * 1e9 / static_cast<double>(messages.size()));
    }
}

// One keyword set: what building it takes, whether all agree, how fast they are.
bool bench_set(const Run& run, const std::string& name) {
    const KeywordSet set = run.keywords(name);
    const auto engines = build_all(set);
    print("parse", name, "ns per keyword", "ours",
          seconds_of([&] { parse_only(set); }) * 1e9 / static_cast<double>(set.size()));
    for (const char* messages : {"medium", "typographic"}) {
        if (!guard(set, engines, run.messages(messages))) return false;
    }
    for (const char* messages : message_sets) race_messages(run, set, engines, messages);
    if (name == "stock") race_messages(run, set, engines, "typographic");
    return true;
}

// Ours over short messages with 10 to 10,000 sparse profiles.
void bench_growth(const Run& run) {
    const KeywordSet all = run.keywords("sparse 120,000");
    std::vector<EnginePtr> engines;
    const std::array<std::size_t, 4> sizes = {10, 100, 1000, 10000};
    for (const std::size_t size : sizes) {
        KeywordSet set;
        set.name = "growth " + std::to_string(size);
        set.lists.assign(all.lists.begin(), all.lists.begin() + static_cast<std::ptrdiff_t>(size));
        engines.push_back(make_ours(set));
    }
    const Messages messages = run.messages("short");
    const auto best = race(engines, messages, run.race_seconds);
    for (std::size_t i = 0; i < engines.size(); ++i) {
        print("growth", std::to_string(sizes[i]), "short", "ours",
              best[i] * 1e9 / static_cast<double>(messages.size()));
    }
}

// A text, so many times.
std::string repeat(std::string_view text, std::size_t count) {
    std::string out;
    for (; count > 0; --count) out += text;
    return out;
}

// Texts with their unit 100, 99, ..., 1 times (phrases: 50 times, a space between).
std::vector<std::string> nested(std::string_view unit, std::size_t most) {
    std::vector<std::string> out;
    for (std::size_t i = most; i > 0; --i) {
        out.push_back(repeat(unit, i));
        if (out.back().back() == ' ') out.back().pop_back();
    }
    return out;
}

// One adversarial case: nanoseconds a byte.
bool bench_adversary(const Run& run, const std::string& name, KeywordSet set,
                     const std::string& unit, bool with_peers) {
    set.name = name;
    const Messages messages = {repeat(unit, 16384 / unit.size())};
    std::vector<EnginePtr> engines;
    engines.push_back(make_ours(set));
    if (with_peers) {
        if (EnginePtr peer = make_vectorscan(set)) engines.push_back(std::move(peer));
        if (EnginePtr peer = make_aho(set, AhoUse::dfa_overlapping)) {
            engines.push_back(std::move(peer));
        }
        if (!guard(set, engines, messages)) return false;
    }
    const auto best = race(engines, messages, run.race_seconds / 4);
    for (std::size_t i = 0; i < engines.size(); ++i) {
        print("adversary", name, "ns per byte", engines[i]->name(),
              best[i] * 1e9 / static_cast<double>(messages[0].size()));
    }
    return true;
}

// Keywords and messages that are meant to be slow.
bool bench_adversaries(const Run& run) {
    const KeywordSet stock = run.keywords("stock");
    const KeywordSet one = {"", {nested("a", 100)}, true};
    KeywordSet many = {"", {}, true};
    for (const std::string& text : nested("a", 100)) many.lists.push_back({text});
    const KeywordSet miss = {"", {{repeat("a", 99) + "b", repeat("a", 50) + "b"}}, true};
    const KeywordSet phrases = {"", {nested("a ", 50)}, false};
    const KeywordSet phrase_miss = {"", {{repeat("a ", 49) + "b"}}, false};
    return bench_adversary(run, "a, aa, ... in one profile", one, "a", true) &&
           bench_adversary(run, "a, aa, ... in 100 profiles", many, "a", true) &&
           bench_adversary(run, "99 a and a b, never there", miss, "a", true) &&
           bench_adversary(run, "phrases a a ... a", phrases, "a ", false) &&
           bench_adversary(run, "phrase a a ... b, never there", phrase_miss, "a ", false) &&
           bench_adversary(run, "phrase over long white space", phrase_miss, "a" + repeat(" ", 200),
                           false) &&
           bench_adversary(run, "stock, one letter repeated", stock, "s", true) &&
           bench_adversary(run, "stock, a keyword's start repeated", stock, "sched ", true) &&
           bench_adversary(run, "stock, one emoji repeated", stock, "\xF0\x9F\x8E\xAF", true) &&
           bench_adversary(run, "stock, a long s repeated", stock, "\xC5\xBF", false);
}

// Ours over one keyword set and one message set, for a profiler.
void bench_alone(const Run& run, const std::string& set, const std::string& messages) {
    const KeywordSet keywords = run.keywords(set);
    std::vector<EnginePtr> engines;
    engines.push_back(make_ours(keywords));
    race_messages(run, keywords, engines, messages);
}

// Runs everything; false where engines disagree.
bool run_all(const Run& run) {
    std::vector<std::string> sets = {"stock", "small 96", "sparse 12,000", "dense 12,000",
                                     "sparse 120,000"};
    if (!run.quick) sets.push_back("dense 120,000");
    for (const std::string& set : sets) {
        if (!bench_set(run, set)) return false;
    }
    bench_growth(run);
    return bench_adversaries(run);
}

}  // namespace
}  // namespace aria_focus::bench

// Exit status: 0, or 1 where engines disagree or something is wrong.
int main(int count, char** arguments) {
    using namespace aria_focus::bench;
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.empty()) return 1;
    const bool quick = words.size() > 1 && words[1] == "--quick";
    const Run run{words[0], quick, quick ? 0.3 : 4.0};
    try {
        if (words.size() == 4 && words[1] == "--only") {
            bench_alone(run, words[2], words[3]);
            return 0;
        }
        return run_all(run) ? 0 : 1;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "error: %s\n", error.what());
        return 1;
    }
}
