"""Modules as bytes: what is read of those that an engine accepted, and what small modules are made of that pass
values which an engine's Python API cannot pass. Knows no engine.

A value type is a number where a byte is all there is to it, else a `Reference`.
"""

from dataclasses import dataclass

I32, I64, F32, F64, V128 = 0x7F, 0x7E, 0x7D, 0x7C, 0x7B
FUNC, EXTERN, ANY, EXN = 0x70, 0x6F, 0x6E, 0x69
# The text format's abbreviation of each abstract reference type, and the top of its hierarchy.
ABSTRACT = {
    FUNC: ("funcref", FUNC), 0x73: ("nullfuncref", FUNC),
    EXTERN: ("externref", EXTERN), 0x72: ("nullexternref", EXTERN),
    EXN: ("exnref", EXN), 0x74: ("nullexnref", EXN),
    ANY: ("anyref", ANY), 0x71: ("nullref", ANY), 0x6D: ("eqref", ANY), 0x6C: ("i31ref", ANY),
    0x6B: ("structref", ANY), 0x6A: ("arrayref", ANY),
}  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """A reference type that takes several bytes, or an abbreviation."""

    nullable: bool
    # The byte of an abstract type, or none for a type of the module's own.
    abstract: int | None
    # The heap type, encoded.
    heap: bytes
    # The top of its hierarchy, or none where that is not known here.
    top: int | None

    @property
    def null(self):
        """The abbreviation of its type, or of the top of its hierarchy."""
        return ABSTRACT[self.abstract if self.abstract in ABSTRACT else self.top][0]


@dataclass(frozen=True)
class Function:
    """An exported function: its type, and the place of that in the module's type section."""

    params: tuple
    results: tuple
    place: int


@dataclass(frozen=True)
class Global:
    type: object
    mutable: bool


class Reader:
    """Reads what has been validated. What is not understood raises."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at
        # For each type whether it is a function.
        self.is_function = []

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def number(self):
        """A LEB128 number without a sign; of one with a sign, its low bits."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def name(self):
        length = self.number()
        self.at += length
        return self.data[self.at - length : self.at].decode()

    def list(self, item):
        return [item() for _ in range(self.number())]

    def heap(self):
        """A heap type: the byte of an abstract one or none, and its encoding."""
        start = self.at
        value = self.number()
        encoded = self.data[start : self.at]
        is_abstract = len(encoded) == 1 and value >= 0x40
        return (value if is_abstract else None), value, encoded

    def reference(self, nullable):
        abstract, index, encoded = self.heap()
        if abstract is not None:
            top = ABSTRACT[abstract][1] if abstract in ABSTRACT else None
        elif index < len(self.is_function):
            top = FUNC if self.is_function[index] else ANY
        else:
            # It is defined later in its group, which is read twice for that.
            top = None
        return Reference(nullable, abstract, encoded, top)

    def type(self):
        byte = self.byte()
        if byte in (0x63, 0x64):
            return self.reference(byte == 0x63)
        if byte in ABSTRACT:
            return Reference(True, byte, bytes([byte]), ABSTRACT[byte][1])
        if byte in (I32, I64, F32, F64, V128):
            return byte
        # A type of continuations, for one: nothing that passes.
        return Reference(True, byte, bytes([byte]), None)

    def limits(self):
        flags = self.byte()
        self.number()
        if flags & 1:
            self.number()
        if flags & 8:
            self.number()

    def field(self):
        if self.data[self.at] in (0x78, 0x77):
            self.byte()
        else:
            self.type()
        self.byte()

    def defined(self):
        """A type definition: parameters and results of a function, else none."""
        form = self.byte()
        if form in (0x50, 0x4F):
            self.list(self.number)
            form = self.byte()
        if form == 0x60:
            return tuple(self.list(self.type)), tuple(self.list(self.type))
        if form == 0x5F:
            self.list(self.field)
        elif form == 0x5E:
            self.field()
        elif form == 0x5D:
            self.heap()
        else:
            raise ValueError(f"type definition {form:#x}")
        return None

    def types(self, groups):
        """The groups of a type section."""
        definitions = []
        for _ in range(groups):
            is_group = self.data[self.at] == 0x4E
            start = self.at
            # The first pass finds out which are functions, the second can tell hierarchies by that.
            for _ in range(2):
                self.at = start
                if is_group:
                    self.byte()
                group = self.list(self.defined) if is_group else [self.defined()]
                del self.is_function[len(definitions) :]
                self.is_function += [definition is not None for definition in group]
            definitions += group
        return definitions

    def global_type(self):
        return Global(self.type(), bool(self.byte() & 1))

    def skip_expression(self):
        """A constant expression."""
        while (op := self.byte()) != 0x0B:
            if op in (0x41, 0x42, 0x23, 0xD2, 0xD0):
                self.number()
            elif op == 0x43:
                self.at += 4
            elif op == 0x44:
                self.at += 8
            elif op == 0xFD and self.number() == 12:
                self.at += 16
            elif op == 0xFB:
                op = self.number()
                # struct.new, array.new and array.new_default have one immediate, array.new_fixed two.
                for _ in range({0: 1, 1: 1, 6: 1, 7: 1, 8: 2, 26: 0, 27: 0, 28: 0}[op]):
                    self.number()
            elif not 0x6A <= op <= 0x7E:
                raise ValueError(f"operator {op:#x} in a constant expression")


