;; Legal, and without a directive.
(; (; nested ;) ) " ;)
