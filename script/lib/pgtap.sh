# pgTAP for a server that Debian has no package of it for, as those in experimental. It is SQL alone: the package
# for another major holds the same files.

# Have pgTAP for the server of PG_CONFIG, where no package brings it.
need_pgtap() {
    local config extensions package work
    config=$(find_pg_config)
    extensions=$("$config" --sharedir)/extension
    [ ! -e "$extensions/pgtap.control" ] || return 0
    package=postgresql-$("$config" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')-pgtap
    if apt-cache show "$package" >/dev/null 2>&1; then return; fi
    package=$(apt-cache pkgnames postgresql- | grep -E '^postgresql-[0-9]+-pgtap$' | sort -V | tail -n 1)
    say "there is no pgTAP for $("$config" --version): taking it from ${package:?no package of pgTAP}"
    work=$(mktemp -d)
    (cd "$work" && apt-get -q download "$package" >&2 && dpkg-deb -x "$package"_*.deb .)
    cp "$work"/usr/share/postgresql/*/extension/pgtap* "$extensions/"
    rm -rf -- "$work"
}
