//! A year of nights, made from one real report, with planted events.
//!
//! In: a report, and how much is to happen. Out: night by night the reports of some engines, and what a history has
//! to say of them: which test changed in which night, how, and by whose doing. Everything follows from the numbers
//! that are given; nothing is left to chance.

#[path = "year_lines.rs"]
mod lines;

pub(crate) use lines::date;
use lines::{letters, move_to, next, set_fail, set_pass};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use touchstone::diff::{Kind, Mover};
use touchstone::report::json::{Line, Partial, Report};

/// How much happens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    /// How many nights there are.
    pub(crate) nights: usize,
    /// After how many nights an engine has a new version.
    pub(crate) version: usize,
    /// How many tests break with each version; as many are repaired.
    pub(crate) broken: usize,
    /// After how many nights the suite has a new revision.
    pub(crate) revision: usize,
    /// How many tests of each engine change for no reason.
    pub(crate) flaky: usize,
}

/// What a history has to say of a test in a night.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Event {
    pub(crate) night: String,
    pub(crate) engine: String,
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) mover: Mover,
    /// Whether it is told as one that changes for no reason.
    pub(crate) flaky: bool,
}

/// An engine in a year of nights.
pub(crate) struct World {
    pub(crate) engine: String,
    number: usize,
    scale: Scale,
    report: Report,
    /// What was planted.
    pub(crate) events: BTreeSet<Event>,
    /// By night, how many tests are new and do not fail.
    pub(crate) fresh: BTreeMap<String, u64>,
    /// Tests that broke and were not repaired: their content, with the nights of the first bad and last good run.
    pub(crate) broken: HashMap<String, (String, String)>,
    /// Contents that only one test of its suite has, for events that have not happened yet.
    unique: Vec<String>,
    /// Contents of tests that failed from the beginning.
    failing: Vec<String>,
    flaky: Vec<String>,
    /// For each of them the run in which it changed last for no reason.
    flipped: HashMap<String, usize>,
    /// How many runs there were.
    runs: usize,
    /// A test that breaks in a night when the run does not come to it, and is seen in the next.
    unseen: Option<String>,
    random: u64,
}

/// The nights in which the second engine has no run.
pub(crate) fn is_absent(number: usize, night: usize) -> bool {
    number == 1 && (101..108).contains(&night)
}

/// The night in which the run of the first engine is cut short.
const CUT: usize = 137;

/// Whether the first engine has another version than in the night before, because its run is cut short then.
fn is_next(number: usize, night: usize) -> bool {
    number == 0 && (CUT..CUT + 3).contains(&night)
}

impl World {
    pub(crate) fn new(base: &Report, number: usize, scale: Scale) -> World {
        let mut report = base.clone();
        let engine = format!("engine-{number}");
        report.header.engine.name.clone_from(&engine);
        report.lines.sort_by(|a, b| (&a.suite, &a.file, a.line).cmp(&(&b.suite, &b.file, b.line)));
        for line in &mut report.lines {
            set_pass(line);
        }
        let all: HashMap<&str, usize> =
            report.lines.iter().fold(HashMap::new(), |mut all, line| {
                *all.entry(line.hash.as_str()).or_default() += 1;
                all
            });
        // Those in the second half of the report, where a run that is cut short does not come to, are left for one.
        let half = report.lines.len() / 2;
        let is_unique = |line: &&Line| {
            let may_fail = !line.hash.is_empty() && !line.suite.contains("simd");
            may_fail && all[line.hash.as_str()] == 1
        };
        let unique: Vec<String> =
            report.lines[..half].iter().filter(is_unique).map(|line| line.hash.clone()).collect();
        let unseen = report.lines[half..].iter().rev().find(is_unique).map(|l| l.hash.clone());
        let mut world = World {
            engine,
            number,
            scale,
            report,
            events: BTreeSet::new(),
            fresh: BTreeMap::new(),
            broken: HashMap::new(),
            unique,
            failing: Vec::new(),
            flaky: Vec::new(),
            flipped: HashMap::new(),
            runs: 0,
            unseen,
            random: 0x9e37_79b9 + number as u64,
        };
        // The suite's events are the same for all engines, so these take the first ones.
        let revisions = scale.nights / scale.revision;
        let mut others = world.unique.split_off(3 * revisions);
        let seed = &mut world.random;
        others.sort_by_cached_key(|_| next(seed));
        let versions = scale.nights / scale.version + 1;
        world.flaky = others.split_off(others.len() - scale.flaky);
        world.failing = others.split_off(others.len() - 2 * scale.broken * versions);
        assert!(
            others.len() > scale.broken * versions + 4,
            "the report is too small for so many events"
        );
        world.unique.extend(others);
        let failing: HashSet<String> = world.failing.iter().cloned().collect();
        for line in world.report.lines.iter_mut().filter(|line| failing.contains(&line.hash)) {
            set_fail(line, "fail", "trap", "trap: indirect call to null at 0x1000");
        }
        // Some lack a proposal, as engines do.
        if number % 3 == 2 {
            for line in world.report.lines.iter_mut().filter(|line| line.suite.contains("simd")) {
                (line.outcome, line.feature) = ("unsupported".into(), Some("simd".into()));
            }
        }
        world
    }

