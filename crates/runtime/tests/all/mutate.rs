//! Damaged modules: whatever the bytes, the engine answers and never panics.

use touchstone_runtime::*;

/// Modules with most kinds of sections and operators.
const SOURCES: &[&str] = &[
    r#"(module $m (type $t (func (param i32 i64) (result f64)))
         (import "h" "f" (func $h (type $t))) (import "h" "g" (global i32))
         (memory 1 2) (table 3 5 funcref) (global $v (mut i32) (global.get 0))
         (func $a (type $t) (local f32 f64 i32)
           (block (result f64) (loop $l (br_if $l (i32.eqz (local.get 0))))
             (if (result f64) (local.get 0) (then (f64.const 1)) (else (f64.convert_i64_s (local.get 1))))))
         (func $b (param i32) (result i32)
           (block (block (block (br_table 0 1 2 (local.get 0))) (return (i32.const 1)))
             (return (i32.load8_s offset=9 (local.get 0))))
           (i32.store16 (local.get 0) (memory.grow (i32.const 1)))
           (call_indirect (param i32) (result i32) (local.get 0) (i32.const 1)))
         (func $start (drop (call $b (i32.const 5))))
         (export "a" (func $a)) (export "m" (memory 0)) (export "t" (table 0))
         (start $start) (elem (i32.const 0) $a $b) (data (i32.const 10) "abc\00def"))"#,
    r#"(module (func (export "x") (param f32 f64) (result i64 i32)
         (i64.trunc_sat_f64_u (local.get 1)) (i32.trunc_f32_s (local.get 0)) (select (i32.const 1) (i32.const 2) (i32.const 3)) i32.rotl)
         (func (param i64) (result i32) (i32.wrap_i64 (i64.extend8_s (i64.div_s (local.get 0) (i64.const -1))))))"#,
];

/// A small generator of pseudo-random numbers (xorshift), so that failures repeat.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

#[test]
fn damaged_modules_are_answered() {
    let mut config = Config::new();
    config.opt_level(OptLevel::None).regalloc_algorithm(RegallocAlgorithm::SinglePass);
    let engine = Engine::new(&config).unwrap();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut valid, mut refused) = (0, 0);
    for source in SOURCES {
        let original = wat::parse_str(source).unwrap();
        Module::new(&engine, &original).unwrap();
        for _ in 0..10_000 {
            let mut wasm = original.clone();
            for _ in 0..1 + random.below(3) {
                let at = random.below(wasm.len());
                match random.below(3) {
                    0 => wasm[at] = random.below(256) as u8,
                    1 => wasm[at] ^= 1 << random.below(8),
                    _ => wasm.truncate(at.max(1)),
                }
            }
            match Module::new(&engine, &wasm) {
                Ok(_) => valid += 1,
                Err(Error::Malformed(_) | Error::Invalid(_) | Error::Unsupported(_)) => {
                    refused += 1
                }
                Err(other) => panic!("{other}\n{wasm:02x?}"),
            }
        }
    }
    assert!(valid > 500 && refused > 500, "{valid} valid, {refused} refused");
}
