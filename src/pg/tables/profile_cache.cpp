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
//      nothing else.
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
#include "core/keywords/keyword_list_reader.hpp"

#include <algorithm>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "pg/border/border.hpp"
#include "pg/tables/profile_cache.hpp"
#include "pg/tables/schema.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/palloc_array.hpp"

#if PG_VERSION_NUM >= 170000
#define MY_LXID (MyProc->vxid.lxid)
#else
#define MY_LXID (MyProc->lxid)
#endif

namespace aria_focus::pg {

int max_cache_mb = 256;

const core::match::Matcher& CompiledProfiles::plain(core::Ticker& ticker) {
    if (!plain_) plain_ = core::match::compile_plain(router_.matcher(), ticker);
    return *plain_;
}

namespace {

constexpr const char* table_name = "focus_profiles";
constexpr std::size_t versions_kept = 4;

// Counts events that may change what an equal snapshot sees.
std::uint64_t epoch = 1;
// Counts changes of the table itself: a version of before one is not taken again.
std::uint64_t table_epoch = 1;
// The table that the relcache callback watches.
Oid watched_relid = InvalidOid;

// Identifies one row version.
struct RowIdentity {
    BlockNumber block;
    OffsetNumber offset;
    std::uint16_t flags;  // 1: inserted by this transaction, 2: frozen
    TransactionId xmin;
    CommandId command;  // of a row of this transaction: one xmin may write the place twice
    friend bool operator==(const RowIdentity&, const RowIdentity&) = default;
};

// Where the columns are that routing reads.
struct Columns {
    AttrNumber focus_id;
    AttrNumber enabled;
    AttrNumber delegation_level;
    AttrNumber expertise_keywords;
};

// Identifies what a version was compiled from.
struct Identity {
    Oid relid;
    Oid file;
    std::uint64_t table_epoch;
    std::span<const RowIdentity> rows;
};

// Fingerprint of the routing content; two 64-bit hashes with different seeds.
struct ContentHash {
    std::uint64_t low;
    std::uint64_t high;
    friend bool operator==(const ContentHash&, const ContentHash&) = default;
};

// One set of row versions, and what was compiled from it.
struct Version {
    Oid relid;
    Oid file;
    std::uint64_t table_epoch;
    std::vector<RowIdentity> rows;
    ContentHash content;
    std::shared_ptr<CompiledProfiles> compiled;
};

// The circumstances under which `versions.front()` was last proven right.
struct Proof {
    bool holds = false;
    LocalTransactionId transaction = InvalidLocalTransactionId;
    bool had_id = false;  // the transaction, of its own
    std::uint64_t epoch = 0;
    Oid user = InvalidOid;
    CommandId command = 0;
    TransactionId xmin = 0;
    TransactionId xmax = 0;
    bool suboverflowed = false;
    bool in_recovery = false;
    std::vector<TransactionId> running;  // xip, then subxip
    std::uint32_t xip_count = 0;
};

// Everything that lives from statement to statement. Reached by a plain pointer: no initialiser runs
// when the library is loaded, and nothing is torn down at exit.
struct State {
    std::list<Version> versions;  // most recently used first
    Proof proof;
    core::route::Tallies tallies;
};
State* state = nullptr;

// One enabled profile as it was read; lies in PostgreSQL's memory.
struct SourceRow {
    std::string_view focus_id;
    std::int32_t delegation_level;
    std::span<const core::check::JsonNode> keywords;
};

// --- callbacks: they set flags and touch nothing else ---------------------------------------------

// The table, or every table, was changed.
void on_relcache_change(Datum, Oid relid) {
    if (relid == watched_relid || relid == InvalidOid) {
        ++epoch;
        ++table_epoch;
    }
}

// A subtransaction's rows vanished.
void on_subtransaction(SubXactEvent event, SubTransactionId, SubTransactionId, void*) {
    if (event == SUBXACT_EVENT_ABORT_SUB) ++epoch;
}

// The state; made, and the callbacks registered, when first asked for.
State& get_state() {
    if (state == nullptr) {
        auto made = std::make_unique<State>();
        CacheRegisterRelcacheCallback(on_relcache_change, 0);
        RegisterSubXactCallback(on_subtransaction, nullptr);
        state = made.release();
    }
    return *state;
}

// --- the proof --------------------------------------------------------------------------------------

// The subtransactions that the snapshot lists. A copied snapshot that overflowed has a count, but no
// list.
std::span<const TransactionId> listed_subtransactions(const SnapshotData& snapshot) {
    if (snapshot.subxip == nullptr || snapshot.subxcnt <= 0) return {};
    return {snapshot.subxip, static_cast<std::size_t>(snapshot.subxcnt)};
}

// True if the snapshot shows what it showed when the proof was made.
bool shows_the_same(const Proof& proof, const SnapshotData& snapshot) {
    const std::span<const TransactionId> subxip = listed_subtransactions(snapshot);
    return proof.xmin == snapshot.xmin && proof.xmax == snapshot.xmax &&
           proof.command == snapshot.curcid && proof.suboverflowed == snapshot.suboverflowed &&
           proof.in_recovery == snapshot.takenDuringRecovery && proof.xip_count == snapshot.xcnt &&
           proof.running.size() == snapshot.xcnt + subxip.size() &&
           std::equal(snapshot.xip, snapshot.xip + snapshot.xcnt, proof.running.begin()) &&
           std::equal(subxip.begin(), subxip.end(), proof.running.begin() + snapshot.xcnt);
}

// True if a proof made in a former transaction holds in this one, which has opened the table.
bool carries_over(const Proof& proof, const Version& version, const SnapshotData& snapshot,
                  Relation table) {
    return proof.epoch == epoch && !proof.had_id && !IsolationIsSerializable() &&
           version.relid == RelationGetRelid(table) && version.file == table->rd_rel->relfilenode &&
           shows_the_same(proof, snapshot);
}

// True if the newest version needs no scan to be right.
bool is_proven(const Proof& proof, const SnapshotData& snapshot) {
    return proof.holds && proof.transaction == MY_LXID && proof.epoch == epoch &&
           proof.user == GetUserId() && shows_the_same(proof, snapshot);
}

// Notes the circumstances, which are right from now on. `proven_epoch` is that before the scan.
void note_proof(Proof& proof, const SnapshotData& snapshot, std::uint64_t proven_epoch) {
    proof.holds = false;
    proof.running.assign(snapshot.xip, snapshot.xip + snapshot.xcnt);
    const std::span<const TransactionId> subxip = listed_subtransactions(snapshot);
    proof.running.insert(proof.running.end(), subxip.begin(), subxip.end());
    proof.xip_count = snapshot.xcnt;
    proof.transaction = MY_LXID;
    proof.had_id = TransactionIdIsValid(GetTopTransactionIdIfAny());
    proof.epoch = proven_epoch;
    proof.user = GetUserId();
    proof.command = snapshot.curcid;
    proof.xmin = snapshot.xmin;
    proof.xmax = snapshot.xmax;
    proof.suboverflowed = snapshot.suboverflowed;
    proof.in_recovery = snapshot.takenDuringRecovery;
    proof.holds = true;
}

// --- gather: PostgreSQL only -------------------------------------------------------------------------

// The snapshot of the running statement.
Snapshot active_snapshot() {
    Snapshot snapshot = ActiveSnapshotSet() ? GetActiveSnapshot() : nullptr;
    if (snapshot == nullptr || !IsMVCCSnapshot(snapshot)) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("focus profiles can only be read under an MVCC snapshot")));
    }
    return snapshot;
}

