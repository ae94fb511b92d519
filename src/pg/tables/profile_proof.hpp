// Which row versions a snapshot shows, and when that needs no look: rules 1, 3 and 4 of the essay in
// profile_cache.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pg/values/postgres_api.h"

namespace aria_focus::pg {

// Identifies one row version.
struct RowIdentity {
    BlockNumber block;
    OffsetNumber offset;
    std::uint16_t flags;  // 1: inserted by this transaction, 2: frozen
    TransactionId xmin;
    CommandId command;  // of a row of this transaction: one xmin may write the place twice
    friend bool operator==(const RowIdentity&, const RowIdentity&) = default;
};

// Identifies the table as it was defined when its rows were read.
struct TableState {
    Oid relid;
    Oid file;
    std::uint64_t epoch;  // counts changes of its definition
    friend bool operator==(const TableState&, const TableState&) = default;
};

// Identifies what a version was compiled from.
struct Identity {
    TableState table;
    std::span<const RowIdentity> rows;
};

// Identifies what the snapshot shows of the table. PostgreSQL's API only; the rows lie in its memory.
Identity identify(Relation table, Snapshot snapshot);

// Counts changes of this table from now on. PostgreSQL's API only.
void watch_changes(Oid relid);

// Tells how many events there were that may change what an equal snapshot sees.
std::uint64_t change_epoch();

// The circumstances under which the newest version was last proven right.
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

// True if the newest version needs no scan to be right.
bool is_proven(const Proof& proof, const SnapshotData& snapshot);

// True if a proof made in a former transaction holds in this one, which has opened the table.
bool carries_over(const Proof& proof, const TableState& proven, const SnapshotData& snapshot,
                  Relation table);

// Notes the circumstances, which are right from now on. `proven_epoch` is that before the scan.
void note_proof(Proof& proof, const SnapshotData& snapshot, std::uint64_t proven_epoch);

}  // namespace aria_focus::pg
