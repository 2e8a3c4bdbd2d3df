// An adapter of node in less than a hundred lines. What it cannot tell, it says.
const fs = require("fs");

let modules, instances, registry, hosts;
const begin = () => ([modules, instances, registry, hosts] = [1, 2, 3, 4].map(() => new Map()));
const fail = (failed, what) => Object.assign(new Error(), { answer: { failed, what } });
const raise = failed => { throw fail(failed); };
const known = (map, key) => (map.has(key) ? map.get(key) : raise("missing"));

// Numbers come and go as the decimal text of their bits.
const bits = new DataView(new ArrayBuffer(8));

function argument({ type, value }) {
  if (type === "i32") return Number(BigInt.asIntN(32, BigInt(value)));
  if (type === "i64") return BigInt.asIntN(64, BigInt(value));
  if (type === "f32") return bits.setUint32(0, Number(value)), bits.getFloat32(0);
  if (type === "f64") return bits.setBigUint64(0, BigInt(value)), bits.getFloat64(0);
  if (type === "v128") throw fail("cannot-tell", "vectors");
  if (value === "null") return null;
  if (type !== "externref") throw fail("cannot-tell", "references");
  if (!hosts.has(value)) hosts.set(value, { number: value });
  return hosts.get(value);
}

function result(value, type) {
  if (type === "i32") return { type, value: String(value >>> 0) };
  if (type === "i64") return { type, value: BigInt.asUintN(64, value).toString() };
  if (Number.isNaN(value)) return { type, value: "nan" };
  if (type === "f32") return bits.setFloat32(0, value), { type, value: String(bits.getUint32(0)) };
  if (type === "f64") return bits.setFloat64(0, value), { type, value: String(bits.getBigUint64(0)) };
  if (value === null) return { type: "ref", value: "null" };
  if (type === "funcref") return { type };
  if (type === "externref") return { type, value: value.number };
  throw fail("cannot-tell", "references");
}

function failure(error) {
  const text = String(error.message);
  if (error.answer) return error.answer;
  if (error instanceof WebAssembly.CompileError) return { failed: "rejected", text };
  if (error instanceof WebAssembly.LinkError) return { failed: "unlinkable", text };
  if (error instanceof WebAssembly.RuntimeError) return { failed: "trap", traps: [], text };
  if (error instanceof WebAssembly.Exception) return { failed: "exception" };
  if (error instanceof RangeError) return { failed: "exhaustion", text };
  return { failed: "error", text };
}

// Which of these is on depends on the version: the smallest module that needs it tells.
const newer = { "multi-memory": [5, 5, 2, 0, 0, 0, 0], memory64: [5, 3, 1, 4, 0] };
const isOn = name => WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, ...newer[name]]));
const hello = {
  protocol: 1, engine: "V8", version: process.versions.v8, always_on: true, wants_types: true,
  features: ["mutable-global", "sign-extension-ops", "nontrapping-float-to-int-conversions", "multi-value",
    "bulk-memory", "reference-types", "annotations", "branch-hinting", ...Object.keys(newer).filter(isOn)],
  cannot_tell: ["malformed-from-invalid", "trap-kinds", "nan-bits", "vectors", "null-types", "references",
    "function-indices"],
};

const verbs = {
  hello: () => ({ hello }), begin: () => void begin(), finish: () => void begin(),
  compile: r => void modules.set(r.module, new WebAssembly.Module(Buffer.from(r.wasm, "base64"))),
  instantiate(r) {
    const imports = new Proxy({}, { get: (_, name) => registry.get(name) ?? {} });
    instances.set(r.instance, new WebAssembly.Instance(known(modules, r.module), imports).exports);
  },
  register(r) {
    const before = r.add ? registry.get(r.name) : {};
    registry.set(r.name, { ...before, ...instances.get(r.instance) });
  },
  release: r => void instances.delete(r.instance),
  invoke(r) {
    const called = known(instances, r.instance)[r.export];
    if (typeof called !== "function") throw fail("not-found");
    if (r.results.includes("v128")) throw fail("cannot-tell", "vectors");
    const given = called(...r.args.map(argument));
    const list = r.results.length === 1 ? [given] : given ?? [];
    return { values: list.map((value, n) => result(value, r.results[n])) };
  },
  get(r) {
    const global = known(instances, r.instance)[r.export];
    if (!(global instanceof WebAssembly.Global)) throw fail("not-found");
    return { values: [result(global.value, r.results[0])] };
  },
};

function answer(request) {
  try {
    return { id: request.id, ...verbs[request.do](request) };
  } catch (error) {
    return { id: request.id, ...failure(error) };
  }
}

begin();
let read = "";
for (let n, chunk = Buffer.alloc(65536); (n = fs.readSync(0, chunk)) > 0; ) {
  const lines = (read + chunk.toString("latin1", 0, n)).split("\n");
  read = lines.pop();
  for (const line of lines) fs.writeSync(1, JSON.stringify(answer(JSON.parse(line))) + "\n");
}
