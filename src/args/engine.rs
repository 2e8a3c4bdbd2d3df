//! The flags that say which engine is judged, and how it runs.

use crate::shell::quoted;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::time::Duration;
use touchstone::engine::remote::{Limits, RemoteEngine};
use touchstone::engine::runner::RunnerEngine;
use touchstone::engine::touchstone::{Cache, Options, own_engine};
use touchstone::engine::{DEFAULT_MEMORY_LIMIT, DEFAULT_TIMEOUT, Engine};
use touchstone_runtime::{Collector, OptLevel, PlantedFailure, RegallocAlgorithm};

/// How our own engine runs.
#[derive(Clone, Debug, Args)]
pub(crate) struct EngineFlags {
    /// The engine to judge: `cmd:PROGRAM ARGUMENTS…`, an adapter; `runner:PROGRAM ARGUMENTS…`, a runner of
    /// scripts; or `touchstone`, our own; or a name that `touchstone.toml` gives one. With `run` it may be repeated, to compare
    /// several
    #[arg(long = "engine", value_name = "ENGINE", value_parser = EngineChoice::parse)]
    pub(crate) engines: Vec<EngineChoice>,
    /// Run our own engine in worker processes, as other engines are
    #[arg(long)]
    pub(crate) isolate: bool,
    /// Which collector manages references
    #[arg(long, value_name = "COLLECTOR", value_enum, default_value_t = Collects::Coalescing)]
    pub(crate) collector: Collects,
    /// Collect garbage at every allocation, libcall and host call, and poison what is freed
    #[arg(long)]
    pub(crate) gc_stress: bool,
    /// Do not collect and verify the heap after every directive that ran code
    #[arg(long)]
    pub(crate) no_gc_check: bool,
    /// How much the compiler optimises
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = Opt::None)]
    pub(crate) opt_level: Opt,
    /// How registers are allocated
    #[arg(long, value_name = "ALGORITHM", value_enum, default_value_t = Regalloc::SinglePass)]
    pub(crate) regalloc: Regalloc,
    /// What relaxed vector instructions give: what is quick here, or what is the same everywhere
    #[arg(long, value_name = "RESULTS", value_enum, default_value_t = Relaxed::Native)]
    pub(crate) relaxed_simd: Relaxed,
    /// Use nothing of the processor beyond the baseline of its architecture
    #[arg(long)]
    pub(crate) no_host_extensions: bool,
    /// Where compiled modules are kept for the next run [default: in the user's folder for caches, or as
    /// TOUCHSTONE_CACHE_DIR says]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub(crate) cache_dir: Option<PathBuf>,
    /// How much they may take there; what was not used for long leaves first
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "256MiB")]
    pub(crate) cache_size: u64,
    /// Compile everything, and keep nothing of it
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// Serialize every module and load it again before it is used: a test of that
    #[arg(long, hide = true)]
    pub(crate) reload_modules: bool,
    /// Plant a defect in the code generator, to see how it is found
    #[arg(long, value_name = "DEFECT", value_enum, hide = true)]
    pub(crate) plant: Option<Plant>,
    /// Interrupt a directive that runs for longer than this; 0 for never
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_TIMEOUT.as_secs())]
    pub(crate) timeout: u64,
    /// Interrupt a script that has more than this in memory, such as 512MiB; 0 for no limit
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "2GiB")]
    pub(crate) memory_limit: u64,
    /// Let scripts import the host module `touchstone` as NAME too; may be repeated
    #[arg(long = "host-alias", value_name = "NAME=touchstone", value_parser = host_alias)]
    pub(crate) host_aliases: Vec<String>,
}

/// See [`OptLevel`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub(crate) enum Opt {
    None,
    Speed,
}

/// See [`RegallocAlgorithm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub(crate) enum Regalloc {
    SinglePass,
    Backtracking,
}

/// See [`PlantedFailure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Plant {
    Panic,
    Verifier,
    StackMaps,
}

/// See [`Collector`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Collects {
    Counting,
    Coalescing,
}

/// See [`Options::relaxed_deterministic`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub(crate) enum Relaxed {
    Native,
    Deterministic,
}

impl EngineFlags {
    pub(crate) fn options(&self) -> Options {
        Options {
            opt_level: match self.opt_level {
                Opt::None => OptLevel::None,
                Opt::Speed => OptLevel::Speed,
            },
            regalloc: match self.regalloc {
                Regalloc::SinglePass => RegallocAlgorithm::SinglePass,
                Regalloc::Backtracking => RegallocAlgorithm::Backtracking,
            },
            relaxed_deterministic: self.relaxed_simd == Relaxed::Deterministic,
            baseline: self.no_host_extensions,
            collector: match self.collector {
                Collects::Counting => Collector::Counting,
                Collects::Coalescing => Collector::Coalescing,
            },
            gc_stress: self.gc_stress,
            no_gc_check: self.no_gc_check,
            host_aliases: self.host_aliases.clone(),
            timeout: (self.timeout != 0).then(|| Duration::from_secs(self.timeout)),
            memory_limit: (self.memory_limit != 0).then_some(self.memory_limit),
            cache: self.cache(),
            reload_modules: self.reload_modules,
            planted: self.plant.map(|plant| match plant {
                Plant::Panic => PlantedFailure::Panic,
                Plant::Verifier => PlantedFailure::Verifier,
                Plant::StackMaps => PlantedFailure::StackMaps,
            }),
        }
    }
}

