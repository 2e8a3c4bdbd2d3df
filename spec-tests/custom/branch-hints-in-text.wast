;; Branch-hinting proposal, "Annotations": in text, a hint stands before if or br_if; only "\00" and
;; "\01" are hints. Whatever the hint says, the program does the same.

(module
  ;; Collatz: the same function without hints, with true ones and with false ones.
  (func (export "plain") (param $n i64) (result i32) (local $steps i32)
    (block $done
      (loop $next
        (br_if $done (i64.eq (local.get $n) (i64.const 1)))
        (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
        (if (i64.eqz (i64.and (local.get $n) (i64.const 1)))
          (then (local.set $n (i64.shr_u (local.get $n) (i64.const 1))) (br $next)))
        (local.set $n (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1)))
        (br $next)))
    (local.get $steps))
  (func (export "right") (param $n i64) (result i32) (local $steps i32)
    (block $done
      (loop $next
        (@metadata.code.branch_hint "\00")
        (br_if $done (i64.eq (local.get $n) (i64.const 1)))
        (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
        (@metadata.code.branch_hint "\01")
        (if (i64.eqz (i64.and (local.get $n) (i64.const 1)))
          (then (local.set $n (i64.shr_u (local.get $n) (i64.const 1))) (br $next)))
        (local.set $n (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1)))
        (br $next)))
    (local.get $steps))
  (func (export "wrong") (param $n i64) (result i32) (local $steps i32)
    (block $done
      (loop $next
        (@metadata.code.branch_hint "\01")
        (br_if $done (i64.eq (local.get $n) (i64.const 1)))
        (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
        (@metadata.code.branch_hint "\00")
        (if (i64.eqz (i64.and (local.get $n) (i64.const 1)))
          (then (local.set $n (i64.shr_u (local.get $n) (i64.const 1))) (br $next)))
        (local.set $n (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1)))
        (br $next)))
    (local.get $steps))
  ;; if with results and else, nested; unfolded; br_if with operands.
  (func (export "select") (param i32 i32) (result i32)
    local.get 0
    (@metadata.code.branch_hint "\00") if (result i32)
      local.get 1
      (@metadata.code.branch_hint "\01") if (result i32) i32.const 3 else i32.const 2 end
    else
      local.get 1
      (@metadata.code.branch_hint "\00") if (result i32) i32.const 1 else i32.const 0 end
    end)
  (func (export "operands") (param i32) (result i32)
    block (result i32 i32)
      i32.const 10 i32.const 20 local.get 0
      (@metadata.code.branch_hint "\01") br_if 0
      drop i32.const 5
    end
    i32.add))
(assert_return (invoke "plain" (i64.const 27)) (i32.const 111))
(assert_return (invoke "right" (i64.const 27)) (i32.const 111))
(assert_return (invoke "wrong" (i64.const 27)) (i32.const 111))
(assert_return (invoke "right" (i64.const 1)) (i32.const 0))
(assert_return (invoke "wrong" (i64.const 1)) (i32.const 0))
(assert_return (invoke "select" (i32.const 0) (i32.const 0)) (i32.const 0))
(assert_return (invoke "select" (i32.const 0) (i32.const 1)) (i32.const 1))
(assert_return (invoke "select" (i32.const 1) (i32.const 0)) (i32.const 2))
(assert_return (invoke "select" (i32.const 1) (i32.const 1)) (i32.const 3))
(assert_return (invoke "operands" (i32.const 1)) (i32.const 30))
(assert_return (invoke "operands" (i32.const 0)) (i32.const 15))

(assert_malformed_custom
  (module quote "(func (@metadata.code.branch_hint \"\\02\") (if (i32.const 0) (then)))")
  "@metadata.code.branch_hint annotation: invalid hint value")
(assert_malformed_custom
  (module quote "(func (@metadata.code.branch_hint) (if (i32.const 0) (then)))")
  "@metadata.code.branch_hint annotation: invalid hint value")
(assert_invalid_custom
  (module (func (@metadata.code.branch_hint "\01") (nop)))
  "@metadata.code.branch_hint annotation: invalid target")
(assert_invalid_custom
  (module (func (block (@metadata.code.branch_hint "\00") (br 0))))
  "@metadata.code.branch_hint annotation: invalid target")
(assert_invalid_custom
  (module (func (block (i32.const 0) (@metadata.code.branch_hint "\00") (br_table 0 0))))
  "@metadata.code.branch_hint annotation: invalid target")
