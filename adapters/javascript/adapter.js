// An adapter of the engine that runs this file: V8 (node, deno), JavaScriptCore (bun, jsc), or what another
// program embeds (python_host.py: SpiderMonkey, V8).
//
// In: requests of the line protocol. Out: answers. JavaScript itself loses bits of NaNs and cannot hold
// vectors, so functions and globals with floats or vectors are called through small modules made here, which
// pass them as integers. What remains hidden is declared: see `cannot_tell`.
"use strict";

// ---- lines in and out, and who we are ----

const host = (() => {
  // A program that embeds the engine says who it is, and calls `touchstoneAnswer` with each line.
  if (typeof touchstoneHost !== "undefined") return touchstoneHost;
  if (typeof Deno !== "undefined") {
    const chunk = new Uint8Array(1 << 16);
    return {
      name: "V8 (deno)",
      version: `${Deno.version.v8} (deno ${Deno.version.deno})`,
      read() {
        const n = Deno.stdin.readSync(chunk);
        return n === null ? null : new TextDecoder().decode(chunk.subarray(0, n));
      },
      write(text) {
        let bytes = new TextEncoder().encode(text);
        while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
      },
    };
  }
  if (typeof process !== "undefined" && typeof require === "function") {
    const fs = require("fs");
    const chunk = Buffer.alloc(1 << 16);
    const bun = process.versions.bun;
    const workers = require("worker_threads");
    return {
      // A thread of a script is a worker, which posts its answers and then says that it did.
      threads: true,
      inThread: workers.isMainThread ? undefined : workers.workerData,
      start(data) {
        const { port1, port2 } = new workers.MessageChannel();
        const done = new Int32Array(new SharedArrayBuffer(4));
        new workers.Worker(__filename, { workerData: { ...data, port: port2, done }, transferList: [port2] });
        return () => {
          Atomics.wait(done, 0, 0);
          return workers.receiveMessageOnPort(port1).message;
        };
      },
      name: bun ? "JavaScriptCore (bun)" : "V8 (node)",
      version: bun ? `${process.versions.webkit ?? "unknown"} (bun ${bun})`
        : `${process.versions.v8} (node ${process.versions.node})`,
      read() {
        for (;;) {
          try {
            const n = fs.readSync(0, chunk, 0, chunk.length, null);
            return n === 0 ? null : chunk.toString("latin1", 0, n);
          } catch (error) {
            if (error.code === "EOF") return null;
            if (error.code !== "EAGAIN") throw error;
          }
        }
      },
      write(text) {
        let bytes = Buffer.from(text);
        while (bytes.length > 0) {
          try {
            bytes = bytes.subarray(fs.writeSync(1, bytes));
          } catch (error) {
            if (error.code !== "EAGAIN") throw error;
          }
        }
      },
    };
  }
  // The shell of JavaScriptCore reads whole lines, and an empty one at the end of its input. It does not tell its
  // version, which whoever starts it may give after `--`.
  return {
    name: "JavaScriptCore (jsc)",
    version: globalThis.arguments?.[0] ?? "unknown",
    read() {
      const line = readline();
      return line === "" || line === null ? null : line + "\n";
    },
    write: text => print(text.slice(0, -1)),
  };
})();

// ---- binary: what is read of modules, and written of helpers ----

const I32 = 0x7f, I64 = 0x7e, F32 = 0x7d, F64 = 0x7c, V128 = 0x7b;
const FUNCREF = 0x70, EXTERNREF = 0x6f, EXNREF = 0x69;

