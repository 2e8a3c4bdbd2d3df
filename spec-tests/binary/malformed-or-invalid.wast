;; Binary format (§5): what does not decode is malformed, whatever its types say; what decodes and
;; breaks a rule of §3 is invalid. One case per production; opcodes, flags, LEB128 and prefixes.

;; align 128: reserved bits
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\0b\01\09\00\41\00\28\80\01\00\1a\0b") "x")
;; align 2^63: exponent < 64: well formed, invalid
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\0a\01\08\00\41\00\28\3f\00\1a\0b") "x")
;; align 2^31
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\0a\01\08\00\41\00\28\1f\00\1a\0b") "x")
;; memory index 0 explicit
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\0b\01\09\00\41\00\28\42\00\00\1a\0b")
;; memory index 1: unknown memory
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\0b\01\09\00\41\00\28\42\01\00\1a\0b") "x")
;; offset > u64
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\13\01\11\00\41\00\28\02\ff\ff\ff\ff\ff\ff\ff\ff\ff\7f\1a\0b") "x")
;; offset 2^32 on i32: offset out of range
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\0e\01\0c\00\41\00\28\02\80\80\80\80\10\1a\0b") "x")
;; memory.size 1: unknown memory
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\07\01\05\00\3f\01\1a\0b") "x")
;; data mode 3 and count mismatch
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0c\01\00\0a\04\01\02\00\0b\0b\03\01\03\00") "x")
;; data mode 3
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\03\01\00\01\0b\03\01\03\00") "x")
;; elem flag 8
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09\03\01\08\00") "x")
;; elem kind 1
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09\04\01\01\01\00") "x")
;; limits flag 16
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\03\01\10\01") "x")
;; limits 0xff
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\03\01\ff\01") "x")
;; shared table without max
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\04\01\70\02\01") "x")
;; shared table
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\05\01\70\03\01\01") "x")
;; table with page size
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\05\01\70\08\01\00") "x")
;; shared memory without max: invalid (threads: shared memory must have maximum)
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\05\03\01\02\01") "x")
;; shared memory
(module binary "\00\61\73\6d\01\00\00\00\05\04\01\03\01\01")
;; mutability 2
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\06\01\7f\02\41\00\0b") "x")
;; value type 0
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\06\01\00\00\41\00\0b") "x")
;; param type 0
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\05\01\60\01\00\00") "x")
;; type form 61
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\61\00\00") "x")
;; type form 0
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\02\01\00") "x")
;; type form 7f
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\02\01\7f") "x")
;; sub of itself: unknown type
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\07\01\50\01\00\60\00\00") "x")
;; sub of final
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\0a\02\60\00\00\50\01\00\60\00\00") "x")
;; sub of open
(module binary "\00\61\73\6d\01\00\00\00\01\0c\02\50\00\60\00\00\50\01\00\60\00\00")
;; two supertypes: decodes, invalid
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\0d\02\50\00\60\00\00\50\02\00\00\60\00\00") "x")
;; empty rec group
(module binary "\00\61\73\6d\01\00\00\00\01\03\01\4e\00")
;; nested rec
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\08\01\4e\01\4e\01\60\00\00") "x")
;; import kind 5
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\02\05\01\00\00\05\00") "x")
;; export kind 5
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\07\04\01\00\05\00\0a\04\01\02\00\0b") "x")
;; export
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\07\04\01\00\00\00\0a\04\01\02\00\0b")
;; duplicate export
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\07\07\02\00\00\00\00\00\00\0a\04\01\02\00\0b") "x")
;; unknown function
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\07\04\01\00\00\01\0a\04\01\02\00\0b") "x")
;; block type -63
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\07\01\05\00\02\41\0b\0b") "x")
;; block type 9 unknown type
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\07\01\05\00\02\09\0b\0b") "x")
;; opcode ff
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\05\01\03\00\ff\0b") "x")
;; opcode 27
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\05\01\03\00\27\0b") "x")
;; fc 128
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\07\01\05\00\fc\80\01\0b") "x")
;; fd huge
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\07\01\05\00\fd\ff\7f\0b") "x")
;; fc 0 in three bytes
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0e\01\0c\00\43\00\00\00\00\fc\80\80\00\1a\0b")
;; fc 0 in six bytes
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\11\01\0f\00\43\00\00\00\00\fc\80\80\80\80\80\00\1a\0b") "x")
;; atomic.fence 1
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\07\01\05\00\fe\03\01\0b") "x")
;; atomic.fence 0
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\07\01\05\00\fe\03\00\0b")
;; catch kind 4
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0a\01\08\00\1f\40\01\04\00\0b\0b") "x")
;; catch unknown tag
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0b\01\09\00\1f\40\01\00\00\00\0b\0b") "x")
;; tag attribute 1
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\0d\03\01\01\00") "x")
;; tag
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\0d\03\01\00\00")
;; select with no type: arity
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\06\01\04\00\1c\00\0b") "x")
;; select with two types
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0f\01\0d\00\41\00\41\00\41\00\1c\02\7f\7f\1a\0b") "x")
;; ref.null i32
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\07\01\05\00\d0\7f\1a\0b") "x")
;; ref.null -64
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\07\01\05\00\d0\40\1a\0b") "x")
;; ref.null unknown type
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\07\01\05\00\d0\05\1a\0b") "x")
;; ref.null negative two-byte
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\08\01\06\00\d0\f0\7e\1a\0b") "x")
;; i32 too large
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0b\01\09\00\41\80\80\80\80\10\1a\0b") "x")
;; i32 unused bits
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0b\01\09\00\41\ff\ff\ff\ff\4f\1a\0b") "x")
;; i32 -1 in five
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0b\01\09\00\41\ff\ff\ff\ff\7f\1a\0b")
;; i32 six bytes
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0c\01\0a\00\41\80\80\80\80\80\00\1a\0b") "x")
;; i64 too large
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\10\01\0e\00\42\80\80\80\80\80\80\80\80\80\01\1a\0b") "x")
;; i64 -1
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\10\01\0e\00\42\ff\ff\ff\ff\ff\ff\ff\ff\ff\7f\1a\0b")
;; else without if
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\05\01\03\00\05\0b") "x")
;; else in block
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\08\01\06\00\02\40\05\0b\0b") "x")
;; two elses
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0b\01\09\00\41\00\04\40\05\05\0b\0b") "x")
;; if without else and result
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0a\01\08\00\41\00\04\7f\0b\1a\0b") "x")
;; v128.const short
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\08\01\06\00\fd\0c\00\00\0b") "x")
;; lane 16
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\1a\01\18\00\fd\0c\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\fd\15\10\1a\0b") "x")
;; shuffle lane 32
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\3b\01\39\00\fd\0c\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\fd\0c\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\fd\0d\20\20\20\20\20\20\20\20\20\20\20\20\20\20\20\20\1a\0b") "x")
;; unknown local
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\07\01\05\00\20\00\1a\0b") "x")
;; unknown global
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\07\01\05\00\23\00\1a\0b") "x")
;; label 1 unknown
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\06\01\04\00\0c\01\0b") "x")
;; label 0
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\06\01\04\00\0c\00\0b")
;; memory.init without data count
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\0e\01\0c\00\41\00\41\00\41\00\fc\08\00\00\0b\0b\03\01\01\00") "x")
;; data.drop without data count
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0a\07\01\05\00\fc\09\00\0b\0b\03\01\01\00") "x")
;; data count
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0c\01\01\0a\07\01\05\00\fc\09\00\0b\0b\03\01\01\00")
;; unknown data segment
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0c\01\01\0a\07\01\05\00\fc\09\01\0b\0b\03\01\01\00") "x")
;; data count mismatch
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0c\01\00\0a\04\01\02\00\0b\0b\03\01\01\00") "x")
;; data count without data
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\05\03\01\00\01\0c\01\01\0a\04\01\02\00\0b") "x")
;; start unknown
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\08\01\00") "x")
;; start trailing
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\08\02\00\00") "x")
;; version 2
(assert_malformed (module binary "\00\61\73\6d\02\00\00\00") "x")
;; component-ish
(assert_malformed (module binary "\00\61\73\6d\01\00\01\00") "x")
;; component
(assert_malformed (module binary "\00\61\73\6d\0d\00\01\00") "x")
;; magic
(assert_malformed (module binary "\00\61\73\6e\01\00\00\00") "x")
;; reversed
(assert_malformed (module binary "\01\00\00\00\6d\73\61\00") "x")
;; short
(assert_malformed (module binary "\00\61\73\6d") "x")
;; magic
(assert_malformed (module binary "\61\73\6d\00\01\00\00\00") "x")
;; two values in init
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\06\08\01\7f\00\41\00\41\00\0b") "x")
;; empty init
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\06\04\01\7f\00\0b") "x")
;; return in init
(assert_invalid (module binary "\00\61\73\6d\01\00\00\00\06\07\01\7f\00\41\00\0f\0b") "x")
;; unterminated init
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\05\01\7f\00\41\00") "x")
