//! One script, judged by an adapter in another process.
//!
//! In: the calls of a session. Out: requests to a worker, and what its answers mean. Where the calls are
//! foreseen, requests are sent ahead and the answers are there when they are asked for. A worker that is
//! lost costs one request: a fresh one repeats what was done before, and the rest goes on.
//!
//! ```text
//! log:    [ answered ……… | sent, not answered … | not sent … ]
//!                        ^ answered              ^ sent
//! lost:   the first that is not answered is at fault, where the adapter answers at once; else those that
//!         were sent are done one by one, until one is lost again
//! ```

use super::pool::Pool;
use super::spectest;
use super::wire;
use super::worker::{Lost, Worker, body};
use crate::engine::{Call, Failure, InstanceId, ModuleId, Session, Unsound, Value};
use std::collections::HashMap;
use std::sync::Arc;
use touchstone_adapter::{Answer, Class, Hello, Limit, Request, Verb, encode_wasm};
use touchstone_script::{FeatureSet, Value as ScriptValue};

/// The number by which adapters know the first instance that a script makes; those before it are of
/// `spectest`.
const FIRST: u32 = 8;

/// The host module of this harness, for scripts about references.
const OUR_HOST: &str = "touchstone";

/// A request, and what became of it.
struct Entry {
    /// The position of its test, and the call that it stands for; none where it prepares the script.
    call: Option<(usize, Call)>,
    /// The request without its number.
    body: Vec<u8>,
    /// The number of the module or instance that it makes.
    made: u32,
    /// It is part of the request before it, which checks the heap.
    merged: bool,
    outcome: Option<Result<Answer, Lost>>,
}

/// See the [module](self).
pub(super) struct RemoteSession {
    pool: Arc<Pool>,
    hello: Arc<Hello>,
    worker: Option<Worker>,
    log: Vec<Entry>,
    /// How many entries have their outcome.
    answered: usize,
    /// How many entries were sent to the worker at hand.
    sent: usize,
    /// From where on the log was not asked for yet.
    cursor: usize,
    position: usize,
    modules: u32,
    instances: u32,
    /// Why no worker can go on with this script.
    dead: Option<String>,
    foreseen: bool,
    /// The types of what modules export, where the adapter wants them.
    types: HashMap<ModuleId, HashMap<String, Vec<&'static str>>>,
}

impl RemoteSession {
    /// A script begins, with these features on.
    pub(super) fn new(pool: Arc<Pool>, features: FeatureSet) -> Self {
        let hello = pool.hello.clone();
        let mut session = RemoteSession {
            pool,
            hello,
            worker: None,
            log: Vec::new(),
            answered: 0,
            sent: 0,
            cursor: 0,
            position: 0,
            modules: 0,
            instances: 0,
            dead: None,
            foreseen: false,
            types: HashMap::new(),
        };
        session.begin(features);
        session
    }

    fn begin(&mut self, features: FeatureSet) {
        let names = features.iter().map(|feature| feature.name().to_owned()).collect();
        self.prepare(&Request { features: Some(names), ..Request::new(0, Verb::Begin) });
        let both = features.intersection(self.pool.features);
        if self.hello.hosts.iter().any(|host| host == "spectest") {
            self.cursor = self.log.len();
            return;
        }
        for (number, wasm) in (0..).zip(spectest::modules(both)) {
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
        self.cursor = self.log.len();
    }

    fn prepare(&mut self, request: &Request<'_>) {
        self.log.push(Entry {
            call: None,
            body: body(request),
            made: 0,
            merged: false,
            outcome: None,
        });
    }

    /// The types of the results of an export, where the adapter wants them.
    fn results(&mut self, instance: InstanceId, export: &str) -> Option<Vec<String>> {
        if !self.hello.wants_types {
            return None;
        }
        let made = |made: u32, compiled: bool| {
            move |entry: &&Entry| {
                let is = match entry.call {
                    Some((_, Call::Compile(_))) => compiled,
                    Some((_, Call::Instantiate(_))) => !compiled,
                    _ => return false,
                };
                is && entry.made == made
            }
        };
        let instantiated = self.log.iter().find(made(instance.0, false))?.call.as_ref();
        let Some((_, Call::Instantiate(module))) = instantiated else { return None };
        let module = *module;
        if !self.types.contains_key(&module) {
            let compiled = self.log.iter().find(made(module.0, true))?.call.as_ref();
            let Some((_, Call::Compile(wasm))) = compiled else { return None };
            let results = crate::signature::results(wasm);
            self.types.insert(module, results);
        }
        let results = self.types[&module].get(export)?;
        Some(results.iter().map(|name| (*name).to_owned()).collect())
    }

    /// The request for a call.
    fn request(&mut self, call: &Call) -> Vec<u8> {
        let wasm = |wasm: &[u8]| Some(encode_wasm(wasm).into());
        let instance = |instance: &InstanceId| Some(instance.0 + FIRST);
        body(&match call {
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
                name: Some(name.as_str().into()),
                instance: instance(id),
                ..Request::new(0, Verb::Register)
            },
            Call::Release(id) => {
                Request { instance: instance(id), ..Request::new(0, Verb::Release) }
            }
            Call::Invoke(id, export, args) => Request {
                instance: instance(id),
                export: Some(export.as_str().into()),
                results: self.results(*id, export),
                args: Some(args.iter().map(wire::argument).collect()),
                ..Request::new(0, Verb::Invoke)
            },
            Call::Get(id, export) => Request {
                instance: instance(id),
                export: Some(export.as_str().into()),
                results: self.results(*id, export),
                ..Request::new(0, Verb::Get)
            },
            Call::CollectAndVerify => Request::new(0, Verb::Check),
            Call::Finish => Request::new(0, Verb::Finish),
        })
    }

