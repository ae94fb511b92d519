// Every kernel against code that goes byte by byte, in buffers without a byte to spare, so that the
// address sanitizer sees a step beyond what a kernel may read.
#include "core/match/kernel.hpp"

#include "core/base/bytes.hpp"
#include "core/text/unicode.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::core::match;
using namespace aria_focus::core::text;
using namespace aria_focus::test;

namespace {

// What is allowed behind the text that a kernel is given.
constexpr std::size_t writable_behind = 64;
constexpr std::size_t taken_behind = 128;  // by take()
constexpr std::size_t readable_behind = 128;

// What Kernel::fold does, in words.
std::string naive_fold(std::string_view in, bool collapse, bool after_space) {
    std::string out;
    for (const char byte : in) {
        const auto c = static_cast<unsigned char>(byte);
        if (c >= 0x80) break;
        const bool is_space = unicode::is_white_space(c);
        if (collapse && is_space && after_space) break;
        const bool becomes_space = collapse && (is_space || c == '-');
        out += becomes_space ? ' ' : static_cast<char>(unicode::fold(c));
        after_space = is_space;
    }
    return out;
}

// Fails where a kernel folds a text otherwise, or writes too far.
void check_fold(const Kernel& kernel, const std::vector<char>& in, bool collapse,
                bool after_space) {
    constexpr char untouched = '\x5A';
    const std::string expected = naive_fold({in.data(), in.size()}, collapse, after_space);
    std::vector<char> out(in.size() + writable_behind + 32, untouched);
    const std::size_t done = kernel.fold(in.data(), in.size(), out.data(), collapse, after_space);
    const bool is_kept =
        std::all_of(out.end() - 32, out.end(), [](char byte) { return byte == untouched; });
    if (is_kept && done == expected.size() &&
        std::equal(expected.begin(), expected.end(), out.begin())) {
        return;
    }
    FAIL("seed " << seed() << ' ' << kernel.name << (collapse ? " collapse" : "")
                 << (after_space ? " after_space" : "") << " size " << in.size() << " expected "
                 << expected.size() << " found " << done
                 << (is_kept ? "" : ", wrote too far behind the text"));
}

// The same with every kernel and all flags.
void check_fold(const std::vector<char>& in) {
    for (const Kernel* const kernel : kernels()) {
        for (const bool collapse : {false, true}) {
            check_fold(*kernel, in, collapse, false);
            check_fold(*kernel, in, collapse, true);
        }
    }
}

// True for what joins its neighbours in folded ASCII.
bool joins(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

// Sets the bits of what joins its neighbours and of where words start.
void naive_classify(std::string_view text, std::uint64_t* joining, std::uint64_t* starts) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!joins(text[at])) continue;
        set_bit(joining, at);
        if (at == 0 || !joins(text[at - 1])) set_bit(starts, at);
    }
}

// Fails where a kernel takes a message otherwise; true if it is taken.
bool check_take(const Kernel& kernel, const std::vector<char>& in, bool collapse) {
    constexpr std::uint64_t untouched = 0x5A5A'5A5A'5A5A'5A5A;
    const std::string expected = naive_fold({in.data(), in.size()}, collapse, false);
    const std::size_t words = in.size() / 64 + 2;
    std::vector<std::uint64_t> joining(words + 1), starts(words + 1);
    naive_classify(expected, joining.data(), starts.data());
    joining.back() = starts.back() = untouched;
    std::vector<std::uint64_t> found_joining(words + 1, untouched), found_starts = found_joining;
    std::vector<char> out(in.size() + taken_behind, 'Z');
    const bool is_taken = kernel.take(in.data(), in.size(), out.data(), collapse,
                                      found_joining.data(), found_starts.data());
    if (is_taken != (expected.size() == in.size())) {
        FAIL("seed " << seed() << ' ' << kernel.name << " size " << in.size());
    }
    if (!is_taken) return false;
    const bool is_same = std::equal(expected.begin(), expected.end(), out.begin()) &&
                         std::string_view(out.data() + in.size(), 64) == std::string(64, '\0') &&
                         found_joining == joining && found_starts == starts;
    if (!is_same) FAIL("seed " << seed() << ' ' << kernel.name << " size " << in.size());
    return true;
}

