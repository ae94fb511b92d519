#include "pg/values/result_set.hpp"

namespace aria_focus::pg {

ResultSet::ResultSet(FunctionCallInfo fcinfo) : caller_(CurrentMemoryContext) {
    auto* info = reinterpret_cast<ReturnSetInfo*>(fcinfo->resultinfo);
    if (info == nullptr || !IsA(info, ReturnSetInfo) ||
        (info->allowedModes & SFRM_Materialize) == 0) {
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                        errmsg("set-valued function called in context that cannot accept a set")));
    }
    // The executor worked out the row type from the declaration; to ask again costs a microsecond.
    if (info->expectedDesc == nullptr) elog(ERROR, "return type must be a row type");
    // No row type is given back: the rows are of the one that the executor expects.
    descriptor_ = info->expectedDesc;
    const bool random_access = (info->allowedModes & SFRM_Materialize_Random) != 0;
    MemoryContextSwitchTo(info->econtext->ecxt_per_query_memory);
    store_ = tuplestore_begin_heap(random_access, false, work_mem);
    MemoryContextSwitchTo(caller_);
    info->returnMode = SFRM_Materialize;
    info->setResult = store_;
}

void ResultSet::end_row() {
    CHECK_FOR_INTERRUPTS();
    check_columns(descriptor_);
    tuplestore_putvalues(store_, descriptor_, values_, nulls_);
    column_ = 0;
    if (++rows_ % few_rows == 0) empty();
}

void ResultSet::empty() {
    if (row_context_ != nullptr) {
        MemoryContextReset(row_context_);
    } else {
        row_context_ = AllocSetContextCreate(caller_, "aria_focus rows", ALLOCSET_DEFAULT_SIZES);
        MemoryContextSwitchTo(row_context_);
    }
}

Datum ResultSet::finish() {
    MemoryContextSwitchTo(caller_);
    if (row_context_ != nullptr) MemoryContextDelete(row_context_);
    return 0;
}

}  // namespace aria_focus::pg