@dataclass
class Module:
    """What helpers need to know of a module."""

    # The type section: how many groups, their bytes, how many types.
    groups: int = 0
    group_bytes: bytes = b""
    count: int = 0
    imports: tuple = ()
    functions: dict = None
    globals: dict = None


def read(wasm):
    """Reads imports and exports of a module that an engine accepted."""
    module = Module(functions={}, globals={})
    definitions, functions, global_types, imports = [], [], [], []
    reader = Reader(wasm, 8)
    while reader.at < len(wasm):
        section, size = reader.byte(), reader.number()
        end = reader.at + size
        if section == 1:
            module.groups = reader.number()
            module.group_bytes = wasm[reader.at : end]
            definitions = reader.types(module.groups)
        elif section == 2:
            for _ in range(reader.number()):
                imports.append((reader.name(), reader.name()))
                kind = reader.byte()
                if kind == 0:
                    functions.append(reader.number())
                elif kind == 1:
                    reader.type()
                    reader.limits()
                elif kind == 2:
                    reader.limits()
                elif kind == 3:
                    global_types.append(reader.global_type())
                else:
                    reader.byte()
                    reader.number()
        elif section == 3:
            functions += reader.list(reader.number)
        elif section == 6:
            for _ in range(reader.number()):
                global_types.append(reader.global_type())
                reader.skip_expression()
        elif section == 7:
            for _ in range(reader.number()):
                name, kind, index = reader.name(), reader.byte(), reader.number()
                if kind == 0:
                    place = functions[index]
                    module.functions[name] = Function(*definitions[place], place)
                elif kind == 3:
                    module.globals[name] = global_types[index]
        reader.at = end
    module.count, module.imports = len(definitions), tuple(imports)
    return module


# ---- helpers: modules that call a function or read a global ----
#
# A helper's function has neither parameters nor results. Arguments and results pass through slots of a memory:
# numbers as they are, a reference to a host value as its place in a table `h`, a result that is a reference as the
# sum of what it is; what host value it is stands in a table `r`. All helpers of a script share one `scratch`.

SLOT, SLOTS = 16, 1024
NULL, I31, STRUCT, ARRAY = 1, 2, 4, 8
LOADS = {I32: b"\x28\x02", I64: b"\x29\x03", F32: b"\x2a\x02", F64: b"\x2b\x03", V128: b"\xfd\x00\x04"}
STORES = {I32: b"\x36\x02", I64: b"\x37\x03", F32: b"\x38\x02", F64: b"\x39\x03", V128: b"\xfd\x0b\x04"}
HEADER = b"\0asm\x01\0\0\0"


class Hidden(Exception):
    """A value of this type cannot be passed."""


