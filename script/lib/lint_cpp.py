"""Structure of C++ sources: a line of intent above every function, and their sizes.

No parser of C++: braces are counted in text without comments and strings, which is enough for
code that clang-format laid out. `comments FILE...` prints functions without a comment, `sizes
FILE...` prints what is beyond the measures.
"""

import re
import sys

MAX_FILE = 400
MAX_FUNCTION = 60
COMMENT_OR_STRING = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\s\\]*)\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""",
    re.DOTALL,
)
SCOPE = re.compile(
    r"^\s*(?:template\s*<.*>\s*)?(?:typedef\s+)?(namespace|class|struct|union|enum|extern)\b"
)
NAME = re.compile(r"([~\w]+|operator\s*\S+?)\s*\(")


class Function:
    """One function definition: its name, and its first and last line (from 1)."""

    def __init__(self, name: str, first: int, last: int) -> None:
        self.name, self.first, self.last = name, first, last


def blank(text: str) -> str:
    """The text with comments, strings and preprocessor lines blanked, line by line as long."""
    text = COMMENT_OR_STRING.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)
    return re.sub(r"(?m)^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def head_of_function(head: str) -> bool:
    """Does this text before a `{` open a function's body?"""
    if SCOPE.match(head) and not re.match(r'^\s*extern\s+"?\s*"?\s*\w', head):
        return False
    depth_free = re.sub(r"\([^()]*\)", "()", re.sub(r"\([^()]*\)", "()", head))
    if re.search(r"(?<![=!<>])=(?!=)", depth_free) and "operator" not in head:
        return False
    return "(" in head


def functions(text: str) -> list[Function]:
    """All function definitions outside of function bodies."""
    code, found, opened = blank(text), [], []
    start, inside = 0, None
    for at, character in enumerate(code):
        if character == "{":
            head = code[start:at]
            # A `{}` among the arguments is a part of the head.
            opened.append(head.count("(") > head.count(")"))
            if inside is None and not opened[-1]:
                if head_of_function(head):
                    inside = (len(opened) - 1, head, start)
                else:
                    start = at + 1
        elif character == "}" and opened:
            in_arguments = opened.pop()
            if inside is not None and len(opened) == inside[0]:
                found.append(function_at(code, inside[1], inside[2], at))
                inside = None
            if inside is None and not in_arguments:
                start = at + 1
        elif character == ";" and inside is None:
            start = at + 1
    return found


def function_at(code: str, head: str, start: int, end: int) -> Function:
    """The function whose head begins at `start` and whose body ends at `end`."""
    label = re.match(r"(?:\s*(?:public|private|protected)\s*:)*\s*", head)
    begin = start + label.end()
    name = NAME.search(head)
    first, last = (code.count("\n", 0, at) + 1 for at in (begin, end))
    return Function(name.group(1) if name else "?", first, last)


def is_comment(line: str) -> bool:
    """Is this line a comment, or the end of one?"""
    return line.lstrip().startswith("//") or line.rstrip().endswith("*/")


def declared_with_comment(paths: list[str]) -> set[str]:
    """Names of functions that a header declares below a comment."""
    names = set()
    for path in paths:
        if path.endswith((".hpp", ".h")):
            text = open(path, encoding="utf-8").read()
            for block in re.findall(r"(?m)(?:^[ \t]*//[^\n]*\n)+((?:^[ \t]*[^\s/][^\n]*\n)+)", text):
                names.update(NAME.findall(block))
    return names


def commented(function: Function, lines: list[str], first_of: dict[int, int]) -> bool:
    """Is there a comment above, or above the block of functions without a gap that it stands in?"""
    above = function.first - 1
    while above in first_of:
        above = first_of[above] - 1
    return above >= 1 and is_comment(lines[above - 1])


def print_uncommented(paths: list[str]) -> None:
    """Print each function that has no line of intent."""
    declared = declared_with_comment(paths)
    for path in paths:
        text = open(path, encoding="utf-8").read()
        lines, found = text.split("\n"), functions(text)
        first_of = {function.last: function.first for function in found}
        # A constructor is explained by its class.
        known = declared | set(re.findall(r"\b(?:class|struct)\s+(\w+)", text))
        for function in found:
            if function.name not in known and not commented(function, lines, first_of):
                print(f"{path}:{function.first}: no line of intent above {function.name}")


def print_sizes(paths: list[str]) -> None:
    """Print files and functions beyond the measures, and the median function."""
    lengths = []
    for path in paths:
        text = open(path, encoding="utf-8").read()
        if text.count("\n") > MAX_FILE:
            print(f"{path}:1: {text.count(chr(10))} lines")
        for function in functions(text):
            lengths.append(function.last - function.first + 1)
            if lengths[-1] > MAX_FUNCTION:
                print(f"{path}:{function.first}: {function.name} has {lengths[-1]} lines")
    if lengths:
        print(f"{len(lengths)} functions, median {sorted(lengths)[len(lengths) // 2]} lines")


def main() -> None:
    """Run the command of the first argument over the files of the others."""
    {"comments": print_uncommented, "sizes": print_sizes}[sys.argv[1]](sys.argv[2:])


main()
