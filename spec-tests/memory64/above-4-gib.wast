;; Core 3.0, §4.6 with 64-bit addresses: memories of more than 65,536 pages are valid
;; (§3.2: up to 2^48 pages), and every instruction reaches what lies above 4 GiB. Only few pages
;; are touched. ("memory.grow" may always fail; where the last of these fails, the host has too
;; little address space.)

(module
  (memory $m i64 1 0x1_0002)
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
  (func (export "size") (result i64) (memory.size))
  (func (export "load") (param i64) (result i64) (i64.load (local.get 0)))
  (func (export "load8") (param i64) (result i32) (i32.load8_u (local.get 0)))
  (func (export "load+4G") (param i64) (result i64) (i64.load offset=0x1_0000_0000 (local.get 0)))
  (func (export "store") (param i64 i64) (i64.store (local.get 0) (local.get 1)))
  (func (export "store+4G") (param i64 i64)
    (i64.store offset=0x1_0000_0000 (local.get 0) (local.get 1)))
  (func (export "vector") (param i64) (result v128) (v128.load (local.get 0)))
  (func (export "fill") (param i64 i32 i64) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy") (param i64 i64 i64) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "init") (param i64 i32 i32) (memory.init $d (local.get 0) (local.get 1) (local.get 2)))
  (data $d "abcdefgh"))

(assert_trap (invoke "load" (i64.const 0x1_0000_0000)) "out of bounds memory access")
(assert_return (invoke "grow" (i64.const 0x1_0001)) (i64.const 1))
(assert_return (invoke "size") (i64.const 0x1_0002))
(assert_return (invoke "grow" (i64.const 1)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 0)) (i64.const 0x1_0002))

;; The same address modulo 2^32, below and above: two places.
(assert_return (invoke "store" (i64.const 8) (i64.const 0x1111_1111_1111_1111)))
(assert_return (invoke "store" (i64.const 0x1_0000_0008) (i64.const 0x2222_2222_2222_2222)))
(assert_return (invoke "load" (i64.const 8)) (i64.const 0x1111_1111_1111_1111))
(assert_return (invoke "load" (i64.const 0x1_0000_0008)) (i64.const 0x2222_2222_2222_2222))
(assert_return (invoke "load+4G" (i64.const 8)) (i64.const 0x2222_2222_2222_2222))
(assert_return (invoke "store+4G" (i64.const 16) (i64.const 0x3333_3333_3333_3333)))
(assert_return (invoke "load" (i64.const 16)) (i64.const 0))
(assert_return (invoke "load" (i64.const 0x1_0000_0010)) (i64.const 0x3333_3333_3333_3333))
(assert_return (invoke "vector" (i64.const 0x1_0000_0008)) (v128.const i64x2 0x2222_2222_2222_2222 0x3333_3333_3333_3333))

;; Across the border at 4 GiB.
(assert_return (invoke "store" (i64.const 0xffff_fffc) (i64.const 0x8877_6655_4433_2211)))
(assert_return (invoke "load" (i64.const 0xffff_fffc)) (i64.const 0x8877_6655_4433_2211))
(assert_return (invoke "load8" (i64.const 0xffff_ffff)) (i32.const 0x44))
(assert_return (invoke "load8" (i64.const 0x1_0000_0000)) (i32.const 0x55))
(assert_return (invoke "load8" (i64.const 0)) (i32.const 0))

;; The end: 0x10002 pages are 0x100020000 bytes.
(assert_return (invoke "load" (i64.const 0x1_0001_fff8)) (i64.const 0))
(assert_trap (invoke "load" (i64.const 0x1_0001_fff9)) "out of bounds memory access")
(assert_trap (invoke "load" (i64.const 0x1_0002_0000)) "out of bounds memory access")
(assert_trap (invoke "load" (i64.const 0x2_0000_0008)) "out of bounds memory access")
(assert_return (invoke "load+4G" (i64.const 0x1_fff8)) (i64.const 0))
(assert_trap (invoke "load+4G" (i64.const 0x1_fff9)) "out of bounds memory access")
(assert_trap (invoke "load+4G" (i64.const 0xffff_ffff)) "out of bounds memory access")
(assert_trap (invoke "store" (i64.const 0x1_0001_fff9) (i64.const -1)) "out of bounds memory access")
(assert_return (invoke "load" (i64.const 0x1_0001_fff8)) (i64.const 0))

;; Bulk instructions above 4 GiB.
(assert_return (invoke "init" (i64.const 0x1_0000_0100) (i32.const 0) (i32.const 8)))
(assert_return (invoke "load" (i64.const 0x1_0000_0100)) (i64.const 0x6867_6665_6463_6261))
(assert_return (invoke "load" (i64.const 0x100)) (i64.const 0))
(assert_return (invoke "copy" (i64.const 0x200) (i64.const 0x1_0000_0100) (i64.const 4)))
(assert_return (invoke "load" (i64.const 0x200)) (i64.const 0x6463_6261))
(assert_return (invoke "copy" (i64.const 0x1_0000_0102) (i64.const 0x1_0000_0100) (i64.const 6)))
(assert_return (invoke "load" (i64.const 0x1_0000_0100)) (i64.const 0x6665_6463_6261_6261))
(assert_return (invoke "fill" (i64.const 0xffff_fffe) (i32.const 0xee) (i64.const 4)))
(assert_return (invoke "load" (i64.const 0xffff_fffc)) (i64.const 0x8877_eeee_eeee_2211))
(assert_return (invoke "fill" (i64.const 0x1_0002_0000) (i32.const 1) (i64.const 0)))
(assert_trap (invoke "fill" (i64.const 0x1_0002_0001) (i32.const 1) (i64.const 0)) "out of bounds memory access")
(assert_trap (invoke "fill" (i64.const 0x1_0001_ffff) (i32.const 1) (i64.const 2)) "out of bounds memory access")
(assert_return (invoke "load8" (i64.const 0x1_0001_ffff)) (i32.const 0))
(assert_trap (invoke "copy" (i64.const 0) (i64.const 0x1_0001_ffff) (i64.const 2)) "out of bounds memory access")
(assert_trap (invoke "init" (i64.const 0x1_0001_ffff) (i32.const 0) (i32.const 2)) "out of bounds memory access")

;; As large from the start, with a segment above 4 GiB.
(module
  (memory i64 0x1_0001)
  (data (i64.const 0x1_0000_fffe) "\aa\bb")
  (func (export "load8") (param i64) (result i32) (i32.load8_u (local.get 0))))
(assert_return (invoke "load8" (i64.const 0x1_0000_fffe)) (i32.const 0xaa))
(assert_return (invoke "load8" (i64.const 0x1_0000_ffff)) (i32.const 0xbb))
(assert_return (invoke "load8" (i64.const 0xfffe)) (i32.const 0))
(assert_trap (invoke "load8" (i64.const 0x1_0001_0000)) "out of bounds memory access")
(assert_trap
  (module (memory i64 0x1_0001) (data (i64.const 0x1_0000_ffff) "\aa\bb"))
  "out of bounds memory access")
