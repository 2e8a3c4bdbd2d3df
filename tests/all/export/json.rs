//! The JSON of `wast2json`: its words, types and order.

use super::exported;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Exports a script. Gives the text of its JSON, its commands, and the folder in which it stands.
fn commands(name: &str, script: &str) -> (String, Vec<Value>, std::path::PathBuf) {
    let (place, printed) = exported(name, script, "--wast2json", &[]);
    assert!(!printed.contains("no words"), "{printed}");
    let text = fs::read_to_string(place.with_extension("json")).expect("it was written");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let commands = document["commands"].as_array().expect("it has commands").clone();
    (text, commands, place.parent().expect("it is in a folder").to_owned())
}

/// The commands without their types and lines, which are as the script has them.
fn rest(command: &Value) -> Value {
    let mut command = command.as_object().expect("commands are objects").clone();
    command.remove("line");
    command.remove("type");
    command.into()
}

#[test]
fn every_command_has_its_word_and_its_line() {
    let script = r#"(module $m (func (export "f") unreachable) (global (export "g") i32 (i32.const 7)))
(register "m" $m)
(invoke $m "f")
(get "g")
(assert_return (get $m "g") (i32.const 7))
(assert_trap (invoke "f") "unreachable")
(assert_exhaustion (invoke "f") "call stack exhausted")
(assert_exception (invoke "f"))
(assert_suspension (invoke "f") "unhandled")
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_malformed (module quote "(func") "unexpected token")
(assert_malformed (module binary "\00asm") "unexpected end")
(assert_unlinkable (module (import "m" "x" (func))) "unknown import")
(assert_trap (module (func unreachable) (start 0)) "unreachable")
(module definition $d (func (export "f")))
(module instance $i $d)
(assert_malformed_custom (module quote "(@name)") "@name annotation")
(assert_invalid_custom (module quote "(func)") "custom")
(module quote "(func (export \"q\"))")
(thread $t (shared (module $m)) (assert_return (get $m "g") (i32.const 7)))
(wait $t)
"#;
    let (_, commands, folder) = commands("words", script);
    let words = [
        "module",
        "register",
        "action",
        "action",
        "assert_return",
        "assert_trap",
        "assert_exhaustion",
        "assert_exception",
        "assert_suspension",
        "assert_invalid",
        "assert_malformed",
        "assert_malformed",
        "assert_unlinkable",
        "assert_uninstantiable",
        "module_definition",
        "module_instance",
        "assert_malformed_custom",
        "assert_invalid_custom",
        "module",
        "thread",
        "wait",
    ];
    assert_eq!(commands.len(), words.len());
    for (n, (command, word)) in commands.iter().zip(words).enumerate() {
        assert_eq!((&command["type"], &command["line"]), (&json!(word), &json!(n + 1)));
    }
    let found: Vec<Value> = commands.iter().map(rest).collect();
    assert_eq!(found[0], json!({ "name": "$m", "filename": "s.0.wasm" }));
    assert_eq!(found[1], json!({ "name": "$m", "as": "m" }));
    let call = |module: Option<&str>| match module {
        Some(module) => json!({ "type": "invoke", "module": module, "field": "f", "args": [] }),
        None => json!({ "type": "invoke", "field": "f", "args": [] }),
    };
    assert_eq!(found[2], json!({ "action": call(Some("$m")), "expected": [] }));
    let get = json!({ "type": "get", "field": "g" });
    assert_eq!(found[3], json!({ "action": get, "expected": [{ "type": "i32" }] }));
    let get = json!({ "type": "get", "module": "$m", "field": "g" });
    let seven = json!([{ "type": "i32", "value": "7" }]);
    assert_eq!(found[4], json!({ "action": get, "expected": seven }));
    assert_eq!(found[5], json!({ "action": call(None), "text": "unreachable", "expected": [] }));
    assert_eq!(found[7], json!({ "action": call(None), "expected": [] }));
    let rejected = |filename: &str, kind: &str, text: &str| json!({ "filename": filename, "module_type": kind, "text": text });
    assert_eq!(found[9], rejected("s.1.wasm", "binary", "type mismatch"));
    assert_eq!(found[10], rejected("s.2.wat", "text", "unexpected token"));
    assert_eq!(found[11], rejected("s.3.wasm", "binary", "unexpected end"));
    assert_eq!(found[12], rejected("s.4.wasm", "binary", "unknown import"));
    assert_eq!(found[13], rejected("s.5.wasm", "binary", "unreachable"));
    assert_eq!(found[14]["name"], "$d");
    assert_eq!(found[15], json!({ "instance": "$i", "module": "$d" }));
    // Quoted text that is a module is encoded, so that the reader needs no parser.
    assert!(found[18]["filename"].as_str().is_some_and(|name| name.ends_with(".wasm")));
    assert_eq!(found[19]["shared_module"], "$m");
    assert_eq!(found[19]["commands"][0]["expected"], seven);
    assert_eq!(found[20], json!({ "thread": "$t" }));
    let read = |name: &str| fs::read(Path::new(&folder).join(name)).expect("it was written");
    assert!(read("s.0.wasm").starts_with(b"\0asm\x01\0\0\0"));
    assert_eq!(read("s.2.wat"), b"(func");
    assert_eq!(read("s.3.wasm"), b"\0asm");
    let instance = found[18]["filename"].as_str().expect("it has a file");
    assert!(wasmparser::validate(&read(instance)).is_ok());
}

