//! What compiling and instantiating a shape costs, and how that grows.

use super::{Dimension, build};
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
    /// Every setting, with the word for it on the command line.
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
    /// Bytes resident at most.
    pub bytes: u64,
    /// How it ended: `ok`, or why it was refused, or that it was stopped.
    pub ending: String,
}

/// Where doubling ends.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Seconds of CPU time for one module.
    pub seconds: f64,
    /// Bytes resident for one module.
    pub memory: u64,
    /// Bytes of a module.
    pub module: usize,
    /// How many of each dimension.
    pub count: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { seconds: 1.0, memory: 1 << 30, module: 4 << 20, count: 1 << 24 }
    }
}

/// One size of a shape.
#[derive(Clone, Debug)]
pub struct Step {
    /// How many of each dimension.
    pub count: u32,
    /// Bytes of the module.
    pub module: usize,
    /// What it cost beyond an empty module.
    pub cost: Cost,
}

/// Compiles and instantiates `wasm` in this process; how it ended.
pub fn measure_here(wasm: &[u8], setting: Setting) -> String {
    let mut config = Config::new();
    config.opt_level(setting.opt_level).regalloc_algorithm(setting.regalloc);
    let result = Engine::new(&config).and_then(|engine| {
        let module = Module::new(&engine, wasm)?;
        Instance::new(Store::new(&engine, ()), &module, &[]).map(drop)
    });
    result.map_or_else(|error| error.to_string(), |()| "ok".into())
}

/// Doubles a shape from `first` on until a limit is reached.
///
/// # Errors
/// If no process can be started, or no file written.
pub fn grow(
    shape: &[Dimension],
    first: u32,
    setting: &str,
    limits: Limits,
) -> std::io::Result<Vec<Step>> {
    let empty = measure(&build(&[]), setting, limits)?;
    let mut steps = Vec::new();
    let mut count = first;
    loop {
        let counts: Vec<_> = shape.iter().map(|dimension| (*dimension, count)).collect();
        let wasm = build(&counts);
        let mut cost = measure(&wasm, setting, limits)?;
        cost.seconds = (cost.seconds - empty.seconds).max(0.0);
        cost.bytes = cost.bytes.saturating_sub(empty.bytes);
        let refused = cost.ending != "ok";
        let reached = cost.seconds >= limits.seconds || cost.bytes >= limits.memory;
        let module = wasm.len();
        steps.push(Step { count, module, cost });
        if refused || reached || module >= limits.module || count >= limits.count {
            return Ok(steps);
        }
        count *= 2;
    }
}

/// What `wasm` costs, in a process of its own, which is stopped a good while after the limits.
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
        return Ok(Cost { seconds, bytes: peak, ending: why.into() });
    }
    let output = child.wait_with_output()?;
    std::fs::remove_file(PathBuf::from(&file))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut lines = text.lines();
    let mut number = || lines.next().and_then(|line| line.parse::<f64>().ok());
    match (number(), number()) {
        (Some(seconds), Some(bytes)) => {
            let ending = lines.next().unwrap_or("no word of how it ended").to_owned();
            Ok(Cost { seconds, bytes: bytes as u64, ending })
        }
        _ => {
            let seconds = started.elapsed().as_secs_f64();
            Ok(Cost { seconds, bytes: peak, ending: format!("died: {}", output.status) })
        }
    }
}

/// What the process that calls this has used so far: seconds of CPU time, and bytes at most.
pub fn used_here() -> (f64, u64) {
    // In ticks of the clock, of which Linux tells programs of 100 a second.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 =
        after_name.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok()).sum();
    (ticks / 100.0, resident(std::process::id(), "VmHWM"))
}

/// Bytes of a process by the name that its status has for them.
fn resident(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) << 10
}
