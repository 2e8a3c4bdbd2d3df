//! Processes that engines run in: all of them can be ended at once, and their memory can be looked at.
//!
//! In: numbers of processes, each the leader of a group of its own. Out: whether more may be started. Knows
//! nothing of what runs in them.

use rustix::process::{Pid, Signal, kill_process_group};
use std::collections::{BTreeSet, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The processes of all engines that run.
static ALL: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// Takes note that a process runs, or that it does not any more.
fn note(process: u32, runs: bool) {
    let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    if runs {
        all.insert(process)
    } else {
        all.remove(&process)
    };
}

/// Kills the processes of all engines, and all that they started. For a program that is about to end without
/// dropping its engines; what was run in them is lost.
pub fn kill_all() {
    let all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    all.iter().for_each(|process| kill_group(*process));
}

/// The processes of an engine that run.
#[derive(Default)]
pub(in crate::engine) struct Live {
    processes: Mutex<(HashSet<u32>, bool)>,
}

impl Live {
    fn lock(&self) -> MutexGuard<'_, (HashSet<u32>, bool)> {
        self.processes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a process, which is the leader of a group of its own.
    pub(in crate::engine) fn began(&self, process: u32) {
        note(process, true);
        let mut processes = self.lock();
        processes.0.insert(process);
        if processes.1 {
            kill_group(process);
        }
    }

    /// Kills a process, and all that it started. A second time nothing happens: its number may be another
    /// process's by then.
    pub(in crate::engine) fn kill(&self, process: u32) {
        if self.lock().0.remove(&process) {
            kill_group(process);
            note(process, false);
        }
    }

    /// Whether no more are to be started.
    pub(in crate::engine) fn is_closed(&self) -> bool {
        self.lock().1
    }

    /// Kills all that run.
    pub(in crate::engine) fn close(&self) {
        let mut processes = self.lock();
        processes.1 = true;
        processes.0.iter().for_each(|process| kill_group(*process));
    }
}

/// Kills a process, and all that it started.
fn kill_group(process: u32) {
    if let Some(pid) = i32::try_from(process).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

/// Bytes of a process that are in memory, where the system tells.
fn resident(process: u32) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/statm")).ok()?;
    let pages: u64 = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

/// The same, where what several processes share counts in each of them in part.
fn proportional(process: u32) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib << 10)
}

/// A process with all that it and its children started, as far as the system tells: the engine may be the child of a
/// script that starts it.
fn with_children(process: u32) -> Vec<u32> {
    let (mut all, mut next) = (vec![process], 0);
    while let Some(process) = all.get(next) {
        next += 1;
        let Ok(threads) = std::fs::read_dir(format!("/proc/{process}/task")) else { continue };
        for thread in threads.flatten() {
            let children = std::fs::read_to_string(thread.path().join("children"));
            let children = children.unwrap_or_default();
            let children = children.split_whitespace().filter_map(|child| child.parse().ok());
            let new: Vec<u32> = children.filter(|child| !all.contains(child)).collect();
            all.extend(new);
        }
    }
    all
}

/// Whether a process and what it started have more in memory than so many bytes.
pub(in crate::engine) fn exceeds(process: u32, limit: u64) -> bool {
    let all = with_children(process);
    let sum =
        |of: fn(u32) -> Option<u64>| all.iter().filter_map(|process| of(*process)).sum::<u64>();
    // To find out what they share takes longer.
    sum(resident) > limit
        && (all.len() == 1
            || sum(|process| proportional(process).or_else(|| resident(process))) > limit)
}

/// A signal as people call it.
pub(in crate::engine) fn signal_name(signal: i32) -> String {
    let name = match signal {
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        15 => "SIGTERM",
        31 => "SIGSYS",
        _ => return format!("signal {signal}"),
    };
    name.to_owned()
}
