//! Threads of a script.
//!
//! In: a `(thread …)` or a `(wait …)`, and the session of whoever starts it. Out: verdicts of these and of the
//! directives inside, which come when the thread ends.

use super::super::failure::{Wanted, judge};
use super::super::panics;
use super::super::thread::{self, Ended, Running};
use super::super::unit::test_count;
use super::{Interpreter, Missing};
use crate::engine::{Failure, InstanceId, ThreadId};
use crate::outcome::Verdict;
use touchstone_script::Directive;

impl Interpreter {
    /// Runs the directives of a `(thread …)`, the first of which is the test at `position`, to their end.
    fn run_thread(mut self, directives: &[Directive], mut position: usize) -> Ended {
        let mut verdicts = Vec::new();
        for (number, directive) in directives.iter().enumerate() {
            let verdict = match self.run(directive, position) {
                Ok(verdict) => match self.session.lost() {
                    Some(failure) => Err(Box::new(judge(Wanted::Nothing, &failure))),
                    None => Ok(verdict),
                },
                crash => crash,
            };
            let verdict = match verdict {
                Ok(verdict) => verdict,
                Err(crash) => {
                    verdicts.push((position, *crash));
                    // Threads that this thread started before go on to their ends, and their verdicts count.
                    let _ = panics::catching(|| self.join_threads());
                    verdicts.append(&mut self.take_from_threads());
                    let rest = position + 1
                        ..position + directives[number..].iter().map(test_count).sum::<usize>();
                    let by = (*self.tests[position].id).to_owned();
                    let missing = Missing::Blocked { by };
                    let blocked = missing.clone().verdict();
                    verdicts.extend(rest.map(|position| (position, blocked.clone())));
                    std::mem::forget(self);
                    return Ended { verdicts, end: blocked, missing: Some(missing) };
                }
            };
            verdicts.push((position, verdict));
            verdicts.append(&mut self.take_from_threads());
            position += test_count(directive);
        }
        self.join_threads();
        verdicts.append(&mut self.take_from_threads());
        let missing = self.threads.missing.clone();
        let end = panics::catching(|| self.finish()).unwrap_or_else(|crash| *crash);
        Ended { verdicts, end, missing }
    }

    /// The verdicts of directives inside threads that came to their end since the last call.
    pub fn take_from_threads(&mut self) -> Vec<(usize, Verdict)> {
        std::mem::take(&mut self.threads.verdicts)
    }

    /// Waits for every thread that the script itself does not wait for.
    pub fn join_threads(&mut self) {
        for thread in std::mem::take(&mut self.threads.running) {
            self.join(thread);
        }
    }

    /// Waits for a thread, and tells whether it came to a sound end.
    fn join(&mut self, thread: Running) -> Verdict {
        self.session.wait(thread.number);
        let Ended { verdicts, end, missing } = thread.spawned.join();
        self.threads.verdicts.extend(verdicts);
        if let Some(missing) = missing {
            self.threads.missing.get_or_insert(missing);
        }
        end
    }

    pub(super) fn thread(
        &mut self,
        name: &str,
        shared: Option<&str>,
        directives: &[Directive],
        position: usize,
    ) -> Verdict {
        let instance = match shared.map(|module| self.find(Some(module))).transpose() {
            Ok(instance) => instance,
            Err(why) => return self.unmet(Wanted::Nothing, why),
        };
        let Some(session) = self.session.spawn(shared.zip(instance)) else {
            return judge(Wanted::Nothing, &Failure::Unsupported("threads".into()));
        };
        let number = ThreadId(self.threads.count);
        self.threads.count += 1;
        let (script, tests, rules) = (self.script.clone(), self.tests.clone(), self.rules.clone());
        let (detailed, lacking) = (self.detailed, self.lacking);
        let (always_on, suite, judges) = (self.always_on, self.suite, self.judges);
        let (shared, directives) = (shared.map(str::to_owned), directives.to_vec());
        // The session moves to the thread, where alone there is an interpreter of it.
        let body = move || {
            let inner = Interpreter::new(script, tests, session);
            let mut inner =
                Interpreter { detailed, lacking, always_on, suite, rules, judges, ..inner };
            if let Some(name) = &shared {
                inner.bindings.adopt(name, InstanceId(0));
            }
            inner.run_thread(&directives, position + 1)
        };
        match thread::spawn(body) {
            Ok(spawned) => {
                self.forget_thread(name);
                self.threads.running.push(Running { name: Some(name.into()), number, spawned });
                self.threads.never_started.remove(name);
                self.threads.last_start = Some(position);
                Verdict::pass()
            }
            Err(error) => Verdict::error(format!("cannot start a thread: {error}")),
        }
    }

    /// The name stands for another thread from now on.
    fn forget_thread(&mut self, name: &str) {
        let mut running = self.threads.running.iter_mut();
        if let Some(thread) = running.find(|thread| thread.name.as_deref() == Some(name)) {
            thread.name = None;
        }
    }

    pub(super) fn wait(&mut self, name: &str) -> Verdict {
        let named = |thread: &Running| thread.name.as_deref() == Some(name);
        let Some(index) = self.threads.running.iter().position(named) else {
            return match self.threads.never_started.get(name) {
                Some(missing) => missing.clone().verdict(),
                None => Verdict::error(format!("no thread named ${name} is running")),
            };
        };
        let thread = self.threads.running.remove(index);
        self.join(thread)
    }

    /// Takes note that the test at `position` did not start its thread.
    pub(super) fn did_not_start(
        &mut self,
        directives: &[Directive],
        position: usize,
        missing: &Missing,
    ) {
        self.threads.missing.get_or_insert_with(|| missing.clone());
        // The directives inside get the same verdict as the thread.
        let inside = directives.iter().map(test_count).sum::<usize>();
        let verdicts = (1..=inside).map(|i| (position + i, missing.clone().verdict()));
        self.threads.verdicts.extend(verdicts);
    }

    /// Takes note that the thread which that name stands for never started.
    pub(super) fn no_thread(&mut self, name: &str, missing: Missing) {
        self.forget_thread(name);
        self.threads.never_started.insert(name.into(), missing);
    }
}
