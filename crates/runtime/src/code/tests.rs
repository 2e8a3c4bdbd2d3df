//! Tests of relocations against how processors interpret instructions, and of the tables of addresses against
//! a naive model.

use super::registry::{Reader, contains, lookup};
use super::*;
use crate::compile::FunctionCompiler;
use crate::value::backtrace::ModuleNames;
use cranelift_codegen::ir::{AbiParam, ArgumentPurpose, Signature, types};
use cranelift_codegen::isa::{self, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use std::collections::{BTreeMap, BTreeSet};
use touchstone_cranelift_wasm::layout::ContextLayout;
use touchstone_cranelift_wasm::{Collector, FuncIdx, ModuleInfo, read_module, trampoline};
use wasmparser::WasmFeatures;

// ---- relocations ----

/// A number of `width` bits in two's complement.
fn signed(bits: u32, width: u32) -> i64 {
    let unused = 64 - width;
    (i64::from(bits) << unused) >> unused
}

fn word(code: &[u8]) -> u32 {
    u32::from_le_bytes(code[..4].try_into().expect("four bytes"))
}

/// The address to which a call or a jump goes, or which an instruction loads. The relocation of the
/// instruction is at the beginning of `code`, whose address is `pc`.
fn destination(kind: Reloc, code: &[u8], pc: i64) -> i64 {
    match kind {
        Reloc::Abs8 => i64::from_ne_bytes(code[..8].try_into().expect("eight bytes")),
        // The distance is from the end of the instruction, which is also the end of the field.
        Reloc::X86PCRel4 | Reloc::X86CallPCRel4 => pc + 4 + signed(word(code), 32),
        // The distance of `bl` or `b` is from the instruction, in words.
        Reloc::Arm64Call => {
            assert!([0b100101, 0b000101].contains(&(word(code) >> 26)), "{:#x}", word(code));
            pc + 4 * signed(word(code) & 0x03ff_ffff, 26)
        }
        // `auipc` adds its upper 20 bits to its own address, `jalr` its upper 12 bits to that.
        Reloc::RiscvCallPlt => {
            let (auipc, jalr) = (word(code), word(&code[4..]));
            assert_eq!((auipc & 0x7f, jalr & 0x7f), (0b001_0111, 0b110_0111), "the opcodes");
            assert_eq!(auipc >> 7 & 31, jalr >> 15 & 31, "the register between them");
            pc + signed(auipc & 0xffff_f000, 32) + signed(jalr >> 20, 12)
        }
        // The distance is from the beginning of the instruction, two bytes before the field, in halfwords.
        Reloc::S390xPLTRel32Dbl => {
            let halfwords = u32::from_be_bytes(code[..4].try_into().expect("four bytes"));
            pc - 2 + 2 * signed(halfwords, 32)
        }
        other => panic!("{other:?}"),
    }
}

/// An instruction as Cranelift leaves it for the linker.
struct Unlinked {
    kind: Reloc,
    /// The bytes of the instruction.
    code: &'static [u8],
    /// The offset of the relocation in these bytes.
    offset: u32,
    addend: i64,
    /// The distances from the instruction's own base at which destinations can be.
    reach: std::ops::RangeInclusive<i64>,
    /// The number of which all distances are multiples.
    step: i64,
    /// Distance of that base from the relocation.
    base: i64,
}

const UNLINKED: [Unlinked; 6] = [
    // call
    Unlinked {
        kind: Reloc::X86CallPCRel4,
        code: &[0xe8, 0, 0, 0, 0],
        offset: 1,
        addend: -4,
        reach: -(1 << 31)..=(1 << 31) - 1,
        step: 1,
        base: 4,
    },
    // lea rax, [rip + …]
    Unlinked {
        kind: Reloc::X86PCRel4,
        code: &[0x48, 0x8d, 0x05, 0, 0, 0, 0],
        offset: 3,
        addend: -4,
        reach: -(1 << 31)..=(1 << 31) - 1,
        step: 1,
        base: 4,
    },
    // bl
    Unlinked {
        kind: Reloc::Arm64Call,
        code: &[0, 0, 0, 0x94],
        offset: 0,
        addend: 0,
        reach: -(1 << 27)..=(1 << 27) - 4,
        step: 4,
        base: 0,
    },
    // b
    Unlinked {
        kind: Reloc::Arm64Call,
        code: &[0, 0, 0, 0x14],
        offset: 0,
        addend: 0,
        reach: -(1 << 27)..=(1 << 27) - 4,
        step: 4,
        base: 0,
    },
    // auipc ra, 0; jalr ra, 0(ra). The pair could reach 2 KiB further down.
    Unlinked {
        kind: Reloc::RiscvCallPlt,
        code: &[0x97, 0, 0, 0, 0xe7, 0x80, 0, 0],
        offset: 0,
        addend: 0,
        reach: -(1 << 31)..=(1 << 31) - 0x802,
        step: 2,
        base: 0,
    },
    // brasl %r14, …
    Unlinked {
        kind: Reloc::S390xPLTRel32Dbl,
        code: &[0xc0, 0xe5, 0, 0, 0, 0],
        offset: 2,
        addend: 2,
        reach: -(1 << 32)..=(1 << 32) - 2,
        step: 2,
        base: -2,
    },
];

/// An address for code with enough address space on both sides for every distance.
const BASE: usize = 0x7f12_3456_0000;

/// Links the instruction, after other code, so that its destination is at `distance` from its base. Gives the
/// distance of the destination to which the processor would go.
fn link(unlinked: &Unlinked, distance: i64) -> Result<i64> {
    const BEFORE: usize = 12;
    let mut code = vec![0x55; BEFORE];
    code.extend(unlinked.code);
    code.extend([0x55; 4]);
    let offset = BEFORE as u32 + unlinked.offset;
    let at = offset as usize;
    let pc = (BASE + at) as i64;
    let base = pc + unlinked.base;
    let reloc = FunctionReloc {
        offset,
        kind: unlinked.kind,
        target: RelocTarget::Within(0),
        addend: unlinked.addend,
    };
    relocate(&mut code, BASE, &reloc, (base + distance) as usize)?;
    let after = BEFORE + unlinked.code.len();
    assert!(code[..BEFORE].iter().chain(&code[after..]).all(|byte| *byte == 0x55), "{code:x?}");
    assert_eq!(code[BEFORE..at], unlinked.code[..unlinked.offset as usize], "the opcode");
    Ok(destination(unlinked.kind, &code[at..], pc) - base)
}

#[test]
fn linked_instructions_go_where_they_are_to() {
    for unlinked in &UNLINKED {
        let (min, max) = (*unlinked.reach.start(), *unlinked.reach.end());
        // Distances whose lower 12 bits carry into the upper ones, and a few others of either sign.
        let some = [0, 4, 0x7fc, 0x800, 0x804, 0xffc, 0x1000, 0x12_3458, 0x765_4324];
        let some = some.into_iter().flat_map(|distance| [distance, -distance]);
        let edges = [min, min + unlinked.step, max - unlinked.step, max];
        for distance in some.chain(edges) {
            let linked = link(unlinked, distance).expect("it is in reach");
            assert_eq!(linked, distance, "{:?}", unlinked.kind);
        }
    }
}

#[test]
fn what_is_out_of_reach_is_an_error() {
    for unlinked in &UNLINKED {
        let (min, max) = (*unlinked.reach.start(), *unlinked.reach.end());
        let far = 1 << 40;
        for distance in [min - unlinked.step, max + unlinked.step, -far, far] {
            let error = link(unlinked, distance).expect_err("no instruction reaches it");
            let text = error.to_string();
            assert!(matches!(error, Error::Resource(_)), "{:?}: {text}", unlinked.kind);
            assert!(text.contains("too large for its own calls"), "{text}");
        }
    }
}

#[test]
fn an_address_is_written_whole() {
    let mut code = [0x55; 16];
    let reloc =
        FunctionReloc { offset: 4, kind: Reloc::Abs8, target: RelocTarget::Within(0), addend: -3 };
    relocate(&mut code, BASE, &reloc, 0xfedc_ba98_7654_3213).expect("any address");
    assert_eq!(destination(Reloc::Abs8, &code[4..], 0), 0xfedc_ba98_7654_3210_u64 as i64);
    assert!(code[..4].iter().chain(&code[12..]).all(|byte| *byte == 0x55), "{code:x?}");
}

/// A compiler for each instruction set that this build knows, with as few extensions as possible. The build
/// knows only that of the host, unless the tests are run with `--features cranelift-codegen/all-native-arch`.
fn instruction_sets() -> Vec<OwnedTargetIsa> {
    let known = isa::ALL_ARCHITECTURES.iter().filter_map(|name| isa::lookup_by_name(name).ok());
    let sets: Vec<_> = known
        .map(|mut builder| {
            // These are the fewest extensions of RISC-V that Cranelift supports; the other instruction sets
            // have no such settings.
            for name in ["has_m", "has_a", "has_f", "has_d", "has_zicsr", "has_zifencei"] {
                let _ = builder.enable(name);
            }
            let mut flags = settings::builder();
            for name in ["preserve_frame_pointers", "enable_multi_ret_implicit_sret"] {
                flags.set(name, "true").expect("a setting of Cranelift");
            }
            builder.finish(settings::Flags::new(flags)).expect("settings that each set has")
        })
        .collect();
    assert!(!sets.is_empty(), "Cranelift knows this host");
    sets
}

/// Compiles a module's functions, and after them the trampolines for functions of the first function's type.
fn compile(isa: &OwnedTargetIsa, wat: &str) -> (ModuleInfo, Vec<CompiledFunction>) {
    let wasm = wat::parse_str(wat).expect("well-formed text");
    let read = read_module(&wasm, WasmFeatures::all(), Collector::default());
    let (info, bodies) = read.expect("valid");
    let layout = ContextLayout::new(&info);
    let mut compiler = FunctionCompiler::new(&**isa);
    let mut compiled = Vec::new();
    for (function, body) in info.defined_functions().zip(bodies) {
        compiler.context.clear();
        let FunctionCompiler { translator, context, .. } = &mut compiler;
        translator
            .translate(
                &info,
                &layout,
                (function, body),
                isa.frontend_config(),
                &|| Some(u64::MAX),
                &mut context.func,
            )
            .expect("translates");
        let kind = FunctionKind::Wasm { index: function.as_u32(), context_leads: false };
        compiled.push(compiler.finish(kind).expect("compiles"));
    }
    compiler.context.clear();
    let FunctionCompiler { translator, context, .. } = &mut compiler;
    let ctx = translator.builder_context();
    trampoline::entry(
        &mut context.func,
        ctx,
        info.type_of(FuncIdx::from_u32(0)),
        isa.frontend_config(),
    );
    compiled.push(compiler.finish(FunctionKind::Entry { record: 0 }).expect("compiles"));
    (info, compiled)
}

/// Calls of each kind, and operations for which some processors lack an instruction.
const CALLS: &str = r#"(module
    (func $f (param f64) (result f64) (local.get 0))
    (func (param f64) (result f64) (f64.neg (call $f (local.get 0))))
    (func (param f64) (result f64) (return_call $f (local.get 0)))
    (func (param f64) (result f64)
        (block $caught
            (try_table (catch_all $caught) (return (call $f (local.get 0)))))
        (f64.const 1))
    (func (param f64 f32) (result f64 f32)
        (f64.nearest (local.get 0))
        (f32.trunc (local.get 1))))"#;