    /// Adds a call to the log; gives the number of the module or instance that it makes.
    fn add(&mut self, position: usize, call: Call) -> u32 {
        let body = self.request(&call);
        let made = match call {
            Call::Compile(_) => next(&mut self.modules),
            Call::Instantiate(_) => next(&mut self.instances),
            _ => 0,
        };
        self.log.push(Entry {
            call: Some((position, call)),
            body,
            made,
            merged: false,
            outcome: None,
        });
        made
    }

    /// Makes a call; gives the number of what it makes, and the answer.
    fn call(&mut self, call: Call) -> (u32, Result<Answer, Failure>) {
        let (entry, made) = self.find(call);
        self.cursor = entry + 1;
        while self.answered <= entry && self.dead.is_none() {
            self.step();
        }
        let outcome = self.log[entry].outcome.clone();
        let answer = match (outcome, &self.dead) {
            (Some(Ok(answer)), _) => Ok(answer),
            (Some(Err(lost)), _) => Err(as_failure(&lost)),
            (None, Some(why)) => Err(Failure::Crash(why.clone())),
            (None, None) => unreachable!("it was stepped until it has an outcome"),
        };
        (made, answer)
    }

    /// The entry of a call that was foreseen, or a new one.
    fn find(&mut self, call: Call) -> (usize, u32) {
        if self.foreseen {
            let here = (self.position, call);
            // What comes before it in the log was left out, because something failed.
            let ahead = self.log[self.cursor..].iter();
            if let Some(n) = ahead
                .take_while(|e| e.call.as_ref().is_none_or(|c| c.0 <= here.0))
                .position(|entry| entry.call.as_ref() == Some(&here))
            {
                let entry = self.cursor + n;
                return (entry, self.log[entry].made);
            }
            self.stop_foreseeing();
            let made = self.add(here.0, here.1);
            return (self.log.len() - 1, made);
        }
        let made = self.add(self.position, call);
        (self.log.len() - 1, made)
    }

    /// A call was not foreseen: what was is forgotten, and a fresh worker repeats what was asked for.
    fn stop_foreseeing(&mut self) {
        self.foreseen = false;
        self.log.truncate(self.cursor);
        self.worker = None;
        self.sent = 0;
        self.answered = 0;
    }

    /// Sends what can be sent, and takes one answer.
    fn step(&mut self) {
        if self.worker.is_none() {
            match self.pool.take() {
                Ok(worker) => self.worker = Some(worker),
                Err(error) => {
                    self.dead = Some(error);
                    return;
                }
            }
        }
        let worker = self.worker.as_mut().expect("there is one");
        while self.sent < self.log.len() {
            if !self.log[self.sent].merged {
                worker.send(&self.log[self.sent].body);
            }
            self.sent += 1;
        }
        match worker.receive() {
            Ok(answer) => self.note(answer),
            Err(lost) => self.recover(lost),
        }
    }

    fn note(&mut self, answer: Answer) {
        let unsound = answer.unsound.clone();
        self.log[self.answered].outcome = Some(Ok(answer));
        self.pass_over(unsound);
    }

    /// Goes on to the next request. What is part of the one at hand has found that the heap is `unsound`, or
    /// nothing.
    fn pass_over(&mut self, unsound: Option<String>) {
        self.answered += 1;
        if let Some(entry) = self.log.get_mut(self.answered).filter(|entry| entry.merged) {
            let failed = unsound.is_some().then_some(Class::Error);
            entry.outcome = Some(Ok(Answer { failed, text: unsound, ..Answer::default() }));
            self.answered += 1;
        }
    }

