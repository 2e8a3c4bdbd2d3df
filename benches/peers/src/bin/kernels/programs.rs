//! The Wasm programs, as text. Both engines get the same bytes.
//!
//! Every export takes a number of rounds and gives what it computed; both numbers are `i64`.

/// Arithmetic, bytes of memory, and a switch.
pub(crate) const INTEGERS: &str = r#"(module
  (memory 2)
  ;; A round of mixing: multiply, rotate, exclude.
  (func (export "hash") (param $n i64) (result i64) (local $a i64) (local $b i32)
    (local.set $a (i64.const 0x9e3779b97f4a7c15))
    (local.set $b (i32.const 0x85ebca6b))
    (loop $again
      (local.set $a (i64.mul (i64.xor (local.get $a)
        (i64.shr_u (local.get $a) (i64.const 29))) (i64.const 0xbf58476d1ce4e5b9)))
      (local.set $b (i32.add (i32.rotl (local.get $b) (i32.const 13))
        (i32.wrap_i64 (local.get $a))))
      (local.set $a (i64.add (local.get $a) (i64.extend_i32_u (local.get $b))))
      (if (i32.and (local.get $b) (i32.const 64))
        (then (local.set $b (i32.xor (local.get $b) (i32.const 0x27d4eb2f)))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.add (local.get $a) (i64.extend_i32_u (local.get $b))))

  ;; CRC-32 of 4096 bytes, by a table at 8192.
  (func $tabulate (local $i i32) (local $j i32) (local $c i32)
    (loop $next
      (local.set $c (local.get $i))
      (local.set $j (i32.const 8))
      (loop $bit
        (local.set $c (i32.xor (i32.shr_u (local.get $c) (i32.const 1))
          (i32.and (i32.const 0xedb88320) (i32.sub (i32.const 0)
            (i32.and (local.get $c) (i32.const 1))))))
        (br_if $bit (local.tee $j (i32.sub (local.get $j) (i32.const 1)))))
      (i32.store offset=8192 (i32.shl (local.get $i) (i32.const 2)) (local.get $c))
      (i32.store offset=12288 (i32.shl (local.get $i) (i32.const 2)) (local.get $c))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
        (i32.const 256)))))
  (start $tabulate)
  (func (export "crc") (param $n i64) (result i64) (local $i i32) (local $c i32)
    (local.set $c (i32.const -1))
    (loop $again
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $c (i32.xor (i32.shr_u (local.get $c) (i32.const 8))
          (i32.load offset=8192 (i32.shl (i32.and (i32.const 255) (i32.xor (local.get $c)
            (i32.load8_u offset=12288 (local.get $i)))) (i32.const 2)))))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
          (i32.const 4096))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.extend_i32_u (local.get $c)))

  ;; How many primes there are below 8192.
  (func (export "sieve") (param $n i64) (result i64)
    (local $i i32) (local $j i32) (local $count i64)
    (loop $again
      (local.set $i (i32.const 0))
      (loop $clear
        (i64.store (local.get $i) (i64.const 0))
        (br_if $clear (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8)))
          (i32.const 8192))))
      (local.set $count (i64.const 0))
      (local.set $i (i32.const 2))
      (loop $next
        (if (i32.eqz (i32.load8_u (local.get $i)))
          (then
            (local.set $count (i64.add (local.get $count) (i64.const 1)))
            (local.set $j (i32.mul (local.get $i) (local.get $i)))
            (block $done
              (loop $cross
                (br_if $done (i32.ge_u (local.get $j) (i32.const 8192)))
                (i32.store8 (local.get $j) (i32.const 1))
                (local.set $j (i32.add (local.get $j) (local.get $i)))
                (br $cross)))))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
          (i32.const 8192))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $count))

  ;; A small machine with an accumulator, its program in memory.
  (data (i32.const 65536) "\00\01\02\00\03\01\04\00\02\03\01\00\04\02\00\05")
  (func (export "interpret") (param $n i64) (result i64) (local $pc i32) (local $a i64)
    (loop $again
      (block $next
        (block $5 (block $4 (block $3 (block $2 (block $1 (block $0
          (br_table $0 $1 $2 $3 $4 $5
            (i32.load8_u offset=65536 (i32.and (local.get $pc) (i32.const 15)))))
          ;; 0
          (local.set $a (i64.add (local.get $a) (i64.const 7)))
          (br $next))
          ;; 1
          (local.set $a (i64.mul (local.get $a) (i64.const 3)))
          (br $next))
          ;; 2
          (local.set $a (i64.xor (local.get $a) (i64.shr_u (local.get $a) (i64.const 7))))
          (br $next))
          ;; 3
          (local.set $a (i64.rotl (local.get $a) (i64.const 5)))
          (br $next))
          ;; 4
          (local.set $a (i64.sub (local.get $a) (i64.extend_i32_u (local.get $pc))))
          (br $next))
        ;; 5
        (i64.store (i32.const 0) (local.get $a)))
      (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $a)))"#;

