// The cache of compiled profiles.
//
// Each backend keeps compiled keyword matchers, since to compile them costs a thousand times what a
// match costs. A cache must answer one question: is what I have what this statement would read? The
// usual answer - a trigger or an invalidation message sets a flag - is wrong in PostgreSQL: a commit
// makes rows visible before its message arrives, a snapshot may be older than a message that has
// arrived, two snapshots may be alive at once, and replicas, restores and disabled triggers pass by
// triggers. So nothing here is told anything. The cache proves, under the very snapshot that the
// statement runs with, that it is right:
//
//   1. A *version* is a set of row versions (table, file, and each row's place and inserting
//      transaction) with the matcher compiled from it. Row versions never change in PostgreSQL, so
//      the same set means the same content.
//   2. For each new snapshot the table is scanned with it, as a SELECT would, collecting identities
//      only: microseconds. The version with exactly that set is taken, unless the table was altered
//      since (a column made anew has another default for old rows); if none is there, the rows are
//      read in full and compiled (or, if only a description was edited and the routing content is the
//      same by hash, the compiled form of another version is shared).
//   3. The scan is left out where it is proven needless: same transaction, same user, and a snapshot
//      that is equal by value, command counter included. The one thing that changes what such a
//      snapshot sees is the abort of a subtransaction (its rows vanish without a new command), and
//      the table itself may be replaced (TRUNCATE, ALTER): both count up `epoch`, in callbacks that do
//      nothing else. A change of roles or grants counts too: who may read is asked again, in a
//      transaction that has routed before as in a new one.
//   4. It is left out in another transaction, too, where nothing was committed in between: the
//      snapshot is equal by value, the former transaction had no id (no snapshot of its own lists it,
//      and so its commit may leave no trace in an equal one), and the table, opened and locked anew, is
//      the same file at the same epoch. What had no id had not written: the snapshot is that of a first
//      command, which shows nothing of the transaction that runs now either. A SERIALIZABLE transaction
//      always scans: that takes its predicate locks.
//
// So one statement over a million rows scans the table once; a cursor and a REPEATABLE READ
// transaction go on seeing what their snapshot sees; each subtransaction sees its own edits. A few
// versions are kept, so that sessions which alternate between snapshots do not compile in turns.
#include "core/base/error.hpp"
#include "core/check/json.hpp"
#include "core/keywords/keyword_list_reader.hpp"
#include "core/route/decision.hpp"

#include <algorithm>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "pg/border/border.hpp"
#include "pg/border/lasting.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/tables/profile_proof.hpp"
#include "pg/tables/profile_rows.hpp"

