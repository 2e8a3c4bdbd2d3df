;; Which types with descriptors are invalid: a descriptor and what it describes name each other, in one group, the
;; described type first; both are structures; supertypes agree. And which instructions need an exact descriptor.
;; Proposal custom descriptors, Overview: "Custom Descriptor Definitions".
(module (rec (type $a (descriptor $b) (struct)) (type $b (describes $a) (descriptor $c) (struct)) (type $c (describes $b) (struct))))
(assert_invalid (module (rec (type $a (descriptor $b) (struct)) (type $b (struct)))) "descriptor")
(assert_invalid (module (rec (type $a (struct)) (type $b (describes $a) (struct)))) "descriptor")
(assert_invalid (module (rec (type $b (describes $a) (struct)) (type $a (descriptor $b) (struct)))) "forward describes reference")
(assert_invalid
  (module (rec (type $a (descriptor $b) (array i8)) (type $b (describes $a) (struct)))) "descriptor clause on non-struct type")
(assert_invalid
  (module (rec (type $a (descriptor $b) (struct)) (type $b (describes $a) (array i8)))) "describes clause on non-struct type")
(assert_invalid (module (rec (type $a (descriptor $a) (struct)))) "descriptor")
(assert_invalid
  (module
    (rec (type $a (sub (descriptor $b) (struct))) (type $b (sub (describes $a) (struct))))
    (type $c (sub $a (struct))))
  "sub type")
(assert_invalid
  (module
    (rec (type $a (sub (descriptor $b) (struct))) (type $b (sub (describes $a) (struct))))
    (rec (type $c (sub $a (descriptor $d) (struct))) (type $d (sub (describes $c) (struct)))))
  "sub type")
(assert_invalid
  (module
    (rec (type $a (descriptor $b) (struct)) (type $b (describes $a) (struct)))
    (func (param (ref $b)) (drop (struct.new_desc $a (local.get 0)))))
  "type mismatch")
(assert_invalid
  (module
    (rec (type $a (descriptor $b) (struct)) (type $b (describes $a) (struct)))
    (func (drop (struct.new_default $a))))
  "type with descriptor requires descriptor allocation")
(assert_invalid
  (module (type $a (struct)) (func (drop (struct.new_desc $a (ref.null none))))) "type without descriptor")
(assert_invalid
  (module (type $a (struct)) (func (param (ref $a)) (drop (ref.get_desc $a (local.get 0))))) "type without descriptor")
(assert_invalid
  (module (type $a (struct)) (func (param anyref) (drop (ref.cast_desc_eq (ref $a) (local.get 0) (ref.null none)))))
  "type without descriptor")
(assert_invalid
  (module
    (rec (type $a (descriptor $b) (struct)) (type $b (describes $a) (struct)))
    (func (param (ref $a) anyref) (drop (ref.cast_desc_eq (ref $a) (local.get 0) (local.get 1)))))
  "type mismatch")
(assert_malformed (module quote "(rec (type $a (describes 0) (describes 0) (struct)))") "unexpected token")
(assert_malformed (module quote "(rec (type $a (descriptor 0) (describes 0) (struct)))") "unexpected token")
