// The inner loops of a scan, once for each instruction set.
//
//   fold      message   -> folded text: ASCII letters made lower-case, as far as nothing unusual comes
//   classify  text      -> one bit for each byte: part of a word? does a word start?
//   take      message   -> both at once, for a message without anything unusual
//   find      starts    -> the positions whose first bytes may start a keyword
//
// They are written once (kernel_code.inc) over a few primitives that each instruction set has in its
// own words; AVX-512 alone has a `find` of its own. Which kernel runs is chosen when a matcher is
// compiled, by what the processor can do. All give the same answers to the bit, which a test compares.
#pragma once

#include "core/base/core_only.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace aria_focus::core::match {

// A text under scan: the loops read up to 128 bytes and two words of bits behind what they are asked for.
struct TextBits {
    const char* text;
    const std::uint64_t* joining;  // by byte: of a letter, digit or mark that joins its neighbours
    const std::uint64_t* starts;   // by byte: a word may start here
};

// What a position must have to be a candidate (key_filter.hpp).
struct KeyProbe {
    const std::uint32_t* keys;  // a bit set over fingerprints of keys
    unsigned shift;             // of a fingerprint, to a word of it; its lowest bits are the bit
    const std::uint64_t* open_keys;   // a bit set over open keys; null: there are none
    const std::uint8_t* open_bytes;   // by first byte, 1 for an open key of one byte
    const std::uint8_t* first_bytes;  // a keyword may start where these are, too
    unsigned first_byte_count;
    bool every_position;  // or anywhere
};

// What of the first eight bytes is a position's short key, by the length of its word: four bytes, or a
// shorter word alone.
inline constexpr std::uint64_t short_key_masks[5] = {0xFFFFFFFF, 0xFF, 0xFFFF, 0xFFFFFF,
                                                     0xFFFFFFFF};

// The factors of the two hashes below (D. E. Knuth, TAOCP vol. 3, 6.4: multiplicative hashing).
inline constexpr std::uint64_t print_factor = 0x9E3779B97F4A7C15u;
inline constexpr std::uint32_t open_factor = 0x9E3779B1u;

// The fingerprint of a key, the first byte lowest; of eight bytes the last two do not count, and so a
// text shows its long key by itself.
constexpr std::uint32_t fingerprint(std::uint64_t key) noexcept {
    return static_cast<std::uint32_t>((key << 16) * print_factor >> 32);
}

// The bit of an open key, three bytes, in a set of 65,536.
constexpr std::uint32_t open_bit(std::uint64_t bytes) noexcept {
    return static_cast<std::uint32_t>(bytes << 8) * open_factor >> 16;
}

// A candidate: a position and one of its keys, which is there, perhaps; the upper half is the key's
// fingerprint, unless it is open.
namespace candidate {
inline constexpr unsigned position = 0x1FFF;
inline constexpr unsigned is_long = 0;
inline constexpr unsigned is_short = 0x2000;
inline constexpr unsigned is_open = 0x4000;
inline constexpr std::size_t most = 3;   // of one position
inline constexpr std::size_t spare = 2;  // room behind the last
}  // namespace candidate

struct Kernel {
    const char* name;
    // Folds up to `size` bytes to `out`, where 64 more may be written; returns how many were read, all
    // of one byte each. Stops at the first byte that is not ASCII and, if `collapse`, at ASCII white
    // space behind white space; other ASCII white space and the hyphen become a space then.
    // `after_space`: white space came before.
    std::size_t (*fold)(const char* in, std::size_t size, char* out, bool collapse,
                        bool after_space);
    // Sets the bits of so many blocks of 64 folded bytes, as far as ASCII goes.
    void (*classify)(const char* text, std::size_t blocks, std::uint64_t* joining,
                     std::uint64_t* starts);
    // Both of a whole message, as if no white space came before: folds it to `out` and puts 64 zeros behind
    // it, where 128 bytes may be written; sets the bits of its blocks and of one more. False where fold()
    // would stop.
    bool (*take)(const char* in, std::size_t size, char* out, bool collapse, std::uint64_t* joining,
                 std::uint64_t* starts);
    // Writes the candidates in [first, last), in order of position, to `out`, which holds
    // candidate::most for each and candidate::spare more; returns how many. `first` is a multiple of 8.
    std::size_t (*find)(const KeyProbe& probe, const TextBits& bits, std::size_t first,
                        std::size_t last, std::uint64_t* out);
};

// The kernels that this processor can run, the plainest first, the fastest last. The first is always
// there.
std::span<const Kernel* const> kernels() noexcept;

// The fastest of them.
inline const Kernel& best_kernel() noexcept {
    return *kernels().back();
}

}  // namespace aria_focus::core::match
