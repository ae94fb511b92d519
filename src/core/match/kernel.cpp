// The plain kernel, eight bytes at a time in one 64-bit register (SWAR: H. S. Warren, Hacker's Delight,
// 2nd ed., ch. 6), and the choice among all.
#include "core/match/kernel.hpp"

#include "core/base/bytes.hpp"
#include "core/match/kernel_x86.hpp"

#include <array>

namespace aria_focus::core::match {

namespace {

#include "core/match/kernel_code.inc"

constexpr std::uint64_t ones = 0x0101010101010101u;
constexpr std::uint64_t highs = 0x80 * ones;
constexpr std::uint64_t lows = 0x7F * ones;

// Bit 7 of every byte of `low` that lies in [first, last], both ASCII; `low` has no bit 7 set.
constexpr std::uint64_t in_range(std::uint64_t low, unsigned first, unsigned last) noexcept {
    return (low + (0x80 - first) * ones) & ~(low + (0x7F - last) * ones) & highs;
}

// The bits 7 of eight bytes side by side.
constexpr std::uint64_t gather(std::uint64_t flags) noexcept {
    return (flags >> 7) * 0x0102040810204080u >> 56;
}

struct Swar {
    static constexpr std::size_t width = 8;
    static constexpr bool takes_part = false;

    // Folds eight bytes.
    template <bool collapse>
    static Found fold(const char* in, char* out) {
        std::uint64_t word = load64(in);
        const std::uint64_t low = word & lows;
        const std::uint64_t control_space = in_range(low, 0x09, 0x0D) & ~word;
        const std::uint64_t space = (in_range(low, ' ', ' ') & ~word) | control_space;
        word |= (in_range(low, 'A', 'Z') & ~word) >> 2;
        if constexpr (collapse) {
            const std::uint64_t hyphen = in_range(low, '-', '-') & ~word;
            const std::uint64_t mask = ((control_space | hyphen) >> 7) * 0xFF;
            word = (word & ~mask) | (mask & ' ' * ones);
        }
        const std::uint64_t join = joining(word);
        if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
        std::memcpy(out, &word, 8);
        return {gather(load64(in) & highs), gather(space), join};
    }

    // Letters and digits among eight folded bytes.
    static std::uint64_t joining(const char* folded) { return joining(load64(folded)); }
    static std::uint64_t joining(std::uint64_t word) {
        const std::uint64_t low = word & lows;
        return gather((in_range(low, 'a', 'z') | in_range(low, '0', '9')) & ~word);
    }

    // Bytes equal to one.
    static std::uint64_t equal(const char* text, unsigned char byte) {
        const std::uint64_t word = load64(text) ^ (byte * ones);
        return gather(~(((word & lows) + lows) | word) & highs);
    }
};

constexpr Kernel swar = make_kernel<Swar>("swar");

#ifdef __x86_64__
constexpr std::array<const Kernel*, 4> all = {&swar, &x86::sse2, &x86::avx2, &x86::avx512};

// How many of them the processor can run.
std::size_t usable() noexcept {
    if (!(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
          __builtin_cpu_supports("bmi2"))) {
        return 2;
    }
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                   __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2")
               ? 4
               : 3;
}
#else
constexpr std::array<const Kernel*, 1> all = {&swar};

// All of them.
std::size_t usable() noexcept {
    return all.size();
}
#endif

}  // namespace

std::span<const Kernel* const> kernels() noexcept {
    return std::span(all).first(usable());
}

}  // namespace aria_focus::core::match
