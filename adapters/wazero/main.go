// An adapter of wazero: its compiler, or with the argument `interpreter` its interpreter.
//
// In: requests of the line protocol. Out: answers. An import names a module in wazero, which is looked up as one
// instance; a name that stands for the exports of several instances is taken apart (see renamed).
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// version is that of go.mod: the library does not tell its own.
const version = "1.12.0"

// features are those that can be switched, as their proposals are named.
var features = []struct {
	name string
	flag api.CoreFeatures
}{
	{"mutable-global", api.CoreFeatureMutableGlobal},
	{"sign-extension-ops", api.CoreFeatureSignExtensionOps},
	{"nontrapping-float-to-int-conversions", api.CoreFeatureNonTrappingFloatToIntConversion},
	{"multi-value", api.CoreFeatureMultiValue},
	{"bulk-memory", api.CoreFeatureBulkMemoryOperations},
	{"reference-types", api.CoreFeatureReferenceTypes},
	{"simd", api.CoreFeatureSIMD},
	{"threads", experimental.CoreFeaturesThreads},
	{"tail-call", experimental.CoreFeaturesTailCall},
	{"extended-const", experimental.CoreFeaturesExtendedConst},
	{"exceptions", experimental.CoreFeaturesExceptionHandling},
	{"function-references", experimental.CoreFeaturesTypedFunctionReferences},
	// These change nothing that is executed.
	{"annotations", 0},
	{"branch-hinting", 0},
}

// Types that the API has no name for.
const (
	v128    = 0x7b
	funcref = 0x70
)

type module struct {
	compiled wazero.CompiledModule
	wasm     []byte
	imports  []imported
	exports  []string
}

type instance struct {
	api.Module
	exports []string
}

// script is what one script has.
type script struct {
	interpret bool
	runtime   wazero.Runtime
	modules   map[uint32]*module
	instances map[uint32]*instance
	registry  map[string]map[string]api.Module
}

var background = context.Background()

func (s *script) hello() *hello {
	known := &hello{
		Protocol: 1, Engine: "wazero", Version: version,
		CannotTell: []string{"malformed-from-invalid", "trap-kinds", "function-indices", "references"},
	}
	if s.interpret {
		known.Flags = []string{"interpreter"}
		known.Engine = "wazero (interpreter)"
	}
	for _, feature := range features {
		known.Features = append(known.Features, feature.name)
	}
	return known
}

func (s *script) begin(wanted []string) {
	if s.runtime != nil {
		_ = s.runtime.Close(background)
	}
	config := wazero.NewRuntimeConfigCompiler()
	if s.interpret {
		config = wazero.NewRuntimeConfigInterpreter()
	}
	// Without this, segments out of bounds keep a module from being linked, where all suites expect a trap, and forms
	// of element segments are unknown which modules of all suites have.
	on := api.CoreFeatures(api.CoreFeatureBulkMemoryOperations)
	for _, feature := range features {
		for _, name := range wanted {
			if name == feature.name {
				on |= feature.flag
			}
		}
	}
	s.runtime = wazero.NewRuntimeWithConfig(background, config.WithCoreFeatures(on))
	s.modules, s.instances = map[uint32]*module{}, map[uint32]*instance{}
	s.registry = map[string]map[string]api.Module{}
}

func (s *script) compile(wasm []byte) (*module, error) {
	compiled, err := s.runtime.CompileModule(background, wasm)
	if err != nil {
		if limit.MatchString(err.Error()) {
			return nil, failed("limit", err.Error())
		}
		return nil, failed("rejected", err.Error())
	}
	imports, exports := names(wasm)
	return &module{compiled, wasm, imports, exports}, nil
}

