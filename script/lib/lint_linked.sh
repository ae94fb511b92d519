# What was linked. Sourced by script/lint; CMake's tests run it: bash script/lib/lint_linked.sh MAP DIRECTORY

# Print each source below the directory $2 whose object the linker's map $1 does not have; fail if there is one. make
# calls the object of a.cpp a.o, CMake a.cpp.o, each below the same path.
unlinked_sources() {
    local source status=0
    if [ ! -e "$1" ]; then
        echo "$1: there is no such map of the linker"
        return 1
    fi
    while IFS= read -r source; do
        if ! grep -qF -e "/${source%.cpp}.o" -e "/$source.o" "$1"; then
            echo "$source:1: not linked, says $1"
            status=1
        fi
    done < <(find "$2" -name '*.cpp' | sort)
    return "$status"
}

# Every source is in the module, and nothing of ours is left to be found when a server loads it.
every_source_linked() {
    unlinked_sources build/aria_focus.map src || true
    nm -D --undefined-only -C aria_focus.so | search 'aria_focus::' | sed 's/^.* U /aria_focus.so: nowhere defined: /'
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    cd "$(dirname "${BASH_SOURCE[0]}")/../.."
    unlinked_sources "$1" "$2"
fi
