# Sourced first by every script here: strict mode, messages, small helpers.
set -euo pipefail

# Who works where root must not: PostgreSQL refuses root.
RUN_AS=nobody

# Say what happens now, on standard error: standard output is for answers.
say() { printf '==> %s\n' "$*" >&2; }

# End with one clear message.
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Is there such a command?
have() { command -v "$1" >/dev/null 2>&1; }

# Is this process root?
am_root() { [ "$(id -u)" -eq 0 ]; }

# Run a command as the ordinary user: nobody for root, else the caller.
as_user() {
    if am_root; then
        setpriv --reuid="$RUN_AS" --regid="$(id -g "$RUN_AS")" --clear-groups "$@"
    else
        "$@"
    fi
}

# Run a command with its output in a log that has no name, and show that on standard error if it fails: for compilers
# and package managers.
quietly() {
    local log descriptor status=0
    log=$(mktemp)
    exec {descriptor}<>"$log"
    rm -f -- "$log"
    "$@" >&"$descriptor" 2>&1 </dev/null || status=$?
    # Opened anew by its descriptor, it is read from its beginning.
    [ "$status" -eq 0 ] || cat "/proc/self/fd/$descriptor" >&2
    exec {descriptor}>&-
    return "$status"
}
