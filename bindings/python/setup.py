"""Builds lafz._core against liblafz: the one that a build of the repository left (its copy goes into the package), or
else the installed one that pkg-config names.

LAFZ_BUILD: the build folder, if it is not build/ beside bindings/.
"""

import os
import pathlib
import shutil
import subprocess
import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = pathlib.Path(os.environ.get("LAFZ_BUILD", ROOT / "build")).resolve()


def installed():
    """Flags of pkg-config, or None."""
    try:
        words = subprocess.run(
            ["pkg-config", "--cflags", "--libs", "lafz"], check=True, capture_output=True, text=True
        ).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return None
    return {
        "include_dirs": [w[2:] for w in words if w.startswith("-I")],
        "extra_link_args": [w for w in words if not w.startswith("-I")],
    }


def in_tree():
    """Flags for the library in the build folder, or None."""
    library = BUILD / ".libs" / "liblafz.so.0"
    if not library.exists():
        return None
    return {
        "include_dirs": [str(ROOT / "include"), str(BUILD / "include")],
        "extra_link_args": [str(library), "-Wl,-rpath,$ORIGIN"],
        "depends": [str(library)],
    }


def flags():
    found = in_tree() or installed()
    if found is None and (ROOT / "quickstart").exists():
        subprocess.run([str(ROOT / "quickstart"), "build"], check=True)
        found = in_tree()
    if found is None:
        sys.exit("liblafz was not found: run ./quickstart build in the repository, or install it with its lafz.pc")
    return found


class BuildWithLibrary(build_ext):
    """Puts the library beside the module, which looks for it there."""

    def run(self):
        super().run()
        library = BUILD / ".libs" / "liblafz.so.0"
        if library.exists():
            package = pathlib.Path(self.get_ext_fullpath("lafz._core")).parent
            shutil.copyfile(library, package / library.name)


setup(
    ext_modules=[
        Extension(
            "lafz._core",
            sources=sorted(str(p.relative_to(HERE)) for p in (HERE / "src" / "core").glob("*.c")),
            py_limited_api=True,
            extra_compile_args=["-std=c11", "-O2", "-fvisibility=hidden", "-Wall", "-Wextra"],
            **flags(),
        )
    ],
    cmdclass={"build_ext": BuildWithLibrary},
    options={"bdist_wheel": {"py_limited_api": "cp310"}},
)