/// Floating point.
pub(crate) const FLOATS: &str = r#"(module
  (memory 4)
  (func $init (local $i i32)
    (loop $again
      (f64.store (local.get $i)
        (f64.div (f64.convert_i32_u (i32.rem_u (local.get $i) (i32.const 1001))) (f64.const 997)))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8)))
        (i32.const 65536)))))
  (start $init)

  ;; c = a × b: 64 rows and columns each, at 0, 32768 and 65536.
  (func $multiply (local $i i32) (local $j i32) (local $k i32) (local $sum f64)
    (local $a i32) (local $b i32)
    (loop $rows
      (local.set $j (i32.const 0))
      (loop $columns
        (local.set $sum (f64.const 0))
        (local.set $k (i32.const 0))
        (local.set $a (i32.shl (local.get $i) (i32.const 9)))
        (local.set $b (i32.shl (local.get $j) (i32.const 3)))
        (loop $terms
          (local.set $sum (f64.add (local.get $sum)
            (f64.mul (f64.load (local.get $a)) (f64.load offset=32768 (local.get $b)))))
          (local.set $a (i32.add (local.get $a) (i32.const 8)))
          (local.set $b (i32.add (local.get $b) (i32.const 512)))
          (br_if $terms (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1)))
            (i32.const 64))))
        (f64.store offset=65536
          (i32.add (i32.shl (local.get $i) (i32.const 9)) (i32.shl (local.get $j) (i32.const 3)))
          (local.get $sum))
        (br_if $columns (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1)))
          (i32.const 64))))
      (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
        (i32.const 64)))))
  (func (export "product") (param $n i64) (result i64)
    (loop $again
      (call $multiply)
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.reinterpret_f64 (f64.add (f64.load (i32.const 65536)) (f64.load (i32.const 98296)))))

  ;; Four bodies in a plane, 32 bytes each, at 131072: x, y and their speeds.
  (func (export "bodies") (param $n i64) (result i64)
    (local $i i32) (local $j i32) (local $dx f64) (local $dy f64) (local $f f64)
    (loop $place
      (f64.store offset=131072 (i32.shl (local.get $i) (i32.const 5))
        (f64.convert_i32_s (i32.mul (local.get $i) (local.get $i))))
      (f64.store offset=131080 (i32.shl (local.get $i) (i32.const 5))
        (f64.sqrt (f64.convert_i32_s (local.get $i))))
      (f64.store offset=131088 (i32.shl (local.get $i) (i32.const 5)) (f64.const 0.25))
      (f64.store offset=131096 (i32.shl (local.get $i) (i32.const 5)) (f64.const -0.25))
      (br_if $place (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
        (i32.const 4))))
    (loop $again
      (local.set $i (i32.const 0))
      (loop $each
        (local.set $j (i32.const 0))
        (loop $other
          (local.set $dx (f64.sub (f64.load offset=131072 (local.get $j))
            (f64.load offset=131072 (local.get $i))))
          (local.set $dy (f64.sub (f64.load offset=131080 (local.get $j))
            (f64.load offset=131080 (local.get $i))))
          (local.set $f (f64.add (f64.const 0.5) (f64.add
            (f64.mul (local.get $dx) (local.get $dx)) (f64.mul (local.get $dy) (local.get $dy)))))
          (local.set $f (f64.div (f64.const 0.001)
            (f64.mul (local.get $f) (f64.sqrt (local.get $f)))))
          (f64.store offset=131088 (local.get $i) (f64.add (f64.load offset=131088 (local.get $i))
            (f64.mul (local.get $dx) (local.get $f))))
          (f64.store offset=131096 (local.get $i) (f64.add (f64.load offset=131096 (local.get $i))
            (f64.mul (local.get $dy) (local.get $f))))
          (br_if $other (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 32)))
            (i32.const 128))))
        (br_if $each (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 32)))
          (i32.const 128))))
      (local.set $i (i32.const 0))
      (loop $move
        (f64.store offset=131072 (local.get $i) (f64.add (f64.load offset=131072 (local.get $i))
          (f64.mul (f64.const 0.01) (f64.load offset=131088 (local.get $i)))))
        (f64.store offset=131080 (local.get $i) (f64.add (f64.load offset=131080 (local.get $i))
          (f64.mul (f64.const 0.01) (f64.load offset=131096 (local.get $i)))))
        (br_if $move (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 32)))
          (i32.const 128))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.reinterpret_f64 (f64.load (i32.const 131072)))))"#;