/// `hlt` takes the place of `ud2`, of each and of nothing else.
#[cfg(target_arch = "x86_64")]
#[test]
#[cfg_attr(miri, ignore = "an interpreted compiler takes minutes")]
fn trapping_instructions_are_those_that_trap_quickly() {
    const TRAPS: &str = r#"(module
        (memory i64 1)
        (func (param i64) (result i32) (i32.load (local.get 0)))
        (func (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 7)) (unreachable))
        (func (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1))))"#;
    let sets = instruction_sets();
    let isa = sets.iter().find(|isa| isa.name() == "x64").expect("this host's");
    let (_, functions) = compile(isa, TRAPS);
    let at = |function: &CompiledFunction, offset: &u32| function.code[*offset as usize];
    let traps =
        functions.iter().flat_map(|f| f.traps.iter().map(move |(o, code)| (at(f, o), *code)));
    let halts: Vec<_> = traps.filter(|(byte, _)| *byte == 0xf4).map(|(_, code)| code).collect();
    assert!(halts.contains(&TrapCode::HEAP_OUT_OF_BOUNDS), "{halts:?}");
    assert!(halts.contains(&touchstone_cranelift_wasm::trap::UNREACHABLE), "{halts:?}");
    for function in &functions {
        for (offset, code) in &function.traps {
            assert_ne!(function.code[*offset as usize..][..2], [0x0f, 0x0b], "{code:?}");
        }
    }
    // What else begins with the same byte is left alone.
    for code in [&mut [0x0f, 0x0a][..], &mut [0x0f], &mut [], &mut [0x90, 0x0f, 0x0b]] {
        let before = code.to_vec();
        crate::sys::arch::make_trap_cheap(code);
        assert_eq!(code, before);
    }
}

