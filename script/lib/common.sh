# Sourced first by every script here: strict mode, messages, small helpers.
set -euo pipefail

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
