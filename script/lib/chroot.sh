# Debian releases in chroots: made by debootstrap, kept in a cache outside the tree, entered in
# mount and process namespaces of their own. When the namespace ends, however it ends, its mounts
# and its processes are gone: nothing is to be undone by hand.
#
#   $CHROOTS/trixie       the release with all that was installed so far
#   $CHROOTS/trixie.new   the same in the making; it gets its name when it is whole
#   $CHROOTS/lock         held by the run that works here
#
# experimental is no release of its own but packages for sid: its chroot is sid with those packages
# of experimental that EXPERIMENTAL names.
#
# The mirror, its proxies and its exceptions are those of this machine's apt.

CHROOTS=${XDG_CACHE_HOME:-/var/cache}/aria_focus/matrix
# What is taken from experimental, as apt's preferences name it: everything else there stays away.
EXPERIMENTAL=src:postgresql-19
# After so many days the packages are brought up to date.
CHROOT_DAYS=7
CHROOT_CHILD=

# Print the packages that chroots need on this machine and that are missing.
missing_for_chroot() {
    have debootstrap || echo debootstrap
    [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || echo debian-archive-keyring
}

# May this process make chroots and mount file systems?
can_chroot() { am_root && unshare --mount --pid --fork true 2>/dev/null; }

# Have the cache to ourselves until this process ends.
lock_chroots() {
    mkdir -p "$CHROOTS"
    exec 9>"$CHROOTS/lock"
    flock -n 9 && return
    say "another run uses $CHROOTS: waiting for it"
    flock -w 3600 9 || die "another run has held $CHROOTS for an hour"
}

# Print the address from which this machine's apt gets its own release. ARIA_FOCUS_MIRROR decides
# where this machine is no Debian.
find_mirror() {
    local codename
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-none}")
    if [ -n "${ARIA_FOCUS_MIRROR:-}" ]; then
        echo "$ARIA_FOCUS_MIRROR"
        return
    fi
    apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        awk -v suite="$codename" '$1 == suite && $2 == "main" { print $3; exit }'
}

# What this machine's apt knows of its way to the mirror.
apt_connection() {
    apt-config dump | grep -E '^Acquire::(https?::|Retries |Check-|ForceIPv)' || true
}

# Print the release that the chroot of $1 is made of.
base_of() { if [ "$1" = experimental ]; then echo sid; else echo "$1"; fi; }

# Write the package sources for the chroot $1 of the release $2. The release alone: its security archive
# is not always whole on a mirror once it is old.
write_sources() {
    local mirror
    mirror=$(find_mirror)
    echo "deb $mirror $(base_of "$2") main" >"$1/etc/apt/sources.list"
    apt_connection >"$1/etc/apt/apt.conf.d/99connection"
    case $2 in
    sid | experimental)
        # These are signed for a week only, and a mirror may be behind.
        echo 'Acquire::Check-Valid-Until "false";' >>"$1/etc/apt/apt.conf.d/99connection"
        ;;
    esac
    if [ "$2" = experimental ]; then
        echo "deb $mirror experimental main" >>"$1/etc/apt/sources.list"
        printf 'Package: %s\nPin: release a=experimental\nPin-Priority: 990\n' "$EXPERIMENTAL" \
            >"$1/etc/apt/preferences.d/experimental"
    fi
}

# Give the chroot $1 of the release $2 this machine's network and mirror.
connect_chroot() {
    local certificate
    cp -L /etc/resolv.conf /etc/hosts "$1/etc/"
    write_sources "$1" "$2"
    # No care for a crash of the machine, as in the throwaway servers.
    echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/unsafe-io"
    mkdir -p "$1/usr/local/share/ca-certificates"
    for certificate in /usr/local/share/ca-certificates/*.crt; do
        if [ -e "$certificate" ]; then cp "$certificate" "$1/usr/local/share/ca-certificates/"; fi
    done
}

# Make the chroot of the release $1, whole or not at all.
make_chroot() {
    local root=$CHROOTS/$1 mirror proxy=
    mirror=$(find_mirror)
    if [ -z "$mirror" ]; then
        say "no Debian mirror in this machine's package sources: set ARIA_FOCUS_MIRROR"
        return 1
    fi
    eval "$(apt-config shell proxy Acquire::http::Proxy)"
    say "making a chroot of $1"
    rm -rf --one-file-system -- "$root" "$root.new"
    # In a namespace, since debootstrap mounts /proc too.
    contained env ${proxy:+http_proxy="$proxy"} debootstrap --variant=minbase \
        --include=ca-certificates "$(base_of "$1")" "$root.new" "$mirror" >"$CHROOTS/$1.log" 2>&1 ||
        { tail -n 20 "$CHROOTS/$1.log" >&2; return 1; }
    touch "$root.new/updated"
    mv "$root.new" "$root"
}

# Run a command whose mounts and processes end with it, and with us.
contained() {
    local status=0
    unshare --mount --pid --fork --kill-child "$@" &
    CHROOT_CHILD=$!
    wait "$CHROOT_CHILD" || status=$?
    CHROOT_CHILD=
    return "$status"
}

# End what still runs in a chroot; for an EXIT trap.
end_contained() { [ -z "$CHROOT_CHILD" ] || kill -KILL "$CHROOT_CHILD" 2>/dev/null || true; }

# Run a shell line with arguments as root in the chroot of the release $1. It becomes the root of its mount
# namespace: where that root is another, the kernel lets ordinary users have no namespaces of their own.
in_chroot() {
    local root=$CHROOTS/$1 line=$2
    shift 2
    contained bash -c 'mount --bind "$0" "$0" && cd "$0" && pivot_root . mnt && cd / && exec "$@"' \
        "$root" env -i ARIA_FOCUS_MAY_UPGRADE=yes HOME=/root LC_ALL=C.UTF-8 \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        bash -c 'mount -t proc proc /proc && umount -l /mnt && mkdir -p /dev/shm &&
            mount -t tmpfs -o mode=1777 tmpfs /dev/shm && '"$line" in_chroot "$@"
}

# Bring the packages of the release $1 up to date where they are older than CHROOT_DAYS.
update_chroot() {
    local root=$CHROOTS/$1
    in_chroot "$1" 'dpkg --configure -a' >&2 || return
    [ -n "$(find "$root/updated" -mtime "+$CHROOT_DAYS")" ] || return 0
    say "bringing $1 up to date"
    in_chroot "$1" 'export DEBIAN_FRONTEND=noninteractive; apt-get -q update &&
        apt-get -q -y dist-upgrade && apt-get clean' >&2 || return
    touch "$root/updated"
}

# Have the chroot of the release $1, connected and up to date; one that is beyond repair is made anew.
need_chroot() {
    if [ -d "$CHROOTS/$1" ]; then
        connect_chroot "$CHROOTS/$1" "$1"
        update_chroot "$1" && return
    fi
    make_chroot "$1" || return
    connect_chroot "$CHROOTS/$1" "$1"
}
