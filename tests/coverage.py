"""
Adds up what gcov knows of the objects in this folder: of each file of src the lines that were run. A file that is compiled
several times counts once; a line counts as run if it was in one of them. Exit 1 below the least percentage.

usage: coverage.py SOURCE LEAST
"""
import collections
import json
import os
import subprocess
import sys


def notes():
    for folder, _, names in os.walk("."):
        for name in names:
            if name.endswith(".gcno"):
                yield os.path.join(folder, name)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    source, least = os.path.realpath(sys.argv[1]), float(sys.argv[2])
    runs = collections.defaultdict(lambda: collections.defaultdict(int))
    answer = subprocess.run(["gcov", "--json-format", "--stdout", *notes()], check=True, capture_output=True, text=True)
    for line in answer.stdout.splitlines():
        report = json.loads(line)
        for one in report["files"]:
            path = os.path.realpath(os.path.join(report["current_working_directory"], one["file"]))
            if path.startswith(source + "/src/"):
                for row in one["lines"]:
                    runs[path[len(source) + 1:]][row["line_number"]] += row["count"]
    folders = collections.defaultdict(lambda: [0, 0])
    missing = []
    for path, lines in runs.items():
        done = sum(count > 0 for count in lines.values())
        for key in (os.path.dirname(path), "all"):
            folders[key][0] += done
            folders[key][1] += len(lines)
        missing.append((len(lines) - done, path, len(lines), [n for n, count in sorted(lines.items()) if count == 0]))
    print("| files | lines | run | % |\n| --- | --- | --- | --- |")
    for key in sorted(folders, key=lambda key: (key == "all", key)):
        done, n = folders[key]
        print(f"| {key} | {n} | {done} | {100 * done / n:.1f} |")
    print("\nmost lines left out:")
    for left, path, n, numbers in sorted(missing, reverse=True)[:None if "LAFZ_COVERAGE_ALL" in os.environ else 12]:
        if left > 0:
            print(f"{path}: {left} of {n}: {' '.join(map(str, numbers[:40]))}")
    done, n = folders["all"]
    sys.exit(100 * done / n < least)


main()
