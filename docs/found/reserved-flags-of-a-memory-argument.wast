;; The flags of a memory argument are below 2^7: the exponent of the alignment, and bit 6, which says that the
;; index of a memory follows (WebAssembly 3.0, §5.4.6, `memarg`). Flags of 2^8 are malformed.
(assert_malformed
  (module binary
    "\00asm" "\01\00\00\00"
    "\01\04\01\60\00\00"
    "\03\02\01\00"
    "\05\03\01\00\01"
    "\0a\0b\01"
    "\09\00" "\41\00" "\28\80\02\00" "\1a" "\0b")
  "malformed memop flags")
