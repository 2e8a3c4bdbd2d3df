;; 150 references and 100 i64 values, all live across the same collection, make a frame with far
;; slots; then every other reference is dead. Catches stack maps whose offsets are cut off or
;; shifted.
(module
  (import "touchstone" "gc" (func $gc))
  (import "touchstone" "new" (func $new (param i32) (result externref)))
  (import "touchstone" "value" (func $value (param externref) (result i32)))
  (import "touchstone" "live" (func $live (result i32)))
  (import "touchstone" "skipped" (func $skipped (result i32)))
  (func (export "alive") (result i32) (call $gc) (call $live))
  (func (export "skipped") (result i32) (call $skipped))
  ;; Collects, then makes values that take the place of whatever was wrongly freed.
  (func $churn
    (call $gc)
    (drop (call $new (i32.const 9001)))
    (drop (call $new (i32.const 9002)))
    (drop (call $new (i32.const 9003)))
    (call $gc))

  ;; Gives how many were live at each of two collections, a weighted sum of what was read before the
  ;; second, one of what was read after it, and the sum of the numbers.
  (func (export "run") (param $x i64) (result i32 i32 i32 i32 i64)
    (local $all i32) (local $half i32) (local $even i32) (local $odd i32) (local $numbers i64)
    (local $r0 externref) (local $r1 externref) (local $r2 externref) (local $r3 externref)
    (local $r4 externref) (local $r5 externref) (local $r6 externref) (local $r7 externref)
    (local $r8 externref) (local $r9 externref) (local $r10 externref) (local $r11 externref)
    (local $r12 externref) (local $r13 externref) (local $r14 externref) (local $r15 externref)
    (local $r16 externref) (local $r17 externref) (local $r18 externref) (local $r19 externref)
    (local $r20 externref) (local $r21 externref) (local $r22 externref) (local $r23 externref)
    (local $r24 externref) (local $r25 externref) (local $r26 externref) (local $r27 externref)
    (local $r28 externref) (local $r29 externref) (local $r30 externref) (local $r31 externref)
    (local $r32 externref) (local $r33 externref) (local $r34 externref) (local $r35 externref)
    (local $r36 externref) (local $r37 externref) (local $r38 externref) (local $r39 externref)
    (local $r40 externref) (local $r41 externref) (local $r42 externref) (local $r43 externref)
    (local $r44 externref) (local $r45 externref) (local $r46 externref) (local $r47 externref)
    (local $r48 externref) (local $r49 externref) (local $r50 externref) (local $r51 externref)
    (local $r52 externref) (local $r53 externref) (local $r54 externref) (local $r55 externref)
    (local $r56 externref) (local $r57 externref) (local $r58 externref) (local $r59 externref)
    (local $r60 externref) (local $r61 externref) (local $r62 externref) (local $r63 externref)
    (local $r64 externref) (local $r65 externref) (local $r66 externref) (local $r67 externref)
    (local $r68 externref) (local $r69 externref) (local $r70 externref) (local $r71 externref)
    (local $r72 externref) (local $r73 externref) (local $r74 externref) (local $r75 externref)
    (local $r76 externref) (local $r77 externref) (local $r78 externref) (local $r79 externref)
    (local $r80 externref) (local $r81 externref) (local $r82 externref) (local $r83 externref)
    (local $r84 externref) (local $r85 externref) (local $r86 externref) (local $r87 externref)
    (local $r88 externref) (local $r89 externref) (local $r90 externref) (local $r91 externref)
    (local $r92 externref) (local $r93 externref) (local $r94 externref) (local $r95 externref)
    (local $r96 externref) (local $r97 externref) (local $r98 externref) (local $r99 externref)
    (local $r100 externref) (local $r101 externref) (local $r102 externref) (local $r103 externref)
    (local $r104 externref) (local $r105 externref) (local $r106 externref) (local $r107 externref)
    (local $r108 externref) (local $r109 externref) (local $r110 externref) (local $r111 externref)
    (local $r112 externref) (local $r113 externref) (local $r114 externref) (local $r115 externref)
    (local $r116 externref) (local $r117 externref) (local $r118 externref) (local $r119 externref)
    (local $r120 externref) (local $r121 externref) (local $r122 externref) (local $r123 externref)
    (local $r124 externref) (local $r125 externref) (local $r126 externref) (local $r127 externref)
    (local $r128 externref) (local $r129 externref) (local $r130 externref) (local $r131 externref)
    (local $r132 externref) (local $r133 externref) (local $r134 externref) (local $r135 externref)
    (local $r136 externref) (local $r137 externref) (local $r138 externref) (local $r139 externref)
    (local $r140 externref) (local $r141 externref) (local $r142 externref) (local $r143 externref)
    (local $r144 externref) (local $r145 externref) (local $r146 externref) (local $r147 externref)
    (local $r148 externref) (local $r149 externref)
    (local $n0 i64) (local $n1 i64) (local $n2 i64) (local $n3 i64) (local $n4 i64)
    (local $n5 i64) (local $n6 i64) (local $n7 i64) (local $n8 i64) (local $n9 i64)
    (local $n10 i64) (local $n11 i64) (local $n12 i64) (local $n13 i64) (local $n14 i64)
    (local $n15 i64) (local $n16 i64) (local $n17 i64) (local $n18 i64) (local $n19 i64)
    (local $n20 i64) (local $n21 i64) (local $n22 i64) (local $n23 i64) (local $n24 i64)
    (local $n25 i64) (local $n26 i64) (local $n27 i64) (local $n28 i64) (local $n29 i64)
    (local $n30 i64) (local $n31 i64) (local $n32 i64) (local $n33 i64) (local $n34 i64)
    (local $n35 i64) (local $n36 i64) (local $n37 i64) (local $n38 i64) (local $n39 i64)
    (local $n40 i64) (local $n41 i64) (local $n42 i64) (local $n43 i64) (local $n44 i64)
    (local $n45 i64) (local $n46 i64) (local $n47 i64) (local $n48 i64) (local $n49 i64)
    (local $n50 i64) (local $n51 i64) (local $n52 i64) (local $n53 i64) (local $n54 i64)
    (local $n55 i64) (local $n56 i64) (local $n57 i64) (local $n58 i64) (local $n59 i64)
    (local $n60 i64) (local $n61 i64) (local $n62 i64) (local $n63 i64) (local $n64 i64)
    (local $n65 i64) (local $n66 i64) (local $n67 i64) (local $n68 i64) (local $n69 i64)
    (local $n70 i64) (local $n71 i64) (local $n72 i64) (local $n73 i64) (local $n74 i64)
    (local $n75 i64) (local $n76 i64) (local $n77 i64) (local $n78 i64) (local $n79 i64)
    (local $n80 i64) (local $n81 i64) (local $n82 i64) (local $n83 i64) (local $n84 i64)
    (local $n85 i64) (local $n86 i64) (local $n87 i64) (local $n88 i64) (local $n89 i64)
    (local $n90 i64) (local $n91 i64) (local $n92 i64) (local $n93 i64) (local $n94 i64)
    (local $n95 i64) (local $n96 i64) (local $n97 i64) (local $n98 i64) (local $n99 i64)
    (local.set $n0 (i64.mul (local.get $x) (i64.const 1)))
    (local.set $r0 (call $new (i32.const 0)))
    (local.set $n1 (i64.mul (local.get $x) (i64.const 2)))
    (local.set $r1 (call $new (i32.const 1)))
    (local.set $n2 (i64.mul (local.get $x) (i64.const 3)))
    (local.set $r2 (call $new (i32.const 2)))
    (local.set $n3 (i64.mul (local.get $x) (i64.const 4)))
    (local.set $r3 (call $new (i32.const 3)))
    (local.set $n4 (i64.mul (local.get $x) (i64.const 5)))
    (local.set $r4 (call $new (i32.const 4)))
    (local.set $n5 (i64.mul (local.get $x) (i64.const 6)))
    (local.set $r5 (call $new (i32.const 5)))
    (local.set $n6 (i64.mul (local.get $x) (i64.const 7)))
    (local.set $r6 (call $new (i32.const 6)))
    (local.set $n7 (i64.mul (local.get $x) (i64.const 8)))
    (local.set $r7 (call $new (i32.const 7)))
    (local.set $n8 (i64.mul (local.get $x) (i64.const 9)))
    (local.set $r8 (call $new (i32.const 8)))
    (local.set $n9 (i64.mul (local.get $x) (i64.const 10)))
    (local.set $r9 (call $new (i32.const 9)))
    (local.set $n10 (i64.mul (local.get $x) (i64.const 11)))
    (local.set $r10 (call $new (i32.const 10)))
    (local.set $n11 (i64.mul (local.get $x) (i64.const 12)))
    (local.set $r11 (call $new (i32.const 11)))
    (local.set $n12 (i64.mul (local.get $x) (i64.const 13)))
    (local.set $r12 (call $new (i32.const 12)))
    (local.set $n13 (i64.mul (local.get $x) (i64.const 14)))
    (local.set $r13 (call $new (i32.const 13)))
    (local.set $n14 (i64.mul (local.get $x) (i64.const 15)))
    (local.set $r14 (call $new (i32.const 14)))
    (local.set $n15 (i64.mul (local.get $x) (i64.const 16)))
    (local.set $r15 (call $new (i32.const 15)))
    (local.set $n16 (i64.mul (local.get $x) (i64.const 17)))
    (local.set $r16 (call $new (i32.const 16)))
    (local.set $n17 (i64.mul (local.get $x) (i64.const 18)))
    (local.set $r17 (call $new (i32.const 17)))
    (local.set $n18 (i64.mul (local.get $x) (i64.const 19)))
    (local.set $r18 (call $new (i32.const 18)))
    (local.set $n19 (i64.mul (local.get $x) (i64.const 20)))
    (local.set $r19 (call $new (i32.const 19)))
    (local.set $n20 (i64.mul (local.get $x) (i64.const 21)))
    (local.set $r20 (call $new (i32.const 20)))
    (local.set $n21 (i64.mul (local.get $x) (i64.const 22)))
    (local.set $r21 (call $new (i32.const 21)))
    (local.set $n22 (i64.mul (local.get $x) (i64.const 23)))
    (local.set $r22 (call $new (i32.const 22)))
    (local.set $n23 (i64.mul (local.get $x) (i64.const 24)))
    (local.set $r23 (call $new (i32.const 23)))
    (local.set $n24 (i64.mul (local.get $x) (i64.const 25)))
    (local.set $r24 (call $new (i32.const 24)))
    (local.set $n25 (i64.mul (local.get $x) (i64.const 26)))
    (local.set $r25 (call $new (i32.const 25)))
    (local.set $n26 (i64.mul (local.get $x) (i64.const 27)))
    (local.set $r26 (call $new (i32.const 26)))
    (local.set $n27 (i64.mul (local.get $x) (i64.const 28)))
    (local.set $r27 (call $new (i32.const 27)))
    (local.set $n28 (i64.mul (local.get $x) (i64.const 29)))
    (local.set $r28 (call $new (i32.const 28)))
    (local.set $n29 (i64.mul (local.get $x) (i64.const 30)))
    (local.set $r29 (call $new (i32.const 29)))
    (local.set $n30 (i64.mul (local.get $x) (i64.const 31)))
    (local.set $r30 (call $new (i32.const 30)))
    (local.set $n31 (i64.mul (local.get $x) (i64.const 32)))
    (local.set $r31 (call $new (i32.const 31)))
    (local.set $n32 (i64.mul (local.get $x) (i64.const 33)))
    (local.set $r32 (call $new (i32.const 32)))
    (local.set $n33 (i64.mul (local.get $x) (i64.const 34)))
    (local.set $r33 (call $new (i32.const 33)))
    (local.set $n34 (i64.mul (local.get $x) (i64.const 35)))
    (local.set $r34 (call $new (i32.const 34)))
    (local.set $n35 (i64.mul (local.get $x) (i64.const 36)))
    (local.set $r35 (call $new (i32.const 35)))
    (local.set $n36 (i64.mul (local.get $x) (i64.const 37)))
    (local.set $r36 (call $new (i32.const 36)))
    (local.set $n37 (i64.mul (local.get $x) (i64.const 38)))
    (local.set $r37 (call $new (i32.const 37)))
    (local.set $n38 (i64.mul (local.get $x) (i64.const 39)))
    (local.set $r38 (call $new (i32.const 38)))
    (local.set $n39 (i64.mul (local.get $x) (i64.const 40)))
    (local.set $r39 (call $new (i32.const 39)))
    (local.set $n40 (i64.mul (local.get $x) (i64.const 41)))
    (local.set $r40 (call $new (i32.const 40)))
    (local.set $n41 (i64.mul (local.get $x) (i64.const 42)))
    (local.set $r41 (call $new (i32.const 41)))
    (local.set $n42 (i64.mul (local.get $x) (i64.const 43)))
    (local.set $r42 (call $new (i32.const 42)))
    (local.set $n43 (i64.mul (local.get $x) (i64.const 44)))
    (local.set $r43 (call $new (i32.const 43)))
    (local.set $n44 (i64.mul (local.get $x) (i64.const 45)))
    (local.set $r44 (call $new (i32.const 44)))
    (local.set $n45 (i64.mul (local.get $x) (i64.const 46)))
    (local.set $r45 (call $new (i32.const 45)))
    (local.set $n46 (i64.mul (local.get $x) (i64.const 47)))
    (local.set $r46 (call $new (i32.const 46)))
    (local.set $n47 (i64.mul (local.get $x) (i64.const 48)))
    (local.set $r47 (call $new (i32.const 47)))
    (local.set $n48 (i64.mul (local.get $x) (i64.const 49)))
    (local.set $r48 (call $new (i32.const 48)))
    (local.set $n49 (i64.mul (local.get $x) (i64.const 50)))
    (local.set $r49 (call $new (i32.const 49)))
    (local.set $n50 (i64.mul (local.get $x) (i64.const 51)))
    (local.set $r50 (call $new (i32.const 50)))
    (local.set $n51 (i64.mul (local.get $x) (i64.const 52)))
    (local.set $r51 (call $new (i32.const 51)))
    (local.set $n52 (i64.mul (local.get $x) (i64.const 53)))
    (local.set $r52 (call $new (i32.const 52)))
    (local.set $n53 (i64.mul (local.get $x) (i64.const 54)))
    (local.set $r53 (call $new (i32.const 53)))
    (local.set $n54 (i64.mul (local.get $x) (i64.const 55)))
    (local.set $r54 (call $new (i32.const 54)))
    (local.set $n55 (i64.mul (local.get $x) (i64.const 56)))
    (local.set $r55 (call $new (i32.const 55)))
    (local.set $n56 (i64.mul (local.get $x) (i64.const 57)))
    (local.set $r56 (call $new (i32.const 56)))
    (local.set $n57 (i64.mul (local.get $x) (i64.const 58)))
    (local.set $r57 (call $new (i32.const 57)))
    (local.set $n58 (i64.mul (local.get $x) (i64.const 59)))
    (local.set $r58 (call $new (i32.const 58)))
    (local.set $n59 (i64.mul (local.get $x) (i64.const 60)))
    (local.set $r59 (call $new (i32.const 59)))
    (local.set $n60 (i64.mul (local.get $x) (i64.const 61)))
    (local.set $r60 (call $new (i32.const 60)))
    (local.set $n61 (i64.mul (local.get $x) (i64.const 62)))
    (local.set $r61 (call $new (i32.const 61)))
    (local.set $n62 (i64.mul (local.get $x) (i64.const 63)))
    (local.set $r62 (call $new (i32.const 62)))
    (local.set $n63 (i64.mul (local.get $x) (i64.const 64)))
    (local.set $r63 (call $new (i32.const 63)))
    (local.set $n64 (i64.mul (local.get $x) (i64.const 65)))
    (local.set $r64 (call $new (i32.const 64)))
    (local.set $n65 (i64.mul (local.get $x) (i64.const 66)))
    (local.set $r65 (call $new (i32.const 65)))
    (local.set $n66 (i64.mul (local.get $x) (i64.const 67)))
    (local.set $r66 (call $new (i32.const 66)))
    (local.set $n67 (i64.mul (local.get $x) (i64.const 68)))
    (local.set $r67 (call $new (i32.const 67)))
    (local.set $n68 (i64.mul (local.get $x) (i64.const 69)))
    (local.set $r68 (call $new (i32.const 68)))
    (local.set $n69 (i64.mul (local.get $x) (i64.const 70)))
    (local.set $r69 (call $new (i32.const 69)))
    (local.set $n70 (i64.mul (local.get $x) (i64.const 71)))
    (local.set $r70 (call $new (i32.const 70)))
    (local.set $n71 (i64.mul (local.get $x) (i64.const 72)))
    (local.set $r71 (call $new (i32.const 71)))
    (local.set $n72 (i64.mul (local.get $x) (i64.const 73)))
    (local.set $r72 (call $new (i32.const 72)))
    (local.set $n73 (i64.mul (local.get $x) (i64.const 74)))
    (local.set $r73 (call $new (i32.const 73)))
    (local.set $n74 (i64.mul (local.get $x) (i64.const 75)))
    (local.set $r74 (call $new (i32.const 74)))
    (local.set $n75 (i64.mul (local.get $x) (i64.const 76)))
    (local.set $r75 (call $new (i32.const 75)))
    (local.set $n76 (i64.mul (local.get $x) (i64.const 77)))
    (local.set $r76 (call $new (i32.const 76)))
    (local.set $n77 (i64.mul (local.get $x) (i64.const 78)))
    (local.set $r77 (call $new (i32.const 77)))
    (local.set $n78 (i64.mul (local.get $x) (i64.const 79)))
    (local.set $r78 (call $new (i32.const 78)))
    (local.set $n79 (i64.mul (local.get $x) (i64.const 80)))
    (local.set $r79 (call $new (i32.const 79)))
    (local.set $n80 (i64.mul (local.get $x) (i64.const 81)))
    (local.set $r80 (call $new (i32.const 80)))
    (local.set $n81 (i64.mul (local.get $x) (i64.const 82)))
    (local.set $r81 (call $new (i32.const 81)))
    (local.set $n82 (i64.mul (local.get $x) (i64.const 83)))
    (local.set $r82 (call $new (i32.const 82)))
    (local.set $n83 (i64.mul (local.get $x) (i64.const 84)))
    (local.set $r83 (call $new (i32.const 83)))
    (local.set $n84 (i64.mul (local.get $x) (i64.const 85)))
    (local.set $r84 (call $new (i32.const 84)))
    (local.set $n85 (i64.mul (local.get $x) (i64.const 86)))
    (local.set $r85 (call $new (i32.const 85)))
    (local.set $n86 (i64.mul (local.get $x) (i64.const 87)))
    (local.set $r86 (call $new (i32.const 86)))
    (local.set $n87 (i64.mul (local.get $x) (i64.const 88)))
    (local.set $r87 (call $new (i32.const 87)))
    (local.set $n88 (i64.mul (local.get $x) (i64.const 89)))
    (local.set $r88 (call $new (i32.const 88)))
    (local.set $n89 (i64.mul (local.get $x) (i64.const 90)))
    (local.set $r89 (call $new (i32.const 89)))
    (local.set $n90 (i64.mul (local.get $x) (i64.const 91)))
    (local.set $r90 (call $new (i32.const 90)))
    (local.set $n91 (i64.mul (local.get $x) (i64.const 92)))
    (local.set $r91 (call $new (i32.const 91)))
    (local.set $n92 (i64.mul (local.get $x) (i64.const 93)))
    (local.set $r92 (call $new (i32.const 92)))
    (local.set $n93 (i64.mul (local.get $x) (i64.const 94)))
    (local.set $r93 (call $new (i32.const 93)))
    (local.set $n94 (i64.mul (local.get $x) (i64.const 95)))
    (local.set $r94 (call $new (i32.const 94)))
    (local.set $n95 (i64.mul (local.get $x) (i64.const 96)))
    (local.set $r95 (call $new (i32.const 95)))
    (local.set $n96 (i64.mul (local.get $x) (i64.const 97)))
    (local.set $r96 (call $new (i32.const 96)))
    (local.set $n97 (i64.mul (local.get $x) (i64.const 98)))
    (local.set $r97 (call $new (i32.const 97)))
    (local.set $n98 (i64.mul (local.get $x) (i64.const 99)))
    (local.set $r98 (call $new (i32.const 98)))
    (local.set $n99 (i64.mul (local.get $x) (i64.const 100)))
    (local.set $r99 (call $new (i32.const 99)))
    (local.set $r100 (call $new (i32.const 100)))
    (local.set $r101 (call $new (i32.const 101)))
    (local.set $r102 (call $new (i32.const 102)))
    (local.set $r103 (call $new (i32.const 103)))
    (local.set $r104 (call $new (i32.const 104)))
    (local.set $r105 (call $new (i32.const 105)))
    (local.set $r106 (call $new (i32.const 106)))
    (local.set $r107 (call $new (i32.const 107)))
    (local.set $r108 (call $new (i32.const 108)))
    (local.set $r109 (call $new (i32.const 109)))
    (local.set $r110 (call $new (i32.const 110)))
    (local.set $r111 (call $new (i32.const 111)))
    (local.set $r112 (call $new (i32.const 112)))
    (local.set $r113 (call $new (i32.const 113)))
    (local.set $r114 (call $new (i32.const 114)))
    (local.set $r115 (call $new (i32.const 115)))
    (local.set $r116 (call $new (i32.const 116)))
    (local.set $r117 (call $new (i32.const 117)))
    (local.set $r118 (call $new (i32.const 118)))
    (local.set $r119 (call $new (i32.const 119)))
    (local.set $r120 (call $new (i32.const 120)))
    (local.set $r121 (call $new (i32.const 121)))
    (local.set $r122 (call $new (i32.const 122)))
    (local.set $r123 (call $new (i32.const 123)))
    (local.set $r124 (call $new (i32.const 124)))
    (local.set $r125 (call $new (i32.const 125)))
    (local.set $r126 (call $new (i32.const 126)))
    (local.set $r127 (call $new (i32.const 127)))
    (local.set $r128 (call $new (i32.const 128)))
    (local.set $r129 (call $new (i32.const 129)))
    (local.set $r130 (call $new (i32.const 130)))
    (local.set $r131 (call $new (i32.const 131)))
    (local.set $r132 (call $new (i32.const 132)))
    (local.set $r133 (call $new (i32.const 133)))
    (local.set $r134 (call $new (i32.const 134)))
    (local.set $r135 (call $new (i32.const 135)))
    (local.set $r136 (call $new (i32.const 136)))
    (local.set $r137 (call $new (i32.const 137)))
    (local.set $r138 (call $new (i32.const 138)))
    (local.set $r139 (call $new (i32.const 139)))
    (local.set $r140 (call $new (i32.const 140)))
    (local.set $r141 (call $new (i32.const 141)))
    (local.set $r142 (call $new (i32.const 142)))
    (local.set $r143 (call $new (i32.const 143)))
    (local.set $r144 (call $new (i32.const 144)))
    (local.set $r145 (call $new (i32.const 145)))
    (local.set $r146 (call $new (i32.const 146)))
    (local.set $r147 (call $new (i32.const 147)))
    (local.set $r148 (call $new (i32.const 148)))
    (local.set $r149 (call $new (i32.const 149)))
    (call $churn)
    (local.set $all (call $live))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r0))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r2))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r4))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r6))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r8))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r10))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r12))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r14))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r16))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r18))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r20))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r22))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r24))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r26))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r28))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r30))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r32))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r34))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r36))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r38))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r40))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r42))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r44))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r46))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r48))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r50))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r52))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r54))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r56))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r58))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r60))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r62))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r64))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r66))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r68))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r70))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r72))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r74))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r76))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r78))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r80))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r82))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r84))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r86))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r88))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r90))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r92))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r94))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r96))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r98))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r100))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r102))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r104))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r106))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r108))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r110))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r112))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r114))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r116))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r118))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r120))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r122))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r124))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r126))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r128))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r130))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r132))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r134))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r136))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r138))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r140))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r142))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r144))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r146))))
    (local.set $even
      (i32.add (i32.mul (local.get $even) (i32.const 3)) (call $value (local.get $r148))))
    (call $churn)
    (local.set $half (call $live))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r1))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r3))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r5))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r7))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r9))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r11))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r13))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r15))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r17))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r19))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r21))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r23))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r25))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r27))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r29))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r31))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r33))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r35))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r37))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r39))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r41))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r43))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r45))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r47))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r49))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r51))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r53))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r55))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r57))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r59))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r61))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r63))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r65))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r67))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r69))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r71))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r73))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r75))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r77))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r79))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r81))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r83))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r85))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r87))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r89))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r91))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r93))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r95))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r97))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r99))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r101))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r103))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r105))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r107))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r109))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r111))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r113))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r115))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r117))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r119))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r121))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r123))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r125))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r127))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r129))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r131))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r133))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r135))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r137))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r139))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r141))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r143))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r145))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r147))))
    (local.set $odd
      (i32.add (i32.mul (local.get $odd) (i32.const 3)) (call $value (local.get $r149))))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n0)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n1)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n2)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n3)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n4)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n5)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n6)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n7)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n8)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n9)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n10)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n11)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n12)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n13)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n14)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n15)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n16)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n17)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n18)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n19)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n20)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n21)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n22)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n23)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n24)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n25)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n26)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n27)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n28)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n29)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n30)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n31)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n32)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n33)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n34)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n35)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n36)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n37)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n38)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n39)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n40)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n41)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n42)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n43)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n44)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n45)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n46)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n47)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n48)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n49)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n50)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n51)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n52)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n53)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n54)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n55)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n56)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n57)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n58)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n59)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n60)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n61)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n62)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n63)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n64)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n65)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n66)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n67)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n68)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n69)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n70)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n71)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n72)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n73)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n74)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n75)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n76)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n77)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n78)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n79)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n80)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n81)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n82)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n83)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n84)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n85)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n86)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n87)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n88)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n89)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n90)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n91)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n92)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n93)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n94)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n95)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n96)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n97)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n98)))
    (local.set $numbers (i64.add (local.get $numbers) (local.get $n99)))
    (local.get $all) (local.get $half) (local.get $even) (local.get $odd) (local.get $numbers))
)

(assert_return (invoke "run" (i64.const 1000000000000))
  (i32.const 150) (i32.const 75) (i32.const 464945458) (i32.const 929890991)
  (i64.const 5050000000000000))
(assert_return (invoke "alive") (i32.const 0))
(assert_return (invoke "skipped") (i32.const 0))