// Refuses a reader whose SELECT would be refused or would see other rows.
void check_reader(Relation table) {
    const AclResult rights = pg_class_aclcheck(RelationGetRelid(table), GetUserId(), ACL_SELECT);
    if (rights != ACLCHECK_OK) {
        aclcheck_error(rights, OBJECT_TABLE, RelationGetRelationName(table));
    }
    if (check_enable_rls(RelationGetRelid(table), InvalidOid, true) == RLS_ENABLED) {
        ereport(ERROR,
                (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                 errmsg("row-level security applies to you on table \"%s\"",
                        RelationGetRelationName(table)),
                 errdetail("Routing reads all enabled profiles or none."),
                 errhint("Route as a role with BYPASSRLS, or disable the table's policies.")));
    }
}

// Opens the table for the reader.
Relation open_profiles() {
    Relation table = open_table(table_name);
    check_reader(table);
    watched_relid = RelationGetRelid(table);
    return table;
}

// Where the columns are.
Columns find_columns(Relation table) {
    return {find_column(table, "focus_id", VARCHAROID), find_column(table, "enabled", BOOLOID),
            find_column(table, "delegation_level", INT4OID),
            find_column(table, "expertise_keywords", JSONBOID)};
}

// Identifies a row version.
RowIdentity identify(HeapTuple tuple) {
    const HeapTupleHeader header = tuple->t_data;
    const TransactionId xmin = HeapTupleHeaderGetRawXmin(header);
    const bool frozen = HeapTupleHeaderXminFrozen(header);
    const bool own = TransactionIdIsCurrentTransactionId(xmin);
    return {ItemPointerGetBlockNumber(&tuple->t_self), ItemPointerGetOffsetNumber(&tuple->t_self),
            static_cast<std::uint16_t>((own ? 1 : 0) | (frozen ? 2 : 0)), xmin,
            own ? HeapTupleHeaderGetRawCommandId(header) : 0};
}

