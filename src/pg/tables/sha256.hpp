// SHA-256, as the server computes it.
#pragma once

#include <array>
#include <string_view>

namespace aria_focus::pg {

// A digest as hexadecimal digits.
using Sha256 = std::array<char, 64>;

// Computes the digest of some bytes. Objects of C++ may be alive: an error of PostgreSQL comes as PendingError.
Sha256 sha256(std::string_view bytes);

}  // namespace aria_focus::pg
