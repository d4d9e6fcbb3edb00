"""Tokens and language runs of a column of a Spark DataFrame, by Arrow batches, in Spark's own Python workers.

    from lafz import spark as lafz_spark
    tokens = lafz_spark.tokenize(df, "text", languages=["ps", "fa"])
    tokens.write.partitionBy("lang").parquet("out")

The package has to be installed where the workers run. `doc/scale.md` of the project says how to size partitions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import types as t

from ._tokenizer import COLUMNS, RUN_COLUMNS, Tokenizer

_TYPES: dict[str, t.DataType] = {
    **dict.fromkeys(["surface", "text", "norm", "key", "kind", "script", "lang"], t.StringType()),
    **dict.fromkeys(["start", "end", "byte_start", "byte_end"], t.IntegerType()),
    **dict.fromkeys(["flags", "par", "sent", "run", "tokens"], t.IntegerType()),
    "confidence": t.FloatType(),
}


def tokenize(
    df: DataFrame,
    column: str,
    columns: Sequence[str] = ("surface", "norm", "key", "start", "end", "kind", "lang", "sent"),
    *,
    languages: Sequence[str] | None = None,
    into: str = "tokens",
    **options: Any,
) -> DataFrame:
    """The DataFrame with four columns more: `into`, an array of structs with these columns (`lafz.COLUMNS` has all);
    `lang`, the language that most bytes of the document's words are in; `n_tokens`; `n_sents`. A null document has null
    tokens.

    column: a column of strings.
    languages: only documents in one of these are kept; "und" is one of them for those without a sure language.
    options: those of `lafz.Tokenizer`.
    """
    return _add(df, column, columns, COLUMNS, False, languages, into, options)


def runs(
    df: DataFrame,
    column: str,
    columns: Sequence[str] = ("text", "start", "end", "script", "lang", "confidence"),
    *,
    languages: Sequence[str] | None = None,
    into: str = "runs",
    **options: Any,
) -> DataFrame:
    """The same with the language runs of each document (`lafz.RUN_COLUMNS`); `n_runs` instead of `n_tokens`."""
    return _add(df, column, columns, RUN_COLUMNS, True, languages, into, options)


def _schema(df: DataFrame, columns: Sequence[str], into: str, count: str) -> t.StructType:
    entry = t.StructType([t.StructField(name, _TYPES[name]) for name in columns])
    added = [
        t.StructField(into, t.ArrayType(entry)),
        t.StructField("lang", t.StringType()),
        t.StructField(count, t.IntegerType()),
        t.StructField("n_sents", t.IntegerType()),
    ]
    taken = {field.name for field in df.schema.fields} & {field.name for field in added}
    if taken:
        raise ValueError(f"the DataFrame has a column {min(taken)!r} already: rename it")
    return t.StructType(df.schema.fields + added)


def _add(
    df: DataFrame,
    column: str,
    columns: Sequence[str],
    allowed: Sequence[str],
    are_runs: bool,
    languages: Sequence[str] | None,
    into: str,
    options: dict[str, Any],
) -> DataFrame:
    for name in columns:
        if name not in allowed:
            raise ValueError(f"columns are of {', '.join(allowed)}, not {name!r}")
    if not isinstance(df.schema[column].dataType, t.StringType):
        raise ValueError(f"column {column!r} is not of strings")
    count = "n_runs" if are_runs else "n_tokens"
    schema = _schema(df, columns, into, count)
    tokenizer = Tokenizer(**options)  # a wrong option fails here, not in a worker
    work = _worker(tokenizer, column, tuple(columns), are_runs, languages and list(languages), into, count)
    return df.mapInArrow(work, schema)


def _worker(
    tokenizer: Tokenizer,
    column: str,
    columns: tuple[str, ...],
    are_runs: bool,
    languages: list[str] | None,
    into: str,
    count: str,
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            at = batch.schema.get_field_index(column)
            documents = tokenizer.arrow_documents(batch.column(at), columns, runs=are_runs, names=True)
            entries, lang, sents = documents.flatten()
            added = {
                into: entries,
                "lang": lang,
                count: pc.fill_null(pc.list_value_length(entries), 0),
                "n_sents": sents,
            }
            result = pa.RecordBatch.from_arrays(
                batch.columns + list(added.values()), batch.schema.names + list(added)
            )
            if languages is not None:
                result = result.filter(pc.is_in(lang, pa.array(languages, pa.string())))
            yield result

    return work