def leb(value):
    data = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        data.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(data)


def vec(items):
    return leb(len(items)) + b"".join(items)


def section(number, data):
    return bytes([number]) + leb(len(data)) + data


def name(text):
    return leb(len(text)) + text.encode()


def constant(value):
    """`i32.const` of a number that is not negative."""
    data = leb(value)
    # The highest bit of the last byte would be the sign.
    is_taken = data[-1] & 0x40
    return b"\x41" + (data[:-1] + bytes([data[-1] | 0x80, 0]) if is_taken else data)


def encode(type):
    """The bytes of a value type."""
    if isinstance(type, int):
        return bytes([type])
    return bytes([0x63 if type.nullable else 0x64]) + type.heap


def scratch(has_references):
    """The module that helpers share."""
    tables = vec([bytes([EXTERN, 0]) + leb(n) for n in (1, SLOTS)] if has_references else [])
    exports = [name("m") + b"\x02\0"]
    if has_references:
        exports += [name("h") + b"\x01\0", name("r") + b"\x01\x01"]
    return HEADER + section(4, tables) + section(5, vec([b"\0\x01"])) + section(7, vec(exports))


def inward(type, slot):
    """Pushes an argument."""
    if isinstance(type, int):
        return constant(slot * SLOT) + LOADS[type] + b"\0"
    if type.abstract in (EXTERN, ANY):
        host = constant(slot * SLOT) + LOADS[I32] + b"\0" + b"\x25\0"
        converted = host if type.abstract == EXTERN else host + b"\xfb\x1a"
        return converted if type.nullable else converted + b"\xd4"
    if type.nullable and type.top is not None:
        return b"\xd0" + type.heap
    raise Hidden


def outward(type, slot, get):
    """Stores a result, which `get` pushes."""
    if isinstance(type, int):
        return constant(slot * SLOT) + get + STORES[type] + b"\0"
    if type.top is None:
        raise Hidden
    code = constant(slot * SLOT) + get + b"\xd1"
    if type.top == ANY:
        for heap, what in ((0x6C, I31), (0x6B, STRUCT), (0x6A, ARRAY)):
            code += get + b"\xfb\x14" + bytes([heap]) + constant(what) + b"\x6c\x6a"
    code += STORES[I32] + b"\0"
    if type.top in (EXTERN, ANY):
        code += constant(slot) + get + (b"\xfb\x1b" if type.top == ANY else b"") + b"\x26\x01"
    return code


def helper(module, imported, locals, code, has_references):
    """A module that imports `w`, and exports a function `w` with these locals and this code."""
    imports = [name("m") + name("m") + b"\x02\0\x01", name("m") + name("w") + imported]
    if has_references:
        imports += [name("m") + name(table) + b"\x01" + bytes([EXTERN, 0, 0]) for table in "hr"]
    body = vec([leb(1) + encode(type) for type in locals]) + code + b"\x0b"
    index = 1 if imported[0] == 0 else 0
    return (
        HEADER
        + section(1, leb(module.groups + 1) + module.group_bytes + b"\x60\0\0")
        + section(2, vec(imports))
        + section(3, vec([leb(module.count)]))
        + section(7, vec([name("w") + b"\0" + leb(index)]))
        + section(10, vec([leb(len(body)) + body]))
    )


def call_helper(module, function, has_references):
    """A helper that calls a function of this module. Raises `Hidden`."""
    code = b"".join(inward(type, slot) for slot, type in enumerate(function.params)) + b"\x10\0"
    results = range(len(function.results))
    code += b"".join(b"\x21" + leb(local) for local in reversed(results))
    code += b"".join(outward(function.results[n], n, b"\x20" + leb(n)) for n in results)
    return helper(module, b"\0" + leb(function.place), function.results, code, has_references)


def get_helper(module, found, has_references):
    """A helper that reads a global of this module. Raises `Hidden`."""
    imported = b"\x03" + encode(found.type) + bytes([found.mutable])
    return helper(module, imported, (), outward(found.type, 0, b"\x23\0"), has_references)
