//! One script, judged by an adapter in another process.
//!
//! In: the calls of a session. Out: requests to a worker, and its answers. Where the calls are foreseen,
//! requests are sent ahead and the answers are there when they are asked for. A worker that is lost costs
//! one request: a fresh one repeats what was done before, and the rest goes on.
//!
//! ```text
//! log:    [ answered ……… | sent, not answered … | not sent … ]
//!                        ^ answered              ^ sent
//! lost:   threads that run then are given up; where there are none, the first that is not answered is at
//!         fault, where the adapter answers at once; else those that were sent are done one by one, until one
//!         is lost again
//! ```

use super::log::{Entry, Log};
use super::loss::{as_failure, at_fault};
use super::pool::{PATIENCE, Pool};
use super::source::{Source, take};
use super::worker::{Lost, Worker};
use crate::engine::{Call, Failure};
use std::sync::Arc;
use touchstone_adapter::{Answer, Hello};
use touchstone_script::FeatureSet;

/// The entry of the request that begins a script. Without it nothing that is done counts.
const BEGIN: usize = 0;

/// See the [module](self).
pub(super) struct RemoteScript {
    pool: Arc<Pool>,
    hello: Arc<Hello>,
    worker: Option<Worker>,
    log: Log,
    /// How many entries have their outcome.
    answered: usize,
    /// How many entries were sent to the worker at hand.
    sent: usize,
    /// From where on the log was not asked for yet.
    cursor: usize,
    /// Why no worker can go on with this script.
    dead: Option<String>,
    foreseen: bool,
    /// How a worker was lost before the first directive, which is the one that tells.
    untold: Option<Lost>,
    /// Whether a directive has told, or will tell, such a loss.
    is_told: bool,
    /// Whether the worker at hand has served another script.
    is_used: bool,
}

/// When a worker was lost that was to prepare the host module.
const PREPARING: &str = "while `spectest` was prepared";

impl RemoteScript {
    /// A script begins, with these features on.
    pub(super) fn new(pool: Arc<Pool>, features: FeatureSet) -> Self {
        let hello = pool.hello.clone();
        let mut log = Log::new(hello.clone(), features.intersection(pool.features), 0);
        log.begin(features);
        log.register_spectest();
        let cursor = log.entries.len();
        RemoteScript {
            pool,
            hello,
            worker: None,
            log,
            answered: 0,
            sent: 0,
            cursor,
            dead: None,
            foreseen: false,
            untold: None,
            is_told: false,
            is_used: false,
        }
    }

    /// The entry of a call that was foreseen, or a new one.
    fn find(&mut self, position: usize, call: Call<'_>) -> usize {
        if let Some(entry) = Source::foreseen(self, position, &call) {
            return entry;
        }
        if self.foreseen {
            self.stop_foreseeing();
        }
        self.log.add(position, call.into_owned());
        self.log.entries.len() - 1
    }

    /// A call was not foreseen: what was is forgotten, and a fresh worker repeats what was asked for.
    fn stop_foreseeing(&mut self) {
        self.foreseen = false;
        self.log.entries.truncate(self.cursor);
        self.worker = None;
        self.sent = 0;
        self.answered = 0;
    }

    /// Sends what can be sent, and takes one answer.
    fn step(&mut self) {
        if self.worker.is_none() {
            match self.pool.take() {
                Ok(worker) => {
                    self.is_used = worker.is_used();
                    self.worker = Some(worker);
                }
                Err(error) => {
                    self.dead = Some(error);
                    return;
                }
            }
        }
        let worker = self.worker.as_mut().expect("there is one");
        while self.sent < self.log.entries.len() {
            if self.log.entries[self.sent].is_sent() {
                worker.send(self.log.body(&self.log.entries[self.sent]));
            }
            self.sent += 1;
        }
        if let Some(lost) = self.log.entries[self.answered].given_up.clone() {
            return self.note(Err(lost));
        }
        match worker.receive() {
            Ok(answer) => self.note(Ok(answer)),
            Err(lost) => self.recover(lost),
        }
    }

    /// The next directive is to tell how a worker was lost by nothing that a directive does; one of a script does.
    fn tell_later(&mut self, lost: Lost) {
        if !self.is_told {
            (self.untold, self.is_told) = (Some(lost), true);
        }
    }