/// An engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EngineChoice {
    /// As it was given.
    spec: String,
    /// The program that runs its adapter, with arguments; none for our own engine, nor for a runner.
    pub(crate) command: Vec<String>,
    /// What stands behind `runner:`, for an engine that has only a runner of scripts.
    pub(crate) runner: Option<String>,
    /// The name of an engine that `touchstone.toml` knows.
    pub(crate) name: Option<String>,
}

const AN_ENGINE: &str = "an engine is `cmd:PROGRAM ARGUMENTS…`, an adapter (see docs/protocol.md), \
                         `runner:PROGRAM ARGUMENTS…`, a runner of scripts (see docs/judge-your-engine.md), or \
                         `touchstone`";

impl EngineChoice {
    /// The engine that a file in `folder` names: in its words, `{dir}` stands for that folder.
    pub(crate) fn parse_in(spec: &str, folder: &Path) -> Result<Self, String> {
        EngineChoice::parse(&spec.replace("{dir}", &folder.display().to_string()))
    }

    pub(crate) fn parse(spec: &str) -> Result<Self, String> {
        let spec_again = spec.to_owned();
        let own = EngineChoice { spec: spec_again, command: Vec::new(), runner: None, name: None };
        if spec == "touchstone" {
            return Ok(own);
        }
        if let Some(runner) = spec.strip_prefix("runner:") {
            return match runner.trim().is_empty() {
                true => Err("`runner:` is followed by a program, or by `@FILE.toml`".into()),
                false => Ok(EngineChoice { runner: Some(runner.to_owned()), ..own }),
            };
        }
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if !spec.is_empty() && spec.chars().all(is_of_name) {
            return Ok(EngineChoice { name: Some(spec.to_owned()), ..own });
        }
        let Some(command) = spec.strip_prefix("cmd:") else {
            return Err(AN_ENGINE.into());
        };
        let command = shlex::split(command).ok_or("a quote is not closed")?;
        match command.is_empty() {
            true => Err("`cmd:` is followed by a program".into()),
            false => Ok(EngineChoice { command, ..own }),
        }
    }

    /// That it is no name which nothing gives a meaning.
    ///
    /// # Errors
    /// Says that it is one.
    pub(crate) fn is_known(&self) -> Result<(), String> {
        match &self.name {
            None => Ok(()),
            Some(name) => Err(format!(
                "there is no engine `{name}`: no `touchstone.toml` in this folder or above it names one; {AN_ENGINE}"
            )),
        }
    }

    /// Whether it is our own engine.
    fn is_own(&self) -> bool {
        self.command.is_empty() && self.runner.is_none() && self.name.is_none()
    }
}

impl EngineFlags {
    /// The folder for compiled modules, if there is to be one.
    fn cache(&self) -> Option<Cache> {
        let size = self.cache_size;
        match &self.cache_dir {
            _ if self.no_cache || size == 0 => None,
            Some(folder) => Some(Cache { folder: folder.clone(), size }),
            None => Cache::usual().map(|usual| Cache { size, ..usual }),
        }
    }

    /// The same flags, where nothing is kept for the next run.
    pub(crate) fn without_cache(&self) -> EngineFlags {
        EngineFlags { no_cache: true, cache_dir: None, ..self.clone() }
    }

    /// Whether the flags name our own engine, and no other.
    pub(crate) fn is_own(&self) -> bool {
        !self.isolate && self.engines.iter().all(EngineChoice::is_own)
    }

    /// The engine that the flags name.
    ///
    /// # Errors
    /// What is wrong with its adapter; or that there are several.
    pub(crate) fn open(&self) -> Result<Box<dyn Engine>, String> {
        match &self.engines[..] {
            [] => self.open_own(),
            [one] => self.open_one(one),
            _ => Err("only `touchstone run` compares several engines".into()),
        }
    }

    /// The same flags for this engine, which gives up what takes longer than the time.
    pub(crate) fn with(
        &self,
        engine: Option<&EngineChoice>,
        time: Option<Duration>,
    ) -> EngineFlags {
        let engines = engine.map_or_else(|| self.engines.clone(), |engine| vec![engine.clone()]);
        let seconds = |time: Duration| time.as_secs() + u64::from(time.subsec_nanos() > 0);
        let timeout = match (time.map(seconds), self.timeout) {
            (Some(time), 0) => time,
            (Some(time), own) => time.min(own),
            (None, own) => own,
        };
        EngineFlags { engines, timeout, ..self.clone() }
    }

    /// Our own engine, here or in worker processes.
    fn open_own(&self) -> Result<Box<dyn Engine>, String> {
        match self.isolate {
            true => self.open_isolated(),
            false => Ok(own_engine(self.options())),
        }
    }

