//! The loop of an adapter.

use crate::message::{Answer, Class, Failure, Hello, PROTOCOL, Request, Verb};
use crate::value::Value;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::thread::JoinHandle;

/// What an adapter does. The harness chooses the numbers of modules and instances; a request for one that
/// does not exist is answered with [`Failure::missing`].
pub trait Adapter {
    /// Who it is.
    fn hello(&self) -> Hello;
    /// Forgets everything and begins a script under these features.
    fn begin(&mut self, features: &[String]);
    /// Decodes, validates and compiles the module that is to be known as `module`.
    ///
    /// # Errors
    /// [`Class::Malformed`], [`Class::Invalid`], [`Class::Rejected`], [`Class::Unsupported`] or
    /// [`Class::Limit`].
    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), Failure>;
    /// Checks custom sections.
    ///
    /// # Errors
    /// As [`Adapter::compile`].
    fn check_custom(&mut self, _wasm: &[u8]) -> Result<(), Failure> {
        Err(Failure::new(Class::Error, "this adapter does not check custom sections"))
    }
    /// Instantiates a module, start function included; the instance is to be known as `instance`.
    ///
    /// # Errors
    /// [`Class::Unlinkable`] before anything ran, or as [`Adapter::invoke`].
    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), Failure>;
    /// Makes the exports of an instance importable under `name`, instead of what was, or in addition to
    /// it. Without an instance the name stands for nothing.
    fn register(&mut self, name: &str, instance: Option<u32>, add: bool);
    /// Gives an instance up.
    fn release(&mut self, _instance: u32) {}
    /// Calls an exported function.
    ///
    /// # Errors
    /// [`Class::NotFound`] where there is no such function, or how the call ended.
    fn invoke(
        &mut self,
        instance: u32,
        export: &str,
        args: &[Value],
    ) -> Result<Vec<Value>, Failure>;
    /// Reads an exported global.
    ///
    /// # Errors
    /// [`Class::NotFound`] where there is none.
    fn get(&mut self, instance: u32, export: &str) -> Result<Value, Failure>;
    /// Collects garbage and verifies the heap.
    ///
    /// # Errors
    /// What is broken.
    fn check(&mut self) -> Result<(), Failure> {
        Ok(())
    }
    /// Makes the adapter that serves a thread of the script. It has the features of this script, a store and
    /// numbers of its own, and what `shared` names: an instance of this script, whose shared memories the
    /// thread can import once it registered the instance, and the number by which the thread knows that.
    /// Greetings of adapters that have this say `threads`.
    ///
    /// # Errors
    /// [`Class::Unsupported`] where the engine has no threads.
    fn thread(&mut self, _shared: Option<(u32, u32)>) -> Result<Box<dyn Adapter + Send>, Failure> {
        Err(Failure::unsupported("threads"))
    }
    /// Gives everything back that the script has.
    ///
    /// # Errors
    /// What is left, or broken.
    fn finish(&mut self) -> Result<(), Failure> {
        self.begin(&[]);
        Ok(())
    }
}

/// Answers the harness until it closes standard input.
///
/// # Errors
/// If the harness cannot be read from or written to, or does not speak the protocol.
pub fn serve(adapter: &mut dyn Adapter) -> io::Result<()> {
    serve_on(adapter, io::stdin().lock(), io::stdout().lock())
}

/// The bytes of a module as requests have them.
pub fn encode_wasm(wasm: &[u8]) -> String {
    STANDARD.encode(wasm)
}

/// Answers kept back while more requests wait.
const KEPT: usize = 32 << 10;

/// As [`serve`], on other streams.
///
/// # Errors
/// As [`serve`].
pub fn serve_on(adapter: &mut dyn Adapter, input: impl Read, output: impl Write) -> io::Result<()> {
    let mut input = BufReader::with_capacity(64 << 10, input);
    let mut output = BufWriter::with_capacity(KEPT, output);
    let mut line = Vec::new();
    let mut threads = Threads::default();
    loop {
        // Nobody waits for an answer while another request is here already.
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return output.flush();
        }
        let request = serde_json::from_slice(&line).map_err(|error| {
            io::Error::new(io::ErrorKind::InvalidData, format!("not a request: {error}"))
        })?;
        let answer = threads.answer(adapter, request);
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
    }
}

/// The size of a thread's stack, which is enough for an engine that compiles on the thread on which it runs.
const STACK_SIZE: usize = 64 << 20;

/// Threads of a script, each with what it answers; for adapters with a loop of their own.
#[derive(Default)]
pub struct Threads {
    running: HashMap<u32, JoinHandle<Vec<Answer>>>,
}

