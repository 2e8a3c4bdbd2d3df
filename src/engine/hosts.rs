//! Sessions with the host modules that scripts import.
//!
//! In: an engine. Out: a session in which `spectest` can be imported, whether the engine has that module or
//! not, and in which a module that imports the harness's own host module is unsupported where the engine has
//! no such module. Nothing here knows of scripts.

use super::{
    Call, Engine, Failure, InstanceId, ModuleId, Session, ThreadId, Unsound, Value, spectest,
};
use std::collections::HashMap;
use touchstone_script::{FeatureSet, Value as ScriptValue};

/// The module that the reference interpreter gives to all scripts.
pub const SPECTEST: &str = "spectest";

/// The host module of this harness, for scripts about references.
pub const TOUCHSTONE: &str = "touchstone";

/// A fresh session for one script, with the features of its suite on and all others off.
pub fn session(engine: &dyn Engine, features: FeatureSet) -> Box<dyn Session> {
    let session = engine.session(features);
    let lacks = |host: &str| !engine.has_host(host);
    if !lacks(SPECTEST) && !lacks(TOUCHSTONE) {
        return session;
    }
    let made = lacks(SPECTEST).then(|| features.intersection(engine.describe().features));
    Box::new(HostedSession::new(session, made, lacks(TOUCHSTONE)))
}

/// The failure of a module that imports from the host module of this harness, which the engine lacks.
pub(crate) fn no_host_module() -> Failure {
    Failure::Unsupported(our_host_module())
}

/// What such an engine lacks, in the words of reports.
pub(crate) fn our_host_module() -> String {
    format!("host module {TOUCHSTONE}")
}

/// A session of an engine that lacks host modules.
struct HostedSession<S: Session + ?Sized> {
    session: Box<S>,
    /// The features of the module `spectest` that is to be made here; none where the engine has the module.
    made: Option<FeatureSet>,
    lacks_ours: bool,
    /// Why there is no `spectest`.
    without: Option<Failure>,
    /// What a module imports from that the engine lacks.
    wanted: HashMap<ModuleId, Wanted>,
}

/// The host modules from which a module imports, of those that the engine lacks.
#[derive(Clone, Copy)]
struct Wanted {
    spectest: bool,
    ours: bool,
}

impl<S: Session + ?Sized> HostedSession<S> {
    fn new(session: Box<S>, made: Option<FeatureSet>, lacks_ours: bool) -> Self {
        let mut session =
            HostedSession { session, made, lacks_ours, without: None, wanted: HashMap::new() };
        session.without = made.and_then(|features| session.make_spectest(features).err());
        session
    }

    fn make_spectest(&mut self, features: FeatureSet) -> Result<(), Failure> {
        for (number, wasm) in spectest::modules(features).enumerate() {
            let module = self.session.compile(&wasm)?;
            let instance = self.session.instantiate(module)?;
            match number {
                0 => self.session.register(SPECTEST, instance),
                _ => self.session.register_also(SPECTEST, instance),
            }
        }
        Ok(())
    }
}

impl<S: Session + ?Sized> Session for HostedSession<S> {
    fn at(&mut self, position: usize) {
        self.session.at(position);
    }

    fn foresee(&mut self, calls: Vec<(usize, Call<'static>)>) {
        self.session.foresee(calls);
    }

    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        let module = self.session.compile(wasm)?;
        let imported = imported_modules(wasm);
        let wanted = Wanted {
            spectest: self.made.is_some() && imported.contains(&SPECTEST),
            ours: self.lacks_ours && imported.contains(&TOUCHSTONE),
        };
        if wanted.spectest || wanted.ours {
            self.wanted.insert(module, wanted);
        }
        Ok(module)
    }

    fn check_custom_sections(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        self.session.check_custom_sections(wasm)
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        let instantiated = self.session.instantiate(module);
        let (Err(Failure::Link(_)), Some(wanted)) = (&instantiated, self.wanted.get(&module))
        else {
            return instantiated;
        };
        match &self.without {
            _ if wanted.ours => Err(no_host_module()),
            Some(failure) if wanted.spectest => Err(Failure::Other(format!(
                "the engine cannot make the module `{SPECTEST}` that it is given: {failure}"
            ))),
            _ => instantiated,
        }
    }

    fn register(&mut self, name: &str, instance: InstanceId) {
        self.session.register(name, instance);
    }

    fn register_also(&mut self, name: &str, instance: InstanceId) {
        self.session.register_also(name, instance);
    }

    fn fault(&mut self) -> Option<Failure> {
        self.session.fault()
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
        self.session.invoke(instance, export, args)
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        self.session.get(instance, export)
    }

    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        self.session.collect_and_verify()
    }

    fn verifies_heap(&self) -> bool {
        self.session.verifies_heap()
    }

    fn finish(self: Box<Self>) -> Result<(), Unsound> {
        self.session.finish()
    }

    fn spawn(&mut self, shared: Option<(&str, InstanceId)>) -> Option<Box<dyn Session + Send>> {
        let session = self.session.spawn(shared)?;
        Some(Box::new(HostedSession::new(session, self.made, self.lacks_ours)))
    }

    fn wait(&mut self, thread: ThreadId) {
        self.session.wait(thread);
    }

    fn lost(&self) -> Option<Failure> {
        self.session.lost()
    }
}

/// The names that a module imports from, as far as its bytes can be read.
pub(crate) fn imported_modules(wasm: &[u8]) -> Vec<&str> {
    let sections = wasmparser::Parser::new(0).parse_all(wasm).map_while(Result::ok);
    let imports = sections.filter_map(|payload| match payload {
        wasmparser::Payload::ImportSection(section) => Some(section),
        _ => None,
    });
    imports
        .flat_map(|section| section.into_imports().map_while(Result::ok))
        .map(|import| import.module)
        .collect()
}
