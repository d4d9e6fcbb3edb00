#!/bin/sh
# --mwt and --value in jsonl: more keys of a token, in their order.
. "${srcdir:-.}/tests/cli/lib.sh"

printf 'Don\342\200\231t pay 3,000.50 or "x".\n' >a.txt

# tail_of: what each token has behind its flags.
tail_of()
{
	sed 's/}]}$//; s/},{/\n/g' "$tmp/out" | sed 's/^.*"flags":\[[^]]*\]//'
}

run -f jsonl -l en --mwt --value a.txt
same "status, messages" "0 " "$status $(cat "$tmp/err")"
same "value, then words" ",\"value\":null,\"words\":[\"Do\",\"n$(printf '\342\200\231')t\"]
,\"value\":null,\"words\":[]
,\"value\":\"3000.50\",\"words\":[]
,\"value\":null,\"words\":[]
,\"value\":null,\"words\":[]
,\"value\":null,\"words\":[]
,\"value\":null,\"words\":[]
,\"value\":null,\"words\":[]" "$(tail_of)"
run -f jsonl -l en --value a.txt
same "values alone" ',"value":null ,"value":null ,"value":"3000.50" ,"value":null' "$(tail_of | head -n 4 | tr '\n' ' ' | sed 's/ $//')"
run -f jsonl -l en a.txt
same "neither, unless asked for" "" "$(tail_of | tr -d '\n')"
printf '\333\261\333\262\331\253\333\265 \331\203' >b.txt
run -f jsonl -l fa --explain --mwt --value b.txt
has "and edits behind them" "$(cat "$tmp/out")" '"flags":[],"value":"12.5","words":[],"edits":[]}'
has "and edits behind them" "$(cat "$tmp/out")" '"flags":[],"value":null,"words":[],"edits":[{"start":9,'
refuses "--value as tsv" "--value: needs" --value -f tsv a.txt
refuses "--value of conllu" "--value: needs" --value -f conllu a.txt
refuses "--value of stats" "--value: needs" stats --value a.txt
refuses "--mwt as tsv" "--mwt: needs" --mwt -f tsv a.txt
PYTHON=${PYTHON:-python3}
if command -v "$PYTHON" >/dev/null; then
	for name in "$top"/corpora/*.txt; do
		run -f jsonl --gaps --mwt --value --explain "$name"
		"$PYTHON" -c 'import json, sys
TOKEN = "start end cstart cend surface norm key kind script lang run confidence flags value words edits".split()
for line in open(sys.argv[1], "rb"):
    for token in json.loads(line)["tokens"]:
        assert list(token) == TOKEN, token
        assert token["value"] is None or token["kind"] in ("number", "date", "time"), token
        assert len(token["words"]) != 1 and (token["words"] == [] or token["kind"] == "word"), token' "$tmp/out"
		same "keys of ${name##*/}" 0 $?
	done
fi

finish
