// A message as the matcher reads it: folded, piece by piece.
//
//   message   "Deploy  the ÉTUDE"       characters as they came
//   text()    "deploy the étude"        case folded, each run of white space one space (or left as
//                                       it is, under plain semantics), in UTF-8
//   joining   "111111.111.111111"       by byte: of a letter, digit or mark that joins its neighbours
//   starts    "1......1...1....."       by byte: a word may start here
//
// A keyword folded the same way is then found by comparing bytes, and a word boundary is where two
// neighbouring `joining` bits are not both set (a character of a script without spaces joins nothing).
// ASCII runs through the kernel's loops; only other characters are looked at one by one.
//
// The window holds some thousand positions and behind them enough bytes for the longest keyword:
//
//   | 64 bytes before | positions to be looked at ... | what may follow | 64 zeros |
//                    first                           limit             filled
#pragma once

#include "core/base/bytes.hpp"
#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/match/kernel.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace aria_focus::core::match {

class FoldedText {
  public:
    // Where positions start in the window: on a cache line, so that kernels load what they have stored.
    static constexpr std::size_t first = 64;
    // How many positions a window has at most: the last one of a message has the most.
    static constexpr std::size_t lookahead = 512;
    static constexpr std::size_t positions = 4096 + lookahead;

    // Begins a message, which outlives the scan. `collapse`: a run of white space is one space.
    void start(std::string_view message, bool collapse, const Kernel& kernel);

    // Moves the window on; false where nothing is left.
    bool next(Ticker& ticker);

    // The window's bits, for the kernel.
    TextBits bits() const noexcept { return {text_, joining_, starts_}; }
    // The folded text at a position; all up to the message's end or 512 bytes, and zeros behind it.
    const char* at(std::size_t position) const noexcept { return text_ + position; }
    // Behind the last position to be looked at.
    std::size_t limit() const noexcept { return limit_; }

    // The length of the word that starts here, as an index of short_key_masks.
    unsigned run(std::size_t position) const noexcept {
        return static_cast<unsigned>(std::countr_one(bits_from(joining_, position) & 15));
    }
    // True if no word boundary lies before this position.
    bool joins(std::size_t position) const noexcept {
        return (bits_from(joining_, position - 1) & 3) == 3;
    }

    // Where a position was in the message, in bytes; it starts a character or ends one.
    std::uint32_t original(std::size_t position) const noexcept {
        return shifts_.empty() ? origin_ + static_cast<std::uint32_t>(position - first)
                               : shifted(position);
    }
    // How many folded bytes of the message lie before a position.
    std::uint64_t distance(std::size_t position) const noexcept {
        return passed_ + (position - first);
    }
    // The position with this distance, or the first of the window where it lies before that.
    std::size_t position(std::uint64_t distance) const noexcept {
        return distance > passed_ ? first + (distance - passed_) : first;
    }

  private:
    static constexpr std::size_t full = first + positions;
    static constexpr std::size_t capacity = full + 128;
    static_assert(full <= 0x2000);  // kernel.hpp: candidate::position

    // From this position on, positions of the message are at another distance.
    struct Shift {
        std::size_t position;
        std::uint32_t original;
    };
    // Bytes of characters beyond ASCII with one property.
    struct Stretch {
        std::size_t begin;
        std::size_t end;
    };

    // Takes a message that is ASCII without anything unusual as a whole, if there is room.
    bool take_whole();
    // Drops what was looked at.
    void drop_positions();
    // Folds as much of the message as there is room for.
    void fill(Ticker& ticker);
    // Folds characters one by one until the kernel can go on.
    void fold_unusual(Ticker& ticker);
    // Takes one character of white space.
    void take_space(unsigned length);
    // Takes any other character.
    void take_character(char32_t character, unsigned length);
    // What original() is behind characters that are of another size in the message.
    std::uint32_t shifted(std::size_t position) const noexcept;
    // Notes that positions from here on are at another distance.
    void note_shift();
    // Sets the bits of the window.
    void classify();
    // Bytes of the message before this place.
    std::uint32_t offset(const char* place) const noexcept {
        return static_cast<std::uint32_t>(place - begin_);
    }

    alignas(64) char text_[capacity] = {};
    std::uint64_t joining_[capacity / 64 + 2] = {};
    std::uint64_t starts_[capacity / 64 + 2] = {};
    const Kernel* kernel_ = nullptr;
    const char* begin_ = nullptr;  // the message
    const char* next_ = nullptr;   // what is to be folded next
    const char* end_ = nullptr;
    bool collapse_ = false;
    bool after_space_ = false;  // the last folded byte stands for white space that may go on
    std::size_t limit_ = first;
    std::size_t filled_ = first;
    std::uint32_t origin_ = 0;            // of position `first` in the message
    std::uint64_t passed_ = 0;            // folded bytes before it
    std::vector<Shift> shifts_;           // ascending
    std::vector<Stretch> joining_wide_;   // ascending
    std::vector<std::size_t> lone_wide_;  // first bytes of characters that join nothing, ascending
};

}  // namespace aria_focus::core::match
