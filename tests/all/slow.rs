//! Tests that a test which takes long is told while it does.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use touchstone::drive::{self, Conditions};
use touchstone::engine::touchstone::default_engine;
use touchstone::engine::{
    Argument, Description, Engine, Failure, InstanceId, ModuleId, Session, Value,
};
use touchstone::index::{self, Selection};
use touchstone::outcome::Event;
use touchstone::report::Reporter;
use touchstone::report::terminal::{Style, TerminalReporter};
use touchstone::select::Plan;
use touchstone_script::{Feature, FeatureSet};

/// Our engine, but that a call of `wait` returns only when somebody has been told that it takes long.
struct Waiting {
    ours: Box<dyn Engine>,
    told: Mutex<Option<Receiver<()>>>,
}

impl Engine for Waiting {
    fn describe(&self) -> Description {
        Description::new("waiting", "1", Feature::ALL.iter().copied())
    }

    fn has_host(&self, name: &str) -> bool {
        self.ours.has_host(name)
    }

    fn session(&self, features: FeatureSet) -> Box<dyn Session> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).take();
        Box::new(WaitingSession { ours: self.ours.session(features), told })
    }
}

struct WaitingSession {
    ours: Box<dyn Session>,
    told: Option<Receiver<()>>,
}

impl Session for WaitingSession {
    fn compile(&mut self, wasm: &[u8]) -> Result<ModuleId, Failure> {
        self.ours.compile(wasm)
    }

    fn instantiate(&mut self, module: ModuleId) -> Result<InstanceId, Failure> {
        self.ours.instantiate(module)
    }

    fn register(&mut self, name: &str, instance: InstanceId) {
        self.ours.register(name, instance);
    }

    fn invoke(
        &mut self,
        instance: InstanceId,
        export: &str,
        args: &[Argument],
    ) -> Result<Vec<Value>, Failure> {
        if export == "wait" {
            let told = self.told.as_ref().expect("it is called once");
            // Twice: a test that goes on is told again.
            for _ in 0..2 {
                let waited = told.recv_timeout(Duration::from_secs(60));
                waited.map_err(|_| Failure::Other("nobody was told".into()))?;
            }
        }
        self.ours.invoke(instance, export, args)
    }

    fn get(&mut self, instance: InstanceId, export: &str) -> Result<Value, Failure> {
        self.ours.get(instance, export)
    }
}

/// Passes on that a test is slow.
struct Telling {
    tell: Sender<()>,
    ids: Vec<String>,
}

impl Reporter for &mut Telling {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        if let Event::Slow { id, .. } = event {
            self.ids.push(id.clone());
            // The second time, or the third, the call has returned.
            let _ = self.tell.send(());
        }
        Ok(())
    }
}

/// Keeps the sum of the durations of verdicts.
struct Times(Duration);

impl Reporter for &mut Times {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        if let Event::Finished(record) = event {
            self.0 += record.verdict.duration;
        }
        Ok(())
    }
}

#[test]
fn times_are_taken_where_a_reporter_asks_for_them() {
    let selection = Selection {
        suites: vec!["wasm-1.0".to_owned()],
        files: vec!["fac.wast".to_owned()],
        ..Selection::default()
    };
    let (engine, plan) = (default_engine(), Plan::of_index(index::embedded(), &selection));
    let sum = |style: Style, mut times: Option<&mut Times>| {
        let terminal = TerminalReporter::new(io::sink(), style, false);
        let mut reporters: Vec<Box<dyn Reporter + '_>> = vec![Box::new(terminal)];
        if let Some(times) = &mut times {
            reporters.push(Box::new(&mut **times));
        }
        let totals = drive::run(&*engine, &plan, 1, &mut reporters).expect("a sink takes all");
        assert!(totals.all.pass > 5 && !totals.is_red());
        totals.all.duration_ns
    };
    let mut times = Times(Duration::ZERO);
    assert_eq!(sum(Style::Terse, None), 0);
    let all = sum(Style::Terse, Some(&mut times));
    assert!(all > 0 && u128::from(all) == times.0.as_nanos());
    assert!(sum(Style::Pretty, None) > 0, "its tables have a column for times");
}

#[test]
fn a_test_that_takes_long_is_told_while_it_does() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("slow");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let path = folder.join("slow.wast");
    let script = r#"(module (func (export "quick")) (func (export "wait")))
        (assert_return (invoke "quick"))
        (assert_return (invoke "wait"))"#;
    fs::write(&path, script).expect("the folder can be written");
    let files = index::load(&path, FeatureSet::EMPTY).expect("a script");
    let plan = Plan::of_files(files, &Selection::default());
    let (tell, told) = channel();
    let engine = Waiting { ours: default_engine(), told: Mutex::new(Some(told)) };
    let (mut telling, mut words) = (Telling { tell, ids: Vec::new() }, Vec::new());
    let mut reporters: Vec<Box<dyn Reporter + '_>> = vec![
        Box::new(TerminalReporter::new(&mut words, Style::Terse, false)),
        Box::new(&mut telling),
    ];
    let slow = Some(Duration::from_millis(200));
    let conditions = Conditions { slow, ..Conditions::default() };
    let totals = drive::run_with(&engine, &plan, 1, &mut reporters, &conditions);
    drop(reporters);
    assert_eq!(totals.expect("memory can be written to").all.pass, 4);
    let words = String::from_utf8(words).expect("UTF-8");
    // A machine that has much to do may be slow with others, too.
    let of = |export: &str| telling.ids.iter().filter(|id| id.ends_with(export)).count();
    assert!(of(":assert_return:wait") >= 2, "{:?}", telling.ids);
    let lines: Vec<&str> = words.lines().filter(|line| line.contains(":wait: it has")).collect();
    assert_eq!(lines.len(), of(":assert_return:wait"), "{words}");
    assert!(lines.iter().all(|line| line.starts_with("slow local/")), "{words}");
    assert!(lines[0].ends_with(" s, and goes on") && words.contains("ok: 4 passed"), "{words}");
}
