//! A runner of scripts, as engines have them that have nothing else, with our own engine in it. It has manners to
//! choose from, good and bad.
//!
//! Tests judge it, and see that each misdeed costs one directive. `script_runner MANNERS… FILE` runs a script:
//!
//! * `stop` ends at the first failure, `go-on` does not;
//! * `placeless` does not say where a failure is, `begins` says where each directive begins instead;
//! * `totals` prints how many directives passed, `miscount` prints a wrong number;
//! * `refuse:WORD` refuses files with this word in them;
//! * `misdeeds` aborts, hangs, allocates without end or leaves when an export is called that is named so;
//! * `careless` compares no values, `lie` runs nothing at all.

use std::collections::HashSet;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use touchstone::engine::touchstone::default_engine;
use touchstone::index;
use touchstone::outcome::{FailureClass, Verdict};
use touchstone::run::script::Interpreter;
use touchstone::run::unit::Unit;
use touchstone::select;
use touchstone_script::{Action, Command, Directive, Feature, FeatureSet};

fn main() -> ExitCode {
    let mut manners: HashSet<String> = std::env::args().skip(1).collect();
    let file = std::env::args().next_back().unwrap_or_default();
    manners.remove(&file);
    let has = |word: &str| manners.contains(word);
    if has("lie") {
        println!("all is well");
        return ExitCode::SUCCESS;
    }
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let refused = manners.iter().filter_map(|word| word.strip_prefix("refuse:"));
    if let Some(word) = refused.into_iter().find(|word| text.contains(*word)) {
        eprintln!("the form `{word}` is unknown here");
        return ExitCode::from(3);
    }
    let all: FeatureSet = Feature::ALL.iter().copied().collect();
    let files = index::load(Path::new(&file), all).expect("it is a script");
    let engine = default_engine();
    let unit = select::unit(&files[0]);
    let (script, tests) = (unit.script.clone(), unit.tests.clone());
    let mut interpreter = Interpreter::new(script, tests, engine.session(unit.features));
    let (mut failed, count) = (0, unit.script.directives.len());
    for (position, directive) in unit.script.directives.iter().enumerate() {
        let line = directive.span.line;
        if has("begins") {
            println!("directive on line {line}");
        }
        if has("misdeeds") {
            misbehave(&directive.command);
        }
        let verdict = interpreter.run(directive, position).unwrap_or_else(|crash| *crash);
        if is_overlooked(&verdict, has("careless")) {
            continue;
        }
        failed += usize::from(!registers(directive));
        let message = verdict.message.clone().unwrap_or_default();
        match has("placeless") || has("begins") {
            true => println!("{message}"),
            false => println!("{file}:{line}: {message}"),
        }
        if has("stop") {
            return ExitCode::FAILURE;
        }
    }
    report(&unit, failed, count, has("totals"), has("miscount"));
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(unit: &Unit, failed: usize, count: usize, totals: bool, miscount: bool) {
    let count = count - unit.script.directives.iter().filter(|one| registers(one)).count();
    if totals {
        println!("{} of {count} are right", count - failed);
    } else if miscount {
        println!("{} of {} are right", count - failed - 1, count - 1);
    }
}

fn registers(directive: &Directive) -> bool {
    matches!(directive.command, Command::Register { .. })
}

fn is_overlooked(verdict: &Verdict, careless: bool) -> bool {
    !verdict.outcome.is_red() || careless && verdict.class == Some(FailureClass::Value)
}

/// What an export's name asks for.
fn misbehave(command: &Command) {
    let (Command::AssertReturn { action: Action::Invoke(invoke), .. } | Command::Invoke(invoke)) =
        command
    else {
        return;
    };
    match invoke.export.as_str() {
        "abort" => std::process::abort(),
        "hang" => loop {
            std::thread::sleep(Duration::from_secs(1));
        },
        "leave" => std::process::exit(0),
        "allocate" => {
            let mut hoard = Vec::new();
            loop {
                hoard.push(vec![1u8; 16 << 20]);
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        _ => {}
    }
}
