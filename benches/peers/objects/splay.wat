;; A splay tree of 8,192 keys, in which n times a new key with new data comes in and an old one goes. The tree is
;; splayed from the top down, without recursion. The result is computed of the keys in the end.
(module
  (type $data (struct (field $left (ref null $data)) (field $right (ref null $data)) (field $number i32)))
  (type $node
    (struct
      (field $left (mut (ref null $node)))
      (field $right (mut (ref null $node)))
      (field $data (ref $data))
      (field $key i32)))
  (global $root (mut (ref null $node)) (ref.null $node))
  (global $seed (mut i32) (i32.const 42))

  (func $random (result i32)
    (global.set $seed
      (i32.add (i32.mul (global.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
    (global.get $seed))

  ;; What comes with a key: a tree of 31 structures.
  (func $data (param $depth i32) (param $number i32) (result (ref $data))
    (if (result (ref $data)) (i32.eqz (local.get $depth))
      (then (struct.new $data (ref.null $data) (ref.null $data) (local.get $number)))
      (else
        (struct.new $data
          (call $data (i32.sub (local.get $depth) (i32.const 1)) (local.get $number))
          (call $data (i32.sub (local.get $depth) (i32.const 1)) (local.get $number))
          (local.get $number)))))

  ;; Makes the node with this key, or the last one on the way to where it would be, the root. The tree is not empty.
  (func $splay (param $key i32)
    (local $dummy (ref $node)) (local $left (ref $node)) (local $right (ref $node))
    (local $t (ref null $node)) (local $y (ref null $node))
    (local.set $dummy
      (struct.new $node (ref.null $node) (ref.null $node)
        (struct.get $node $data (global.get $root)) (i32.const 0)))
    (local.set $left (local.get $dummy))
    (local.set $right (local.get $dummy))
    (local.set $t (global.get $root))
    (block $found
      (loop $down
        (if (i32.lt_u (local.get $key) (struct.get $node $key (local.get $t)))
          (then
            (local.set $y (struct.get $node $left (local.get $t)))
            (br_if $found (ref.is_null (local.get $y)))
            (if (i32.lt_u (local.get $key) (struct.get $node $key (local.get $y)))
              (then
                ;; The two are rotated to the right.
                (struct.set $node $left (local.get $t) (struct.get $node $right (local.get $y)))
                (struct.set $node $right (local.get $y) (local.get $t))
                (local.set $t (local.get $y))
                (br_if $found (ref.is_null (struct.get $node $left (local.get $t))))))
            (struct.set $node $left (local.get $right) (local.get $t))
            (local.set $right (ref.as_non_null (local.get $t)))
            (local.set $t (struct.get $node $left (local.get $t)))
            (br $down)))
        (if (i32.gt_u (local.get $key) (struct.get $node $key (local.get $t)))
          (then
            (local.set $y (struct.get $node $right (local.get $t)))
            (br_if $found (ref.is_null (local.get $y)))
            (if (i32.gt_u (local.get $key) (struct.get $node $key (local.get $y)))
              (then
                (struct.set $node $right (local.get $t) (struct.get $node $left (local.get $y)))
                (struct.set $node $left (local.get $y) (local.get $t))
                (local.set $t (local.get $y))
                (br_if $found (ref.is_null (struct.get $node $right (local.get $t))))))
            (struct.set $node $right (local.get $left) (local.get $t))
            (local.set $left (ref.as_non_null (local.get $t)))
            (local.set $t (struct.get $node $right (local.get $t)))
            (br $down)))))
    (struct.set $node $right (local.get $left) (struct.get $node $left (local.get $t)))
    (struct.set $node $left (local.get $right) (struct.get $node $right (local.get $t)))
    (struct.set $node $left (local.get $t) (struct.get $node $right (local.get $dummy)))
    (struct.set $node $right (local.get $t) (struct.get $node $left (local.get $dummy)))
    (global.set $root (local.get $t)))

  ;; Puts a key in, unless it is there; says whether it was not.
  (func $insert (param $key i32) (result i32)
    (local $node (ref $node))
    (if (ref.is_null (global.get $root))
      (then
        (global.set $root
          (struct.new $node (ref.null $node) (ref.null $node)
            (call $data (i32.const 4) (local.get $key)) (local.get $key)))
        (return (i32.const 1))))
    (call $splay (local.get $key))
    (if (i32.eq (struct.get $node $key (global.get $root)) (local.get $key))
      (then (return (i32.const 0))))
    (local.set $node
      (struct.new $node (ref.null $node) (ref.null $node)
        (call $data (i32.const 4) (local.get $key)) (local.get $key)))
    (if (i32.gt_u (local.get $key) (struct.get $node $key (global.get $root)))
      (then
        (struct.set $node $left (local.get $node) (global.get $root))
        (struct.set $node $right (local.get $node) (struct.get $node $right (global.get $root)))
        (struct.set $node $right (global.get $root) (ref.null $node)))
      (else
        (struct.set $node $right (local.get $node) (global.get $root))
        (struct.set $node $left (local.get $node) (struct.get $node $left (global.get $root)))
        (struct.set $node $left (global.get $root) (ref.null $node))))
    (global.set $root (local.get $node))
    (i32.const 1))

  ;; Takes the key out that is nearest to this one on the way.
  (func $remove (param $key i32)
    (local $right (ref null $node))
    (call $splay (local.get $key))
    (local.set $key (struct.get $node $key (global.get $root)))
    (local.set $right (struct.get $node $right (global.get $root)))
    (if (ref.is_null (struct.get $node $left (global.get $root)))
      (then (global.set $root (local.get $right)))
      (else
        (global.set $root (struct.get $node $left (global.get $root)))
        ;; All keys are smaller, so that the new root has nothing to its right.
        (call $splay (local.get $key))
        (struct.set $node $right (global.get $root) (local.get $right)))))

  ;; Takes what is left of the tree apart from the smallest key on.
  (func $sum (result i64)
    (local $sum i64)
    (loop $next
      (call $splay (i32.const 0))
      (local.set $sum
        (i64.add
          (i64.mul (local.get $sum) (i64.const 31))
          (i64.extend_i32_u
            (i32.add
              (struct.get $node $key (global.get $root))
              (struct.get $data $number (struct.get $node $data (global.get $root)))))))
      (global.set $root (struct.get $node $right (global.get $root)))
      (br_if $next (i32.eqz (ref.is_null (global.get $root)))))
    (local.get $sum))

  (func (export "run") (param $n i32) (result i64)
    (local $size i32)
    (global.set $seed (i32.const 42))
    (loop $fill
      (local.set $size (i32.add (local.get $size) (call $insert (call $random))))
      (br_if $fill (i32.lt_u (local.get $size) (i32.const 8192))))
    (loop $next
      (if (call $insert (call $random))
        (then (call $remove (call $random))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (call $sum)))
