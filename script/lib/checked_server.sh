# A PostgreSQL with assertions: from Debian's source package, built once and kept in a cache.

CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/aria_focus/assertions

# Print deb-src lines for the archives that offer the package $1.
source_lines() {
    apt-cache policy "$1" | sed -nE 's|^ +[0-9]+ ([a-z]+:[^ ]+) ([^/ ]+)/([^ ]+) [^ ]+ Packages$|deb-src \1 \2 \3|p' |
        sort -u
}

# Download the source of postgresql-$1 into $2: the newest version that the archives really have, which are the
# system's own or those of the lines $3. apt gets lists of its own there: the system's stay as they are.
fetch_source() {
    local package=postgresql-$1 apt=$2/apt version options
    mkdir -p "$apt/lists/partial" "$apt/archives/partial"
    echo "${3:-$(source_lines "$package")}" >"$apt/sources.list"
    grep -q . "$apt/sources.list" || die "the package lists do not say where $package comes from"
    options=(-q -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
        -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt")
    apt-get "${options[@]}" update >&2
    for version in $(apt-cache "${options[@]}" showsrc "$package" | sed -n 's/^Version: //p' | sort -Vr); do
        (cd "$2" && apt-get "${options[@]}" --download-only source "$package=$version" >&2) && return
    done
    die "no version of the source of $package can be fetched"
}

# Build the unpacked source in $1 and install it into $2.
build_checked_server() {
    local define=
    if [ -e /usr/include/valgrind/memcheck.h ]; then define=-DUSE_VALGRIND; fi
    cd "$1"
    ./configure --prefix="$2" --enable-cassert --enable-debug --without-readline --without-zlib \
        CFLAGS='-O2 -fno-omit-frame-pointer' CPPFLAGS="$define" >configure.log
    make -s -j"$(nproc)"
    make -s install
    make -s -C src/test/isolation install
    cp src/tools/valgrind.supp "$("$2/bin/pg_config" --sharedir)"
}

# Fetch, build and keep the server of major $1; works below $2.
make_checked_server() {
    local work=$2/build
    mkdir -p "$work/source" "$CACHE"
    say "fetching the source of PostgreSQL $1"
    fetch_source "$1" "$work"
    find "$work" -maxdepth 1 -name '*.orig.tar.*' ! -name '*.asc' \
        -exec tar -C "$work/source" --strip-components=1 -xf {} \;
    say "building it with assertions: ten minutes"
    (build_checked_server "$work/source" "$work/server" >&2)
    tar -C "$work/server" -cf "$CACHE/$1.part" .
    mv "$CACHE/$1.part" "$CACHE/$1.tar"
    rm -rf -- "$work"
}

# Unpack the server into $1, built now if none is kept, with the pgTAP of the server that it stands for.
unpack_checked_server() {
    local major config extensions
    config=$(find_pg_config)
    major=$(pg_major "$config")
    extensions=$("$config" --sharedir)/extension
    [ -e "$CACHE/$major.tar" ] || make_checked_server "$major" "$1"
    tar -C "$1" --no-same-owner -xf "$CACHE/$major.tar"
    cp "$extensions"/pgtap* "$("$1/bin/pg_config" --sharedir)/extension/"
}

# Have valgrind run the server in $1, but not its short errands such as --version. Each process writes what is wrong
# beside its data directory.
run_under_valgrind() {
    mv "$1/bin/postgres" "$1/bin/postgres.real"
    cat >"$1/bin/postgres" <<'END'
#!/bin/sh
real=$(dirname "$(readlink -f "$0")")/postgres.real
[ "$1" = -D ] || exec "$real" "$@"
supp=$("$(dirname "$real")/pg_config" --sharedir)/valgrind.supp
exec valgrind --leak-check=no --gen-suppressions=all --suppressions="$supp" --log-file="$2.valgrind.%p" \
    "$real" "$@"
END
    chmod 755 "$1/bin/postgres"
}
