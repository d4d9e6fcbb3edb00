"""The example of the project's own README. (Those of the package's README are collected by pytest itself.)"""

import doctest

from conftest import ROOT


def test_readme():
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert tried > 1 and failed == 0
