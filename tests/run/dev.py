#!/usr/bin/env python3
"""usage: dev.py GOLD_JSONL TOKENS_JSONL

GOLD_JSONL has {"id": ..., "kind": ..., "text": ..., "words": [[start, end, language], ...]} a line, TOKENS_JSONL is what
`lafz tokens -i jsonl --field text --id-field id -f jsonl GOLD_JSONL` writes. Prints how many words and runs are right by
confidence; a run is right if more than half of its words are. Fails below the promises of doc/model.md.
"""
import collections
import json
import sys

SURE, SURE_RIGHT = 0.9, 0.98  # runs at least so sure, and how many of them must be right
WORDS_RIGHT = 0.97            # of all words in all kinds of pages but single ones


def read_tokens(path):
    tokens = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for line in file:
            sentence = json.loads(line)
            tokens[sentence["doc"]] += sentence["tokens"]
    return tokens


def words_of_runs(page, tokens):
    """For each run of a page: its confidence, its words, those of them that are right."""
    runs = collections.defaultdict(lambda: [0.0, 0, 0])
    words, i = page["words"], 0
    for token in tokens:
        while i < len(words) and words[i][1] <= token["start"]:
            i += 1
        if token["kind"] == "word" and i < len(words) and words[i][0] <= token["start"]:
            run = runs[token["run"]]
            run[0] = token["confidence"]
            run[1] += 1
            run[2] += token["lang"] == words[i][2]
    return runs.values()


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tokens = read_tokens(sys.argv[2])
    by_confidence = collections.defaultdict(lambda: [0, 0])
    n_words = n_right = 0
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            page = json.loads(line)
            for confidence, words, right in words_of_runs(page, tokens[page["id"]]):
                bucket = by_confidence[int(confidence * 10) / 10]
                bucket[0] += 1
                bucket[1] += 2 * right > words
                if not page["kind"].startswith("word:"):
                    n_words += words
                    n_right += right
    for confidence in sorted(by_confidence):
        runs, right = by_confidence[confidence]
        print(f"confidence {confidence:.1f}: {runs} runs, {right / runs:.4f} right")
    print(f"{n_words} words, {n_right / n_words:.4f} right")
    sure = [sum(column) for column in zip(*(v for c, v in by_confidence.items() if c >= SURE))]
    sys.exit(sure[1] < SURE_RIGHT * sure[0] or n_right < WORDS_RIGHT * n_words)


main()
