//! The engines: each runs a program as often as it is asked to, in one store, and says how much processor time that
//! took.
//!
//! Our engine and Wasmtime run in the thread that asks, and only its time counts. V8 runs in a process of its own,
//! whose threads all count, as its collector has some.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use touchstone_peers::measure::thread_time;

/// What a run gave.
pub(crate) struct Run {
    pub(crate) result: i64,
    pub(crate) took: Duration,
    /// How long the program stood still for each collection, where the engine tells.
    pub(crate) pauses: Vec<Duration>,
}

/// A program in an engine.
pub(crate) trait Guest {
    fn run(&mut self, n: i32) -> Run;
    /// What the engine says of its pauses since the program was loaded: their number, the median, the 99th
    /// percentile, and the worst.
    fn pauses(&self) -> Option<(u64, [Duration; 3])> {
        None
    }
}

/// An engine, by the name that the arguments and the table give it.
pub(crate) enum Engine {
    Ours(touchstone_runtime::Engine),
    Wasmtime(wasmtime::Engine),
    /// Wasmtime without a collector. As it would run out of memory, each run has a store of its own.
    Null(wasmtime::Engine),
    Node(PathBuf),
}

impl Engine {
    /// Our engine. Where there are several collectors, `collector` names one of them.
    pub(crate) fn ours(collector: &str) -> Self {
        Engine::Ours(touchstone_peers::ours(collector))
    }

    /// Wasmtime with one of its collectors.
    pub(crate) fn wasmtime(collector: wasmtime::Collector) -> Self {
        let mut config = wasmtime::Config::new();
        config.wasm_reference_types(true).wasm_function_references(true).wasm_gc(true);
        config.collector(collector);
        let engine = wasmtime::Engine::new(&config).expect("an engine");
        match collector {
            wasmtime::Collector::Null => Engine::Null(engine),
            _ => Engine::Wasmtime(engine),
        }
    }

    /// Whether the engine can run a program. Without a collector, Wasmtime makes no arrays of 64 MiB.
    pub(crate) fn can_run(&self, program: &str) -> bool {
        !matches!((self, program), (Engine::Null(_), "bytes" | "references"))
    }

    /// Loads a module, which also lies in a file.
    pub(crate) fn load(&self, wasm: &[u8], file: &Path) -> Box<dyn Guest> {
        match self {
            Engine::Ours(engine) => Box::new(Ours::new(engine, wasm)),
            Engine::Wasmtime(engine) => Box::new(Wasmtime::new(engine, wasm)),
            Engine::Null(engine) => Box::new(Null(engine.clone(), wasm.to_vec())),
            Engine::Node(node) => Box::new(Node::new(node, file)),
        }
    }
}

/// Runs something that gives a result.
fn timed(work: impl FnOnce() -> i64) -> Run {
    let start = thread_time();
    let result = work();
    Run { result, took: thread_time() - start, pauses: Vec::new() }
}

struct Ours {
    store: touchstone_runtime::Store<()>,
    run: touchstone_runtime::TypedFunc<(i32,), i64>,
}

impl Ours {
    fn new(engine: &touchstone_runtime::Engine, wasm: &[u8]) -> Self {
        let module = touchstone_runtime::Module::new(engine, wasm).expect("a valid module");
        let mut store = touchstone_runtime::Store::new(engine, ());
        let instance =
            touchstone_runtime::Instance::new(&mut store, &module, &[]).expect("no imports");
        let run = instance.get_typed_func(&mut store, "run").expect("an export");
        Ours { store, run }
    }
}

impl Guest for Ours {
    fn run(&mut self, n: i32) -> Run {
        timed(|| self.run.call(&mut self.store, (n,)).expect("no trap"))
    }

    fn pauses(&self) -> Option<(u64, [Duration; 3])> {
        let pauses = self.store.gc_pauses();
        Some((pauses.count, [pauses.median, pauses.percentile_99, pauses.worst]))
    }
}

struct Wasmtime {
    store: wasmtime::Store<()>,
    run: wasmtime::TypedFunc<(i32,), i64>,
}

impl Wasmtime {
    fn new(engine: &wasmtime::Engine, wasm: &[u8]) -> Self {
        let module = wasmtime::Module::new(engine, wasm).expect("a valid module");
        let mut store = wasmtime::Store::new(engine, ());
        let instance = wasmtime::Instance::new(&mut store, &module, &[]).expect("no imports");
        let run = instance.get_typed_func(&mut store, "run").expect("an export");
        Wasmtime { store, run }
    }
}

impl Guest for Wasmtime {
    fn run(&mut self, n: i32) -> Run {
        timed(|| self.run.call(&mut self.store, (n,)).expect("no trap"))
    }
}

struct Null(wasmtime::Engine, Vec<u8>);

impl Guest for Null {
    fn run(&mut self, n: i32) -> Run {
        Wasmtime::new(&self.0, &self.1).run(n)
    }
}

struct Node {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    file: PathBuf,
}

impl Node {
    fn new(node: &Path, file: &Path) -> Self {
        let script = crate::programs::folder().join("node.js");
        let mut command = Command::new(node);
        let command = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("node starts");
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("it is piped"));
        Node { child, requests, answers, file: file.to_owned() }
    }
}

impl Guest for Node {
    fn run(&mut self, n: i32) -> Run {
        let requests = self.requests.as_mut().expect("they are open");
        writeln!(requests, "{} {n}", self.file.display()).expect("node listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("node answers");
        let mut words = line.split_whitespace();
        let mut word = || words.next().expect("time and result");
        let took = Duration::from_micros(word().parse().expect("microseconds"));
        let result = word().parse().expect("a result");
        let pauses = words.map(|ms| ms.parse::<f64>().expect("milliseconds") / 1e3);
        Run { result, took, pauses: pauses.map(Duration::from_secs_f64).collect() }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It ends at the end of its input.
        self.requests = None;
        let _ = self.child.wait();
    }
}
