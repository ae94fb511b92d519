# Do sanitized programs run here? Not every machine's kernel and container gets on with them.

# Compile a program with the compiler $1 and the further options, and start it often: where the
# kernel's address layout is in a sanitizer's way, one start in some dozens fails.
sanitizers_run() {
    local dir tries status=0
    dir=$(mktemp -d)
    echo 'int main(int, char** names) { return names[0] == nullptr; }' >"$dir/empty.cpp"
    "$1" -fsanitize=address,undefined "${@:2}" -o "$dir/empty" "$dir/empty.cpp" || status=1
    for tries in {1..25}; do
        [ "$status" -eq 0 ] && { "$dir/empty" || status=1; }
    done
    rm -rf "$dir"
    return "$status"
}

# Say that a suite did not run, and why; script/test shows it in its summary.
skip_suite() { printf 'skipped: %s\n' "$*"; }