#[test]
fn values_and_patterns_are_bits_with_types() {
    let script = r#"(module
  (func (export "n") (param i32 i64 f32 f64) (result f32 f64) (local.get 2) (local.get 3))
  (func (export "v") (param v128) (result v128) (local.get 0))
  (func (export "r") (param externref funcref) (result externref funcref) (local.get 0) (local.get 1))
  (func (export "trap") (result i32 f64 externref v128) unreachable)
  (func (export "e") (result i32) (i32.const 1)))
(assert_return (invoke "n" (i32.const -1) (i64.const -2) (f32.const nan:0x200000) (f64.const -0))
  (f32.const nan:0x200000) (f64.const -0))
(assert_return (invoke "n" (i32.const 0) (i64.const 0) (f32.const 1) (f64.const 1))
  (f32.const nan:canonical) (f64.const nan:arithmetic))
(assert_return (invoke "v" (v128.const i64x2 1 -1)) (v128.const i8x16 1 0 0 0 0 0 0 0 255 255 255 255 255 255 255 255))
(assert_return (invoke "v" (v128.const i64x2 0 0)) (v128.const f32x4 1 nan:canonical nan:arithmetic -0))
(assert_return (invoke "v" (v128.const i64x2 0 0)) (v128.const f64x2 nan:canonical 1))
(assert_return (invoke "r" (ref.extern 7) (ref.null func)) (ref.extern 7) (ref.null func))
(assert_return (invoke "r" (ref.null extern) (ref.null func)) (ref.null) (ref.func))
(assert_trap (invoke "trap") "unreachable")
(assert_return (invoke "e") (either (i32.const 1) (i32.const 2)))
(invoke "e")
"#;
    let (_, commands, _) = commands("values", script);
    let scalar = |ty: &str, value: &str| json!({ "type": ty, "value": value });
    let vector =
        |lanes: &str, value: &[&str]| json!({ "type": "v128", "lane_type": lanes, "value": value });
    let signalling = "2141192192";
    let args = |n: usize| commands[n]["action"]["args"].clone();
    let expected = |n: usize| commands[n]["expected"].clone();
    assert_eq!(
        args(1),
        json!([
            scalar("i32", "4294967295"),
            scalar("i64", "18446744073709551614"),
            scalar("f32", signalling),
            scalar("f64", "9223372036854775808"),
        ])
    );
    assert_eq!(
        expected(1),
        json!([scalar("f32", signalling), scalar("f64", "9223372036854775808")])
    );
    assert_eq!(
        expected(2),
        json!([scalar("f32", "nan:canonical"), scalar("f64", "nan:arithmetic")])
    );
    assert_eq!(args(3), json!([vector("i32", &["1", "0", "4294967295", "4294967295"])]));
    assert_eq!(expected(3), args(3));
    let lanes = ["1065353216", "nan:canonical", "nan:arithmetic", "2147483648"];
    assert_eq!(expected(4), json!([vector("f32", &lanes)]));
    assert_eq!(expected(5), json!([vector("f64", &["nan:canonical", "4607182418800017408"])]));
    let nothing = |ty: &str| scalar(ty, "null");
    assert_eq!(args(6), json!([scalar("externref", "7"), nothing("funcref")]));
    assert_eq!(expected(6), args(6));
    // A null without a type has that of the result; a function without an index has no value.
    assert_eq!(expected(7), json!([nothing("externref"), { "type": "funcref" }]));
    // Of what a trap or an action would give, the types are filled in.
    let types: Vec<Value> =
        ["i32", "f64", "externref", "v128"].map(|ty| json!({ "type": ty })).into();
    assert_eq!(expected(8), json!(types));
    let arms = [scalar("i32", "1"), scalar("i32", "2")];
    assert_eq!(expected(9), json!([{ "type": "either", "values": arms }]));
    assert_eq!(expected(10), json!([{ "type": "i32" }]));
}

