# The test suites. Each is a function suite_NAME that prints its output; count_NAME, where there
# is one, prints "passed failed" from that output, else its last line says "N passed, N failed", or
# "skipped: why" where it cannot run on this machine.

. script/lib/sanitizers.sh

SUITES="lint tidy unit sanitize pgtap regress python"
# Run when named only: mutants take twenty minutes, and for discard see script/assertions.
MORE_SUITES="mutation discard"
SUMMARY=
TOTAL_PASSED=0
TOTAL_FAILED=0
LOGS=$STAGE/logs
# What the tests in Python share.
export PYTHONPATH=$PWD/test/support

# Build the module once, warnings being errors.
need_module() {
    [ -e "$STAGE/module.built" ] && return
    build_module WERROR=1 all
    touch "$STAGE/module.built"
}

# Have a server with the module and the border's test module, started once.
need_server() {
    [ -n "${PGHOST:-}" ] && return
    need_module
    copy_server
    install_module WERROR=1 install
    if [ -e test/border/border_test.cpp ]; then install_module WERROR=1 border-install; fi
    start_server
}

# Style and structure of the sources.
suite_lint() { script/lint; }

# clang-tidy over one file, with the checks of .clang-tidy.
tidy_one() {
    if clang-tidy --quiet "$1" -- -std=c++20 -Isrc -isystem "$(pg_dir includedir-server)" 2>/dev/null; then
        echo "ok      $1"
    else
        echo "FAILED  $1"
        return 1
    fi
}

# clang-tidy over all sources. Another major has other opinions: it is told, not obeyed.
suite_tidy() {
    local status=0
    export -f tidy_one pg_dir
    find src -name '*.cpp' | sort | xargs -P "$JOBS" -I{} bash -c 'tidy_one {}' || status=1
    clang-tidy --version | grep -q 'version 14\.' && return "$status"
    echo "ok      not version 14: its findings do not count"
}

# A file is a test.
count_tidy() {
    local failed
    failed=$(grep -c '^FAILED' "$1" || true)
    if grep -q '^ok .*do not count$' "$1"; then failed=0; fi
    echo "$(grep -c '^ok ' "$1" || true) $failed"
}

# Build the core's own tests in build/$1 with CMake's further arguments, and run them.
core_tests() {
    local dir=build/$1
    quietly cmake -S . -B "$dir" "${@:2}" && quietly cmake --build "$dir" --parallel "$JOBS" &&
        (cd "$dir" && ctest --output-on-failure)
}

# The core's own tests.
suite_unit() { core_tests unit; }

# The same under the address and undefined-behaviour sanitizers.
suite_sanitize() {
    if sanitizers_run "${CXX:-c++}"; then
        core_tests sanitize -DARIA_FOCUS_SANITIZE=ON
    else
        skip_suite "programs under the compiler's sanitizers do not run here"
    fi
}

# From ctest's "100% tests passed, 0 tests failed out of 12".
count_unit() {
    sed -nE 's/.* ([0-9]+) tests? failed out of ([0-9]+)$/\2 \1/p' "$1" |
        { read -r all failed && echo "$((all - failed)) $failed"; }
}

count_sanitize() { count_unit "$1"; }

# Run files with pgTAP, each in a database $1_* of its own where both extensions are created.
prove() {
    local suite=$1 file database status=0
    shift
    sql -c "CREATE DATABASE ${suite}_template" || return 1
    sql -d "${suite}_template" -c "CREATE EXTENSION pgtap; CREATE EXTENSION aria_focus" || return 1
    for file in "$@"; do
        database=${suite}_$(basename "$file" .sql)
        sql -c "CREATE DATABASE \"$database\" TEMPLATE ${suite}_template" || return 1
        PGOPTIONS=${TESTS_PGOPTIONS:-} pg_prove --verbose -d "$database" "$file" || status=1
    done
    return "$status"
}

