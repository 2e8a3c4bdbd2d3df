// Values and patterns of scripts. A value that JavaScript cannot hold, or changes, goes through a helper module in
// Wasm, which takes and gives its bits as integers.

// ---- values and patterns ----

const i32 = value => ({ type: "i32", value: value | 0 });
const i64 = value => ({ type: "i64", value: BigInt.asIntN(64, value) });
// Floats are given by their bits, or as "canonical" or "arithmetic" NaNs.
const f32 = bits => ({ type: "f32", value: typeof bits === "string" ? bits : bits | 0 });
const f64 = bits => ({ type: "f64", value: typeof bits === "string" ? bits : BigInt.asIntN(64, bits) });
const v128 = (...halves) => ({ type: "v128", value: halves.map(half => BigInt.asIntN(64, half)) });
const f32x4 = (...lanes) => ({ type: "f32x4", value: lanes.map(f32) });
const f64x2 = (...lanes) => ({ type: "f64x2", value: lanes.map(f64) });
const reference = type => value => ({ type, value });
const refNull = reference("ref.null"), refExtern = reference("ref.extern"), refHost = reference("ref.host");
const refFunc = reference("ref.func"), refAny = reference("ref.any"), refEq = reference("ref.eq");
const refStruct = reference("ref.struct"), refArray = reference("ref.array"), refI31 = reference("ref.i31");
// A NaN of whichever type the result is.
const nan = kind => ({ type: "nan", value: kind });
const either = (...arms) => ({ type: "either", value: arms });

const show = ({ type, value }) =>
  Array.isArray(value) ? `${type}(${value.map(part => part.type ? show(part) : part).join(" ")})`
    : value === undefined ? type : `${type}:${value}`;
const showAll = list => list.length === 0 ? "no result" : list.map(show).join(" ");

const isNan32 = (bits, kind) => kind === "canonical" ? (bits & 0x7fffffff) === 0x7fc00000
  : (bits & 0x7fc00000) === 0x7fc00000;
const isNan64 = (bits, kind) => {
  const abs = BigInt.asUintN(63, bits), quiet = 0x7ff8000000000000n;
  return kind === "canonical" ? abs === quiet : (abs & quiet) === quiet;
};
const is32 = (bits, want) => typeof want === "string" ? isNan32(bits, want) : bits === want;
const is64 = (bits, want) => typeof want === "string" ? isNan64(bits, want) : bits === want;

// The lanes of a vector that JavaScript has as two halves.
const lanes32 = halves =>
  halves.flatMap(half => [Number(BigInt.asIntN(32, half)), Number(BigInt.asIntN(32, half >> 32n))]);

const isBelowAny = type => ["ref.host", "ref.i31", "ref.opaque"].includes(type);

// Whether a result matches a pattern: true, false, or what JavaScript cannot tell where it may match.
function matches(got, want) {
  switch (want.type) {
    case "either": {
      const found = want.value.map(arm => matches(got, arm));
      return found.includes(true) || (found.find(one => one !== false) ?? false);
    }
    case "nan":
      return got.type === "f32" ? isNan32(got.value, want.value)
        : got.type === "f64" && isNan64(got.value, want.value);
    case "i32":
    case "i64":
      return got.type === want.type && got.value === want.value;
    case "f32": return got.type === "f32" && is32(got.value, want.value);
    case "f64": return got.type === "f64" && is64(got.value, want.value);
    case "v128": return got.type === "v128" && want.value.every((half, n) => got.value[n] === half);
    case "f32x4":
      return got.type === "v128" && lanes32(got.value).every((lane, n) => is32(lane, want.value[n].value));
    case "f64x2":
      return got.type === "v128" && got.value.every((lane, n) => is64(lane, want.value[n].value));
    case "ref.null": return got.type === "ref.null";
    case "ref.func":
      if (got.type !== "ref.func") return false;
      if (got.value === undefined) return "function-indices";
      return want.value === undefined || got.value === want.value;
    case "ref.extern":
      if (got.type === "ref.opaque") return "reference-kinds";
      return got.type === "ref.extern" && (want.value === undefined || got.value === want.value);
    case "ref.host":
      if (got.type === "ref.opaque") return "reference-kinds";
      return got.type === "ref.host" && got.value === want.value;
  }
  // These are the types below `any`; what JavaScript has is an i31, a host value, or an object.
  if (!isBelowAny(got.type)) return false;
  if (got.type === "ref.opaque") return "reference-kinds";
  if (want.type === "ref.any") return true;
  return got.type === "ref.i31" && ["ref.eq", "ref.i31"].includes(want.type);
}

// ---- passing values to Wasm, and seeing results ----

// Host values are objects: a number would be taken for an i31 where it becomes an anyref.
const hosts = new Map(), numbers = new Map();

function hostValue(number) {
  if (!hosts.has(number)) {
    const value = { number };
    hosts.set(number, value);
    numbers.set(value, number);
  }
  return hosts.get(number);
}

// What is passed for an argument: the value itself, or the integers that a helper module takes.
function passed({ type, value }) {
  if (type === "ref.null") return [null];
  if (type === "ref.extern" || type === "ref.host") return [hostValue(value)];
  return type === "v128" ? value : [value];
}

// A result that is a reference, of that type.
function seen(value, type, instance) {
  if (value === null) return refNull();
  if (typeof value === "function") {
    const found = instance.module.functions.find(([name]) => instance.exports[name] === value);
    return refFunc(found?.[1]);
  }
  if (type === "externref") return refExtern(numbers.get(value));
  if (numbers.has(value)) return refHost(numbers.get(value));
  return typeof value === "number" ? refI31() : { type: "ref.opaque" };
}

// Results of these types, from what a function gave.
function results(given, { results: types }, instance) {
  // A vector comes in two halves.
  const count = types.length + types.filter(type => type === "v128").length;
  const list = count === 0 ? [] : count === 1 ? [given] : Array.from(given);
  let at = 0;
  return types.map(type => {
    if (type === "v128") return v128(list[at++], list[at++]);
    const value = list[at++];
    const isNumber = ["i32", "i64", "f32", "f64"].includes(type);
    return isNumber ? { type, value } : seen(value, type, instance);
  });
}

const sextets = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"]
  .forEach((letter, n) => (sextets[letter.charCodeAt(0)] = n));

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