/// Every relocation that Cranelift makes for code that the translation emits is linked correctly.
#[test]
#[cfg_attr(miri, ignore = "an interpreted compiler takes minutes")]
fn whatever_this_build_emits_is_linked() {
    for isa in instruction_sets() {
        let name = isa.name();
        let (_, functions) = compile(&isa, CALLS);
        let (mut calls, mut libcalls) = (0, 0);
        for function in functions {
            for reloc in &function.relocs {
                let mut code = function.code.clone();
                let target = BASE + 0x12_3450;
                relocate(&mut code, BASE, reloc, target).expect("it is near");
                let at = reloc.offset as usize;
                let mut went = destination(reloc.kind, &code[at..], (BASE + at) as i64);
                if reloc.kind == Reloc::Abs8 {
                    went -= reloc.addend;
                }
                assert_eq!(went, target as i64, "{name}: {:?}", reloc.kind);
                calls += usize::from(matches!(reloc.target, RelocTarget::Wasm(0)));
                libcalls += usize::from(matches!(reloc.target, RelocTarget::LibCall(_)));
            }
        }
        assert_eq!(calls, 3, "{name}: a call, a tail call and one that may land");
        if name == "x64" {
            assert!(libcalls >= 2, "without SSE 4.1 the host rounds");
        }
    }
}

