"""Runs adapter.js in an engine that Python embeds: `python3 python_host.py pythonmonkey` (SpiderMonkey) or
`python3 python_host.py mini-racer` (V8). Both come from PyPI. Each line of the input is given to a function of
adapter.js, and what it returns is written at once."""

import importlib.metadata
import json
import os
import re
import sys


def pythonmonkey(source):
    import pythonmonkey as engine

    # The engine does not tell its version, but the name of its library does: libmozjs-136a1.so.
    names = os.listdir(os.path.dirname(engine.__file__))
    found = [match[1] for match in map(re.compile(r"(?:lib)?mozjs-(\w+)\.").match, names) if match]
    version = found[0] if found else "unknown"
    engine.eval(source("SpiderMonkey (pythonmonkey)", version + " (pythonmonkey %s)"))
    # Bytes are passed: to free a string that came from Python, this engine looks through all others that did.
    answer = engine.eval(TEXT_OF_BYTES)
    return lambda line: answer(bytearray(line, "ascii"))


def mini_racer(source):
    from py_mini_racer import MiniRacer

    engine = MiniRacer()
    engine.eval(source("V8 (mini-racer)", engine.v8_version + " (mini-racer %s)"))
    return lambda line: engine.call("touchstoneAnswer", line)


TEXT_OF_BYTES = """bytes => {
  let line = "";
  for (let at = 0; at < bytes.length; at += 4096) line += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return touchstoneAnswer(line);
}"""
HOSTS = {"pythonmonkey": pythonmonkey, "mini-racer": mini_racer}


def main():
    package = sys.argv[1] if len(sys.argv) == 2 else None
    if package not in HOSTS:
        sys.exit("usage: python_host.py " + "|".join(HOSTS))

    def source(name, version):
        version = version % importlib.metadata.version(package)
        host = {"name": name, "version": version, "calls": True}
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "adapter.js")
        with open(path, encoding="utf-8") as file:
            return f"globalThis.touchstoneHost = {json.dumps(host)};\n{file.read()}"

    answer = HOSTS[package](source)
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(answer(line.decode("ascii")).encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
