//! A few hundred modules, as a test.

use touchstone_fuzz::{Outcome, run};

#[test]
fn some_modules() {
    let work = || {
        let mut instantiated = 0;
        for seed in 0..200 {
            match run(seed) {
                Outcome::Failed(text) => panic!("seed {seed}: {text}"),
                Outcome::Passed(tally) => instantiated += u32::from(tally.instantiated),
                Outcome::Unsupported(_) | Outcome::Skipped(_) => {}
            }
        }
        assert!(instantiated > 100, "only {instantiated} modules were instantiated");
    };
    // Room for what Wasm may use.
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(work);
    thread.expect("a thread").join().unwrap();
}
