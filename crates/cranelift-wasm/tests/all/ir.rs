//! Golden IR: each `.wat` in `tests/ir` carries the Cranelift IR of its functions, in comments at
//! its end; each one in `tests/ir/trampolines` that of the trampolines of its function types.
//! `TOUCHSTONE_BLESS=1 cargo test -p touchstone-cranelift-wasm --test all ir` rewrites them.
//!
//! A line that begins with `;;!` names options of the translation, which `code_options` lists.

use cranelift_codegen::ir::{Endianness, Function, Opcode, TrapCode, types};
use cranelift_codegen::isa::{self, CallConv, OwnedTargetIsa, TargetFrontendConfig};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::verify_function;
use cranelift_frontend::FunctionBuilderContext;
use similar::TextDiff;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use touchstone_cranelift_wasm::builtin::Builtin;
use touchstone_cranelift_wasm::layout::{ContextLayout, store};
use touchstone_cranelift_wasm::trampoline::{self, Exits};
use touchstone_cranelift_wasm::{
    CodeOptions, Collector, FuncTranslator, ModuleInfo, Relaxed, TypeIdx, read_module,
};
use wasmparser::WasmFeatures;

const MARK: &str = "\n;; ---- IR ----\n";

const BLESS: &str = "TOUCHSTONE_BLESS=1 cargo test -p touchstone-cranelift-wasm --test all ir";

const TARGET: TargetFrontendConfig = TargetFrontendConfig {
    default_call_conv: CallConv::SystemV,
    pointer_width: target_lexicon::PointerWidth::U64,
    page_size_align_log2: 12,
};

/// The options that a file asks for, and the collector.
fn code_options(wat: &str) -> (CodeOptions, Collector) {
    let (mut options, mut collector) = (CodeOptions::default(), Collector::default());
    let lines = wat.lines().filter_map(|line| line.strip_prefix(";;!"));
    for option in lines.flat_map(str::split_whitespace) {
        match option {
            "deterministic" => options.relaxed = Relaxed::Deterministic,
            "counting" => collector = Collector::Counting,
            "interruptible" => options.interruptible = true,
            "wide-compare" => options.wide_compare = true,
            other => panic!("there is no option {other}"),
        }
    }
    (options, collector)
}

/// Cranelift for this host, which only the verifier asks for: the IR is the same on every one.
fn host() -> OwnedTargetIsa {
    let mut flags = settings::builder();
    flags.set("preserve_frame_pointers", "true").expect("a setting of Cranelift");
    let mut host = isa::lookup(target_lexicon::HOST).expect("a host that Cranelift knows");
    // Of RISC-V Cranelift knows no less; the others have no such settings.
    for name in ["has_m", "has_a", "has_f", "has_d", "has_zicsr", "has_zifencei"] {
        let _ = host.enable(name);
    }
    host.finish(settings::Flags::new(flags)).expect("settings of this host")
}

/// A function as comments, once Cranelift's verifier has found nothing wrong with it.
fn comments(func: &Function) -> String {
    if let Err(errors) = verify_function(func, &*host()) {
        panic!("{errors}:\n{func}");
    }
    let mut text = String::new();
    for line in func.display().to_string().lines() {
        text.push_str(format!(";; {line}").trim_end());
        text.push('\n');
    }
    text
}

/// A module's functions, before any optimisation.
fn functions(wat: &str) -> Vec<Function> {
    let wasm = wat::parse_str(wat).expect("a module");
    let (options, collector) = code_options(wat);
    let read = read_module(&wasm, WasmFeatures::all(), collector);
    let (info, bodies) = read.expect("valid");
    let layout = ContextLayout::new(&info);
    let mut translator = FuncTranslator::with_options(options);
    let mut translate = |(index, body)| {
        let mut func = Function::new();
        translator
            .translate(&info, &layout, (index, body), TARGET, &|| Some(u64::MAX), &mut func)
            .expect("translates");
        func
    };
    info.defined_functions().zip(bodies).map(&mut translate).collect()
}

/// The IR of a module's functions.
fn ir(wat: &str) -> String {
    functions(wat).iter().map(comments).collect()
}

/// The declarations of a module in the text format.
fn declarations(wat: &str) -> ModuleInfo {
    let wasm = wat::parse_str(wat).expect("a module");
    read_module(&wasm, WasmFeatures::all(), Collector::default()).expect("valid").0
}