// ---- tables of addresses ----

/// A small generator of numbers (xorshift), which makes failures reproducible.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % u64::from(end)) as u32
    }

    /// Some of the offsets in a function, in order. The end is included, because a call may be the last
    /// instruction.
    fn offsets(&mut self, length: u32, most: u32) -> BTreeSet<u32> {
        (0..self.below(most + 1)).map(|_| 1 + self.below(length)).collect()
    }
}

/// A function that does nothing and has empty tables.
fn blank(kind: FunctionKind, length: u32, alignment: u32) -> CompiledFunction {
    CompiledFunction {
        kind,
        code: vec![0; length as usize],
        alignment,
        relocs: Vec::new(),
        traps: Vec::new(),
        sources: Vec::new(),
        calls: Vec::new(),
        maps: StackMaps::default(),
        handlers: Vec::new(),
    }
}

fn finish(functions: impl IntoIterator<Item = CompiledFunction>) -> Arc<CodeObject> {
    let mut builder = CodeBuilder::default();
    functions.into_iter().for_each(|function| builder.push(function));
    builder.finish(ModuleNames::default()).expect("there is memory for a little code")
}

/// A function with calls that return to these offsets, each with the stack map that comes with it.
fn with_calls(length: u32, calls: &[(u32, &[u32])]) -> CompiledFunction {
    let mut maps = StackMapBuilder::default();
    let calls = calls.iter().map(|(at, slots)| (*at, maps.intern(slots))).collect();
    let maps = maps.finish();
    CompiledFunction { calls, maps, ..blank(FunctionKind::Trampoline, length, 16) }
}

#[test]
fn a_stack_map_is_found_at_its_return_address_alone() {
    let code = finish([
        with_calls(32, &[(5, &[8, 16]), (12, &[]), (20, &[8])]),
        blank(FunctionKind::Trampoline, 16, 16),
        // Its last instruction is a call.
        with_calls(16, &[(4, &[16, 8]), (16, &[8, 16])]),
    ]);
    let found = |function, offset| code.stack_map_at(code.function(function) as usize + offset);
    // There is no map before the first call, and between two calls.
    assert_eq!([0, 4, 6, 11, 13, 19].map(|offset| found(0, offset)), [None; 6]);
    assert_eq!(found(0, 5), Some(&[8, 16][..]));
    assert_eq!(found(0, 12), Some(&[][..]), "an empty map is one, too");
    assert_eq!(found(0, 20), Some(&[8][..]));
    // There is none after the last call of a function, in one without calls, and before the first call of the
    // next.
    assert_eq!([21, 31, 32, 40, 48, 51].map(|offset| found(0, offset)), [None; 6]);
    assert_eq!(found(2, 4), Some(&[16, 8][..]));
    assert_eq!(found(2, 16), Some(&[8, 16][..]));
    // There is none past the last call of all.
    assert_eq!([17, 100, 1000].map(|offset| found(2, offset)), [None; 3]);
}