    /// Notes the outcome of the request that is due, and goes on to the next.
    fn note(&mut self, outcome: Result<Answer, Lost>) {
        if let Err(lost) = &outcome
            && self.log.prepares(self.answered)
        {
            self.tell_later(lost.clone().during(PREPARING));
        }
        self.answered = self.log.note(self.answered, outcome);
    }

    /// Goes on with a fresh worker after one was lost. While threads run, nobody knows which of them, or
    /// whether the script itself, was at fault: the threads are given up, and the script goes on without.
    fn recover(&mut self, lost: Lost) {
        let (first, until) = (self.answered, self.sent);
        // An adapter that answers at once is at fault with the first request that it did not answer.
        let certain =
            matches!(lost, Lost::Nonsense(_)) || !self.hello.buffers || until == first + 1;
        let certain = certain && first > BEGIN;
        let mut found = !lost.may_be_of_others() && self.log.give_up_threads(&lost);
        if certain && !found && !lost.may_be_of_others() {
            found = true;
            self.note(Err(lost.clone()));
        }
        // How a worker is lost that has served another script belongs to that, if it answers at once. One may end in
        // good order, though.
        let is_told_at_once = matches!(lost, Lost::Nonsense(_)) || !self.hello.buffers;
        let is_of_before = first == BEGIN && self.is_used && is_told_at_once && !lost.is_in_order();
        if is_of_before && !lost.may_be_of_others() {
            self.tell_later(lost.clone().during("after another script"));
        }
        let mut kills = Kills::default();
        // How many requests in a row were the first that a worker was asked after it had repeated the others.
        let mut first_asked = u32::from(certain && found);
        while self.dead.is_none() {
            let repeated = self.answered;
            match self.one_by_one(until) {
                Ok(()) => break,
                Err(again) if kills.forgive(&again, self.answered) => {}
                Err(again) => {
                    let is_first = self.answered == repeated && self.sent > self.answered;
                    first_asked = if is_first { first_asked + 1 } else { 1 };
                    if first_asked > 1 && self.leave_out_the_last() {
                        first_asked = 0;
                    } else if !self.log.give_up_threads(&again) {
                        self.blame_or_give_up(again);
                    }
                    found = true;
                }
            }
        }
        if !found && !lost.may_be_of_others() && self.dead.is_none() && first > BEGIN {
            match self.log.prepares(first) {
                // It was done when it was repeated, and nobody asks what became of it.
                true => self.tell_later(lost.not_seen_again().during(PREPARING)),
                false => self.log.entries[first].outcome = Some(Err(lost.not_seen_again())),
            }
        }
    }

    /// Where one worker after another is lost with the first request after those that it repeats, the last of these may
    /// be what they are lost by, although it is answered: so it is if a worker that has repeated them is lost with a
    /// request that has nothing to do with any of them. Then it is not repeated any more.
    fn leave_out_the_last(&mut self) -> bool {
        let is_repeated = |entry: &Entry| {
            entry.is_sent() && !entry.left_out && matches!(entry.outcome, Some(Ok(_)))
        };
        let Some(last) = self.log.entries[..self.answered].iter().rposition(is_repeated) else {
            return false;
        };
        // Without what these make, all else fails in other ways.
        let is_needed = match &self.log.entries[last].call {
            None => true,
            Some((_, call)) => matches!(
                call,
                Call::Compile(_) | Call::Instantiate(_) | Call::Register(..) | Call::Thread { .. }
            ),
        };
        if is_needed {
            return false;
        }
        let is_at_fault = match self.repeat() {
            Ok(mut worker) => {
                worker.send(&Log::neutral());
                worker.receive().is_err_and(|lost| !lost.may_be_of_others())
            }
            Err(_) => false,
        };
        self.log.entries[last].left_out = is_at_fault;
        is_at_fault
    }

    /// Why nothing counts that is done in this script, if the adapter refused to begin it.
    fn not_begun(&self) -> Option<Failure> {
        let answer = self.log.entries[BEGIN].outcome.as_ref()?.as_ref().ok()?;
        answer.failed.map(|class| {
            let text = answer.text.as_deref().unwrap_or_default();
            at_fault(&format!("it answered `{class}` to `begin`: {text}"))
        })
    }

