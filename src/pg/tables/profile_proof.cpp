#include <algorithm>

#include "pg/tables/profile_proof.hpp"
#include "pg/tables/schema.hpp"
#include "pg/values/palloc_array.hpp"

#if PG_VERSION_NUM >= 170000
#define MY_LXID (MyProc->vxid.lxid)
#else
#define MY_LXID (MyProc->lxid)
#endif

namespace aria_focus::pg {

namespace {

// Counts events that may change what an equal snapshot sees.
std::uint64_t epoch = 1;
// Counts changes of the table itself: a version of before one is not taken again.
std::uint64_t table_epoch = 1;
// The table that the relcache callback watches.
Oid watched_relid = InvalidOid;
// True once the callbacks are registered.
bool is_watching = false;

// Called when the table, or every table, was changed. May touch nothing but the counts.
void on_relcache_change(Datum, Oid relid) {
    if (relid == watched_relid || relid == InvalidOid) {
        ++epoch;
        ++table_epoch;
    }
}

// Called when a subtransaction ends: the rows of an aborted one vanish. May touch nothing but the count.
void on_subtransaction(SubXactEvent event, SubTransactionId, SubTransactionId, void*) {
    if (event == SUBXACT_EVENT_ABORT_SUB) ++epoch;
}

// Called when a role changed, or who is a member of which: who may read is asked again. (What is granted on
// the table changes the table.) May touch nothing but the count. Which cache it was is an int, from PostgreSQL
// 19 on an enumerator.
template <typename Cache>
void on_role_change(Datum, Cache, uint32) {
    ++epoch;
}

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

}  // namespace

Identity identify(Relation table, Snapshot snapshot) {
    const TableState state{RelationGetRelid(table), table->rd_rel->relfilenode, table_epoch};
    PallocArray<RowIdentity> rows;
    for_each_row(table, snapshot, [&](HeapTuple tuple) { rows.push(identify(tuple)); });
    return {state, rows.view()};
}

void watch_changes(Oid relid) {
    watched_relid = relid;
    if (is_watching) return;
    // The one that allocates comes first: where it raises, nothing is registered.
    RegisterSubXactCallback(on_subtransaction, nullptr);
    CacheRegisterRelcacheCallback(on_relcache_change, 0);
    CacheRegisterSyscacheCallback(AUTHOID, on_role_change, 0);
    CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, on_role_change, 0);
    is_watching = true;
}

std::uint64_t change_epoch() {
    return epoch;
}

bool is_proven(const Proof& proof, const SnapshotData& snapshot) {
    return proof.holds && proof.transaction == MY_LXID && proof.epoch == epoch &&
           proof.user == GetUserId() && shows_the_same(proof, snapshot);
}

bool carries_over(const Proof& proof, const TableState& proven, const SnapshotData& snapshot,
                  Relation table) {
    return proof.epoch == epoch && !proof.had_id && !IsolationIsSerializable() &&
           proven.relid == RelationGetRelid(table) && proven.file == table->rd_rel->relfilenode &&
           shows_the_same(proof, snapshot);
}

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

}  // namespace aria_focus::pg
