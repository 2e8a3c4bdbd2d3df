// Runs programs that guile-hoot made, for the measuring program `scheme`, which starts this. The environment variable
// REFLECT names the module that calls their procedures.
//
// Each line on standard input is the path of a module. The line that answers it has the processor time in
// microseconds that its procedure `$load` took in new instances, of the whole process, and what it wrote, in Base64.
const fs = require("fs");
const modules = new Map();

function load(path) {
  if (!modules.has(path)) modules.set(path, new WebAssembly.Module(fs.readFileSync(path)));
  return modules.get(path);
}

// What arrays of bytes hold can only be read by Wasm: these modules have the same type.
const bytes = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0,
  // The type of arrays of bytes, and those of four functions: length, get, new and set.
  1, 30, 5, 94, 120, 1, 96, 1, 99, 0, 1, 127, 96, 2, 99, 0, 127, 1, 127, 96, 1, 127, 1, 100, 0, 96, 3, 99, 0, 127, 127, 0,
  3, 5, 4, 1, 2, 3, 4,
  7, 25, 4, 3, 108, 101, 110, 0, 0, 3, 103, 101, 116, 0, 1, 3, 110, 101, 119, 0, 2, 3, 115, 101, 116, 0, 3,
  10, 38, 4,
  6, 0, 32, 0, 251, 15, 11,
  9, 0, 32, 0, 32, 1, 251, 13, 0, 11,
  7, 0, 32, 0, 251, 7, 0, 11,
  11, 0, 32, 0, 32, 1, 32, 2, 251, 14, 0, 11,
]))).exports;

function rt(written) {
  const signed = (a, b) => (a % b !== 0n && a % b < 0n !== b < 0n ? (a % b) + b : a % b);
  const gcd = (a, b) => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
  return {
    wtf8_to_string: (array) => {
      const length = bytes.len(array);
      return Buffer.from(Array.from({ length }, (_, i) => bytes.get(array, i))).toString();
    },
    string_to_wtf8: (text) => {
      const from = Buffer.from(text);
      const array = bytes.new(from.length);
      from.forEach((byte, i) => bytes.set(array, i, byte));
      return array;
    },
    fexp: Math.exp,
    flog: Math.log,
    bignum_from_i32: BigInt,
    bignum_from_i64: (a) => a,
    bignum_from_u64: (a) => BigInt.asUintN(64, a),
    bignum_is_i64: (a) => BigInt.asIntN(64, a) === a,
    bignum_is_u64: (a) => BigInt.asUintN(64, a) === a,
    bignum_get_i64: (a) => a,
    bignum_to_f64: Number,
    bignum_eq: (a, b) => a === b,
    bignum_eq_f64: (a, b) => a == b,
    bignum_lt: (a, b) => a < b,
    bignum_lt_big_f64: (a, b) => a < b,
    bignum_le_big_f64: (a, b) => a <= b,
    bignum_lt_f64_big: (a, b) => a < b,
    bignum_le_f64_big: (a, b) => a <= b,
    bignum_lt_i32_big: (a, b) => a < b,
    bignum_lt_big_i32: (a, b) => a < b,
    bignum_lsh: (a, by) => a << by,
    bignum_lsh_i32_i64: (a, by) => BigInt(a) << by,
    bignum_rsh: (a, by) => a >> by,
    bignum_add: (a, b) => a + b,
    bignum_add_i32: (a, b) => a + BigInt(b),
    bignum_sub: (a, b) => a - b,
    bignum_sub_i32: (a, b) => a - BigInt(b),
    bignum_mul: (a, b) => a * b,
    bignum_mul_i32: (a, b) => a * BigInt(b),
    bignum_quo: (a, b) => a / b,
    bignum_rem: (a, b) => a % b,
    bignum_mod: signed,
    bignum_gcd: gcd,
    die: (tag) => { throw new Error(`the program failed: ${tag}`); },
    quit: (status) => { throw new Error(`the program ended with ${status}`); },
    write_stdout: (text) => { written.push(Buffer.from(text)); },
    write_stderr: (text) => { process.stderr.write(text); },
    read_stdin: () => "",
    code_name: () => null,
    code_source: () => [null, 0, 0],
  };
}

function run(path) {
  const written = [];
  const host = rt(written);
  const main = new WebAssembly.Instance(load(path), { rt: host, io: host, debug: host }).exports;
  const reflect = new WebAssembly.Instance(load(process.env.REFLECT), { abi: main, rt: host, debug: host }).exports;
  const args = reflect.make_vector(1, reflect.scm_false());
  const program = main.$load.value;
  reflect.vector_set(args, 0, program);
  const before = process.cpuUsage();
  reflect.call(program, args);
  const { user, system } = process.cpuUsage(before);
  console.log(`${user + system} ${Buffer.concat(written).toString("base64")}`);
}

require("readline").createInterface({ input: process.stdin }).on("line", run);
