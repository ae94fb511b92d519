#include "core/learn/page.hpp"

#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace aria_focus::core::learn {

namespace {

// Writes a number with so many decimals.
std::string fixed(double value, int decimals) {
    std::array<char, 64> digits{};
    const int size = std::snprintf(digits.data(), digits.size(), "%.*f", decimals, value);
    return {digits.data(), static_cast<std::size_t>(size)};
}

}  // namespace

std::size_t size_of_beginning(std::string_view text, std::size_t characters) noexcept {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (!text::utf8::is_continuation(text[at]) && characters-- == 0) return at;
    }
    return text.size();
}

Page& Page::text(std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&': html_ += "&amp;"; break;
            case '<': html_ += "&lt;"; break;
            case '>': html_ += "&gt;"; break;
            case '"': html_ += "&quot;"; break;
            case '\'': html_ += "&#39;"; break;
            default: html_ += c;
        }
    }
    return *this;
}

Page& Page::beginning(std::string_view text, std::size_t characters) {
    const std::size_t size = size_of_beginning(text, characters);
    this->text(text.substr(0, size));
    return size < text.size() ? raw(" \xE2\x80\xA6") : *this;
}

Page& Page::count(std::size_t number) {
    const std::string digits = std::to_string(number);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) html_ += ',';
        html_ += digits[i];
    }
    return *this;
}

Page& Page::number(double value) {
    std::string digits = fixed(value, 3);
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return raw(digits == "-0" ? "0" : digits);
}

Page& Page::percent(double share) {
    return raw(fixed(100 * share, 1)).raw("\xE2\x80\xAF%");
}

Page& Page::length(double share) {
    return raw(fixed(100 * std::clamp(share, 0.0, 1.0), 2));
}

}  // namespace aria_focus::core::learn
