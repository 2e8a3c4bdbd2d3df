//! The requests of a script, and of a thread of a script, and what became of each.
//!
//! In: calls of a session. Out: requests, in order, with the numbers of what they make. Knows nothing of
//! workers.

use super::loss::{as_failure, at_fault};
use super::wire;
use super::worker::{Lost, body, write_body};
use crate::engine::{Call, Failure, InstanceId, ModuleId, ThreadId};
use crate::engine::{hosts, spectest};
use crate::signature::ExportType;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use touchstone_adapter::{Answer, Class, Hello, Request, Verb, encode_wasm};
use touchstone_script::FeatureSet;

/// The number by which adapters know the first module or instance that a script makes; those before it are
/// of `spectest`.
const FIRST: u32 = 8;

/// A request, and what became of it.
pub(super) struct Entry {
    /// The position of its test, and the call that it stands for; none where it prepares the script.
    pub(super) call: Option<(usize, Call<'static>)>,
    /// Where the request is, without its number; [`Log::body`] has its text.
    body: Range<usize>,
    /// The number of the module, instance or thread that it makes.
    pub(super) made: u32,
    /// It is part of the request before it, which checks the heap.
    pub(super) merged: bool,
    /// It starts a thread, or waits for one, that ran when a worker was lost in this way; it is not asked for
    /// again.
    pub(super) given_up: Option<Lost>,
    /// A fresh worker that has repeated it is lost soon after, so it is not repeated.
    pub(super) left_out: bool,
    pub(super) outcome: Option<Result<Answer, Lost>>,
}

impl Entry {
    /// Whether it is a request of its own that is to be sent.
    pub(super) fn is_sent(&self) -> bool {
        !self.merged && self.given_up.is_none()
    }
}

/// See the [module](self).
pub(super) struct Log {
    hello: Arc<Hello>,
    /// The features that both the script and the engine have.
    features: FeatureSet,
    pub(super) entries: Vec<Entry>,
    /// The text of all requests.
    text: Vec<u8>,
    modules: u32,
    instances: u32,
    threads: u32,
    /// The entries that prepare the host module `spectest`.
    prepares: Range<usize>,
    /// The modules that instances are of, by the numbers that they were made with.
    module_of: HashMap<u32, ModuleId>,
    /// The entries in which modules are compiled.
    compiled: HashMap<ModuleId, usize>,
    /// The types of what modules export, as far as somebody asked.
    types: HashMap<ModuleId, HashMap<String, ExportType>>,
}

impl Log {
    /// A script begins, or a thread, which has `instances` from the script that started it. The engine has
    /// these features.
    pub(super) fn new(hello: Arc<Hello>, features: FeatureSet, instances: u32) -> Self {
        Log {
            hello,
            features,
            entries: Vec::new(),
            text: Vec::new(),
            modules: 0,
            instances,
            threads: 0,
            prepares: 0..0,
            module_of: HashMap::new(),
            compiled: HashMap::new(),
            types: HashMap::new(),
        }
    }

    /// What the adapter said of itself.
    pub(super) fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Asks for a script under these features.
    pub(super) fn begin(&mut self, features: FeatureSet) {
        let names = features.iter().map(|feature| feature.name().to_owned()).collect();
        self.prepare(&Request { features: Some(names), ..Request::new(0, Verb::Begin) });
    }

    /// Registers the host module of the specification's scripts, where the adapter does not have it.
    pub(super) fn register_spectest(&mut self) {
        if self.hello.hosts.iter().any(|host| host == "spectest") {
            return;
        }
        let first = self.entries.len();
        for (number, wasm) in (0..).zip(spectest::modules(self.features)) {
            let wasm = encode_wasm(&wasm);
            let [compile, instantiate, register] =
                [Verb::Compile, Verb::Instantiate, Verb::Register]
                    .map(|verb| Request::new(0, verb));
            self.prepare(&Request { module: Some(number), wasm: Some(wasm.into()), ..compile });
            let (module, instance) = (Some(number), Some(number));
            self.prepare(&Request { module, instance, ..instantiate });
            let name = Some("spectest".into());
            self.prepare(&Request { name, instance, add: number > 0, ..register });
        }
        self.prepares = first..self.entries.len();
    }

