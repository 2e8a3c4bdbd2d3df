;; Dead cycles: n rings of two structures, which refer to each other, and each of which is garbage when the
;; next one is made. The result is the sum of what is read around the rings.
(module
  (type $node (struct (field $other (mut (ref null $node))) (field $number i32)))
  (func (export "run") (param $n i32) (result i64)
    (local $a (ref $node)) (local $b (ref $node)) (local $i i32) (local $sum i64)
    (loop $next
      (local.set $a (struct.new $node (ref.null $node) (local.get $i)))
      (local.set $b (struct.new $node (local.get $a) (i32.const 1)))
      (struct.set $node $other (local.get $a) (local.get $b))
      (local.set $sum
        (i64.add (local.get $sum)
          (i64.extend_i32_u
            (i32.add
              (struct.get $node $number (ref.as_non_null (struct.get $node $other (local.get $a))))
              (struct.get $node $number (ref.as_non_null (struct.get $node $other (local.get $b))))))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $sum)))
