"""Turn lines of any bytes into lines of COPY's text format, one for one.

What is no UTF-8 becomes U+FFFD and NUL is dropped, because the server stores neither; backslash,
tab and carriage return are escaped, because COPY gives them a meaning.
"""

import sys

ESCAPES = {0: None, ord("\\"): "\\\\", ord("\t"): "\\t", ord("\r"): "\\r"}


def main() -> None:
    """Convert standard input to standard output."""
    for line in sys.stdin.buffer:
        text = line.rstrip(b"\n").decode("utf-8", errors="replace")
        sys.stdout.buffer.write(text.translate(ESCAPES).encode("utf-8") + b"\n")


main()