impl Threads {
    /// The answer of an adapter to one request, which may start a thread or wait for one.
    pub fn answer(&mut self, adapter: &mut dyn Adapter, request: Request<'_>) -> Answer {
        let (id, thread) = (request.id, request.thread);
        let done = match request.verb {
            Verb::Thread => self.start(adapter, request),
            Verb::Wait => match thread.and_then(|thread| self.running.remove(&thread)) {
                Some(running) => match running.join() {
                    Ok(answers) => {
                        return Answer { id, answers: Some(answers), ..Answer::default() };
                    }
                    Err(_) => Err(Failure::new(Class::Crash, "the thread panicked")),
                },
                None => Err(Failure::missing()),
            },
            verb => {
                if verb == Verb::Begin {
                    // What runs on has stores of its own, and nobody asks for its answers.
                    self.running.clear();
                }
                return answer(adapter, &request);
            }
        };
        done.map_or_else(|failure| failed(id, failure), |()| Answer { id, ..Answer::default() })
    }

    fn start(&mut self, adapter: &mut dyn Adapter, request: Request<'_>) -> Result<(), Failure> {
        let lacking = |field: &str| {
            Failure::new(Class::Error, format!("`{}` comes with `{field}`", request.verb))
        };
        let thread = request.thread.ok_or_else(|| lacking("thread"))?;
        let shared = match request.instance {
            Some(instance) => Some((instance, request.known_as.ok_or_else(|| lacking("as"))?)),
            None => None,
        };
        let mut inner = adapter.thread(shared)?;
        let steps = request.into_owned().steps.unwrap_or_default();
        let run = move || {
            let mut threads = Threads::default();
            steps.into_iter().map(|step| threads.answer(&mut *inner, step)).collect()
        };
        let spawned = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(run);
        let running = spawned.map_err(|error| Failure::new(Class::Resource, error.to_string()))?;
        self.running.insert(thread, running);
        Ok(())
    }
}

/// The answer of an adapter to one request; for adapters with a loop of their own, and without threads.
pub fn answer(adapter: &mut dyn Adapter, request: &Request<'_>) -> Answer {
    let done = done(adapter, request);
    let unsound = match request.check {
        true => adapter.check().err().map(|failure| failure.text),
        false => None,
    };
    let answer = Answer { id: request.id, unsound, ..Answer::default() };
    match done {
        Ok(Done::Nothing) => answer,
        Ok(Done::Values(values)) => Answer { values: Some(values), ..answer },
        Ok(Done::Hello(hello)) => Answer { hello: Some(Box::new(hello)), ..answer },
        Err(failure) => Answer { unsound: answer.unsound, ..failed(request.id, failure) },
    }
}

fn failed(id: u64, failure: Failure) -> Answer {
    let Failure { class, traps, what, text } = failure;
    Answer {
        id,
        failed: Some(class),
        traps: (class == Class::Trap).then_some(traps),
        what,
        text: (!text.is_empty()).then_some(text),
        ..Answer::default()
    }
}

enum Done {
    Nothing,
    Values(Vec<Value>),
    Hello(Hello),
}

fn done(adapter: &mut dyn Adapter, request: &Request<'_>) -> Result<Done, Failure> {
    let lacking = |field: &str| {
        Failure::new(Class::Error, format!("`{}` comes with `{field}`", request.verb))
    };
    let module = || request.module.ok_or_else(|| lacking("module"));
    let instance = || request.instance.ok_or_else(|| lacking("instance"));
    let export = || request.export.as_deref().ok_or_else(|| lacking("export"));
    let wasm = || {
        let text = request.wasm.as_deref().ok_or_else(|| lacking("wasm"))?;
        STANDARD.decode(text).map_err(|error| Failure::new(Class::Error, format!("wasm: {error}")))
    };
    match request.verb {
        Verb::Hello => {
            let hello = adapter.hello();
            return Ok(Done::Hello(Hello { protocol: PROTOCOL, buffers: true, ..hello }));
        }
        Verb::Begin => adapter.begin(request.features.as_deref().unwrap_or_default()),
        Verb::Compile => adapter.compile(module()?, &wasm()?)?,
        Verb::CheckCustom => adapter.check_custom(&wasm()?)?,
        Verb::Instantiate => adapter.instantiate(module()?, instance()?)?,
        Verb::Register => {
            let name = request.name.as_deref().ok_or_else(|| lacking("name"))?;
            adapter.register(name, request.instance, request.add);
        }
        Verb::Release => adapter.release(instance()?),
        Verb::Invoke => {
            let args = request.args.as_deref().unwrap_or_default();
            return Ok(Done::Values(adapter.invoke(instance()?, export()?, args)?));
        }
        Verb::Get => return Ok(Done::Values(vec![adapter.get(instance()?, export()?)?])),
        Verb::Check => adapter.check()?,
        Verb::Thread | Verb::Wait => return Err(Failure::unsupported("threads")),
        Verb::Finish => adapter.finish()?,
    }
    Ok(Done::Nothing)
}