# SQL tests with pgTAP.
suite_pgtap() { prove pgtap test/pgtap/*.sql; }

# Some of them while the server throws away every cached catalog entry at every chance.
suite_discard() {
    local TESTS_PGOPTIONS='-c debug_discard_caches=1'
    prove discard test/pgtap/{cache,cache_repeatable_read,history}.sql
}

# From the TAP lines; what is marked TODO may fail.
count_pgtap() {
    local failed
    failed=$(grep -E '^not ok [0-9]' "$1" | grep -vci '# *TODO' || true)
    echo "$(($(grep -cE '^(not )?ok [0-9]' "$1" || true) - failed)) $failed"
}

count_discard() { count_pgtap "$1"; }

# pg_regress over test/regress/sql with the outputs in expected/.
suite_regress() {
    make_here installcheck && return
    cat build/regress/regression.diffs 2>/dev/null
    return 1
}

# From "All 3 tests passed." or "1 of 3 tests failed."
count_regress() {
    sed -nE -e 's/^[# ]*All ([0-9]+) tests? passed.*/\1 0/p' \
        -e 's/^[# ]*([0-9]+) of ([0-9]+) tests? failed.*/\2 \1/p' "$1" |
        { read -r all failed && echo "$((all - failed)) $failed"; }
}

# Each test/python/test_*.py with Debian's Python, in a database of its own with the extension.
suite_python() {
    local file database passed=0 failed=0
    for file in test/python/test_*.py; do
        database=python_$(basename "$file" .py)
        sql -c "CREATE DATABASE \"$database\"" || return 1
        sql -d "$database" -c "CREATE EXTENSION aria_focus" || return 1
        if PGDATABASE=$database /usr/bin/python3 -B "$file"; then
            echo "$file: passed"
            passed=$((passed + 1))
        else
            echo "$file: FAILED"
            failed=$((failed + 1))
        fi
    done
    echo "$passed passed, $failed failed"
}

# Every rule of the cache broken once; a test has to fail.
suite_mutation() { bash test/mutation/run; }

# No session of the throwaway server died, nor was anything leaked or written past its end: that is a failure
# whatever the client made of it.
suite_server() {
    local bad='was terminated by signal|PANIC:|TRAP:|problem in alloc set|reference leak|was not closed'
    if grep -E "$bad" "$STAGE/server.log"; then return 1; fi
    # Where it ran under valgrind.
    if grep -lsE 'ERROR SUMMARY: [1-9]' "$STAGE"/data.valgrind.* | xargs -r cat | grep . ; then return 1; fi
    echo "1 passed, 0 failed"
}

# From a last line "N passed, N failed".
count_last_line() { tail -n 1 "$1" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p'; }

# Run the suite $1 in a shell of its own, so that no failure of it ends the others.
run_one() {
    local suite=$1
    if declare -F "suite_$suite" >/dev/null; then
        (set +e; "suite_$suite")
    else
        "test/$suite/run"
    fi
}

# Print "passed failed" of the suite $1 with log $2 and exit status $3. A suite that says nothing
# of failures but ends badly, or that ran nothing, has failed once.
count_one() {
    local counter=count_last_line passed=0 failed=0
    if declare -F "count_$1" >/dev/null; then counter=count_$1; fi
    read -r passed failed < <("$counter" "$2") || true
    if [ "${failed:-0}" -eq 0 ] && { [ "$3" -ne 0 ] || [ "${passed:-0}" -eq 0 ]; }; then failed=1; fi
    echo "${passed:-0} ${failed:-0}"
}

# Print why the suite with the log $1 and the exit status $2 was skipped; fail if it was not.
reason_to_skip() { [ "$2" -eq 0 ] && tail -n 1 "$1" | sed -n 's/^skipped: //p' | grep .; }

# Run one suite, show its output as it comes, and add its line to the summary.
run_suite() {
    local suite=$1 started=$SECONDS log=$LOGS/$1.log status passed failed reason
    case $suite in unit | sanitize | fuzz | tidy | matrix | packages) ;; lint) need_module ;; *) need_server ;; esac
    say "suite $suite"
    set +e
    run_one "$suite" </dev/null 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    set -e
    if reason=$(reason_to_skip "$log" "$status"); then
        SUMMARY+=$(printf '%-12s skipped: %s' "$suite" "$reason")$'\n'
        return
    fi
    read -r passed failed < <(count_one "$suite" "$log" "$status")
    SUMMARY+=$(printf '%-12s %6d passed, %4d failed, %4d s' "$suite" "$passed" "$failed" \
        $((SECONDS - started)))$'\n'
    TOTAL_PASSED=$((TOTAL_PASSED + passed))
    TOTAL_FAILED=$((TOTAL_FAILED + failed))
}

# Print the names of all suites.
all_suites() {
    local run
    echo "$SUITES"
    for run in test/*/run; do
        if [ -x "$run" ]; then basename "$(dirname "$run")"; fi
    done
}

# End with an error if $1 is no suite.
check_suite() {
    local names
    names=$(all_suites | xargs)
    case " $names $MORE_SUITES " in
    *" $1 "*) ;;
    *) die "no suite $1; there are: $names, and when named: $MORE_SUITES" ;;
    esac
}

# Print the summary; fail if anything failed, or if the suites ended early with the status $1.
finish() {
    if [ "$1" -ne 0 ]; then
        TOTAL_FAILED=$((TOTAL_FAILED + 1))
        SUMMARY+="stopped early: see the error above"$'\n'
    fi
    printf '\n%s%d passed, %d failed\n' "$SUMMARY" "$TOTAL_PASSED" "$TOTAL_FAILED"
    [ "$TOTAL_FAILED" -eq 0 ]
}

# Run the named suites, or all.
run_suites() {
    local suite
    for suite in "$@"; do check_suite "$suite"; done
    mkdir "$LOGS"
    trap 'finish $? || exit 1' EXIT
    for suite in ${@:-$(all_suites)}; do run_suite "$suite"; done
    if [ -n "${PGHOST:-}" ]; then run_suite server; fi
}
