"""Ways to break the cache of compiled profiles, one rule each: what stands in the source, and what is put
in its place. The names follow the rules of the essay in src/pg/tables/profile_cache.cpp; a place is looked for
in all of src/pg/tables/profile_*.

Left out, since nothing can tell them from the original:
  - the file and the table of a version: both change with a message that counts up `table_epoch`, but for a
    table of another relation whose rows came by the same transaction at the same places;
  - `proof.xmin` and the members of the lists: with the other fields and the counts equal these are equal;
  - `proof.in_recovery`: a backend of a standby that is promoted gets another snapshot at once;
  - that refresh() takes the proof back first: an error in it ends the (sub)transaction, which voids the proof;
  - the epoch of a carried proof: what counts it up has a transaction id, so that the snapshot is another one, or
    changes no row (VACUUM);
  - how many versions are kept: no answer depends on it.
"""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """One change of the source."""

    name: str
    old: str
    new: str


MUTANTS = (
    # Rule 1: which row versions a version was compiled from.
    Mutant("rows: place", "friend bool operator==(const RowIdentity&, const RowIdentity&) = default;",
           "friend bool operator==(const RowIdentity& a, const RowIdentity& b) {"
           " return a.flags == b.flags && a.xmin == b.xmin && a.command == b.command; }"),
    Mutant("rows: inserting transaction", "friend bool operator==(const RowIdentity&, const RowIdentity&) = default;",
           "friend bool operator==(const RowIdentity& a, const RowIdentity& b) {"
           " return a.block == b.block && a.offset == b.offset && a.flags == b.flags && a.command == b.command; }"),
    Mutant("rows: command", "own ? HeapTupleHeaderGetRawCommandId(header) : 0}", "0}"),
    Mutant("version: rows", "std::equal(version.rows.begin(), version.rows.end(), identity.rows.begin(),\n"
           "                      identity.rows.end())", "version.rows.size() == identity.rows.size()"),
    Mutant("version: changes of the table",
           "friend bool operator==(const TableState&, const TableState&) = default;",
           "friend bool operator==(const TableState& a, const TableState& b) {"
           " return a.relid == b.relid && a.file == b.file; }"),
    # Rule 2: sharing by content.
    Mutant("content: not looked at", "return version.content == content;", "return true;"),
    Mutant("content: level", "mix(hash, &row.delegation_level, sizeof(row.delegation_level));", ""),
    Mutant("content: texts", "mix(hash, node.text.data(), node.text.size());", ""),
    Mutant("content: names", "mix(hash, row.focus_id.data(), row.focus_id.size());", ""),
    Mutant("enabled", "if (!DatumGetBool(column_value(table, tuple, columns.enabled))) return;", ""),
    # Rule 3: when a proof holds within a transaction.
    Mutant("proof: transaction", "proof.transaction == MY_LXID && proof.epoch == epoch", "proof.epoch == epoch"),
    Mutant("proof: epoch", "proof.transaction == MY_LXID && proof.epoch == epoch", "proof.transaction == MY_LXID"),
    Mutant("proof: user", "proof.user == GetUserId() && shows", "shows"),
    Mutant("proof: xmax", "proof.xmax == snapshot.xmax &&", ""),
    Mutant("proof: command", "proof.command == snapshot.curcid &&", ""),
    Mutant("proof: running", "proof.xip_count == snapshot.xcnt &&\n"
           "           proof.running.size() == snapshot.xcnt + subxip.size() &&\n"
           "           std::equal(snapshot.xip, snapshot.xip + snapshot.xcnt, proof.running.begin()) &&\n"
           "           std::equal(subxip.begin(), subxip.end(), proof.running.begin() + snapshot.xcnt);",
           "true; (void)subxip;"),
    Mutant("proof: anything holds", "if (!is_proven(known.proof, *snapshot)) refresh",
           "if (!known.proof.holds) refresh"),
    Mutant("epoch: subtransaction", "if (event == SUBXACT_EVENT_ABORT_SUB) ++epoch;", "(void)event;"),
    Mutant("epoch: table", "        ++epoch;\n        ++table_epoch;", "        ++table_epoch;"),
    Mutant("epoch: description", "        ++epoch;\n        ++table_epoch;", "        ++epoch;"),
    # Rule 4: when a proof carries over to another transaction.
    Mutant("carried: former id", "!proof.had_id && ", ""),
    Mutant("carried: serializable", "!IsolationIsSerializable() &&\n", "\n"),
    Mutant("carried: everything", "!held || !carries_over(known.proof, known.versions.front().table, *snapshot, table)",
           "!held"),
    # Readers and memory.
    Mutant("reader: rights", "if (rights != ACLCHECK_OK && !may_read_columns(table)) {", "if (false) {"),
    Mutant("reader: policies", "true) == RLS_ENABLED", "true) == -1"),
    Mutant("memory: no bound", "if (bytes <= memory_allowed()) return;", "return;"),
)
