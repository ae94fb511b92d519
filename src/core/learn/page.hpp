// A page of HTML as it is written: what comes from outside goes in escaped, nothing else goes in at all but
// our own markup.
#pragma once

#include "core/base/core_only.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace aria_focus::core::learn {

class Page {
  public:
    // Our own markup, as it is.
    Page& raw(std::string_view markup) {
        html_ += markup;
        return *this;
    }
    // A text from outside, escaped for content and for attributes between double quotes.
    Page& text(std::string_view text);
    // The beginning of a long one: so many characters at most.
    Page& beginning(std::string_view text, std::size_t characters);
    // A count.
    Page& count(std::size_t number);
    // A number with up to three decimals, as people write it.
    Page& number(double value);
    // A share in percent, with a decimal.
    Page& percent(double share);
    // A share as a length of CSS or SVG, in percent without a unit.
    Page& length(double share);

    // All of it; nothing is written afterwards.
    std::string take() { return std::move(html_); }

  private:
    std::string html_;
};

// Bytes of the first characters of a text, so many at most.
std::size_t size_of_beginning(std::string_view text, std::size_t characters) noexcept;

}  // namespace aria_focus::core::learn
