# The server's isolation tester, for a release of Debian whose PostgreSQL comes without one. It is a client, as psql is,
# and works with older servers; those before 14 print results in another form than our expected files have. So it is
# built from the source of another release, and put where later servers have theirs.
. script/lib/checked_server.sh

# The release and the major that it is taken from.
TESTER_RELEASE=bookworm
TESTER_MAJOR=15

# Print where the server of PG_CONFIG has its tester, or would have it.
tester_path() { echo "$(dirname "$("$(find_pg_config)" --pgxs)")/../test/isolation/isolationtester"; }

# Print the line of the package sources that offers the source, from this system's own mirror.
tester_source_line() {
    sed -nE "s|^deb (.*) [a-z]+ main\$|deb-src \1 $TESTER_RELEASE main|p" /etc/apt/sources.list
}

# Build the tester below $1 and install it at $2. Python unpacks: bzip2 is not everywhere.
build_tester() {
    (
        cd "$1"
        /usr/bin/python3 -m tarfile -e postgresql-*.orig.tar.* source
        cd source/postgresql-*
        ./configure --without-readline --without-zlib >configure.log
        make -s -C src/test/isolation
        install -D src/test/isolation/isolationtester "$2"
    )
}

# Have a tester; once built it stays.
need_tester() {
    local work path
    path=$(tester_path)
    if [ -x "$path" ]; then return; fi
    say "building the isolation tester of PostgreSQL $TESTER_MAJOR"
    work=$(mktemp -d)
    fetch_source "$TESTER_MAJOR" "$work" "$(tester_source_line)"
    build_tester "$work" "$path" >&2
    rm -rf -- "$work"
}
