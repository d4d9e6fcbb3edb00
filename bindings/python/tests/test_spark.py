"""Spark for real: a driver, a JVM, worker processes of Python that read and write Arrow. Needs Java 17 and pyspark."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

import lafz
from conftest import MIXED, PAGES, ROOT, need

pyspark = need("pyspark")
if not (shutil.which("java") or os.environ.get("JAVA_HOME") or os.environ.get("LAFZ_NEED_ALL")):
    pytest.skip("no java", allow_module_level=True)

import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as f  # noqa: E402

import lafz.spark  # noqa: E402

N_DOCUMENTS = 10_000
EXAMPLE = ROOT / "bindings" / "python" / "examples" / "tokens_by_language.py"


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2,4]")  # two workers; a task may fail three times
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", str(tmp_path_factory.mktemp("spark")))
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def documents():
    """Ids and texts: the mixed pages whole, then lines of all pages until there are enough."""
    texts = [(p.stem, p.read_text(encoding="utf-8")) for p in MIXED]
    lines = [line for p in PAGES for line in p.read_text(encoding="utf-8").splitlines() if line.strip()]
    for i in range(N_DOCUMENTS - len(texts)):
        texts.append((f"{i}", f"{lines[i % len(lines)]} {lines[(7 * i + 3) % len(lines)]} {i}"))
    return texts


def by_filter(program, documents, path):
    """The tokens of the filter, by document."""
    with open(path, "w", encoding="utf-8") as file:
        for name, text in documents:
            file.write(json.dumps({"id": name, "text": text}) + "\n")
    done = subprocess.run(
        [str(program), "-i", "jsonl", "--field", "text", "--id-field", "id", "-f", "jsonl", str(path)],
        capture_output=True,
        check=True,
    )
    tokens = {}
    for line in done.stdout.splitlines():
        sentence = json.loads(line)
        tokens.setdefault(sentence["doc"], []).extend(
            (t["start"], t["end"], t["surface"], t["norm"], t["key"], t["kind"], t["lang"], sentence["sent"])
            for t in sentence["tokens"]
        )
    return tokens


def test_same_tokens_as_the_filter(spark, program, documents, tmp_path):
    expected = by_filter(program, documents, tmp_path / "in.jsonl")
    df = spark.createDataFrame(documents, "id string, text string").repartition(8)
    columns = ["byte_start", "byte_end", "surface", "norm", "key", "kind", "lang", "sent"]
    lafz.spark.tokenize(df, "text", columns).write.parquet(str(tmp_path / "out"))
    rows = pq.read_table(tmp_path / "out")
    assert rows.num_rows == len(documents) == N_DOCUMENTS
    assert rows["text"].null_count == 0  # the columns that were there stay
    tokens = rows["tokens"].combine_chunks()
    fields = tokens.flatten().flatten()
    ends = tokens.offsets.to_pylist()
    found = list(zip(*(field.to_pylist() for field in fields)))
    for i, (name, n_tokens, n_sents) in enumerate(
        zip(*(rows[c].to_pylist() for c in ("id", "n_tokens", "n_sents")))
    ):
        theirs = found[ends[i] : ends[i + 1]]
        assert theirs == expected[name], name
        assert n_tokens == len(theirs) and n_sents == theirs[-1][-1] + 1


def test_same_runs_as_the_library(spark, documents):
    tokenizer = lafz.Tokenizer()
    df = spark.createDataFrame(documents[:200], "id string, text string").repartition(3)
    for row in lafz.spark.runs(df, "text", ["text", "start", "end", "lang", "script"]).collect():
        assert [tuple(run) for run in row.runs] == [
            (r.text, r.start, r.end, r.lang, r.script) for r in tokenizer.runs(row.text)
        ]
        assert row.n_runs == len(row.runs)


def test_language_filter_and_parquet_by_language(spark, documents, tmp_path):
    df = spark.createDataFrame(documents[:500], "id string, text string")
    every = lafz.spark.tokenize(df, "text", ["norm"])
    kept = lafz.spark.tokenize(df, "text", ["norm"], languages=["ps", "fa"])
    counts = {row.lang: row.n for row in every.groupBy("lang").agg(f.count("*").alias("n")).collect()}
    assert {"ps", "fa", "en"} <= set(counts)
    kept.write.partitionBy("lang").parquet(str(tmp_path / "out"))
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if p.is_dir()) == ["lang=fa", "lang=ps"]
    read = spark.read.parquet(str(tmp_path / "out"))
    assert read.count() == counts["ps"] + counts["fa"]
    assert read.where("lang = 'ps'").count() == counts["ps"]


def test_nulls_and_empty_texts(spark):
    df = spark.createDataFrame([("a", None), ("b", ""), ("c", "one two")], "id string, text string")
    rows = {row.id: row for row in lafz.spark.tokenize(df, "text").collect()}
    assert rows["a"].tokens is None and rows["a"].n_tokens == 0
    assert rows["b"].tokens == [] and rows["b"].lang == "und"
    assert [t.norm for t in rows["c"].tokens] == ["one", "two"]


def test_wrong_use_fails_at_once(spark):
    df = spark.createDataFrame([("a", 1)], "text string, lang int")
    with pytest.raises(ValueError, match="'lang' already"):
        lafz.spark.tokenize(df, "text")
    with pytest.raises(ValueError, match="not of strings"):
        lafz.spark.tokenize(df, "lang")
    with pytest.raises(ValueError, match="unknown language"):
        lafz.spark.tokenize(df.drop("lang"), "text", language="xx")
    with pytest.raises(ValueError, match="columns are of"):
        lafz.spark.tokenize(df.drop("lang"), "text", ["no"])


def test_the_example(tmp_path):
    """A Spark of its own, from jsonl and again from the parquet that it wrote."""
    page = "\n".join(p.read_text(encoding="utf-8") for p in PAGES if p.stem in ("ps", "fa-IR", "en"))
    texts = [line for line in page.splitlines() if len(line) > 60]
    with open(tmp_path / "in.jsonl", "w", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"text": text}) + "\n")
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    command = [sys.executable, EXAMPLE, tmp_path / "in.jsonl", tmp_path / "out", "ps,fa"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = {line.split("\t")[0]: line.split("\t")[1:] for line in done.stdout.splitlines()[1:]}
    assert set(found) == {"ps", "fa"}
    tokens = lafz.Tokenizer().arrow_documents(pa.array(texts), ["norm"], names=True)
    for lang, (n_documents, n_tokens, n_sents) in found.items():
        rows = [row for row in tokens.to_pylist() if row["lang"] == lang]
        assert int(n_documents) == len(rows)
        assert int(n_tokens) == sum(len(row["tokens"]) for row in rows)
        assert int(n_sents) == sum(row["sents"] for row in rows)


def workers():
    """Process ids of Spark's Python workers: the children of its daemon."""
    listing = subprocess.run(["ps", "-ewwo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()[1:]]
    daemons = [pid for pid, _, args in rows if "pyspark.daemon" in args or "pyspark/daemon" in args]
    return [int(pid) for pid, ppid, _ in rows if ppid in daemons]


def test_a_killed_worker_changes_nothing(spark, documents):
    """Workers are killed while they work; Spark does their tasks again."""
    df = spark.createDataFrame(documents, "id string, text string").repartition(16)
    tokenizer = lafz.Tokenizer()
    expected = {name: len(tokenizer.tokens(text)) for name, text in documents}

    def slowly(batches):
        for batch in batches:
            time.sleep(0.2)
            yield batch

    slow = df.mapInArrow(slowly, df.schema)
    killed = []
    is_over = threading.Event()

    def kill():
        while len(killed) < 2 and not is_over.wait(0.4):
            for pid in workers()[:1]:
                try:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                except ProcessLookupError:
                    pass

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        counts = lafz.spark.tokenize(slow, "text", ["norm"]).select("id", "n_tokens")
        result = {row.id: row.n_tokens for row in counts.collect()}
    finally:
        is_over.set()
        killer.join()
    assert killed, "no worker was there to be killed"
    assert result == expected


def test_two_workers(spark, documents):
    df = spark.createDataFrame(documents[:2000], "id string, text string").repartition(8)

    def pids(batches):
        import pyarrow

        for batch in batches:
            time.sleep(0.1)
            yield pyarrow.RecordBatch.from_pydict({"pid": [os.getpid()]})

    tokens = lafz.spark.tokenize(df, "text", ["norm"])
    assert tokens.mapInArrow(pids, "pid long").distinct().count() >= 2