/// The IR of the trampolines of a module's function types: those that enter, then those that leave.
fn trampolines(wat: &str) -> String {
    let info = declarations(wat);
    let mut ctx = FunctionBuilderContext::new();
    let mut text = String::new();
    for index in info.types.keys() {
        let ty = info.func_type(index);
        let [mut entry, mut host_call] = [(); 2].map(|()| Function::new());
        trampoline::entry(&mut entry, &mut ctx, ty, TARGET);
        trampoline::host_call(&mut host_call, &mut ctx, ty, TARGET, Exits::Recorded);
        for (kind, func) in [("entry", entry), ("host call", host_call)] {
            text += &format!(";; ---- {index}: {kind}\n{}", comments(&func));
        }
    }
    text
}

/// The files of a folder of golden IR, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("a folder of this test");
    let files = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = files.filter(|file| file.is_file()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// The lines in which the IR differs from what a file says.
fn difference(name: &str, expected: &str, actual: &str) -> String {
    let diff = TextDiff::from_lines(expected, actual);
    diff.unified_diff().header(name, "what the translation gives").to_string()
}

/// Compares what `render` makes of each file with what the file says, or rewrites the files.
fn check(folder: &str, render: impl Fn(&str) -> String) {
    let bless = std::env::var_os("TOUCHSTONE_BLESS").is_some();
    let mut differences = String::new();
    for file in files(folder) {
        let text = std::fs::read_to_string(&file).expect("readable");
        let (wat, expected) = text.split_once(MARK).unwrap_or((text.trim_end(), ""));
        let actual = render(wat);
        if actual == expected {
            continue;
        }
        if bless {
            std::fs::write(&file, format!("{wat}{MARK}{actual}")).expect("writable");
        } else {
            differences += &difference(&file.display().to_string(), expected, &actual);
        }
    }
    assert!(
        differences.is_empty(),
        "the IR is not what files say.\n{differences}\nWhere the new IR is right, rewrite the files:\n{BLESS}"
    );
}

#[test]
fn functions_are_translated_as_their_wat_says() {
    check("tests/ir", ir);
}

#[test]
fn trampolines_are_built_as_their_types_say() {
    check("tests/ir/trampolines", trampolines);
}

#[test]
fn a_difference_is_shown_by_its_lines_alone() {
    let lines: String = (0..20).map(|n| format!(";; v{n} = iconst.i32 {n}\n")).collect();
    let other = lines.replace("iconst.i32 10", "iconst.i64 10");
    let shown = "\
--- a.wat
+++ what the translation gives
@@ -8,7 +8,7 @@
 ;; v7 = iconst.i32 7
 ;; v8 = iconst.i32 8
 ;; v9 = iconst.i32 9
-;; v10 = iconst.i32 10
+;; v10 = iconst.i64 10
 ;; v11 = iconst.i32 11
 ;; v12 = iconst.i32 12
 ;; v13 = iconst.i32 13
";
    assert_eq!(difference("a.wat", &lines, &other), shown);
}

/// What the golden files show, said outright: where a reference stays in frames, nothing is stored
/// but to the frames themselves, and the heap's base is not even loaded.
#[test]
fn references_in_frames_touch_no_count() {
    for name in ["locals-and-calls.wat", "loop.wat"] {
        let file = files("tests/ir").into_iter().find(|f| f.ends_with(name)).expect("it is there");
        let text = ir(&std::fs::read_to_string(file).expect("readable"));
        let words = |line: &str| line.split([' ', ',']).map(str::to_owned).collect::<Vec<_>>();
        let slots: Vec<String> = text
            .lines()
            .filter(|line| line.contains("stack_addr"))
            .map(|line| {
                words(line.split(" = ").next().expect("a definition")).pop().expect("a name")
            })
            .collect();
        let mut stores = text.lines().filter(|line| line.contains(" store "));
        assert!(stores.clone().count() > 0, "{name} spills around its calls");
        assert!(
            stores.all(|line| slots.contains(&words(line).pop().expect("an address"))),
            "{text}"
        );
        assert!(!text.contains(&format!("+{}", store::HEAP_BASE)), "{text}");
    }
}

/// Every reference that is needed after a call is in the call's stack map.
#[test]
fn calls_map_what_is_needed_after_them() {
    let text = ir(r#"(module
        (func $callee (param externref))
        (func (param $a externref) (param $b externref) (param $n i64) (result externref)
            (call $callee (local.get $b))
            (local.get $a)))"#);
    let calls: Vec<&str> = text.lines().filter(|l| l.contains("call fn0")).collect();
    assert_eq!(calls.len(), 1, "{text}");
    assert_eq!(calls[0].matches("i32 @").count(), 1, "one of the two references: {}", calls[0]);
}

/// Memories overlap nothing that Cranelift knows of, which holds as long as each access to one says that it
/// is. The text of an atomic operation does not show it.
#[test]
fn every_access_to_a_memory_says_so() {
    let mut seen = HashSet::new();
    for file in files("tests/ir") {
        for func in functions(&std::fs::read_to_string(&file).expect("readable")) {
            let insts = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
            for data in insts.map(|inst| &func.dfg.insts[inst]) {
                let opcode = data.opcode();
                let code = data.memflags_trap_code(&func.dfg);
                // A bitcast has flags, too, for the order of lanes.
                let accesses = opcode.can_load() || opcode.can_store();
                if !accesses || code != Some(TrapCode::HEAP_OUT_OF_BOUNDS) {
                    continue;
                }
                let region = data.alias_region(&func.dfg).map(|r| &func.dfg.alias_regions[r]);
                let description = region.map(|region| &*region.description);
                assert_eq!(description, Some("memories"), "{}: {data:?}", file.display());
                let flags = data.memflags_data(&func.dfg).expect("those of an access");
                assert_eq!(flags.explicit_endianness(), Some(Endianness::Little), "{data:?}");
                seen.insert(opcode);
            }
        }
    }
    use Opcode as O;
    let wanted = [O::Load, O::Store, O::AtomicLoad, O::AtomicStore, O::AtomicRmw, O::AtomicCas];
    assert!(wanted.iter().all(|opcode| seen.contains(opcode)), "{seen:?}");
}

/// The offsets in the store's record that a function stores to, and `None` for each call, in order.
fn stores_and_calls(func: &Function) -> Vec<Option<i32>> {
    let blocks = func.layout.blocks();
    let insts = blocks.flat_map(|block| func.layout.block_insts(block));
    let data = insts.map(|inst| &func.dfg.insts[inst]);
    let seen = data.filter_map(|data| match data.opcode() {
        Opcode::CallIndirect => Some(None),
        Opcode::Store => data.load_store_offset().map(Some),
        _ => None,
    });
    seen.collect()
}

/// A walk of the stack begins at the exit that a trampoline recorded, and an exit that was forgotten
/// begins none. Only the function that ends the activation leaves the exit that its caller recorded.
#[test]
fn builtins_record_their_exit_and_forget_it() {
    let mut ctx = FunctionBuilderContext::new();
    for builtin in Builtin::ALL {
        let mut func = Function::new();
        trampoline::builtin_call(&mut func, &mut ctx, *builtin, 0x1234, TARGET);
        let text = comments(&func);
        let recorded = [Some(store::EXIT_FP), Some(store::EXIT_PC), None, Some(store::EXIT_FP)];
        let wanted = if *builtin == Builtin::Raise { &[None][..] } else { &recorded };
        assert_eq!(stores_and_calls(&func), wanted, "{text}");
        // Whatever a register holds beyond 32 bits, the host is given 64 of which it knows all.
        let host = func.dfg.signatures.values().next().expect("that of the host's function");
        assert!(host.params.iter().all(|param| param.value_type == types::I64), "{text}");
        let narrow = func.signature.params.iter().filter(|param| param.value_type == types::I32);
        assert_eq!(text.matches("uextend.i64").count(), narrow.count(), "{text}");
    }
}

/// The defect that tests of walks plant is all that tells the two kinds of trampolines apart.
#[test]
fn an_unrecorded_exit_is_just_that() {
    let info = declarations("(module (type (func (param i32) (result i32))))");
    let mut ctx = FunctionBuilderContext::new();
    let [recorded, unrecorded] = [Exits::Recorded, Exits::Unrecorded].map(|exits| {
        let mut func = Function::new();
        trampoline::host_call(
            &mut func,
            &mut ctx,
            info.func_type(TypeIdx::from_u32(0)),
            TARGET,
            exits,
        );
        comments(&func);
        stores_and_calls(&func)
    });
    let [argument, host, raise] = [Some(0), None, None];
    assert_eq!(unrecorded, [argument, host, raise]);
    let [fp, pc] = [store::EXIT_FP, store::EXIT_PC].map(Some);
    assert_eq!(recorded, [fp, pc, argument, host, raise, fp]);
}
