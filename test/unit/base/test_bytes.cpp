// Words of bytes and sets of bits against code that goes byte by byte and bit by bit.
#include "core/base/bytes.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace aria_focus::core;
using namespace aria_focus::test;

namespace {

// Some bytes, every value among them.
std::vector<char> random_bytes(Random& random, std::size_t size) {
    std::vector<char> out(size);
    for (char& byte : out) byte = static_cast<char>(random.below(256));
    return out;
}

// A number from `size` bytes, the first one lowest.
std::uint64_t number_of(const char* at, std::size_t size) {
    std::uint64_t out = 0;
    for (std::size_t i = size; i-- > 0;) out = out * 256 + static_cast<unsigned char>(at[i]);
    return out;
}

}  // namespace

TEST_CASE("bytes: words hold the first byte lowest", "[bytes]") {
    Random random(80);
    for (int round = 0; round < 200; ++round) {
        // Of their own size, so that the address sanitizer sees a step beyond them.
        for (std::size_t before = 0; before < 8; ++before) {
            const std::vector<char> four = random_bytes(random, before + 4);
            const std::vector<char> eight = random_bytes(random, before + 8);
            CHECK(load32(four.data() + before) == number_of(four.data() + before, 4));
            CHECK(load64(eight.data() + before) == number_of(eight.data() + before, 8));
        }
    }
    CHECK(load32("abcd") == 0x64636261);
    CHECK(load64("\xFF-------") == 0x2D2D2D2D2D2D2DFF);
}

TEST_CASE("bytes: masks of the first bytes", "[bytes]") {
    const std::string_view ones = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
    for (std::size_t size = 0; size <= 8; ++size) {
        INFO(size);
        CHECK(low_bytes[size] == number_of(ones.data(), size));
    }
}

TEST_CASE("bytes: texts are equal up to their size, whatever lies behind", "[bytes]") {
    Random random(81);
    for (std::size_t size = 0; size <= 100; ++size) {
        INFO(size);
        const std::vector<char> one = random_bytes(random, size + 8);
        std::vector<char> other = one;
        for (std::size_t at = size; at < other.size(); ++at) other[at] ^= 1;
        CHECK(equal_bytes(one.data(), other.data(), size));
        for (std::size_t at = 0; at < size; ++at) {
            const char kept = other[at];
            other[at] ^= static_cast<char>(1u << random.below(8));
            if (equal_bytes(one.data(), other.data(), size)) FAIL("differs at " << at);
            other[at] = kept;
        }
    }
}

TEST_CASE("bytes: bits of a set", "[bytes]") {
    Random random(82);
    for (const std::size_t share : {1, 2, 64}) {
        constexpr std::size_t size = 64 * 5;
        std::vector<bool> plain(size + 64);
        std::vector<std::uint64_t> words(size / 64 + 1);
        for (std::size_t at = 0; at < size; ++at) {
            if (!random.once_in(share)) continue;
            plain[at] = true;
            set_bit(words.data(), at);
        }
        for (std::size_t at = 0; at < size; ++at) {
            INFO(share << ' ' << at);
            CHECK(bit_at(words.data(), at) == plain[at]);
            const std::uint64_t found = bits_from(words.data(), at);
            // From here to the end of the byte-wise load there are 57 bits at least.
            std::uint64_t expected = 0;
            for (std::size_t i = 0; i < 57; ++i) expected |= std::uint64_t{plain[at + i]} << i;
            CHECK((found & ~std::uint64_t{0} >> 7) == expected);
        }
    }
}

TEST_CASE("bytes: adding a bit keeps the others", "[bytes]") {
    std::vector<std::uint64_t> words(3);
    set_bit(words.data(), 0);
    set_bit(words.data(), 63);
    set_bit(words.data(), 64);
    set_bit(words.data(), 191);
    set_bit(words.data(), 191);
    CHECK(words == std::vector<std::uint64_t>{0x8000000000000001, 1, 0x8000000000000000});
}
