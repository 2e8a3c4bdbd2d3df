//! What becomes of the function that a directive calls.
//!
//! In: our own engine, watched while it runs a script. Out, as text: the function that was called last, in
//! the forms that are asked for. Where an export is an import of another module, the module that defines it
//! is found by following names, as the engine does.

use crate::args::Dump;
use crate::problem::Problem;
use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use touchstone::engine::touchstone::{Options, TouchstoneEngine, TouchstoneSession};
use touchstone::engine::{
    Description, Engine, Failure, InstanceId, ModuleId, Session, ThreadId, Unsound, Value,
};
use touchstone_runtime::{FunctionListing, HeapOccupancy, LiveType, Module};
use touchstone_script::{FeatureSet, Value as ScriptValue};
use wasmparser::{ExternalKind, Parser, Payload, TypeRef};

/// Our own engine, wrapped so that it remembers which function or module it was asked for last.
pub(crate) struct WatchedEngine {
    engine: TouchstoneEngine,
    last: Arc<Mutex<Option<Subject>>>,
    /// What was alive after the directive that ran code last, if that is asked for.
    live: Option<Live>,
}

/// What was alive in a heap, once that is known.
type Live = Arc<Mutex<Option<Alive>>>;

/// What was alive in a heap.
#[derive(Clone)]
pub(crate) struct Alive {
    pub(crate) types: Vec<LiveType>,
    pub(crate) occupancy: HeapOccupancy,
}

/// A session that may be asked what is alive.
trait Watched: Session {
    fn alive(&self) -> Option<Alive>;
}

impl Watched for TouchstoneSession {
    fn alive(&self) -> Option<Alive> {
        Some(Alive { types: self.live_types(), occupancy: self.heap_occupancy() })
    }
}

/// The session of a thread of a script, whose heap is not looked at.
impl Watched for dyn Session + Send {
    fn alive(&self) -> Option<Alive> {
        None
    }
}

/// A function, or all of a module that was compiled or instantiated and never called.
#[derive(Clone)]
struct Subject {
    wasm: Arc<[u8]>,
    features: FeatureSet,
    function: Option<u32>,
}

/// A session that remembers modules and instances.
struct WatchedSession<S: Watched + ?Sized> {
    session: Box<S>,
    features: FeatureSet,
    last: Arc<Mutex<Option<Subject>>>,
    live: Option<Live>,
    modules: HashMap<u32, Arc<[u8]>>,
    instances: HashMap<u32, Arc<[u8]>>,
    registry: HashMap<String, u32>,
}

impl WatchedEngine {
    /// An engine with these options, which also looks at the heap after each directive if `heap` says so.
    pub(crate) fn new(options: Options, heap: bool) -> Self {
        let live = heap.then(Live::default);
        WatchedEngine { engine: TouchstoneEngine::new(options), last: Arc::default(), live }
    }

    /// What was alive after the directive that ran code last, if there was one.
    pub(crate) fn alive(&self) -> Option<Alive> {
        self.live.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets what it was asked for.
    pub(crate) fn forget(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn subject(&self) -> Option<Subject> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Engine for WatchedEngine {
    fn describe(&self) -> Description {
        self.engine.describe()
    }

    fn has_host(&self, name: &str) -> bool {
        self.engine.has_host(name)
    }

    fn session(&self, features: FeatureSet) -> Box<dyn Session> {
        Box::new(WatchedSession {
            session: Box::new(self.engine.own_session(features)),
            features,
            last: self.last.clone(),
            live: self.live.clone(),
            modules: HashMap::new(),
            instances: HashMap::new(),
            registry: HashMap::new(),
        })
    }
}

impl<S: Watched + ?Sized> WatchedSession<S> {
    fn note(&self, wasm: &Arc<[u8]>, function: Option<u32>) {
        let subject = Subject { wasm: wasm.clone(), features: self.features, function };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(subject);
    }

    /// The module that defines an exported function, and the function's index there. `None` if the host
    /// defines the function, or if there is no such function.
    fn definition(&self, mut instance: u32, mut export: String) -> Option<(Arc<[u8]>, u32)> {
        // Each step leads to another instance, so a definition is reached in at most as many steps as there
        // are instances.
        for _ in 0..=self.instances.len() {
            let wasm = self.instances.get(&instance)?;
            let (mut imports, mut exported) = (Vec::new(), None);
            for payload in Parser::new(0).parse_all(wasm) {
                match payload.ok()? {
                    Payload::ImportSection(section) => {
                        for import in section.into_imports() {
                            let import = import.ok()?;
                            if let TypeRef::Func(_) | TypeRef::FuncExact(_) = import.ty {
                                imports.push((import.module.to_owned(), import.name.to_owned()));
                            }
                        }
                    }
                    Payload::ExportSection(section) => {
                        let function = section.into_iter().filter_map(Result::ok).find(|found| {
                            found.name == export
                                && matches!(
                                    found.kind,
                                    ExternalKind::Func | ExternalKind::FuncExact
                                )
                        });
                        exported = function.map(|found| found.index);
                    }
                    _ => {}
                }
            }
            let function = exported?;
            match imports.into_iter().nth(function as usize) {
                None => return Some((wasm.clone(), function)),
                Some((module, name)) => {
                    instance = *self.registry.get(&module)?;
                    export = name;
                }
            }
        }
        None
    }
}

impl<S: Watched + ?Sized> Session for WatchedSession<S> {
    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        let wasm: Arc<[u8]> = wasm.into();
        self.note(&wasm, None);
        let module = self.session.compile(&wasm)?;
        self.modules.insert(module.0, wasm);
        Ok(module)
    }

    fn check_custom_sections(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        self.session.check_custom_sections(wasm)
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        let wasm = self.modules.get(&module.0).cloned();
        if let Some(wasm) = &wasm {
            self.note(wasm, None);
        }
        let instance = self.session.instantiate(module)?;
        self.instances.extend(wasm.map(|wasm| (instance.0, wasm)));
        Ok(instance)
    }

    fn register(&mut self, name: &str, instance: InstanceId) {
        self.registry.insert(name.to_owned(), instance.0);
        self.session.register(name, instance);
    }

    fn release(&mut self, instance: InstanceId) {
        self.session.release(instance);
    }

    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[ScriptValue],
    ) -> Result<Vec<Value>, Failure> {
        if let Some((wasm, function)) = self.definition(instance.0, export.to_owned()) {
            self.note(&wasm, Some(function));
        }
        self.session.invoke(instance, export, args)
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        self.session.get(instance, export)
    }

    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        let verified = self.session.collect_and_verify();
        if let Some(live) = &self.live {
            *live.lock().unwrap_or_else(PoisonError::into_inner) = self.session.alive();
        }
        verified
    }

