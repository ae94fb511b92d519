# What the scripts need on the machine: which parts are missing, and how to install them.
# A part is looked for by what it does, not by its package: a server from elsewhere will do.

PG_MAJORS="18 17 16 15 14 13"

# Is this the pg_config of a whole server, with what it takes to build for it?
complete_pg_config() {
    [ -x "$(command -v "$1")" ] && [ -e "$("$1" --pgxs)" ] && [ -x "$("$1" --bindir)/postgres" ] &&
        [ -e "$("$1" --includedir-server)/postgres.h" ]
}

# The pg_config of the newest complete server, or PG_CONFIG if that is set; nothing if none.
find_pg_config() {
    local major candidate
    if [ -n "${PG_CONFIG:-}" ]; then
        complete_pg_config "$PG_CONFIG" && command -v "$PG_CONFIG"
        return
    fi
    for major in $PG_MAJORS; do
        candidate=/usr/lib/postgresql/$major/bin/pg_config
        if complete_pg_config "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    if complete_pg_config pg_config; then command -v pg_config; else return 1; fi
}

# Does Debian's package index hold a server of this major?
apt_has_major() { apt-cache show "postgresql-server-dev-$1" >/dev/null 2>&1; }

# The major to install: the one that is there already, else the newest on offer.
choose_major() {
    local major
    for major in $PG_MAJORS; do
        if [ -x "/usr/lib/postgresql/$major/bin/postgres" ] && apt_has_major "$major"; then
            echo "$major"
            return
        fi
    done
    for major in $PG_MAJORS; do
        if apt_has_major "$major"; then
            echo "$major"
            return
        fi
    done
    echo N
}

# Print a package that some suite takes, unless the package lists are there and do not know it.
offered() {
    if apt-cache show "$1" >/dev/null 2>&1 || ! apt-cache show make >/dev/null 2>&1; then echo "$1"; fi
}

# Can Debian's own Python import this module?
python_has() { /usr/bin/python3 -c "import $1" 2>/dev/null; }

# Is there a Catch2, version 2 or 3?
have_catch2() {
    local config
    for config in /usr/lib/cmake/Catch2 /usr/lib/*/cmake/Catch2 /usr/share/cmake/Catch2 \
        /usr/local/lib/cmake/Catch2; do
        [ -d "$config" ] && return
    done
    return 1
}

# Print the missing packages that building and running the extension takes.
missing_for_demo() {
    local major
    have make || echo make
    have g++ || echo g++
    [ -x /usr/bin/python3 ] || echo python3
    if ! find_pg_config >/dev/null; then
        major=$(choose_major)
        echo "postgresql-$major postgresql-server-dev-$major"
    fi
}

# Can clang build a fuzz target?
have_fuzzer() {
    local library
    for library in "$(clang++ -print-runtime-dir 2>/dev/null)"/libclang_rt.fuzzer*.a \
        "$(clang++ -print-resource-dir 2>/dev/null)"/lib/*/libclang_rt.fuzzer*.a; do
        [ -e "$library" ] && return
    done
    return 1
}

# Print what it takes for that; older releases of Debian have the library in clang itself.
missing_for_fuzzer() {
    echo clang
    if apt-cache show libclang-rt-dev >/dev/null 2>&1; then echo libclang-rt-dev; fi
}

# Print the name of a clang++ that knows C++20; nothing if none.
find_clang() {
    local name
    for name in clang++ clang++-19 clang++-16 clang++-13; do
        if have "$name" && [ "$("$name" -dumpversion | cut -d. -f1)" -ge 13 ]; then
            echo "$name"
            return
        fi
    done
    return 1
}

# The clang to install: the release's own, or a newer one beside it where that is too old.
choose_clang() {
    local name
    if [ "$(apt-cache show clang 2>/dev/null | sed -nE 's/^Version: [0-9]+:([0-9]+).*/\1/p' | head -n 1)" -ge 13 ]; then
        echo clang
        return
    fi
    for name in clang-19 clang-16 clang-13; do
        if apt-cache show "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    echo clang
}

