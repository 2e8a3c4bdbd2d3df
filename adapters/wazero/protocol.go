package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strconv"
)

// request is one line from the harness.
type request struct {
	ID       uint64   `json:"id"`
	Do       string   `json:"do"`
	Features []string `json:"features"`
	Module   uint32   `json:"module"`
	Wasm     []byte   `json:"wasm"`
	Instance uint32   `json:"instance"`
	Name     string   `json:"name"`
	Add      bool     `json:"add"`
	Export   string   `json:"export"`
	Args     []value  `json:"args"`
}

// answer is one line to it.
type answer struct {
	ID     uint64   `json:"id"`
	Hello  *hello   `json:"hello,omitempty"`
	Values []value  `json:"values"` // no list where there are none, else perhaps an empty one
	Failed string   `json:"failed,omitempty"`
	Traps  []string `json:"traps,omitempty"`
	What   string   `json:"what,omitempty"`
	Text   string   `json:"text,omitempty"`
}

type hello struct {
	Protocol   int      `json:"protocol"`
	Engine     string   `json:"engine"`
	Version    string   `json:"version"`
	Flags      []string `json:"flags,omitempty"`
	Features   []string `json:"features"`
	CannotTell []string `json:"cannot_tell"`
}

// value is a number by its bits, a vector by its lanes, or a reference by its number, "null" or nothing.
type value struct {
	Type     string          `json:"type"`
	LaneType string          `json:"lane_type,omitempty"`
	Value    json.RawMessage `json:"value,omitempty"`
}

// failure is why a request did not succeed: an answer without a number.
type failure answer

func (f *failure) Error() string { return f.Failed + ": " + f.Text }

func failed(class, text string) *failure { return &failure{Failed: class, Text: text} }

func cannotTell(what string) *failure { return &failure{Failed: "cannot-tell", What: what} }

func text(s string) json.RawMessage { return json.RawMessage(strconv.Quote(s)) }

func number(kind string, bits uint64) value {
	return value{Type: kind, Value: text(strconv.FormatUint(bits, 10))}
}

func vector(low, high uint64) value {
	lanes, _ := json.Marshal([]string{strconv.FormatUint(low, 10), strconv.FormatUint(high, 10)})
	return value{Type: "v128", LaneType: "i64", Value: lanes}
}

// isNull says whether a reference is null.
func (v value) isNull() bool { return string(v.Value) == `"null"` }

// bits are those of a number, or the number of a reference.
func (v value) bits() (uint64, error) {
	var digits string
	if err := json.Unmarshal(v.Value, &digits); err != nil {
		return 0, failed("error", err.Error())
	}
	return strconv.ParseUint(digits, 10, 64)
}

// words are the low and the high half of a vector.
func (v value) words() (low, high uint64, err error) {
	var lanes []string
	if err := json.Unmarshal(v.Value, &lanes); err != nil || len(lanes) == 0 || 128%len(lanes) != 0 {
		return 0, 0, failed("error", "a vector is a list of lanes")
	}
	all, width := new(big.Int), uint(128/len(lanes))
	for n := len(lanes) - 1; n >= 0; n-- {
		lane, ok := new(big.Int).SetString(lanes[n], 10)
		if !ok {
			return 0, 0, failed("error", "a lane is a number")
		}
		all.Or(all.Lsh(all, width), lane)
	}
	low = new(big.Int).And(all, new(big.Int).SetUint64(^uint64(0))).Uint64()
	return low, all.Rsh(all, 64).Uint64(), nil
}

// serve answers requests until the input ends.
func serve(in io.Reader, out io.Writer, do func(*request) (answer, error)) error {
	decoder, buffered := json.NewDecoder(bufio.NewReaderSize(in, 1<<16)), bufio.NewWriterSize(out, 1<<16)
	encoder := json.NewEncoder(buffered)
	for {
		var asked request
		if err := decoder.Decode(&asked); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("not a request: %w", err)
		}
		given, err := do(&asked)
		if err != nil {
			var known *failure
			if !errors.As(err, &known) {
				known = failed("error", err.Error())
			}
			given = answer(*known)
		}
		given.ID = asked.ID
		if err := encoder.Encode(given); err != nil {
			return err
		}
		if err := buffered.Flush(); err != nil {
			return err
		}
	}
}
