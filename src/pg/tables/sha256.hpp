// SHA-256, as the server computes it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace aria_focus::pg {

// A digest as hexadecimal digits.
using Sha256 = std::array<char, 64>;

// Computes the digest of some bytes; nothing where the server's library of cryptography fails, which it does for
// the rest of a session once it was short of memory. Objects of C++ may be alive: an error of PostgreSQL comes
// as PendingError.
std::optional<Sha256> sha256(std::string_view bytes);

}  // namespace aria_focus::pg