#[test]
fn nothing_is_known_of_code_without_functions() {
    let code = finish([]);
    assert_eq!(code.size(), 0);
    let start = code.range().start;
    for pc in [start, start + 1, code.range().end - 1] {
        assert_eq!(code.function_at(pc), None);
        assert_eq!(code.stack_map_at(pc), None);
        assert_eq!(code.trap_at(pc), None);
        assert_eq!(code.source_at(pc), None);
        assert_eq!(code.handler_at(pc), None);
    }
}

/// The places of functions, and what a look-up must find in them, by offset in the code object.
#[derive(Default)]
struct Model {
    functions: Vec<(std::ops::Range<u32>, FunctionKind)>,
    traps: BTreeMap<u32, TrapCode>,
    sources: BTreeMap<u32, u32>,
    maps: BTreeMap<u32, Vec<u32>>,
    handlers: BTreeMap<u32, (u32, u32)>,
}

/// A function with table entries at random offsets.
fn random_function(numbers: &mut Numbers, index: u32) -> CompiledFunction {
    let length = 1 + numbers.below(90);
    let kind = match numbers.below(3) {
        0 => FunctionKind::Wasm { index, context_leads: numbers.below(2) == 0 },
        1 => FunctionKind::Trampoline,
        _ => FunctionKind::Entry { record: numbers.below(100) },
    };
    let mut function = blank(kind, length, [4, 16, 64][numbers.below(3) as usize]);
    let codes = [TrapCode::HEAP_OUT_OF_BOUNDS, TrapCode::STACK_OVERFLOW];
    let traps = numbers.offsets(length, 5).into_iter().map(|at| at - 1);
    function.traps = traps.map(|at| (at, codes[numbers.below(2) as usize])).collect();
    // Cranelift also says that the prologue has no source.
    function.sources.push((0, u32::MAX));
    for at in numbers.offsets(length, 5) {
        let source = [u32::MAX, at, 1000 * index + at][numbers.below(3) as usize];
        function.sources.push((at, source));
    }
    let mut maps = StackMapBuilder::default();
    for at in numbers.offsets(length, 6) {
        let slots: Vec<u32> = (0..numbers.below(3)).map(|_| 8 * numbers.below(3)).collect();
        function.calls.push((at, maps.intern(&slots)));
        if numbers.below(2) == 0 {
            function.handlers.push((at, numbers.below(length), 16 * numbers.below(9)));
        }
    }
    function.maps = maps.finish();
    function
}

#[test]
fn what_is_known_of_each_address_against_a_naive_model() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    for _ in 0..if cfg!(miri) { 5 } else { 60 } {
        let functions: Vec<_> =
            (0..numbers.below(8)).map(|index| random_function(&mut numbers, index)).collect();
        let (mut model, mut end) = (Model::default(), 0);
        for function in &functions {
            let start: u32 = (end..).find(|at| at % function.alignment.max(16) == 0).expect("one");
            end = start + function.code.len() as u32;
            model.functions.push((start..end, function.kind));
            model.traps.extend(function.traps.iter().map(|(at, code)| (start + at, *code)));
            model.sources.extend(function.sources.iter().map(|(at, line)| (start + at, *line)));
            for (at, map) in &function.calls {
                let slots = function.maps.get(*map).expect("a map of this function");
                model.maps.insert(start + at, slots.to_vec());
            }
            for (at, handler, frame) in &function.handlers {
                model.handlers.insert(start + at, (start + handler, *frame));
            }
        }
        let code = finish(functions);
        assert_eq!(code.size(), end as usize);
        let base = code.range().start;
        for (position, (range, _)) in model.functions.iter().enumerate() {
            assert_eq!(code.function(position) as usize, base + range.start as usize);
        }
        for offset in 0..end + 40 {
            let pc = base + offset as usize;
            let function = model.functions.iter().find(|(range, _)| range.contains(&offset));
            assert_eq!(code.function_at(pc), function.map(|(_, kind)| *kind));
            assert_eq!(code.trap_at(pc), model.traps.get(&offset).copied());
            assert_eq!(code.stack_map_at(pc), model.maps.get(&offset).map(Vec::as_slice));
            assert_eq!(code.handler_at(pc), model.handlers.get(&offset).copied());
            let source = model.sources.range(..=offset).next_back().map(|(_, source)| *source);
            assert_eq!(code.source_at(pc), source.filter(|source| *source != u32::MAX));
        }
    }
}

