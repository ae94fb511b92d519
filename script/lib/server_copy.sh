# A copy of the server, unpacked from Debian's packages without installing them: for a machine whose own server has no
# headers, where those on offer would upgrade it. PostgreSQL's programs find their directories from where they lie, so
# the copy works anywhere. Each major has one, whole or not at all; it is kept and reused, and safe to delete:
#
#   ${XDG_CACHE_HOME:-/var/cache}/aria_focus/server/15    with a file `packages` of what was unpacked

# Print the directories where copies may lie, the first being the best.
copy_places() {
    local base
    for base in "${XDG_CACHE_HOME:-}" /var/cache "${HOME:+$HOME/.cache}"; do
        if [ -n "$base" ]; then echo "$base/aria_focus/server"; fi
    done
}

# Print the pg_config of the copy $1 of the major $2.
pg_config_in() { echo "$1/usr/lib/postgresql/$2/bin/pg_config"; }

# Print the pg_config of the newest copy that the ordinary user can run; nothing if none.
find_copy() {
    local place major config
    while IFS= read -r place; do
        for major in $PG_MAJORS; do
            config=$(pg_config_in "$place/$major" "$major")
            if complete_pg_config "$config" && as_user test -x "$config"; then
                echo "$config"
                return
            fi
        done
    done < <(copy_places)
    return 1
}

