//! `touchstone-fuzz COUNT [FIRST_SEED] [--differential] [--objects]` runs that many modules;
//! `touchstone-fuzz --module FILE [--differential] [--objects]` runs one from a file, and
//! `touchstone-fuzz --emit SEED FILE [--differential] [--objects]` writes one. With `--objects` all modules have
//! structures and arrays, and run with both collectors, plain and stressed.
//!
//! Modules run in a child process, so that a crash is a finding like any other. Modules that fail are written
//! to the folder `TOUCHSTONE_FUZZ_OUT`, or `fuzz-out`.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use touchstone_fuzz::{Outcome, Plan};

const USAGE: &str = "usage: touchstone-fuzz COUNT [FIRST_SEED] [--differential] [--objects]
       touchstone-fuzz --module FILE [--differential] [--objects]
       touchstone-fuzz --emit SEED FILE [--differential] [--objects]";

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let all = args.len();
        args.retain(|arg| arg != name);
        args.len() != all
    };
    let plan = Plan { differential: flag("--differential"), objects: flag("--objects") };
    let number = |text: &String| text.parse::<u64>().expect(USAGE);
    match &args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--worker", _, _] => worker(number(&args[1]), number(&args[2]), plan),
        ["--module", file] => {
            let wasm = std::fs::read(file).expect("a file to read");
            let outcome = on_large_stack(move || plan.check(&wasm));
            println!("{outcome:?}");
            ExitCode::from(u8::from(matches!(outcome, Outcome::Failed(_))))
        }
        ["--emit", _, file] => {
            std::fs::write(file, plan.module(number(&args[1]))).expect("a file to write");
            ExitCode::SUCCESS
        }
        [_] | [_, _] => {
            let first = args.get(1).map_or(0, number);
            supervise(first, number(&args[0]), plan)
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn on_large_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(work);
    thread.expect("a thread").join().expect("panics are caught")
}

/// Runs modules. For each module it prints a line that names it, and then what became of it.
fn worker(first: u64, count: u64, plan: Plan) -> ExitCode {
    on_large_stack(move || {
        for seed in first..first + count {
            println!("{seed}");
            match plan.run(seed) {
                Outcome::Passed(t) => println!(
                    "passed {} {} {} {} {}",
                    t.returned,
                    t.trapped,
                    t.thrown,
                    u8::from(t.instantiated),
                    u8::from(t.cut)
                ),
                Outcome::Unsupported(_) => println!("unsupported"),
                Outcome::Skipped(text) => println!("skipped {}", text.replace('\n', " ")),
                Outcome::Failed(text) => println!("failed {}", text.replace('\n', " ")),
            }
        }
    });
    ExitCode::SUCCESS
}

/// Starts workers until all modules were run.
fn supervise(first: u64, count: u64, plan: Plan) -> ExitCode {
    let out = PathBuf::from(std::env::var_os("TOUCHSTONE_FUZZ_OUT").unwrap_or("fuzz-out".into()));
    let (mut next, end) = (first, first + count);
    let (mut passed, mut unsupported, mut skipped, mut failed) = (0u64, 0u64, 0u64, 0u64);
    let mut tally = [0u64; 5];
    let report = |seed: u64, text: &str| {
        let wasm = plan.module(seed);
        let [differential, objects] = [(plan.differential, "-d"), (plan.objects, "-o")]
            .map(|(on, text)| if on { text } else { "" });
        let path = out.join(format!("{seed}{differential}{objects}.wasm"));
        std::fs::create_dir_all(&out).expect("a folder for modules");
        std::fs::write(&path, wasm).expect("a file to write");
        println!("seed {seed}: {text} ({})", path.display());
    };
    while next < end {
        let mut command = Command::new(std::env::current_exe().expect("a path"));
        command.args(["--worker", &next.to_string(), &(end - next).to_string()]);
        if plan.differential {
            command.arg("--differential");
        }
        if plan.objects {
            command.arg("--objects");
        }
        let mut child = command.stdout(Stdio::piped()).spawn().expect("a worker");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut running = None;
        for line in lines.map_while(Result::ok) {
            let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
            if let Ok(seed) = word.parse::<u64>() {
                running = Some(seed);
                continue;
            }
            let Some(seed) = running.take() else { continue };
            next = seed + 1;
            match word {
                "passed" => {
                    passed += 1;
                    let numbers = rest.split(' ').filter_map(|n| n.parse::<u64>().ok());
                    tally.iter_mut().zip(numbers).for_each(|(t, n)| *t += n);
                }
                "unsupported" => unsupported += 1,
                "skipped" => skipped += 1,
                _ => {
                    failed += 1;
                    report(seed, rest);
                }
            }
            if (next - first).is_multiple_of(1000) {
                println!("… {} of {count}, {failed} failed", next - first);
            }
        }
        let status = child.wait().expect("a child");
        if let Some(seed) = running {
            failed += 1;
            report(seed, &format!("crashed: {status}"));
            next = seed + 1;
        }
    }
    let [returned, trapped, thrown, instantiated, cut] = tally;
    println!(
        "{count} modules: {passed} passed ({instantiated} instantiated, {cut} compared in part), \
         {unsupported} unsupported, {skipped} skipped, {failed} failed; \
         calls: {returned} returned, {trapped} trapped, {thrown} threw"
    );
    ExitCode::from(u8::from(failed != 0))
}