/// A prologue can trap, too. The last source of the function before it is not mistaken for its own.
#[test]
#[cfg_attr(miri, ignore = "an interpreted compiler takes minutes")]
fn sources_are_those_of_the_function_itself() {
    for isa in instruction_sets() {
        let (info, functions) = compile(&isa, CALLS);
        let code = finish(functions);
        let (start, mut seen) = (code.range().start, BTreeSet::new());
        for pc in start..start + code.size() {
            let Some(source) = code.source_at(pc) else { continue };
            match code.function_at(pc) {
                Some(FunctionKind::Wasm { index, .. }) => {
                    let function = info.defined_index(FuncIdx::from_u32(index)).expect("defined");
                    let body = &info.bodies[function];
                    assert!(body.contains(&(source as usize)), "{source} is not in {body:?}");
                    seen.insert(index);
                }
                other => assert_eq!(other, None, "what is no Wasm has no source"),
            }
        }
        assert_eq!(seen.len(), info.bodies.len(), "every function has sources");
    }
}

/// Other tests make and drop code meanwhile, which may lie next to this test's code, or where that was.
#[test]
fn an_address_is_that_of_its_object_until_that_goes() {
    let objects = [20, 5000, 1].map(|length| finish([blank(FunctionKind::Trampoline, length, 16)]));
    let is = |pc: usize, object: &Arc<CodeObject>| {
        let shared = lookup(pc).is_some_and(|found| Arc::ptr_eq(&found, object));
        let read = Reader::new().lookup(pc).is_some_and(|found| std::ptr::eq(found, &**object));
        assert_eq!(shared, read);
        shared
    };
    for object in &objects {
        let range = object.range();
        for pc in [range.start, range.start + range.len() / 2, range.end - 1] {
            assert!(is(pc, object) && contains(pc));
        }
        assert!(!is(range.start - 1, object) && !is(range.end, object));
    }
    // One reader looks up many addresses, in any order.
    let mut reader = Reader::new();
    for position in [0, 0, 2, 1, 2, 0] {
        let found = reader.lookup(objects[position].range().start).expect("it lives");
        assert!(std::ptr::eq(found, &*objects[position]));
    }
    drop(reader);
    // A weak reference keeps the allocation, so that no other object has the same address.
    let [first, second, _] = objects;
    let (range, weak) = (first.range(), Arc::downgrade(&first));
    drop(first);
    let found = lookup(range.start);
    assert!(found.is_none_or(|found| !std::ptr::eq(Arc::as_ptr(&found), weak.as_ptr())));
    assert!(is(second.range().start, &second), "the others stay");
}

#[test]
fn no_code_lies_at_the_ends_of_the_address_space() {
    assert!(!contains(0) && !contains(usize::MAX));
    assert!(Reader::new().lookup(0).is_none() && Reader::new().lookup(usize::MAX).is_none());
}

/// The address of results in memory may come before the context, and then takes the register of the first
/// argument.
#[test]
fn a_context_leads_where_one_result_fits_a_register() {
    let leads = |conv, purpose, results: &[ir::Type]| {
        let mut signature = Signature::new(conv);
        signature.params.push(AbiParam::special(types::I64, purpose));
        signature.returns.extend(results.iter().map(|ty| AbiParam::new(*ty)));
        context_leads(&signature)
    };
    let [one, two] = [&[types::I64][..], &[types::I64, types::F32]];
    let context = ArgumentPurpose::VMContext;
    assert!(leads(CallConv::Tail, context, &[]) && leads(CallConv::Tail, context, one));
    assert!(!leads(CallConv::Tail, context, two));
    assert!(!leads(CallConv::Tail, context, &[types::I8X16]), "which RISC-V has in memory");
    assert!(!leads(CallConv::SystemV, context, &[]));
    assert!(!leads(CallConv::Tail, ArgumentPurpose::Normal, &[]));
    assert!(!context_leads(&Signature::new(CallConv::Tail)));
}
