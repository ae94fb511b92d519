// Words that say how a sentence is built, not what it is about. A list that tells messages apart by them
// does not understand more; it breaks ties.
#pragma once

#include "core/base/core_only.hpp"
#include "core/learn/features.hpp"

#include <string_view>

namespace aria_focus::core::learn {

// True for English function words and what an apostrophe cuts off them; the word is folded.
bool is_function_word(std::string_view word) noexcept;

// True for a function word and for a prefix that such a word begins with.
bool is_function_feature(const FeatureSpace& space, std::uint32_t feature);

}  // namespace aria_focus::core::learn
