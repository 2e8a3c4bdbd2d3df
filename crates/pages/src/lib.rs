//! Pages of documentation as a reader follows them: which files they have written, which commands they have
//! run, and what these are to print.
//!
//! In: Markdown. Out: [`Step`]s in order, which [`follow()`] executes in a folder. A block of code is a file if the
//! paragraph before it ends with the path of that file and a colon. A block of the language `console` has
//! commands, each after `$ `, and below a command what it prints on standard output. There, `…` stands for any
//! text of a line, and for any lines where it is alone; numbers of time are not compared. Nothing here knows
//! what the pages are about.
#![forbid(unsafe_code)]

mod compare;
mod follow;
mod page;

pub use compare::agrees;
pub use follow::{Followed, follow};
pub use page::{Page, Step, What};
