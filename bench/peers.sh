# The packages that only the benchmark wants: each peer is left out where its package is missing.

# Print the missing packages of the peers, whether or not apt has them.
absent_peers() {
    local major
    [ -e /usr/include/hs/hs.h ] || echo libvectorscan-dev libhyperscan-dev
    [ -d /usr/share/cargo/registry ] || echo librust-aho-corasick-dev
    [ -x /usr/bin/cargo ] || echo cargo rustc
    [ -e /usr/include/re2/re2.h ] || echo libre2-dev
    [ -x /usr/bin/style ] || echo diction
    [ -x /usr/bin/node ] || echo nodejs
    [ -x /usr/bin/npm ] || echo npm
    if PG_CONFIG=$(find_pg_config); then
        major=$(pg_major "$PG_CONFIG")
        [ -e "$("$PG_CONFIG" --pkglibdir)/plpython3.so" ] || echo "postgresql-plpython3-$major"
    fi
}

# Of these, the packages that apt has; of two for the same header the first.
offered_peers() {
    local package vectorscan=no
    for package in $(absent_peers); do
        apt-cache show "$package" >/dev/null 2>&1 || continue
        case $package in
        libvectorscan-dev) vectorscan=yes ;;
        libhyperscan-dev) [ $vectorscan = no ] || continue ;;
        esac
        echo "$package"
    done
}

# Install what apt has of the peers, as far as nothing that is installed changes; go on without the others.
install_peers() {
    local list package
    [ -n "$(absent_peers)" ] && can_install || return 0
    update_package_lists
    list=$(offered_peers | xargs)
    # shellcheck disable=SC2086  # a list of package names
    if [ -z "$list" ] || { ! uses_copy && fit $list && install_fitting; }; then return; fi
    for package in $list; do get_optional "$package"; done
}

# Build the Rust peer below $1, offline from Debian's packages, and print the library's name.
build_aho() {
    local registry=/usr/share/cargo/registry
    if [ ! -x /usr/bin/cargo ] || ! compgen -G "$registry/aho-corasick-0.7*" >/dev/null; then
        say "skipped: aho-corasick (no cargo, or no librust-aho-corasick-dev with version 0.7)"
        return
    fi
    mkdir -p "$1"
    cp -r bench/core/rust "$1/source"
    printf '[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "%s"\n' \
        "$registry" >"$1/config.toml"
    if quietly env CARGO_HOME="$1/home" CARGO_TARGET_DIR="$1/target" RUSTC=/usr/bin/rustc /usr/bin/cargo build \
        --quiet --release --offline --config "$1/config.toml" --manifest-path "$1/source/Cargo.toml"; then
        echo "$1/target/release/libaho_peer.a"
    else
        say "skipped: aho-corasick (it does not build)"
    fi
}

# Install write-good of npm below $1 and print its directory; print nothing where it is not to be had.
install_write_good() {
    [ -n "$(command -v npm)" ] || return 0
    mkdir -p "$1"
    if quietly env HOME="$1" npm install --prefix "$1" --no-audit --no-fund write-good@1.0.8; then
        echo "$1/node_modules/write-good"
    fi
}

# Print the version of an installed package, with the name $1, of the first of the others there is.
package_version() {
    local name=$1 package
    shift
    for package in "$@"; do
        dpkg-query -W -f="$name: \${Version} (\${Package})\\n" "$package" 2>/dev/null && return
    done
    return 0
}

# Print what was compared, a line each.
peer_versions() {
    "$PG_CONFIG" --version
    g++ --version | head -n 1
    package_version Vectorscan libvectorscan-dev libhyperscan-dev
    package_version "aho-corasick (Rust)" librust-aho-corasick-dev
    package_version rustc rustc
    package_version RE2 libre2-dev
    package_version "GNU style" diction
    if [ -e "$STAGE/npm/node_modules/write-good" ]; then echo "write-good: 1.0.8 (npm)"; fi
    printf 'Python: %s\n' "$(/usr/bin/python3 -c 'import platform; print(platform.python_version())')"
}