    /// The report of a night; none where the engine has none. `night` counts from 0, and grows by one.
    pub(crate) fn night(&mut self, night: usize) -> Option<Report> {
        let scale = self.scale;
        let name = date(night);
        self.report.header.started = format!("{name}T01:02:03Z");
        let version = night / scale.version;
        self.report.header.engine.version = format!("1.{version}.0");
        if night > 0 && night.is_multiple_of(scale.revision) {
            self.suite(night / scale.revision - 1, &name);
        }
        if is_absent(self.number, night) {
            return None;
        }
        let updated = night > 0 && night.is_multiple_of(scale.version);
        if updated {
            self.version(version, &name, night);
        }
        if night > 0 && !is_next(self.number, night) {
            self.flip(
                &name,
                match () {
                    () if updated => Mover::Engine,
                    () if night.is_multiple_of(scale.revision) => Mover::Suite,
                    () => Mover::Nothing,
                },
            );
        }
        self.runs += 1;
        self.noise(night);
        let cut = self.number == 0 && night == CUT;
        if cut || (self.number == 0 && night == CUT + 1) {
            self.break_unseen(cut, &name);
        }
        let mut report = self.report.clone();
        if cut {
            report.lines.truncate(report.lines.len() / 2);
            report.closing = Err(Partial::NoClosing(report.lines.len()));
        }
        Some(report)
    }

    fn event(&mut self, night: &str, id: String, kind: Kind, mover: Mover, flaky: bool) {
        let (night, engine) = (night.to_owned(), self.engine.clone());
        let event = Event { night, engine, id, kind, mover, flaky };
        assert!(self.events.insert(event), "an event is planted twice");
    }

    fn line(&mut self, hash: &str) -> &mut Line {
        self.report.lines.iter_mut().find(|line| line.hash == hash).expect("it is there")
    }

    /// A new version breaks some tests, each in another way, repairs some, and fails some otherwise.
    fn version(&mut self, version: usize, night: &str, at: usize) {
        for n in 0..self.scale.broken {
            let broken = self.unique.pop().expect("there are enough");
            let line = self.line(&broken);
            let kind = match n % 4 {
                0 => {
                    set_fail(line, "fail", "value", "i32:7 (0x00000007)");
                    Kind::Regression
                }
                1 => {
                    set_fail(line, "crash", "crash", "the engine died of SIGSEGV at 0x7f0012");
                    Kind::Regression
                }
                2 => {
                    set_fail(line, "timeout", "timeout", "no answer within 10 s");
                    Kind::Regression
                }
                _ => {
                    (line.outcome, line.feature) = ("unsupported".into(), Some("gc".into()));
                    Kind::Withheld
                }
            };
            let id = line.id.clone();
            self.event(night, id, kind, Mover::Engine, false);
            if kind == Kind::Regression {
                self.broken.insert(broken, (night.to_owned(), date(at - 1)));
            }
            let repaired = self.failing.pop().expect("there are enough");
            let line = self.line(&repaired);
            set_pass(line);
            let id = line.id.clone();
            self.event(night, id, Kind::Fixed, Mover::Engine, false);
        }
        // One that failed from the beginning fails otherwise.
        let (text, last) =
            (format!("a link error in version {}", letters(version)), self.failing.len() - 1);
        let other = self.failing.swap_remove(last / 2);
        let line = self.line(&other);
        set_fail(line, "fail", "link", &text);
        let id = line.id.clone();
        self.event(night, id, Kind::Changed, Mover::Engine, false);
    }

