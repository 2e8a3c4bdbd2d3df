//! The Wasm programs, as text. Both engines get the same bytes.
//!
//! Exports that loop take the number of rounds as their only parameter. The export `seed`, if a program has
//! one, is called before anything is timed, with each of 64 positions and a value for it.

/// Calls in both directions, and a function that takes a reference.
pub(crate) const CALLS: &str = r#"(module
  (import "host" "same" (func $same (param i32) (result i32)))
  (func (export "call") (param i32) (result i32) (local.get 0))
  (func (export "take") (param externref))
  (func (export "host calls") (param $n i32)
    (loop $again
      (drop (call $same (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))"#;

/// `table.set`, `table.get` and `global.set`, each once in a round.
pub(crate) const CHURN: &str = r#"(module
  (table $t 65 externref)
  (global $g (mut externref) (ref.null extern))
  (func (export "seed") (param $i i32) (param $r externref)
    (table.set $t (local.get $i) (local.get $r)))

  (func (export "one") (param $n i32) (local $a externref)
    (local.set $a (table.get $t (i32.const 0)))
    (loop $again
      (table.set $t (i32.const 64) (local.get $a))
      (global.set $g (table.get $t (i32.const 64)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))

  (func (export "two") (param $n i32) (local $a externref) (local $b externref) (local $c externref)
    (local.set $a (table.get $t (i32.const 0)))
    (local.set $b (table.get $t (i32.const 1)))
    (loop $again
      (table.set $t (i32.const 64) (local.get $a))
      (global.set $g (table.get $t (i32.const 64)))
      (local.set $c (local.get $a))
      (local.set $a (local.get $b))
      (local.set $b (local.get $c))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))

  (func (export "walk") (param $n i32) (local $a externref)
    (loop $again
      (local.set $a (table.get $t (i32.and (local.get $n) (i32.const 63))))
      (table.set $t (i32.const 64) (local.get $a))
      (global.set $g (local.get $a))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))"#;

/// The same stores and loads without barriers: two globals of numbers.
pub(crate) const CHURN_NUMBERS: &str = r#"(module
  (global $t (mut i64) (i64.const 0))
  (global $g (mut i64) (i64.const 0))
  (func (export "two") (param $n i32) (local $a i64) (local $b i64) (local $c i64)
    (local.set $b (i64.const 1))
    (loop $again
      (global.set $t (local.get $a))
      (global.set $g (global.get $t))
      (local.set $c (local.get $a))
      (local.set $a (local.get $b))
      (local.set $b (local.get $c))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))"#;

/// Recursion that ends in a call of the host, which collects. Every frame holds a reference
/// across its call.
pub(crate) const DEPTH: &str = r#"(module
  (import "host" "collect" (func $collect))
  (global $g (mut externref) (ref.null extern))
  (func (export "seed") (param $i i32) (param $r externref)
    (global.set $g (local.get $r)))
  (func $down (param $n i32) (param $r externref) (result externref)
    (if (local.get $n)
      (then (drop (call $down (i32.sub (local.get $n) (i32.const 1)) (local.get $r))))
      (else (call $collect)))
    (local.get $r))
  (func (export "descend") (param $n i32)
    (drop (call $down (local.get $n) (global.get $g)))))"#;

/// A module with one function.
pub(crate) const TINY: &str = r#"(module (func (export "f")))"#;

/// A module with one function and a table of references.
pub(crate) const TINY_TABLE: &str = r#"(module
  (table (export "t") 10 externref)
  (func (export "f")))"#;

/// Values of type `ty` that only pass through functions.
///
/// * `loop`: the value goes through one function again and again;
/// * `keep`: the value goes to one function, while the caller needs its own copy afterwards;
/// * `recurse`: the value goes down and up a thousand calls.
///
/// The functions that are timed come first and read no global, so that their code is at the same place for
/// all types. The place matters more than the difference that is measured.
pub(crate) fn passing(ty: &str) -> String {
    let zero = if ty == "externref" { "ref.null extern" } else { "i64.const 0" };
    PASSING.replace("TYPE", ty).replace("ZERO", zero)
}

const PASSING: &str = r#"(module
  (global $g (mut TYPE) (ZERO))
  (func $same (param TYPE) (result TYPE) (local.get 0))
  (func $down (param $n i32) (param $r TYPE) (result TYPE)
    (if (result TYPE) (local.get $n)
      (then (call $down (i32.sub (local.get $n) (i32.const 1)) (local.get $r)))
      (else (local.get $r))))
  (func $loop (param $n i32) (param $r TYPE) (result TYPE)
    (loop $again
      (local.set $r (call $same (local.get $r)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $r))
  (func $recurse (param $n i32) (param $r TYPE) (result TYPE)
    (loop $again
      (local.set $r (call $down (i32.const 999) (local.get $r)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1000)))
      (br_if $again (i32.gt_s (local.get $n) (i32.const 0))))
    (local.get $r))
  (func $keep (param $n i32) (param $r TYPE) (result TYPE)
    (loop $again
      (drop (call $same (local.get $r)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $r))

  (func (export "seed") (param $i i32) (param $r TYPE)
    (global.set $g (local.get $r)))
  (func (export "loop") (param i32)
    (global.set $g (call $loop (local.get 0) (global.get $g))))
  (func (export "recurse") (param i32)
    (global.set $g (call $recurse (local.get 0) (global.get $g))))
  (func (export "keep") (param i32)
    (global.set $g (call $keep (local.get 0) (global.get $g)))))"#;
