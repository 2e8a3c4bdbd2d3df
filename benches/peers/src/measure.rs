//! Paired measurements of two sides that do the same work: how they are taken and printed.
//!
//! A pair consists of some slices of each side, which take turns. Only the quickest slice of each side
//! counts, as a disturbance can only make a slice longer. What is printed are the medians of both sides in
//! nanoseconds, and the median, minimum and maximum of the ratios of the pairs.
//!
//! Nothing here knows of engines.

use std::time::{Duration, Instant};

/// The shortest time that a slice takes.
pub const SLICE: Duration = Duration::from_millis(3);
/// The number of slices of each side in a pair.
const SLICES: usize = 10;
/// The size of the stack of the thread that measures.
const STACK: usize = 512 << 20;

/// Does a work `n` times; says how long that took.
pub type Sample = Box<dyn FnMut(u64) -> Duration>;

/// A work that is measured, and the ratio that it must not exceed.
pub struct Work {
    /// Its name, in the table and in arguments.
    pub name: &'static str,
    /// The unit of the work: the table shows the nanoseconds that one such unit takes.
    pub unit: &'static str,
    /// The ratio that must not be exceeded, if one is set.
    pub goal: Option<f64>,
    /// Makes both sides.
    pub sides: fn() -> [Side; 2],
}

/// One of the two sides that are compared.
pub struct Side {
    /// The work.
    pub sample: Sample,
    /// A sample and a number, if they are given: the sample's time per unit is subtracted from that of the
    /// work, and the difference is divided by the number.
    pub base: Option<(Sample, f64)>,
}

impl Side {
    /// A side of one work.
    pub fn new(sample: impl FnMut(u64) -> Duration + 'static) -> Self {
        Side { sample: Box::new(sample), base: None }
    }

    /// Nanoseconds per unit.
    fn measure(&mut self, n: u64) -> f64 {
        let per = |took: Duration| took.as_nanos() as f64 / n as f64;
        let whole = per((self.sample)(n));
        match &mut self.base {
            None => whole,
            Some((base, parts)) => (whole - per(base(n))) / *parts,
        }
    }
}

/// How long `work` takes. The function is always inlined, as a loop of calls would otherwise cost more here
/// than in the place that uses it.
#[inline(always)]
pub fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The processor time of this thread so far.
pub fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Measures the works that the arguments name (`[--pairs N] [NAME…]`), or all works, and prints a table. If
/// one of them panics, the process ends.
pub fn run(works: &'static [Work]) {
    let (mut names, mut pairs) = (Vec::new(), 9);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--pairs" => {
                let number = args.next().and_then(|n| n.parse().ok());
                pairs = number.expect("--pairs takes a number");
            }
            _ => names.push(arg),
        }
    }
    let chosen =
        move |w: &&Work| names.is_empty() || names.iter().any(|n| w.name.contains(n.as_str()));
    let measure_all = move || works.iter().filter(chosen).for_each(|work| measure(work, pairs));
    println!(
        "{:37} {:>10} {:>12} {:>12}  {:>6}  {:13}  goal",
        "", "ns per", "ours", "Wasmtime", "ratio", "(min-max)"
    );
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(measure_all);
    if thread.expect("a thread with a large stack").join().is_err() {
        std::process::exit(1);
    }
}

fn measure(work: &Work, pairs: usize) {
    let [mut a, mut b] = (work.sides)();
    let mut n = 1;
    while (a.sample)(n).min((b.sample)(n)) < SLICE {
        n *= 2;
    }
    let mut pair = || {
        let slices = (0..SLICES).map(|_| [a.measure(n), b.measure(n)]);
        slices.fold([f64::INFINITY; 2], |[x, y], [a, b]| [x.min(a), y.min(b)])
    };
    let samples: Vec<[f64; 2]> = (0..pairs).map(|_| pair()).collect();
    let [ours, theirs] = [0, 1].map(|side| median(samples.iter().map(|s| s[side]).collect()));
    let Ratio { median, min, max } = Ratio::of(&samples);
    let range = format!("({min:.2}-{max:.2})");
    let goal = work.goal.map_or(String::new(), |goal| format!("{goal:.2}"));
    println!(
        "{:37} {:>10} {ours:12.2} {theirs:12.2}  {median:6.3}  {range:13}  {goal}",
        work.name, work.unit
    );
}

/// Ratios of pairs, each of the first side to the second.
pub struct Ratio {
    /// Their median.
    pub median: f64,
    /// The least ratio.
    pub min: f64,
    /// The greatest ratio.
    pub max: f64,
}

impl Ratio {
    /// The ratios of these pairs, of which there must be at least one.
    pub fn of(pairs: &[[f64; 2]]) -> Self {
        let ratios: Vec<f64> = pairs.iter().map(|[a, b]| a / b).collect();
        Ratio {
            min: ratios.iter().copied().fold(f64::INFINITY, f64::min),
            max: ratios.iter().copied().fold(0.0, f64::max),
            median: median(ratios),
        }
    }
}

/// The median of at least one value.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
