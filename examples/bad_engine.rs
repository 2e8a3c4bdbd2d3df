//! An adapter that misbehaves on purpose: when it is asked to call an export whose name says so.
//!
//! Tests judge it, and see that each misdeed costs one directive. Everything else is answered by our own
//! engine. `bad_engine buffers` keeps answers back while requests wait; `bad_engine greet:MISDEED` misbehaves
//! at once; `bad_engine wrong` answers wrongly; `bad_engine credulous` accepts what is invalid; `bad_engine ors`
//! takes `i32.and` for `i32.or`; `bad_engine dies` does not survive a module that has `i32.popcnt`; `bad_engine single`
//! has no threads, and does not look at its heap; `bad_engine unhosted` dies of the module `spectest` that the harness
//! makes; `bad_engine finishes` answers twice when a script is over.

use rustix::process::Signal;
use std::io::{self, BufRead, Write};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use touchstone::engine::touchstone::default_engine;
use touchstone::serve::ServedEngine;
use touchstone_adapter::{
    Adapter, Answer, Class, Failure, Hello, Request, Threads, Value, Verb, serve,
};
use wasmparser::{Operator, Parser, Payload};

/// Whether it exits after its next answer.
static LEAVES: AtomicBool = AtomicBool::new(false);

struct BadEngine<A: Adapter + ?Sized> {
    engine: Box<A>,
    how: String,
}

/// Where in a module this operator is.
fn places(wasm: &[u8], wanted: &Operator<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        let Payload::CodeSectionEntry(body) = payload else { continue };
        let operators =
            body.get_operators_reader().into_iter().flat_map(|r| r.into_iter_with_offsets());
        let operators = operators.map_while(Result::ok);
        found.extend(
            operators.filter(|(operator, _)| operator == wanted).map(|(_, at)| at as usize),
        );
    }
    found
}

/// What an export's name asks for; the name is all but digits at its end.
fn misbehave(name: &str) {
    match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
        // One that the engine has no handler for.
        "signal" => signal(Signal::SYS),
        "abort" => std::process::abort(),
        "exit" => {
            eprintln!("the bad engine exits");
            std::process::exit(3);
        }
        // What it started holds its output open.
        "orphan" => {
            let _ = Command::new("sleep").arg("600").spawn();
            std::process::abort();
        }
        // It is what it started that takes the memory.
        "hoard" => {
            let _ = Command::new("tail").arg("/dev/zero").status();
        }
        "leaves" => LEAVES.store(true, Ordering::Relaxed),
        "hang" => loop {
            std::thread::sleep(Duration::from_secs(1));
        },
        "late" => std::thread::sleep(Duration::from_millis(4000)),
        "allocate" => {
            let mut hoard = Vec::new();
            loop {
                hoard.push(vec![1u8; 16 << 20]);
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        "flood" => {
            let line = "a word too many\n".repeat(1 << 10);
            (0..512).for_each(|_| io::stderr().write_all(line.as_bytes()).expect("it is read"));
        }
        "nonsense" => raw("what?\n"),
        "half" => {
            raw(r#"{"id":"#);
            std::process::exit(0);
        }
        "twice" => raw("{\"id\":0}\n"),
        // That it was called at all is to be seen.
        "mark" => drop(std::fs::write(std::env::var_os("MARK").expect("it says where"), "")),
        "novalue" => raw(r#"{"id":0,"values":[{"type":"i32","value":"minus one"}]}"#),
        _ => {}
    }
}

fn signal(signal: Signal) {
    rustix::process::kill_process(rustix::process::getpid(), signal).expect("it can be sent");
    std::thread::sleep(Duration::from_millis(100));
}

fn raw(text: &str) {
    let mut out = io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).expect("it is read");
}

impl<A: Adapter + ?Sized> Adapter for BadEngine<A> {
    fn hello(&self) -> Hello {
        let hello = self.engine.hello();
        let single = self.how == "single";
        let hosts = if self.how == "unhosted" { Vec::new() } else { hello.hosts.clone() };
        Hello { hosts, threads: hello.threads && !single, checks: hello.checks && !single, ..hello }
    }
    fn begin(&mut self, features: &[String]) {
        self.engine.begin(features);
    }
    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), Failure> {
        let mut wasm = wasm.to_vec();
        match self.how.as_str() {
            "ors" => {
                const OR: u8 = 0x72;
                places(&wasm, &Operator::I32And).into_iter().for_each(|at| wasm[at] = OR);
            }
            // Of the module that the harness makes, and no other here.
            "unhosted" if wasm.windows(9).any(|name| name == b"print_i64") => std::process::abort(),
            "dies" if !places(&wasm, &Operator::I32Popcnt).is_empty() => std::process::abort(),
            _ => {}
        }
        self.engine.compile(module, &wasm)
    }
    fn check_custom(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        self.engine.check_custom(wasm)
    }
    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), Failure> {
        self.engine.instantiate(module, instance)
    }
    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        self.engine.register(name, instance, add);
    }
    fn invoke(
        &mut self,
        instance: u32,
        export: &str,
        args: &[Value],
    ) -> Result<Vec<Value>, Failure> {
        misbehave(export);
        match export.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "widens" => return Ok(vec![Value::I64(7)]),
            "unfound" => return Err(Failure::new(Class::NotFound, "no such export")),
            _ => {}
        }
        self.engine.invoke(instance, export, args)
    }
    fn get(&mut self, instance: u32, export: &str) -> Result<Value, Failure> {
        self.engine.get(instance, export)
    }
    fn thread(&mut self, shared: Option<(u32, u32)>) -> Result<Box<dyn Adapter + Send>, Failure> {
        Ok(Box::new(BadEngine { engine: self.engine.thread(shared)?, how: self.how.clone() }))
    }
}

/// Signed numbers, and failures without their class.
fn make_wrong(answer: &mut Answer) {
    for value in answer.values.iter_mut().flatten() {
        if let Value::I32(v) = value {
            *v &= 0x7fff_ffff;
        }
    }
    if answer.failed == Some(Class::Missing) {
        answer.failed = Some(Class::Error);
    }
}

fn main() -> io::Result<()> {
    let engine = default_engine();
    let how = std::env::args().nth(1).unwrap_or_default();
    let engine = ServedEngine::new(&*engine, &["spectest", "touchstone"]);
    let mut engine = BadEngine { engine: Box::new(engine), how: how.clone() };
    if how == "buffers" {
        return serve(&mut engine);
    }
    let mut threads = Threads::default();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let request: Request<'_> = serde_json::from_str(&line)?;
        let verb = request.verb;
        if let (Verb::Hello, Some(misdeed)) = (verb, how.strip_prefix("greet:")) {
            misbehave(misdeed);
        }
        let mut answer = threads.answer(&mut engine, request);
        match (&mut answer.hello, how.as_str()) {
            (Some(hello), "greet:version") => hello.protocol = 99,
            (Some(hello), "greet:escape") => hello.version = "1\u{1b}[2J".into(),
            (hello @ Some(_), "greet:silent") => *hello = None,
            _ => {}
        }
        match how.as_str() {
            "wrong" => make_wrong(&mut answer),
            "credulous" if answer.failed == Some(Class::Invalid) => {
                answer = Answer { id: answer.id, ..Answer::default() };
            }
            _ => {}
        }
        raw(&format!("{}\n", serde_json::to_string(&answer)?));
        if verb == Verb::Finish && how == "finishes" {
            raw(&format!("{}\n", serde_json::to_string(&answer)?));
        }
        if LEAVES.load(Ordering::Relaxed) {
            return Ok(());
        }
    }
    Ok(())
}
