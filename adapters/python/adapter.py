"""An adapter of engines that Python embeds: `python3 adapter.py wasmtime` judges the wheel `wasmtime`, and
`python3 adapter.py pywasm` the package `pywasm`. Both come from PyPI; `PYTHONPATH` says where they are."""

import importlib
import sys

from protocol import serve

ENGINES = {"wasmtime": "with_wasmtime", "pywasm": "with_pywasm"}


def main():
    name = sys.argv[1] if len(sys.argv) == 2 else None
    if name not in ENGINES:
        sys.exit("usage: adapter.py " + "|".join(ENGINES))
    try:
        engine = importlib.import_module(ENGINES[name])
    except ModuleNotFoundError as error:
        sys.exit(f"{error}: `pip install --target DIR {name}`, and set PYTHONPATH to DIR")
    serve(engine)


if __name__ == "__main__":
    main()