// Identifies what the snapshot shows of the table.
Identity identify(Relation table, Snapshot snapshot) {
    const std::uint64_t defined = table_epoch;
    PallocArray<RowIdentity> rows;
    for_each_row(table, snapshot, [&](HeapTuple tuple) { rows.push(identify(tuple)); });
    return {RelationGetRelid(table), table->rd_rel->relfilenode, defined, rows.view()};
}

// Reads one row, if it is enabled, and mixes its routing content into the hash.
void read_row(Relation table, const Columns& columns, HeapTuple tuple,
              PallocArray<SourceRow>& rows) {
    if (!DatumGetBool(column_value(table, tuple, columns.enabled))) return;
    const Datum id = column_value(table, tuple, columns.focus_id);
    char* copy = TextDatumGetCString(id);
    JsonTape tape;
    tape.add_jsonb(DatumGetJsonbPCopy(column_value(table, tuple, columns.expertise_keywords)));
    rows.push({to_utf8(copy), DatumGetInt32(column_value(table, tuple, columns.delegation_level)),
               tape.nodes()});
}

// Mixes bytes into a hash.
void mix(ContentHash& hash, const void* bytes, std::size_t size) {
    const auto* data = static_cast<const unsigned char*>(bytes);
    hash.low = hash_combine64(hash.low, hash_bytes_extended(data, static_cast<int>(size), 1));
    hash.high = hash_combine64(hash.high, hash_bytes_extended(data, static_cast<int>(size), 2));
}

// Fingerprint of everything that routing depends on; rows are sorted.
ContentHash hash_content(std::span<const SourceRow> rows) {
    ContentHash hash{0, 0};
    for (const SourceRow& row : rows) {
        mix(hash, row.focus_id.data(), row.focus_id.size());
        mix(hash, &row.delegation_level, sizeof(row.delegation_level));
        for (const core::check::JsonNode& node : row.keywords) {
            const std::uint32_t shape[] = {static_cast<std::uint32_t>(node.kind), node.size,
                                           node.truth ? 1u : 0u};
            mix(hash, shape, sizeof(shape));
            mix(hash, node.text.data(), node.text.size());
        }
    }
    return hash;
}

// Reads the enabled rows in full, in C order of focus_id.
std::span<SourceRow> read_rows(Relation table, Snapshot snapshot) {
    const Columns columns = find_columns(table);
    PallocArray<SourceRow> rows;
    for_each_row(table, snapshot, [&](HeapTuple tuple) { read_row(table, columns, tuple, rows); });
    const std::span<SourceRow> read = rows.view();
    std::sort(read.begin(), read.end(),
              [](const SourceRow& a, const SourceRow& b) { return a.focus_id < b.focus_id; });
    return read;
}

// --- compute: the core only --------------------------------------------------------------------------

