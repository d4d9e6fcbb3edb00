"""Tokens of a corpus by Spark: tokens_by_language.py INPUT OUTPUT [TAG,TAG...]

INPUT: jsonl files or a folder of parquet (told by the name) with a column "text". OUTPUT: a folder of parquet, a folder
in it for each language, of the documents in these languages only if tags are given. Prints how many documents, tokens and
sentences each language has.

With a cluster: spark-submit --master ... tokens_by_language.py hdfs:///in/*.jsonl.gz hdfs:///out ps,fa
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

from lafz import spark as lafz_spark


def main() -> None:
    source, target, *tags = sys.argv[1:]
    spark = SparkSession.builder.appName("lafz").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    reader = spark.read.parquet if "parquet" in source else spark.read.json
    documents = reader(source)
    languages = tags[0].split(",") if tags else None
    tokens = lafz_spark.tokenize(documents, "text", ["norm", "kind", "lang"], languages=languages)
    tokens.write.partitionBy("lang").parquet(target)
    counts = spark.read.parquet(target).groupBy("lang").agg(
        f.count("*").alias("documents"), f.sum("n_tokens").alias("tokens"), f.sum("n_sents").alias("sentences")
    )
    print("lang\tdocuments\ttokens\tsentences")
    for row in counts.orderBy(f.desc("tokens"), "lang").collect():
        print(row.lang, row.documents, row.tokens, row.sentences, sep="\t")
    spark.stop()


if __name__ == "__main__":
    main()
