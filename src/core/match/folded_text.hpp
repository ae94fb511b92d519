// A message as the matcher reads it: folded, piece by piece.
//
//   message   "Deploy  the ÉTUDE"       characters as they came
//   text()    "deploy the étude"        in NFC, case folded, each run of white space one space, each hyphen
//                                       a space, too (all but the case left as it is, under plain
//                                       semantics), in UTF-8
//   joining   "111111.111.111111"       by byte: of a letter, digit or mark that joins its neighbours
//   starts    "1......1...1....."       by byte: a word may start here
//   inside    "................."       by byte: within a canonical cluster or a flag, where no hit has an end
//
// A keyword folded the same way is then found by comparing bytes, and a word boundary is where two
// neighbouring `joining` bits are not both set (a character of a script without spaces joins nothing). What a
// space of the text was is asked when a keyword with spaces or hyphens has been found: separator().
// ASCII runs through the kernel's loops; other characters are looked at one by one, and only where one of
// them extends the one before, or is not in NFC, a whole cluster is (text/cluster.hpp).
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
#include "core/text/cluster.hpp"
#include "core/text/unicode.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace aria_focus::core::match {

// What stands in a message where its folded text has a space.
enum class Separator : std::uint8_t {
    space,
    hyphen,  // a hyphen that also stands for a space between two words
    dash,    // one that does not
};

class FoldedText {
  public:
    // Where positions start in the window: on a cache line, so that kernels load what they have stored.
    static constexpr std::size_t first = 64;
    // How many positions a window has at most: the last one of a message has the most. In NFC, 100
    // characters take 1,200 bytes at most.
    static constexpr std::size_t lookahead = 1344;
    static constexpr std::size_t positions = 4096 + lookahead;

    // Begins a message, which outlives the scan. `collapse`: as text() says; else only case is folded.
    void start(std::string_view message, bool collapse, const Kernel& kernel);

    // Moves the window on; false where nothing is left.
    bool next(Ticker& ticker);

    // The window's bits, for the kernel.
    TextBits bits() const noexcept { return {text_, joining_, starts_}; }
    // The folded text at a position; all up to the message's end and 64 zeros, or 1,343 bytes: a mark that the
    // next window begins with may change the last one.
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

    // True if the window has such positions at all.
    bool has_inside() const noexcept { return has_inside_; }
    // True if this position lies within a cluster or a flag.
    bool is_inside(std::size_t position) const noexcept {
        return has_inside_ && bit_at(inside_, position);
    }
    // True if some separator of the message may be a dash.
    bool has_dashes() const noexcept { return has_dashes_; }
    // What stands in the message at a space of the text.
    Separator separator(std::size_t position) const noexcept;

    // Where what starts at a position starts in the message, in bytes.
    std::uint32_t original(std::size_t position) const noexcept {
        return shifts_.empty() ? origin_ + static_cast<std::uint32_t>(position - first)
                               : shifted(position, false);
    }
    // Where what ends at a position ends in the message: absent characters may lie between the two.
    std::uint32_t original_end(std::size_t position) const noexcept {
        return shifts_.empty() ? origin_ + static_cast<std::uint32_t>(position - first)
                               : shifted(position, true);
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
    // Bytes that a cluster has at most, or what is kept of it.
    static constexpr std::size_t longest_cluster = 4 * text::Cluster::most;
    static constexpr std::size_t capacity = full + longest_cluster + 128;
    static_assert(full + longest_cluster <= 0x2000);  // kernel.hpp: candidate::position

    // From this position on, positions of the message are at another distance.
    struct Shift {
        std::size_t position;
        std::uint32_t original;
        std::uint32_t before;  // where what ends here ends
    };
    // Bytes of characters beyond ASCII with one property.
    struct Stretch {
        std::size_t begin;
        std::size_t end;
    };

    // Takes a message that is ASCII without anything unusual as a whole, if there is room.
    bool take_whole();
    // Forgets what was noted of characters beyond ASCII.
    void forget_wide() noexcept;
    // Drops what was looked at.
    void drop_positions();
    // Folds as much of the message as there is room for.
    void fill(Ticker& ticker);
    // Folds characters one by one until the kernel can go on.
    void fold_unusual(Ticker& ticker);
    // The same where nothing but case is folded.
    void fold_plainly(Ticker& ticker);
    // True if the character to be folded next stands behind one of ASCII, no white space, that is folded already.
    bool is_behind_ascii() const noexcept;
    // Takes one character of white space.
    void take_space(unsigned length);
    // Takes a character that is a cluster of its own.
    void take_character(char32_t character, text::unicode::Properties found, unsigned length);
    // Takes the cluster that comes next.
    void take_cluster(Ticker& ticker);
    // Writes the characters of a cluster.
    void put_cluster(bool has_base);
    // Writes a character; `is_inside`: of a cluster that has begun.
    void put_character(char32_t character, text::unicode::Properties found, bool is_inside);
    // Writes a byte that no keyword has, for what is cut off a cluster.
    void put_cut(bool is_inside);
    // Notes what a written character is for its neighbours.
    void note_word(std::size_t begin, bool is_lone);
    // True for the first position of the message.
    bool is_at_start(std::size_t position) const noexcept {
        return position == first && passed_ == 0;
    }
    // Where a position was, or what ends there, behind characters that are of another size in the message.
    std::uint32_t shifted(std::size_t position, bool is_end) const noexcept;
    // Notes that positions from here on are at another distance; what ends here ends at `before`.
    void note_shift(const char* before);
    // Notes that absent characters lie between what ends here and what starts here.
    void note_gap(const char* from, const char* to);
    // Sets the bits of the window.
    void classify();
    // Bytes of the message before this place.
    std::uint32_t offset(const char* place) const noexcept {
        return static_cast<std::uint32_t>(place - begin_);
    }

    alignas(64) char text_[capacity] = {};
    std::uint64_t joining_[capacity / 64 + 2] = {};
    std::uint64_t starts_[capacity / 64 + 2] = {};
    std::uint64_t inside_[capacity / 64 + 2] = {};  // valid if inside_wide_ has any
    const Kernel* kernel_ = nullptr;
    const char* begin_ = nullptr;  // the message
    const char* next_ = nullptr;   // what is to be folded next
    const char* end_ = nullptr;
    bool collapse_ = false;
    bool is_plain_ = true;  // nothing is noted that forget_wide() would forget
    bool has_dashes_ = false;
    bool has_inside_ = false;             // as inside_wide_ says
    mutable std::size_t last_shift_ = 0;  // where shifted() looked last: hits come in order, nearly
    bool after_space_ = false;      // the last folded byte stands for white space that may go on
    bool after_half_flag_ = false;  // the last character is a regional indicator without its second
    std::size_t limit_ = first;
    std::size_t filled_ = first;
    std::uint32_t origin_ = 0;            // of position `first` in the message
    std::uint64_t passed_ = 0;            // folded bytes before it
    std::vector<Shift> shifts_;           // ascending
    std::vector<Stretch> joining_wide_;   // ascending
    std::vector<std::size_t> lone_wide_;  // first bytes of characters that join nothing, ascending
    std::size_t lone_end_ = 0;            // behind the last character of such a script
    std::vector<std::size_t> inside_wide_;  // first bytes of characters within clusters, ascending
    text::Cluster cluster_;
};

}  // namespace aria_focus::core::match
