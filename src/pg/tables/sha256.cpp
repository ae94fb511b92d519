#include "pg/tables/sha256.hpp"

#include "pg/border/border.hpp"

extern "C" {
#include "common/cryptohash.h"
#include "common/sha2.h"
}

namespace aria_focus::pg {

std::optional<Sha256> sha256(std::string_view bytes) {
    static_assert(std::tuple_size_v<Sha256> == 2 * PG_SHA256_DIGEST_LENGTH);
    std::optional<Sha256> digits;
    call_pg([&] {
        std::uint8_t digest[PG_SHA256_DIGEST_LENGTH];
        pg_cryptohash_ctx* hash = pg_cryptohash_create(PG_SHA256);
        const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
        const bool is_done = pg_cryptohash_init(hash) >= 0 &&
                             pg_cryptohash_update(hash, data, bytes.size()) >= 0 &&
                             pg_cryptohash_final(hash, digest, sizeof(digest)) >= 0;
        pg_cryptohash_free(hash);
        if (!is_done) return;
        digits.emplace();
        hex_encode(reinterpret_cast<const char*>(digest), sizeof(digest), digits->data());
    });
    return digits;
}

}  // namespace aria_focus::pg
