// Labels of messages: which profile they name, and what is odd about them.
#pragma once

#include "core/base/core_only.hpp"
#include "core/base/ticker.hpp"
#include "core/learn/judging.hpp"
#include "core/route/routing.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace aria_focus::core::learn {

// What a caller should know about his labels.
struct LabelSummary {
    std::size_t disabled = 0;       // messages of disabled profiles
    std::size_t repeated = 0;       // messages that stood before under the same label
    std::size_t contradicting = 0;  // different messages that stand under several labels
    std::string_view first_contradicting;
};

class LabelReader {
  public:
    explicit LabelReader(const route::Router& router) : router_(router) {}

    // Makes the id of a disabled profile known; it outlives this.
    void add_disabled(std::string_view focus_id) { disabled_.insert(focus_id); }

    // The number of the profile that a label names; nobody for none and for a disabled one.
    Label read(const std::optional<std::string_view>& label);

    // What was odd. Raises invalid_argument for labels that name no profile, all of them with what was
    // probably meant.
    LabelSummary finish(std::span<const LabelledMessage> messages, Ticker& ticker) const;

  private:
    // Refuses unknown labels.
    [[noreturn]] void refuse(Ticker& ticker) const;

    const route::Router& router_;
    std::set<std::string_view> disabled_;
    std::map<std::string, std::size_t, std::less<>> unknown_;  // and their messages
    std::size_t of_disabled_ = 0;
};

}  // namespace aria_focus::core::learn