/// Copies and fills of many bytes: by loads and stores, and by one instruction. The addresses of source and
/// target differ in their lower twelve bits. Otherwise processors may take a read for a read of what was just
/// written, and whether they do changes from run to run.
pub(crate) const MEMORY: &str = r#"(module
  (memory 4)
  (data (i32.const 0) "The quick brown fox jumps over the lazy dog, again and again.")

  (func (export "by 8") (param $n i64) (result i64) (local $i i32)
    (loop $again
      (local.set $i (i32.const 0))
      (loop $next
        (i64.store offset=65536 (local.get $i) (i64.load (local.get $i)))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8)))
          (i32.const 4096))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.load (i32.const 65552)))

  (func (export "by 1") (param $n i64) (result i64) (local $i i32)
    (loop $again
      (local.set $i (i32.const 0))
      (loop $next
        (i32.store8 offset=65536 (local.get $i) (i32.load8_u (local.get $i)))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
          (i32.const 4096))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.load (i32.const 65552)))

  (func $copy (param $n i64) (param $bytes i32) (result i64)
    (loop $again
      (memory.copy (i32.const 132096) (i32.const 0) (local.get $bytes))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.load (i32.const 132104)))
  (func (export "copy 16") (param i64) (result i64) (call $copy (local.get 0) (i32.const 16)))
  (func (export "copy 256") (param i64) (result i64) (call $copy (local.get 0) (i32.const 256)))
  (func (export "copy 65536") (param i64) (result i64)
    (call $copy (local.get 0) (i32.const 65536)))

  (func (export "copy few") (param $n i64) (result i64)
    (loop $again
      (memory.copy (i32.const 132096) (i32.wrap_i64 (i64.and (local.get $n) (i64.const 15)))
        (i32.const 24))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.load (i32.const 132104)))

  (func $fill (param $n i64) (param $bytes i32) (result i64)
    (loop $again
      (memory.fill (i32.const 132096) (i32.wrap_i64 (local.get $n)) (local.get $bytes))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.load (i32.const 132104)))
  (func (export "fill 16") (param i64) (result i64) (call $fill (local.get 0) (i32.const 16)))
  (func (export "fill 65536") (param i64) (result i64)
    (call $fill (local.get 0) (i32.const 65536))))"#;

