// Notes problems of one place of a document, and knows how that place is written:
//
//   const Reporter list(problems);          $
//   const Reporter agent = list.at(3);      $[3]
//   agent.at("status")                      $[3].status
#pragma once

#include "core/base/core_only.hpp"
#include "core/check/json.hpp"
#include "core/check/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aria_focus::core::check {

class Reporter {
  public:
    // For a whole document. Its problems are of `field`, or of the first key on the way to them.
    explicit Reporter(Problems& problems, std::string_view field = {}) noexcept
        : problems_(problems), field_(field) {}

    // For an element of an array, for the value of a key; this reporter outlives the result.
    Reporter at(std::uint32_t index) const& noexcept { return {*this, field_, {}, index}; }
    Reporter at(std::string_view key) const& noexcept {
        return {*this, field_.empty() ? key : field_, key, std::nullopt};
    }
    Reporter at(std::uint32_t) const&& = delete;
    Reporter at(std::string_view) const&& = delete;

    // Where the place is: $.expertise_keywords[3].
    std::string path() const;
    // What a message calls it: its key; the whole document has no name.
    std::string_view name() const noexcept { return key_.empty() ? "it" : key_; }
    // How many problems the whole document has so far.
    std::size_t count() const noexcept { return problems_.size(); }

    // Notes a problem of this place.
    void report(ProblemCode code, std::string message, std::string_view hint = {}) const;
    // Notes that `what` is of the wrong kind: "a skill must be a string, not a number".
    void wrong_kind(std::string_view what, JsonKind wanted, JsonView found,
                    std::string_view hint = {}) const;

  private:
    Reporter(const Reporter& parent, std::string_view field, std::string_view key,
             std::optional<std::uint32_t> index) noexcept
        : problems_(parent.problems_), parent_(&parent), field_(field), key_(key), index_(index) {}

    Problems& problems_;
    const Reporter* parent_ = nullptr;  // none: the whole document
    std::string_view field_;
    std::string_view key_;  // within the parent; or
    std::optional<std::uint32_t> index_;
};

}  // namespace aria_focus::core::check
