//! A thread of a script, in an adapter in another process.
//!
//! In: the calls of the thread's session, all of which were sent when it was started. Out: the answers to
//! them, which come together when the script waits for the thread.

use super::log::{Entry, Log};
use super::loss::at_fault;
use super::source::{Source, StepAnswers, take};
use crate::engine::{Call, Failure};
use std::sync::mpsc::Receiver;
use touchstone_adapter::{Answer, Hello};

/// See the [module](self).
pub(super) struct RemoteThread {
    log: Log,
    /// Where the answers come from, as long as they are not there.
    answers: Option<Receiver<StepAnswers>>,
    cursor: usize,
    /// Why the answers will never come.
    lost: Option<Failure>,
}

impl RemoteThread {
    /// A thread that makes these requests, the answers to which come from `answers`.
    pub(super) fn new(log: Log, answers: Receiver<StepAnswers>) -> Self {
        RemoteThread { log, answers: Some(answers), cursor: 0, lost: None }
    }

    /// Waits for the answers.
    fn receive(&mut self) -> Result<(), Failure> {
        let Some(answers) = self.answers.take() else { return Ok(()) };
        let ended = || Failure::Crash("the script ended before the thread was waited for".into());
        let answers = answers.recv().map_err(|_| ended())??;
        let asked = self.log.entries.iter().filter(|entry| !entry.merged).count();
        let in_order = answers.iter().zip(0..).all(|(answer, number)| answer.id == number);
        if answers.len() != asked || !in_order {
            return Err(at_fault(&format!(
                "the thread had {asked} steps, and `answers` are not one for each, in their order"
            )));
        }
        let mut entry = 0;
        for answer in answers {
            entry = self.log.note(entry, Ok(answer));
        }
        Ok(())
    }
}

impl Source for RemoteThread {
    fn hello(&self) -> &Hello {
        self.log.hello()
    }

    fn log(&self) -> &Log {
        &self.log
    }

    fn log_mut(&mut self) -> &mut Log {
        &mut self.log
    }

    fn foresee(&mut self, _: Vec<(usize, Call<'static>)>) {}

    fn call(&mut self, position: usize, call: Call<'_>) -> (u32, Result<Answer, Failure>) {
        if self.lost.is_none() {
            self.lost = self.receive().err();
        }
        if let Some(failure) = &self.lost {
            return (0, Err(failure.clone()));
        }
        let Some(entry) = self.foreseen(position, &call) else {
            let text = "the harness did not foresee what the thread does";
            return (0, Err(Failure::Other(text.into())));
        };
        self.cursor = entry + 1;
        let Entry { made, outcome, .. } = &mut self.log.entries[entry];
        let answer = match outcome {
            Some(Ok(answer)) => Ok(take(answer)),
            _ => Err(Failure::Crash("the answers of the thread were lost".into())),
        };
        (*made, answer)
    }

    fn foreseen(&self, position: usize, call: &Call<'_>) -> Option<usize> {
        self.log.find(self.cursor, position, call)
    }

    fn lost(&self) -> Option<Failure> {
        self.lost.clone()
    }
}