/// Calls of the three kinds.
pub(crate) const CALLS: &str = r#"(module
  (type $f (func (param i64 i64) (result i64)))
  (table $t 8 funcref)
  (elem (i32.const 0) $add $sub $xor $mul)
  (func $add (type $f) (i64.add (local.get 0) (local.get 1)))
  (func $sub (type $f) (i64.sub (local.get 0) (local.get 1)))
  (func $xor (type $f) (i64.xor (local.get 0) (local.get 1)))
  (func $mul (type $f) (i64.mul (local.get 0) (local.get 1)))

  ;; Each call of 20 makes 21,891; a unit is one of them.
  (func $fib (param $n i64) (result i64)
    (if (result i64) (i64.lt_u (local.get $n) (i64.const 2))
      (then (local.get $n))
      (else (i64.add (call $fib (i64.sub (local.get $n) (i64.const 1)))
        (call $fib (i64.sub (local.get $n) (i64.const 2)))))))
  (func (export "fibonacci") (param $n i64) (result i64) (local $a i64)
    (loop $again
      (local.set $a (i64.add (local.get $a) (call $fib (i64.const 20))))
      (local.set $n (i64.sub (local.get $n) (i64.const 21891)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 0))))
    (local.get $a))

  (func (export "one") (param $n i64) (result i64) (local $a i64)
    (loop $again
      (local.set $a (call_indirect $t (type $f) (local.get $a) (local.get $n) (i32.const 2)))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $a))

  (func (export "four") (param $n i64) (result i64) (local $a i64)
    (loop $again
      (local.set $a (call_indirect $t (type $f) (local.get $a) (local.get $n)
        (i32.and (i32.wrap_i64 (local.get $n)) (i32.const 3))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $a))

  (elem declare func $xor)
  (func (export "reference") (param $n i64) (result i64) (local $a i64) (local $r (ref null $f))
    (local.set $r (ref.func $xor))
    (loop $again
      (local.set $a (call_ref $f (local.get $a) (local.get $n) (local.get $r)))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $a)))"#;

/// Dot products, 16 bytes at a time.
pub(crate) const VECTORS: &str = r#"(module
  (memory 1)
  (func $init (local $i i32)
    (loop $again
      (f32.store (local.get $i) (f32.convert_i32_u (i32.and (local.get $i) (i32.const 63))))
      (i32.store offset=16384 (local.get $i) (i32.mul (local.get $i) (i32.const 2654435761)))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4)))
        (i32.const 8192)))))
  (start $init)

  (func (export "floats") (param $n i64) (result i64) (local $i i32) (local $sum v128)
    (loop $again
      (local.set $sum (v128.const f32x4 0 0 0 0))
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $sum (f32x4.add (local.get $sum)
          (f32x4.mul (v128.load (local.get $i)) (v128.load offset=4096 (local.get $i)))))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16)))
          (i32.const 4096))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64x2.extract_lane 1 (local.get $sum)))

  (func (export "shorts") (param $n i64) (result i64) (local $i i32) (local $sum v128)
    (loop $again
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $sum (i32x4.add (local.get $sum) (i32x4.dot_i16x8_s
          (v128.load offset=16384 (local.get $i)) (v128.load offset=20480 (local.get $i)))))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16)))
          (i32.const 4096))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64x2.extract_lane 0 (local.get $sum))))"#;

