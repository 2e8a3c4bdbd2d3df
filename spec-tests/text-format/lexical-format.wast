;; Text format, "Lexical format": what the grammar refuses is malformed. Every module is quoted,
;; so that its text is judged and nothing else. Each line is refused by one rule of the section.

;; Tokens that touch.
(assert_malformed (module quote "(func $f\"x\")") "")
(assert_malformed (module quote "(data\"a\"\"b\")") "")
(assert_malformed (module quote "(data \"a\"\"b\")") "")
(assert_malformed (module quote "(import \"a\"\"b\" (func))") "")
(assert_malformed (module quote "(export \"a\"0)") "")
(assert_malformed (module quote "(func i32.const 0drop)") "")
(assert_malformed (module quote "(func br 0$x)") "")
(assert_malformed (module quote "(func br 0x)") "")

;; Characters and comments.
(assert_malformed (module quote "(func\0b)") "")
(assert_malformed (module quote "(func\0c)") "")
(assert_malformed (module quote "(func )") "")
(assert_malformed (module quote "(func ; )") "")
(assert_malformed (module quote "(func [])") "")
(assert_malformed (module quote "(func, )") "")
(assert_malformed (module quote "(func {})") "")
(assert_malformed (module quote "(func (; never closed )") "")
(assert_malformed (module quote "(func) ;)") "")

;; Annotations.
(assert_malformed (module quote "(@ x)") "")
(assert_malformed (module quote "(@)") "")
(assert_malformed (module quote "(@x (func)") "")
(assert_malformed (module quote "(@\"\" x)") "")
(assert_malformed (module quote "(func (@x ))))") "")

;; Parentheses.
(assert_malformed (module quote "(func") "")
(assert_malformed (module quote "(func))") "")
(assert_malformed (module quote ")") "")
(assert_malformed (module quote "()") "")
