"""usage: compare_gold.py LAFZ PAGE...

Runs LAFZ on each PAGE.txt and compares with PAGE.gold.jsonl. Prints every difference; exit status 1 if there is one.
"""
import json
import subprocess
import sys

FIELDS = "cstart cend surface norm kind script lang run flags".split()


def tokens(lines):
    """{(start, end): token}, each token with the numbers of its sentence and paragraph."""
    out = {}
    for line in lines:
        sentence = json.loads(line)
        for token in sentence["tokens"]:
            token["sent"], token["par"] = sentence["sent"], sentence["par"]
            out[token["start"], token["end"]] = token
    return out


def compare(lafz, page):
    with open(page + ".gold.jsonl", encoding="utf-8") as file:
        gold = tokens(file)
    run = subprocess.run([lafz, "-f", "jsonl", page + ".txt"], stdout=subprocess.PIPE, check=True)
    found = tokens(run.stdout.decode("utf-8").splitlines())
    wrong = 0
    for span in sorted(set(gold) | set(found)):
        if span not in gold or span not in found:
            where, token = ("gold", gold[span]) if span in gold else ("lafz", found[span])
            print(f"{page}: {span}: only in {where}: {token['surface']}")
            wrong += 1
            continue
        for field in FIELDS + ["sent", "par"]:
            if gold[span][field] != found[span][field]:
                print(f"{page}: {span}: {gold[span]['surface']}: {field}: "
                      f"expected {gold[span][field]}, got {found[span][field]}")
                wrong += 1
    print(f"{page}: {len(gold)} tokens of gold, {wrong} differences")
    return wrong


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(1 if sum(compare(sys.argv[1], page) for page in sys.argv[2:]) else 0)


if __name__ == "__main__":
    main()