// The same with every kernel; returns under how many of the flags it is taken.
std::size_t check_take(const std::vector<char>& in) {
    std::size_t taken = 0;
    for (const Kernel* const kernel : kernels()) {
        taken = 0;
        for (const bool collapse : {false, true})
            taken += check_take(*kernel, in, collapse) ? 1 : 0;
    }
    return taken;
}

// A text of bytes that the kernels tell apart, mostly folded already; without `wide`, of ASCII.
std::vector<char> random_bytes(Random& random, std::size_t size, std::size_t unusual, bool wide) {
    constexpr std::string_view usual = "abcxyz0189-. ";
    std::vector<char> out(size);
    for (char& byte : out) {
        byte = random.once_in(unusual) ? static_cast<char>(random.below(wide ? 256 : 128))
                                       : random.pick(usual);
    }
    return out;
}

// A text, its bits, and what is asked: the input of Kernel::find, of exactly the allowed sizes.
struct Question {
    std::size_t first;
    std::size_t last;
    std::vector<char> text;
    std::vector<std::uint64_t> joining;
    std::vector<std::uint64_t> starts;
    std::vector<std::uint32_t> keys;
    unsigned shift;
    std::vector<std::uint64_t> open_keys;
    std::array<std::uint8_t, 256> open_bytes;
    std::vector<std::uint8_t> first_bytes;
    bool every_position;

    KeyProbe probe() const {
        return {keys.data(),
                shift,
                open_keys.empty() ? nullptr : open_keys.data(),
                open_bytes.data(),
                first_bytes.data(),
                static_cast<unsigned>(first_bytes.size()),
                every_position};
    }
    TextBits bits() const { return {text.data(), joining.data(), starts.data()}; }
};

// A random set, one bit in 2 to `share`-th power.
template <class Word = std::uint64_t>
std::vector<Word> random_set(Random& random, std::size_t words, std::size_t share) {
    std::vector<Word> out(words, static_cast<Word>(~Word{0}));
    for (Word& word : out) {
        for (std::size_t i = 0; i < share; ++i)
            word &= static_cast<Word>(random.below(~std::size_t{0}));
    }
    return out;
}

// A question over positions [first, last).
Question random_question(Random& random, std::size_t first, std::size_t last) {
    Question out{first,
                 last,
                 random_bytes(random, last + readable_behind, 4, true),
                 {},
                 {},
                 {},
                 0,
                 {},
                 {},
                 {},
                 random.once_in(4)};
    const std::size_t words = (last + 63) / 64 + 2;
    out.joining = random_set(random, words, random.below(3));
    out.starts = random_set(random, words, random.below(4));
    const unsigned key_words = random.once_in(8) ? 16 : 10;  // as a power of two
    out.shift = 32 - key_words;
    out.keys = random_set<std::uint32_t>(random, std::size_t{1} << key_words, random.below(5));
    if (random.once_in(2)) {
        out.open_keys = random_set(random, 65536 / 64, random.between(1, 4));
        for (std::uint8_t& is_open : out.open_bytes) is_open = random.once_in(8) ? 1 : 0;
    }
    if (!out.every_position) {
        for (std::size_t count = random.below(5); count > 0; --count) {
            out.first_bytes.push_back(static_cast<std::uint8_t>(random.pick(out.text)));
        }
    }
    return out;
}

// True if a keyword may start at a position, whatever its key.
bool may_start(const Question& ask, std::size_t at) {
    const auto byte = static_cast<std::uint8_t>(ask.text[at]);
    return ask.every_position || bit_at(ask.starts.data(), at) ||
           std::find(ask.first_bytes.begin(), ask.first_bytes.end(), byte) != ask.first_bytes.end();
}

