package main

import "strconv"

// imported is something that a module imports.
type imported struct{ module, name string }

// reader reads a module that the engine accepted.
type reader struct {
	data []byte
	at   int
}

func (r *reader) byte() byte {
	r.at++
	return r.data[r.at-1]
}

func (r *reader) number() (value int) {
	for shift := 0; ; shift += 7 {
		b := r.byte()
		value |= int(b&0x7f) << shift
		if b < 0x80 {
			return value
		}
	}
}

func (r *reader) bytes() []byte {
	length := r.number()
	r.at += length
	return r.data[r.at-length : r.at]
}

func (r *reader) reference() {
	if b := r.byte(); b == 0x63 || b == 0x64 {
		r.number()
	}
}

func (r *reader) limits() {
	flags := r.byte()
	r.number()
	if flags&1 != 0 {
		r.number()
	}
}

// describe skips what an import is to be.
func (r *reader) describe() {
	switch r.byte() {
	case 0:
		r.number()
	case 1:
		r.reference()
		r.limits()
	case 2:
		r.limits()
	case 3:
		r.reference()
		r.byte()
	case 4:
		r.byte()
		r.number()
	}
}

// names are the imports of a module, in order, and the names of its exports.
func names(wasm []byte) (imports []imported, exports []string) {
	for r := (&reader{wasm, 8}); r.at < len(wasm); {
		id := r.byte()
		section := reader{data: r.bytes()}
		switch id {
		case 2:
			for n := section.number(); n > 0; n-- {
				imports = append(imports, imported{string(section.bytes()), string(section.bytes())})
				section.describe()
			}
		case 7:
			for n := section.number(); n > 0; n-- {
				exports = append(exports, string(section.bytes()))
				section.byte()
				section.number()
			}
		}
	}
	return imports, exports
}

// renamed is the module with each import from a module of its own, whose name is the position of the import.
func renamed(wasm []byte) []byte {
	result := append([]byte{}, wasm[:8]...)
	for r := (&reader{wasm, 8}); r.at < len(wasm); {
		id := r.byte()
		content := r.bytes()
		if id == 2 {
			section := reader{data: content}
			count := section.number()
			content = leb(count)
			for n := 0; n < count; n++ {
				section.bytes()
				from := section.at
				section.bytes()
				section.describe()
				content = append(content, name(strconv.Itoa(n))...)
				content = append(content, section.data[from:section.at]...)
			}
		}
		result = append(append(append(result, id), leb(len(content))...), content...)
	}
	return result
}

// vectorReader is a module that imports a global which holds a vector, and exports a function that gives it.
func vectorReader(export string, isMutable bool) []byte {
	mutability := byte(0)
	if isMutable {
		mutability = 1
	}
	section := func(id byte, content ...byte) []byte {
		return append(append([]byte{id}, leb(len(content))...), content...)
	}
	imported := append(append([]byte{1}, name("m")...), append(name(export), 3, v128, mutability)...)
	wasm := []byte("\x00asm\x01\x00\x00\x00")
	for _, part := range [][]byte{
		section(1, 1, 0x60, 0, 1, v128),
		section(2, imported...),
		section(3, 1, 0),
		section(7, append(append([]byte{1}, name("get")...), 0, 0)...),
		section(10, 1, 4, 0, 0x23, 0, 0x0b),
	} {
		wasm = append(wasm, part...)
	}
	return wasm
}

func leb(value int) (data []byte) {
	for ; value > 0x7f; value >>= 7 {
		data = append(data, byte(value&0x7f|0x80))
	}
	return append(data, byte(value))
}

func name(text string) []byte { return append(leb(len(text)), text...) }
