# What the scripts need on the machine: which parts are missing, and how to get them. A part is looked for by what it
# does, not by its package: a server from elsewhere will do. Nothing that is installed is changed for it (see apt.sh);
# where a server and its headers cannot be had without that, a copy serves (see server_copy.sh).
. script/lib/apt.sh
. script/lib/server_copy.sh

PG_MAJORS="19 18 17 16 15"
PG_SUPPORTED="15 to 19"
# Where Debian has its servers, each in a directory of its major.
PG_SERVERS=/usr/lib/postgresql
# Optional packages that could not be had and are not asked for again.
LEFT_OUT=

# Print the major of the server of the pg_config $1.
pg_major() { "$1" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/'; }

# Is this the pg_config of a whole server that is new enough, with what it takes to build for it?
complete_pg_config() {
    [ -x "$(command -v "$1")" ] && [ -e "$("$1" --pgxs)" ] && [ -x "$("$1" --bindir)/postgres" ] &&
        [ -e "$("$1" --includedir-server)/postgres.h" ] && [ "$(pg_major "$1")" -ge "${PG_MAJORS##* }" ]
}

# The pg_config of the newest complete server, else of a copy, or PG_CONFIG if that is set; nothing if none.
find_pg_config() {
    local major candidate
    if [ -n "${PG_CONFIG:-}" ]; then
        complete_pg_config "$PG_CONFIG" && command -v "$PG_CONFIG"
        return
    fi
    for major in $PG_MAJORS; do
        candidate=$PG_SERVERS/$major/bin/pg_config
        if complete_pg_config "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    if complete_pg_config pg_config; then command -v pg_config; else find_copy; fi
}

# Does Debian's package index hold a server of this major?
apt_has_major() { apt-cache show "postgresql-server-dev-$1" >/dev/null 2>&1; }

# The major to install: the one that is there already, else the newest on offer.
choose_major() {
    local major
    for major in $PG_MAJORS; do
        if [ -x "$PG_SERVERS/$major/bin/postgres" ] && apt_has_major "$major"; then
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

# Print a package that some suite takes, unless the package lists are there and do not know it, or it was left out.
offered() {
    case " $LEFT_OUT " in *" $1 "*) return ;; esac
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
        [ -x "$PG_SERVERS/$major/bin/postgres" ] || echo "postgresql-$major"
        echo "postgresql-server-dev-$major"
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

# Print the name of a clang++; nothing if none.
find_clang() { if have clang++; then echo clang++; else return 1; fi; }

# Print the clang to install if there is none.
missing_for_clang() { find_clang >/dev/null || echo clang; }

# Print the missing packages of the clients in docs/clients.md; none of them has to be there.
missing_for_clients() {
    local module
    for module in psycopg asyncpg alembic django; do
        python_has "$module" || offered "python3-$module"
    done
    [ -x "$(PATH=$PATH:/usr/sbin command -v pgbouncer)" ] || offered pgbouncer
    have node || offered nodejs
    have npm || offered npm
    have javac && [ ! -e /usr/share/java/postgresql.jar ] && offered libpostgresql-jdbc-java
    return 0
}

# Print the missing packages that all tests take.
missing_for_test() {
    missing_for_suites
    missing_for_clients
    have clang-format || echo clang-format
    have clang-tidy || echo clang-tidy
    have_fuzzer || missing_for_fuzzer
    [ -e /usr/share/unicode/UnicodeData.txt ] || echo unicode-data
    have chromium || offered chromium
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
    python_has sklearn || echo python3-sklearn
    have sqlsmith || offered sqlsmith
    if config=$(find_pg_config); then
        extensions=$("$config" --sharedir)/extension
        major=$(pg_major "$config")
    else
        major=$(choose_major)
    fi
    [ -e "${extensions:-}/pgtap.control" ] || echo "postgresql-$major-pgtap"
    # Debian's package is of no use to a server from elsewhere.
    case ${config:-$PG_SERVERS/} in "$PG_SERVERS"/*) ;; *) is_copy "$config" || return 0 ;; esac
    [ -e "${extensions:-}/postgis.control" ] || offered "postgresql-$major-postgis-3"
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

# Is the package $1 one that a suite can do without?
is_optional() {
    case $1 in
    sqlsmith | postgresql-*-postgis-* | pgbouncer | nodejs | npm | libpostgresql-jdbc-java | chromium) ;;
    python3-psycopg | python3-asyncpg | python3-alembic | python3-django) ;;
    *) return 1 ;;
    esac
}

# Is the package $1 one of the server and its extensions, to be found beside it?
is_servers() { case $1 in postgresql-*) ;; *) return 1 ;; esac }

# Unpack packages into the copy of the server, or make one with them.
unpack_server_packages() {
    local package major extensions=()
    if uses_copy; then
        say "unpacking into the copy of the server: $*"
        major=$(pg_major "$(find_pg_config)")
    else
        major=$(choose_major)
        say "unpacking a copy of PostgreSQL $major, for it cannot be installed as things are: $BLOCKED"
    fi
    for package in "$@"; do
        case $package in "postgresql-$major" | "postgresql-server-dev-$major") ;; *) extensions+=("$package") ;; esac
    done
    have_copy "$major" ${extensions[@]+"${extensions[@]}"}
}

# Install packages of the server, or have them in a copy.
get_server_packages() {
    local reason
    if ! uses_copy && fit "$@" && install_fitting; then return; fi
    reason=${BLOCKED:-a copy is in use}
    # A server that has all it takes is the one that is tested; a copy would not be.
    if find_pg_config >/dev/null && ! uses_copy; then die_blocked "$@"; fi
    unpack_server_packages "$@" || die "cannot install $* and leave alone what is installed ($reason), nor work with" \
        "a copy: $BLOCKED. It is as it was. Install them yourself when it suits you, or set PG_CONFIG to the" \
        "pg_config of another server"
}

# Install a package if nothing stands against it, or have it in the copy of the server; else say so and go on.
get_optional() {
    if is_servers "$1" && uses_copy; then
        unpack_server_packages "$1" && return
    elif fit "$1"; then
        install_fitting && return
    fi
    say "left out: $1 ($BLOCKED)"
    LEFT_OUT+=" $1"
}

# Get packages: by one installation, or else piece by piece.
get_packages() {
    local package others=() servers=() optional=()
    # With a copy in use an installation would go past it.
    if ! uses_copy && fit "$@" && install_fitting; then return; fi
    for package in "$@"; do
        if is_optional "$package"; then
            optional+=("$package")
        elif is_servers "$package"; then
            servers+=("$package")
        else
            others+=("$package")
        fi
    done
    if [ ${#others[@]} -gt 0 ]; then
        fit "${others[@]}" || die_blocked "${others[*]}"
        install_fitting || die "apt cannot install ${others[*]}"
    fi
    if [ ${#servers[@]} -gt 0 ]; then get_server_packages "${servers[@]}"; fi
    for package in ${optional[@]+"${optional[@]}"}; do get_optional "$package"; done
}

# Get what the function $1 finds missing; do nothing, and touch no network, if that is nothing.
install_missing() {
    local list
    list=$("$1" | xargs)
    [ -n "$list" ] || return 0
    [ -z "${PG_CONFIG:-}" ] || find_pg_config >/dev/null ||
        die "PG_CONFIG=$PG_CONFIG is not the pg_config of a whole server of PostgreSQL $PG_SUPPORTED with its headers"
    can_install || die "these packages are missing and cannot be installed without root or sudo: $list" \
        "(N: a PostgreSQL major, $PG_SUPPORTED)"
    say "missing: $list"
    update_package_lists
    list=$("$1" | xargs)
    [ -n "$list" ] || return 0
    case " $list " in *"-N "*) die "no PostgreSQL $PG_SUPPORTED in the package lists" ;; esac
    # shellcheck disable=SC2086  # a list of package names
    get_packages $list
    list=$("$1" | xargs)
    [ -z "$list" ] || die "still missing after the installation: $list"
}