    /// A request that has nothing to do with any script: an empty module is compiled, under a number that no script
    /// comes to.
    pub(super) fn neutral() -> Vec<u8> {
        let wasm = Some(encode_wasm(b"\0asm\x01\0\0\0").into());
        body(&Request { module: Some(u32::MAX), wasm, ..Request::new(0, Verb::Compile) })
    }

    /// Whether an entry prepares the host module `spectest`.
    pub(super) fn prepares(&self, entry: usize) -> bool {
        self.prepares.contains(&entry)
    }

    /// Why `spectest` is not as it should be, where an instance needs it that could not be linked: that is what stands
    /// in the way then, and nothing that the script asked for.
    pub(super) fn unprepared(&self, module: ModuleId) -> Option<Failure> {
        let outcomes =
            self.entries[self.prepares.clone()].iter().filter_map(|e| e.outcome.as_ref());
        let failure = outcomes.filter_map(|outcome| match outcome {
            Err(lost) => Some(as_failure(lost)),
            Ok(answer) => match wire::failure(answer, &self.hello) {
                Ok(failure) => failure,
                Err(fault) => Some(at_fault(&fault)),
            },
        });
        let failure = { failure }.next()?;
        let Some((_, Call::Compile(wasm))) = &self.entries[*self.compiled.get(&module)?].call
        else {
            return None;
        };
        hosts::imported_modules(wasm).contains(&hosts::SPECTEST).then(|| match failure {
            Failure::Unsupported(_) | Failure::Timeout => failure,
            Failure::Crash(text) => {
                Failure::Crash(format!("while `spectest` was prepared, {text}"))
            }
            other => {
                Failure::Other(format!("the engine did not take the module `spectest`: {other}"))
            }
        })
    }

    fn prepare(&mut self, request: &Request<'_>) {
        let body = write_body(request, &mut self.text);
        self.push(None, body, 0);
    }

    /// The request of an entry without its number.
    pub(super) fn body(&self, entry: &Entry) -> &[u8] {
        &self.text[entry.body.clone()]
    }

