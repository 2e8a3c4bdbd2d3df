//! A runner's program, with scripts written for it.
//!
//! In: a command, and parts of scripts. Out: what it complained about. Knows nothing of verdicts.

use super::process::{self, Allowed, End, Ran, last_words};
use super::profile::Profile;
use super::reading::{self, Said};
use crate::engine::process::Live;
use crate::engine::remote::Limits;
use crate::engine::scripts::{Came, Loss};
use crate::forms::sheet::{GIVEN, Item, Place, Sheet, Written};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use touchstone_script::FeatureSet;

/// How long a runner may take to tell its version.
const VERSION: Duration = Duration::from_secs(30);

/// A runner of scripts, of which it is not known yet what it compares.
pub(super) struct Runner {
    pub(super) profile: Profile,
    /// The command, in which `{}` stands for the script.
    pub(super) command: Vec<String>,
    pub(super) version: String,
    limits: Limits,
    pub(super) live: Live,
    folder: Folder,
}

impl Runner {
    /// Gets to know a runner, from what stands behind `runner:`.
    ///
    /// # Errors
    /// Why it cannot be run, or what is wrong in its profile.
    pub(super) fn open(command: &str, limits: Limits) -> Result<Self, String> {
        let (mut command, profile) = split(command)?;
        if !command.iter().any(|word| word.contains("{}")) {
            command.push("{}".to_owned());
        }
        let folder =
            Folder::new().map_err(|error| format!("cannot make a folder for scripts: {error}"))?;
        let runner = Runner {
            profile,
            command,
            version: String::new(),
            limits,
            live: Live::default(),
            folder,
        };
        let version = runner.ask_version()?;
        Ok(Runner { version, ..runner })
    }

    /// The version that the program tells, if the profile says how it is asked.
    fn ask_version(&self) -> Result<String, String> {
        let Some(version) = &self.profile.version else { return Ok("of unknown version".into()) };
        let program = self.profile.program(&self.command);
        let mut command = self.command[..=program].to_vec();
        command.extend(version.arguments.iter().cloned());
        let allowed = Allowed { time: Some(VERSION), memory: self.limits.memory };
        let shown = command.join(" ");
        let ran = process::run(&command, allowed, &self.live).map_err(|error| {
            format!(
                "the runner `{shown}` cannot be started: {error}; what follows `runner:` is a program with its \
                 arguments"
            )
        })?;
        let told = ran.output.lines().find_map(|line| version.pattern.captures(line));
        let told = told.and_then(|found| Some(found.name("version")?.as_str().to_owned()));
        told.ok_or_else(|| {
            let said = last_words(&ran.output);
            format!("the runner `{shown}` does not tell its version; it said: {said}")
        })
    }

    /// The name of the engine.
    pub(super) fn name(&self) -> String {
        let program = self.profile.program(&self.command);
        let stem = Path::new(&self.command[program]).file_stem().unwrap_or_default();
        self.profile.name.clone().unwrap_or_else(|| stem.to_string_lossy().into_owned())
    }

    /// Runs a script that was written.
    fn start(&self, written: &Written, suite: FeatureSet) -> std::io::Result<Ran> {
        let path = written.path.display().to_string();
        let mut command = Vec::with_capacity(self.command.len() + 8);
        let mut switches = Some(self.profile.switches(suite));
        for word in &self.command {
            if word.contains("{}") {
                command.extend(switches.take().into_iter().flatten());
            }
            command.push(word.replace("{}", &path));
        }
        let Limits { time, memory } = self.limits;
        process::run(&command, Allowed { time, memory }, &self.live)
    }