    /// Goes on with a fresh worker after one was lost.
    fn recover(&mut self, lost: Lost) {
        let (first, until) = (self.answered, self.sent);
        // An adapter that answers at once is at fault with the first request that it did not answer.
        let certain =
            matches!(lost, Lost::Nonsense(_)) || !self.hello.buffers || until == first + 1;
        let mut found = certain && !lost.may_be_of_others();
        if found {
            self.blame(lost.clone());
        }
        let mut kills = Kills::default();
        while self.dead.is_none() {
            match self.one_by_one(until) {
                Ok(()) => break,
                Err(again) if kills.forgive(&again, self.answered) => {}
                Err(again) => {
                    self.blame_or_give_up(again);
                    found = true;
                }
            }
        }
        if !found && !lost.may_be_of_others() && self.dead.is_none() {
            self.log[first].outcome = Some(Err(lost.not_seen_again()));
        }
    }

    /// The next request that has no answer will have none. Where a fresh worker was lost before it came to
    /// that, nothing more can be done in this script.
    fn blame_or_give_up(&mut self, lost: Lost) {
        match self.sent > self.answered {
            true => self.blame(lost),
            false => {
                self.dead = Some(format!(
                    "a fresh worker could not repeat what was done before in this script: {lost}"
                ));
            }
        }
    }

    fn blame(&mut self, lost: Lost) {
        self.log[self.answered].outcome = Some(Err(lost));
        self.pass_over(None);
    }

    /// Has a fresh worker repeat what was answered, and do the rest up to `until` one by one.
    ///
    /// # Errors
    /// How it was lost. Then more was sent than was answered only if it was lost with a request that had no
    /// answer before.
    fn one_by_one(&mut self, until: usize) -> Result<(), Lost> {
        self.worker = None;
        self.sent = self.answered;
        let mut worker = match self.pool.fresh() {
            Ok(worker) => worker,
            Err(error) => {
                self.dead = Some(error);
                return Ok(());
            }
        };
        let repeated = self.log[..self.answered].iter();
        let repeated = repeated.filter(|e| !e.merged && matches!(e.outcome, Some(Ok(_))));
        for entry in repeated {
            worker.send(&entry.body);
        }
        while worker.due() > 0 {
            worker.receive()?;
        }
        while self.answered < until {
            worker.send(&self.log[self.answered].body);
            self.sent = self.answered + 1;
            let answer = worker.receive()?;
            self.note(answer);
        }
        self.worker = Some(worker);
        Ok(())
    }

    /// Whether a module imports from the host module of this harness, which the adapter does not have.
    fn wants_our_host(&self, module: ModuleId) -> bool {
        let is = |entry: &&Entry| {
            entry.made == module.0 && matches!(entry.call, Some((_, Call::Compile(_))))
        };
        let compiled = self.log.iter().find(is).and_then(|entry| entry.call.as_ref());
        let Some((_, Call::Compile(wasm))) = compiled else { return false };
        !self.hello.hosts.iter().any(|host| host == OUR_HOST)
            && crate::engine::imported_modules(wasm).contains(&OUR_HOST)
    }

    /// Makes a call that must succeed or fail.
    fn done(&mut self, call: Call) -> Result<Answer, Failure> {
        self.done_and_made(call).1
    }

    fn done_and_made(&mut self, call: Call) -> (u32, Result<Answer, Failure>) {
        let (made, answer) = self.call(call);
        let answer = answer.and_then(|answer| match wire::failure(&answer, &self.hello) {
            Ok(None) => Ok(answer),
            Ok(Some(failure)) => Err(failure),
            Err(fault) => Err(at_fault(&fault)),
        });
        (made, answer)
    }

    fn values(&mut self, call: Call) -> Result<Vec<Value>, Failure> {
        let answer = self.done(call)?;
        let Some(values) = answer.values else {
            return Err(at_fault("its answer has neither values nor a failure"));
        };
        let value = |value| wire::result(value, &self.hello);
        values.iter().map(value).collect::<Result<_, _>>().map_err(|fault| at_fault(&fault))
    }

    fn checked(&mut self, call: Call) -> Result<(), Unsound> {
        match self.done(call) {
            Ok(_) => Ok(()),
            Err(Failure::Timeout) => Err(Unsound::Timeout),
            Err(failure) => Err(Unsound::Broken(failure.to_string())),
        }
    }
}

