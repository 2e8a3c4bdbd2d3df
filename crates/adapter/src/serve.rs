//! The loop of an adapter.

use crate::message::{Answer, Class, Failure, Hello, PROTOCOL, Request, Verb};
use crate::value::Value;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

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
        serde_json::to_writer(&mut output, &answer(adapter, &request))?;
        output.write_all(b"\n")?;
    }
}

/// The answer of an adapter to one request; for adapters with a loop of their own.
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
        Ok(Done::Hello(hello)) => Answer { hello: Some(hello), ..answer },
        Err(Failure { class, traps, what, text }) => Answer {
            failed: Some(class),
            traps: (class == Class::Trap).then_some(traps),
            what,
            text: (!text.is_empty()).then_some(text),
            ..answer
        },
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
        Verb::Finish => adapter.finish()?,
    }
    Ok(Done::Nothing)
}
