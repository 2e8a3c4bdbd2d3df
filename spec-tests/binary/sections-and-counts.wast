;; Binary format, modules (§5.5): each section at most once and in order, its size that of its contents,
;; its count that of its items; sizes and counts are LEB128 of at most 5 bytes and 32 bits (§5.2.2).
;; Counts of 2^32 - 1 must not make an engine reserve room for so many.

;; 50000 locals
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\08\01\06\01\d0\86\03\7f\0b")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\0c\01\0a\02\ff\ff\ff\ff\0f\7f\01\7f\0b") "too many locals")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\10\01\0e\02\ff\ff\ff\ff\0f\7f\ff\ff\ff\ff\0f\7e\0b") "too many locals")
;; 2^32-1 locals are in the grammar, and valid: what exceeds the limit of a validator is unsupported,
;; which no suite can assert; the tests of the command line do.
;; huge count types
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large types
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long types
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\06\80\80\80\80\80\00") "integer representation too long")
;; sec len types
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\ff\ff\ff\ff\0f") "length out of bounds")
;; no len types
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01") "unexpected end")
;; empty types
(module binary "\00\61\73\6d\01\00\00\00\01\01\00")
;; empty body types
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\00") "unexpected end")
;; trailing types
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\02\00\00") "section size mismatch")
;; twice types
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\01\00\01\01\00") "unexpected content after last section")
;; huge count imports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\02\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large imports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\02\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long imports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\02\06\80\80\80\80\80\00") "integer representation too long")
;; sec len imports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\02\ff\ff\ff\ff\0f") "length out of bounds")
;; no len imports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\02") "unexpected end")
;; empty imports
(module binary "\00\61\73\6d\01\00\00\00\02\01\00")
;; empty body imports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\02\00") "unexpected end")
;; trailing imports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\02\02\00\00") "section size mismatch")
;; twice imports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\02\01\00\02\01\00") "unexpected content after last section")
;; huge count funcs
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\03\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large funcs
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\03\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long funcs
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\03\06\80\80\80\80\80\00") "integer representation too long")
;; sec len funcs
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\03\ff\ff\ff\ff\0f") "length out of bounds")
;; no len funcs
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\03") "unexpected end")
;; empty funcs
(module binary "\00\61\73\6d\01\00\00\00\03\01\00")
;; empty body funcs
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\03\00") "unexpected end")
;; trailing funcs
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\03\02\00\00") "section size mismatch")
;; twice funcs
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\03\01\00\03\01\00") "unexpected content after last section")
;; huge count tables
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large tables
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long tables
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\06\80\80\80\80\80\00") "integer representation too long")
;; sec len tables
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\ff\ff\ff\ff\0f") "length out of bounds")
;; no len tables
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04") "unexpected end")
;; empty tables
(module binary "\00\61\73\6d\01\00\00\00\04\01\00")
;; empty body tables
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\00") "unexpected end")
;; trailing tables
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\02\00\00") "section size mismatch")
;; twice tables
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\04\01\00\04\01\00") "unexpected content after last section")
;; huge count mems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large mems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long mems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\06\80\80\80\80\80\00") "integer representation too long")
;; sec len mems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\ff\ff\ff\ff\0f") "length out of bounds")
;; no len mems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05") "unexpected end")
;; empty mems
(module binary "\00\61\73\6d\01\00\00\00\05\01\00")
;; empty body mems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\00") "unexpected end")
;; trailing mems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\02\00\00") "section size mismatch")
;; twice mems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\05\01\00\05\01\00") "unexpected content after last section")
;; huge count globals
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large globals
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long globals
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\06\80\80\80\80\80\00") "integer representation too long")
;; sec len globals
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\ff\ff\ff\ff\0f") "length out of bounds")
;; no len globals
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06") "unexpected end")
;; empty globals
(module binary "\00\61\73\6d\01\00\00\00\06\01\00")
;; empty body globals
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\00") "unexpected end")
;; trailing globals
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\02\00\00") "section size mismatch")
;; twice globals
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\06\01\00\06\01\00") "unexpected content after last section")
;; huge count exports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\07\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large exports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\07\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long exports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\07\06\80\80\80\80\80\00") "integer representation too long")
;; sec len exports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\07\ff\ff\ff\ff\0f") "length out of bounds")
;; no len exports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\07") "unexpected end")
;; empty exports
(module binary "\00\61\73\6d\01\00\00\00\07\01\00")
;; empty body exports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\07\00") "unexpected end")
;; trailing exports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\07\02\00\00") "section size mismatch")
;; twice exports
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\07\01\00\07\01\00") "unexpected content after last section")
;; huge count elems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large elems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long elems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09\06\80\80\80\80\80\00") "integer representation too long")
;; sec len elems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09\ff\ff\ff\ff\0f") "length out of bounds")
;; no len elems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09") "unexpected end")
;; empty elems
(module binary "\00\61\73\6d\01\00\00\00\09\01\00")
;; empty body elems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09\00") "unexpected end")
;; trailing elems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09\02\00\00") "section size mismatch")
;; twice elems
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\09\01\00\09\01\00") "unexpected content after last section")
;; huge count code
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0a\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large code
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0a\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long code
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0a\06\80\80\80\80\80\00") "integer representation too long")
;; sec len code
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0a\ff\ff\ff\ff\0f") "length out of bounds")
;; no len code
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0a") "unexpected end")
;; empty code
(module binary "\00\61\73\6d\01\00\00\00\0a\01\00")
;; empty body code
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0a\00") "unexpected end")
;; trailing code
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0a\02\00\00") "section size mismatch")
;; twice code
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0a\01\00\0a\01\00") "unexpected content after last section")
;; huge count data
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0b\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large data
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0b\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long data
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0b\06\80\80\80\80\80\00") "integer representation too long")
;; sec len data
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0b\ff\ff\ff\ff\0f") "length out of bounds")
;; no len data
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0b") "unexpected end")
;; empty data
(module binary "\00\61\73\6d\01\00\00\00\0b\01\00")
;; empty body data
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0b\00") "unexpected end")
;; trailing data
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0b\02\00\00") "section size mismatch")
;; twice data
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0b\01\00\0b\01\00") "unexpected content after last section")
;; huge count tags
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0d\05\ff\ff\ff\ff\0f") "unexpected end")
;; leb too large tags
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0d\05\ff\ff\ff\ff\1f") "integer too large")
;; leb too long tags
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0d\06\80\80\80\80\80\00") "integer representation too long")
;; sec len tags
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0d\ff\ff\ff\ff\0f") "length out of bounds")
;; no len tags
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0d") "unexpected end")
;; empty tags
(module binary "\00\61\73\6d\01\00\00\00\0d\01\00")
;; empty body tags
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0d\00") "unexpected end")
;; trailing tags
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0d\02\00\00") "section size mismatch")
;; twice tags
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0d\01\00\0d\01\00") "unexpected content after last section")
;; start idx huge - invalid really
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\0e\01\00") "malformed section id")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\7f\01\00") "malformed section id")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\ff\01\00") "malformed section id")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\00\00") "unexpected end")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\00\04\05\61\62\63") "unexpected end")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\00\02\01\ff") "malformed UTF-8")
(module binary "\00\61\73\6d\01\00\00\00\00\01\00")
(module binary "\00\61\73\6d\01\00\00\00\00\07\04\6e\61\6d\65\ff\ff")
;; br_table 100k
;; br_table 2^32-1
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\16\01\14\00\41\00\0e\ff\ff\ff\ff\0f\00\00\00\00\00\00\00\00\00\00\0b") "unexpected end")
;; 1000 params and results
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\04\01\64\00\0b") "unexpected end")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\04\01\02\00\01") "END opcode expected")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\03\01\01\00") "END opcode expected / unexpected end")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\02\01\00") "unexpected end")
;; extra end
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\06\01\04\00\0b\0b\0b") "x")
;; after end
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\05\01\03\00\0b\01") "x")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00") "function and code section have inconsistent lengths")
(assert_malformed (module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\0a\04\01\02\00\0b") "function and code section have inconsistent lengths")
(module binary "\00\61\73\6d\01\00\00\00\01\04\01\60\00\00\03\02\01\00\0a\04\01\02\00\0b")