/// Whether a value is a NaN with other bits than the canonical ones.
fn is_odd_nan(value: &ScriptValue) -> bool {
    match value {
        ScriptValue::F32(v) => f32::from_bits(*v).is_nan() && v & 0x7fff_ffff != 0x7fc0_0000,
        ScriptValue::F64(v) => f64::from_bits(*v).is_nan() && v << 1 != 0x7ff8 << 49,
        _ => false,
    }
}

/// How often workers were killed, perhaps by others, before they got on.
#[derive(Default)]
struct Kills {
    at: usize,
    count: u32,
}

impl Kills {
    /// Whether a worker that was lost before entry `at` is to be replaced without blame.
    fn forgive(&mut self, lost: &Lost, at: usize) -> bool {
        if self.at != at {
            *self = Kills { at, count: 0 };
        }
        self.count += 1;
        lost.may_be_of_others() && self.count < 5
    }
}

/// A number, which is the next one then.
fn next(number: &mut u32) -> u32 {
    *number += 1;
    *number - 1
}

/// What the loss of a worker means for the directive that was executed.
fn as_failure(lost: &Lost) -> Failure {
    match lost {
        Lost::Late(_) => Failure::Timeout,
        Lost::Memory(_) => Failure::Crash(format!("the worker was ended: {lost}")),
        lost => Failure::Crash(lost.to_string()),
    }
}

fn at_fault(what: &str) -> Failure {
    Failure::Crash(Lost::Nonsense(what.to_owned()).to_string())
}

impl Session for RemoteSession {
    fn at(&mut self, position: usize) {
        self.position = position;
    }

    fn foresee(&mut self, calls: Vec<(usize, Call)>) {
        for (position, call) in calls {
            let asked = match call {
                Call::CollectAndVerify => self.hello.checks,
                Call::CheckCustomSections(_) => self.hello.custom_sections,
                _ => true,
            };
            let checks = call == Call::CollectAndVerify;
            match self.log.last_mut() {
                _ if !asked => {}
                Some(Entry { call: Some((before, _)), body, merged: false, .. })
                    if checks && *before == position =>
                {
                    // The request before it does that, too.
                    body.pop();
                    body.extend_from_slice(br#","check":true}"#);
                    let (call, body) = (Some((position, call)), Vec::new());
                    self.log.push(Entry { call, body, made: 0, merged: true, outcome: None });
                }
                _ => drop(self.add(position, call)),
            }
        }
        self.foreseen = true;
    }

    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        let (made, answer) = self.done_and_made(Call::Compile(wasm.into()));
        answer.map(|_| ModuleId(made))
    }

    fn check_custom_sections(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        match self.hello.custom_sections {
            true => self.done(Call::CheckCustomSections(wasm.into())).map(drop),
            false => Err(Failure::CannotTell("custom-sections".into())),
        }
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        let (made, answer) = self.done_and_made(Call::Instantiate(module));
        match answer {
            Ok(_) => Ok(InstanceId(made)),
            Err(Failure::Link(_)) if self.wants_our_host(module) => {
                Err(Failure::Unsupported(format!("host module {OUR_HOST}")))
            }
            Err(failure) => Err(failure),
        }
    }

    fn register(&mut self, name: &str, instance: InstanceId) {
        // A worker that is lost here is found to be at the next call.
        let _ = self.call(Call::Register(name.to_owned(), instance));
    }

    fn release(&mut self, instance: InstanceId) {
        let _ = self.call(Call::Release(instance));
    }

    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[ScriptValue],
    ) -> Result<Vec<Value>, Failure> {
        let values = self.values(Call::Invoke(instance, export.to_owned(), args.to_vec()));
        // What came is not what was asked for, where a NaN arrived as another one.
        match self.hello.cannot_tell.contains(&Limit::NanBits) && args.iter().any(is_odd_nan) {
            true => Err(Failure::CannotTell(Limit::NanBits.word().into())),
            false => values,
        }
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        let values = self.values(Call::Get(instance, export.to_owned()))?;
        match <[Value; 1]>::try_from(values) {
            Ok([value]) => Ok(value),
            Err(values) => Err(at_fault(&format!("it gave {} values for a global", values.len()))),
        }
    }

    fn collect_and_verify(&mut self) -> Result<(), Unsound> {
        if self.hello.checks { self.checked(Call::CollectAndVerify) } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<(), Unsound> {
        self.checked(Call::Finish)
    }

    fn spawn(&mut self, _: Option<(&str, InstanceId)>) -> Option<Box<dyn Session>> {
        None
    }
}

impl Drop for RemoteSession {
    fn drop(&mut self) {
        // A worker that owes nothing serves the next script.
        if let Some(worker) = self.worker.take()
            && worker.due() == 0
        {
            self.pool.give_back(worker);
        }
    }
}
