;; A shared memory is no import of an unshared one, nor the other way round (threads proposal: import matching of
;; memories compares whether they are shared).
(module $M (memory (export "s") 1 2 shared))
(register "M" $M)
(assert_unlinkable (module (import "M" "s" (memory 1 2))) "incompatible import type")
(module $N (memory (export "u") 1 2))
(register "N" $N)
(assert_unlinkable (module (import "N" "u" (memory 1 2 shared))) "incompatible import type")
