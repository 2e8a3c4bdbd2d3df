//! The trait of engines whose processes run whole files.
//!
//! In: the name of a file that the process knows as well as this one. Out: lines of the process, which nobody
//! here reads. The trait knows nothing of verdicts.

use super::failure::Failure;

/// An engine in other processes, which hold the same corpus as this one, and judge files of it themselves.
pub trait FileRunner: Send + Sync {
    /// Has a process run a file up to the test at `last`, and hands over each line that it writes, without the
    /// end of the line.
    ///
    /// # Errors
    /// How the process was lost; or that it was ended because `line` refused what it wrote.
    fn run(
        &self,
        file: &str,
        last: usize,
        line: &mut dyn FnMut(&[u8]) -> Result<(), String>,
    ) -> Result<(), LostFile>;
}

/// What the loss of a process that ran a file means.
#[derive(Clone, Debug, PartialEq)]
pub struct LostFile {
    /// For the directive that it was lost with, or one a few directives later, if that is not seen again when
    /// they are executed one by one.
    pub unless_seen_again: Failure,
    /// Whether somebody else may have ended the process, who had nothing to do with the file.
    pub may_be_of_others: bool,
}
