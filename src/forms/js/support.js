// What becomes of directives, actions and verdicts. Each directive of the script below is one subtest; none stops the
// script.

// ---- where verdicts go ----

const totals = { pass: 0, fail: 0, xfail: 0, xpass: 0, blocked: 0, unsupported: 0, skip: 0, error: 0 };
const isRed = outcome => ["fail", "xpass", "blocked", "error"].includes(outcome);

// The harness of the Web Platform Tests, where it is loaded.
const isHarnessed = typeof test === "function" && typeof assert_implements_optional === "function";
const isShell = typeof print === "function"
  && [typeof process, typeof Deno, typeof window, typeof WorkerGlobalScope].every(type => type === "undefined");
const say = isShell ? line => print(line) : line => console.log(line);

function report(id, verdict) {
  totals[verdict.outcome]++;
  if (!isHarnessed) return say(JSON.stringify({ id, ...verdict }));
  test(() => {
    const { outcome, message } = verdict;
    if (outcome === "unsupported" || outcome === "skip") assert_implements_optional(false, message);
    if (isRed(outcome)) assert_unreached(message);
  }, id);
}

// The end of the script: its totals, and the exit code 1 where something is red.
function end() {
  if (isHarnessed) return;
  say(JSON.stringify({ script, totals }));
  const red = Object.keys(totals).filter(isRed).reduce((sum, outcome) => sum + totals[outcome], 0);
  if (red === 0) return;
  if (typeof Deno === "object") Deno.exitCode = 1;
  else if (typeof process === "object") process.exitCode = 1;
  else if (isShell) throw new Error(`${red} tests of ${script} are red`);
}

// ---- what a script has made so far ----

// Something that was not done: the engine failed, or JavaScript cannot do it.
class Failed extends Error {
  constructor(answer) {
    super();
    this.answer = answer;
  }
}

// Something that was not tried, and the verdict that says why.
class NotTried extends Error {
  constructor(verdict) {
    super();
    this.verdict = verdict;
  }
}

const cannotTell = what => new Failed({ failed: "cannot-tell", what });
const notFound = () => new Failed({ failed: "not-found", text: "there is no such export" });
const mistake = message => new NotTried({ outcome: "error", message });

let script, suite, probes;
// Modules and instances by name, the latest one also by `null`: each is there, or a verdict says why not.
const definitions = new Map(), instances = new Map();
// Instances by the name that modules import them by, and why others are not there.
const registered = new Map(), unregistered = new Map();
// Why a thread did not start, so that nothing is called any more: it might wait for the thread.
let withoutThread = null;
const spectestExports = Object.create(null);

// The script `name`, of a suite with these features. A feature has a module that only an engine with the feature
// accepts; `true` where no module shows it, nothing where it is not known how to find out.
function begin(name, features, modules) {
  script = name;
  suite = features;
  probes = modules;
}

const known = new Map();
function has(feature) {
  if (!known.has(feature)) {
    const probe = probes[feature];
    known.set(feature, typeof probe === "string" ? WebAssembly.validate(decode(probe)) : probe === true);
  }
  return known.get(feature);
}

// What the reference interpreter's runner of scripts lets modules import, as Wasm. The second and third module add
// what only engines with 64-bit tables and with shared memories have.
function spectest(...modules) {
  modules.forEach((text, n) => {
    const bytes = decode(text);
    if (n > 0 && !WebAssembly.validate(bytes)) return;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    for (const name of Object.keys(exports)) spectestExports[name] = exports[name];
  });
}

// A module. `imports` has the names of the modules that it imports from, `exports` the types of what directives act
// on, `functions` the indices of exported functions. `needs` lists the features without which it is not accepted;
// `beyond` says that the validator of Touchstone does not know, `valid` that with these features it is valid even
// where a directive says that it is not. `text` says that the script has it as text, which is to be malformed.
const wasm = (bytes, { imports = [], exports = [], functions = [], ...rest } = {}) =>
  ({ bytes, imports, exports: new Map(exports), functions, needs: [], ...rest });

// The type of an exported function or global. `helper` is a module that imports it and exports a function that
// takes and gives integers instead; `null` where JavaScript can neither pass nor see what the type has.
const type = (params, results, helper) => ({ params, results, helper });