    /// The next request that has no answer will have none. Where a fresh worker was lost before it came to
    /// that, or cannot even begin, nothing more can be done in this script.
    fn blame_or_give_up(&mut self, lost: Lost) {
        match self.sent > self.answered {
            true if self.answered > BEGIN => self.note(Err(lost)),
            true => self.dead = Some(format!("a fresh worker could not begin this script: {lost}")),
            false => {
                self.dead = Some(format!(
                    "a fresh worker could not repeat what was done before in this script: {lost}"
                ));
            }
        }
    }

    /// Has a fresh worker repeat what was answered, and do the rest up to `until` one by one.
    ///
    /// # Errors
    /// How it was lost. Then more was sent than was answered only if it was lost with a request that had no
    /// answer before.
    fn one_by_one(&mut self, until: usize) -> Result<(), Lost> {
        self.worker = None;
        self.sent = self.answered;
        let mut worker = match self.repeat() {
            Ok(worker) => worker,
            Err(Unrepeated::NoWorker(error)) => {
                self.dead = Some(error);
                return Ok(());
            }
            Err(Unrepeated::Lost(lost)) => return Err(lost),
        };
        while self.answered < until {
            if let Some(lost) = self.log.entries[self.answered].given_up.clone() {
                self.note(Err(lost));
                continue;
            }
            worker.send(self.log.body(&self.log.entries[self.answered]));
            self.sent = self.answered + 1;
            let answer = worker.receive()?;
            self.note(Ok(answer));
        }
        self.worker = Some(worker);
        Ok(())
    }
}

impl RemoteScript {
    /// A fresh worker that has repeated what was answered.
    fn repeat(&self) -> Result<Worker, Unrepeated> {
        let mut worker = self.pool.fresh().map_err(Unrepeated::NoWorker)?;
        let repeated = self.log.entries[..self.answered].iter();
        let is_repeated =
            |e: &&Entry| e.is_sent() && !e.left_out && matches!(e.outcome, Some(Ok(_)));
        for entry in repeated.filter(is_repeated) {
            worker.send(self.log.body(entry));
        }
        while worker.due() > 0 {
            worker.receive().map_err(Unrepeated::Lost)?;
        }
        Ok(worker)
    }
}

/// Why there is no worker that has repeated what was answered.
enum Unrepeated {
    NoWorker(String),
    Lost(Lost),
}

impl Source for RemoteScript {
    fn hello(&self) -> &Hello {
        &self.hello
    }

    fn log(&self) -> &Log {
        &self.log
    }

    fn log_mut(&mut self) -> &mut Log {
        &mut self.log
    }

    fn foresee(&mut self, calls: Vec<(usize, Call<'static>)>) {
        self.log.foresee(calls);
        self.foreseen = true;
    }

    fn call(&mut self, position: usize, call: Call<'_>) -> (u32, Result<Answer, Failure>) {
        let entry = self.find(position, call);
        self.cursor = entry + 1;
        while self.answered <= entry && self.dead.is_none() {
            self.step();
        }
        let answer = match (&mut self.log.entries[entry].outcome, &self.dead) {
            (Some(Ok(answer)), _) => Ok(take(answer)),
            (Some(Err(lost)), _) => Err(as_failure(lost)),
            (None, Some(why)) => Err(Failure::Crash(why.clone())),
            (None, None) => unreachable!("it was stepped until it has an outcome"),
        };
        let answer = answer.and_then(|answer| self.not_begun().map_or(Ok(answer), Err));
        let answer = match self.untold.take() {
            Some(lost) => Err(as_failure(&lost)),
            None => answer,
        };
        (self.log.entries[entry].made, answer)
    }

    fn foreseen(&self, position: usize, call: &Call<'_>) -> Option<usize> {
        self.foreseen.then(|| self.log.find(self.cursor, position, call)).flatten()
    }
}

impl Drop for RemoteScript {
    fn drop(&mut self) {
        // A worker that owes nothing serves the next script.
        if let Some(worker) = self.worker.take()
            && worker.due() == 0
        {
            self.pool.give_back(worker);
        }
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
        lost.may_be_of_others() && self.count <= PATIENCE
    }
}
