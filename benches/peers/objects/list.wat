;; A list of n nodes, all of which are alive until it is walked. The result is 0 + 1 + … + (n - 1).
(module
  (type $node (struct (field $next (ref null $node)) (field $number i32)))
  (func $build (param $n i32) (result (ref null $node))
    (local $list (ref null $node)) (local $i i32)
    (loop $more
      (local.set $list (struct.new $node (local.get $list) (local.get $i)))
      (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $list))
  (func $walk (param $list (ref null $node)) (result i64)
    (local $sum i64)
    (block $end
      (loop $more
        (br_if $end (ref.is_null (local.get $list)))
        (local.set $sum
          (i64.add (local.get $sum) (i64.extend_i32_u (struct.get $node $number (local.get $list)))))
        (local.set $list (struct.get $node $next (local.get $list)))
        (br $more)))
    (local.get $sum))
  (func (export "run") (param $n i32) (result i64)
    (call $walk (call $build (local.get $n)))))
