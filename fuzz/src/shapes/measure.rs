//! Measures what it costs to compile and instantiate a shape, and how the costs grow.

use super::{Dimension, build};
use std::fmt;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use touchstone_runtime::{Config, Engine, Instance, Module, OptLevel, RegallocAlgorithm, Store};

/// How the engine compiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// How much it optimises.
    pub opt_level: OptLevel,
    /// How it allocates registers.
    pub regalloc: RegallocAlgorithm,
}

impl Setting {
    /// Every setting, with its name on the command line.
    pub const ALL: [(&'static str, Setting); 4] = {
        use OptLevel as O;
        use RegallocAlgorithm as R;
        [
            ("none-single", Setting { opt_level: O::None, regalloc: R::SinglePass }),
            ("none-back", Setting { opt_level: O::None, regalloc: R::Backtracking }),
            ("speed-single", Setting { opt_level: O::Speed, regalloc: R::SinglePass }),
            ("speed-back", Setting { opt_level: O::Speed, regalloc: R::Backtracking }),
        ]
    };
}

/// What a module cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Seconds of CPU time.
    pub seconds: f64,
    /// The most bytes that were resident.
    pub bytes: u64,
    /// [Units](touchstone_runtime::CompileStats::units) that the engine counted; 0 if it refused the module.
    pub units: u64,
    /// How it ended: `ok`, or why the module was refused, or that the process was stopped.
    pub ending: String,
}

/// Dimensions, each with the factor by which a count is multiplied for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape(pub Vec<(Dimension, u32)>);

impl Shape {
    /// Parses names of dimensions with `+` between them, each of which may have a factor, as in
    /// `locals*16+loops`.
    pub fn parse(text: &str) -> Option<Self> {
        let part = |part: &str| match part.split_once('*') {
            Some((name, factor)) => Some((Dimension::from_name(name)?, factor.parse().ok()?)),
            None => Some((Dimension::from_name(part)?, 1)),
        };
        text.split('+').map(part).collect::<Option<_>>().map(Shape)
    }

    /// Builds a module that has `count` of each dimension, times the factor of the dimension.
    fn of(&self, count: u32) -> Vec<u8> {
        build(&self.counts(count))
    }

    fn counts(&self, count: u32) -> Vec<(Dimension, u32)> {
        self.0.iter().map(|(d, n)| (*d, n.saturating_mul(count))).collect()
    }

    /// Builds the same module filled up with instructions that do nothing, so that it has a few bytes less
    /// than `size`; `None` if it is too large even without them.
    fn filled(&self, count: u32, size: usize) -> Option<Vec<u8>> {
        /// The sizes that stand in the module may grow by so many bytes in all.
        const NUMBERS: usize = 16;
        let room = size.checked_sub(self.of(count).len() + NUMBERS)?;
        let mut counts = self.counts(count);
        counts.push((Dimension::Nops, room as u32));
        Some(build(&counts))
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (dimension, factor)) in self.0.iter().enumerate() {
            f.write_str(if i > 0 { "+" } else { "" })?;
            f.write_str(dimension.name())?;
            if *factor != 1 {
                write!(f, "*{factor}")?;
            }
        }
        Ok(())
    }
}

/// The limits at which doubling ends.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The seconds of CPU time for one module.
    pub seconds: f64,
    /// The resident bytes for one module.
    pub memory: u64,
    /// The bytes of a module.
    pub module: usize,
    /// How many of each dimension.
    pub count: u32,
    /// The bytes of a module up to which it counts as small. Doubling goes on up to this size, whatever that
    /// costs, and the most that the engine accepts is sought in modules below this size.
    pub small: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { seconds: 1.0, memory: 1 << 30, module: 4 << 20, count: 1 << 24, small: 100_000 }
    }
}

/// What was measured for one size of a shape.
#[derive(Clone, Debug)]
pub struct Step {
    /// How many of each dimension.
    pub count: u32,
    /// How many bytes the module has.
    pub module: usize,
    /// What it cost beyond an empty module.
    pub cost: Cost,
}

/// Compiles and instantiates `wasm` in this process; gives how it ended, and the units that the engine
/// counted.
pub fn measure_here(wasm: &[u8], setting: Setting) -> (String, u64) {
    let mut config = Config::new();
    config.opt_level(setting.opt_level).regalloc_algorithm(setting.regalloc);
    let result = Engine::new(&config).and_then(|engine| {
        let module = Module::new(&engine, wasm)?;
        Instance::new(Store::new(&engine, ()), &module, &[])?;
        Ok(module.compile_stats().units)
    });
    result.map_or_else(|error| (error.to_string(), 0), |units| ("ok".into(), units))
}

/// How many modules with less than the most that the engine accepts are measured. Each has 0.7 times as much
/// as the one before.
const LESS: i32 = 6;

/// What a shape costs in several sizes.
#[derive(Clone, Debug)]
pub struct Growth {
    /// The steps of the doubling, each with twice as many of each dimension as the one before it.
    pub doublings: Vec<Step>,
    /// Steps whose modules are filled up with instructions that do nothing until they are as large as a small
    /// module can be. At that size an engine whose limits depend on a module's size accepts most. The steps
    /// close in on the most of each dimension that the engine accepts, and some of them have less.
    pub edge: Vec<Step>,
}

