//! Shows that memory stays flat however many host values pass through Wasm.
//!
//! ```text
//! cargo run --release -p touchstone-runtime --example flat_memory -- 10000000 [--gc]
//! ```
//!
//! Makes that many values, passes each to Wasm, which keeps it in a global for a moment and in
//! one of 64 table elements until the next one comes there, and forgets it. With `--gc` the host
//! asks for a collection every 10,000 values; without, the engine collects when it sees fit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use touchstone_runtime::*;

const WAT: &str = r#"(module (table $t 64 externref)
    (global $g (mut externref) (ref.null extern))
    (func (export "visit") (param $i i32) (param $r externref) (result externref) (local $slot i32)
      (local.set $slot (i32.and (local.get $i) (i32.const 63)))
      (global.set $g (local.get $r))
      (table.set $t (local.get $slot) (global.get $g))
      (global.set $g (ref.null extern))
      (table.get $t (local.get $slot))))"#;

/// How often the host collects, where it does.
const EVERY: u64 = 10_000;

/// A host value: counts when it is dropped.
struct Value(Arc<AtomicU64>);

impl Drop for Value {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (count, collect) = match arguments[..] {
        [count] => (count.parse(), false),
        [count, "--gc"] => (count.parse(), true),
        _ => return Err(Error::host("usage: flat_memory COUNT [--gc]")),
    };
    run(count.map_err(Error::host)?, collect)
}

fn run(count: u64, collect: bool) -> Result<()> {
    let engine = Engine::default();
    let module = Module::new(&engine, wat::parse_str(WAT).expect("valid text"))?;
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    let visit = instance.get_typed_func::<(u32, ExternRef), ExternRef>(&mut store, "visit")?;
    let dropped = Arc::new(AtomicU64::new(0));
    for i in 0..count {
        let value = ExternRef::new(&mut store, Value(dropped.clone()));
        let back = visit.call(&mut store, (i as u32, value.clone()))?;
        assert!(ExternRef::ptr_eq(&value, &back));
        if collect && (i + 1) % EVERY == 0 {
            store.gc();
        }
    }
    let running = store.gc_stats();
    store.release_references();
    let end = store.gc_stats();
    store.verify_heap().map_err(Error::host)?;
    println!("values              {count}");
    println!("collections         {}", running.collections);
    println!("live before the end {}", running.live);
    println!("live at the end     {}", end.live);
    println!("dropped             {}", dropped.load(Ordering::Relaxed));
    println!("peak memory         {}", peak_memory());
    Ok(())
}

/// The most memory that the process ever had resident, as the system says it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("unknown".into(), |line| line.trim().to_owned())
}