# Print the clang to install if there is none.
missing_for_clang() { find_clang >/dev/null || choose_clang; }

# Print the missing packages that all tests take.
missing_for_test() {
    missing_for_suites
    have clang-format || echo clang-format
    have clang-tidy || echo clang-tidy
    have_fuzzer || missing_for_fuzzer
    [ -e /usr/share/unicode/UnicodeData.txt ] || echo unicode-data
}

# Print the missing packages that the suites take beyond building.
missing_for_suites() {
    local config major extensions
    missing_for_demo
    have cmake || echo cmake
    have_catch2 || echo catch2
    have pg_prove || echo libtap-parser-sourcehandler-pgtap-perl
    python_has sqlalchemy || echo python3-sqlalchemy
    python_has psycopg2 || echo python3-psycopg2
    have sqlsmith || offered sqlsmith
    if config=$(find_pg_config); then
        extensions=$("$config" --sharedir)/extension
        major=$("$config" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
    else
        major=$(choose_major)
    fi
    [ -e "${extensions:-}/pgtap.control" ] || echo "postgresql-$major-pgtap"
    [ -e "/usr/share/postgresql/$major/extension/postgis.control" ] || offered "postgresql-$major-postgis-3"
}

# Print the missing packages that the benchmark takes beyond building; its peers: bench/peers.sh.
missing_for_bench() {
    missing_for_demo
    have cmake || echo cmake
    have_catch2 || echo catch2
    python_has psycopg2 || echo python3-psycopg2
    [ -e /usr/share/dict/words ] || echo wamerican
    [ -e /usr/share/games/fortunes/wisdom ] || echo fortunes
}

# Run a command as root, by sudo where needed; it never asks for a password.
with_root() {
    if am_root; then "$@"; else sudo -n "$@"; fi
}

# Can this user install packages without being asked anything?
can_install() { have apt-get && { am_root || { have sudo && sudo -n true 2>/dev/null; }; }; }

CREATECLUSTER=/etc/postgresql-common/createcluster.conf

# Keep Debian from creating and starting a cluster of its own beside ours. An existing file
# comes back unchanged in restore_createcluster.
forbid_default_cluster() {
    with_root mkdir -p "$(dirname "$CREATECLUSTER")"
    if [ -e "$CREATECLUSTER" ]; then
        with_root cp -p "$CREATECLUSTER" "$CREATECLUSTER.aria_focus"
        trap restore_createcluster EXIT
    fi
    echo "create_main_cluster = false" | with_root tee -a "$CREATECLUSTER" >/dev/null
}

# Put back the file that forbid_default_cluster changed.
restore_createcluster() {
    if [ -e "$CREATECLUSTER.aria_focus" ]; then
        with_root mv "$CREATECLUSTER.aria_focus" "$CREATECLUSTER"
    fi
}

# apt-get without questions, on standard error, waiting for another apt to finish.
apt_get() {
    with_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 \
        -o DPkg::Lock::Timeout=600 "$@" </dev/null >&2
}

# Install what the function $1 finds missing; do nothing, and touch no network, if that is nothing.
install_missing() {
    local list
    list=$("$1" | xargs)
    [ -n "$list" ] || return 0
    can_install || die "these packages are missing and cannot be installed without root or sudo: $list" \
        "(N: a PostgreSQL major from 13 to 18)"
    say "missing: $list"
    apt_get update || say "apt-get update failed; going on with the package lists that are there"
    list=$("$1" | xargs)
    case " $list " in *"-N "*) die "no PostgreSQL from 13 to 18 in the package lists" ;; esac
    say "installing: $list"
    case $list in *postgresql-[0-9]*) forbid_default_cluster ;; esac
    # shellcheck disable=SC2086  # a list of package names
    apt_get install -y --no-install-recommends --no-upgrade $list
    restore_createcluster
    list=$("$1" | xargs)
    [ -z "$list" ] || die "still missing after the installation: $list"
}
