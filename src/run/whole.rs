//! Takes the verdicts of a file from a process that judges it as a whole.
//!
//! In: an engine that has such processes, the name of a file, and what runs it by sessions. Out: verdicts. Where a process is
//! lost, the rest of the file is found out by sessions, which tell which directive it was lost with. Knows nothing
//! of how processes are kept.

use super::failure::{Wanted, judge};
use super::file::Listener;
use crate::engine::FileRunner;
use crate::outcome::{Outcome, Verdict};
use crate::relay;

/// Has `runner` judge the file `name` up to the test at `last`. Whatever happens, each of its tests gets one
/// verdict, as long as `by_sessions` gives one of each and `listener` wants more.
pub(super) fn run(
    runner: &dyn FileRunner,
    name: &str,
    last: usize,
    by_sessions: &mut dyn FnMut(&mut dyn Listener),
    listener: &mut dyn Listener,
) {
    let mut told = vec![false; last + 1];
    // A process does not tell what it begins, but it goes on from each test to the next.
    let mut wants_more = listener.begins(0);
    if !wants_more {
        return;
    }
    let ran = runner.run(name, last, &mut |line| {
        let (position, found) = relay::read(line)?;
        let told = told.get_mut(position).ok_or_else(|| format!("there is no test {position}"))?;
        if std::mem::replace(told, true) {
            return Err(format!("test {position} has two verdicts"));
        }
        listener.verdict(position, found);
        wants_more = position >= last || listener.begins(position + 1);
        // The process is ended by this.
        if wants_more { Ok(()) } else { Err("nobody wants the rest".to_owned()) }
    });
    if !wants_more {
        return;
    }
    let Some(next) = told.iter().position(|told| !told) else { return };
    let mut rest = Rest { told: &told, verdicts: Vec::new(), listener };
    by_sessions(&mut rest);
    let mut verdicts = rest.verdicts;
    if let Err(lost) = ran
        && !lost.may_be_of_others
        && !verdicts.iter().any(|(_, found)| is_loss(found))
        && let Some((_, found)) = verdicts.iter_mut().find(|(position, _)| *position == next)
    {
        *found = judge(Wanted::Nothing, &lost.unless_seen_again);
    }
    for (position, found) in verdicts {
        listener.verdict(position, found);
    }
}

/// Keeps the verdicts that the process did not tell.
struct Rest<'a> {
    told: &'a [bool],
    verdicts: Vec<(usize, Verdict)>,
    listener: &'a mut dyn Listener,
}

impl Listener for Rest<'_> {
    fn begins(&mut self, position: usize) -> bool {
        self.listener.begins(position)
    }

    fn verdict(&mut self, position: usize, found: Verdict) {
        if !self.told[position] {
            self.verdicts.push((position, found));
        }
    }

    fn asks_for_times(&self) -> bool {
        self.listener.asks_for_times()
    }
}

/// Whether a process may have been lost with that verdict.
fn is_loss(verdict: &Verdict) -> bool {
    matches!(verdict.outcome, Outcome::Crash | Outcome::Timeout | Outcome::Error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Failure, LostFile};
    use std::time::Duration;

    /// Says that the first tests pass, and then ends like this.
    struct Runner(Vec<String>, Result<(), LostFile>);

    impl FileRunner for Runner {
        fn run(
            &self,
            _: &str,
            _: usize,
            line: &mut dyn FnMut(&[u8]) -> Result<(), String>,
        ) -> Result<(), LostFile> {
            for text in &self.0 {
                let lost = |fault| LostFile {
                    unless_seen_again: Failure::Crash(fault),
                    may_be_of_others: false,
                };
                line(text.as_bytes()).map_err(lost)?;
            }
            self.1.clone()
        }
    }

    fn lost(may_be_of_others: bool) -> Result<(), LostFile> {
        let unless_seen_again = Failure::Crash("it died".into());
        Err(LostFile { unless_seen_again, may_be_of_others })
    }

    /// The outcomes of a file of five tests, which all pass, and how many of them the runner told.
    fn outcomes(lines: &[&str], ended: Result<(), LostFile>) -> (Vec<Outcome>, usize) {
        let mut found = vec![None; 5];
        let runner = Runner(lines.iter().map(|line| (*line).to_owned()).collect(), ended);
        let mut sessions = |listener: &mut dyn Listener| {
            (0..5).for_each(|position| listener.verdict(position, Verdict::pass()));
        };
        run(&runner, "suite/file.wast", 4, &mut sessions, &mut |position: usize, verdict| {
            assert_eq!(found[position].replace(verdict), None, "it has two verdicts");
        });
        let found: Vec<Verdict> =
            found.into_iter().map(|found| found.expect("a verdict")).collect();
        let told = found.iter().filter(|found| found.duration == Duration::from_nanos(1)).count();
        (found.into_iter().map(|found| found.outcome).collect(), told)
    }

    #[test]
    fn what_a_lost_process_did_not_tell_is_found_out_by_sessions() {
        let (found, told) = outcomes(&["0 1", "1 1"], lost(true));
        assert!(found.iter().all(|outcome| *outcome == Outcome::Pass));
        assert_eq!(told, 2);
        let (found, told) = outcomes(&[], Ok(()));
        assert!(found.iter().all(|outcome| *outcome == Outcome::Pass));
        assert_eq!(told, 0);
    }

    #[test]
    fn a_loss_that_is_not_seen_again_costs_the_next_test() {
        let (found, told) = outcomes(&["0 1", "1 1"], lost(false));
        let crashed = |outcome: &Outcome| *outcome == Outcome::Crash;
        assert_eq!(found.iter().position(crashed), Some(2));
        assert_eq!((found.iter().filter(|outcome| crashed(outcome)).count(), told), (1, 2));
    }

    /// Wants no more once it has so many verdicts.
    struct Enough(Vec<usize>, usize);

    impl Listener for Enough {
        fn begins(&mut self, _: usize) -> bool {
            self.0.len() < self.1
        }

        fn verdict(&mut self, position: usize, _: Verdict) {
            self.0.push(position);
        }
    }

    #[test]
    fn nothing_is_run_that_nobody_wants() {
        let runner = Runner((0..5).map(|position| format!("{position} 1")).collect(), Ok(()));
        for wanted in 0..5 {
            let mut enough = Enough(Vec::new(), wanted);
            let mut sessions = |_: &mut dyn Listener| panic!("nobody wants more");
            run(&runner, "suite/file.wast", 4, &mut sessions, &mut enough);
            assert_eq!(enough.0, (0..wanted).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nonsense_changes_no_verdict() {
        for lines in [&["0 1", "0 1"][..], &["0 1", "9999 1"], &["0 1", "what?"]] {
            let (found, told) = outcomes(lines, Ok(()));
            assert_eq!((&found[0], &found[1], told), (&Outcome::Pass, &Outcome::Crash, 1));
            assert!(found[2..].iter().all(|outcome| *outcome == Outcome::Pass));
        }
    }
}