    /// Our own engine, in worker processes.
    ///
    /// # Errors
    /// Why this program cannot be its adapter.
    pub(crate) fn open_isolated(&self) -> Result<Box<dyn Engine>, String> {
        let options = self.options();
        let own = std::env::current_exe().map_err(|e| format!("cannot find this program: {e}"))?;
        // A worker watches its script itself; where it does not come to that, it is ended a little later.
        let later = |limit: Duration| limit + limit / 4 + Duration::from_secs(1);
        let limits = Limits {
            time: options.timeout.map(later),
            memory: options.memory_limit.map(|l| l * 2),
        };
        let mut command = vec![own.display().to_string(), "serve".to_owned()];
        command.extend(self.words().filter(|w| w != "--isolate" && !w.starts_with("--engine")));
        // No verdict depends on these, so they are not among the words by which a report says what was judged.
        command.extend(match options.cache {
            None => vec!["--no-cache".to_owned()],
            Some(Cache { folder, size }) => {
                vec![format!("--cache-dir={}", folder.display()), format!("--cache-size={size}")]
            }
        });
        let files = [command.clone(), vec!["--files".to_owned()]].concat();
        Ok(Box::new(RemoteEngine::connect(command, limits)?.with_files(files)))
    }

    /// One of the engines that the flags name.
    ///
    /// # Errors
    /// What is wrong with its adapter.
    pub(crate) fn open_one(&self, choice: &EngineChoice) -> Result<Box<dyn Engine>, String> {
        if choice.is_own() {
            return self.open_own();
        }
        choice.is_known()?;
        let Options { timeout, memory_limit, .. } = self.options();
        let limits = Limits { time: timeout, memory: memory_limit };
        if let Some(runner) = &choice.runner {
            return Ok(Box::new(RunnerEngine::connect(runner, limits)?));
        }
        Ok(Box::new(RemoteEngine::connect(choice.command.clone(), limits)?))
    }

    /// What starts this engine on a command line; our own, or the one of the flags, where none is given.
    pub(crate) fn starting(&self, choice: Option<&EngineChoice>) -> String {
        let flags = self.with(choice, None);
        let own = flags.engines.is_empty().then(|| "--engine=touchstone".to_owned());
        let words = own.into_iter().chain(flags.words());
        words.map(|word| quoted(&word)).collect::<Vec<_>>().join(" ")
    }

    /// The flags again, as words of a command line.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> + '_ {
        let engine = self.engines.iter().map(|choice| format!("--engine={}", choice.spec));
        let counting =
            (self.collector != Collects::Coalescing).then(|| "--collector=counting".to_owned());
        let stress = self.gc_stress.then(|| "--gc-stress".to_owned());
        let unchecked = self.no_gc_check.then(|| "--no-gc-check".to_owned());
        let aliases =
            self.host_aliases.iter().map(|name| format!("--host-alias={name}=touchstone"));
        let other = self.timeout != DEFAULT_TIMEOUT.as_secs();
        let timeout = other.then(|| format!("--timeout={}", self.timeout));
        let other = self.memory_limit != DEFAULT_MEMORY_LIMIT;
        let memory = other.then(|| format!("--memory-limit={}", self.memory_limit));
        let speed = (self.opt_level != Opt::None).then(|| "--opt-level=speed".to_owned());
        let backtracking =
            (self.regalloc != Regalloc::SinglePass).then(|| "--regalloc=backtracking".to_owned());
        let deterministic = (self.relaxed_simd != Relaxed::Native)
            .then(|| "--relaxed-simd=deterministic".to_owned());
        let compiler = speed
            .into_iter()
            .chain(backtracking)
            .chain(deterministic)
            .chain(self.no_host_extensions.then(|| "--no-host-extensions".to_owned()))
            .chain(self.reload_modules.then(|| "--reload-modules".to_owned()))
            .chain(self.plant.map(|plant| {
                let defect = plant.to_possible_value().expect("none is skipped");
                format!("--plant={}", defect.get_name())
            }));
        engine
            .chain(self.isolate.then(|| "--isolate".to_owned()))
            .chain(counting)
            .chain(stress)
            .chain(unchecked)
            .chain(compiler)
            .chain(timeout)
            .chain(memory)
            .chain(aliases)
    }
}

/// A number of bytes, such as `512MiB`.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit {
        "" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return Err(format!("a size ends with KiB, MiB, GiB or nothing, not `{unit}`")),
    };
    let number: u64 = number.parse().map_err(|_| "a size is a number of bytes, such as 512MiB")?;
    number.checked_mul(factor).ok_or_else(|| "a size has at most 64 bits".to_owned())
}

/// The name in `NAME=touchstone`.
fn host_alias(text: &str) -> Result<String, String> {
    match text.rsplit_once('=') {
        Some((name, "touchstone")) => Ok(name.to_owned()),
        Some((_, other)) => Err(format!("the only host module is `touchstone`, not `{other}`")),
        None => Err("an alias is written NAME=touchstone".to_owned()),
    }
}