    fn verifies_heap(&self) -> bool {
        self.session.verifies_heap()
    }

    fn finish(self: Box<Self>) -> Result<(), Unsound> {
        self.session.finish()
    }

    fn wait(&mut self, thread: ThreadId) {
        self.session.wait(thread);
    }

    fn lost(&self) -> Option<Failure> {
        self.session.lost()
    }

    fn spawn(&mut self, shared: Option<(&str, InstanceId)>) -> Option<Box<dyn Session + Send>> {
        Some(Box::new(WatchedSession {
            session: self.session.spawn(shared)?,
            features: self.features,
            last: self.last.clone(),
            live: None,
            modules: HashMap::new(),
            instances: HashMap::new(),
            registry: HashMap::new(),
        }))
    }
}

/// Shows the function that was called last; where a module was only compiled or instantiated, all of its
/// functions.
///
/// # Errors
/// Fails if neither a function nor a module is remembered, or if the output cannot be written.
pub(crate) fn show(
    out: &mut impl Write,
    engine: &WatchedEngine,
    forms: &[Dump],
) -> Result<(), Problem> {
    let Some(Subject { wasm, features, function }) = engine.subject() else {
        return Err(Problem("the directive calls no function of a module: nothing to dump".into()));
    };
    let bodies = bodies(&wasm);
    let functions = match function {
        Some(function) => vec![function],
        None => bodies.iter().map(|(function, _)| *function).collect(),
    };
    if functions.is_empty() {
        return Err(Problem("the module of the directive defines no function".into()));
    }
    let engine = engine.engine.engine(features);
    let engine = engine.map_err(|error| Problem(format!("cannot dump: {error}")))?;
    for function in functions {
        let listing = Module::list_function(&engine, &wasm, function);
        for form in forms {
            writeln!(out, "\n{} of function {function}:", name(*form))?;
            if let Dump::Wat = form {
                let range = bodies.iter().find(|(index, _)| *index == function);
                out.write_all(wat(&wasm, range.map(|(_, range)| range)).as_bytes())?;
                continue;
            }
            match &listing {
                Ok(listing) => out.write_all(part(listing, *form).as_bytes())?,
                Err(error) => writeln!(out, "  it is not compiled: {error}")?,
            }
        }
    }
    Ok(())
}

fn name(form: Dump) -> &'static str {
    match form {
        Dump::Wat => "text",
        Dump::Clif => "IR",
        Dump::Asm => "machine code",
        Dump::StackMaps => "stack maps",
    }
}

fn part(listing: &FunctionListing, form: Dump) -> &str {
    match form {
        Dump::Wat => unreachable!("text is not compiled"),
        Dump::Clif => &listing.clif,
        Dump::Asm => &listing.asm,
        Dump::StackMaps => &listing.stack_maps,
    }
}

/// The functions that a module defines, by index, with the ranges of their bodies.
fn bodies(wasm: &[u8]) -> Vec<(u32, std::ops::Range<u64>)> {
    let (mut next, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        match payload {
            Payload::ImportSection(section) => {
                let imports = section.into_imports().filter_map(Result::ok);
                let functions = imports
                    .filter(|import| matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                next += functions.count() as u32;
            }
            Payload::CodeSectionEntry(body) => {
                bodies.push((next, body.range()));
                next += 1;
            }
            _ => {}
        }
    }
    bodies
}

/// The lines of a module's text that come from a range of its bytes, each with its offset.
fn wat(wasm: &[u8], range: Option<&std::ops::Range<u64>>) -> String {
    let Some(range) = range else { return "  the module does not define it\n".into() };
    let mut storage = String::new();
    let lines = match wasmprinter::Config::new().offsets_and_lines(wasm, &mut storage) {
        Ok(lines) => lines,
        Err(error) => return format!("  cannot be printed: {error}\n"),
    };
    let mut text = String::new();
    for (offset, line) in lines {
        if let Some(offset) = offset.filter(|offset| range.contains(offset)) {
            text.push_str(&format!("{offset:#8x} | {}\n", line.trim_end()));
        }
    }
    text
}
