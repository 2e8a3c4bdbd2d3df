//! Scripts of every kind, and of no kind, through the lowering.

use touchstone_script::{
    Action, Command, Feature, FloatPattern, HeapType, Kind, ModuleIndex, ModuleSource, Pattern,
    Script, Value, lower, parse_quote, test_keys,
};

fn names(script: &Script) -> Vec<String> {
    let keys = test_keys(script);
    keys.iter()
        .map(|key| {
            let mut name = String::new();
            key.write(&mut name);
            name
        })
        .collect()
}

fn one(text: &str) -> Command {
    let mut script = lower(text).unwrap();
    assert_eq!(script.directives.len(), 1, "{text}");
    script.directives.remove(0).command
}

#[test]
fn every_kind_of_directive() {
    let text = r#"(module $m (func (export "f")))
(module definition $d (func))
(module instance $i $d)
(register "lib" $m)
(invoke $m "f")
(get "g")
(assert_return (invoke "f" (i32.const 1)) (i32.const 2))
(assert_trap (invoke "f") "unreachable")
(assert_exhaustion (invoke "f") "call stack exhausted")
(assert_exception (invoke "f"))
(assert_suspension (invoke "f") "unhandled")
(assert_invalid (module (func i32.add)) "type mismatch")
(assert_malformed (module quote "(func") "unexpected end")
(assert_unlinkable (module (import "a" "b" (func))) "unknown import")
(assert_malformed_custom (module (@custom "x" "y")) "m")
(assert_invalid_custom (module quote "(@custom)") "m")
(thread $T (shared (module $m)) (register "m" $m) (invoke "f"))
(wait $T)
(frobnicate)
"#;
    let script = lower(text).unwrap();
    let kinds: Vec<Kind> =
        script.directives.iter().map(|directive| directive.command.kind()).collect();
    let mut want = Kind::ALL.to_vec();
    want.retain(|kind| *kind != Kind::ScriptError);
    want.push(Kind::ScriptError);
    let position = |kinds: &[Kind]| {
        let mut kinds = kinds.to_vec();
        kinds.sort();
        kinds
    };
    assert_eq!(position(&kinds), position(&want));
    let names = names(&script);
    assert_eq!(names[5], "6:get:g");
    assert_eq!(names[6], "7:assert_return:f");
    assert_eq!(&names[16..19], ["17:1:thread", "17:33:register:m", "17:51:invoke:f"]);
    assert_eq!(names[20], "19:script_error");
    for (directive, line) in script.directives.iter().zip(1..) {
        assert_eq!(directive.span.line, line);
        assert!(text[directive.span.start as usize..directive.span.end as usize].ends_with(')'));
    }
}

#[test]
fn nothing_is_legal() {
    for text in ["", " \n", ";; comment", "(; block ;)", "(@annotation)"] {
        assert_eq!(lower(text).unwrap(), Script::default(), "{text}");
    }
}

#[test]
fn a_bare_module_is_one_directive() {
    let script = lower(";; c\n (memory 1)\n (func (export \"f\"))\n").unwrap();
    assert_eq!(names(&script), ["2:module"]);
    assert!(
        matches!(&script.modules[..], [ModuleSource::Binary(wasm)] if wasm.starts_with(b"\0asm"))
    );
}

#[test]
fn one_unknown_form_costs_one_test() {
    let script = lower(
        "(module) (assert_retrun (invoke \"f\"))\nstray \"s\"\n(module (bogus))\n(invoke \"f\")",
    )
    .unwrap();
    assert_eq!(
        names(&script),
        [
            "1:1:module",
            "1:10:script_error",
            "2:1:script_error",
            "2:7:script_error",
            "3:script_error",
            "4:invoke:f"
        ]
    );
    let Command::ScriptError { message, .. } = &script.directives[4].command else { panic!() };
    assert!(message.starts_with("3:9:"), "{message}");
}

#[test]
fn places_of_errors_are_those_of_the_file() {
    let Command::ScriptError { message, .. } =
        one("\n\n  (assert_return\n    (invoke \"f\" (i33.const 1)))")
    else {
        panic!()
    };
    assert!(message.starts_with("4:18:"), "{message}");
    let Command::ScriptError { message, .. } =
        one("\n  (assert_return (invoke \"f\" (i33.const 1)))")
    else {
        panic!()
    };
    assert!(message.starts_with("2:31:"), "{message}");
}

#[test]
fn modules_are_stored_once() {
    let script =
        lower("(module) (module) (module quote \"\") (module binary \"\\00asm\\01\\00\\00\\00\")")
            .unwrap();
    assert_eq!(script.modules.len(), 2);
    let indices: Vec<u32> = script
        .directives
        .iter()
        .map(|directive| match directive.command {
            Command::Module { module: ModuleIndex(index), .. } => index,
            _ => panic!(),
        })
        .collect();
    assert_eq!(indices, [0, 0, 1, 0]);
}

