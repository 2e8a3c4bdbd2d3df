//! Programs that Kotlin's compiler made, in our engine, in Wasmtime with two of its collectors, and in V8: paired, with
//! the same output in each.
//!
//! ```text
//! kotlin [--pairs N] [--collector NAME] --node PATH FILE…     as tools/kotlin-programs does
//! ```
//!
//! The table shows our processor time in milliseconds, and the medians of the ratios, ours to theirs, with the least
//! and the greatest.

mod engines;

use engines::{Ours, Wasmtime};
use std::path::{Path, PathBuf};
use touchstone_peers::measure::{Ratio, median};
use touchstone_peers::node::{Node, base64};
use wasmtime::Collector;

const PEERS: [&str; 3] = ["deferred", "copying", "V8"];

fn main() {
    let (mut files, mut pairs, mut node) = (Vec::new(), 5, None);
    let mut collector = "coalescing".to_owned();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--pairs" => pairs = args.next().and_then(|n| n.parse().ok()).expect("a number"),
            "--collector" => collector = args.next().expect("a collector's name"),
            "--node" => node = args.next().map(PathBuf::from),
            file => files.push(PathBuf::from(file)),
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/kotlin/node.js");
    let mut node = Node::new(&node.expect("--node PATH"), &script);
    print!("{:12} {:>8}", "", "ours, ms");
    PEERS.iter().for_each(|name| print!("  {name:>18}"));
    println!();
    let pauses: Vec<String> =
        files.iter().map(|file| compare(file, pairs, &collector, &mut node)).collect();
    println!("\npauses of ours, ms  number    median   99th %     worst");
    pauses.iter().for_each(|line| println!("{line}"));
}

/// Measures a program in our engine with the collector of this name and in the others, prints its row, and gives a line
/// about our pauses.
fn compare(file: &Path, pairs: usize, collector: &str, node: &mut Node) -> String {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let wasm = std::fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let ours = Ours::new(&touchstone_peers::ours(collector), &wasm);
    let theirs = [Collector::DeferredReferenceCounting, Collector::Copying]
        .map(|collector| Wasmtime::new(&Wasmtime::engine(collector), &wasm));
    let mut pauses = touchstone_runtime::GcPauses::default();
    let mut round = || {
        let (run, found) = ours.run();
        pauses = found;
        let others = [theirs[0].run(), theirs[1].run()];
        let (in_node, written) = node.run(file);
        for (other, peer) in others.iter().zip(PEERS) {
            assert!(other.output == run.output, "{name} writes the same in {peer}");
        }
        assert!(written == base64(&run.output), "{name} writes the same in node");
        assert!(!run.output.is_empty(), "{name} writes something");
        [run.took, others[0].took, others[1].took, in_node].map(|t| t.as_secs_f64() * 1e3)
    };
    // V8 optimises what ran often, so each engine runs the program once before.
    round();
    let rows: Vec<[f64; 4]> = (0..pairs).map(|_| round()).collect();
    print!("{name:12} {:8.0}", median(rows.iter().map(|row| row[0]).collect()));
    for side in 1..4 {
        let pairs: Vec<[f64; 2]> = rows.iter().map(|row| [row[0], row[side]]).collect();
        let Ratio { median, min, max } = Ratio::of(&pairs);
        print!("  {:>18}", format!("{median:.2} ({min:.2}-{max:.2})"));
    }
    println!();
    let [middle, high, worst] =
        [pauses.median, pauses.percentile_99, pauses.worst].map(|d| d.as_secs_f64() * 1e3);
    format!("{name:18} {:7} {middle:9.3} {high:8.3} {worst:9.3}", pauses.count)
}
