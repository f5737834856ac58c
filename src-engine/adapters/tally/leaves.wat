;; Passes elements that hold nothing but text, as passPlainLeaves in leaves.ts does, eight units at a time.
;; Addresses are of bytes, units are UTF-16. The bytes in leaves-kernel.ts are this file, made by `wat2wasm --enable-simd`.
;;
;; Left in memory: at 4 the < of what was found; at 8 the end of its name, at 12 the > of its tag, at 16 the < of its end
;; tag, at 20 the end of that; at 24 one more than its place in the table of wanted names, or 0.
;; A table holds, for each place, 16 bytes: a key (0: the place is empty), the address of a name, its bytes, nothing.
(module
  (import "baaki" "memory" (memory 1))

  ;; The next <, or fill. What lies behind fill is read, but never counts.
  (func $less (param $at i32) (param $fill i32) (result i32)
    (local $found i32)
    (loop $eight
      (if (i32.ge_u (local.get $at) (local.get $fill)) (then (return (local.get $fill))))
      (local.set $found
        (i16x8.bitmask
          (i16x8.eq (v128.load (local.get $at)) (v128.const i16x8 60 60 60 60 60 60 60 60))))
      (if (i32.eqz (local.get $found))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $eight))))
    (local.set $at (i32.add (local.get $at) (i32.shl (i32.ctz (local.get $found)) (i32.const 1))))
    (select (local.get $at) (local.get $fill) (i32.lt_u (local.get $at) (local.get $fill))))

  ;; The first unit of 39 or less, / or >; or fill.
  (func $endOfName (param $at i32) (param $fill i32) (result i32)
    (local $found i32)
    (local $units v128)
    (loop $eight
      (if (i32.ge_u (local.get $at) (local.get $fill)) (then (return (local.get $fill))))
      (local.set $units (v128.load (local.get $at)))
      (local.set $found
        (i16x8.bitmask
          (v128.or
            (i16x8.le_u (local.get $units) (v128.const i16x8 39 39 39 39 39 39 39 39))
            (v128.or
              (i16x8.eq (local.get $units) (v128.const i16x8 47 47 47 47 47 47 47 47))
              (i16x8.eq (local.get $units) (v128.const i16x8 62 62 62 62 62 62 62 62))))))
      (if (i32.eqz (local.get $found))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $eight))))
    (local.set $at (i32.add (local.get $at) (i32.shl (i32.ctz (local.get $found)) (i32.const 1))))
    (select (local.get $at) (local.get $fill) (i32.lt_u (local.get $at) (local.get $fill))))

  ;; The > outside quotation marks, or 0.
  (func $endOfTag (param $at i32) (param $fill i32) (result i32)
    (local $unit i32)
    (local $quote i32)
    (loop $next
      (if (i32.ge_u (local.get $at) (local.get $fill)) (then (return (i32.const 0))))
      (local.set $unit (i32.load16_u (local.get $at)))
      (if (i32.le_u (local.get $unit) (i32.const 62))
        (then
          (if (local.get $quote)
            (then
              (if (i32.eq (local.get $unit) (local.get $quote)) (then (local.set $quote (i32.const 0)))))
            (else
              (if (i32.eq (local.get $unit) (i32.const 62)) (then (return (local.get $at))))
              (if (i32.or (i32.eq (local.get $unit) (i32.const 34)) (i32.eq (local.get $unit) (i32.const 39)))
                (then (local.set $quote (local.get $unit))))))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
    (unreachable))

  ;; Whether two names of so many bytes are the same.
  (func $isSame (param $one i32) (param $other i32) (param $length i32) (result i32)
    (local $mask i32)
    (if (i32.lt_u (local.get $length) (i32.const 16))
      (then
        (local.set $mask (i32.sub (i32.shl (i32.const 1) (local.get $length)) (i32.const 1)))
        (return
          (i32.eq
            (i32.and
              (i8x16.bitmask (i8x16.eq (v128.load (local.get $one)) (v128.load (local.get $other))))
              (local.get $mask))
            (local.get $mask)))))
    (loop $sixteen
      (if
        (i32.eqz
          (i8x16.all_true (i8x16.eq (v128.load (local.get $one)) (v128.load (local.get $other)))))
        (then (return (i32.const 0))))
      (local.set $length (i32.sub (local.get $length) (i32.const 16)))
      (if (i32.eqz (local.get $length)) (then (return (i32.const 1))))
      ;; The last sixteen overlap the ones before.
      (local.set $mask
        (select (local.get $length) (i32.const 16) (i32.lt_u (local.get $length) (i32.const 16))))
      (local.set $one (i32.add (local.get $one) (local.get $mask)))
      (local.set $other (i32.add (local.get $other) (local.get $mask)))
      (local.set $length
        (i32.add (local.get $length) (i32.sub (i32.const 16) (local.get $mask))))
      (br $sixteen))
    (unreachable))

  ;; One more than the place of a name in a table, by a key as keyOfUnits in shapes.ts makes it; 0 where it is not there.
  (func $placeOf (param $name i32) (param $end i32) (param $table i32) (param $mask i32) (result i32)
    (local $length i32)
    (local $key i32)
    (local $at i32)
    (local $entry i32)
    (local.set $length (i32.shr_u (i32.sub (local.get $end) (local.get $name)) (i32.const 1)))
    (local.set $key
      (i32.or
        (i32.shr_u
          (i32.mul
            (i32.xor
              (i32.xor
                (i32.shl (local.get $length) (i32.const 21))
                (i32.shl (i32.load16_u (local.get $name)) (i32.const 14)))
              (i32.xor
                (i32.shl
                  (i32.load16_u
                    (i32.add
                      (local.get $name)
                      (i32.shl (i32.shr_u (local.get $length) (i32.const 1)) (i32.const 1))))
                  (i32.const 7))
                (i32.load16_u (i32.sub (local.get $end) (i32.const 2)))))
            (i32.const 0x9e3779b1))
          (i32.const 14))
        (i32.const 0x40000)))
    (local.set $at (i32.and (local.get $key) (local.get $mask)))
    (loop $place
      (local.set $entry (i32.add (local.get $table) (i32.shl (local.get $at) (i32.const 4))))
      (if (i32.eqz (i32.load (local.get $entry))) (then (return (i32.const 0))))
      (if
        (i32.and
          (i32.eq (i32.load (local.get $entry)) (local.get $key))
          (i32.eq (i32.load offset=8 (local.get $entry)) (i32.sub (local.get $end) (local.get $name))))
        (then
          (if
            (call $isSame
              (local.get $name)
              (i32.load offset=4 (local.get $entry))
              (i32.load offset=8 (local.get $entry)))
            (then (return (i32.add (local.get $at) (i32.const 1)))))))
      (local.set $at (i32.and (i32.add (local.get $at) (i32.const 1)) (local.get $mask)))
      (br $place))
    (unreachable))

  ;; 0: no < any more. 1: what stands at the < is for the slower way. 2: a wanted element of nothing but text. 3: a tag
  ;; that opens an element, which holds more than text or whose end has not come. 4: an end tag.
  ;; A table of 0 says that nothing is wanted.
  (func (export "pass") (param $at i32) (param $fill i32) (param $table i32) (param $mask i32) (result i32)
    (local $open i32)
    (local $name i32)
    (local $nameEnd i32)
    (local $tagEnd i32)
    (local $unit i32)
    (local $isEmpty i32)
    (local $listed i32)
    (local $close i32)
    (local $length i32)
    (local $end i32)
    (local $kind i32)
    (local.set $kind (i32.const 3))
    (loop $next
      (local.set $open (call $less (local.get $at) (local.get $fill)))
      (i32.store (i32.const 4) (local.get $open))
      (if (i32.ge_u (local.get $open) (local.get $fill)) (then (return (i32.const 0))))
      (local.set $name (i32.add (local.get $open) (i32.const 2)))
      (local.set $nameEnd (call $endOfName (local.get $name) (local.get $fill)))
      (if (i32.ge_u (local.get $nameEnd) (local.get $fill)) (then (return (i32.const 1))))
      (if (i32.eq (local.get $nameEnd) (local.get $name))
        (then
          (if (i32.ne (i32.load16_u (local.get $name)) (i32.const 47)) (then (return (i32.const 1))))
          (local.set $name (i32.add (local.get $name) (i32.const 2)))
          (local.set $nameEnd (call $endOfName (local.get $name) (local.get $fill)))
          (if (i32.ge_u (local.get $nameEnd) (local.get $fill)) (then (return (i32.const 1))))
          (if (i32.eq (local.get $nameEnd) (local.get $name)) (then (return (i32.const 1))))
          (if (i32.eq (i32.load16_u (local.get $name)) (i32.const 63)) (then (return (i32.const 1))))
          (if (i32.ne (i32.load16_u (local.get $nameEnd)) (i32.const 62)) (then (return (i32.const 1))))
          (i32.store (i32.const 8) (local.get $nameEnd))
          (i32.store (i32.const 12) (local.get $nameEnd))
          (return (i32.const 4))))
      (if (i32.eq (i32.load16_u (local.get $name)) (i32.const 63)) (then (return (i32.const 1))))
      (local.set $unit (i32.load16_u (local.get $nameEnd)))
      (local.set $tagEnd (local.get $nameEnd))
      (local.set $isEmpty (i32.const 0))
      (if (i32.ne (local.get $unit) (i32.const 62))
        (then
          (if
            (i32.and
              (i32.and (i32.ne (local.get $unit) (i32.const 47)) (i32.ne (local.get $unit) (i32.const 32)))
              (i32.and
                (i32.ne (local.get $unit) (i32.const 13))
                (i32.and (i32.ne (local.get $unit) (i32.const 10)) (i32.ne (local.get $unit) (i32.const 9)))))
            (then (return (i32.const 1))))
          (local.set $tagEnd (call $endOfTag (local.get $nameEnd) (local.get $fill)))
          (if (i32.eqz (local.get $tagEnd)) (then (return (i32.const 1))))
          (local.set $unit (i32.load16_u (i32.sub (local.get $tagEnd) (i32.const 2))))
          (local.set $isEmpty (i32.eq (local.get $unit) (i32.const 47)))
          ;; Noise may stand behind a slash.
          (if
            (i32.or (i32.le_u (local.get $unit) (i32.const 32)) (i32.eq (local.get $unit) (i32.const 59)))
            (then (return (i32.const 1))))))
      (local.set $listed (i32.const 0))
      (if (local.get $table)
        (then
          (local.set $listed
            (call $placeOf (local.get $name) (local.get $nameEnd) (local.get $table) (local.get $mask)))))
      (local.set $at (i32.add (local.get $tagEnd) (i32.const 2)))
      (if (local.get $isEmpty)
        (then
          (if (local.get $listed) (then (return (i32.const 1))))
          (br $next)))
      (local.set $close (call $less (local.get $at) (local.get $fill)))
      (local.set $length (i32.sub (local.get $nameEnd) (local.get $name)))
      (local.set $end (i32.add (i32.add (local.get $close) (local.get $length)) (i32.const 6)))
      (if (i32.le_u (local.get $end) (local.get $fill))
        (then
          (if
            (i32.and
              (i32.eq (i32.load16_u (i32.add (local.get $close) (i32.const 2))) (i32.const 47))
              (i32.eq (i32.load16_u (i32.sub (local.get $end) (i32.const 2))) (i32.const 62)))
            (then
              (if (call $isSame (local.get $name) (i32.add (local.get $close) (i32.const 4)) (local.get $length))
                (then
                  (if (i32.eqz (local.get $listed))
                    (then
                      (local.set $at (local.get $end))
                      (br $next)))
                  (local.set $kind (i32.const 2))))))))
      (i32.store (i32.const 8) (local.get $nameEnd))
      (i32.store (i32.const 12) (local.get $tagEnd))
      (i32.store (i32.const 16) (local.get $close))
      (i32.store (i32.const 20) (local.get $end))
      (i32.store (i32.const 24) (local.get $listed))
      (return (local.get $kind)))
    (unreachable)))