// The first bytes of a position as a number.
std::uint64_t key_at(const Question& ask, std::size_t at, std::size_t size) {
    std::uint64_t key = 0;
    for (std::size_t i = size; i-- > 0;) {
        key = key << 8 | static_cast<unsigned char>(ask.text[at + i]);
    }
    return key;
}

// What Kernel::find does, in words.
std::vector<std::uint64_t> naive_find(const Question& ask) {
    std::vector<std::uint64_t> out;
    const auto has_key = [&](std::uint64_t key) {
        const std::uint32_t print = fingerprint(key);
        return (ask.keys[print >> ask.shift] >> (print % 32) & 1) != 0;
    };
    for (std::size_t at = ask.first; at < ask.last; ++at) {
        if (!may_start(ask, at)) continue;
        std::size_t word = 0;
        while (word < 4 && bit_at(ask.joining.data(), at + word)) ++word;
        const auto add = [&](std::uint64_t key, unsigned kind) {
            if (has_key(key)) out.push_back(std::uint64_t{fingerprint(key)} << 32 | at | kind);
        };
        add(key_at(ask, at, 6), candidate::is_long);
        add(key_at(ask, at, word == 0 ? 4 : word), candidate::is_short);
        if (ask.open_keys.empty()) continue;
        const bool is_open = bit_at(ask.open_keys.data(), open_bit(key_at(ask, at, 3)));
        if (is_open || ask.open_bytes[key_at(ask, at, 1)] != 0) {
            out.push_back(at | candidate::is_open);
        }
    }
    return out;
}

// Fails where a kernel finds something else; returns how much there is.
std::size_t check_find(const Question& ask) {
    const std::vector<std::uint64_t> expected = naive_find(ask);
    for (const Kernel* const kernel : kernels()) {
        std::vector<std::uint64_t> found(candidate::most * (ask.last - ask.first) +
                                         candidate::spare);
        found.resize(kernel->find(ask.probe(), ask.bits(), ask.first, ask.last, found.data()));
        if (found == expected) continue;
        const auto [here, there] =
            std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
        FAIL("seed " << seed() << ' ' << kernel->name << " [" << ask.first << ',' << ask.last
                     << "): " << found.size() << " for " << expected.size()
                     << " candidates; the first that differs is number " << here - found.begin());
    }
    return expected.size();
}

}  // namespace

TEST_CASE("kernel: the plainest comes first, each has a name of its own", "[kernel]") {
    REQUIRE(!kernels().empty());
    CHECK(std::string_view(kernels().front()->name) == "swar");
    CHECK(&best_kernel() == kernels().back());
    for (std::size_t i = 1; i < kernels().size(); ++i) {
        CHECK(std::string_view(kernels()[i]->name) != kernels()[i - 1]->name);
    }
#ifdef __x86_64__
    CHECK(kernels().size() >= 2);
#endif
}

TEST_CASE("kernel: every byte at every place is folded the same", "[kernel]") {
    for (const std::size_t size : {1, 7, 8, 9, 16, 31, 33, 40, 64, 71}) {
        std::vector<char> in(size, 'x');
        for (std::size_t at = 0; at < size; ++at) {
            for (unsigned byte = 0; byte < 256; ++byte) {
                in[at] = static_cast<char>(byte);
                check_fold(in);
            }
            in[at] = 'x';
        }
    }
}

TEST_CASE("kernel: every pair of white space at every place is folded the same", "[kernel]") {
    constexpr std::string_view spaces = " \t\n\v\f\r";
    for (const std::size_t size : {2, 8, 17, 32, 50, 65}) {
        std::vector<char> in(size, 'X');
        for (std::size_t at = 0; at + 1 < size; ++at) {
            for (const char left : spaces) {
                for (const char right : spaces) {
                    in[at] = left;
                    in[at + 1] = right;
                    check_fold(in);
                }
            }
            in[at] = in[at + 1] = 'X';
        }
    }
}

