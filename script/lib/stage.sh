# A stage: a copy of the tree in a temporary directory, owned by an ordinary user, where a
# script runs itself again. PostgreSQL refuses root, a clone may be unreadable to others, and
# the tree stays clean. Whatever happens, nothing of it is left behind.

# Create a directory below $1 for the ordinary user and print its name; fail where he cannot run
# programs, or where a socket's path would be too long.
try_stage_below() {
    local dir
    [ -d "$1" ] && [ "${#1}" -lt 60 ] && dir=$(mktemp -d "$1/aria_focus.XXXXXX") || return 1
    if am_root; then chown "$RUN_AS" "$dir"; fi
    if cp /bin/true "$dir/runs" && chmod 755 "$dir/runs" && as_user "$dir/runs" 2>/dev/null; then
        rm "$dir/runs"
        echo "$dir"
    else
        rm -rf "$dir"
        return 1
    fi
}

# Print the name of a new directory for the stage.
make_stage() {
    local base
    for base in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
        try_stage_below "$base" && return
    done
    die "no temporary directory to run programs in: set TMPDIR to one that $RUN_AS can use"
}

# List the files of the tree, NUL-separated: what git knows or would add, as it is on disk.
tree_files() {
    local file
    if git -c safe.directory='*' rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git -c safe.directory='*' ls-files -co --exclude-standard -z
    else
        find . \( -path ./.git -o -path ./build -o -name '*.so' -o -name '*.o' \) -prune -o \
            ! -type d -print0
    fi | while IFS= read -r -d '' file; do
        if [ -e "$file" ] || [ -L "$file" ]; then printf '%s\0' "$file"; fi
    done
}

# Copy the tree to $1, for the ordinary user.
copy_tree() {
    as_user mkdir "$1"
    tree_files | tar --null --no-recursion -T - -cf - | as_user tar -C "$1" -xf -
}

# Print the processes that work inside the stage.
stage_processes() {
    local entry
    for entry in /proc/[0-9]*; do
        case $(readlink "$entry/cwd" 2>/dev/null) in "$STAGE" | "$STAGE"/*) echo "${entry#/proc/}" ;; esac
    done
}

# End every process of the stage: the server by its own signal first, so that it frees its
# shared memory, then what is left.
end_stage_processes() {
    local server pids tries
    if read -r server 2>/dev/null <"$STAGE/data/postmaster.pid"; then
        kill -QUIT "$server" 2>/dev/null || true
        for tries in {1..50}; do
            # Gone, or dead and not yet buried by process 1: both have no directory.
            [ -n "$(readlink "/proc/$server/cwd")" ] || break
            sleep 0.1
        done
    fi
    pids=$(stage_processes)
    # shellcheck disable=SC2086  # a list of numbers
    [ -z "$pids" ] || kill -KILL $pids 2>/dev/null || true
}

# Remove the stage with all that runs in it; the exit status stays.
remove_stage() {
    local status=$?
    trap - EXIT
    trap '' INT TERM HUP
    end_stage_processes
    rm -rf -- "$STAGE"
    exit "$status"
}

# The environment of a stage: no trace of the caller's PostgreSQL settings or home directory.
stage_environment() {
    local name config
    config=$(find_pg_config) || config=
    for name in ${!PG@}; do printf '%s\n' -u "$name"; done
    printf '%s\n' -u PSQLRC -u MAKEFLAGS -u TMPDIR "HOME=$STAGE" LC_ALL=C.UTF-8 "ARIA_FOCUS_STAGE=$STAGE"
    printf '%s\n' "PG_CONFIG=$config"
    # A copy of the server has its own libpq.
    if is_copy "$config"; then printf '%s\n' "LD_LIBRARY_PATH=$("$config" --libdir)"; fi
    if am_root; then printf '%s\n' PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; fi
}

# Have a stage until this process ends.
open_stage() {
    STAGE=$(make_stage)
    trap remove_stage EXIT
}

# Run the script $1 with the other arguments in a new stage, or in the one that is open, and return
# its status.
run_on_stage() {
    local environment
    [ -n "${STAGE:-}" ] || open_stage
    copy_tree "$STAGE/tree"
    mapfile -t environment < <(stage_environment)
    as_user env -C "$STAGE/tree" "${environment[@]}" bash "$@"
}
