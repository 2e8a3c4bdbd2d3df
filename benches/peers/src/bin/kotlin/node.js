// Runs programs that Kotlin's compiler made, for the measuring program `kotlin`, which starts this.
//
// Each line on standard input is the path of a module. The line that answers it has the processor time in
// microseconds that its `_start` took in a new instance, of the whole process, and what it wrote, in Base64.
const fs = require("fs");
const modules = new Map();

function run(path) {
  if (!modules.has(path)) modules.set(path, new WebAssembly.Module(fs.readFileSync(path)));
  const written = [];
  let memory;
  const wasi = {
    fd_write(fd, vectors, count, sum) {
      const view = new DataView(memory.buffer);
      let total = 0;
      for (let i = 0; i < count; i++) {
        const [at, length] = [0, 4].map((offset) => view.getUint32(vectors + 8 * i + offset, true));
        written.push(Buffer.from(memory.buffer.slice(at, at + length)));
        total += length;
      }
      view.setUint32(sum, total, true);
      return 0;
    },
    random_get(at, length) {
      new Uint8Array(memory.buffer, at, length).fill(7);
      return 0;
    },
    poll_oneoff: () => 52,
  };
  const instance = new WebAssembly.Instance(modules.get(path), { wasi_snapshot_preview1: wasi });
  memory = instance.exports.memory;
  const before = process.cpuUsage();
  instance.exports._start();
  const { user, system } = process.cpuUsage(before);
  console.log(`${user + system} ${Buffer.concat(written).toString("base64")}`);
}

require("readline").createInterface({ input: process.stdin }).on("line", run);
