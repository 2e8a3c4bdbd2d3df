"""The line protocol, without any engine: reads requests, has an engine's `Script` do what they ask for, and writes
answers. What an engine cannot do it says by raising `Failed`.

A `Script` has these methods; numbers of modules and instances are not its business:

    Script(features)                        begins a script under these features
    compile(wasm) -> module
    instantiate(module, find) -> instance   `find(module_name, name)` gives what was registered, or None
    exports(instance) -> {name: anything}   what is registered
    invoke(instance, export, args) -> [value]
    get(instance, export) -> value
"""

import base64
import json
import sys


class Failed(Exception):
    """A request that did not succeed: the class of failure, what the engine says, and `traps` or `what`."""

    def __init__(self, failed, text="", **more):
        super().__init__(text)
        self.answer = {"failed": failed, **({"text": text} if text else {}), **more}


def trap(text, *kinds):
    """A trap that is one of these, or any where there are none."""
    return Failed("trap", text, traps=list(kinds))


def cannot_tell(what):
    return Failed("cannot-tell", what=what)


def not_found(text="there is no such export"):
    return Failed("not-found", text)


def lanes(value):
    """The bytes of a vector, from its lanes."""
    width = 16 // len(value["value"])
    return b"".join(int(lane).to_bytes(width, "little") for lane in value["value"])


def vector(data):
    """A vector with these bytes."""
    halves = [str(int.from_bytes(data[n : n + 8], "little")) for n in (0, 8)]
    return {"type": "v128", "lane_type": "i64", "value": halves}


class Adapter:
    """The script at hand, and the numbers by which the harness knows what it made."""

    def __init__(self, engine):
        self.engine = engine
        self.begin([])

    def begin(self, features):
        # What was before is given back before anything is made.
        self.script = None
        self.modules, self.instances, self.registry = {}, {}, {}
        self.script = self.engine.Script(features)

    def find(self, module, name):
        return self.registry.get(module, {}).get(name)

    def known(self, numbers, number):
        if number not in numbers:
            raise Failed("missing")
        return numbers[number]

    def answer(self, request):
        do = request["do"]
        if do == "hello":
            return {"hello": {"protocol": 1, **self.engine.hello()}}
        if do == "begin":
            self.begin(request["features"])
        elif do == "finish":
            self.begin([])
        elif do == "compile":
            self.modules[request["module"]] = self.script.compile(base64.b64decode(request["wasm"]))
        elif do == "instantiate":
            module = self.known(self.modules, request["module"])
            self.instances[request["instance"]] = self.script.instantiate(module, self.find)
        elif do == "register":
            before = self.registry.get(request["name"], {}) if request.get("add") else {}
            found = self.instances.get(request["instance"])
            after = {} if found is None else self.script.exports(found)
            self.registry[request["name"]] = {**before, **after}
        elif do == "release":
            self.instances.pop(request["instance"], None)
        elif do == "invoke":
            instance = self.known(self.instances, request["instance"])
            return {"values": self.script.invoke(instance, request["export"], request.get("args", []))}
        elif do == "get":
            instance = self.known(self.instances, request["instance"])
            return {"values": [self.script.get(instance, request["export"])]}
        else:
            raise Failed("error", f"`{do}` was not announced in the greeting")
        return {}


def serve(engine):
    """Answers until the input ends."""
    adapter = Adapter(engine)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            answer = adapter.answer(request)
        except Failed as failed:
            answer = failed.answer
        text = json.dumps({"id": request["id"], **answer})
        sys.stdout.buffer.write(text.encode("ascii") + b"\n")
        sys.stdout.buffer.flush()
