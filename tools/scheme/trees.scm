;; Trees of pairs that are made, walked and let go; lists that are sorted; a table by association; closures that hold
;; each other, so that there are cycles. What it finds is written line by line.
(import (scheme base) (scheme inexact) (scheme write))

(define (tree depth)
  (if (= depth 0)
      (cons '() '())
      (cons (tree (- depth 1)) (tree (- depth 1)))))

(define (nodes tree)
  (if (null? (car tree))
      1
      (+ 1 (nodes (car tree)) (nodes (cdr tree)))))

;; Trees of each depth, all of which but one are garbage at once.
(define (trees depth most)
  (let ((kept (tree most)))
    (let next ((d 4))
      (when (<= d most)
        (let ((count (expt 2 (- (+ most 4) d))))
          (let more ((i 0) (sum 0))
            (if (< i count)
                (more (+ i 1) (+ sum (nodes (tree d))))
                (begin
                  (display count) (display " trees of depth ") (display d)
                  (display ": ") (display sum) (newline)))))
        (next (+ d 2))))
    (display "the tree that was kept: ") (display (nodes kept)) (newline)))

(define (random-numbers count)
  (let more ((i 0) (seed 42) (made '()))
    (if (= i count)
        made
        (more (+ i 1)
              (modulo (+ (* seed 16807) 11) 2147483)
              (cons (modulo seed 1000) made)))))

(define (halves list)
  (let more ((rest list) (one '()) (other '()))
    (if (null? rest)
        (values one other)
        (more (cdr rest) (cons (car rest) other) one))))

(define (merged a b)
  (let more ((a a) (b b) (made '()))
    (cond ((and (null? a) (null? b)) (reverse made))
          ((null? a) (more a (cdr b) (cons (car b) made)))
          ((null? b) (more (cdr a) b (cons (car a) made)))
          ((< (car b) (car a)) (more a (cdr b) (cons (car b) made)))
          (else (more (cdr a) b (cons (car a) made))))))

(define (sorted list)
  (if (or (null? list) (null? (cdr list)))
      list
      (call-with-values (lambda () (halves list))
        (lambda (one other) (merged (sorted one) (sorted other))))))

;; A ring of closures in vectors, each of which knows the next one.
(define (ring length)
  (let ((first (make-vector 2 #f)))
    (let more ((i 1) (next first))
      (if (= i length)
          (begin
            (vector-set! first 0 next)
            (vector-set! first 1 (lambda () (vector-ref next 1)))
            first)
          (let ((link (make-vector 2 next)))
            (vector-set! link 1 (lambda () (vector-ref link 0)))
            (more (+ i 1) link))))))

(define (around ring steps)
  (let more ((at ring) (steps steps))
    (if (= steps 0) (eq? at ring) (more (vector-ref at 0) (- steps 1)))))

(trees 4 14)
(let ((list (sorted (random-numbers 100000))))
  (display "sorted: ") (display (car list)) (display " … ")
  (display (list-ref list 50000)) (display " … ") (display (list-ref list 99999)) (newline))
(let more ((i 0) (closed 0))
  (if (< i 2000)
      (more (+ i 1) (if (around (ring 50) 50) (+ closed 1) closed))
      (begin (display closed) (display " rings were closed") (newline))))
(let more ((i 0) (texts '()))
  (if (< i 20000)
      (more (+ i 1) (cons (number->string (* i i)) texts))
      (begin (display (string-length (apply string-append texts))) (display " digits of squares") (newline))))
(display (expt 3 75)) (newline)
(display (/ 355 113)) (display " ") (display (sqrt 2.0)) (newline)
(flush-output-port)