class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }
  byte() {
    return this.bytes[this.at++];
  }
  u32() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
  // A signed number; only whether it is negative, and its value, matter.
  s33() {
    let value = 0, shift = 0, byte;
    do {
      byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte >= 0x80);
    return byte & 0x40 ? value - 2 ** shift : value;
  }
  name() {
    const length = this.u32();
    const bytes = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return utf8(bytes);
  }
  list(item) {
    return Array.from({ length: this.u32() }, () => item());
  }
  heap() {
    if (this.bytes[this.at] === 0x65) this.byte(); // shared
    if (this.bytes[this.at] === 0x62) this.byte(); // exact
    return this.s33();
  }
  // A value type: a number for what has a byte of its own, else an object.
  type() {
    const byte = this.byte();
    if (byte === 0x63 || byte === 0x64) return { nullable: byte === 0x63, heap: this.heap() };
    if (byte === 0x65) return { nullable: true, heap: this.s33() };
    return byte;
  }
  limits() {
    const flags = this.byte();
    this.u32();
    if (flags & 1) this.u32();
    if (flags & 8) this.u32();
  }
  storage() {
    const type = this.bytes[this.at] === 0x78 || this.bytes[this.at] === 0x77 ? this.byte() : this.type();
    this.byte();
    return type;
  }
  // A function type, or null for another one.
  composite() {
    let form = this.byte();
    while (form === 0x65 || form === 0x4c || form === 0x4d) {
      if (form !== 0x65) this.u32();
      form = this.byte();
    }
    if (form === 0x60) {
      const params = this.list(() => this.type());
      return { params, results: this.list(() => this.type()) };
    }
    if (form === 0x5f) this.list(() => this.storage());
    if (form === 0x5e) this.storage();
    if (form === 0x5d) this.heap();
    return null;
  }
  sub() {
    const form = this.bytes[this.at];
    if (form === 0x50 || form === 0x4f) {
      this.byte();
      this.list(() => this.u32());
    }
    return this.composite();
  }
}

function utf8(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i++];
    if (byte < 0x80) {
      text += String.fromCharCode(byte);
      continue;
    }
    const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    let code = byte & (0x3f >> more);
    for (let n = 0; n < more; n++) code = (code << 6) | (bytes[i++] & 0x3f);
    text += String.fromCodePoint(code);
  }
  return text;
}

// The exported functions and globals of a module, by name, with their types and indices. Each function has the
// type section that it is from, and its place there.
function exportsOf(bytes) {
  const types = [], functions = [], globals = [], exports = new Map();
  const whole = { groups: 0, count: 0, bytes: [] };
  const reader = new Reader(bytes, 8);
  const global = section => ({ type: section.type(), mutable: (section.byte() & 1) === 1 });
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const end = reader.u32() + reader.at;
    const section = new Reader(bytes, reader.at, end);
    if (id === 1) {
      whole.groups = section.u32();
      whole.bytes = Array.from(bytes.subarray(section.at, end));
      for (let n = whole.groups; n > 0; n--) {
        if (bytes[section.at] === 0x4e) {
          section.byte();
          types.push(...section.list(() => section.sub()));
        } else {
          types.push(section.sub());
        }
      }
      whole.count = types.length;
    } else if (id === 2) {
      // An import of this kind, so many times.
      const imports = (kind, times = 1) => {
        if (kind === 0 || kind === 0x20) functions.push(...Array(times).fill(section.u32()));
        else if (kind === 1) section.type(), section.limits();
        else if (kind === 2) section.limits();
        else if (kind === 3) globals.push(...Array(times).fill(global(section)));
        else if (kind === 4) section.byte(), section.u32();
      };
      for (let n = section.u32(); n > 0; n--) {
        section.name();
        section.name();
        const kind = section.byte();
        // Groups of imports from one module, of types of their own or of one.
        if (kind === 0x7f) section.list(() => (section.name(), imports(section.byte())));
        else if (kind === 0x7e) {
          const one = section.byte(), at = section.at;
          imports(one, 0);
          const after = section.list(() => section.name()).length;
          const end = section.at;
          section.at = at;
          imports(one, after);
          section.at = end;
        } else imports(kind);
      }
    } else if (id === 3) {
      functions.push(...section.list(() => section.u32()));
    } else if (id === 6) {
      // What follows an initial value that is not understood cannot be found.
      try {
        for (let n = section.u32(); n > 0; n--) {
          globals.push(global(section));
          skipExpression(section);
        }
      } catch {
        // Those that follow stay unknown.
      }
    } else if (id === 7) {
      for (let n = section.u32(); n > 0; n--) {
        const name = section.name();
        const kind = section.byte();
        const index = section.u32();
        const place = functions[index];
        if (kind === 0 || kind === 0x20) exports.set(name, { index, type: types[place], place, whole });
        if (kind === 3) exports.set(name, { index, global: globals[index] });
      }
    }
    reader.at = end;
  }
  return exports;
}

