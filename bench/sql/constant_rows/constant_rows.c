/*
 * A set-returning function with focus_rank's columns and eight constant rows: what the executor itself
 * takes for such rows.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(bench_constant_rows);

/* Returns the rows in a tuplestore. */
Datum
bench_constant_rows(PG_FUNCTION_ARGS)
{
    ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
    MemoryContext old = MemoryContextSwitchTo(info->econtext->ecxt_per_query_memory);
    Datum word = CStringGetTextDatum("keyword");
    Datum values[7];
    bool nulls[7] = {false};

    info->returnMode = SFRM_Materialize;
    info->setDesc = CreateTupleDescCopy(info->expectedDesc);
    info->setResult = tuplestore_begin_heap(false, false, work_mem);
    values[1] = CStringGetTextDatum("orchestrator");
    values[2] = Float8GetDatum(0.6);
    values[3] = Float8GetDatum(1.0);
    values[4] = Int32GetDatum(1);
    values[5] = PointerGetDatum(construct_array(&word, 1, TEXTOID, -1, false, TYPALIGN_INT));
    values[6] = Float8GetDatum(0.0);
    for (int row = 1; row <= 8; row++)
    {
        values[0] = Int32GetDatum(row);
        tuplestore_putvalues(info->setResult, info->setDesc, values, nulls);
    }
    MemoryContextSwitchTo(old);
    return (Datum) 0;
}