    /// Writes a script into a folder of its own, runs it, and gives what was written and what came.
    fn run_once(
        &self,
        sheet: &Sheet,
        items: &[Item],
        ending_first: bool,
        suite: FeatureSet,
    ) -> Result<(Written, Ran), String> {
        let folder = self.folder.inside();
        let ran = std::fs::create_dir_all(&folder)
            .and_then(|()| sheet.write(&folder, items, ending_first))
            .map_err(|error| format!("cannot write a script into `{}`: {error}", folder.display()))
            .and_then(|written| {
                let ran = self.start(&written, suite);
                let ran = ran.map_err(|error| format!("the runner cannot be started: {error}"))?;
                // Files are named as they stand beside the script: the folder is another one each time.
                let output = ran.output.replace(&format!("{}/", folder.display()), "");
                Ok((written, Ran { output, ..ran }))
            });
        let _ = std::fs::remove_dir_all(&folder);
        ran
    }

    /// Runs items and then the ending.
    pub(super) fn run(&self, sheet: &Sheet, items: &[Item], suite: FeatureSet) -> Came {
        match self.run_once(sheet, items, false, suite) {
            Ok((written, ran)) => self.understood(sheet, items, &written, ran),
            Err(why) => Came::Contradiction(why),
        }
    }

    /// Whether it can read items at all: it comes to an ending that stands before them.
    pub(super) fn reads(&self, sheet: &Sheet, items: &[Item], suite: FeatureSet) -> bool {
        let Ok((written, ran)) = self.run_once(sheet, items, true, suite) else { return false };
        let said = reading::read(&self.profile, &ran.output);
        let is_ending = |line: u32| written.at(line) == Some(Place::Ending);
        speaks_of_ending(&ran.output) || said.began.is_some_and(|(line, _)| is_ending(line))
    }

    /// What a run came to.
    fn understood(&self, sheet: &Sheet, items: &[Item], written: &Written, ran: Ran) -> Came {
        let said = reading::read(&self.profile, &ran.output);
        let item = |line: u32| match written.at(line) {
            Some(Place::Item(n)) => Some(n),
            _ => None,
        };
        let began = said.began.as_ref().and_then(|(line, _)| item(*line));
        let lost = |loss| Came::Lost { at: began, loss };
        let code = match ran.end {
            End::Code(code) => code,
            End::Late => return lost(Loss::TimedOut),
            End::Signal(signal) => {
                let words = last_words(&ran.output);
                let its = if words.is_empty() { "" } else { "; its last words: " };
                return lost(Loss::Crashed(format!("the runner died of {signal}{its}{words}")));
            }
            End::Memory(limit) => {
                let mib = limit >> 20;
                let text = format!("the runner was ended: it used more than {mib} MiB of memory");
                return lost(Loss::Crashed(text));
            }
            End::Flood => {
                let text = "the runner was ended: it wrote more than 64 MiB";
                return lost(Loss::Crashed(text.into()));
            }
        };
        let mut failures: BTreeMap<usize, String> = BTreeMap::new();
        let mut ended = false;
        for (line, words) in &said.failures {
            match written.at(*line) {
                Some(Place::Item(n)) => {
                    let all = failures.entry(n).or_default();
                    let and = if all.is_empty() { "" } else { " / " };
                    all.push_str(and);
                    all.push_str(words);
                }
                Some(Place::Ending) => ended = true,
                None => {}
            }
        }
        // A complaint about the form of a script may be about its last line, too.
        if ended && self.profile.refusal.is_empty() && !speaks_of_ending(&ran.output) {
            let words = last_words(&ran.output);
            return lost(Loss::Ended(format!(
                "the runner complains about the end of the script, but not about the value that it gives there, so \
                 that it may not have run anything; a profile with `refusal` says what is a complaint about the \
                 form of a script; it said: {words}"
            )));
        }
        if !ended && failures.is_empty() {
            if let Some((line, words)) = said.refusal {
                return Came::Refused { at: line.and_then(item), words };
            }
            match &said.began {
                // What began last is what the runner ended at.
                Some((line, words)) if code != 0 => match written.at(*line) {
                    Some(Place::Item(n)) => {
                        let words =
                            if words.is_empty() { last_words(&ran.output) } else { words.clone() };
                        failures.insert(n, words);
                    }
                    Some(Place::Ending) => ended = true,
                    None => {}
                },
                _ => {}
            }
        }
        if !ended && failures.is_empty() {
            if code == 0 {
                return lost(Loss::Ended(
                    "the runner ended as if all were well, before the end of the script".into(),
                ));
            }
            // It does not say where it is, but it has come to the value of the ending.
            ended = speaks_of_ending(&ran.output);
            if !ended {
                let words = last_words(&ran.output);
                return lost(Loss::Ended(match words.is_empty() {
                    true => format!("the runner ended with code {code}, without a word"),
                    false => words,
                }));
            }
        }
        if !ended {
            return Came::Stopped(failures);
        }
        if let Some(wrong) = self.contradiction(sheet, items, &failures, &said) {
            return Came::Contradiction(wrong);
        }
        let traps = said.traps.into_iter().filter_map(|(line, trap)| {
            let known = self.profile.traps.iter().find(|(own, _)| trap.starts_with(own.as_str()));
            Some((item(line)?, known.map_or(vec![trap.clone()], |(_, suites)| suites.clone())))
        });
        Came::ToEnd { failures, traps: traps.collect() }
    }

