"""usage: check_cover.py LAFZ FILE...

Checks of `LAFZ -f tsv --gaps FILE` what tests/cover.sh says. Exit status 1 at the first file that fails.
"""
import subprocess
import sys


def check(lafz, path):
    with open(path, "rb") as file:
        source = file.read()
    text = source.decode("utf-8", "replace")
    is_valid = text.encode("utf-8") == source
    run = subprocess.Popen([lafz, "-f", "tsv", "--gaps", path], stdout=subprocess.PIPE)
    head = run.stdout.readline().decode().lstrip("#").rstrip("\n").split("\t")
    column = {name: i for i, name in enumerate(head)}
    at = chars = n = 0
    last = {name: 0 for name in ("sent", "run", "par")}
    for line in run.stdout:
        cells = line.decode("utf-8").rstrip("\n").split("\t")
        get = lambda name: int(cells[column[name]])
        if (get("start"), get("cstart")) != (at, chars) or get("end") <= at or get("cend") <= chars:
            return f"byte {at}, character {chars}: expected to go on there, got {line!r}"
        at, chars, n = get("end"), get("cend"), n + 1
        for name in last:
            if get(name) < last[name]:
                return f"byte {at}: {name} goes back: {line!r}"
            last[name] = get(name)
        if is_valid and "repaired" in cells[column["flags"]].split(","):
            return f"byte {at}: repaired, but well-formed: {line!r}"
    if run.wait() != 0:
        return f"exit status {run.returncode}"
    if (at, chars) != (len(source), len(text)):
        return f"ends at byte {at}, character {chars}; the file has {len(source)} and {len(text)}"
    return None


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    for path in sys.argv[2:]:
        trouble = check(sys.argv[1], path)
        if trouble:
            sys.exit(f"{path}: {trouble}")
    print(f"{len(sys.argv) - 2} files covered")


if __name__ == "__main__":
    main()
