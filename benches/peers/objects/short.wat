;; Short-lived structures: n of them, each alive until the next one is made.
;; The result is the sum of what they hold, 0 + 1 + … + (n - 1).
(module
  (type $pair (struct (field $number i32) (field $shared (ref null $pair))))
  (func (export "run") (param $n i32) (result i64)
    (local $shared (ref $pair)) (local $now (ref $pair)) (local $i i32) (local $sum i64)
    (local.set $shared (struct.new_default $pair))
    (local.set $now (local.get $shared))
    (loop $next
      (local.set $now (struct.new $pair (local.get $i) (local.get $shared)))
      ;; Every 1,024th takes the place of the one that all refer to, so that no compiler can do without them.
      (if (i32.eqz (i32.and (local.get $i) (i32.const 1023)))
        (then (local.set $shared (struct.new $pair (i32.const 0) (ref.null $pair)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $sum
        (i64.add (local.get $sum)
          (i64.extend_i32_u
            (i32.add
              (struct.get $pair $number (local.get $now))
              (struct.get $pair $number
                (ref.as_non_null (struct.get $pair $shared (local.get $now))))))))
      (br_if $next (i32.lt_u (local.get $i) (local.get $n))))
    (local.get $sum)))
