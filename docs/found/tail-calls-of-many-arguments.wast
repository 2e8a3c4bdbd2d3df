;; A tail call takes the place of its caller's frame, however many arguments there are (WebAssembly 3.0, §4.6.8,
;; "return_call"): a million of them need no more stack than one.
(module
  (func $f (export "count") (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (if (i64.eqz (local.get 0)) (then (return (local.get 11))))
    (return_call $f (i64.sub (local.get 0) (i64.const 1))
      (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6) (local.get 7) (local.get 8)
      (local.get 9) (local.get 10) (local.get 11))))
(assert_return
  (invoke "count" (i64.const 1_000_000) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
    (i64.const 6) (i64.const 7) (i64.const 8) (i64.const 9) (i64.const 10) (i64.const 11))
  (i64.const 11))
