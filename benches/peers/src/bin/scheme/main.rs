//! A program that `guile-hoot` made of Scheme, in our engine with each of its collectors, in Wasmtime with two of its own,
//! and in V8: paired, with the same output in each.
//!
//! ```text
//! scheme [--pairs N] --reflect FILE --node PATH FILE…     as tools/scheme-program does
//! ```
//!
//! The table shows the processor time of each of our collectors in milliseconds, and the medians of the ratios, ours to
//! theirs, with the least and the greatest.

mod engines;
mod host;

use engines::{ours, wasmtime as theirs};
use std::path::{Path, PathBuf};
use touchstone_peers::measure::{Ratio, median};
use touchstone_peers::node::{Node, base64};
use wasmtime::Collector;

const OURS: [&str; 2] = ["counting", "coalescing"];
const PEERS: [&str; 3] = ["deferred", "copying", "V8"];

fn main() {
    let (mut files, mut pairs, mut node, mut reflect) = (Vec::new(), 5, None, None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--pairs" => pairs = args.next().and_then(|n| n.parse().ok()).expect("a number"),
            "--node" => node = args.next().map(PathBuf::from),
            "--reflect" => reflect = args.next().map(PathBuf::from),
            file => files.push(PathBuf::from(file)),
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/scheme/node.js");
    let mut node = Node::new(&node.expect("--node PATH"), &script);
    let reflect = read(&reflect.expect("--reflect FILE"));
    print!("{:12} {:>12} {:>8}", "", "collector", "ours, ms");
    PEERS.iter().for_each(|name| print!("  {name:>18}"));
    println!();
    files.iter().for_each(|file| compare(file, &reflect, pairs, &mut node));
}

fn read(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// Measures a program in all engines, and prints a row for each of our collectors.
fn compare(file: &Path, reflect: &[u8], pairs: usize, node: &mut Node) {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let wasm = read(file);
    let ours = OURS.map(|name| ours::Program::new(&touchstone_peers::ours(name), &wasm, reflect));
    let peers = [Collector::DeferredReferenceCounting, Collector::Copying]
        .map(|collector| theirs::Program::new(&theirs::engine(collector), &wasm, reflect));
    let mut round = || {
        let [counting, coalescing] = ours.each_ref().map(ours::Program::run);
        let [deferred, copying] = peers.each_ref().map(theirs::Program::run);
        let (in_node, written) = node.run(file);
        for (other, engine) in [(&coalescing, OURS[1]), (&deferred, PEERS[0]), (&copying, PEERS[1])]
        {
            assert!(other.output == counting.output, "{name} writes the same with {engine}");
        }
        assert!(written == base64(counting.output.as_bytes()), "{name} writes the same in node");
        assert!(!counting.output.is_empty(), "{name} writes something");
        [counting.took, coalescing.took, deferred.took, copying.took, in_node]
            .map(|took| took.as_secs_f64() * 1e3)
    };
    // V8 optimises what ran often, so each engine runs the program once before.
    round();
    let rows: Vec<[f64; 5]> = (0..pairs).map(|_| round()).collect();
    for (own, collector) in OURS.iter().enumerate() {
        let middle = median(rows.iter().map(|row| row[own]).collect());
        print!("{name:12} {collector:>12} {middle:8.0}");
        for side in 2..5 {
            let pairs: Vec<[f64; 2]> = rows.iter().map(|row| [row[own], row[side]]).collect();
            let Ratio { median, min, max } = Ratio::of(&pairs);
            print!("  {:>18}", format!("{median:.2} ({min:.2}-{max:.2})"));
        }
        println!();
    }
}
