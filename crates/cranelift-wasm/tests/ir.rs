//! Golden IR: each `.wat` in `tests/ir` carries the Cranelift IR of its functions, in comments at
//! its end. `TOUCHSTONE_BLESS=1 cargo test -p touchstone-cranelift-wasm --test ir` rewrites them.

use cranelift_codegen::ir::Function;
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use std::path::{Path, PathBuf};
use touchstone_cranelift_wasm::layout::{ContextLayout, store};
use touchstone_cranelift_wasm::{FuncTranslator, read_module};
use wasmparser::WasmFeatures;

const MARK: &str = "\n;; ---- IR ----\n";

/// The IR of a module's functions, before any optimisation.
fn ir(wat: &str) -> String {
    let wasm = wat::parse_str(wat).expect("a module");
    let (info, bodies) = read_module(&wasm, WasmFeatures::default()).expect("valid");
    let layout = ContextLayout::new(&info);
    let target = TargetFrontendConfig {
        default_call_conv: CallConv::SystemV,
        pointer_width: target_lexicon::PointerWidth::U64,
        page_size_align_log2: 12,
    };
    let mut translator = FuncTranslator::new();
    let mut text = String::new();
    for (i, body) in bodies.into_iter().enumerate() {
        let index = info.num_imported_functions + i as u32;
        let mut func = Function::new();
        translator
            .translate(&info, &layout, (index, body), target, &|| Some(u64::MAX), &mut func)
            .expect("translates");
        for line in func.display().to_string().lines() {
            text.push_str(format!(";; {line}").trim_end());
            text.push('\n');
        }
    }
    text
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ir");
    let entries = std::fs::read_dir(folder).expect("the folder of this test");
    let mut files: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn functions_are_translated_as_their_wat_says() {
    let bless = std::env::var_os("TOUCHSTONE_BLESS").is_some();
    let mut wrong = Vec::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).expect("readable");
        let (wat, expected) = text.split_once(MARK).unwrap_or((text.trim_end(), ""));
        let actual = ir(wat);
        if actual == expected {
            continue;
        }
        if bless {
            std::fs::write(&file, format!("{wat}{MARK}{actual}")).expect("writable");
        } else {
            wrong.push(format!("{}:\n{actual}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "translated otherwise:\n{}", wrong.join("\n"));
}

/// What the golden files show, said outright: where a reference stays in frames, nothing is stored
/// but to the frames themselves, and the heap's base is not even loaded.
#[test]
fn references_in_frames_touch_no_count() {
    for name in ["locals-and-calls.wat", "loop.wat"] {
        let file = files().into_iter().find(|f| f.ends_with(name)).expect("it is there");
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