function find(map, name, what) {
  const found = map.get(name);
  if (!found) throw mistake(`the script defines no ${what} ${name === null ? "" : `named $${name} `}before this`);
  if (found.outcome) throw new NotTried(found);
  return found;
}

function compile(module) {
  try {
    return new WebAssembly.Module(decode(module.bytes));
  } catch (error) {
    throw new Failed({ ...failure(error), module });
  }
}

const importObject = new Proxy({}, {
  get: (_, name) => registered.get(name)?.exports ?? (name === "spectest" ? spectestExports : {}),
});

function instantiate(module, compiled) {
  const missing = module.imports.map(name => unregistered.get(name)).find(verdict => verdict);
  if (missing) throw new NotTried(missing);
  let exports;
  try {
    ({ exports } = new WebAssembly.Instance(compiled, importObject));
  } catch (error) {
    // What is imported may be no object, or of another kind.
    const answer = error instanceof TypeError ? { failed: "unlinkable", text: error.message } : failure(error);
    // The host module of Touchstone is not here.
    if (answer.failed === "unlinkable" && module.imports.includes("touchstone")) {
      throw new Failed({ failed: "unsupported", what: "host module touchstone" });
    }
    throw new Failed(answer);
  }
  const instance = { module, exports, shared: {}, through: new Map() };
  for (const name of module.imports) {
    if (registered.has(name)) join(instance, registered.get(name));
  }
  return instance;
}

// Instances that share state by imports have one object, which says why that state may not be as it should.
function shared(instance) {
  let found = instance.shared;
  while (found.joined) found = found.joined;
  return found;
}

function join(a, b) {
  const [one, other] = [shared(a), shared(b)];
  if (one === other) return;
  other.taint ??= one.taint;
  one.joined = other;
}

// ---- actions ----

function invoke(name, field, args) {
  return { name, act: () => {
    if (withoutThread) throw new NotTried(withoutThread);
    const instance = find(instances, name, "module instance");
    const func = instance.exports[field], about = instance.module.exports.get(field);
    if (typeof func !== "function" || !about || args.length !== about.params) throw notFound();
    if (about.helper === null) throw cannotTell("references");
    const call = about.helper ? through(instance, field, func, about) : func;
    return results(call(...args.flatMap(passed)), about, instance);
  } };
}

function get(name, field) {
  return { name, act: () => {
    const instance = find(instances, name, "module instance");
    const global = instance.exports[field], about = instance.module.exports.get(field);
    if (!(global instanceof WebAssembly.Global) || !about) throw notFound();
    if (about.helper === null) throw cannotTell("references");
    const value = about.helper ? through(instance, field, global, about)() : global.value;
    return results(value, about, instance);
  } };
}

// The function of a helper module that stands for an export.
function through(instance, field, w, { helper }) {
  if (!instance.through.has(field)) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(decode(helper)), { m: { w } });
    instance.through.set(field, exports.w);
  }
  return instance.through.get(field);
}

// The module is instantiated, and gets no name; or the definition of that name, or the latest one.
const build = module => ({ module: () => module, act: () => void instantiate(module, compile(module)) });
const buildOf = name => ({
  module: () => definitions.get(name)?.module,
  act: () => {
    const { module, compiled } = find(definitions, name, "module definition");
    instantiate(module, compiled);
  },
});

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

// ---- verdicts ----

const pass = weakened => weakened ? { outcome: "pass", weakened } : { outcome: "pass" };
const fail = (kind, message) => ({ outcome: "fail", class: kind, message });

const classes = { rejected: "invalid", unlinkable: "link", error: "other" };

