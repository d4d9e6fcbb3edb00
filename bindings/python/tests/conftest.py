import importlib
import os
import pathlib

import pytest

import lafz

ROOT = pathlib.Path(__file__).resolve().parents[3]
MIXED = sorted((ROOT / "corpora").glob("mixed-*.txt"))
PAGES = sorted((ROOT / "corpora").glob("*.txt"))


def need(name: str):
    """A module that a test needs: where it is missing, the test is skipped, or fails if LAFZ_NEED_ALL is set."""
    if os.environ.get("LAFZ_NEED_ALL"):
        return importlib.import_module(name)
    return pytest.importorskip(name)


@pytest.fixture(scope="session")
def tokenizer() -> lafz.Tokenizer:
    return lafz.Tokenizer()


@pytest.fixture(scope="session", params=PAGES, ids=lambda p: p.stem)
def page(request: pytest.FixtureRequest) -> str:
    return request.param.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def program() -> pathlib.Path:
    """The filter, whose output is what the package is compared with."""
    path = ROOT / "build" / "lafz"
    if not path.exists():
        pytest.fail(f"{path} is missing: run ./quickstart build")
    return path


@pytest.fixture(scope="session")
def filtered(program: pathlib.Path):
    """Runs the filter on bytes and gives the objects of its jsonl output."""
    import json
    import subprocess

    def run(data: bytes, *arguments: str) -> list[dict]:
        done = subprocess.run([str(program), *arguments], input=data, capture_output=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run
