;; Churn of a table: n times the element at one place goes to another one, and to a global. Every 16th time it
;; is a new structure. The result depends on where each structure is in the end.
(module
  (type $box (struct (field $number i32)))
  (table $table 1024 (ref null $box))
  (global $last (mut (ref null $box)) (ref.null $box))
  (func (export "run") (param $n i32) (result i64)
    (local $i i32) (local $seed i32) (local $held (ref null $box)) (local $sum i64)
    (loop $fill
      (table.set $table (local.get $i) (struct.new $box (local.get $i)))
      (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1024))))
    (local.set $seed (i32.const 42))
    (loop $next
      (local.set $seed
        (i32.add (i32.mul (local.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
      (local.set $held (table.get $table (i32.shr_u (local.get $seed) (i32.const 22))))
      (if (i32.eqz (i32.and (local.get $n) (i32.const 15)))
        (then (local.set $held (struct.new $box (local.get $n)))))
      (table.set $table
        (i32.and (i32.shr_u (local.get $seed) (i32.const 8)) (i32.const 1023))
        (local.get $held))
      (global.set $last (local.get $held))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.set $i (i32.const 0))
    (loop $check
      (local.set $sum
        (i64.add
          (i64.mul (local.get $sum) (i64.const 31))
          (i64.extend_i32_u
            (struct.get $box $number (ref.as_non_null (table.get $table (local.get $i)))))))
      (br_if $check (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1024))))
    (i64.add (local.get $sum) (i64.extend_i32_u (struct.get $box $number (global.get $last))))))
