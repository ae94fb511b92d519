// Where four characters lead in the trie, so that a walk need not take the first four steps.
#pragma once

#include "core/core_only.hpp"

#include <bit>
#include <cstdint>
#include <vector>

namespace aria_focus::core {

// The place in the trie behind four characters: on the edge to a node, after so many of its tail.
struct Jump {
    std::uint32_t gram;  // the four folded characters, all ASCII; 0: an empty slot
    std::uint32_t node;
    std::uint32_t tail_done;
};

// A hash table with open addressing: built once, then only asked.
class JumpTable {
  public:
    // Makes room for so many jumps.
    explicit JumpTable(std::size_t jumps = 0)
        : slots_(std::bit_ceil(2 * jumps + 1), Jump{0, 0, 0}) {}

    // Adds a jump, unless its gram is there.
    void add(const Jump& jump) {
        Jump& slot = slots_[find_slot(jump.gram)];
        if (slot.gram == 0) slot = jump;
    }

    // The jump of a gram, or null.
    const Jump* find(std::uint32_t gram) const noexcept {
        const Jump& slot = slots_[find_slot(gram)];
        return slot.gram == gram ? &slot : nullptr;
    }

    // Bytes of memory.
    std::size_t memory() const noexcept { return slots_.capacity() * sizeof(Jump); }

  private:
    // Where a gram is, or would be. Half of the slots are empty, so the search ends.
    std::size_t find_slot(std::uint32_t gram) const noexcept {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = (gram * 0x9E3779B1u >> 7) & mask;
        while (slots_[at].gram != 0 && slots_[at].gram != gram) at = (at + 1) & mask;
        return at;
    }

    std::vector<Jump> slots_;
};

}  // namespace aria_focus::core
