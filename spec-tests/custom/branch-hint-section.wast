;; Core 3.0, appendix "Custom sections", and the branch-hinting proposal: the section
;; "metadata.code.branch_hint" comes once, before the code. It gives functions in order of increasing
;; index, for each the hints in order of increasing offset from the start of the locals; each hint has
;; the size 1 and the value 0 or 1 (malformed otherwise), and is about an if or br_if of a function of
;; the module (invalid otherwise). The module is valid in any case, and runs the same.
;;
;; Function 0 is imported; 1 and 2 are the same: br_if at offset 9, if at offset 15.

;; Likely and unlikely, both wrong about what happens next.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00+\19metadata.code.branch_hint\02\01\02\09\01\01\0f\01\01\02\02\09\01\00\0f\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; The other way round.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00#\19metadata.code.branch_hint\01\01\02\09\01\00\0f\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Only the second function, only the last branch.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\02\01\0f\01\01"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; No function.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\1b\19metadata.code.branch_hint\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; A function without hints.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\1d\19metadata.code.branch_hint\01\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Offsets in more bytes than needed.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00$\19metadata.code.branch_hint\01\81\00\01\89\80\00\81\00\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Another name.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\1c\1ametadata.code.branch_hints\ff"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Malformed.

;; The value 2.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\09\01\02"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid hint value")

;; The value 255.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\09\01\ff"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid hint value")

;; The size 0.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\09\00\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: missing reserved byte")

;; The size 2.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00!\19metadata.code.branch_hint\01\01\01\09\02\00\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: missing reserved byte")

;; Offsets in decreasing order.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00#\19metadata.code.branch_hint\01\01\02\0f\01\00\09\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid order")

;; An offset twice.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00#\19metadata.code.branch_hint\01\01\02\09\01\00\09\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: duplicate")

;; Functions in decreasing order.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00%\19metadata.code.branch_hint\02\02\01\09\01\00\01\01\09\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid order")

;; A function twice.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00%\19metadata.code.branch_hint\02\01\01\09\01\00\01\01\0f\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: duplicate")

;; Fewer functions than counted.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\1d\19metadata.code.branch_hint\02\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: unexpected end")

;; Fewer hints than counted.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\02\09\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: unexpected end")

;; More than counted.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\1d\19metadata.code.branch_hint\00\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: unexpected content")

;; Nothing at all.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\1a\19metadata.code.branch_hint"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: unexpected end")

;; A count of functions past 2^32.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\1f\19metadata.code.branch_hint\ff\ff\ff\ff\7f"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: integer too large")

;; An offset of six bytes.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00%\19metadata.code.branch_hint\01\01\01\89\80\80\80\80\00\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: integer representation too long")

;; An offset past 2^32.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00$\19metadata.code.branch_hint\01\01\01\89\80\80\80\10\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: integer too large")

;; After the code.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b"
    "\00\20\19metadata.code.branch_hint\01\01\01\09\01\00")
  "@metadata.code.branch_hint section: misplaced")

;; Twice.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\09\01\00"
    "\00\20\19metadata.code.branch_hint\01\02\01\09\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: duplicate")

;; Invalid.

;; In the middle of br_if: its immediate.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\0a\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid target")

;; A drop.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\0b\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid target")

;; The block.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\03\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid target")

;; The locals.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\00\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid target")

;; The else.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\13\01\01"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid target")

;; The end of the function.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\18\01\01"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid target")

;; Past the end of the function.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\01\01\19\01\01"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid offset")

;; Offset 2^32 − 1.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00$\19metadata.code.branch_hint\01\01\01\ff\ff\ff\ff\0f\01\01"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid offset")

;; One good, one bad.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00#\19metadata.code.branch_hint\01\01\02\09\01\00\10\01\01"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid target")

;; An imported function.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\00\01\09\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid function index")

;; Function 3 of 3.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00\20\19metadata.code.branch_hint\01\03\01\09\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid function index")

;; Function 2^32 − 1.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\09\02`\01\7f\01\7f`\00\00"
    "\02\12\01\08spectest\05print\00\01"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\00$\19metadata.code.branch_hint\01\ff\ff\ff\ff\0f\01\09\01\00"
    "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
  "@metadata.code.branch_hint section: invalid function index")

;; For the semantics they are all the same module.

;; The value 2.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\09\01\02"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; The value 255.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\09\01\ff"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; The size 0.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\09\00\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; The size 2.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00!\19metadata.code.branch_hint\01\01\01\09\02\00\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Offsets in decreasing order.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00#\19metadata.code.branch_hint\01\01\02\0f\01\00\09\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; An offset twice.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00#\19metadata.code.branch_hint\01\01\02\09\01\00\09\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Functions in decreasing order.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00%\19metadata.code.branch_hint\02\02\01\09\01\00\01\01\09\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; A function twice.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00%\19metadata.code.branch_hint\02\01\01\09\01\00\01\01\0f\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Fewer functions than counted.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\1d\19metadata.code.branch_hint\02\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Fewer hints than counted.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\02\09\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; More than counted.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\1d\19metadata.code.branch_hint\00\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Nothing at all.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\1a\19metadata.code.branch_hint"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; An offset of six bytes.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00%\19metadata.code.branch_hint\01\01\01\89\80\80\80\80\00\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; An offset past 2^32.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00$\19metadata.code.branch_hint\01\01\01\89\80\80\80\10\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; After the code.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b"
  "\00\20\19metadata.code.branch_hint\01\01\01\09\01\00")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Twice.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\09\01\00"
  "\00\20\19metadata.code.branch_hint\01\02\01\09\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; In the middle of br_if: its immediate.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\0a\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; A drop.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\0b\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; The block.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\03\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; The locals.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\00\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; The else.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\13\01\01"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; The end of the function.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\18\01\01"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Past the end of the function.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\01\01\19\01\01"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Offset 2^32 − 1.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00$\19metadata.code.branch_hint\01\01\01\ff\ff\ff\ff\0f\01\01"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; One good, one bad.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00#\19metadata.code.branch_hint\01\01\02\09\01\00\10\01\01"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; An imported function.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\00\01\09\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Function 3 of 3.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00\20\19metadata.code.branch_hint\01\03\01\09\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))

;; Function 2^32 − 1.
(module binary
  "\00asm\01\00\00\00"
  "\01\09\02`\01\7f\01\7f`\00\00"
  "\02\12\01\08spectest\05print\00\01"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\00$\19metadata.code.branch_hint\01\ff\ff\ff\ff\0f\01\09\01\00"
  "\0a5\02\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b\19\01\01~\02\7fA\0a\20\00\0d\00\1a\20\01\a7\04\7fA\14\05A\1e\0b\0b\0b")
(assert_return (invoke "f" (i32.const 0)) (i32.const 30))
(assert_return (invoke "f" (i32.const 1)) (i32.const 10))
