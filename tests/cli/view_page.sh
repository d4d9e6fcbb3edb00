#!/bin/sh
# lafz view -o page.html: the page as a file. tests/browser looks at it in a browser. The golden files are
# tests/view/NAME.page, pages without what is the same in all; LAFZ_GOLDEN_WRITE=1 writes them anew.
. "${srcdir:-.}/tests/cli/lib.sh"

# body FILE: the text and what is known of it.
body()
{
	sed -n '/^<main/,/^<script>/p' "$1" | sed '/^<script>/d; s/^\(<script[^>]*>{"version":\)"[^"]*"/\1""/; s/"id":[0-9]*/"id":0/g'
}

# golden NAME ARGUMENT...: the page holds what the golden file holds. It is made in the corpora.
golden()
{
	golden_name=$1
	shift
	(cd "$top/corpora" && "$LAFZ" view -o "$tmp/work/$golden_name.html" "$@" 2>"$tmp/err")
	same "$golden_name: status and messages" "0 " "$? $(cat "$tmp/err")"
	body "$golden_name.html" >"$tmp/out"
	if [ -n "${LAFZ_GOLDEN_WRITE:-}" ]; then
		cp "$tmp/out" "$top/tests/view/$golden_name.page"
	fi
	same_file "$golden_name" "$top/tests/view/$golden_name.page" "$tmp/out"
}

golden mixed-1 mixed-1.txt
golden mixed-2-gold --view norm --gold mixed-2.gold.jsonl mixed-2.txt
printf 'a<script>alert(1)</script>"&\\ \000\377\342\200\256b </style>\302\240<!-- x\r\n\r\n\n كتاب\n' >hostile.txt
golden hostile -l fa,en - <hostile.txt
printf '{"id":"<b>\\u0000\\"&","text":"One"}\n{"id":"two","text":""}\n' >records.jsonl
golden records -l en -i jsonl - <records.jsonl

# ---- Which name is a page ----

printf 'One.\n' >en.txt
for name in x.html x.htm x.html.gz; do
	run view -l en -o $name en.txt
	same "$name: status" 0 "$status"
done
same "x.html is a page" '<!DOCTYPE html>' "$(head -n 1 x.html)"
same "x.htm" "$(cksum <x.html)" "$(cksum <x.htm)"
same "x.html.gz" "$(cksum <x.html)" "$(gzip -dc x.html.gz | cksum)"
run view -l en -o x.htmlx en.txt
same "x.htmlx is not" "en.txt" "$(head -n 1 x.htmlx)"
run view -f html -l en en.txt
same_file "-f html" x.html "$tmp/out"
run view -f text -l en -o y.html en.txt
same "-f text" "en.txt" "$(head -n 1 y.html)"
run view -o none.html missing.txt
same "a missing file: no page" "1 no" "$status $([ -e none.html ] && echo yes || echo no)"

# ---- The same page however it is read ----

cat "$top"/corpora/*.txt >whole.txt
cat whole.txt whole.txt whole.txt >long.txt
"$LAFZ" view -o long.html long.txt
for option in "--read-size 777" "-j 3"; do
	# shellcheck disable=SC2086 # an option and its value
	"$LAFZ" view $option -o other.html long.txt
	same_file "$option" long.html other.html
done
head -c 300000 /dev/zero | tr '\0' x >x.txt
"$LAFZ" view -l en -o x.html x.txt
same "a long token is whole" 300000 "$(body x.html | grep -o 'x\{100,\}' | tr -d '\n' | wc -c | tr -d ' ')"

# ---- The policy and what it names ----

if [ -z "${PYTHON:-}" ]; then
	PYTHON=python3
fi
"$PYTHON" -c pass 2>/dev/null || {
	echo "without the tests of the policy: there is no python3"
	finish
}
cat >policy.py <<'END'
import base64, hashlib, json, re, sys
page = open(sys.argv[1], encoding="utf-8", newline="").read()
policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
def name(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
styles = re.findall("<style>(.*?)</style>", page, re.S)
scripts = re.findall("<script>(.*?)</script>", page, re.S)
parts = [directive.split() for directive in policy.split(";")]
want = [["default-src", "'none'"], ["base-uri", "'none'"], ["form-action", "'none'"], ["style-src"] + [name(s) for s in styles]]
if scripts:
    want.append(["script-src"] + [name(s) for s in scripts])
print("policy", parts == want, len(styles), len(scripts))
data = re.findall('<script type="application/json"[^>]*>(.*?)</script>', page, re.S)
print("data", all("<" not in text and json.loads(text) for text in data), len(data) + len(scripts) == page.count("<script"))
print("controls", not re.search("[\x00-\x08\x0b-\x1f\x7f]", page), "attributes", not re.search(r"<[^>]* (on\w+|style|src|href)=", page))
END
for page in mixed-1 hostile records long; do
	same "$page: policy" "policy True 1 1
data True True
controls True attributes True" "$("$PYTHON" policy.py $page.html 2>&1)"
done

# Spans cover the text; a part begins where the one before ended.
cat >spans.py <<'END'
import json, re, sys
page = open(sys.argv[1], encoding="utf-8", newline="").read()
out = b""
for text in re.findall('<div class="part[^>]*><script type="application/json">(.*?)</script>', page, re.S):
    part = json.loads(text)
    if part["b"] != len(out) or part["c"] != len(out.decode()):
        sys.exit("a part begins at %d, %d" % (part["b"], part["c"]))
    for item in part["i"][1:]:
        out += (item if isinstance(item, str) else item[1] if isinstance(item, list) else "").encode()
sys.stdout.buffer.write(out)
END
for text in whole long; do
	"$LAFZ" view -o spans.html $text.txt
	"$PYTHON" spans.py spans.html >back.txt
	same_file "$text.txt is in its page" $text.txt back.txt
done

finish
