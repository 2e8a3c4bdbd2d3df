;; Errors in a custom section are ignored, even in one whose name is `name` (WebAssembly 3.0, §5.5.3, "custom section":
;; "If an implementation interprets the data of a custom section, then errors in that data, or the placement of the
;; section, must not invalidate the module"). This one has half a subsection; then, none has even a byte of it.
(module binary "\00asm\01\00\00\00" "\00\07\04name\01\05")
(module binary "\00asm\01\00\00\00" "\00\06\04name\01")
;; Nothing need follow the name.
(module binary "\00asm\01\00\00\00" "\00\05\04what")
