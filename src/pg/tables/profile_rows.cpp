#include "core/check/json.hpp"

#include <algorithm>

#include "pg/tables/profile_proof.hpp"
#include "pg/tables/profile_rows.hpp"
#include "pg/tables/schema.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/json_tape.hpp"
#include "pg/values/palloc_array.hpp"

namespace aria_focus::pg {

namespace {

constexpr const char* table_name = "focus_profiles";

// Where the columns are that routing reads.
struct Columns {
    AttrNumber focus_id;
    AttrNumber enabled;
    AttrNumber delegation_level;
    AttrNumber expertise_keywords;
};

// Finds the columns that routing reads.
Columns find_columns(Relation table) {
    return {find_column(table, "focus_id", VARCHAROID), find_column(table, "enabled", BOOLOID),
            find_column(table, "delegation_level", INT4OID),
            find_column(table, "expertise_keywords", JSONBOID)};
}

// True if the user may SELECT each of the columns that routing reads.
bool may_read_columns(Relation table) {
    const Columns columns = find_columns(table);
    for (const AttrNumber column : {columns.focus_id, columns.enabled, columns.delegation_level,
                                    columns.expertise_keywords}) {
        const Oid relid = RelationGetRelid(table);
        if (pg_attribute_aclcheck(relid, column, GetUserId(), ACL_SELECT) != ACLCHECK_OK) {
            return false;
        }
    }
    return true;
}

// Refuses a reader whose SELECT of these columns would be refused or would see other rows.
void check_reader(Relation table) {
    const AclResult rights = pg_class_aclcheck(RelationGetRelid(table), GetUserId(), ACL_SELECT);
    if (rights != ACLCHECK_OK && !may_read_columns(table)) {
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

// Reads one row, if it is enabled.
void read_row(Relation table, const Columns& columns, HeapTuple tuple,
              PallocArray<ProfileRow>& rows) {
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

}  // namespace

Snapshot active_snapshot() {
    Snapshot snapshot = ActiveSnapshotSet() ? GetActiveSnapshot() : nullptr;
    if (snapshot == nullptr || !IsMVCCSnapshot(snapshot)) {
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("focus profiles can only be read under an MVCC snapshot")));
    }
    return snapshot;
}

Relation open_profiles() {
    Relation table = open_table(table_name);
    check_reader(table);
    watch_changes(RelationGetRelid(table));
    return table;
}

std::span<const ProfileRow> read_profiles(Relation table, Snapshot snapshot) {
    const Columns columns = find_columns(table);
    PallocArray<ProfileRow> rows;
    for_each_row(table, snapshot, [&](HeapTuple tuple) { read_row(table, columns, tuple, rows); });
    const std::span<ProfileRow> read = rows.view();
    std::sort(read.begin(), read.end(),
              [](const ProfileRow& a, const ProfileRow& b) { return a.focus_id < b.focus_id; });
    return read;
}

ContentHash hash_content(std::span<const ProfileRow> rows) {
    ContentHash hash{0, 0};
    for (const ProfileRow& row : rows) {
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

}  // namespace aria_focus::pg