// True if the version was compiled from exactly these rows.
bool is_of(const Version& version, const Identity& identity) {
    return version.relid == identity.relid && version.file == identity.file &&
           version.table_epoch == identity.table_epoch &&
           std::equal(version.rows.begin(), version.rows.end(), identity.rows.begin(),
                      identity.rows.end());
}

// Takes the version of these rows to the front; false if there is none.
bool take_version(std::list<Version>& versions, const Identity& identity) {
    const auto found = std::find_if(versions.begin(), versions.end(), [&](const Version& version) {
        return is_of(version, identity);
    });
    if (found == versions.end()) return false;
    versions.splice(versions.begin(), versions, found);
    return true;
}

// Compiles the rows. A list that its constraint would refuse (it was switched off) counts with those
// of its entries that are sound; focus_doctor names the others.
std::shared_ptr<CompiledProfiles> compile(std::span<const SourceRow> rows, core::Ticker& ticker) {
    std::vector<core::route::RoutingProfile> profiles;
    std::vector<core::match::KeywordList> lists;
    profiles.reserve(rows.size());
    lists.reserve(rows.size());
    for (const SourceRow& row : rows) {
        profiles.push_back({std::string(row.focus_id), row.delegation_level});
        lists.push_back(
            core::keywords::sound_keywords(core::check::JsonView(row.keywords), ticker));
    }
    return std::make_shared<CompiledProfiles>(
        core::route::Router(std::move(profiles), lists, ticker));
}

// Puts a new version in front; shares the compiled form of another with the same content.
void add_version(std::list<Version>& versions, const Identity& identity,
                 std::span<const SourceRow> rows, const ContentHash& content) {
    const auto same = std::find_if(versions.begin(), versions.end(), [&](const Version& version) {
        return version.content == content;
    });
    core::Ticker ticker = interruptible();
    auto compiled = same != versions.end() ? same->compiled : compile(rows, ticker);
    versions.push_front({identity.relid,
                         identity.file,
                         identity.table_epoch,
                         {identity.rows.begin(), identity.rows.end()},
                         content,
                         std::move(compiled)});
    if (versions.size() > versions_kept) versions.pop_back();
}

// Bytes that the versions take; the newest ones keep what they share.
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

// Drops versions until the memory allowed is enough, the oldest first; raises where none may stay.
void bound_memory(std::list<Version>& versions) {
    const std::size_t most = static_cast<std::size_t>(max_cache_mb) << 20;
    while (versions.size() > 1 && memory_of(versions) > most) versions.pop_back();
    const std::size_t bytes = memory_of(versions);
    if (bytes <= most) return;
    versions.clear();
    throw core::Error(
        core::ErrorKind::limit_exceeded,
        "compiled focus profiles take more memory than aria_focus.max_cache_mb allows",
        "They take " + std::to_string((bytes >> 20) + 1) + " MB; the limit is " +
            std::to_string(max_cache_mb) + " MB.",
        "Raise aria_focus.max_cache_mb, or disable profiles that are not needed.");
}

// Finds or makes the version of the rows that the snapshot shows, and puts it in front.
void find_version(State& known, Relation table, Snapshot snapshot) {
    MemoryContext work =
        AllocSetContextCreate(CurrentMemoryContext, "aria_focus profiles", ALLOCSET_DEFAULT_SIZES);
    const MemoryContext caller = MemoryContextSwitchTo(work);
    const Identity identity = identify(table, snapshot);
    if (!take_version(known.versions, identity)) {
        const std::span<SourceRow> rows = read_rows(table, snapshot);
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
    const std::uint64_t proven_epoch = epoch;
    if (!held || !carries_over(known.proof, known.versions.front(), *snapshot, table)) {
        find_version(known, table, snapshot);
    }
    table_close(table, NoLock);
    note_proof(known.proof, *snapshot, proven_epoch);
}

}  // namespace

CompiledProfiles& visible_profiles() {
    State& known = get_state();
    Snapshot snapshot = active_snapshot();
    if (!is_proven(known.proof, *snapshot)) refresh(known, snapshot);
    return *known.versions.front().compiled;
}

core::route::Tallies& shared_tallies() {
    return get_state().tallies;
}

}  // namespace aria_focus::pg
