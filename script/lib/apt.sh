# Installing packages so that nothing which is installed changes. apt upgrades what a new package depends on, and the
# upgrade of a server stops it; a library that a running program uses is no better. So apt is asked first (-s): a plan
# that upgrades, downgrades or removes anything is not carried out. Debian's packages of one source want each other in
# one version, so such a plan is asked for once more with the new package in the version of its installed neighbour.
#
# ARIA_FOCUS_MAY_UPGRADE=yes permits any plan: for systems that exist for these scripts alone.

CREATECLUSTER=/etc/postgresql-common/createcluster.conf
# What fit found: the packages, with versions where that matters, and apt's plan for them.
FITTING=()
PLAN=
# Why it found nothing.
BLOCKED=

# Run a command as root, by sudo where needed; it never asks for a password.
with_root() {
    if am_root; then "$@"; else sudo -n "$@"; fi
}

# Can this user install packages without being asked anything?
can_install() { have apt-get && { am_root || { have sudo && sudo -n true 2>/dev/null; }; }; }

# apt-get without questions, waiting for another apt to finish. What restarts services after an installation is kept
# from it.
apt_get() {
    with_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -q -o Dpkg::Use-Pty=0 \
        -o DPkg::Lock::Timeout=600 "$@"
}

# Bring the package lists up to date.
update_package_lists() {
    say "updating the package lists"
    quietly apt_get update || say "apt-get update failed; going on with the package lists that are there"
}

# Print what apt would do to install packages.
plan_of() { LC_ALL=C apt-get -s -q --no-install-recommends --no-upgrade install "$@" </dev/null 2>&1; }

# From a plan, the installed packages that would change: name, version, new version.
plan_changes() {
    sed -nE -e 's/^Inst ([^ ]+) \[([^]]+)\] \(([^ ]+).*/\1 \2 \3/p' -e 's/^Remv ([^ ]+) \[([^]]+)\].*/\1 \2 -/p' <<<"$1"
}

# From a plan, the packages that would come: name and version.
plan_additions() { sed -nE 's/^Inst ([^ ]+) \(([^ ]+).*/\1 \2/p' <<<"$1"; }

# From a plan, what would come in the very version to which an installed package would go, as name=version with the
# version that is installed.
exact_versions() {
    { plan_changes "$1"; plan_additions "$1"; } |
        awk 'NF == 3 { installed[$3] = $2; next } $2 in installed { print $1 "=" installed[$2] }'
}

# Print the packages of $2 and following, those with a version in the list $1 with that version; then the rest of $1.
with_versions() {
    local package
    printf '%s\n' "$1"
    for package in "${@:2}"; do
        case $'\n'$1 in *$'\n'"${package%%=*}="*) ;; *) printf '%s\n' "$package" ;; esac
    done
}

# Say what a plan would change, in one line.
tell_changes() {
    plan_changes "$1" | sed -E -e 's/ -$/ would be removed/' -e t -e 's/ ([^ ]+)$/ -> \1/' | paste -sd, | sed 's/,/, /g'
}

# Say why apt has no plan, in one line.
tell_errors() { echo "apt says: $(sed -nE 's/^E: //p' <<<"$1" | paste -sd' ')"; }

# Find versions of packages with which nothing installed changes, for install_fitting; else say in BLOCKED what would.
fit() {
    local wanted=("$@") next round
    BLOCKED=
    for round in {1..5}; do
        PLAN=$(plan_of "${wanted[@]}") || break
        if [ -z "$(plan_changes "$PLAN")" ] || [ -n "${ARIA_FOCUS_MAY_UPGRADE:-}" ]; then
            FITTING=("${wanted[@]}")
            return
        fi
        [ -n "$BLOCKED" ] || BLOCKED=$(tell_changes "$PLAN")
        next=$(exact_versions "$PLAN")
        [ -n "$next" ] || return 1
        mapfile -t wanted < <(with_versions "$next" "${wanted[@]}")
    done
    [ -n "$BLOCKED" ] || BLOCKED=$(tell_errors "$PLAN")
    return 1
}

# End because packages cannot be installed.
die_blocked() {
    die "cannot install $* and leave alone what is installed: $BLOCKED. It is as it was." \
        "Upgrade that yourself when it suits you, then try again"
}

# Keep Debian from creating and starting a cluster of its own beside ours. An existing file
# comes back unchanged in restore_createcluster.
forbid_default_cluster() {
    with_root mkdir -p "$(dirname "$CREATECLUSTER")"
    restore_createcluster
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

# Install what fit has found.
install_fitting() {
    local status=0 removal=--no-remove
    [ -z "${ARIA_FOCUS_MAY_UPGRADE:-}" ] || removal=
    say "installing: ${FITTING[*]}"
    if grep -qE '^Inst postgresql-[0-9]' <<<"$PLAN"; then forbid_default_cluster; fi
    # shellcheck disable=SC2086  # an option or none
    quietly apt_get install -y --no-install-recommends --no-upgrade $removal "${FITTING[@]}" ||
        status=$?
    [ "$status" -eq 0 ] || BLOCKED="apt's installation failed"
    restore_createcluster
    return "$status"
}
