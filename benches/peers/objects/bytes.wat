;; Bytes: two arrays of n MiB. One is filled and copied to the other, and then copied within itself, to a place
;; that overlaps. The result is computed of some bytes of both.
(module
  (type $bytes (array (mut i8)))
  ;; Takes 256 elements in, from this one on.
  (func $sample (param $bytes (ref $bytes)) (param $i i32) (result i64)
    (local $step i32) (local $sum i64)
    (local.set $step (i32.shr_u (array.len (local.get $bytes)) (i32.const 8)))
    (loop $next
      (local.set $sum
        (i64.add
          (i64.mul (local.get $sum) (i64.const 31))
          (i64.extend_i32_u (array.get_u $bytes (local.get $bytes) (local.get $i)))))
      (br_if $next
        (i32.lt_u
          (local.tee $i (i32.add (local.get $i) (local.get $step)))
          (array.len (local.get $bytes)))))
    (local.get $sum))
  (func (export "run") (param $n i32) (result i64)
    (local $a (ref $bytes)) (local $b (ref $bytes)) (local $i i32)
    (local.set $n (i32.shl (local.get $n) (i32.const 20)))
    (local.set $a (array.new_default $bytes (local.get $n)))
    (local.set $b (array.new_default $bytes (local.get $n)))
    (array.fill $bytes (local.get $a) (i32.const 0) (i32.const 0x5a) (local.get $n))
    ;; 256 places get other values, so that the copies can be told.
    (loop $mark
      (array.set $bytes (local.get $a)
        (i32.mul (local.get $i) (i32.shr_u (local.get $n) (i32.const 8)))
        (local.get $i))
      (br_if $mark (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 256))))
    (array.copy $bytes $bytes
      (local.get $b) (i32.const 0) (local.get $a) (i32.const 0) (local.get $n))
    (array.copy $bytes $bytes
      (local.get $a) (i32.const 4093) (local.get $a) (i32.const 0)
      (i32.sub (local.get $n) (i32.const 4093)))
    (i64.add
      (call $sample (local.get $a) (i32.const 4093))
      (i64.mul (call $sample (local.get $b) (i32.const 0)) (i64.const 3)))))
