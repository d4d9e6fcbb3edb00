"""The package is typed: mypy says so."""

import pathlib
import subprocess
import sys

from conftest import need

PACKAGE = pathlib.Path(__file__).resolve().parents[1] / "src" / "lafz"


def test_mypy(tmp_path):
    need("mypy")
    files = [str(p) for p in PACKAGE.glob("*.py") if p.stem in ("__init__", "_tokenizer", "_languages", "sklearn")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", "--cache-dir", str(tmp_path), *files],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