/// A shared memory that one thread uses. Each export begins by setting the place that it uses to zero, as the
/// number of calls before depends on how long they take.
pub(crate) const ATOMICS: &str = r#"(module
  (memory 1 1 shared)
  (func (export "add") (param $n i64) (result i64)
    (i32.atomic.store (i32.const 64) (i32.const 0))
    (loop $again
      (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 3)))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.extend_i32_u (i32.atomic.load (i32.const 64))))
  (func (export "exchange") (param $n i64) (result i64) (local $a i64)
    (i64.atomic.store (i32.const 128) (i64.const 0))
    (loop $again
      (local.set $a (i64.add (local.get $a) (i64.atomic.rmw.cmpxchg (i32.const 128)
        (i64.and (local.get $n) (i64.const 1)) (local.get $n))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $a))
  (func (export "load and store") (param $n i64) (result i64)
    (i64.atomic.store (i32.const 192) (i64.const 0))
    (loop $again
      (i64.atomic.store (i32.const 192) (i64.add (local.get $n) (i64.atomic.load (i32.const 192))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (i64.extend_i32_u (i32.atomic.load16_u (i32.const 192)))))"#;

/// Exceptions. Each exception carries a number, and the code that catches it adds the numbers up.
pub(crate) const EXCEPTIONS: &str = r#"(module
  (tag $t (param i32))
  (tag $other (param i32))
  (tag $third)
  (tag $three (param i32 i64 f64))
  (global $depth (mut i32) (i32.const 1))

  ;; Throws or returns from so many frames below.
  (func $down (param $depth i32) (param $throw i32)
    (if (local.get $depth)
      (then (call $down (i32.sub (local.get $depth) (i32.const 1)) (local.get $throw)))
      (else (if (local.get $throw) (then (throw $t (local.get $throw)))))))

  (func $caught (param $n i64) (param $depth i32) (param $throw i32) (result i64) (local $sum i64) (local $x i32)
    (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
    (loop $again
      (block $done
        (block $handler (result i32)
          (try_table (catch $t $handler)
            (call $down (local.get $depth) (local.get $throw)))
          (br $done))
        (local.set $x)
        (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $x)))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $sum))

  (func (export "throw 1") (param i64) (result i64)
    (call $caught (local.get 0) (i32.const 1) (i32.const 5)))
  (func (export "throw 10") (param i64) (result i64)
    (call $caught (local.get 0) (i32.const 10) (i32.const 5)))
  (func (export "throw 100") (param i64) (result i64)
    (call $caught (local.get 0) (i32.const 100) (i32.const 5)))
  (func (export "throw 1000") (param i64) (result i64)
    (call $caught (local.get 0) (i32.const 1000) (i32.const 5)))
  (func (export "set depth") (param i64) (result i64)
    (global.set $depth (i32.wrap_i64 (local.get 0))) (i64.const 0))
  (func (export "throw") (param i64) (result i64)
    (call $caught (local.get 0) (global.get $depth) (i32.const 5)))
  (func (export "return") (param i64) (result i64)
    (call $caught (local.get 0) (global.get $depth) (i32.const 0)))
  (func (export "calm") (param i64) (result i64)
    (call $caught (local.get 0) (i32.const 1) (i32.const 0)))

  (func (export "here") (param $n i64) (result i64) (local $sum i64) (local $x i32)
    (loop $again
      (block $handler (result i32)
        (try_table (catch $t $handler) (throw $t (i32.wrap_i64 (local.get $n))))
        (unreachable))
      (local.set $x)
      (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $x))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $sum))

  (func $throw (param i32) (throw $t (local.get 0)))

  (func (export "by reference") (param $n i64) (result i64) (local $sum i64) (local $null i32)
    (loop $again
      (block $handler (result exnref)
        (try_table (catch_all_ref $handler) (call $throw (i32.wrap_i64 (local.get $n))))
        (unreachable))
      (local.set $null (ref.is_null))
      (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $null))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $sum))

  (func (export "third clause") (param $n i64) (result i64) (local $sum i64) (local $x i32)
    (loop $again
      (block $handler (result i32)
        (block $not (result i32)
          (block $nor
            (try_table (catch $other $not) (catch $third $nor) (catch $t $handler)
              (call $throw (i32.wrap_i64 (local.get $n)))))
          (unreachable))
        (unreachable))
      (local.set $x)
      (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $x))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $sum))

  (func $twice (param i32)
    (block $handler (result exnref)
      (try_table (catch_all_ref $handler) (call $throw (local.get 0)))
      (unreachable))
    (throw_ref))
  (func (export "again") (param $n i64) (result i64) (local $sum i64) (local $x i32)
    (loop $again
      (block $handler (result i32)
        (try_table (catch $t $handler) (call $twice (i32.wrap_i64 (local.get $n))))
        (unreachable))
      (local.set $x)
      (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $x))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $sum))

  (func $throw_three (param i64)
    (throw $three (i32.wrap_i64 (local.get 0)) (local.get 0) (f64.convert_i64_s (local.get 0))))
  (func (export "three values") (param $n i64) (result i64)
    (local $sum i64) (local $x i32) (local $y i64) (local $f f64)
    (loop $again
      (block $handler (result i32 i64 f64)
        (try_table (catch $three $handler) (call $throw_three (local.get $n)))
        (unreachable))
      (local.set $f)
      (local.set $y)
      (local.set $x)
      (local.set $sum (i64.add (local.get $sum) (i64.add (i64.extend_i32_u (local.get $x))
        (i64.add (local.get $y) (i64.trunc_sat_f64_s (local.get $f))))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1)))
        (i64.const 0))))
    (local.get $sum)))"#;
