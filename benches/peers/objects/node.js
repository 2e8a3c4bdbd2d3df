// Runs the programs of this folder in V8, for the measuring program `objects`, which starts this.
//
// Each line on standard input is a path of a module and a number. The line that answers it has the processor time of
// the whole process in microseconds, collector and compiler included, the result, and the milliseconds that each
// collection stopped the program for.
const fs = require("fs");
const { PerformanceObserver } = require("perf_hooks");

let pauses = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) pauses.push(entry.duration);
}).observe({ entryTypes: ["gc"] });

const runs = new Map();

async function answer(line) {
  const [path, n] = line.split(" ");
  if (!runs.has(path)) {
    const { instance } = await WebAssembly.instantiate(fs.readFileSync(path));
    runs.set(path, instance.exports.run);
  }
  const run = runs.get(path);
  pauses = [];
  const before = process.cpuUsage();
  const result = run(Number(n));
  const { user, system } = process.cpuUsage(before);
  // The observer is called from the loop of events.
  await new Promise((resolve) => setTimeout(resolve, 5));
  console.log([user + system, result, ...pauses].join(" "));
}

(async () => {
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    await answer(line);
  }
})();