func (s *script) instantiate(m *module) (*instance, error) {
	// Each import by its position, and each module that is imported from by its name.
	given, compiled, single := map[string]api.Module{}, m.compiled, true
	for n, wanted := range m.imports {
		found, ok := s.registry[wanted.module][wanted.name]
		if !ok {
			return nil, failed("unlinkable", fmt.Sprintf("nothing is named %s.%s", wanted.module, wanted.name))
		}
		given[fmt.Sprintf("#%d", n)] = found
		before, ok := given[wanted.module]
		single = single && (!ok || before == found)
		given[wanted.module] = found
	}
	resolve := func(name string) api.Module { return given[name] }
	if !single {
		// It was compiled as it is before; this is for linking alone.
		again, err := s.runtime.CompileModule(background, renamed(m.wasm))
		if err != nil {
			return nil, err
		}
		compiled = again
		resolve = func(name string) api.Module { return given["#"+name] }
	}
	ctx := experimental.WithImportResolver(background, resolve)
	config := wazero.NewModuleConfig().WithName("").WithStartFunctions()
	made, err := s.runtime.InstantiateModule(ctx, compiled, config)
	if err != nil {
		return nil, instantiation(err)
	}
	return &instance{made, m.exports}, nil
}

func (s *script) register(name string, made *instance, add bool) {
	if s.registry[name] == nil || !add {
		s.registry[name] = map[string]api.Module{}
	}
	if made != nil {
		for _, export := range made.exports {
			s.registry[name][export] = made.Module
		}
	}
}

func (i *instance) invoke(export string, args []value) ([]value, error) {
	function := i.ExportedFunction(export)
	if function == nil {
		return nil, failed("not-found", "there is no such export")
	}
	params, results := function.Definition().ParamTypes(), function.Definition().ResultTypes()
	if len(params) != len(args) {
		return nil, failed("not-found", "the arguments do not fit the function")
	}
	var words []uint64
	for n, arg := range args {
		passed, err := argument(arg, params[n])
		if err != nil {
			return nil, err
		}
		words = append(words, passed...)
	}
	given, err := function.Call(background, words...)
	if err != nil {
		return nil, ended(err)
	}
	values := []value{}
	for _, kind := range results {
		var one value
		if one, given, err = result(kind, given); err != nil {
			return nil, err
		}
		values = append(values, one)
	}
	return values, nil
}

func (s *script) get(i *instance, export string) (value, error) {
	global := i.ExportedGlobal(export)
	if global == nil {
		return value{}, failed("not-found", "there is no such export")
	}
	words := []uint64{global.Get()}
	if global.Type() == v128 {
		// The API gives half of it: a module that imports the global gives both.
		_, isMutable := global.(api.MutableGlobal)
		reader, err := s.runtime.CompileModule(background, vectorReader(export, isMutable))
		if err != nil {
			return value{}, err
		}
		ctx := experimental.WithImportResolver(background, func(string) api.Module { return i.Module })
		made, err := s.runtime.InstantiateModule(ctx, reader, wazero.NewModuleConfig().WithName(""))
		if err != nil {
			return value{}, err
		}
		if words, err = made.ExportedFunction("get").Call(background); err != nil {
			return value{}, err
		}
	}
	got, _, err := result(global.Type(), words)
	return got, err
}

// argument is the words by which a value is passed.
func argument(arg value, kind api.ValueType) ([]uint64, error) {
	switch kind {
	case api.ValueTypeI32, api.ValueTypeI64, api.ValueTypeF32, api.ValueTypeF64:
		bits, err := arg.bits()
		return []uint64{bits}, err
	case v128:
		low, high, err := arg.words()
		return []uint64{low, high}, err
	}
	if arg.isNull() {
		return []uint64{0}, nil
	}
	if kind != api.ValueTypeExternref {
		return nil, cannotTell("references")
	}
	// Zero is null.
	host, err := arg.bits()
	return []uint64{host + 1}, err
}

// result is a value of this type, and the words after it.
func result(kind api.ValueType, words []uint64) (value, []uint64, error) {
	word, rest := words[0], words[1:]
	switch kind {
	case api.ValueTypeI32:
		return number("i32", uint64(uint32(word))), rest, nil
	case api.ValueTypeI64:
		return number("i64", word), rest, nil
	case api.ValueTypeF32:
		return number("f32", uint64(uint32(word))), rest, nil
	case api.ValueTypeF64:
		return number("f64", word), rest, nil
	case v128:
		return vector(word, rest[0]), rest[1:], nil
	case api.ValueTypeExternref:
		if word != 0 {
			return number("externref", word-1), rest, nil
		}
		return value{Type: "externref", Value: text("null")}, rest, nil
	case funcref:
		if word != 0 {
			return value{Type: "funcref"}, rest, nil
		}
		return value{Type: "funcref", Value: text("null")}, rest, nil
	}
	return value{}, rest, cannotTell("references")
}