#[test]
fn malformed_text_never_satisfies_an_assertion_about_valid_text() {
    for text in [
        "(assert_invalid (module (func (br $nowhere))) \"unknown label\")",
        "(module definition $m (func (br $nowhere)))",
        "(assert_unlinkable (module (func (br $nowhere))) \"x\")",
        "(assert_return (invoke \"f\")) (module (func (call $nothing)))",
        "(func (call $nothing))",
    ] {
        let script = lower(text).unwrap();
        let [ModuleSource::Quote(quoted)] = &script.modules[..] else { panic!("{text}") };
        let error = parse_quote(quoted).unwrap_err().message;
        assert!(error.contains("unknown"), "{error}");
    }
}

#[test]
fn values_and_patterns() {
    let text = r#"(assert_return
      (invoke "f" (i32.const -1) (i64.const 0x8000000000000000) (f32.const nan:0x200000) (f64.const -0.0)
        (v128.const i16x8 1 2 3 4 5 6 7 -1) (ref.null func) (ref.null $t) (ref.extern 7) (ref.host 8))
      (i32.const 1) (f32.const nan:canonical) (f64.const nan:arithmetic) (f32.const 1)
      (v128.const f32x4 nan:canonical 0 1 nan:arithmetic) (v128.const i32x4 1 2 3 -1)
      (v128.const f64x2 0 nan:canonical)
      (ref.null) (ref.null extern) (ref.extern) (ref.extern 3) (ref.host 4) (ref.func) (ref.func 3)
      (ref.any) (ref.eq) (ref.array) (ref.struct) (ref.i31) (ref.i31_shared)
      (either (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)))"#;
    let Command::AssertReturn { action: Action::Invoke(invoke), results } = one(text) else {
        panic!()
    };
    let lanes = [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 255, 255];
    assert_eq!(
        invoke.args,
        [
            Value::I32(u32::MAX),
            Value::I64(1 << 63),
            Value::F32(0x7fa0_0000),
            Value::F64(1 << 63),
            Value::V128(lanes),
            Value::RefNull(HeapType::Func),
            Value::RefNull(HeapType::Concrete("$t".into())),
            Value::RefExtern(7),
            Value::RefHost(8),
        ]
    );
    use FloatPattern::{ArithmeticNan, Bits, CanonicalNan};
    let int_lanes = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 255, 255, 255, 255];
    assert_eq!(
        results,
        [
            Pattern::I32(1),
            Pattern::F32(CanonicalNan),
            Pattern::F64(ArithmeticNan),
            Pattern::F32(Bits(0x3f80_0000)),
            Pattern::F32x4([CanonicalNan, Bits(0), Bits(0x3f80_0000), ArithmeticNan]),
            Pattern::V128(int_lanes),
            Pattern::F64x2([Bits(0), CanonicalNan]),
            Pattern::RefNull(None),
            Pattern::RefNull(Some(HeapType::Extern)),
            Pattern::RefExtern(None),
            Pattern::RefExtern(Some(3)),
            Pattern::RefHost(4),
            Pattern::RefFunc(None),
            Pattern::RefFunc(Some(3)),
            Pattern::RefAny,
            Pattern::RefEq,
            Pattern::RefArray,
            Pattern::RefStruct,
            Pattern::RefI31,
            Pattern::RefI31Shared,
            Pattern::Either((1..5).map(Pattern::I32).collect()),
        ]
    );
}

#[test]
fn functions_are_found_by_name() {
    let text = r#"(module $a (func) (func $x))
        (module $b (import "m" "f" (func $y)) (func $x))
        (module definition $d (func) (func) (func $x))
        (assert_return (invoke "f") (ref.func $x))
        (assert_return (invoke $a "f") (either (ref.func $x) (i32.const 1)))
        (module instance $i $d)
        (assert_return (get $i "g") (ref.func $x))
        (assert_return (invoke "f") (ref.func $x))
        (assert_return (invoke $b "f") (ref.func $y))
        (assert_return (invoke $a "f") (ref.func $y))
        (assert_return (invoke $nobody "f") (ref.func $y))"#;
    let script = lower(text).unwrap();
    let found: Vec<Option<u32>> = script
        .directives
        .iter()
        .filter_map(|directive| match &directive.command {
            Command::AssertReturn { results, .. } => match &results[0] {
                Pattern::RefFunc(index) => Some(*index),
                Pattern::Either(arms) => match arms[0] {
                    Pattern::RefFunc(index) => Some(index),
                    _ => None,
                },
                _ => None,
            },
            Command::ScriptError { .. } => Some(None),
            _ => None,
        })
        .collect();
    assert_eq!(found, [Some(1), Some(1), Some(2), Some(2), Some(0), None, None]);
}