/// WABT reads the members of an object one after another, and knows one form of escapes.
#[test]
fn the_text_is_what_the_reader_of_wabt_takes() {
    let script = r#"(module $m (func (export "\"\\\0a\t\u{1}é") (param v128) (result i32) (i32.const 0)))
(assert_return (invoke $m "\"\\\0a\t\u{1}é" (v128.const i64x2 0 0)) (i32.const 0))
(assert_trap (invoke $m "\"\\\0a\t\u{1}é" (v128.const i64x2 0 0)) "a \"trap\"")
(register "m" $m)
(assert_invalid (module (func (result i32))) "type mismatch")
"#;
    let (text, commands, _) = commands("escapes", script);
    let name = r"\u0022\u005c\u000a\u0009\u0001é";
    assert!(text.contains(&format!("\"field\": \"{name}\"")), "{text}");
    assert_eq!(commands[1]["action"]["field"], "\"\\\n\t\u{1}é");
    let without_escapes = text.replace("\\u", "");
    assert!(!without_escapes.contains('\\'), "{text}");
    let source = text.find("\"source_filename\"").expect("it names its source");
    assert!(source < text.find("\"commands\"").expect("it has commands"));
    let in_order = |n: usize, members: &[&str]| {
        let from = text.match_indices("\"line\":").nth(n).expect("each command has a line").0;
        let mut at = 0;
        for member in members {
            let found = text[from + at..].find(&format!("\"{member}\":"));
            at += found.unwrap_or_else(|| panic!("`{member}` is not in its place in {text}"));
        }
    };
    in_order(0, &["line", "name", "filename"]);
    let action =
        ["line", "action", "type", "module", "field", "args", "type", "lane_type", "value"];
    in_order(1, &[&action[..], &["expected", "type", "value"]].concat());
    in_order(2, &["line", "action", "type", "module", "field", "args", "text", "expected", "type"]);
    in_order(3, &["line", "name", "as"]);
    in_order(4, &["line", "filename", "text", "module_type"]);
}

#[test]
fn what_has_no_words_is_left_out_and_said() {
    let script = "(module)\n(module (func (unknown)))\n(module)\n";
    let (place, printed) = exported("left-out", script, "--wast2json", &[]);
    assert!(printed.contains("\n1 were not, since JSON has no words for them:\n"), "{printed}");
    assert!(printed.trim_end().ends_with("s.wast:2"), "{printed}");
    let text = fs::read_to_string(place.with_extension("json")).expect("it was written");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(document["commands"].as_array().map(Vec::len), Some(2));
}
