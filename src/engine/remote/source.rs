//! Where answers of an adapter come from.
//!
//! In: nothing. Out: the trait that a script and a thread of it have in common. Nothing here knows how answers come
//! to be there.

use super::log::Log;
use crate::engine::{Call, Failure};
use touchstone_adapter::{Answer, Hello};

/// Where answers come from.
pub(super) trait Source: Send {
    /// What the adapter said of itself.
    fn hello(&self) -> &Hello;
    /// What was and will be asked.
    fn log(&self) -> &Log;
    /// The same.
    fn log_mut(&mut self) -> &mut Log;
    /// These calls are to come.
    fn foresee(&mut self, calls: Vec<(usize, Call<'static>)>);
    /// Makes a call for the test at this position; gives the number of what it makes, and the answer.
    fn call(&mut self, position: usize, call: Call<'_>) -> (u32, Result<Answer, Failure>);
    /// The entry of a call for the test at this position, if it was foreseen.
    fn foreseen(&self, position: usize, call: &Call<'_>) -> Option<usize>;
    /// See [`crate::engine::Session::lost`].
    fn lost(&self) -> Option<Failure> {
        None
    }
}

/// The answers to the steps of a thread, or why there are none.
pub(super) type StepAnswers = Result<Vec<Answer>, Failure>;

/// Takes what is large out of an answer, which nobody asks for twice. What stays says whether it failed.
pub(super) fn take(answer: &mut Answer) -> Answer {
    let (values, answers) = (answer.values.take(), answer.answers.take());
    Answer { values, answers, ..answer.clone() }
}
