// Four bytes in one register, against one byte after the other.
#include "core/window.hpp"

#include "catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

using namespace aria_focus::core;

namespace {

// Calls visit with windows in which every pair of neighbouring bytes occurs at every place.
template <class Visit>
void each_window(unsigned first, unsigned last, Visit&& visit) {
    for (unsigned a = first; a <= last; ++a) {
        for (unsigned b = first; b <= last; ++b) {
            for (std::size_t place = 0; place < 3; ++place) {
                std::array<unsigned char, 4> bytes = {'x', 'Q', ' ', '~'};
                bytes[place] = static_cast<unsigned char>(a);
                bytes[place + 1] = static_cast<unsigned char>(b);
                visit(bytes);
            }
        }
    }
}

// The window of four bytes.
std::uint32_t window_of(const std::array<unsigned char, 4>& bytes) {
    return load_window(reinterpret_cast<const char*>(bytes.data()));
}

}  // namespace

TEST_CASE("window: the first byte is the lowest", "[window]") {
    CHECK(load_window("abcd") == 0x64636261u);
}

TEST_CASE("window: control characters and bytes beyond ASCII are unusual", "[window]") {
    std::size_t wrong = 0;
    each_window(0, 255, [&](const std::array<unsigned char, 4>& bytes) {
        bool expected = false;
        for (const unsigned char byte : bytes) expected |= byte < 0x20 || byte >= 0x80;
        wrong += is_unusual(window_of(bytes)) == expected ? 0 : 1;
    });
    CHECK(wrong == 0);
}

TEST_CASE("window: spaces and upper-case letters of usual bytes", "[window]") {
    std::size_t wrong = 0;
    each_window(0x20, 0x7F, [&](const std::array<unsigned char, 4>& bytes) {
        std::uint32_t expected_spaces = 0;
        std::array<unsigned char, 4> folded = bytes;
        for (std::size_t i = 0; i < 4; ++i) {
            if (bytes[i] == ' ') expected_spaces |= 0x80u << (8 * i);
            if (bytes[i] >= 'A' && bytes[i] <= 'Z') folded[i] += 'a' - 'A';
        }
        const std::uint32_t window = window_of(bytes);
        wrong += spaces(window) == expected_spaces ? 0 : 1;
        wrong += fold_letters(window) == window_of(folded) ? 0 : 1;
    });
    CHECK(wrong == 0);
}
