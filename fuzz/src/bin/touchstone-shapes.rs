//! `touchstone-shapes [--minutes M] [--setting S] [--most N] [DIMENSION[+DIMENSION]…]` doubles shapes of modules
//! until compiling one takes a second or a gigabyte, and prints what grows faster than the module, and
//! what breaks the engine's promise for small ones. Without names it takes every dimension, and then
//! pairs of them, for as many minutes as it may (10); with `--most`, up to so many of each.
//!
//! The exit code is 1 where something breaks the promise.

use std::process::ExitCode;
use std::time::{Duration, Instant};
use touchstone_fuzz::shapes::{self, Dimension, Limits, Setting, Step};

const USAGE: &str =
    "usage: touchstone-shapes [--minutes M] [--setting S] [--most N] [DIMENSION[+DIMENSION]…]";

/// What compiling and instantiating a module of fewer bytes takes at most.
const PROMISE: (usize, f64, u64) = (100_000, 2.0, 500 << 20);
/// Growth that is faster than the module's, where it costs something.
const SUPER_LINEAR: f64 = 1.3;

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, setting, file] = &args[..]
        && flag == "--measure"
    {
        return measure(setting, file);
    }
    let mut option = |name: &str| {
        let position = args.iter().position(|arg| arg == name)?;
        args.remove(position);
        Some(if position < args.len() { args.remove(position) } else { String::new() })
    };
    let minutes = option("--minutes").map(|text| text.parse::<f64>());
    let setting = option("--setting");
    let most = option("--most").map(|text| text.parse::<u32>());
    let mut limits = Limits::default();
    match most {
        Some(Ok(most)) => limits.count = most,
        Some(Err(_)) => return usage("--most takes a number"),
        None => {}
    }
    let Ok(minutes) = minutes.unwrap_or(Ok(10.0)) else { return usage("minutes are a number") };
    let settings: Vec<&str> = Setting::ALL
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| setting.as_deref().is_none_or(|wanted| wanted == *name))
        .collect();
    if settings.is_empty() {
        return usage("there is no such setting");
    }
    let mut wanted = Vec::new();
    for arg in &args {
        let shape: Option<Vec<_>> = arg.split('+').map(Dimension::from_name).collect();
        match shape {
            Some(shape) => wanted.push(shape),
            None => return usage(&format!("there is no dimension `{arg}`")),
        }
    }
    if wanted.is_empty() {
        wanted = all();
    }
    run(&wanted, &settings, limits, Instant::now() + Duration::from_secs_f64(minutes * 60.0))
}

fn usage(what: &str) -> ExitCode {
    eprintln!("touchstone-shapes: {what}\n{USAGE}\nsettings:");
    Setting::ALL.iter().for_each(|(name, _)| eprintln!("  {name}"));
    eprintln!("dimensions:");
    Dimension::ALL.iter().for_each(|dimension| eprintln!("  {}", dimension.name()));
    ExitCode::from(2)
}

/// The child's part: what one module costs, on three lines.
fn measure(setting: &str, file: &str) -> ExitCode {
    let setting = Setting::ALL.iter().find(|(name, _)| *name == setting);
    let (Some((_, setting)), Ok(wasm)) = (setting, std::fs::read(file)) else {
        return usage("--measure takes a setting and a file");
    };
    let ending = shapes::measure_here(&wasm, *setting);
    let (seconds, bytes) = shapes::used_here();
    println!("{seconds}\n{bytes}\n{}", ending.replace('\n', " "));
    ExitCode::SUCCESS
}

/// Every dimension, then every pair, neighbours last: those far from each other have more to do with
/// each other than their order tells.
fn all() -> Vec<Vec<Dimension>> {
    let all = Dimension::ALL;
    let single = all.iter().map(|d| vec![*d]);
    let pairs = (1..all.len()).rev().flat_map(|distance| {
        (0..all.len() - distance).map(move |i| vec![all[i], all[i + distance]])
    });
    single.chain(pairs).collect()
}

fn run(wanted: &[Vec<Dimension>], settings: &[&str], limits: Limits, end: Instant) -> ExitCode {
    let (mut done, mut growing, mut broken) = (0, 0, 0);
    for shape in wanted {
        for setting in settings {
            if Instant::now() > end {
                println!(
                    "{done} of {} shapes were measured in time",
                    wanted.len() * settings.len()
                );
                return finish(growing, broken);
            }
            let steps = match shapes::grow(shape, 64, setting, limits) {
                Ok(steps) => steps,
                Err(error) => {
                    eprintln!("touchstone-shapes: cannot measure: {error}");
                    return ExitCode::from(2);
                }
            };
            done += 1;
            let name: Vec<_> = shape.iter().map(|d| d.name()).collect();
            let last = steps.last().expect("at least one");
            let grows = exponents(&steps);
            let fast = grows.is_some_and(|(t, m)| t.max(m) > SUPER_LINEAR);
            let breaks = steps.iter().any(breaks_promise);
            growing += usize::from(fast);
            broken += usize::from(breaks);
            let (time, memory) = grows.unwrap_or((1.0, 1.0));
            println!(
                "{:28} {setting:12} {:>8} of each, {:>8} bytes: {:6.2} s ^{time:.2} {:>5} MB ^{memory:.2} {}{}{}",
                name.join("+"),
                last.count,
                last.module,
                last.cost.seconds,
                last.cost.bytes >> 20,
                last.cost.ending,
                if fast { " SUPER-LINEAR" } else { "" },
                if breaks { " BREAKS THE PROMISE" } else { "" },
            );
        }
    }
    finish(growing, broken)
}

fn finish(growing: usize, broken: usize) -> ExitCode {
    println!("{growing} shapes grow faster than their module, {broken} break the promise");
    ExitCode::from(u8::from(broken > 0))
}

/// Whether a module below the promise's size cost more than was promised, or killed the engine.
fn breaks_promise(step: &Step) -> bool {
    let (module, seconds, bytes) = PROMISE;
    let costly = step.cost.seconds > seconds || step.cost.bytes > bytes;
    (step.module < module && costly) || step.cost.ending.starts_with("died")
}

/// By which powers of the module's size time and memory grew over the last doublings that were more
/// than noise.
fn exponents(steps: &[Step]) -> Option<(f64, f64)> {
    let made: Vec<_> = steps
        .iter()
        .filter(|s| s.cost.ending == "ok" || s.cost.ending.starts_with("stopped"))
        .collect();
    let last = made.last()?;
    let first = made.iter().rev().nth(2)?;
    let sizes = (last.module as f64 / first.module as f64).ln();
    let power = |a: f64, b: f64, noise: f64| match a > noise && b > noise {
        true => (b / a).ln() / sizes,
        false => 1.0,
    };
    Some((
        power(first.cost.seconds, last.cost.seconds, 0.05),
        power(first.cost.bytes as f64, last.cost.bytes as f64, 16e6),
    ))
}
