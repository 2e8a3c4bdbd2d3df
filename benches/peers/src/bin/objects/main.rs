//! Compares programs that make structures and arrays in our engine, in Wasmtime with each of its collectors, and in
//! V8: paired, on the same modules.
//!
//! ```text
//! objects [--pairs N] [--collector NAME] [--node PATH] [NAME…]   measures the programs whose names contain one of these, or all
//! objects --test [--node PATH] [NAME…]                           runs each small, and checks its result
//! objects --only ENGINE [--rounds N] NAME                        runs one program in one engine, for a profile
//! ```
//!
//! Each engine runs each program once before it is measured, and goes on in the same store, so that it pays for the
//! garbage of the run before. Times are those of the processor. The table shows ours in milliseconds, and the medians
//! of the ratios, ours to theirs, with the least and the greatest.

mod engines;
mod programs;

use engines::{Engine, Guest};
use programs::Program;
use std::path::PathBuf;
use std::time::Duration;
use touchstone_peers::measure::{Ratio, median};
use wasmtime::Collector;

struct Args {
    pairs: usize,
    rounds: usize,
    test: bool,
    collector: String,
    node: Option<PathBuf>,
    only: Option<String>,
    names: Vec<String>,
}

fn args() -> Args {
    let mut found = Args {
        pairs: 5,
        rounds: 3,
        test: false,
        collector: "coalescing".to_owned(),
        node: None,
        only: None,
        names: Vec::new(),
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().unwrap_or_else(|| panic!("{arg} takes a value"));
        match arg.as_str() {
            "--pairs" => found.pairs = value().parse().expect("a number of pairs"),
            "--rounds" => found.rounds = value().parse().expect("a number of rounds"),
            "--test" => found.test = true,
            "--collector" => found.collector = value(),
            "--node" => found.node = Some(value().into()),
            "--only" => found.only = Some(value()),
            _ => found.names.push(arg),
        }
    }
    found
}

fn main() {
    let args = args();
    let mut engines = vec![
        ("ours", Engine::ours(&args.collector)),
        ("deferred", Engine::wasmtime(Collector::DeferredReferenceCounting)),
        ("copying", Engine::wasmtime(Collector::Copying)),
        ("null", Engine::wasmtime(Collector::Null)),
    ];
    if let Some(node) = &args.node {
        engines.push(("V8", Engine::Node(node.clone())));
    }
    let chosen = |p: &Program| {
        args.names.is_empty() || args.names.iter().any(|name| p.name.contains(name.as_str()))
    };
    let programs: Vec<Program> = programs::all().into_iter().filter(chosen).collect();
    if let Some(only) = &args.only {
        engines.retain(|(name, _)| name == only);
        let (_, engine) = engines.first().expect("a name of an engine");
        return programs.iter().for_each(|program| {
            let mut guest = load(engine, program);
            (0..args.rounds).for_each(|_| drop(guest.run(program.full)));
        });
    }
    match args.test {
        true => programs.iter().for_each(|program| test(program, &engines)),
        false => measure(&programs, &engines, args.pairs),
    }
}