    /// A new revision of the suite: lines move, a script has another name, tests are edited, new, or gone.
    fn suite(&mut self, n: usize, night: &str) {
        let revision = format!("revision {}", n + 2);
        for suite in &mut self.report.header.suites {
            suite.revision.clone_from(&revision);
        }
        let mut scripts: Vec<(String, String)> =
            self.report.lines.iter().map(|line| (line.suite.clone(), line.file.clone())).collect();
        scripts.sort_unstable();
        scripts.dedup();
        let [edited, gone, copied] = [0, 1, 2].map(|which| self.unique[3 * n + which].clone());
        // What is edited is found again by its name, and what is gone has the name that it had.
        for hash in [&edited, &gone] {
            let line = self.line(hash);
            let script = (line.suite.clone(), line.file.clone());
            scripts.retain(|other| *other != script);
        }
        let moved = scripts[(7 * n + 3) % scripts.len()].clone();
        let renamed = scripts[(11 * n + 5) % scripts.len()].clone();
        for line in &mut self.report.lines {
            let script = (line.suite.clone(), line.file.clone());
            if script == moved && line.line > 3 {
                move_to(line, 2);
            } else if script == renamed && renamed != moved {
                let file = format!("{}-{n}.wast", line.file.trim_end_matches(".wast"));
                let rest = line.id[line.suite.len() + 1 + line.file.len()..].to_owned();
                line.id = format!("{}/{file}{rest}", line.suite);
                line.file = file;
            }
        }
        let breaks = self.number.is_multiple_of(2);
        let line = self.line(&edited);
        line.hash = format!("edited{n}");
        let id = line.id.clone();
        if breaks {
            set_fail(line, "fail", "value", "i64:1 (0x1)");
            self.event(night, id, Kind::Regression, Mover::Suite, false);
        }
        let id = self.line(&gone).id.clone();
        self.report.lines.retain(|line| line.hash != gone);
        self.event(night, id, Kind::Vanished, Mover::Suite, false);
        // A script of its own, so that no name is taken.
        let mut line = self.line(&copied).clone();
        for test in 1..=3 {
            line.file = format!("new-{n}.wast");
            line.line = test;
            line.id = format!("{}/{}:{test}:{}", line.suite, line.file, line.kind);
            line.hash = format!("new{n}-{test}");
            set_pass(&mut line);
            if test == 3 && self.number % 3 == 1 {
                set_fail(&mut line, "fail", "trap", "trap: unreachable");
                self.event(night, line.id.clone(), Kind::NewFailure, Mover::Suite, false);
            } else {
                *self.fresh.entry(night.to_owned()).or_default() += 1;
            }
            self.report.lines.insert(0, line.clone());
        }
        // What an engine that is absent does not run is told when it is back.
        let day = (n + 1) * self.scale.revision;
        assert!(!is_absent(self.number, day), "a revision falls into the week of absence");
    }

    /// Some tests change for no reason: although nothing else does, or when something else does, too. Then they are
    /// known for it, if they did so in the last thirty runs.
    fn flip(&mut self, night: &str, mover: Mover) {
        for flaky in self.flaky.clone() {
            if !next(&mut self.random).is_multiple_of(9) {
                continue;
            }
            let line = self.line(&flaky);
            let kind = if line.outcome == "pass" {
                set_fail(line, "fail", "trap", "trap: out of memory after 12 pages");
                Kind::Regression
            } else {
                set_pass(line);
                Kind::Fixed
            };
            let id = line.id.clone();
            let is_known = self.flipped.get(&flaky).is_some_and(|last| self.runs - last <= 30);
            self.event(night, id, kind, mover, mover == Mover::Nothing || is_known);
            if mover == Mover::Nothing {
                self.flipped.insert(flaky, self.runs);
            }
        }
    }

    /// What changes every night without meaning anything.
    fn noise(&mut self, night: usize) {
        for line in
            self.report.lines.iter_mut().filter(|line| line.class.as_deref() == Some("trap"))
        {
            line.actual = line.actual.as_ref().map(|said| match said.split_once(" at 0x") {
                Some((said, _)) => format!("{said} at 0x{:x}", 4096 + night * 48),
                None => said.clone(),
            });
            line.duration_ns = night as u64;
        }
        let middle = self.report.lines.len() * (night % 7) / 14;
        if self.number != 0 {
            self.report.lines.rotate_left(middle);
        }
    }

    /// A new version comes in the night of a run that is cut short, and breaks a test that the run does not come to.
    fn break_unseen(&mut self, cut: bool, night: &str) {
        self.report.header.engine.version.push_str("-next");
        let unseen = self.unseen.clone().expect("there is one");
        let line = self.line(&unseen);
        if cut {
            set_fail(line, "fail", "trap", "trap: unreachable");
        } else {
            let id = line.id.clone();
            self.event(night, id, Kind::Regression, Mover::Engine, false);
            self.broken.insert(unseen, (night.to_owned(), date(CUT - 1)));
        }
    }

    /// The name of the test with some content.
    pub(crate) fn id(&self, hash: &str) -> Option<String> {
        self.report.lines.iter().find(|line| line.hash == hash).map(|line| line.id.clone())
    }
}