#[test]
fn actions_have_the_features_of_the_module_they_act_on() {
    let text = "(module $simd (func (export \"f\") (param v128))) (module) (invoke \"f\") (invoke $simd \"f\")
        (module (@custom \"x\" \"y\")) (assert_invalid (module (func (result v128))) \"type mismatch\")
        (assert_invalid (module (memory 1) (memory 1)) \"multiple memories\")";
    let script = lower(text).unwrap();
    let features: Vec<Vec<Feature>> =
        script.directives.iter().map(|d| d.proposals.iter().collect()).collect();
    let simd = vec![Feature::Simd];
    assert_eq!(
        features,
        [simd.clone(), vec![], vec![], simd, vec![Feature::Annotations], vec![], vec![]]
    );
}

#[test]
fn hashes_tell_what_changed() {
    let hash = |text: &str| lower(text).unwrap().directives.last().unwrap().hash;
    let base = hash("(module (func (export \"f\")))\n(invoke \"f\")");
    assert_eq!(base, hash("\n\n;; moved\n(module (func (export \"f\")))\n\n(invoke \"f\")"));
    assert_ne!(
        base,
        hash("(module (func (export \"f\") nop))\n(invoke \"f\")"),
        "its module changed"
    );
    assert_ne!(
        base,
        hash("(module (func (export \"f\")))\n(invoke \"f\" )"),
        "its own text changed"
    );
}

#[test]
fn names_are_unique_among_look_alikes() {
    let script =
        lower("(invoke \"a b\")(invoke \"a%20b\")\n(invoke \"\")\n(invoke \"\\00\\e2\\80\\ae\")")
            .unwrap();
    assert_eq!(
        names(&script),
        ["1:1:invoke:a%20b", "1:15:invoke:a%2520b", "2:invoke:", "3:invoke:%00%E2%80%AE"]
    );
}

#[test]
fn text_that_cannot_be_split() {
    for (text, line, column) in [
        ("(module\n", 1, 1),
        ("(module))", 1, 9),
        ("(func)\n)", 2, 1),
        ("(module) \"", 1, 10),
        ("(; (module)", 1, 1),
        ("(thread $T (invoke \"f)\n)", 1, 20),
    ] {
        let error = lower(text).unwrap_err();
        assert_eq!((error.line, error.column), (line, column), "{text}: {error}");
    }
    let million = 1_000_000;
    assert!(lower(&"(".repeat(million)).is_err());
    assert!(lower(&("(".repeat(million) + &")".repeat(million))).is_err());
    assert!(lower(&"(module ".repeat(million)).is_err());
    assert!(lower(&")".repeat(million)).is_err());
}

/// What the splitter lets pass must not exhaust the two mebibytes of stack that this test has.
#[test]
fn the_deepest_nesting_allowed_is_survived() {
    let nested = |open: &str, close: &str, depth: usize| open.repeat(depth) + &close.repeat(depth);
    for depth in [100, 1_000, 4_990] {
        for (before, open, close, after) in [
            ("(module (func ", "(block ", ")", "))"),
            ("(module (func (drop ", "(i32.eqz ", ")", ")))"),
            ("(module (func ", "(if (then ", "))", "))"),
            ("", "(thread $T ", ")", ""),
            ("(assert_return (invoke \"f\") ", "(either ", ")", ")"),
            ("(module ", "(func ", ")", ")"),
            ("(module (type ", "(rec ", ")", "))"),
            ("(module (global i32 ", "(struct.new 0 ", ")", "))"),
            ("(module ", "(@a ", ")", ")"),
            ("(func ", "(loop ", ")", ")"),
        ] {
            let depth = if open.matches('(').count() == 2 { depth / 2 } else { depth };
            let text = format!("{before}{}{after}", nested(open, close, depth));
            let _ = lower(&text).expect(before);
            let _ = parse_quote(text.as_bytes());
        }
    }
}

#[test]
fn garbage_is_survived() {
    for text in [
        "\u{0}",
        "\u{feff}(module)",
        "(module \u{202e})",
        "(\u{1f600})",
        "()",
        "(())",
        "(module quote)",
        "(module binary)",
        "(module $a $b)",
        "(assert_return)",
        "(assert_return (invoke))",
        "(thread)",
        "(thread $T ())",
        "(wait)",
        "(register)",
        "(get)",
        "(invoke \"\\ff\")",
        "(module quote \"\\ff\")",
        "(module binary \"\\ff\")",
        "(component)",
        "(assert_malformed (module quote \"\\80\") \"x\")",
        "(module instance)",
        "(module instance $a $b $c)",
        "$$",
        "(module definition)",
        "(module definition quote \"(func)\")",
        "(module definition binary \"\")",
        "(@)",
        "(@ )",
        "(module) ;",
        "(assert_trap (module quote \"\") \"\")",
        "(input \"file\")",
        "(\"module\")",
        "(;;)(;;)",
        "(assert_return (invoke \"f\") (i32.const 99999999999999999999))",
        "(v128.const i8x16)",
        "(data)",
        "(func $",
    ] {
        if let Ok(script) = lower(text) {
            assert_eq!(names(&script).len(), script.tests().count(), "{text}");
        }
    }
}

/// A hundred thousand functions, twice.
#[test]
fn a_large_module_is_lowered() {
    let functions = "(func (result i32) (i32.const 1))\n".repeat(100_000);
    let script =
        lower(&format!("(module\n{functions})\n(module {functions})\n(invoke \"f\")")).unwrap();
    assert_eq!(names(&script), ["1:module", "100003:module", "200004:invoke:f"].map(str::to_owned));
    assert_eq!(script.modules.len(), 1);
}

/// The grammar bounds neither digits nor exponents; what the standard library or the parser would read
/// otherwise is read right, in modules and beside them.
#[test]
fn floats_are_read_right_whatever_their_length() {
    let zeros = "0".repeat(700_000);
    for (word, f32_bits, f64_bits) in [
        (format!("1{zeros}e-700000"), 0x3f80_0000, 0x3ff0_0000_0000_0000),
        (format!("-0.{zeros}15E+700_001"), 0xbfc0_0000, 0xbff8_0000_0000_0000),
        (format!("{zeros}1"), 0x3f80_0000, 0x3ff0_0000_0000_0000),
        (format!("{zeros}.{zeros}"), 0, 0),
        (format!("-{zeros}"), 0x8000_0000, 0x8000_0000_0000_0000),
        (format!("1.5{zeros}1"), 0x3fc0_0000, 0x3ff8_0000_0000_0000),
        // 1 and half of what is between it and the next `f32`, and a bit more.
        (format!("1.000000059604644775390625{zeros}1"), 0x3f80_0001, 0x3ff0_0000_1000_0000),
        (format!("1e-{zeros}1"), 0x3dcc_cccd, 0x3fb9_9999_9999_999a),
        ("1e-99999999999999999999999".to_owned(), 0, 0),
        (format!("0e{zeros}9999999999999"), 0, 0),
        (format!("0x1{zeros}p-2800000"), 0x3f80_0000, 0x3ff0_0000_0000_0000),
        (format!("0x0.{zeros}18p+2800004"), 0x3fc0_0000, 0x3ff8_0000_0000_0000),
        (format!("0x1.000001{zeros}1"), 0x3f80_0001, 0x3ff0_0000_1000_0000),
    ] {
        let shown = format!("{} bytes: {}", word.len(), &word[..word.len().min(40)]);
        let constant = |ty: &str| format!("(module (func {ty}.const {word} drop))");
        for (ty, opcode, bits) in [
            ("f32", 0x43, u64::to_le_bytes(f32_bits)[..4].to_vec()),
            ("f64", 0x44, u64::to_le_bytes(f64_bits).to_vec()),
        ] {
            let mut wanted = vec![opcode];
            wanted.extend(bits);
            let wasm =
                parse_quote(constant(ty).as_bytes()).unwrap_or_else(|e| panic!("{shown}: {e}"));
            assert!(
                wasm.windows(wanted.len()).any(|part| part == wanted),
                "{ty} {shown}: {wasm:x?}"
            );
            let script = lower(&constant(ty)).unwrap();
            assert!(matches!(script.directives[0].command, Command::Module { .. }), "{ty} {shown}");
        }
        let script =
            lower(&format!("(invoke \"f\" (f32.const {word}) (f64.const {word}))")).unwrap();
        let Command::Invoke(invoke) = &script.directives[0].command else { panic!("{shown}") };
        assert_eq!(invoke.args, [Value::F32(f32_bits as u32), Value::F64(f64_bits)], "{shown}");
    }
    for word in [
        format!("1{zeros}"),
        format!("0.{zeros}1e1400000"),
        "1e99999999999999999999999".to_owned(),
        format!("0x1{zeros}"),
        format!("0x0.{zeros}1p5600000"),
    ] {
        let shown = format!("{} bytes: {}", word.len(), &word[..word.len().min(40)]);
        for ty in ["f32", "f64"] {
            let text = format!("(func {ty}.const {word} drop)");
            assert!(parse_quote(text.as_bytes()).is_err(), "{ty} {shown}");
            let script = lower(&format!("(invoke \"f\" ({ty}.const {word}))")).unwrap();
            assert!(
                matches!(script.directives[0].command, Command::ScriptError { .. }),
                "{ty} {shown}"
            );
        }
    }
}
