// Lines that stood in the text before, letter by letter.
#pragma once

#include "core/base/core_only.hpp"
#include "core/contract/hits.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_set>

namespace aria_focus::core::contract {

class RepeatedLines {
  public:
    // Counts the line if it is one that was noted before; one of few characters, or without a letter, is an
    // ornament. `at` is where it begins in the text, which outlives this.
    void note(std::string_view line, std::uint32_t at, Hits& hits);

  private:
    static constexpr std::size_t least = 20;  // characters

    std::unordered_set<std::string_view> lines_;
};

}  // namespace aria_focus::core::contract
