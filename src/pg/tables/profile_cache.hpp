// The compiled profiles that the running statement sees.
#pragma once

#include "core/route/known_words.hpp"
#include "core/route/routing.hpp"

#include <optional>
#include <span>
#include <string_view>

#include "pg/tables/profile_rows.hpp"
#include "pg/tables/sha256.hpp"
#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// One state of the enabled profiles, compiled.
class CompiledProfiles {
  public:
    CompiledProfiles(core::route::Router router, const std::optional<Sha256>& etag)
        : router_(std::move(router)), etag_(etag) {}

    // Keywords with boundaries, ranking, routing.
    const core::route::Router& router() const { return router_; }

    // A fingerprint of all that routing depends on: ids, levels and keywords of the enabled profiles; empty
    // where the server could not compute it.
    std::string_view etag() const {
        return etag_ ? std::string_view(etag_->data(), etag_->size()) : std::string_view();
    }

    // The keywords as plain fragments, compiled when first asked for; list i belongs to profile i.
    const core::match::Matcher& plain(core::Ticker& ticker);

    // The words that routing knows, read when first asked for.
    const core::route::KnownWords& known_words(core::Ticker& ticker);

    // Tells how many bytes of memory they take.
    std::size_t memory() const {
        return router_.matcher().memory() + (plain_ ? plain_->memory() : 0) +
               (known_words_ ? known_words_->memory() : 0);
    }

  private:
    core::route::Router router_;
    std::optional<Sha256> etag_;
    std::optional<core::match::Matcher> plain_;
    std::optional<core::route::KnownWords> known_words_;
};

// The setting aria_focus.max_cache_mb: what all compiled profiles of this backend may take, in MB.
extern int max_cache_mb;

// Gives the profiles as the active snapshot shows them, to the row. The reference is good until the next
// call: hold it for one C call and run no SQL meanwhile. Raises 42501 without SELECT on the table,
// 0A000 where row-level security applies, 42P01 and 42809 as open_table does.
CompiledProfiles& visible_profiles();

// Compiles profiles that are not stored, which come in C order of focus_id, and bounds what they take as it does for
// those that are. To be called in compute().
core::route::Router compile_candidates(std::span<const ProfileRow> rows, core::Ticker& ticker);

// Gives this backend's counters, reused from message to message.
core::route::Tallies& shared_tallies();

}  // namespace aria_focus::pg