    /// What is wrong with the totals that the runner printed at its end.
    fn contradiction(
        &self,
        sheet: &Sheet,
        items: &[Item],
        failures: &BTreeMap<usize, String>,
        said: &Said,
    ) -> Option<String> {
        let counts = self.profile.counts.as_ref()?;
        let Some((passed, total)) = said.counts else {
            return Some(
                "the runner printed no totals, so that it is not known what it ran".into(),
            );
        };
        let is_counted =
            |n: usize| !counts.uncounted.iter().any(|kind| *kind == sheet.kind(items[n]).name());
        // The ending is a module that is right and an assertion that is wrong.
        let counted = (0..items.len()).filter(|n| is_counted(*n)).count() + 2;
        let failed = failures.keys().filter(|n| is_counted(**n)).count() + 1;
        // It may complain about what it then counts as passed, but not the other way round.
        let of_its_own = total.checked_sub(passed);
        (total != counted || of_its_own.is_none_or(|wrong| wrong > failed)).then(|| {
            format!(
                "the runner says that {passed} of {total} passed, but it was given {counted} and complained \
                 about {failed}"
            )
        })
    }
}

/// Whether a runner has computed the value of the ending.
fn speaks_of_ending(output: &str) -> bool {
    output.contains(&GIVEN.to_string()) || output.contains(&format!("{GIVEN:x}"))
}

/// Splits what stands behind `runner:` into the command and the profile.
fn split(text: &str) -> Result<(Vec<String>, Profile), String> {
    let mut words = shlex::split(text).ok_or("a quote is not closed")?;
    let from_file = words.first().and_then(|word| word.strip_prefix('@')).map(PathBuf::from);
    let Some(path) = from_file else {
        if words.is_empty() {
            return Err("`runner:` is followed by a program, or by `@FILE.toml`".into());
        }
        let profile = Profile::of_program(&words)?;
        return Ok((words, profile));
    };
    let profile = Profile::load(&path)?;
    words.remove(0);
    if words.is_empty() {
        let shown = path.display();
        let command = profile.command.as_ref().ok_or_else(|| {
            format!(
                "the profile `{shown}` has no `command`, and none follows it on the command line"
            )
        })?;
        words = shlex::split(command)
            .filter(|words| !words.is_empty())
            .ok_or_else(|| format!("the profile `{shown}`: `command` is not a command"))?;
    }
    Ok((words, profile))
}

/// A folder for scripts, which is removed at the end.
struct Folder {
    path: PathBuf,
    next: AtomicU64,
}

impl Folder {
    fn new() -> std::io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!(
            "touchstone-runner-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path)?;
        Ok(Folder { path, next: AtomicU64::new(0) })
    }

    /// The path of a folder inside that nobody else uses.
    fn inside(&self) -> PathBuf {
        self.path.join(self.next.fetch_add(1, Ordering::Relaxed).to_string())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