// do does what is asked for. What panics is a defect of the engine.
func (s *script) do(asked *request) (given answer, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = failed("crash", fmt.Sprintf("it panicked: %v", panicked))
		}
	}()
	switch asked.Do {
	case "hello":
		return answer{Hello: s.hello()}, nil
	case "begin":
		s.begin(asked.Features)
	case "finish":
		s.begin(nil)
	case "compile":
		compiled, err := s.compile(asked.Wasm)
		if err != nil {
			return given, err
		}
		s.modules[asked.Module] = compiled
	case "instantiate":
		compiled, ok := s.modules[asked.Module]
		if !ok {
			return given, failed("missing", "")
		}
		made, err := s.instantiate(compiled)
		if err != nil {
			return given, err
		}
		s.instances[asked.Instance] = made
	case "register":
		s.register(asked.Name, s.instances[asked.Instance], asked.Add)
	case "release":
		delete(s.instances, asked.Instance)
	case "invoke", "get":
		made, ok := s.instances[asked.Instance]
		if !ok {
			return given, failed("missing", "")
		}
		if asked.Do == "invoke" {
			given.Values, err = made.invoke(asked.Export, asked.Args)
			return given, err
		}
		got, err := s.get(made, asked.Export)
		given.Values = []value{got}
		return given, err
	default:
		return given, failed("error", asked.Do+" was not announced in the greeting")
	}
	return given, nil
}

// traps are what the words of the engine may mean, where they are not the words of the specification's tests.
var traps = map[string][]string{
	"unreachable":                   {"unreachable"},
	"integer divide by zero":        {"integer divide by zero"},
	"integer overflow":              {"integer overflow"},
	"invalid conversion to integer": {"invalid conversion to integer"},
	"out of bounds memory access":   {"out of bounds memory access"},
	"indirect call type mismatch":   {"indirect call type mismatch"},
	"unaligned atomic":              {"unaligned atomic"},
	"expected shared memory":        {"expected shared memory"},
	"invalid table access": {
		"out of bounds table access", "undefined element", "uninitialized element", "indirect call type mismatch",
	},
	"null reference": {"null reference", "null function reference", "null exception reference"},
}

// ended is how a call ended.
func ended(err error) error {
	said, _, _ := strings.Cut(err.Error(), "\n")
	_, word, isOfWasm := strings.Cut(said, "wasm error: ")
	switch {
	// The compiler says it without a prefix.
	case word == "stack overflow" || strings.HasSuffix(said, "stack overflow"):
		return failed("exhaustion", said)
	case word == "uncaught exception":
		return failed("exception", said)
	case strings.Contains(said, "(recovered by wazero)"):
		return failed("crash", said)
	case !isOfWasm:
		return failed("error", said)
	}
	kinds, ok := traps[word]
	if !ok {
		kinds = []string{"other"}
	}
	return &failure{Failed: "trap", Traps: kinds, Text: said}
}

// instantiation is how an instantiation failed.
func instantiation(err error) error {
	var known *failure
	if ended := ended(err); errors.As(ended, &known) && known.Failed != "error" {
		return known
	}
	if said := err.Error(); segment.MatchString(said) {
		return &failure{Failed: "trap", Traps: traps["out of bounds memory access"], Text: said}
	}
	return failed("unlinkable", err.Error())
}

// limit is what the engine says of a table that is too large for it.
var limit = regexp.MustCompile(`table min must be at most`)

// segment is what the engine says of a data segment that does not fit, before which others were written.
var segment = regexp.MustCompile(`data\[\d+\]: out of bounds memory access`)

func main() {
	s := &script{interpret: len(os.Args) > 1 && os.Args[1] == "interpreter"}
	s.begin(nil)
	if err := serve(os.Stdin, os.Stdout, s.do); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
