;; Core 3.0, appendix "Custom sections", "Name maps": a name map assigns names to indices *in a given
;; index space*. So a well-formed name section that names what the module does not have does not fit
;; the module: assert_invalid_custom, as the reference interpreter has it. The module itself is valid.


;; In range.
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\008\04name\00\07\06Mod\c3\bcl\01\0c\02\00\05first\01\02\ce\bb\02\11\02\00\02\00\01a\01\01b\01\01\01\04only\04\07\01\00\04type")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Function 2 of 2.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0e\04name\01\07\02\00\01a\02\01b")
  "custom @name: invalid function index 2")
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0e\04name\01\07\02\00\01a\02\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Function 2^32 − 1.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0f\04name\01\08\01\ff\ff\ff\ff\0f\01b")
  "custom @name: invalid function index")
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0f\04name\01\08\01\ff\ff\ff\ff\0f\01b")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Locals of function 2 of 2.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0d\04name\02\06\01\02\01\00\01a")
  "custom @name: invalid function index 2")
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0d\04name\02\06\01\02\01\00\01a")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Local 2 of 2.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0d\04name\02\06\01\01\01\02\01a")
  "custom @name: invalid local index 2")
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0d\04name\02\06\01\01\01\02\01a")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Type 1 of 1.
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00"
    "\01\06\01`\01\7f\01\7f"
    "\03\03\02\00\00"
    "\07\05\01\01f\00\01"
    "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
    "\00\0b\04name\04\04\01\01\01a")
  "custom @name: invalid type index 1")
(module binary
  "\00asm\01\00\00\00"
  "\01\06\01`\01\7f\01\7f"
  "\03\03\02\00\00"
  "\07\05\01\01f\00\01"
  "\0a\15\02\09\01\01~\20\00A\01j\0b\09\01\01~\20\00A\01j\0b"
  "\00\0b\04name\04\04\01\01\01a")
(assert_return (invoke "f" (i32.const 41)) (i32.const 42))

;; Imported functions come first in the index space: 0 is imported, 1 the module's own, 2 is none.
(module binary
  "\00asm\01\00\00\00" "\01\04\01\60\00\00"
  "\02\12\01\08spectest\05print\00\00" "\03\02\01\00" "\07\05\01\01f\00\01" "\0a\04\01\02\00\0b"
  "\00\0e\04name" "\01\07\02" "\00\01i" "\01\01d")
(assert_return (invoke "f"))
(assert_invalid_custom
  (module binary
    "\00asm\01\00\00\00" "\01\04\01\60\00\00"
    "\02\12\01\08spectest\05print\00\00" "\03\02\01\00" "\07\05\01\01f\00\01" "\0a\04\01\02\00\0b"
    "\00\0e\04name" "\01\07\02" "\00\01i" "\02\01n")
  "custom @name: invalid function index 2")