    fn push(&mut self, call: Option<(usize, Call<'static>)>, body: Range<usize>, made: u32) {
        let (merged, given_up, left_out, outcome) = (false, None, false, None);
        self.entries.push(Entry { call, body, made, merged, given_up, left_out, outcome });
    }

    /// The types of the results of an export, where the adapter wants them.
    fn results(&mut self, instance: InstanceId, export: &str) -> Option<Vec<String>> {
        if !self.hello.wants_types {
            return None;
        }
        let results = self.export(instance, export)?.results().iter();
        Some(results.map(|ty| crate::signature::name(ty).to_owned()).collect())
    }

    /// The type of a function or global that an instance exports; none of an instance that another script, or the
    /// script of this thread, made.
    pub(super) fn export(&mut self, instance: InstanceId, export: &str) -> Option<&ExportType> {
        let module = *self.module_of.get(&instance.0)?;
        if !self.types.contains_key(&module) {
            let entry = &self.entries[*self.compiled.get(&module)?];
            let Some((_, Call::Compile(wasm))) = &entry.call else { return None };
            let exports = crate::signature::exports(wasm);
            let exports = exports.into_iter().map(|(name, export)| (name, export.ty)).collect();
            self.types.insert(module, exports);
        }
        self.types[&module].get(export)
    }

    /// Adds calls that are to come, as far as the adapter is asked for such.
    pub(super) fn foresee(&mut self, calls: Vec<(usize, Call<'static>)>) {
        for (position, call) in calls {
            // Where a thread does not run, what is called after it may wait for it for ever. The interpreter
            // knows, and does not call; what it asks for all the same is sent when it does.
            if matches!(call, Call::Thread { .. }) && !self.hello.threads {
                return;
            }
            let asked = match call {
                Call::CollectAndVerify => self.hello.checks,
                Call::CheckCustomSections(_) => self.hello.custom_sections,
                _ => true,
            };
            let checks = call == Call::CollectAndVerify;
            match self.entries.last_mut() {
                _ if !asked => {}
                Some(Entry { call: Some((before, _)), body, merged: false, .. })
                    if checks && *before == position =>
                {
                    // The request before it does that, too. It is the last one in the text.
                    self.text.truncate(body.end - 1);
                    self.text.extend_from_slice(br#","check":true}"#);
                    body.end = self.text.len();
                    self.push(Some((position, call)), 0..0, 0);
                    self.entries.last_mut().expect("it was pushed").merged = true;
                }
                _ => drop(self.add(position, call)),
            }
        }
    }

    /// Writes the request for a call.
    fn request(&mut self, call: &Call<'_>) -> Range<usize> {
        let wasm = |wasm: &[u8]| Some(encode_wasm(wasm).into());
        let instance = |instance: &InstanceId| Some(instance.0 + FIRST);
        let request = match call {
            // Those that are to come are numbered in the order in which they are foreseen.
            Call::Compile(bytes) => Request {
                module: Some(self.modules + FIRST),
                wasm: wasm(bytes),
                ..Request::new(0, Verb::Compile)
            },
            Call::CheckCustomSections(bytes) => {
                Request { wasm: wasm(bytes), ..Request::new(0, Verb::CheckCustom) }
            }
            Call::Instantiate(module) => Request {
                module: Some(module.0 + FIRST),
                instance: Some(self.instances + FIRST),
                ..Request::new(0, Verb::Instantiate)
            },
            Call::Register(name, id) => Request {
                name: Some((&**name).into()),
                instance: instance(id),
                ..Request::new(0, Verb::Register)
            },
            Call::Release(id) => {
                Request { instance: instance(id), ..Request::new(0, Verb::Release) }
            }
            Call::Invoke(id, export, args) => Request {
                instance: instance(id),
                export: Some((&**export).into()),
                results: self.results(*id, export),
                args: Some(args.iter().map(wire::argument).collect()),
                ..Request::new(0, Verb::Invoke)
            },
            Call::Get(id, export) => Request {
                instance: instance(id),
                export: Some((&**export).into()),
                results: self.results(*id, export),
                ..Request::new(0, Verb::Get)
            },
            Call::CollectAndVerify => Request::new(0, Verb::Check),
            Call::Thread { shared, steps } => return self.thread(*shared, steps.clone()),
            Call::Wait(ThreadId(thread)) => {
                Request { thread: Some(*thread), ..Request::new(0, Verb::Wait) }
            }
            Call::Finish => Request::new(0, Verb::Finish),
        };
        write_body(&request, &mut self.text)
    }

    /// Writes the request to start a thread that does this.
    fn thread(
        &mut self,
        shared: Option<InstanceId>,
        steps: Vec<(usize, Call<'static>)>,
    ) -> Range<usize> {
        let request = Request {
            thread: Some(self.threads),
            instance: shared.map(|instance| instance.0 + FIRST),
            known_as: shared.map(|_| FIRST),
            ..Request::new(0, Verb::Thread)
        };
        let inner = self.of_thread(shared, steps);
        let body = write_body(&request, &mut self.text);
        let text = &mut self.text;
        text.pop();
        text.extend_from_slice(br#","steps":["#);
        let sent = inner.entries.iter().filter(|entry| !entry.merged);
        for (number, entry) in sent.enumerate() {
            let comma = if number == 0 { "" } else { "," };
            text.extend_from_slice(format!(r#"{comma}{{"id":{number}"#).as_bytes());
            text.extend_from_slice(inner.body(entry));
        }
        text.extend_from_slice(b"]}");
        body.start..text.len()
    }

    /// The requests of a thread.
    pub(super) fn of_thread(
        &self,
        shared: Option<InstanceId>,
        steps: Vec<(usize, Call<'static>)>,
    ) -> Log {
        let mut log = Log::new(self.hello.clone(), self.features, u32::from(shared.is_some()));
        log.register_spectest();
        log.foresee(steps);
        log
    }

    /// Adds a call; gives the number of what it makes.
    pub(super) fn add(&mut self, position: usize, call: Call<'static>) -> u32 {
        let body = self.request(&call);
        let made = match call {
            Call::Compile(_) => next(&mut self.modules),
            Call::Instantiate(_) => next(&mut self.instances),
            Call::Thread { .. } => next(&mut self.threads),
            _ => 0,
        };
        match &call {
            Call::Compile(_) => drop(self.compiled.insert(ModuleId(made), self.entries.len())),
            Call::Instantiate(module) => drop(self.module_of.insert(made, *module)),
            _ => {}
        }
        self.push(Some((position, call)), body, made);
        made
    }

    /// The entry of a call of the test at `position` that was foreseen, from `cursor` on. What comes before it
    /// was left out, because something failed.
    pub(super) fn find(&self, cursor: usize, position: usize, call: &Call<'_>) -> Option<usize> {
        let ahead = self.entries[cursor..].iter();
        let mut ahead =
            ahead.take_while(|e| e.call.as_ref().is_none_or(|known| known.0 <= position));
        let is = |entry: &Entry| match (&entry.call, call) {
            (Some((at, Call::Thread { shared: known, .. })), Call::Thread { shared, .. }) => {
                *at == position && known == shared
            }
            (Some((at, known)), call) => *at == position && known == call,
            (None, _) => false,
        };
        ahead.position(is).map(|n| cursor + n)
    }

    /// Notes the outcome of an entry, and of what is part of it, which has found that the heap is `unsound`,
    /// or nothing. Gives the entry that comes next.
    pub(super) fn note(&mut self, entry: usize, outcome: Result<Answer, Lost>) -> usize {
        let unsound = outcome.as_ref().ok().and_then(|answer| answer.unsound.clone());
        self.entries[entry].outcome = Some(outcome);
        match self.entries.get_mut(entry + 1).filter(|entry| entry.merged) {
            Some(merged) => {
                let failed = unsound.is_some().then_some(Class::Error);
                let answer = Answer { failed, text: unsound, ..Answer::default() };
                merged.outcome = Some(Ok(answer));
                entry + 2
            }
            None => entry + 1,
        }
    }

    /// Gives up the threads that ran when a worker was lost; tells whether there were any.
    pub(super) fn give_up_threads(&mut self, lost: &Lost) -> bool {
        let started = |entry: &Entry| match (&entry.call, &entry.outcome) {
            (Some((_, Call::Thread { .. })), Some(Ok(answer)))
                if answer.failed.is_none() && entry.given_up.is_none() =>
            {
                Some(entry.made)
            }
            _ => None,
        };
        let waited_for = |entry: &Entry| match &entry.call {
            Some((_, Call::Wait(ThreadId(thread)))) if entry.outcome.is_some() => Some(*thread),
            _ => None,
        };
        let ended: HashSet<u32> = self.entries.iter().filter_map(waited_for).collect();
        let mut running: HashSet<u32> = self.entries.iter().filter_map(started).collect();
        running.retain(|thread| !ended.contains(thread));
        for entry in &mut self.entries {
            let thread = match &entry.call {
                Some((_, Call::Thread { .. })) => entry.made,
                Some((_, Call::Wait(ThreadId(thread)))) => *thread,
                _ => continue,
            };
            if running.contains(&thread) {
                entry.given_up = Some(lost.clone());
            }
        }
        !running.is_empty()
    }
}

/// A number, which is the next one then.
fn next(number: &mut u32) -> u32 {
    *number += 1;
    *number - 1
}
