//! `touchstone-shapes [--minutes M] [--setting S] [--most N] [--below BYTES] [--seed N] [SHAPE…]` doubles
//! shapes of modules until compiling a module takes a second or a gigabyte. It also seeks the most of a shape
//! that the engine accepts in a small module. It prints the shapes whose costs grow faster than the module,
//! and those that break the engine's promise for small modules. A shape is a dimension, or several dimensions
//! that meet, as in `locals*16+loops`.
//!
//! Without shapes it takes every dimension, and then pairs of dimensions in an order that the seed determines
//! (by default 1), for the given number of minutes (by default 10). With `--most`, there are at most so many
//! of each dimension; with `--below`, modules have fewer than so many bytes.
//!
//! The exit code is 1 if something breaks the promise.

use std::process::ExitCode;
use std::time::{Duration, Instant};
use touchstone_fuzz::shapes::{self, Dimension, Limits, Setting, Shape, Step};

const USAGE: &str = "usage: touchstone-shapes [--minutes M] [--setting S] [--most N] [--below BYTES] \
                     [--seed N] [DIMENSION[*FACTOR][+DIMENSION…]…]";

/// The promise: a number of bytes, and the most seconds and bytes that it takes to compile and instantiate a
/// module which has fewer bytes than that.
const PROMISE: (usize, f64, u64) = (100_000, 2.0, 500 << 20);
/// How many of each dimension the smallest module of a shape has.
const FIRST: u32 = 64;
/// The greatest width of wide things, such as calls with many values.
const WIDEST: u32 = 1000;
/// The dimensions that have to do with many values, although their names do not say so.
const WIDE: [Dimension; 3] = [Dimension::Catches, Dimension::Throws, Dimension::TailCalls];
/// The exponent above which the growth of time or memory counts as faster than that of the module.
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
    let setting = option("--setting");
    let mut number = |name: &str, otherwise: f64| match option(name).map(|text| text.parse()) {
        Some(Ok(number)) => Ok(number),
        Some(Err(_)) => Err(format!("{name} takes a number")),
        None => Ok(otherwise),
    };
    let mut limits = Limits { small: PROMISE.0, ..Limits::default() };
    let mut numbers = || -> Result<(f64, u64), String> {
        limits.count = number("--most", limits.count.into())? as u32;
        limits.module = number("--below", limits.module as f64)? as usize;
        Ok((number("--minutes", 10.0)?, number("--seed", 1.0)? as u64))
    };
    let (minutes, seed) = match numbers() {
        Ok(numbers) => numbers,
        Err(why) => return usage(&why),
    };
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
        match Shape::parse(arg) {
            Some(shape) => wanted.push(shape),
            None => return usage(&format!("`{arg}` is no shape")),
        }
    }
    if wanted.is_empty() {
        wanted = all(seed);
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

/// The task of a child process: prints what one module costs, on four lines.
fn measure(setting: &str, file: &str) -> ExitCode {
    let setting = Setting::ALL.iter().find(|(name, _)| *name == setting);
    let (Some((_, setting)), Ok(wasm)) = (setting, std::fs::read(file)) else {
        return usage("--measure takes a setting and a file");
    };
    let (ending, units) = shapes::measure_here(&wasm, *setting);
    let (seconds, bytes) = shapes::used_here();
    println!("{seconds}\n{bytes}\n{units}\n{}", ending.replace('\n', " "));
    ExitCode::SUCCESS
}

/// Every dimension, alone and, if it has to do with many values, as wide as can be; then every pair of
/// dimensions. The seed determines the order of the pairs, how many there are of one dimension for each of
/// the other, and whether wide things are as wide as can be.
fn all(seed: u64) -> Vec<Shape> {
    let all = Dimension::ALL;
    let width = (Dimension::Width, WIDEST);
    let single = all.iter().map(|d| Shape(vec![(*d, 1)]));
    let wide = all.iter().filter(|d| WIDE.contains(d) || d.name().contains("wide"));
    let wide = wide.map(|d| Shape(vec![(*d, 1), width]));
    let mut state = seed;
    let mut random = |below: usize| {
        // This is Knuth's linear congruential generator, whose upper bits are good random numbers.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut pairs = Vec::new();
    for (i, first) in all.iter().enumerate() {
        for second in &all[i + 1..] {
            let factor = [1, 4, 16, 64, 256][random(5)];
            let (a, b) = if random(2) == 0 { (1, factor) } else { (factor, 1) };
            let mut shape = vec![(*first, a), (*second, b)];
            if random(3) == 0 && !shape.iter().any(|(d, _)| *d == Dimension::Width) {
                shape.push(width);
            }
            pairs.push(Shape(shape));
        }
    }
    for i in (1..pairs.len()).rev() {
        pairs.swap(i, random(i + 1));
    }
    single.chain(wide).chain(pairs).collect()
}

fn run(wanted: &[Shape], settings: &[&str], limits: Limits, end: Instant) -> ExitCode {
    let (mut done, mut growing, mut broken) = (0, 0, 0);
    let mut small = Vec::new();
    'all: for shape in wanted {
        for setting in settings {
            if Instant::now() > end {
                println!(
                    "{done} of {} shapes were measured in time",
                    wanted.len() * settings.len()
                );
                break 'all;
            }
            let growth = match shapes::grow(shape, FIRST, setting, limits) {
                Ok(growth) => growth,
                Err(error) => {
                    eprintln!("touchstone-shapes: cannot measure: {error}");
                    return ExitCode::from(2);
                }
            };
            done += 1;
            let last = growth.doublings.last().expect("at least one");
            let grows = exponents(&growth.doublings);
            let fast = grows.is_some_and(|(t, m)| t.max(m) > SUPER_LINEAR);
            let breaks = growth.steps().any(breaks_promise);
            growing += usize::from(fast);
            broken += usize::from(breaks);
            let (time, memory) = grows.unwrap_or((1.0, 1.0));
            println!(
                "{:40} {setting:12} {}: ^{time:.2} ^{memory:.2} {}{}{}",
                shape.to_string(),
                text(last),
                last.cost.ending,
                if fast { " SUPER-LINEAR" } else { "" },
                if breaks { " BREAKS THE PROMISE" } else { "" },
            );
            let costly = growth.steps().filter(|step| step.module < limits.small);
            small.extend(costly.cloned().map(|step| (shape, *setting, step)));
        }
    }
    for setting in settings {
        let of_setting = small.iter().filter(|(_, s, _)| s == setting);
        print_worst(
            &format!("{setting}: the small modules that take most time"),
            of_setting.clone(),
            |cost| cost.seconds,
        );
        print_worst(
            &format!("{setting}: the small modules that take most memory"),
            of_setting,
            |cost| cost.bytes as f64,
        );
    }
    println!(
        "{growing} of {done} shapes grow faster than their module, {broken} break the promise"
    );
    ExitCode::from(u8::from(broken > 0))
}

/// A step as text: how many there are of each dimension, and what that costs.
fn text(step: &Step) -> String {
    let Step { count, module, cost } = step;
    let (seconds, megabytes, units) = (cost.seconds, cost.bytes >> 20, cost.units);
    format!(
        "{count:>8} of each, {module:>8} bytes, {units:>8} units: {seconds:5.2} s {megabytes:>4} MB"
    )
}

/// Prints the worst step of each shape, for the ten worst shapes.
fn print_worst<'a>(
    title: &str,
    steps: impl Iterator<Item = &'a (&'a Shape, &'a str, Step)>,
    key: impl Fn(&shapes::Cost) -> f64,
) {
    let mut sorted: Vec<_> = steps.collect();
    sorted.sort_by(|(.., a), (.., b)| key(&b.cost).total_cmp(&key(&a.cost)));
    let mut shown: Vec<&Shape> = Vec::new();
    println!("{title}:");
    for (shape, _, step) in sorted {
        if shown.len() < 10 && !shown.contains(shape) {
            shown.push(shape);
            println!("  {:40} {}: {}", shape.to_string(), text(step), step.cost.ending);
        }
    }
}

/// Whether a module below the promise's size cost more than was promised, or killed the engine.
fn breaks_promise(step: &Step) -> bool {
    let (module, seconds, bytes) = PROMISE;
    let costly = step.cost.seconds > seconds || step.cost.bytes > bytes;
    (step.module < module && costly) || step.cost.ending.starts_with("died")
}

/// The exponents with which time and memory grew with the module's size, over the last doublings whose costs
/// were more than noise.
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
