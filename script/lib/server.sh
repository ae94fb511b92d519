# A throwaway server from a private copy of the installation. The binaries find their share
# directory relative to themselves, so the copy is whole and the system's server is untouched.
# Works on a stage only: $ARIA_FOCUS_STAGE/root is the copy, /data the cluster, /s the socket.

STAGE=${ARIA_FOCUS_STAGE:-}
PG_BIN=
JOBS=$(nproc)

# Print what pg_config says about $1.
pg_dir() { "$PG_CONFIG" "--$1"; }

# make for this server, by the compiler CXX if that is set.
make_here() { make -s PG_CONFIG="$PG_CONFIG" ${CXX:+CXX="$CXX"} "$@"; }

# Compile the module.
build_module() {
    say "building for $("$PG_CONFIG" --version)"
    quietly make_here -j"$JOBS" "$@"
}

# Copy the server's programs, libraries and share files into the stage.
copy_server() {
    local dir
    for dir in "$(pg_dir bindir)" "$(pg_dir pkglibdir)" "$(pg_dir sharedir)"; do
        mkdir -p "$STAGE/root$dir"
        cp -a "$dir/." "$STAGE/root$dir"
    done
    PG_BIN=$STAGE/root$(pg_dir bindir)
    PATH=$PG_BIN:$PATH
}

# Install the module into the copy; further arguments are make targets.
install_module() {
    quietly make_here DESTDIR="$STAGE/root" "$@" || die "the installation failed"
}

# Settings of the throwaway server: no network, no care for a crash of the machine.
server_settings() {
    cat <<END
listen_addresses = ''
unix_socket_directories = '$STAGE/s'
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 64MB
max_prepared_transactions = 10
jit = off
log_line_prefix = '%m [%p] %d '
END
}

# Create the cluster, start the server and point the environment of all clients at it. Its malloc gives large blocks
# back at once, so that memory which a session keeps is memory that it uses.
start_server() {
    say "starting a throwaway server in $STAGE"
    mkdir "$STAGE/s"
    quietly "$PG_BIN/initdb" -D "$STAGE/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync ||
        die "initdb failed"
    server_settings >>"$STAGE/data/postgresql.conf"
    MALLOC_MMAP_THRESHOLD_=131072 "$PG_BIN/pg_ctl" -D "$STAGE/data" -l "$STAGE/server.log" -w -s start ||
        { cat "$STAGE/server.log" >&2; die "the server does not start"; }
    export PGHOST=$STAGE/s PGPORT=5432 PGUSER=postgres PGDATABASE=postgres PGCLIENTENCODING=UTF8
    export PG_BIN
}

# psql for scripts: no start-up file, stop at the first error.
sql() { "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 "$@"; }
