# Checks of script/lint that are seen to fail. Sourced by script/lint.

# A row for each fault: the check that must find it, a file, and the line that is written at its end.
PLANTED='
rooms_keep_their_doors|src/core/match/planted.cpp|#include "core/check/json.hpp"
rooms_keep_their_doors|src/core/match/kernel.cpp|# include <core/profile/profile.hpp>
rooms_keep_their_doors|src/core/agent/deep/planted.hpp|#include "core/keywords/list.hpp"
rooms_keep_their_doors|src/core/base/planted.hpp|#include "pg/values/row.hpp"
rooms_keep_their_doors|src/core/text/planted.cpp|#include "../match/kernel.hpp"
rooms_keep_their_doors|src/core/text/planted.cpp|#include "text.hpp"
rooms_keep_their_doors|src/core/planted.cpp|// in no room
rooms_keep_their_doors|src/core/cellar/planted.cpp|// in no room
rooms_keep_their_doors|src/pg/border/planted.hpp|#include "pg/tables/schema.hpp"
rooms_keep_their_doors|src/pg/values/planted.hpp|#include "pg/sql/hit_rows.hpp"
rooms_keep_their_doors|src/pg/values/planted.hpp|#include "pg/border/border.hpp"
rooms_keep_their_doors|src/pg/tables/planted.hpp|#include "pg/sql/hit_rows.hpp"
core_sees_no_postgres|src/core/base/planted.cpp|#include "postgres.h"
one_door|src/pg/sql/planted.cpp|PG_FUNCTION_INFO_V1(focus_planted);
no_regex|src/core/text/planted.cpp|const std::regex planted("a*");
intent_comments|src/core/text/planted.cpp|int planted() { return 1; }
every_source_linked|src/core/text/planted.cpp|// never compiled
ascii_sql|sql/99-planted.sql|-- naïve
'

# Is the fault of the check $1, written at the end of the file $2 as the line $3, found there?
finds_planted() {
    mkdir -p "$(dirname "$2")"
    printf '%s\n' "$3" >>"$2"
    { "$1" 2>&1 || true; } | grep -qF "$2:"
}

# Each fault, in a copy of the sources of its own, is found by its check.
planted_faults_are_found() {
    local check file line copy
    copy=$(mktemp -d)
    while IFS='|' read -r check file line; do
        [ -n "$check" ] || continue
        rm -rf "${copy:?}"/*
        mkdir -p "$copy/test/border" "$copy/build" "$copy/script"
        cp -r src sql aria_focus.so "$copy"
        cp -r script/lib "$copy/script"
        cp build/aria_focus.map "$copy/build"
        (cd "$copy" && finds_planted "$check" "$file" "$line") || echo "$check does not find '$line' in $file"
    done <<<"$PLANTED"
    rm -rf -- "$copy"
}