impl Growth {
    /// The steps of every size.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.doublings.iter().chain(&self.edge)
    }
}

/// Doubles a shape from `first` on until a limit is reached, then seeks the most of it that the engine
/// accepts in a small module.
///
/// # Errors
/// Fails if a process cannot be started, or a file cannot be written.
pub fn grow(shape: &Shape, first: u32, setting: &str, limits: Limits) -> std::io::Result<Growth> {
    let empty = measure(&build(&[]), setting, limits)?;
    let step = |count: u32, wasm: Vec<u8>| -> std::io::Result<Step> {
        let mut cost = measure(&wasm, setting, limits)?;
        cost.seconds = (cost.seconds - empty.seconds).max(0.0);
        cost.bytes = cost.bytes.saturating_sub(empty.bytes);
        Ok(Step { count, module: wasm.len(), cost })
    };
    let mut doublings: Vec<Step> = Vec::new();
    let mut count = first;
    loop {
        let wasm = shape.of(count);
        // A module that exceeds the limit on the size of modules is not measured, unless it is the first one.
        if wasm.len() >= limits.module && !doublings.is_empty() {
            break;
        }
        let next = step(count, wasm)?;
        let refused = next.cost.ending != "ok";
        let reached = next.cost.seconds >= limits.seconds || next.cost.bytes >= limits.memory;
        let reached = (reached && next.module >= limits.small) || next.module >= limits.module;
        doublings.push(next);
        if refused || reached || count >= limits.count {
            break;
        }
        count *= 2;
    }
    let mut edge = Vec::new();
    let taken = doublings.iter().filter(|s| s.cost.ending == "ok" && s.module < limits.small);
    if let Some(mut taken) = taken.map(|step| step.count).max().filter(|n| *n < limits.count) {
        let mut refused = u32::MAX;
        while refused - taken > taken / 16 + 1 {
            let next = if refused == u32::MAX { 2 * taken } else { taken.midpoint(refused) };
            let step = shape.filled(next, limits.small).map(|wasm| step(next, wasm)).transpose()?;
            match step.as_ref().is_some_and(|step| step.cost.ending == "ok") {
                true => taken = next,
                false => refused = next,
            }
            edge.extend(step);
        }
        // Large functions may be compiled in a simpler way and then cost less than smaller ones, so modules
        // with less are measured, too.
        for part in 1..=LESS {
            let count = (f64::from(taken) * 0.7f64.powi(part)) as u32;
            let wasm = shape.filled(count, limits.small).filter(|_| count > 0);
            edge.extend(wasm.map(|wasm| step(count, wasm)).transpose()?);
        }
    }
    edge.sort_by_key(|step| step.count);
    Ok(Growth { doublings, edge })
}

/// Measures what `wasm` costs, in a process of its own. The process is stopped when it exceeds the limits
/// several times over.
fn measure(wasm: &[u8], setting: &str, limits: Limits) -> std::io::Result<Cost> {
    let file = std::env::temp_dir().join(format!("touchstone-shape-{}.wasm", std::process::id()));
    std::fs::File::create(&file)?.write_all(wasm)?;
    let program = std::env::current_exe()?;
    let mut child = Command::new(program)
        .args(["--measure", setting])
        .arg(&file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let started = Instant::now();
    let patience = Duration::from_secs_f64(limits.seconds * 8.0 + 2.0);
    let mut peak = 0;
    let stopped = loop {
        if child.try_wait()?.is_some() {
            break None;
        }
        peak = peak.max(resident(child.id(), "VmHWM"));
        if started.elapsed() > patience {
            break Some("stopped: it takes too long");
        }
        if peak > limits.memory * 4 {
            break Some("stopped: it takes too much memory");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    if let Some(why) = stopped {
        child.kill()?;
        child.wait()?;
        std::fs::remove_file(&file)?;
        let seconds = started.elapsed().as_secs_f64();
        return Ok(Cost { seconds, bytes: peak, units: 0, ending: why.into() });
    }
    let output = child.wait_with_output()?;
    std::fs::remove_file(PathBuf::from(&file))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut lines = text.lines();
    let mut number = || lines.next().and_then(|line| line.parse::<f64>().ok());
    match (number(), number(), number()) {
        (Some(seconds), Some(bytes), Some(units)) => {
            let ending = lines.next().unwrap_or("no word of how it ended").to_owned();
            Ok(Cost { seconds, bytes: bytes as u64, units: units as u64, ending })
        }
        _ => {
            let seconds = started.elapsed().as_secs_f64();
            Ok(Cost { seconds, bytes: peak, units: 0, ending: format!("died: {}", output.status) })
        }
    }
}

/// What the calling process has used so far: the seconds of CPU time, and the most bytes that were resident.
pub fn used_here() -> (f64, u64) {
    // The times are in ticks of the clock; for programs, Linux counts 100 ticks a second.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 =
        after_name.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok()).sum();
    (ticks / 100.0, resident(std::process::id(), "VmHWM"))
}

/// The bytes of a process that its status gives under `name`.
fn resident(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) << 10
}
