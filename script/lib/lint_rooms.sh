# Which room of the sources may include which: the doors of the house. Sourced by script/lint.

# A row for each room: its folder below src/, and what it may include besides itself, rooms or (core) all of the core.
# A file belongs to the room that its path begins with, however deep it lies in there; a file without a room is refused.
ROOMS='
core/base
core/text       core/base
core/check      core/base core/text
core/match      core/base core/text
core/keywords   core/base core/text core/check core/match
core/profile    core/base core/text core/check core/match core/keywords core/contract
core/route      core/base core/text core/match
core/agent      core/base core/text core/check core/route
core/contract   core/base core/text core/check core/match core/keywords
core/learn      core/base core/text core/check core/match core/keywords core/route
pg/border       core/base pg/values
pg/values       core/base core/text core/check
pg/tables       core pg/border pg/values
pg/sql          core pg/border pg/values pg/tables
'

# Every source stands in a room, and includes what its room may. The server's headers and the standard library's are
# not looked at. An include names the whole path below src/, so that its room can be seen.
rooms_keep_their_doors() {
    find src -name '*.[ch]pp' -o -name '*.h' -o -name '*.inc' | sort |
        xargs awk -v rooms="$ROOMS" '
            function room_of(path, part) { split(path, part, "/"); return part[1] "/" part[2] }
            function folder_of(path) { sub(/[^\/]*$/, "", path); return path }
            function there(path, line, found) { found = (getline line <path) >= 0; close(path); return found }
            BEGIN {
                count = split(rooms, rows, "\n")
                for (i = 1; i <= count; i++) {
                    split(rows[i], words, " ")
                    if (words[1] != "") may[words[1]] = rows[i] " "
                }
            }
            FNR == 1 {
                path = substr(FILENAME, 5)
                room = room_of(path)
                if (!(room in may) || path !~ /\/.*\//) print FILENAME ":1: stands in no room"
            }
            /^[ \t]*#[ \t]*include[ \t]*["<]/ {
                included = $0
                sub(/^[^"<]*["<]/, "", included)
                sub(/[">].*$/, "", included)
                if (included ~ /^(core|pg)\//) {
                    other = room_of(included)
                    if (other != room && index(may[room], " " other " ") == 0 &&
                        !(other ~ /^core\// && index(may[room], " core ")))
                        print FILENAME ":" FNR ": " room " may not include " other
                } else if (included ~ /\.\./ || there(folder_of(FILENAME) included)) {
                    print FILENAME ":" FNR ": \"" included "\" does not name its path below src/"
                }
            }'
}
