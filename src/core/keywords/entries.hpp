// Which entries of keyword lists are the same: equal after case folding, as duplicates are told.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/check/json.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace aria_focus::core::keywords {

// Finds for each keyword the entry of a list that has it: its place in the document, from 0.
std::vector<std::optional<std::uint32_t>> find_entries(check::JsonView list,
                                                       std::span<const std::string_view> keywords,
                                                       Ticker& ticker);

// Where an entry stands in two lists; in one of them at least.
struct EntryPair {
    std::optional<std::uint32_t> before;
    std::optional<std::uint32_t> after;
    friend bool operator==(const EntryPair&, const EntryPair&) = default;
};

// Pairs the entries of two lists: those of the later one in its order, then those that it has no more.
std::vector<EntryPair> pair_entries(check::JsonView before, check::JsonView after, Ticker& ticker);

}  // namespace aria_focus::core::keywords
