;; Casts: n objects are cast down a chain of eight types, each the supertype of the next, as far as each goes.
;; The objects are of all eight types, in an order that is hard to foresee. The result is the sum of the depths.
(module
  (type $t0 (sub (struct (field i32))))
  (type $t1 (sub $t0 (struct (field i32))))
  (type $t2 (sub $t1 (struct (field i32))))
  (type $t3 (sub $t2 (struct (field i32))))
  (type $t4 (sub $t3 (struct (field i32))))
  (type $t5 (sub $t4 (struct (field i32))))
  (type $t6 (sub $t5 (struct (field i32))))
  (type $t7 (sub $t6 (struct (field i32))))
  (type $objects (array (mut (ref null $t0))))
  (func $make (param $depth i32) (result (ref $t0))
    (block $is7
    (block $is6
    (block $is5
    (block $is4
    (block $is3
    (block $is2
    (block $is1
    (block $is0
      (br_table $is0 $is1 $is2 $is3 $is4 $is5 $is6 $is7 (local.get $depth)))
      (return (struct.new $t0 (i32.const 0))))
      (return (struct.new $t1 (i32.const 1))))
      (return (struct.new $t2 (i32.const 2))))
      (return (struct.new $t3 (i32.const 3))))
      (return (struct.new $t4 (i32.const 4))))
      (return (struct.new $t5 (i32.const 5))))
      (return (struct.new $t6 (i32.const 6))))
    (struct.new $t7 (i32.const 7)))
  (func $depth (param $object (ref $t0)) (result i32)
    (local $passed i32)
    (drop
      (block $not (result (ref $t0))
        (local.get $object)
        (br_on_cast_fail $not (ref $t0) (ref $t1))
        (local.set $passed (i32.const 1))
        (br_on_cast_fail $not (ref $t1) (ref $t2))
        (local.set $passed (i32.const 2))
        (br_on_cast_fail $not (ref $t2) (ref $t3))
        (local.set $passed (i32.const 3))
        (br_on_cast_fail $not (ref $t3) (ref $t4))
        (local.set $passed (i32.const 4))
        (br_on_cast_fail $not (ref $t4) (ref $t5))
        (local.set $passed (i32.const 5))
        (br_on_cast_fail $not (ref $t5) (ref $t6))
        (local.set $passed (i32.const 6))
        (br_on_cast_fail $not (ref $t6) (ref $t7))
        (local.set $passed (i32.const 7))))
    (local.get $passed))
  (func (export "run") (param $n i32) (result i64)
    (local $objects (ref $objects)) (local $i i32) (local $seed i32) (local $sum i64)
    (local.set $objects (array.new_default $objects (i32.const 4096)))
    (local.set $seed (i32.const 42))
    (loop $fill
      (local.set $seed
        (i32.add (i32.mul (local.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
      (array.set $objects (local.get $objects) (local.get $i)
        (call $make (i32.shr_u (local.get $seed) (i32.const 29))))
      (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4096))))
    (loop $next
      (local.set $sum
        (i64.add (local.get $sum)
          (i64.extend_i32_u
            (call $depth
              (ref.as_non_null
                (array.get $objects (local.get $objects) (i32.and (local.get $n) (i32.const 4095))))))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
