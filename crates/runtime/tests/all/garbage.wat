;; Garbage in many shapes. Each export makes one structure of n parts, whose parts hold values of the host, and lets
;; it go; "all" does so many times with all shapes. "keep" keeps a list alive and "kept" walks it.
(module
  (import "host" "value" (func $value (result externref)))
  (type $node
    (struct
      (field $a (mut (ref null $node)))
      (field $b (mut (ref null $node)))
      (field $value (mut externref))))
  (rec
    (type $edges (array (mut (ref null $vertex))))
    (type $vertex
      (struct
        (field $edges (mut (ref null $edges)))
        (field $value (mut externref))
        (field $any (mut anyref)))))
  (type $cell (struct (field $next (ref null $cell)) (field $number i64)))
  (global $list (mut (ref null $cell)) (ref.null $cell))
  (global $seed (mut i32) (i32.const 42))

  (func $random (param $below i32) (result i32)
    (global.set $seed (i32.add (i32.mul (global.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
    (i32.rem_u (i32.shr_u (global.get $seed) (i32.const 8)) (local.get $below)))

  ;; The host's value for every 16th part, as calls of the host would take all the time otherwise.
  (func $sometimes (param $i i32) (result externref)
    (if (result externref) (i32.and (local.get $i) (i32.const 15))
      (then (ref.null extern))
      (else (call $value))))

  (func $ring (export "ring") (param $n i32)
    (local $first (ref $node)) (local $now (ref $node))
    (local.set $first (struct.new $node (ref.null $node) (ref.null $node) (call $value)))
    (local.set $now (local.get $first))
    (block $end
      (loop $more
        (br_if $end (i32.eqz (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.set $now (struct.new $node (local.get $now) (ref.null $node) (call $sometimes (local.get $n))))
        (br $more)))
    (struct.set $node $a (local.get $first) (local.get $now)))

  ;; A list in both directions, whose ends do not meet.
  (func $chain (export "chain") (param $n i32)
    (local $now (ref $node)) (local $next (ref $node))
    (local.set $now (struct.new $node (ref.null $node) (ref.null $node) (call $value)))
    (block $end
      (loop $more
        (br_if $end (i32.eqz (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.set $next (struct.new $node (ref.null $node) (local.get $now) (call $sometimes (local.get $n))))
        (struct.set $node $a (local.get $now) (local.get $next))
        (local.set $now (local.get $next))
        (br $more))))

  ;; A tree, each of whose leaves refers to the root.
  (func $grow (param $root (ref $node)) (param $n i32) (result (ref $node))
    (local $node (ref $node))
    (local.set $node (struct.new $node (local.get $root) (local.get $root) (call $sometimes (local.get $n))))
    (if (i32.gt_u (local.get $n) (i32.const 1))
      (then
        (struct.set $node $a (local.get $node)
          (call $grow (local.get $root) (i32.shr_u (local.get $n) (i32.const 1))))
        (struct.set $node $b (local.get $node)
          (call $grow (local.get $root) (i32.shr_u (local.get $n) (i32.const 1))))))
    (local.get $node))
  (func $tree (export "tree") (param $n i32)
    (local $root (ref $node))
    (local.set $root (struct.new $node (ref.null $node) (ref.null $node) (call $value)))
    (struct.set $node $a (local.get $root) (call $grow (local.get $root) (local.get $n))))

  ;; A graph: each vertex has an array of three edges to any vertices, itself perhaps, and holds a value of the host,
  ;; a number of 31 bits or an internalised value of the host.
  (func $graph (export "graph") (param $n i32)
    (local $all (ref $edges)) (local $i i32) (local $v (ref $vertex)) (local $edges (ref $edges))
    (local.set $all (array.new_default $edges (local.get $n)))
    (loop $more
      (local.set $v
        (struct.new $vertex
          (array.new_default $edges (i32.const 3))
          (call $sometimes (local.get $i))
          (ref.i31 (local.get $i))))
      (if (i32.eqz (i32.and (local.get $i) (i32.const 31)))
        (then (struct.set $vertex $any (local.get $v) (any.convert_extern (call $value)))))
      (array.set $edges (local.get $all) (local.get $i) (local.get $v))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.set $i (i32.const 0))
    (loop $link
      (local.set $edges
        (ref.as_non_null
          (struct.get $vertex $edges
            (ref.as_non_null (array.get $edges (local.get $all) (local.get $i))))))
      (array.set $edges (local.get $edges) (i32.const 0)
        (array.get $edges (local.get $all) (call $random (local.get $n))))
      (array.set $edges (local.get $edges) (i32.const 1)
        (array.get $edges (local.get $all) (call $random (local.get $n))))
      (array.set $edges (local.get $edges) (i32.const 2)
        (array.get $edges (local.get $all) (local.get $i)))
      (br_if $link (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))

  (func (export "all") (param $rounds i32) (param $n i32)
    (loop $more
      (call $ring (local.get $n))
      (call $chain (local.get $n))
      (call $tree (local.get $n))
      (call $graph (local.get $n))
      (br_if $more (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))))

  (func (export "keep") (param $n i32)
    (loop $more
      (global.set $list (struct.new $cell (global.get $list) (i64.extend_i32_u (local.get $n))))
      (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "kept") (result i64)
    (local $at (ref null $cell)) (local $sum i64)
    (local.set $at (global.get $list))
    (block $end
      (loop $more
        (br_if $end (ref.is_null (local.get $at)))
        (local.set $sum (i64.add (local.get $sum) (struct.get $cell $number (local.get $at))))
        (local.set $at (struct.get $cell $next (local.get $at)))
        (br $more)))
    (local.get $sum))
  (func (export "let-go") (global.set $list (ref.null $cell))))
