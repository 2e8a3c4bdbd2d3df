;; The number after the prefix 0xfc is a u32, which may be written with more bytes than it needs, up to five
;; (WebAssembly 3.0, §5.2.2 and §5.4.5): 0xfc 0x80 0x80 0x00 is `i32.trunc_sat_f32_s`.
(module binary
  "\00asm\01\00\00\00" "\01\05\01\60\00\01\7f" "\03\02\01\00" "\07\05\01\01f\00\00"
  "\0a\0d\01\0b\00" "\43\00\00\80\3f" "\fc\80\80\00" "\0b")
(assert_return (invoke "f") (i32.const 1))
