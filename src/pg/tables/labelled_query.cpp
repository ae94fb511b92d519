#include "core/base/ticker.hpp"

#include "pg/tables/labelled_query.hpp"

#include "pg/border/border.hpp"
#include "pg/tables/saved_query.hpp"
#include "pg/values/encoding.hpp"
#include "pg/values/palloc_array.hpp"

extern "C" {
#include "parser/parse_coerce.h"
#include "parser/parser.h"
}

namespace aria_focus::pg {

int max_learn_mb = 1024;

namespace {

constexpr long batch = 1000;
constexpr std::size_t megabyte = 1024 * 1024;

// True for a SELECT that neither makes a table nor changes rows in its WITH.
bool is_query(const Node* statement) {
    if (!IsA(statement, SelectStmt)) return false;
    const auto* select = reinterpret_cast<const SelectStmt*>(statement);
    if (select->intoClause != nullptr) return false;
    const List* tables = select->withClause == nullptr ? NIL : select->withClause->ctes;
    for (int i = 0; i < list_length(tables); ++i) {
        const auto* table = static_cast<const CommonTableExpr*>(list_nth(tables, i));
        if (!IsA(table->ctequery, SelectStmt)) return false;
    }
    return true;
}

// Refuses what is no single SELECT, VALUES or TABLE statement.
void check_statement(const char* query) {
    const List* statements = raw_parser(query, RAW_PARSE_DEFAULT);
    const bool is_one = list_length(statements) == 1;
    if (is_one && is_query(linitial_node(RawStmt, statements)->stmt)) return;
    ereport(ERROR,
            (errcode(ERRCODE_SYNTAX_ERROR),
             errmsg("the query must be one SELECT, VALUES or TABLE statement"),
             is_one ? errdetail("It is a statement of another kind, or changes rows.")
                    : errdetail("It has %d statements.", list_length(statements)),
             errhint("Write it like SELECT message, focus_id FROM aria_engine.focus_examples.")));
}

// Refuses what is no message and focus_id; the latter may be missing if one column will do.
void check_columns(TupleDesc columns, bool one_will_do) {
    bool are_good = columns->natts == 2 || (one_will_do && columns->natts == 1);
    for (int i = 0; are_good && i < columns->natts; ++i) {
        const Oid type = TupleDescAttr(columns, i)->atttypid;
        const Oid wanted = TEXTOID;
        are_good = can_coerce_type(1, &type, &wanted, COERCION_IMPLICIT);
    }
    if (are_good) return;
    ereport(
        ERROR,
        (errcode(ERRCODE_DATATYPE_MISMATCH),
         one_will_do ? errmsg("the query must return text columns, message and perhaps focus_id")
                     : errmsg("the query must return two text columns, message and focus_id"),
         columns->natts == 2 ? errdetail("Its columns are of type %s and %s.",
                                         format_type_be(TupleDescAttr(columns, 0)->atttypid),
                                         format_type_be(TupleDescAttr(columns, 1)->atttypid))
                             : errdetail("It returns %d columns.", columns->natts),
         errhint("Cast other types: SELECT body::text, focus_id FROM ...")));
}

// Gives a column as a text of the core, in the current memory context; nothing for NULL.
std::optional<std::string_view> text_of(HeapTuple tuple, TupleDesc columns, int column) {
    const char* value = SPI_getvalue(tuple, columns, column);
    if (value == nullptr) return std::nullopt;
    std::string_view text = to_utf8(value);
    // As the cast to text does it.
    if (getBaseType(TupleDescAttr(columns, column - 1)->atttypid) == BPCHAROID) {
        text = text.substr(0, text.find_last_not_of(' ') + 1);
    }
    return text;
}

// The rows that are being read.
class Reader {
  public:
    // Takes a row of the cursor.
    void take(HeapTuple tuple, TupleDesc columns) {
        const auto message = text_of(tuple, columns, 1);
        if (!message) {
            ++skipped_;
            return;
        }
        bytes_ += message->size() + sizeof(LabelledRow);
        if (bytes_ > static_cast<std::size_t>(max_learn_mb) * megabyte) refuse();
        rows_.push({*message, columns->natts > 1 ? text_of(tuple, columns, 2) : std::nullopt});
    }

    // All of them; a NOTICE about those that were skipped.
    std::span<const LabelledRow> finish() {
        if (skipped_ > 0) {
            ereport(NOTICE, (errmsg("messages that are NULL and were skipped: %lld", skipped_)));
        }
        return rows_.view();
    }

  private:
    // Too many.
    [[noreturn]] void refuse() {
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                        errmsg("the labelled messages take more than %d MB", max_learn_mb),
                        errdetail("%zu messages were read.", rows_.size()),
                        errhint("Raise aria_focus.max_learn_mb, or select fewer messages.")));
        pg_unreachable();
    }

    PallocArray<LabelledRow> rows_;
    std::size_t bytes_ = 0;
    long long skipped_ = 0;
};

// Reads the query that an argument holds.
MessageRows read_query(FunctionCallInfo fcinfo, int argument, bool one_column_will_do) {
    if (PG_ARGISNULL(argument)) {
        ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("the query is NULL"),
                        one_column_will_do
                            ? errhint("Write it like SELECT body FROM your_messages.")
                            : errhint("Leave it out to take all of aria_engine.focus_examples.")));
    }
    const char* query = text_to_cstring(PG_GETARG_TEXT_PP(argument));
    check_statement(query);
    const MemoryContext caller = CurrentMemoryContext;
    if (SPI_connect() != SPI_OK_CONNECT) elog(ERROR, "SPI_connect failed");
    SPIPlanPtr plan = SPI_prepare(query, 0, nullptr);
    if (plan == nullptr) elog(ERROR, "cannot prepare the query");
    Portal cursor = SPI_cursor_open(nullptr, plan, nullptr, nullptr, true);
    check_columns(cursor->tupDesc, one_column_will_do);
    const bool have_labels = cursor->tupDesc->natts > 1;
    Reader reader;
    do {
        SPI_cursor_fetch(cursor, true, batch);
        MemoryContextSwitchTo(caller);
        for (std::uint64_t i = 0; i < SPI_processed; ++i) {
            CHECK_FOR_INTERRUPTS();
            reader.take(SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
        }
        SPI_freetuptable(SPI_tuptable);
    } while (SPI_processed > 0);
    SPI_cursor_close(cursor);
    SPI_freeplan(plan);
    SPI_finish();
    MemoryContextSwitchTo(caller);
    return {reader.finish(), have_labels};
}

}  // namespace

std::span<const LabelledRow> read_labelled_query(FunctionCallInfo fcinfo, int argument) {
    return read_query(fcinfo, argument, false).rows;
}

MessageRows read_message_query(FunctionCallInfo fcinfo, int argument) {
    return read_query(fcinfo, argument, true);
}

std::span<const KnownProfile> read_known_profiles() {
    static SavedQuery query{
        "SELECT focus_id::pg_catalog.text, enabled FROM aria_engine.focus_profiles "
        "ORDER BY focus_id COLLATE \"C\"",
        0};
    PallocArray<KnownProfile> profiles;
    for_each_result(query, 0, [&](const QueryRow& row) {
        profiles.push({to_utf8(row.text_at(1)), DatumGetBool(row.value(2))});
    });
    return profiles.view();
}

}  // namespace aria_focus::pg
