"""Wasmtime, by the wheel `wasmtime`. Its API passes integers, floats but for some bits of NaNs, and two types of
references; asked for others it ends the process. So the adapter asks it for no types, and calls every function that
has more than integers in its type through a helper (see wasm.py)."""

import importlib.metadata
import struct

import wasm
import wasmtime
from wasmtime import _ffi
from protocol import Failed, cannot_tell, lanes, not_found, trap, vector

SWITCHES = {
    "multi-value": "wasm_multi_value",
    "bulk-memory": "wasm_bulk_memory",
    "reference-types": "wasm_reference_types",
    "simd": "wasm_simd",
    "relaxed-simd": "wasm_relaxed_simd",
    "tail-call": "wasm_tail_call",
    "multi-memory": "wasm_multi_memory",
    "memory64": "wasm_memory64",
    "threads": "wasm_threads",
    "exceptions": "wasm_exceptions",
    "function-references": "wasm_function_references",
    "gc": "wasm_gc",
    "custom-page-sizes": "wasm_custom_page_sizes",
    "wide-arithmetic": "wasm_wide_arithmetic",
}
# The wheel has no switches for these.
WITHOUT_SWITCH = [
    "mutable-global", "sign-extension-ops", "nontrapping-float-to-int-conversions", "extended-const", "annotations",
    "branch-hinting",
]  # fmt: skip
NULLS = [
    "null reference", "null function reference", "null structure reference", "null array reference",
    "null i31 reference", "null exception reference",
]  # fmt: skip
CODE = wasmtime.TrapCode
TRAPS = {
    CODE.MEMORY_OUT_OF_BOUNDS: ["out of bounds memory access"],
    CODE.HEAP_MISALIGNED: ["unaligned atomic"],
    CODE.TABLE_OUT_OF_BOUNDS: ["out of bounds table access", "undefined element"],
    CODE.INDIRECT_CALL_TO_NULL: ["uninitialized element"],
    CODE.BAD_SIGNATURE: ["indirect call type mismatch"],
    CODE.INTEGER_OVERFLOW: ["integer overflow"],
    CODE.INTEGER_DIVISION_BY_ZERO: ["integer divide by zero"],
    CODE.BAD_CONVERSION_TO_INTEGER: ["invalid conversion to integer"],
    CODE.UNREACHABLE: ["unreachable"],
    CODE.ATOMIC_WAIT_NON_SHARED_MEMORY: ["expected shared memory"],
    CODE.NULL_REFERENCE: NULLS,
    CODE.ARRAY_OUT_OF_BOUNDS: ["out of bounds array access"],
    CODE.ALLOCATION_TOO_LARGE: ["allocation size too large"],
    CODE.CAST_FAILURE: ["cast failure"],
}
FORMATS = {wasm.I32: "<I", wasm.I64: "<Q", wasm.F32: "<I", wasm.F64: "<Q"}
NAMES = {wasm.I32: "i32", wasm.I64: "i64", wasm.F32: "f32", wasm.F64: "f64"}


def hello():
    return {
        "engine": "wasmtime (Python)",
        "version": importlib.metadata.version("wasmtime"),
        "features": [*SWITCHES, *WITHOUT_SWITCH],
        "cannot_tell": ["malformed-from-invalid", "trap-kinds", "function-indices", "references"],
    }


class Host:
    """A host value."""

    def __init__(self, number):
        self.number = number


class Instance:
    def __init__(self, instance, module):
        self.instance, self.module = instance, module
        # For each export that was used, its helper.
        self.helpers = {}


