# The checks of script/lint. Each prints a line for each problem, and nothing when all is well.

# C++ sources that people write; generated tables are *.inc.
cpp_files() { find src test -name '*.[ch]pp' -o -name '*.h' | sort; }

# Every text file of the sources, NUL-separated.
text_files() {
    find . \( -path ./.git -o -path ./build -o -path ./expected -o -path ./test/fuzz/corpus \
        -o -name '*.so' -o -name '*.o' -o -name '*.pyc' -o -path './sql/aria_focus--*.sql' \) -prune -o -type f -print0
}

# grep -n that is content to find nothing.
search() { grep -nE "$@" || [ $? -eq 1 ]; }

# The core includes nothing of PostgreSQL and nothing of the glue.
core_sees_no_postgres() {
    local files='postgres|pg_config|c\.h|fmgr|funcapi|miscadmin'
    local directories='access/|catalog/|commands/|common/|executor/|lib/|mb/|nodes/|port/|utils/|pg/'
    search -r "^ *# *include *[<\"]($files|$directories)" src/core
}

# Only the border's header declares SQL functions to the server.
one_door() { search -r 'PG_FUNCTION_INFO_V1 *\(' src test/border | search -v '^src/pg/border/border\.hpp:'; }

# The module has its magic block once.
one_magic() {
    local places
    places=$(search -r '^ *PG_MODULE_MAGIC(_EXT)?\b' src)
    [ "$(grep -c . <<<"$places")" -eq 1 ] || printf 'PG_MODULE_MAGIC must stand once:\n%s\n' "$places"
}

# std::regex recurses on its input.
no_regex() { search -r 'std::(w?regex|basic_regex)|# *include *<regex>' src; }

# Objects of the module, which `make` has built.
objects() {
    local source list=
    for source in $(find src -name '*.cpp'); do
        if [ -e "build/${source%.cpp}.o" ]; then list+="build/${source%.cpp}.o"$'\n'; fi
    done
    if [ -n "$list" ]; then printf '%s' "$list"; else echo "no objects: run make first" >&2 && return 1; fi
}

# No initialiser runs code: at load time it could not raise, in a function it may raise in the
# middle of the server's work. The compiler leaves a trace of both in the objects.
no_dynamic_initialisers() {
    objects | xargs -r nm -A -C | search -w '_GLOBAL__sub_I_[^ ]*|__cxa_guard_acquire|__cxa_thread_atexit'
}

# A line of intent above every function.
intent_comments() {
    find src -name '*.[ch]pp' -print0 | xargs -0 /usr/bin/python3 script/lib/lint_cpp.py comments
}