namespace aria_focus::pg {

int max_cache_mb = 256;

const core::match::Matcher& CompiledProfiles::plain(core::Ticker& ticker) {
    if (!plain_) plain_ = core::match::compile_plain(router_.matcher(), ticker);
    return *plain_;
}

const core::route::KnownWords& CompiledProfiles::known_words(core::Ticker& ticker) {
    if (!known_words_) known_words_.emplace(router_, ticker);
    return *known_words_;
}

namespace {

constexpr std::size_t versions_kept = 4;

// One set of row versions, and what was compiled from it.
struct Version {
    TableState table;
    std::vector<RowIdentity> rows;
    ContentHash content;
    std::shared_ptr<CompiledProfiles> compiled;
};

// Everything that lives from statement to statement.
struct State {
    std::list<Version> versions;  // most recently used first
    Proof proof;
    core::route::Tallies tallies;
};
Lasting<State> state;

// Gives the state, made when first asked for.
State& get_state() {
    return state.get([] { return State(); });
}

// True if the version was compiled from exactly these rows.
bool is_of(const Version& version, const Identity& identity) {
    return version.table == identity.table &&
           std::equal(version.rows.begin(), version.rows.end(), identity.rows.begin(),
                      identity.rows.end());
}

// Brings the version of these rows to the front; false if there is none.
bool bring_to_front(std::list<Version>& versions, const Identity& identity) {
    const auto found = std::find_if(versions.begin(), versions.end(), [&](const Version& version) {
        return is_of(version, identity);
    });
    if (found == versions.end()) return false;
    versions.splice(versions.begin(), versions, found);
    return true;
}

// Profiles and their keyword lists, as the core takes them.
struct Sources {
    std::vector<core::route::RoutingProfile> profiles;
    std::vector<core::match::KeywordList> lists;
};

// Reads the rows. A list that its constraint would refuse (it was switched off) counts with those of its
// entries that are sound; focus_doctor names the others.
Sources sources_of(std::span<const ProfileRow> rows, core::Ticker& ticker) {
    Sources out;
    out.profiles.reserve(rows.size());
    out.lists.reserve(rows.size());
    for (const ProfileRow& row : rows) {
        out.profiles.push_back({std::string(row.focus_id), row.delegation_level});
        out.lists.push_back(
            core::keywords::sound_keywords(core::check::JsonView(row.keywords), ticker));
    }
    return out;
}

// Compiles the rows.
std::shared_ptr<CompiledProfiles> compile(std::span<const ProfileRow> rows, core::Ticker& ticker) {
    Sources sources = sources_of(rows, ticker);
    const std::optional<Sha256> etag =
        sha256(core::route::routing_text(sources.profiles, sources.lists, ticker));
    return std::make_shared<CompiledProfiles>(
        core::route::Router(std::move(sources.profiles), sources.lists, ticker), etag);
}

// Puts a new version in front; shares the compiled form of another with the same content.
void add_version(std::list<Version>& versions, const Identity& identity,
                 std::span<const ProfileRow> rows, const ContentHash& content) {
    const auto same = std::find_if(versions.begin(), versions.end(), [&](const Version& version) {
        return version.content == content;
    });
    core::Ticker ticker = interruptible();
    auto compiled = same != versions.end() ? same->compiled : compile(rows, ticker);
    versions.push_front({identity.table,
                         {identity.rows.begin(), identity.rows.end()},
                         content,
                         std::move(compiled)});
    if (versions.size() > versions_kept) versions.pop_back();
}

// Adds up the bytes that the versions take; what several share counts once.
std::size_t memory_of(const std::list<Version>& versions) {
    std::size_t bytes = 0;
    for (auto version = versions.begin(); version != versions.end(); ++version) {
        const bool is_shared = std::any_of(versions.begin(), version, [&](const Version& newer) {
            return newer.compiled == version->compiled;
        });
        bytes += version->rows.capacity() * sizeof(RowIdentity);
        if (!is_shared) bytes += version->compiled->memory();
    }
    return bytes;
}

// Tells how many bytes compiled profiles may take.
std::size_t memory_allowed() {
    return static_cast<std::size_t>(max_cache_mb) << 20;
}

// Refuses compiled profiles that take so many bytes.
[[noreturn]] void refuse_memory(std::size_t bytes) {
    throw core::Error(
        core::ErrorKind::limit_exceeded,
        "compiled focus profiles take more memory than aria_focus.max_cache_mb allows",
        "They take " + std::to_string((bytes >> 20) + 1) + " MB; the limit is " +
            std::to_string(max_cache_mb) + " MB.",
        "Raise aria_focus.max_cache_mb, or disable profiles that are not needed.");
}

// Drops versions until the memory allowed is enough, the oldest first; raises where none may stay.
void bound_memory(std::list<Version>& versions) {
    while (versions.size() > 1 && memory_of(versions) > memory_allowed()) versions.pop_back();
    const std::size_t bytes = memory_of(versions);
    if (bytes <= memory_allowed()) return;
    versions.clear();
    refuse_memory(bytes);
}

// Finds or makes the version of the rows that the snapshot shows, and puts it in front.
void find_version(State& known, Relation table, Snapshot snapshot) {
    MemoryContext work =
        AllocSetContextCreate(CurrentMemoryContext, "aria_focus profiles", ALLOCSET_DEFAULT_SIZES);
    const MemoryContext caller = MemoryContextSwitchTo(work);
    const Identity identity = identify(table, snapshot);
    if (!bring_to_front(known.versions, identity)) {
        const std::span<const ProfileRow> rows = read_profiles(table, snapshot);
        add_version(known.versions, identity, rows, hash_content(rows));
    }
    bound_memory(known.versions);
    MemoryContextSwitchTo(caller);
    MemoryContextDelete(work);
}

// Proves a version right for the snapshot, and puts it in front.
void refresh(State& known, Snapshot snapshot) {
    const bool held = known.proof.holds;
    known.proof.holds = false;
    Relation table = open_profiles();
    const std::uint64_t proven_epoch = change_epoch();
    if (!held || !carries_over(known.proof, known.versions.front().table, *snapshot, table)) {
        find_version(known, table, snapshot);
    }
    table_close(table, NoLock);
    note_proof(known.proof, *snapshot, proven_epoch);
}

}  // namespace

CompiledProfiles& visible_profiles() {
    State& known = get_state();
    Snapshot snapshot = active_snapshot();
    // What another session revoked is known when its message was read; a SELECT reads it with its locks.
    AcceptInvalidationMessages();
    if (!is_proven(known.proof, *snapshot)) refresh(known, snapshot);
    return *known.versions.front().compiled;
}

core::route::Router compile_candidates(std::span<const ProfileRow> rows, core::Ticker& ticker) {
    Sources sources = sources_of(rows, ticker);
    core::route::Router router(std::move(sources.profiles), sources.lists, ticker);
    if (router.matcher().memory() > memory_allowed()) refuse_memory(router.matcher().memory());
    return router;
}

core::route::Tallies& shared_tallies() {
    return get_state().tallies;
}

}  // namespace aria_focus::pg
