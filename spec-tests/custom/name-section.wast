;; Core 3.0, appendix "Custom sections": the name section. Its subsections are in order of increasing
;; id, each at most once; name maps in order of increasing index, each index at most once; names are
;; UTF-8; sizes fit. Whether it is well-formed is asked by assert_malformed_custom. The module is valid
;; in any case, and runs the same: semantics ignores custom sections.

;; Well-formed: all of the standard's subsections for such a module; empty; empty maps; no name.

;; Everything.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\008\04name\00\07\06Mod\c3\bcl\01\0c\02\00\05first\01\02\ce\bb\02\11\02\00\02\00\01a\01\01b\01\01\01\04only\04\07\01\00\04type")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Empty.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\05\04name")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Empty maps, an empty name.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\10\04name\00\01\00\01\01\00\02\03\01\00\00")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Only the later subsections.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\13\04name\02\06\01\01\01\00\01x\04\04\01\00\01t")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Names need not be unique.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\14\04name\01\0d\02\00\04same\01\04same")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Sizes and indices in more bytes than needed.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\13\04name\01\88\80\80\80\00\81\80\80\00\81\00\01z")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Sections of other names may hold anything.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\08\04Name\ff\ff\ff"
  "\00\02\00\01"
  "\00\06\05names")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Malformed.

;; Two module names.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0d\04name\00\02\01a\00\02\01b")
  "name section")

;; Two subsections of function names.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\11\04name\01\04\01\00\01a\01\04\01\01\01b")
  "name section")

;; Function names before the module's.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0f\04name\01\04\01\00\01a\00\02\01m")
  "name section")

;; Locals before functions.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\13\04name\02\06\01\00\01\00\01a\01\04\01\00\01f")
  "name section")

;; Types before locals.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\13\04name\04\04\01\00\01t\02\06\01\00\01\00\01a")
  "name section")

;; An index twice.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0e\04name\01\07\02\00\01a\00\01b")
  "name section")

;; Indices in decreasing order.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0e\04name\01\07\02\01\01a\00\01b")
  "name section")

;; A local twice.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\10\04name\02\09\01\00\02\00\01a\00\01b")
  "name section")

;; Locals in decreasing order.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\10\04name\02\09\01\00\02\01\01a\00\01b")
  "name section")

;; A function's locals twice.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\12\04name\02\0b\02\00\01\00\01a\00\01\01\01b")
  "name section")

;; Functions in decreasing order, among locals.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\12\04name\02\0b\02\01\01\00\01a\00\01\01\01b")
  "name section")

;; A type twice.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0e\04name\04\07\02\00\01a\00\01b")
  "name section")

;; A module name that is not UTF-8.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0a\04name\00\03\02\ff\fe")
  "malformed UTF-8 encoding")

;; A function name that is not UTF-8.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0c\04name\01\05\01\00\02\c0\80")
  "malformed UTF-8 encoding")

;; A local name that is not UTF-8: half of a surrogate pair.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0f\04name\02\08\01\00\01\00\03\ed\a0\80")
  "malformed UTF-8 encoding")

;; A size past the end of the section.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\09\04name\00\05\01m")
  "name section")

;; A size that is too large for the contents.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0a\04name\00\03\01mX")
  "name section")

;; A size that is too small for the contents.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\09\04name\00\01\01m")
  "name section")

;; An id without a size.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\06\04name\01")
  "name section")

;; A map that is shorter than its count.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0b\04name\01\04\02\00\01a")
  "name section")

;; A map that is longer than its count.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0e\04name\01\07\01\00\01a\01\01b")
  "name section")

;; A name past the end.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0b\04name\01\04\01\00\09a")
  "name section")

;; An index of more than five bytes.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\10\04name\01\09\01\80\80\80\80\80\00\01a")
  "integer representation too long")

;; An index past 2^32.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0f\04name\01\08\01\80\80\80\80\10\01a")
  "integer too large")

;; A count past 2^32.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0f\04name\01\08\ff\ff\ff\ff\7f\00\01a")
  "integer too large")

;; A size of more than five bytes.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0e\04name\00\82\80\80\80\80\00\01m")
  "integer representation too long")

;; Two sections.
(assert_malformed_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\09\04name\00\02\01a"
    "\00\0b\04name\01\04\01\00\01f")
  "name section")

;; For the semantics they are all the same module.

;; Two module names.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0d\04name\00\02\01a\00\02\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Two subsections of function names.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\11\04name\01\04\01\00\01a\01\04\01\01\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Function names before the module's.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0f\04name\01\04\01\00\01a\00\02\01m")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Locals before functions.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\13\04name\02\06\01\00\01\00\01a\01\04\01\00\01f")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Types before locals.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\13\04name\04\04\01\00\01t\02\06\01\00\01\00\01a")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; An index twice.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0e\04name\01\07\02\00\01a\00\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Indices in decreasing order.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0e\04name\01\07\02\01\01a\00\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A local twice.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\10\04name\02\09\01\00\02\00\01a\00\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Locals in decreasing order.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\10\04name\02\09\01\00\02\01\01a\00\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A function's locals twice.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\12\04name\02\0b\02\00\01\00\01a\00\01\01\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Functions in decreasing order, among locals.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\12\04name\02\0b\02\01\01\00\01a\00\01\01\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A type twice.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0e\04name\04\07\02\00\01a\00\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A module name that is not UTF-8.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0a\04name\00\03\02\ff\fe")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A function name that is not UTF-8.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0c\04name\01\05\01\00\02\c0\80")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A local name that is not UTF-8: half of a surrogate pair.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0f\04name\02\08\01\00\01\00\03\ed\a0\80")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A size past the end of the section.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\09\04name\00\05\01m")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A size that is too large for the contents.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0a\04name\00\03\01mX")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A size that is too small for the contents.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\09\04name\00\01\01m")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; An id without a size.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\06\04name\01")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A map that is shorter than its count.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0b\04name\01\04\02\00\01a")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A map that is longer than its count.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0e\04name\01\07\01\00\01a\01\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A name past the end.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0b\04name\01\04\01\00\09a")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; An index of more than five bytes.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\10\04name\01\09\01\80\80\80\80\80\00\01a")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; An index past 2^32.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0f\04name\01\08\01\80\80\80\80\10\01a")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A count past 2^32.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0f\04name\01\08\ff\ff\ff\ff\7f\00\01a")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; A size of more than five bytes.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0e\04name\00\82\80\80\80\80\00\01m")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Two sections.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\09\04name\00\02\01a"
  "\00\0b\04name\01\04\01\00\01f")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))