/// Loads a program, which for this is written to a file that other processes can read.
fn load(engine: &Engine, program: &Program) -> Box<dyn Guest> {
    let folder = std::env::temp_dir().join(format!("touchstone-objects-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for modules");
    let file = folder.join(format!("{}.wasm", program.name));
    std::fs::write(&file, &program.wasm).expect("room for a module");
    engine.load(&program.wasm, &file)
}

/// Runs a program small in all engines.
fn test(program: &Program, engines: &[(&str, Engine)]) {
    let results: Vec<i64> =
        engines.iter().map(|(_, engine)| load(engine, program).run(program.small).result).collect();
    println!("{:12} {results:?}", program.name);
    let wanted = program.small_result.expect("sizes.txt says what it gives");
    assert!(results.iter().all(|r| *r == wanted), "{} gives {wanted}", program.name);
}

fn measure(programs: &[Program], engines: &[(&str, Engine)], pairs: usize) {
    print!("{:12} {:>8}", "", "ours, ms");
    engines[1..].iter().for_each(|(name, _)| print!("  {name:>18}"));
    println!();
    let mut ratios = vec![Vec::new(); engines.len()];
    // The same, of the times of all runs together: a collector that collects in few runs is slow in those alone.
    let mut together = Vec::new();
    let mut pauses = Vec::new();
    for program in programs {
        let mut guests: Vec<_> = engines
            .iter()
            .map(|(_, engine)| engine.can_run(&program.name).then(|| load(engine, program)))
            .collect();
        let mut wanted = None;
        for (guest, (name, _)) in guests.iter_mut().zip(engines) {
            let Some(guest) = guest else { continue };
            let result = guest.run(program.full).result;
            assert_eq!(result, *wanted.get_or_insert(result), "{} in {name}", program.name);
        }
        let mut rows = Vec::new();
        let mut theirs: Vec<Vec<Duration>> = vec![Vec::new(); engines.len()];
        for _ in 0..pairs {
            let row = guests.iter_mut().zip(&mut theirs).map(|(guest, pauses)| {
                let Some(guest) = guest else { return f64::NAN };
                let run = guest.run(program.full);
                assert_eq!(Some(run.result), wanted, "{} gives the same again", program.name);
                pauses.extend(run.pauses);
                run.took.as_secs_f64() * 1e3
            });
            rows.push(row.collect::<Vec<f64>>());
        }
        print!("{:12} {:8.0}", program.name, median(rows.iter().map(|row| row[0]).collect()));
        for (side, all) in ratios.iter_mut().enumerate().skip(1) {
            let pairs: Vec<[f64; 2]> = rows.iter().map(|row| [row[0], row[side]]).collect();
            if guests[side].is_none() {
                print!("  {:>18}", "-");
                continue;
            }
            let Ratio { median, min, max } = Ratio::of(&pairs);
            all.push(median);
            print!("  {:>18}", format!("{median:.2} ({min:.2}-{max:.2})"));
        }
        println!();
        let total = |side: usize| rows.iter().map(|row| row[side]).sum::<f64>();
        together.push((1..engines.len()).map(|side| total(0) / total(side)).collect::<Vec<_>>());
        for ((guest, told), (name, _)) in guests.iter().zip(theirs).zip(engines) {
            let Some(guest) = guest else { continue };
            if let Some(found) = guest.pauses().or_else(|| distribution(told)) {
                pauses.push((program.name.as_str(), *name, found));
            }
        }
    }
    print!("{:21}", "geometric mean");
    ratios[1..].iter().for_each(|all| print!("  {:<18}", mean(all)));
    println!("\n\nall runs together");
    for (program, row) in programs.iter().zip(&together) {
        print!("{:21}", program.name);
        row.iter().for_each(|ratio| match ratio.is_nan() {
            true => print!("  {:<18}", "-"),
            false => print!("  {ratio:<18.2}"),
        });
        println!();
    }
    print!("{:21}", "geometric mean");
    for side in 0..engines.len() - 1 {
        let all: Vec<f64> =
            together.iter().map(|row| row[side]).filter(|ratio| !ratio.is_nan()).collect();
        print!("  {:<18}", mean(&all));
    }
    println!("\n\npauses, ms            number    median   99th %     worst");
    for (program, name, (count, [median, high, worst])) in pauses {
        let [median, high, worst] = [median, high, worst].map(|d| d.as_secs_f64() * 1e3);
        println!("{program:12} {name:8} {count:7} {median:9.3} {high:8.3} {worst:9.3}");
    }
}

/// The geometric mean of ratios, or a dash if there are none.
fn mean(ratios: &[f64]) -> String {
    if ratios.is_empty() {
        return "-".to_owned();
    }
    let sum: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    format!("{:.2}", (sum / ratios.len() as f64).exp())
}

/// The number of pauses, the median, the 99th percentile, and the worst.
fn distribution(mut pauses: Vec<Duration>) -> Option<(u64, [Duration; 3])> {
    pauses.sort();
    let worst = *pauses.last()?;
    let at = |part: usize| pauses[pauses.len() * part / 100];
    Some((pauses.len() as u64, [at(50), at(99), worst]))
}
