;; References: two arrays of n MiB, four bytes a reference. One is filled with one structure and copied to the
;; other, and then copied within itself, to a place that overlaps. The result is computed of some of both.
(module
  (type $box (struct (field $number i32)))
  (type $boxes (array (mut (ref null $box))))
  ;; Takes 256 elements in, from this one on.
  (func $sample (param $boxes (ref $boxes)) (param $i i32) (result i64)
    (local $step i32) (local $sum i64)
    (local.set $step (i32.shr_u (array.len (local.get $boxes)) (i32.const 8)))
    (loop $next
      (local.set $sum
        (i64.add
          (i64.mul (local.get $sum) (i64.const 31))
          (i64.extend_i32_u
            (struct.get $box $number
              (ref.as_non_null (array.get $boxes (local.get $boxes) (local.get $i)))))))
      (br_if $next
        (i32.lt_u
          (local.tee $i (i32.add (local.get $i) (local.get $step)))
          (array.len (local.get $boxes)))))
    (local.get $sum))
  (func (export "run") (param $n i32) (result i64)
    (local $a (ref $boxes)) (local $b (ref $boxes)) (local $i i32)
    (local.set $n (i32.shl (local.get $n) (i32.const 18)))
    (local.set $a (array.new_default $boxes (local.get $n)))
    (local.set $b (array.new_default $boxes (local.get $n)))
    (array.fill $boxes (local.get $a) (i32.const 0) (struct.new $box (i32.const 0x5a)) (local.get $n))
    (loop $mark
      (array.set $boxes (local.get $a)
        (i32.mul (local.get $i) (i32.shr_u (local.get $n) (i32.const 8)))
        (struct.new $box (local.get $i)))
      (br_if $mark (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 256))))
    (array.copy $boxes $boxes
      (local.get $b) (i32.const 0) (local.get $a) (i32.const 0) (local.get $n))
    (array.copy $boxes $boxes
      (local.get $a) (i32.const 1021) (local.get $a) (i32.const 0)
      (i32.sub (local.get $n) (i32.const 1021)))
    (i64.add
      (call $sample (local.get $a) (i32.const 1021))
      (i64.mul (call $sample (local.get $b) (i32.const 0)) (i64.const 3)))))