// The verdict on a failure, where `wanted` says how something has to fail, if it has to. No class of failure stands
// for another, but JavaScript cannot tell a malformed module from an invalid one, nor every trap from every other.
function judge(wanted, answer) {
  const { failed, text, what } = answer;
  const unsupported = (feature, message) => ({ outcome: "unsupported", feature, message });
  switch (failed) {
    case "unsupported": return unsupported(what, `the engine does not support ${what}`);
    case "limit": return unsupported(`limit:${text}`, `the module exceeds a limit of the engine: ${text}`);
    case "cannot-tell": return unsupported(`cannot-tell:${what}`, `JavaScript cannot tell: ${what}`);
    case "not-found": return { outcome: "error", message: text };
    case "resource": return { outcome: "error", class: "resource", message: text };
  }
  if (failed === "rejected") {
    if (wanted.failed === "rejected") return pass("malformed-from-invalid");
    // The engine may lack a feature, of which `needs` tells, or perhaps one of the suite.
    const { needs = [], beyond = false } = answer.module ?? {};
    const lacks = needs.filter(feature => !has(feature));
    if (lacks.length === 0 && beyond) lacks.push(...suite.filter(feature => !has(feature)));
    if (lacks.length > 0) return unsupported(lacks[0], `the engine does not support ${lacks[0]}`);
  } else if (failed === wanted.failed) {
    if (failed === "trap") {
      const isWanted = answer.traps.some(trap => wanted.traps.includes(trap));
      if (answer.traps.length === 1 && isWanted) return pass();
      if (answer.traps.length === 0 || isWanted) return pass("trap-kinds");
    } else if (failed !== "exhaustion" || "call stack exhausted".startsWith(wanted.text)) return pass();
  }
  return fail(classes[failed] ?? failed, `expected ${wanted.show}, got ${failed}: ${text}`);
}

const success = { failed: null, show: "success" };
const rejection = { failed: "rejected", show: "a module that is rejected" };

// The name that what the script was to define has from now on, with why it is not there.
function lose(defines, verdict) {
  const [what, name] = defines;
  const bind = map => map.set(name, verdict).set(null, verdict);
  if (what === "module" || what === "definition") bind(definitions);
  if (what === "module" || what === "instance") bind(instances);
  if (what === "registration") {
    registered.delete(name);
    unregistered.set(name, verdict);
  }
}

// What the exception list of Touchstone says of the next directive.
let exception = null;
function expect(kind, reason, revoked) {
  exception = { kind, reason, revoked };
}

function heldAgainst(expected, verdict) {
  if (expected === null) return verdict;
  const { kind, reason, revoked } = expected;
  if (verdict.outcome === "pass" && !revoked) {
    return { outcome: "xpass", message: `passed, but the exception list says that it fails: ${reason}` };
  }
  if (verdict.outcome !== "fail" || verdict.class !== kind) return verdict;
  return { ...verdict, outcome: "xfail", message: reason };
}

// Runs a directive. `acts` is the name of the instance that it acts on, `defines` what it is to define, `module`
// gives the module that it is to instantiate; each where there is one.
function directive(key, run, { acts, defines, module } = {}) {
  const id = `${script}:${key}`;
  const expected = exception;
  exception = null;
  let verdict;
  try {
    const isSkipped = expected?.kind === "skip";
    verdict = isSkipped ? { outcome: "skip", message: expected.reason } : run() ?? pass();
  } catch (error) {
    verdict = error instanceof NotTried ? error.verdict : judge(success, failure(error));
  }
  verdict = heldAgainst(expected, excuse(verdict, acts));
  report(id, verdict);
  if (verdict.outcome === "pass" || verdict.outcome === "xpass") return;
  const missing = ["unsupported", "blocked", "skip"].includes(verdict.outcome) ? verdict
    : { outcome: "blocked", blocked_by: id, message: `blocked by ${id}` };
  // The module did not change the instances from which it imports as it should have; an assertion that fails as
  // expected leaves what it is known to leave.
  const meant = module?.();
  if (meant && (verdict.outcome !== "xfail" || defines)) {
    for (const name of meant.imports) {
      if (registered.has(name)) shared(registered.get(name)).taint ??= missing;
    }
  }
  if (defines) lose(defines, missing);
}

// A wrong value, or a trap, may follow from state that is not as it should be.
function excuse(verdict, name) {
  if (verdict.outcome !== "fail" || !["value", "trap"].includes(verdict.class)) return verdict;
  const instance = name === undefined ? undefined : instances.get(name);
  const taint = instance && !instance.outcome && shared(instance).taint;
  if (!taint) return verdict;
  return { ...taint, message: `${verdict.message}; but it shares state with what is not there: ${taint.message}` };
}