class Script:
    def __init__(self, features):
        config = wasmtime.Config()
        # Components need what scripts may forbid. The public API has no switch for them.
        _ffi.wasmtime_config_wasm_component_model_async_set(config.ptr(), False)
        for feature, switch in SWITCHES.items():
            setattr(config, switch, feature in features)
        config.shared_memory = "threads" in features
        # Scripts recurse deeper than half a megabyte, which is the default.
        config.max_wasm_stack = 1 << 20
        self.engine = wasmtime.Engine(config)
        self.store = wasmtime.Store(self.engine)
        self.has_references = "reference-types" in features
        self.scratch = None
        # The place of each host value in the table of them, and compiled helpers by their bytes.
        self.hosts, self.compiled = {}, {}

    def compile(self, data):
        try:
            return wasmtime.Module(self.engine, data), wasm.read(data)
        except wasmtime.WasmtimeError as error:
            text = last_line(error)
            is_limit = "exceeds the limit" in text or "mplementation limit" in text
            raise Failed("limit" if is_limit else "rejected", text) from None

    def instantiate(self, module, find):
        compiled, known = module
        imports = []
        for import_module, name in known.imports:
            found = find(import_module, name)
            if found is None:
                raise Failed("unlinkable", f"unknown import: {import_module}.{name}")
            imports.append(found)
        return Instance(self.run(wasmtime.Instance, self.store, compiled, imports), known)

    def exports(self, instance):
        return instance.instance.exports(self.store)

    def invoke(self, instance, export, args):
        function = instance.module.functions.get(export)
        if function is None or len(function.params) != len(args):
            raise not_found()
        if all(type in (wasm.I32, wasm.I64) for type in function.params + function.results):
            given = self.run(self.exports(instance)[export], self.store, *[int(arg["value"]) for arg in args])
            list = given if len(function.results) > 1 else [given]
            return [integer(type, value) for type, value in zip(function.results, list)]
        call = self.helper(instance, export, wasm.call_helper, function)
        for slot, (type, arg) in enumerate(zip(function.params, args)):
            self.memory.write(self.store, self.argument(type, arg), slot * wasm.SLOT)
        self.run(call, self.store)
        return [self.result(type, slot) for slot, type in enumerate(function.results)]

    def get(self, instance, export):
        found = instance.module.globals.get(export)
        if found is None:
            raise not_found()
        self.run(self.helper(instance, export, wasm.get_helper, found), self.store)
        return self.result(found.type, 0)

    def helper(self, instance, export, make, about):
        """The function of a helper for this export."""
        if export in instance.helpers:
            return instance.helpers[export]
        if self.scratch is None:
            module = wasmtime.Module(self.engine, wasm.scratch(self.has_references))
            self.scratch = wasmtime.Instance(self.store, module, []).exports(self.store)
            self.memory = self.scratch["m"]
        try:
            data = make(instance.module, about, self.has_references)
        except wasm.Hidden:
            raise cannot_tell("references") from None
        if data not in self.compiled:
            self.compiled[data] = wasmtime.Module(self.engine, data)
        tables = [self.scratch["h"], self.scratch["r"]] if self.has_references else []
        imports = [self.memory, self.exports(instance)[export], *tables]
        helper = wasmtime.Instance(self.store, self.compiled[data], imports).exports(self.store)["w"]
        instance.helpers[export] = helper
        return helper

    def argument(self, type, arg):
        """What a slot holds of an argument."""
        if type == wasm.V128:
            return lanes(arg)
        if type in FORMATS:
            return struct.pack(FORMATS[type], int(arg["value"]))
        if arg["value"] == "null":
            return bytes(4)
        if type.abstract not in (wasm.EXTERN, wasm.ANY):
            raise cannot_tell("references")
        number = arg["value"]
        if number not in self.hosts:
            self.hosts[number] = self.scratch["h"].grow(self.store, 1, Host(number))
        return struct.pack("<I", self.hosts[number])

    def result(self, type, slot):
        """A result, from its slot."""
        at = slot * wasm.SLOT
        if type == wasm.V128:
            return vector(self.memory.read(self.store, at, at + 16))
        data = self.memory.read(self.store, at, at + 8)
        if type in FORMATS:
            return {"type": NAMES[type], "value": str(struct.unpack_from(FORMATS[type], data)[0])}
        what = data[0]
        if what == wasm.NULL:
            return {"type": type.null, "value": "null"}
        if type.top == wasm.FUNC:
            return {"type": "funcref"}
        if type.top == wasm.EXN:
            return {"type": "exnref"}
        if type.top == wasm.ANY and what:
            return {"type": {wasm.I31: "i31ref", wasm.STRUCT: "structref", wasm.ARRAY: "arrayref"}[what]}
        host = self.scratch["r"].get(self.store, slot)
        number = {"value": host.number} if isinstance(host, Host) else {}
        return {"type": "externref" if type.top == wasm.EXTERN else "hostref", **number}

    def run(self, what, *args):
        """Calls into the engine, and says how that failed."""
        try:
            return what(*args)
        except wasmtime.Trap as error:
            text = last_line(error)
            if error.trap_code == CODE.STACK_OVERFLOW:
                raise Failed("exhaustion", text) from None
            if error.trap_code is None:
                raise Failed(kind(str(error), text), text) from None
            raise trap(text, *TRAPS.get(error.trap_code, ["other"])) from None
        except wasmtime.WasmtimeError as error:
            text = last_line(error)
            raise Failed(kind(str(error), text), text) from None


def kind(whole, cause):
    """The class of a failure that is no trap, by its words."""
    if "incompatible import type" in whole:
        return "unlinkable"
    if cause == "thrown Wasm exception":
        return "exception"
    return "resource" if "memory" in cause and "exceeds" in cause else "error"


def shared_memory(memory):
    """A shared memory as an import. The wheel's own way raises a `TypeError`."""
    union = _ffi.wasmtime_extern_union(sharedmemory=memory.ptr())
    return _ffi.wasmtime_extern_t(_ffi.WASMTIME_EXTERN_SHAREDMEMORY, union)


wasmtime.SharedMemory._as_extern = shared_memory


def integer(type, value):
    bits = 32 if type == wasm.I32 else 64
    return {"type": NAMES[type], "value": str(value & ((1 << bits) - 1))}


def last_line(error):
    """The cause, which the engine says last, after a list of frames."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else ""