# Is $1 the pg_config of a copy?
is_copy() {
    local place
    while IFS= read -r place; do
        case $1 in "$place"/*) return ;; esac
    done < <(copy_places)
    return 1
}

# Is a copy what we work with?
uses_copy() {
    local config
    config=$(find_pg_config) && is_copy "$config"
}

# Print the first of these directories that we can write to and the ordinary user can read.
choose_copy_place() {
    local place
    while IFS= read -r place; do
        if mkdir -p "$place" 2>/dev/null && [ -w "$place" ] && as_user test -x "$place"; then
            echo "$place"
            return
        fi
    done < <(copy_places)
    die "no directory for a copy of the server: set XDG_CACHE_HOME to one that $RUN_AS can read"
}

# Print the versions of the package $1 on offer, the installed server's first, then the newest.
versions_on_offer() {
    local offers installed
    offers=$(apt-cache madison "$1" | awk -F' *[|] *' '!seen[$2]++ { print $2 }')
    installed=$(dpkg-query -W -f='${Version}' "${1/server-dev-/}" 2>/dev/null) || installed=
    grep -xF -e "$installed" <<<"$offers" || true
    grep -vxF -e "$installed" <<<"$offers" || true
}

# Print the packages that make a server of the major $1 in the version $2; libpq may be of a newer major's.
packages_of_copy() {
    local package
    printf '%s\n' "postgresql-$1=$2" "postgresql-client-$1=$2" "postgresql-server-dev-$1=$2"
    for package in libpq5 libpq-dev; do
        if versions_on_offer "$package" | grep -qxF -e "$2"; then echo "$package=$2"; else echo "$package"; fi
    done
}

# Download packages into the directory $1, where nothing else is left.
fetch_packages() {
    rm -f -- "$1"/*.deb
    (cd "$1" && quietly apt-get -q download "${@:2}")
}

# Unpack all packages of the directory $1 into the copy $2, and note their names there.
unpack_packages() {
    local file
    for file in "$1"/*.deb; do
        dpkg -x "$file" "$2" || return
        basename "$file" .deb >>"$2/packages"
    done
}

# Install what plan $1 brings beside PostgreSQL's own packages: the libraries that these use.
install_libraries() {
    local libraries
    mapfile -t libraries < <(plan_additions "$1" | cut -d' ' -f1 | grep -vE '^(postgresql|libpq)')
    [ ${#libraries[@]} -eq 0 ] || { fit "${libraries[@]}" && install_fitting; }
}

# Print the libraries that programs of the copy $1 of the major $2 lack.
libraries_missing() {
    local bin=$1/usr/lib/postgresql/$2/bin program
    for program in postgres psql; do
        LD_LIBRARY_PATH=$("$bin/pg_config" --libdir) ldd "$bin/$program" 2>/dev/null |
            sed -nE 's/^\s*(\S+) => not found/\1/p'
    done
}

# Make $2 a copy of the server of major $1, with the packages downloaded into $3.
unpack_server() {
    local version packages
    for version in $(versions_on_offer "postgresql-server-dev-$1"); do
        mapfile -t packages < <(packages_of_copy "$1" "$version")
        say "downloading: ${packages[*]}"
        fetch_packages "$3" "${packages[@]}" || continue
        # Where apt has no plan, what is installed may do all the same: that is looked at below.
        install_libraries "$(plan_of "postgresql-$1=$version" "postgresql-client-$1=$version")" ||
            say "libraries of the server cannot be installed: $BLOCKED"
        unpack_packages "$3" "$2"
        return
    done
    BLOCKED="no version of postgresql-server-dev-$1 on offer can be downloaded with its server"
    return 1
}

# In the copy $1 of the major $2, let an extension be found whose control file has the extension's own major in its name
# (postgis-3.control). Installed, a link of Debian's alternatives does that.
link_control_files() {
    local file plain
    for file in "$1/usr/share/postgresql/$2/extension"/*-[0-9].control; do
        plain=${file%-[0-9].control}.control
        if [ -e "$file" ] && [ ! -e "$plain" ]; then ln -s "$(basename "$file")" "$plain"; fi
    done
}

# Unpack packages of extensions for the major $1, with those of PostgreSQL that they want, into the copy $2 by way of
# the directory $3; the libraries that they use are installed.
unpack_extensions() {
    local major=$1 copy=$2 work=$3 plan more packages
    shift 3
    [ $# -gt 0 ] || return 0
    plan=$(plan_of "$@") || { BLOCKED=$(tell_errors "$plan"); return 1; }
    more=$(plan_additions "$plan" | cut -d' ' -f1 | grep "^postgresql-$major-") || more=
    mapfile -t packages < <(printf '%s\n' "$@" $more | sort -u)
    install_libraries "$plan" || return
    fetch_packages "$work" "${packages[@]}" || { BLOCKED="${packages[*]} cannot be downloaded"; return 1; }
    unpack_packages "$work" "$copy" && link_control_files "$copy" "$major"
}

# Fill $1.new with what a copy $1 of the major $2 is to have: what is there, or a server, and the packages that follow.
fill_copy() {
    local dir=$1 major=$2 lacking
    shift 2
    BLOCKED="$dir cannot be written"
    rm -rf -- "$dir.new" "$dir.debs"
    mkdir "$dir.new" "$dir.debs" || return
    if complete_pg_config "$(pg_config_in "$dir" "$major")"; then
        cp -a "$dir/." "$dir.new" || return
    else
        unpack_server "$major" "$dir.new" "$dir.debs" || return
    fi
    unpack_extensions "$major" "$dir.new" "$dir.debs" "$@" || return
    lacking=$(libraries_missing "$dir.new" "$major" | sort -u | xargs)
    if [ -n "$lacking" ]; then
        BLOCKED="the server lacks $lacking"
    elif ! complete_pg_config "$(pg_config_in "$dir.new" "$major")"; then
        BLOCKED="these packages hold no whole server with headers: $(xargs <"$dir.new/packages")"
    else
        return 0
    fi
    return 1
}

# Have a copy of the server of major $1 with the extensions in the packages that follow. Fails without a trace, and
# BLOCKED says why.
have_copy() {
    local place dir descriptor mask status=0
    place=$(choose_copy_place) || exit
    mask=$(umask)
    dir=$place/$1
    exec {descriptor}>"$place/lock"
    flock "$descriptor"
    umask 022
    if fill_copy "$dir" "$@"; then
        rm -rf -- "$dir.old"
        [ ! -d "$dir" ] || mv "$dir" "$dir.old"
        mv "$dir.new" "$dir"
    else
        status=1
    fi
    rm -rf -- "$dir.new" "$dir.old" "$dir.debs"
    exec {descriptor}>&-
    umask "$mask"
    return "$status"
}