# The version of the control file.
control_version() { sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" aria_focus.control; }

# META.json and CHANGELOG.md name the version of the control file.
one_version() {
    /usr/bin/python3 script/lib/lint_meta.py version "$(control_version)"
    grep -qs "^## \[\?$(control_version)" CHANGELOG.md || echo "CHANGELOG.md:1: no entry for $(control_version)"
}

# A released version has its install script on record, and the next one an update script from it.
releases() {
    local version before='' recorded=test/upgrade/releases
    version=$(control_version)
    if ! grep -qE "^## \[?$version\]? \(unreleased\)" CHANGELOG.md &&
        [ ! -e "$recorded/aria_focus--$version.sql" ]; then
        echo "CHANGELOG.md:1: $version is released, and $recorded has no aria_focus--$version.sql"
    fi
    for version in $({
        find "$recorded" -name 'aria_focus--*.sql' | sed -E 's/.*--(.*)\.sql/\1/'
        echo "$version"
    } | sort -uV); do
        if [ -n "$before" ] && [ ! -e "sql/aria_focus--$before--$version.sql" ]; then
            echo "sql/aria_focus--$before--$version.sql:1: missing, even if it changes nothing"
        fi
        before=$version
    done
}

# META.json has what PGXN asks for, and the files that it names are there.
meta_json() { /usr/bin/python3 script/lib/lint_meta.py spec; }

# The library exports the SQL functions and nothing else.
exports() {
    local library
    objects >/dev/null
    for library in aria_focus.so build/test/border/border_test.so; do
        [ ! -e "$library" ] && continue
        nm -D --defined-only "$library" | awk '{ print $NF }' |
            search -v '^(Pg_magic_func|_PG_init|pg_finfo_focus_[a-z0-9_]+|focus_[a-z0-9_]+)$' |
            sed "s|^|$library: exports |"
    done
}

# Every pg_regress input has an output and the other way round.
regress_pairs() {
    local file
    for file in test/regress/sql/*.sql; do
        [ -e "expected/$(basename "$file" .sql).out" ] || echo "$file:1: no expected output"
    done
    for file in expected/*.out; do
        # name_1.out is another right answer of name.sql
        [ -e "test/regress/sql/$(basename "$file" .out | sed 's/_[0-9]$//').sql" ] ||
            echo "$file:1: no input"
    done
}

# The SQL functions that users can call: all but the triggers'.
public_functions() {
    cat sql/[0-9][0-9]-*.sql | tr '\n' ' ' | sed -E 's/CREATE (OR REPLACE )?FUNCTION/\n&/g' |
        sed -nE '/RETURNS trigger/!s/^CREATE .*FUNCTION (aria_engine\.)?(focus_[a-z0-9_]+).*/\2/p' |
        sort -u
}

# Every SQL function is called in a test.
functions_tested() {
    local name
    for name in $(public_functions); do
        grep -qsw "$name" test/regress/sql/*.sql test/pgtap/*.sql || echo "sql: $name is in no SQL test"
    done
}

# Every SQL function is in the reference.
functions_documented() {
    local name
    for name in $(public_functions); do
        grep -qsw "$name" README.md docs/*.md || echo "README.md: $name is missing"
    done
}

# Every mutant of the mutation test has its place in the source.
mutants_placed() { bash test/mutation/run --places; }

# Scripts of any encoding's database: ASCII.
ascii_sql() { LC_ALL=C search -r $'[^ -~\t]' sql --include='*.sql'; }

# Every shell script parses.
scripts_parse() {
    local file
    while IFS= read -r -d '' file; do
        if [[ $file == *.sh ]] || head -c 30 "$file" | grep -aq '^#!.*bash'; then bash -n "$file"; fi
    done < <(text_files)
}

# Every Python file compiles; nothing is written.
python_parses() {
    local file
    while IFS= read -r -d '' file; do
        /usr/bin/python3 -c 'import ast, sys; ast.parse(open(sys.argv[1], "rb").read(), sys.argv[1])' "$file"
    done < <(find script test -name '*.py' -print0)
}

# No white space at line ends, no tab but where it is meaning, a newline at the end.
white_space() {
    local file
    while IFS= read -r -d '' file; do
        grep -nHIE '[[:blank:]]$' "$file" | sed 's/$/ <- white space at the end/' || true
        case $file in
        */Makefile | *.mk | *.tsv) ;;
        *) grep -nHIP '\t' "$file" | sed 's/$/ <- tab/' || true ;;
        esac
        [ -z "$(tail -c 1 "$file")" ] || echo "$file: no newline at the end"
    done < <(text_files)
}

# Lines of sources have at most 120 columns; clang-format breaks C++ code at 100. What is released stays as it is, and
# what is built of slices has theirs.
long_lines() {
    find src test script sql bench \( -path test/upgrade/releases -o -name 'aria_focus--*.sql' \) -prune -o \
        \( -name '*.[ch]pp' -o -name '*.sh' -o -name '*.py' -o -name '*.sql' \) -print0 |
        xargs -0 grep -nHE '^.{121,}' || true
}

# clang-format changes nothing. Only the major that laid the files out can tell.
cpp_layout() {
    if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
        { cpp_files | xargs clang-format --dry-run -Werror 2>&1 || true; } |
            sed -nE 's/^([^ :]+:[0-9]+):.* error: .*/\1: clang-format lays this out otherwise/p' |
            sort -t: -u -k1,1
    fi
}