TEST_CASE("kernel: texts of all sizes are folded the same", "[kernel][random]") {
    Random random(83);
    for (std::size_t size = 0; size <= 200; ++size) {
        for (int round = 0; round < 20; ++round) {
            check_fold(random_bytes(random, size, 2 + random.below(100), random.once_in(2)));
        }
    }
}

TEST_CASE("kernel: whole messages are taken the same", "[kernel][random]") {
    Random random(87);
    std::size_t taken = 0;
    for (std::size_t size = 0; size <= 330; ++size) {
        for (int round = 0; round < 20; ++round) {
            const std::size_t unusual = random.once_in(4) ? 2 : 10 * size + 1;
            taken += check_take(random_bytes(random, size, unusual, random.once_in(2)));
        }
    }
    CHECK(taken > 5'000);
}

TEST_CASE("kernel: one byte that stops is enough, wherever it is", "[kernel]") {
    for (const std::size_t size : {1, 31, 64, 65, 100, 128, 130}) {
        std::vector<char> in(size, 'x');
        for (std::size_t at = 0; at < size; ++at) {
            in[at] = '\x80';
            CHECK(check_take(in) == 0);
            in[at] = ' ';
            CHECK(check_take(in) == 2);
            if (at + 1 < size) {
                in[at + 1] = '\n';
                CHECK(check_take(in) == 1);
                in[at + 1] = 'x';
            }
            in[at] = 'x';
        }
    }
}

TEST_CASE("kernel: bytes are classified the same", "[kernel][random]") {
    Random random(84);
    for (int round = 0; round < 2'000; ++round) {
        const std::size_t blocks = random.below(6);
        std::vector<char> text = random_bytes(random, 64 * blocks, 1 + random.below(20), true);
        if (round < 256 * 5) {
            std::fill(text.begin(), text.end(), static_cast<char>(round % 256));
        }
        std::vector<std::uint64_t> joining(blocks);
        std::vector<std::uint64_t> starts(blocks);
        naive_classify({text.data(), text.size()}, joining.data(), starts.data());
        for (const Kernel* const kernel : kernels()) {
            std::vector<std::uint64_t> found_joining(blocks, random.below(~std::size_t{0}));
            std::vector<std::uint64_t> found_starts(blocks, random.below(~std::size_t{0}));
            kernel->classify(text.data(), blocks, found_joining.data(), found_starts.data());
            if (found_joining == joining && found_starts == starts) continue;
            FAIL("seed " << seed() << ' ' << kernel->name << " round " << round);
        }
    }
}

TEST_CASE("kernel: the same candidates are found", "[kernel][random]") {
    Random random(85);
    std::size_t found = 0;
    for (int round = 0; round < 6'000; ++round) {
        const std::size_t first = 8 * random.below(10);
        found += check_find(random_question(random, first, first + random.below(300)));
    }
    CHECK(found > 100'000);
}

TEST_CASE("kernel: the same candidates are found up to the last position", "[kernel][random]") {
    Random random(86);
    for (int round = 0; round < 40; ++round) {
        check_find(random_question(random, 8 * random.below(100), candidate::position + 1));
    }
}

TEST_CASE("kernel: fingerprints are of six bytes, open keys of three", "[kernel]") {
    CHECK(fingerprint(0x1122'6665'6463'6261) == fingerprint(0x6665'6463'6261));
    CHECK(fingerprint(0x6665'6463'6261) != fingerprint(0x6666'6463'6261));
    CHECK(open_bit(0x4463'6261) == open_bit(0x63'6261));
    CHECK(open_bit(0x63'6261) != open_bit(0x64'6261));
    for (std::uint64_t key = 0; key < 0x1000000; key += 0xFFF) {
        if (open_bit(key) >= 65536) FAIL(key);
    }
}
