"""pywasm, an interpreter in Python. Its values hold bits, so everything passes as it is. It validates nothing, and
raises an `AssertionError` without words for a trap as for a defect of its own: which trap it may be is told by the
instruction at which its machine stopped; at one that cannot trap, it is a defect."""

import importlib.metadata
import io
import re
import struct
import traceback

from protocol import Failed, cannot_tell, lanes, not_found, trap, vector
from pywasm import core, opcode

FEATURES = [
    "mutable-global", "sign-extension-ops", "nontrapping-float-to-int-conversions", "multi-value", "bulk-memory",
    "reference-types", "simd", "annotations", "branch-hinting",
]  # fmt: skip
FUNC, TABLE, MEMORY, GLOBAL = range(4)
MEMORY_TRAP = ["out of bounds memory access"]
TABLE_TRAP = ["out of bounds table access"]
# What an instruction may trap with, by its name.
TRAPS = [
    (r"unreachable", ["unreachable"]),
    (r"\w+_div_s", ["integer divide by zero", "integer overflow"]),
    (r"\w+_(div_u|rem_s|rem_u)", ["integer divide by zero"]),
    (r"\w+_trunc_f.*", ["integer overflow", "invalid conversion to integer"]),
    (r"call_indirect", ["undefined element", "uninitialized element", "indirect call type mismatch"]),
    (r"\w+_(load|store)\w*|memory_(init|copy|fill)", MEMORY_TRAP),
    (r"table_(get|set|init|copy|fill)", TABLE_TRAP),
]
TYPES = {0x7F: "i32", 0x7E: "i64", 0x7D: "f32", 0x7C: "f64", 0x7B: "v128", 0x70: "funcref", 0x6F: "externref"}
OPCODES = {value: name for name, value in vars(opcode).items() if isinstance(value, int)}


def hello():
    return {
        "engine": "pywasm",
        "version": importlib.metadata.version("pywasm"),
        "features": FEATURES,
        "always_on": True,
        "cannot_tell": ["malformed-from-invalid", "trap-kinds", "references"],
    }


class Script:
    def __init__(self, features):
        self.machine = core.Machine()

    def compile(self, wasm):
        try:
            return core.ModuleDesc.from_reader(io.BytesIO(wasm))
        except Exception as error:
            # Whatever is wrong with bytes, it says so by the first operation in Python that fails.
            raise Failed("rejected", words(error)) from None

    def instantiate(self, module, find):
        imports = []
        for wanted in module.imps:
            found = find(wanted.module, wanted.name)
            if found is None:
                raise Failed("unlinkable", f"nothing is named {wanted.module}.{wanted.name}")
            imports.append(found)
        return self.run(self.machine.instance, module, imports)

    def exports(self, instance):
        return {export.name: export.data for export in instance.exps}

    def find(self, instance, export, kind):
        found = self.exports(instance).get(export)
        if found is None or found.kind != kind:
            raise not_found()
        return found.data

    def invoke(self, instance, export, args):
        address = self.find(instance, export, FUNC)
        params = self.machine.store.func[address].type.args
        if len(params) != len(args):
            raise not_found("the arguments do not fit the function")
        values = [argument(type, arg) for type, arg in zip(params, args)]
        return [result(instance, value) for value in self.run(self.machine.invocate, address, values)]

    def get(self, instance, export):
        address = self.find(instance, export, GLOBAL)
        return result(instance, self.machine.store.glob[address].data)

    def run(self, what, *args):
        """Has the machine do something, and says how that failed."""
        try:
            return what(*args)
        except RecursionError as error:
            raise Failed("exhaustion", words(error)) from None
        except MemoryError as error:
            raise Failed("resource", words(error)) from None
        except Exception as error:
            raise self.failure(error) from None
        finally:
            # What a failure leaves on it would be in the way of what comes next.
            self.machine.stack = core.Stack()

    def failure(self, error):
        stack, where = self.machine.stack, traceback.extract_tb(error.__traceback__)[-1].name
        if not stack.frame:
            # Imports are looked at before anything runs.
            return Failed("unlinkable", words(error))
        if where == "evaluate_call" and len(stack.frame) >= 1024:
            return Failed("exhaustion", words(error))
        label = stack.label[-1] if stack.label else None
        if label is not None and 0 < label.index <= len(label.instr):
            name = OPCODES.get(label.instr[label.index - 1].opcode, "")
            for pattern, kinds in TRAPS:
                if re.fullmatch(pattern, name):
                    return trap(f"{name}: {words(error)}", *kinds)
            return Failed("crash", f"{name}: {words(error)}")
        return Failed("crash", words(error))


def words(error):
    """What was raised, and the line that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    return f"{said}, at `{last.line}`"


def argument(type, arg):
    value = arg["value"]
    if type == core.ValType.v128():
        return core.ValInst.from_v128(bytearray(lanes(arg)))
    if type in (core.ValType.i64(), core.ValType.f64()):
        made = core.ValInst.from_u64(int(value))
    elif type in (core.ValType.i32(), core.ValType.f32()):
        made = core.ValInst.from_u32(int(value))
    elif value == "null":
        made = core.ValInst.zero(type)
    elif type == core.ValType.ref_extern():
        made = core.ValInst.from_ref(type, struct.unpack("<i", struct.pack("<I", int(value)))[0])
    else:
        raise cannot_tell("references")
    made.type = type
    return made


def result(instance, value):
    name = TYPES[value.type.data]
    if value.type == core.ValType.v128():
        return vector(value.into_v128())
    if value.type in (core.ValType.i64(), core.ValType.f64()):
        return {"type": name, "value": str(value.into_u64())}
    if value.type in (core.ValType.i32(), core.ValType.f32()):
        return {"type": name, "value": str(value.into_u32())}
    # The byte after the number says whether it is a reference.
    if value.data[4] == 0:
        return {"type": name, "value": "null"}
    if value.type == core.ValType.ref_extern():
        return {"type": name, "value": str(value.into_u32())}
    address = value.into_ref()
    return {"type": name, **({"value": str(instance.func.index(address))} if address in instance.func else {})}
