// What the benchmark lets run against each other: something that finds the hits of a keyword set.
#pragma once

#include "sets.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace aria_focus::bench {

// One counted occurrence under plain semantics: each entry a case-insensitive fragment, of each list
// the leftmost, at one place the first listed, no overlap within a list.
struct PlainHit {
    std::uint32_t begin;
    std::uint32_t list;
    std::uint32_t end;
    friend auto operator<=>(const PlainHit&, const PlainHit&) = default;
};

class Engine {
  public:
    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    virtual ~Engine() = default;

    // As the tables call it.
    virtual std::string name() const = 0;
    // Finds and counts the hits of all messages: what is timed. Returns how many there are.
    virtual std::uint64_t run(std::span<const std::string> messages) = 0;
    // The hits of a message under plain semantics, sorted: what is compared.
    virtual std::vector<PlainHit> plain_hits(std::string_view message) = 0;
    // Bytes of the compiled form; 0 where nobody knows.
    virtual std::size_t memory() const { return 0; }
};

using EnginePtr = std::unique_ptr<Engine>;

// Ours: full semantics, evidence per profile.
EnginePtr make_ours(const KeywordSet& set);
// The part of it that reads the lists from JSON; returns the number of keywords.
std::size_t parse_only(const KeywordSet& set);

// The peers; null where the library is missing.
EnginePtr make_vectorscan(const KeywordSet& set);
EnginePtr make_re2(const KeywordSet& set);

// How the Rust peer is used.
enum class AhoUse { dfa_per_list, dfa_overlapping, nfa_overlapping };
EnginePtr make_aho(const KeywordSet& set, AhoUse use);

}  // namespace aria_focus::bench
