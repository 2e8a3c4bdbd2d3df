;; Swaps: n times two elements, chosen by a generator of random numbers, change places in an array of
;; 100,000 references to structures. The result depends on where each structure is in the end.
(module
  (type $box (struct (field $number i32)))
  (type $boxes (array (mut (ref null $box))))
  (func (export "run") (param $n i32) (result i64)
    (local $boxes (ref $boxes)) (local $i i32) (local $a i32) (local $b i32) (local $seed i64)
    (local $held (ref null $box)) (local $sum i64)
    (local.set $boxes (array.new_default $boxes (i32.const 100000)))
    (loop $fill
      (array.set $boxes (local.get $boxes) (local.get $i) (struct.new $box (local.get $i)))
      (br_if $fill
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100000))))
    (local.set $seed (i64.const 42))
    (loop $swap
      (local.set $seed
        (i64.add (i64.mul (local.get $seed) (i64.const 6364136223846793005)) (i64.const 1442695040888963407)))
      ;; The upper 32 bits choose one place, the 32 bits in the middle the other one.
      (local.set $a
        (i32.wrap_i64
          (i64.shr_u (i64.mul (i64.shr_u (local.get $seed) (i64.const 32)) (i64.const 100000)) (i64.const 32))))
      (local.set $b
        (i32.wrap_i64
          (i64.shr_u
            (i64.mul
              (i64.and (i64.shr_u (local.get $seed) (i64.const 16)) (i64.const 0xffffffff))
              (i64.const 100000))
            (i64.const 32))))
      (local.set $held (array.get $boxes (local.get $boxes) (local.get $a)))
      (array.set $boxes (local.get $boxes) (local.get $a) (array.get $boxes (local.get $boxes) (local.get $b)))
      (array.set $boxes (local.get $boxes) (local.get $b) (local.get $held))
      (br_if $swap (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.set $i (i32.const 0))
    (loop $check
      (local.set $sum
        (i64.add
          (i64.mul (local.get $sum) (i64.const 31))
          (i64.extend_i32_u
            (struct.get $box $number
              (ref.as_non_null (array.get $boxes (local.get $boxes) (local.get $i)))))))
      (br_if $check
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100000))))
    (local.get $sum)))
