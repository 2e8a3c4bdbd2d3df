;; Bytes and texts that are no types or instructions of the proposal. Specification 3.0: Binary Format, Types and
;; Instructions (prefix 0xfb); Text Format, Types.

;; The forms, as bytes: a group of two, an open and a final subtype, packed storage, abbreviated references.
(module binary "\00asm\01\00\00\00" "\01\15\02\4e\02\50\00\5f\01\78\01\4f\01\00\5f\02\78\01\6e\00\5e\77\00")
;; The empty group, and one of one type, which is what a type without a group is.
(module binary "\00asm\01\00\00\00" "\01\07\02\4e\00\4e\01\5f\00")
;; A mutability other than 0 and 1.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\04\01\5e\7f\02") "malformed mutability")
;; The mutability of a field is missing.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\04\01\5f\01\7f") "unexpected end")
;; A packed type is no type of a parameter.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\05\01\60\01\78\00") "malformed value type")
;; A group within a group.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\07\01\4e\01\4e\01\5f\00") "malformed definition type")
;; A subtype of a subtype form.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\07\01\50\00\50\00\5f\00") "malformed composite type")
;; An unknown form of a type.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\03\01\5b\00") "malformed definition type")
;; More fields are announced than there are.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\05\01\5f\02\7f\00") "unexpected end")
;; A negative number that is no heap type.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\06\01\5f\01\63\40\00") "malformed reference type")
;; Two supertypes are well-formed, but at most one is valid.
(assert_invalid (module binary "\00asm\01\00\00\00" "\01\0f\03\50\00\5f\00\50\00\5f\00\50\02\00\01\5f\00") "sub type")
;; Opcodes behind the prefix that nobody has, and one that is cut off.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\04\01\60\00\00\03\02\01\00\0a\06\01\04\00\fb\7f\0b") "illegal opcode")
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\04\01\60\00\00\03\02\01\00\0a\08\01\06\00\fb\ff\ff\03\0b") "illegal opcode")
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\04\01\60\00\00\03\02\01\00\0a\06\01\04\00\41\00\fb") "unexpected end")
;; Flags of `br_on_cast` have two bits.
(assert_malformed (module binary "\00asm\01\00\00\00" "\01\04\01\60\00\00\03\02\01\00\0a\0d\01\0b\00\d0\6e\fb\18\04\00\6e\6d\1a\0b") "malformed br_on_cast flags")
;; Texts.
(assert_malformed (module quote "(type (struct (field (mut))))") "unexpected token")
(assert_malformed (module quote "(type (array))") "unexpected token")
(assert_malformed (module quote "(type (array i8 i8))") "unexpected token")
(assert_malformed (module quote "(type (sub (sub (struct))))") "unexpected token")
(assert_malformed (module quote "(type (sub final open (struct)))") "unexpected token")
(assert_malformed (module quote "(rec (rec (type (struct))))") "unexpected token")
(assert_malformed (module quote "(rec (func))") "unexpected token")
(assert_malformed (module quote "(func (param i8))") "unexpected token")
(assert_malformed (module quote "(global i16 (i32.const 0))") "unexpected token")
(assert_malformed (module quote "(type $s (struct (field $x i32) (field $x i32)))") "duplicate field")
(assert_malformed (module quote "(type $s (struct)) (type $s (array i8))") "duplicate type")
(assert_malformed (module quote "(type (sub $unknown (struct)))") "unknown type")
(assert_malformed (module quote "(type $s (struct)) (func (struct.get $s $x (ref.null $s)))") "unknown field")
(assert_malformed (module quote "(func (ref.test (ref.null any)))") "unexpected token")
(assert_malformed (module quote "(func (br_on_cast 0 anyref (ref.null any)))") "unexpected token")
(assert_malformed (module quote "(type $a (array i8)) (func (array.new_fixed $a))") "unexpected token")
