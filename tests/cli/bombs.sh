#!/bin/sh
# Small files that want to be large: compressed data that expand without measure, JSON that is nested without measure, headers
# without an end. Each ends with its status and message, and needs no more memory than other files.
. "${srcdir:-.}/tests/cli/lib.sh"

PYTHON=${PYTHON:-python3}
"$PYTHON" -c '' 2>/dev/null || skip "no python3"
"$PYTHON" - <<'END'
import gzip, json
million = b"a" * 1_000_000
def save(name, parts):
    with open(name, "wb") as file:
        for part in parts:
            file.write(part)
def pack(name, n):
    with gzip.GzipFile(name, "wb", mtime=0) as file:
        for _ in range(n):
            file.write(million)
pack("bomb.gz", 70)
pack("free.gz", 67)
save("lines.gz", [gzip.compress(b'{"text":"one"}\n' + b" " * 70_000_000 + b'\n{"text":"two"}\n', mtime=0)])
save("deep.jsonl", [b"[" * 5_000_000, b"\n", b'{"a":' * 1_000_000, b"\n", b'{"text":"x","a":', b"[" * 1_000_000, b"]" * 1_000_000,
                    b'}\n{"text":"good"}\n'])
save("wide.jsonl", [b'{"text":"x"', b',"k":1' * 1_000_000, b'}\n{"', million, b'":"', million, b'","text":"good"}\n'])
save("number.jsonl", [b'{"text":"x","n":', b"9" * 5_000_000, b"}\n"])
save("same.jsonl", [b'{"text":"one"', b',"text":"two"' * 500_000, b"}\n"])
save("escapes.jsonl", [b'{"text":"', b"\\u0000" * 100_000, b"\\ud800" * 100_000, b'"}\n'])
save("header.warc", [b"WARC/1.0\r\n", b"A: b\r\n" * 1_000_000])
save("line.warc", [b"WARC/1.0\r\nA: ", million * 5, b"\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"])
save("length.warc", [b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 9223372036854775807\r\n\r\nx"])
save("columns.conllu", [b"# text = a\n1", b"\t_" * 2_000_000, b"\n\n# text = good\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n"])
END

# peak MOST ARGUMENT...: runs the program as run does, and sets peak to "" if it needed at most so many KiB.
peak()
{
	"$PYTHON" - "$LAFZ" "$@" >"$tmp/peak" 2>"$tmp/err" <<'END'
import os, sys
lafz, most, *rest = sys.argv[1:]
out = os.open("out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
child = os.posix_spawn(lafz, [lafz, *rest], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)])
_, status, usage = os.wait4(child, 0)
over = usage.ru_maxrss > int(most) and not os.environ.get("SANITIZER_FLAGS")
print(os.waitstatus_to_exitcode(status), f"{usage.ru_maxrss} KiB" if over else "")
END
	read -r status peak <"$tmp/peak"
}

# ---- Compressed ----

# where that is noticed hangs on how much of the file is read at once
peak 32768 normalize -l en --read-size 65536 bomb.gz
same "a bomb: status" 1 "$status"
same "a bomb: message" "lafz: bomb.gz: the compressed data expand by more than --max-ratio, behind byte 67108864 of what they hold" \
	"$(cat "$tmp/err")"
same "a bomb: what is written" 67108864 "$(wc -c <out | tr -d ' ')"
same "a bomb: memory" "" "$peak"
peak 32768 normalize -l en free.gz
same "within what is free: status" "0 67000000" "$status $(wc -c <out | tr -d ' ')"
peak 32768 normalize -l en --max-ratio 2000 bomb.gz
same "a higher limit" "0 70000000" "$status $(wc -c <out | tr -d ' ')"
peak 32768 normalize -l en --max-ratio 0 bomb.gz
same "no limit: status" "0 70000000" "$status $(wc -c <out | tr -d ' ')"
peak 163840 -i jsonl -l en lines.gz
same "a bomb of records: status" 3 "$status"
same "a bomb of records: what was before" one "$(cat out)"
has "a bomb of records: message" "$(cat "$tmp/err")" "record 2 at byte 15: the compressed data expand by more than --max-ratio"
refuses "--max-ratio x" "--max-ratio" --max-ratio x bomb.gz

# ---- JSON ----

peak 65536 -l en deep.jsonl
same "nested: status, text" "3 x good" "$status $(grep . out | tr '\n' ' ' | sed 's/ $//')"
same "nested: memory" "" "$peak"
same "nested: messages" 3 "$(wc -l <"$tmp/err" | tr -d ' ')"
peak 65536 -l en wide.jsonl
same "many fields, long names: status, text" "0 x good" "$status $(grep . out | tr '\n' ' ' | sed 's/ $//')"
same "many fields, long names: memory" "" "$peak"
peak 65536 -f jsonl --keep-fields -l en number.jsonl
same "a number of five million digits" "0 " "$status $peak"
same "a number of five million digits: kept" 5000000 "$(tr -cd 9 <out | wc -c | tr -d ' ')"
peak 65536 -l en same.jsonl
same "one field again and again: the last counts" "0  two" "$status $peak $(grep . out)"
peak 65536 -f jsonl -l en escapes.jsonl
same "escapes: NUL, and halves of pairs" "0 " "$status $peak"
same "escapes: offsets" 400000 "$(grep -o '"end":[0-9]*,' out | tr -cd '0-9\n' | sort -n | tail -n 1)"

# ---- Records ----

peak 32768 -l en header.warc
same "a header without an end" "3 " "$status $peak"
has "a header without an end: message" "$(cat "$tmp/err")" "header.warc: record 1 at byte 0: cut off in its header"
peak 65536 -l en --max-record 1M line.warc
same "a header line without an end" "3 " "$status $peak"
has "a header line without an end: message" "$(cat "$tmp/err")" "record 1 at byte 0: longer than --max-record"
peak 32768 -l en length.warc
same "a length that is not there" "3 " "$status $peak"
peak 65536 -l en columns.conllu
same "two million columns" "3  good" "$status $peak $(grep . out)"

finish