function skipExpression(reader) {
  for (;;) {
    const op = reader.byte();
    if (op === 0x0b) return;
    else if (op === 0x41 || op === 0x42) reader.s33();
    else if (op === 0x43) reader.at += 4;
    else if (op === 0x44) reader.at += 8;
    else if (op === 0x23 || op === 0xd2) reader.u32();
    else if (op === 0xd0) reader.heap();
    else if (op >= 0x6a && op <= 0x7e) continue;
    else if (op === 0xfd && reader.u32() === 12) reader.at += 16;
    else if (op === 0xfb) skipGc(reader);
    else throw new Error("not understood");
  }
}

function skipGc(reader) {
  const op = reader.u32();
  if (op <= 1 || op === 6 || op === 7) reader.u32();
  else if (op === 8) reader.u32(), reader.u32();
  else if (op < 26 || op > 28) throw new Error("not understood");
}

function leb(value) {
  const bytes = [];
  do {
    const more = value > 0x7f;
    bytes.push((value & 0x7f) | (more ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0);
  return bytes;
}

const vector = items => [...leb(items.length), ...items.flat()];
const section = (id, bytes) => [id, ...leb(bytes.length), ...bytes];
const exported = [...vector([..."w"].map(c => c.charCodeAt(0)))];

// Types by which a value passes through JavaScript.
const through = type => type === F32 ? [I32] : type === F64 ? [I64] : type === V128 ? [I64, I64] : [type];
const isSimple = type => typeof type === "number" && type !== EXNREF;
const isException = type => [EXNREF, 0x74].includes(typeof type === "number" ? type : type.heap + 128);
const isHidden = type => type === F32 || type === F64 || type === V128;

// From what JavaScript passes, in locals from `local` on, to a value of this type.
function inwards(type, local) {
  const get = n => [0x20, ...leb(n)];
  if (type === F32) return [...get(local), 0xbe];
  if (type === F64) return [...get(local), 0xbf];
  if (type === V128) return [...get(local), 0xfd, 0x12, ...get(local + 1), 0xfd, 0x1e, 1];
  return get(local);
}

// From a value in a local to what JavaScript takes.
function outwards(type, local) {
  const get = [0x20, ...leb(local)];
  if (type === F32) return [...get, 0xbc];
  if (type === F64) return [...get, 0xbd];
  if (type === V128) return [...get, 0xfd, 0x1d, 0, ...get, 0xfd, 0x1d, 1];
  return get;
}

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const imported = [...vector([..."m"].map(c => c.charCodeAt(0))), ...exported];
const wrappers = new Map();

// An instance of a module that imports a function and exports one that takes and gives integers instead.
function wrapped(func, about) {
  const imports = { m: { w: func } };
  const { params, results } = about.type;
  const key = `${params}:${results}`;
  const inner = [0x60, ...vector(params), ...vector(results)];
  if (!wrappers.has(key)) {
    wrappers.set(key, functionWrapper(about.type, { groups: 1, count: 1, bytes: inner }, 0));
  }
  try {
    return new WebAssembly.Instance(wrappers.get(key), imports);
  } catch (error) {
    // The type is in a group, or has a supertype: it is the same only among the types of its module.
    if (!(error instanceof WebAssembly.LinkError)) throw error;
    return new WebAssembly.Instance(functionWrapper(about.type, about.whole, about.place), imports);
  }
}

// That module, where the function's type is at this place among these types.
function functionWrapper({ params, results }, types, place) {
  const outer = [0x60, ...vector(params.flatMap(through)), ...vector(results.flatMap(through))];
  const code = [];
  let local = 0;
  for (const type of params) {
    code.push(...inwards(type, local));
    local += through(type).length;
  }
  code.push(0x10, 0);
  results.forEach((_, n) => code.push(0x21, ...leb(local + results.length - 1 - n)));
  results.forEach((type, n) => code.push(...outwards(type, local + n)));
  const locals = vector(results.map(type => [1, type]));
  const body = [...locals, ...code, 0x0b];
  return new WebAssembly.Module(new Uint8Array([
    ...header,
    ...section(1, [...leb(types.groups + 1), ...types.bytes, ...outer]),
    ...section(2, vector([[...imported, 0, ...leb(place)]])),
    ...section(3, vector([leb(types.count)])),
    ...section(7, vector([[...exported, 0, 1]])),
    ...section(10, vector([[...leb(body.length), ...body]])),
  ]));
}

// A module that imports a global of this type and exports a function that gives its value as integers.
function globalWrapper({ type, mutable }) {
  const key = `${type}:${mutable}`;
  let module = wrappers.get(key);
  if (module) return module;
  const body = [...vector([[1, type]]), 0x23, 0, 0x21, 0, ...outwards(type, 0), 0x0b];
  module = new WebAssembly.Module(new Uint8Array([
    ...header,
    ...section(1, vector([[0x60, 0, ...vector(through(type))]])),
    ...section(2, vector([[...imported, 3, type, mutable ? 1 : 0]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...exported, 0, 0]])),
    ...section(10, vector([[...leb(body.length), ...body]])),
  ]));
  wrappers.set(key, module);
  return module;
}

// ---- which features the engine has ----

function text(bytes) {
  return new Uint8Array([...header, ...bytes]);
}

// A module with one function of no parameters and these results, and this code.
function body(results, code, before = []) {
  const bytes = [0, ...code, 0x0b];
  return text([
    ...section(1, vector([[0x60, 0, ...vector(results)]])),
    ...section(3, vector([[0]])),
    ...before,
    ...section(10, vector([[...leb(bytes.length), ...bytes]])),
  ]);
}

const memory = flags => section(5, vector([flags]));
const probes = {
  "mutable-global": text([
    ...section(6, vector([[I32, 1, 0x41, 0, 0x0b]])), ...section(7, vector([[...exported, 3, 0]])),
  ]),
  "sign-extension-ops": body([I32], [0x41, 0, 0xc0]),
  "nontrapping-float-to-int-conversions": body([I32], [0x43, 0, 0, 0, 0, 0xfc, 0]),
  "multi-value": body([I32, I32], [0x41, 0, 0x41, 0]),
  "bulk-memory": body([], [0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 11, 0], memory([0, 1])),
  "reference-types": body([FUNCREF], [0xd0, FUNCREF]),
  simd: body([V128], [0x41, 0, 0xfd, 15]),
  "relaxed-simd": body([V128], [0x41, 0, 0xfd, 15, 0x41, 0, 0xfd, 15, 0xfd, 0x80, 2]),
  "tail-call": body([], [0x12, 0]),
  "extended-const": text(section(6, vector([[I32, 0, 0x41, 0, 0x41, 0, 0x6a, 0x0b]]))),
  "multi-memory": text(section(5, vector([[0, 1], [0, 1]]))),
  memory64: text(memory([4, 1])),
  threads: body([I32], [0x41, 0, 0xfe, 0x10, 2, 0], memory([3, 1, 1])),
  exceptions: body([], [0x1f, 0x40, 0, 0x0b]),
  "function-references": text(section(1, vector([[0x60, 0, 0], [0x60, 1, 0x64, 0, 0]]))),
  gc: text(section(1, vector([[0x5f, 1, I32, 0]]))),
  "custom-page-sizes": text(memory([8, 1, 0])),
  "wide-arithmetic": body([I64, I64], [0x42, 0, 0x42, 0, 0xfc, 22]),
  "custom-descriptors": text(section(1, vector([[0x4e, 2, 0x4d, 1, 0x5f, 0, 0x4c, 0, 0x5f, 0]]))),
  "compact-import-section": text(section(2, vector([[...leb(1), 0x6d, 0, 0x7f, 0]]))),
};
const features = Object.keys(probes).filter(name => WebAssembly.validate(probes[name]));
features.push("annotations", "branch-hinting");

// ---- the script at hand ----

let modules, instances, threads, registry, hosts, numbers;

function begin() {
  modules = new Map();
  threads = new Map();
  instances = new Map();
  registry = new Map();
  // Host values are objects: a number would be taken for an i31 where it becomes an anyref.
  hosts = new Map();
  numbers = new Map();
}

class Failed extends Error {
  constructor(answer) {
    super();
    this.answer = answer;
  }
}

const missing = () => new Failed({ failed: "missing" });
const cannotTell = what => new Failed({ failed: "cannot-tell", what });
const notFound = () => new Failed({ failed: "not-found", text: "there is no such export" });

function hostValue(number) {
  if (!hosts.has(number)) {
    const value = { number };
    hosts.set(number, value);
    numbers.set(value, number);
  }
  return hosts.get(number);
}

const signed = (text, bits) => BigInt.asIntN(bits, BigInt(text));

// The integers by which an argument passes, or the argument itself.
function argument(value, type) {
  const bits = value.value;
  switch (value.type) {
    case "i32": return [Number(signed(bits, 32))];
    case "i64": return [signed(bits, 64)];
    case "f32": return [Number(signed(bits, 32))];
    case "f64": return [signed(bits, 64)];
    case "v128": return bits.map(lane => signed(lane, 64));
    case "externref":
    case "anyref":
      return [bits === "null" ? null : hostValue(Number(bits))];
    default:
      if (bits === "null") return [null];
      throw cannotTell("references");
  }
}

const nulls = new Map([
  [FUNCREF, "funcref"], [0x73, "nullfuncref"], [EXTERNREF, "externref"], [0x72, "nullexternref"],
  [0x6e, "anyref"], [0x71, "nullref"], [0x6d, "eqref"], [0x6c, "i31ref"], [0x6b, "structref"],
  [0x6a, "arrayref"], [EXNREF, "exnref"], [0x74, "nullexnref"],
]);

// A result that is a reference.
function reference(value, type, instance) {
  // The byte of an abstract type; none for a type of the module's own.
  const code = typeof type === "number" ? type : type.heap < 0 ? type.heap + 128 : -1;
  if (value === null) {
    return { type: nulls.get(code) ?? "ref", value: "null" };
  }
  if (typeof value === "function") {
    const found = [...instance.exports].find(([name, item]) =>
      item.type && instance.object.exports[name] === value);
    return found ? { type: "funcref", value: String(found[1].index) } : { type: "funcref" };
  }
  if (code === EXTERNREF) {
    const number = numbers.get(value);
    return number === undefined ? { type: "externref" } : { type: "externref", value: String(number) };
  }
  if (numbers.has(value)) return { type: "hostref", value: String(numbers.get(value)) };
  return typeof value === "number" ? { type: "i31ref" } : { type: "eqref" };
}

// Results of these types, from what a function gave.
function results(given, types, instance) {
  const list = types.length === 0 ? [] : Array.isArray(given) ? given : [given];
  let at = 0;
  const unsigned = (bits, n) => BigInt.asUintN(bits, BigInt(list[n])).toString();
  return types.map(type => {
    switch (type) {
      case I32: return { type: "i32", value: unsigned(32, at++) };
      case I64: return { type: "i64", value: unsigned(64, at++) };
      case F32: return { type: "f32", value: unsigned(32, at++) };
      case F64: return { type: "f64", value: unsigned(64, at++) };
      case V128:
        at += 2;
        return { type: "v128", lane_type: "i64", value: [unsigned(64, at - 2), unsigned(64, at - 1)] };
      default: return reference(list[at++], type, instance);
    }
  });
}

// ---- failures ----

const traps = [
  // The words of V8, then of JavaScriptCore, then of SpiderMonkey. What stands for several is given as all of them.
  [/^unreachable/i, ["unreachable"]],
  [/^(divide|remainder) by zero|^Division by zero|^integer divide by zero/, ["integer divide by zero"]],
  [/^divide result unrepresentable|^integer overflow/i, ["integer overflow"]],
  [/^float unrepresentable|^Out of bounds Trunc/, ["integer overflow", "invalid conversion to integer"]],
  [/^invalid conversion to integer/, ["invalid conversion to integer"]],
  [/^index out of bounds/, [
    "out of bounds memory access", "out of bounds table access", "undefined element", "out of bounds array access",
  ]],
  [/^memory access out of bounds|^Out of bounds memory access/i,
    ["out of bounds memory access", "expected shared memory"]],
  [/^table index (is )?out of bounds/, ["out of bounds table access", "undefined element"]],
  [/^table access out of bounds|^table or segment|^Out of bounds table access|^element segment out of bounds/,
    ["out of bounds table access", "undefined element", "out of bounds array access"]],
  [/^data segment/, ["out of bounds memory access", "out of bounds array access"]],
  [/^Out of bounds call_indirect/, ["undefined element"]],
  [/^null function( or function signature mismatch)?|^function signature mismatch/,
    ["indirect call type mismatch", "uninitialized element", "null function reference"]],
  [/^call_indirect to a null table entry|^indirect call to null/, ["uninitialized element"]],
  [/^indirect call signature mismatch/, ["indirect call type mismatch"]],
  [/^call_indirect to a signature/, ["indirect call type mismatch", "uninitialized element"]],
  [/^dereferencing (a )?null pointer| to a null reference|^access to a null reference|null reference/, [
    "null reference", "null function reference", "null structure reference", "null array reference",
    "null i31 reference", "null exception reference", "null descriptor reference",
  ]],
  [/^illegal cast|^ref.cast failed|cast/i, ["cast failure", "descriptor cast failure"]],
  // JavaScriptCore does not say whether it was the array or the segment.
  [/^Out of bounds array\.(init|new)_data/, ["out of bounds array access", "out of bounds memory access"]],
  [/^Out of bounds array\.(init|new)_elem/, ["out of bounds array access", "out of bounds table access"]],
  [/^array element access out of bounds|^Out of bounds array/, ["out of bounds array access"]],
  [/^requested new array is too large/, ["allocation size too large"]],
  // This comes before the segment is looked at.
  [/^too many array elements/,
    ["allocation size too large", "out of bounds memory access", "out of bounds table access"]],
  [/unaligned|Unaligned/, ["unaligned atomic"]],
  [/^Atomics.wait cannot be called/, ["expected shared memory"]],
];

function failure(error) {
  if (error instanceof Failed) return error.answer;
  if (typeof WebAssembly.Exception === "function" && error instanceof WebAssembly.Exception) {
    return { failed: "exception", text: "an exception of the module" };
  }
  // JavaScriptCore says where it was.
  const message = String(error?.message ?? error).replace(/ \(evaluating '.*$/s, "");
  if (error instanceof WebAssembly.CompileError) {
    // SpiderMonkey reads every offset as 64 bits. One too large for a 32-bit memory is invalid; no limit is met.
    const limit = !/offset too large/.test(message)
      && /implementation limit|exceeds the maximum|too (large|many|big)|maximum .* is larger/.test(message);
    return { failed: limit ? "limit" : "rejected", text: message };
  }
  if (error instanceof WebAssembly.LinkError) return { failed: "unlinkable", text: message };
  if (error instanceof WebAssembly.RuntimeError) {
    const found = traps.find(([pattern]) => pattern.test(message));
    return { failed: "trap", traps: found ? found[1] : [], text: message };
  }
  // Only SpiderMonkey has an InternalError.
  const isStack = error instanceof RangeError && /stack/i.test(message)
    || error?.name === "InternalError" && /recursion/.test(message);
  if (isStack) return { failed: "exhaustion", text: message };
  if (error instanceof RangeError) return { failed: "resource", text: message };
  return { failed: "error", text: `${error?.name}: ${message}` };
}

// ---- requests ----

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const sextets = new Uint8Array(128);
[...letters].forEach((letter, n) => (sextets[letter.charCodeAt(0)] = n));

function decode(text) {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let bits = 0;
    for (let n = 0; n < 4; n++) bits = (bits << 6) | sextets[text.charCodeAt(i + n) & 0x7f];
    for (let n = 16; n >= 0 && at < bytes.length; n -= 8) bytes[at++] = (bits >> n) & 0xff;
  }
  return bytes;
}

function item(request, isGlobal) {
  const instance = instances.get(request.instance);
  if (!instance) throw missing();
  const value = instance.object.exports[request.export];
  const isThat = isGlobal ? value instanceof WebAssembly.Global : typeof value === "function";
  if (!isThat) throw notFound();
  return { instance, value, about: instance.exports.get(request.export) };
}

const verbs = {
  hello: () => ({
    hello: {
      protocol: 1,
      engine: host.name,
      version: host.version,
      features,
      always_on: true,
      threads: Boolean(host.threads),
      cannot_tell: [
        "malformed-from-invalid", "trap-kinds", "function-indices", "reference-kinds", "references",
        "null-types",
      ],
    },
  }),
  begin: () => begin(),
  compile(request) {
    const bytes = decode(request.wasm);
    const module = new WebAssembly.Module(bytes);
    modules.set(request.module, { module, bytes });
  },
  instantiate(request) {
    const compiled = modules.get(request.module);
    if (!compiled) throw missing();
    const imports = new Proxy({}, { get: (_, name) => registry.get(name) ?? {} });
    let object;
    try {
      object = new WebAssembly.Instance(compiled.module, imports);
    } catch (error) {
      // What is imported may be no object, or of another kind.
      if (error instanceof TypeError) throw new Failed({ failed: "unlinkable", text: error.message });
      throw error;
    }
    instances.set(request.instance, { object, exports: exportsOf(compiled.bytes) });
  },
  register(request) {
    const exports = instances.get(request.instance)?.object.exports ?? {};
    const before = request.add ? registry.get(request.name) : {};
    registry.set(request.name, { ...before, ...exports });
  },
  release: request => void instances.delete(request.instance),
  invoke(request) {
    const { instance, value: func, about } = item(request, false);
    const { params, results: types } = about.type;
    const list = request.args ?? [];
    if (list.length !== params.length) throw notFound();
    const hidden = [...params, ...types].some(isHidden);
    if (hidden && ![...params, ...types].every(isSimple)) throw cannotTell("references");
    let call = func;
    if (hidden) {
      about.wrapped ??= wrapped(func, about);
      call = about.wrapped.exports.w;
    }
    if ([...params, ...types].some(isException)) throw cannotTell("references");
    const args = list.flatMap((value, n) => argument(value, params[n]));
    return { values: results(call(...args), types, instance) };
  },
  get(request) {
    const { instance, value: global, about } = item(request, true);
    const { type } = about.global ?? {};
    if (type === undefined || isException(type)) throw cannotTell("references");
    if (!isHidden(type)) return { values: results(global.value, [type], instance) };
    about.wrapped ??= new WebAssembly.Instance(globalWrapper(about.global), { m: { w: global } });
    return { values: results(about.wrapped.exports.w(), [type], instance) };
  },
  thread(request) {
    const exports = Object.entries(instances.get(request.instance)?.object.exports ?? {});
    const isShared = value => value instanceof WebAssembly.Memory && value.buffer instanceof SharedArrayBuffer;
    const memories = Object.fromEntries(exports.filter(([, value]) => isShared(value)));
    threads.set(request.thread, host.start({ memories, as: request.as, steps: request.steps }));
  },
  wait(request) {
    const answers = threads.get(request.thread);
    if (!answers) throw missing();
    threads.delete(request.thread);
    return { answers: answers() };
  },
  finish: () => begin(),
};

function answer(request) {
  try {
    return { id: request.id, ...verbs[request.do](request) };
  } catch (error) {
    return { id: request.id, ...failure(error) };
  }
}

begin();
globalThis.touchstoneAnswer = line => JSON.stringify(answer(JSON.parse(line)));
if (host.inThread) {
  const { memories, as, steps, port, done } = host.inThread;
  if (as !== undefined) instances.set(as, { object: { exports: memories }, exports: new Map() });
  port.postMessage(steps.map(answer));
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
}
let pending = "";
while (!host.calls && !host.inThread) {
  const end = pending.indexOf("\n");
  if (end < 0) {
    const more = host.read();
    if (more === null) break;
    pending += more;
    continue;
  }
  // What the parts of the text refer to is shared: taking many lines at once copies nothing.
  const lines = pending.split("\n");
  pending = lines.pop();
  for (const line of lines) host.write(touchstoneAnswer(line) + "\n");
}