// Runs what has to fail.
function mustFail(key, action, wanted) {
  const run = () => {
    let values;
    try {
      values = action.act() ?? [];
    } catch (error) {
      if (error instanceof NotTried) throw error;
      return judge(wanted, failure(error));
    }
    return action.module
      ? fail(wanted.failed === "unlinkable" ? "accepted" : "value", `expected ${wanted.show}, but it was accepted`)
      : fail("value", `expected ${wanted.show}, but it returned ${showAll(values)}`);
  };
  directive(key, run, { acts: wanted.failed === "trap" ? action.name : undefined, module: action.module });
}

// ---- directives ----

function module(key, name, module) {
  const run = () => {
    // What is replaced is let go before memory is needed.
    for (const one of [name, null]) instances.delete(one);
    const compiled = compile(module);
    for (const one of [name, null]) definitions.set(one, { module, compiled });
    const instance = instantiate(module, compiled);
    for (const one of [name, null]) instances.set(one, instance);
  };
  directive(key, run, { defines: ["module", name], module: () => module });
}

function definition(key, name, module) {
  const run = () => {
    const compiled = compile(module);
    for (const one of [name, null]) definitions.set(one, { module, compiled });
  };
  directive(key, run, { defines: ["definition", name] });
}

function instance(key, name, definition) {
  const run = () => {
    for (const one of [name, null]) instances.delete(one);
    const { module, compiled } = find(definitions, definition, "module definition");
    const instance = instantiate(module, compiled);
    for (const one of [name, null]) instances.set(one, instance);
  };
  directive(key, run, { defines: ["instance", name], module: () => definitions.get(definition)?.module });
}

function register(key, name, instance) {
  const run = () => {
    registered.set(name, find(instances, instance, "module instance"));
    unregistered.delete(name);
  };
  directive(key, run, { defines: ["registration", name] });
}

const run = (key, action) => directive(key, () => void action.act(), { acts: action.name });

function assertReturn(key, action, patterns) {
  const run = () => {
    const values = action.act() ?? [];
    const found = patterns.map((pattern, n) => n < values.length && matches(values[n], pattern));
    if (values.length !== patterns.length || found.includes(false)) {
      return fail("value", `expected ${showAll(patterns)}, got ${showAll(values)}`);
    }
    return pass(found.filter(one => one !== true).pop());
  };
  directive(key, run, { acts: action.name });
}

// `traps` are those that the text stands for, where it is not the name of one.
function assertTrap(key, action, text, traps = [text]) {
  mustFail(key, action, { failed: "trap", traps, show: `trap: ${text}` });
}

function assertExhaustion(key, action, text) {
  mustFail(key, action, { failed: "exhaustion", text, show: `exhaustion: ${text}` });
}

function assertException(key, action) {
  mustFail(key, action, { failed: "exception", show: "an uncaught exception" });
}

// JavaScript never sees a suspension: what suspends traps instead.
function assertSuspension(key, action, text) {
  mustFail(key, action, { failed: "suspension", show: `suspension: ${text}` });
}

function assertUnlinkable(key, action) {
  mustFail(key, action, { failed: "unlinkable", show: "a link error" });
}

function assertRejected(key, module) {
  const run = () => {
    try {
      compile(module);
    } catch (error) {
      return judge(rejection, failure(error));
    }
    // It may be valid under features that the suite does not have, and the engine cannot switch off.
    const beyond = module.needs.filter(feature => !suite.includes(feature));
    if (!module.text && module.valid && beyond.length > 0 && beyond.every(has)) {
      return judge(rejection, { failed: "cannot-tell", what: "feature-switches" });
    }
    const message = "expected a module that is rejected, but it was accepted";
    return module.text ? { outcome: "error", class: "text-parser", message } : fail("accepted", message);
  };
  directive(key, run);
}

const assertInvalid = assertRejected, assertMalformed = assertRejected;

// What JavaScript cannot be asked for.
function unsupported(key, feature, message, defines) {
  directive(key, () => ({ outcome: "unsupported", feature, message }), { defines });
}

// What is wrong in the script itself.
function wrong(key, kind, message, defines) {
  directive(key, () => ({ outcome: "error", class: kind, message }), { defines });
}

// A thread, with the directives inside it.
function thread(key, inside) {
  const missing = { outcome: "unsupported", feature: "threads", message: "JavaScript runs no threads of scripts" };
  directive(key, () => missing);
  withoutThread ??= missing;
  inside.forEach(key => directive(key, () => missing));
}
