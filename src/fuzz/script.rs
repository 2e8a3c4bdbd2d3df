//! Writes a scene as a script.
//!
//! In: a scene, and what is expected of its steps. Out: the text of a script whose last directive shows what
//! the scene shows.

use super::act::{Step, argument};
use super::judge::Expected;
use crate::engine::Value;
use std::fmt::Write;
use touchstone_generate::scene::{Act, Part, Scene, What};
use touchstone_script::{HeapType, Value as ScriptValue, parse_quote};

/// The script. Each line of `notes` becomes a comment before it.
pub(super) fn text(
    scene: &Scene,
    steps: &[Step],
    expected: &[Option<Expected>],
    notes: &[String],
) -> String {
    let mut out = String::new();
    for line in notes.iter().flat_map(|note| note.lines()) {
        let _ = writeln!(out, "{}", format!(";; {line}").trim_end());
    }
    for (step, expected) in steps.iter().zip(expected) {
        match (*step, expected) {
            (Step::Instantiate(part), expected) => {
                let wasm = scene.wasm(part).unwrap_or_default();
                match expected {
                    Some(Expected::Trap(kind)) => {
                        let module = module(None, wasm);
                        let _ = writeln!(out, "(assert_trap\n{module}\n{:?})", kind.text());
                    }
                    Some(Expected::Unlinkable) => {
                        let _ = writeln!(out, "(assert_unlinkable\n{}\n\"\")", module(None, wasm));
                    }
                    _ => {
                        let _ = writeln!(out, "{}", module(Some(part.name()), wasm));
                        if is_imported(scene, part) {
                            let name = part.name();
                            let _ = writeln!(out, "(register \"{name}\" ${name})");
                        }
                    }
                }
            }
            (Step::Act(n), Some(expected)) => {
                let _ = writeln!(out, "{}", assertion(&scene.actions[n], expected));
            }
            (Step::Act(_), None) | (Step::End, _) => {}
        }
    }
    out
}

/// Whether a later part imports from a part.
fn is_imported(scene: &Scene, part: Part) -> bool {
    match part {
        Part::Host => true,
        Part::Module => scene.look.is_some(),
        Part::Look => false,
    }
}

/// A module as text; as bytes, where the text of the printer is not what the parser of scripts reads.
fn module(name: Option<&str>, wasm: &[u8]) -> String {
    let head = name.map_or("(module".to_owned(), |name| format!("(module ${name}"));
    let printed = wasmprinter::print_bytes(wasm).ok();
    let printed = printed.filter(|text| parse_quote(text.as_bytes()).is_ok());
    if let Some(rest) = printed.as_deref().and_then(|text| text.trim_end().strip_prefix("(module"))
    {
        return format!("{head}{rest}");
    }
    let mut text = format!("{head} binary");
    for bytes in wasm.chunks(32) {
        text += "\n  \"";
        text.extend(bytes.iter().map(|byte| format!("\\{byte:02x}")));
        text += "\"";
    }
    text + ")"
}

fn assertion(act: &Act, expected: &Expected) -> String {
    let Act { part, export, what } = act;
    let action = match what {
        What::Invoke(args) => {
            let args = args.iter().map(|value| format!(" {}", constant(&argument(value))));
            format!("(invoke ${} {export:?}{})", part.name(), args.collect::<String>())
        }
        What::Get => format!("(get ${} {export:?})", part.name()),
    };
    match expected {
        Expected::Values(values) => {
            let values: String = values.iter().map(|value| format!(" {}", result(value))).collect();
            format!("(assert_return {action}{values})")
        }
        Expected::Trap(kind) => format!("(assert_trap {action} {:?})", kind.text()),
        Expected::Exception => format!("(assert_exception {action})"),
        Expected::Unlinkable => action,
    }
}

fn constant(value: &ScriptValue) -> String {
    match value {
        ScriptValue::I32(v) => format!("(i32.const {})", *v as i32),
        ScriptValue::I64(v) => format!("(i64.const {})", *v as i64),
        ScriptValue::F32(v) => format!("(f32.const {})", f32_text(*v)),
        ScriptValue::F64(v) => format!("(f64.const {})", f64_text(*v)),
        ScriptValue::V128(bytes) => vector(bytes),
        ScriptValue::RefNull(heap) => {
            let heap = match heap {
                HeapType::Extern => "extern",
                HeapType::NoFunc => "nofunc",
                HeapType::None => "none",
                _ => "func",
            };
            format!("(ref.null {heap})")
        }
        ScriptValue::RefExtern(n) => format!("(ref.extern {n})"),
        ScriptValue::RefHost(n) => format!("(ref.host {n})"),
    }
}

fn result(value: &Value) -> String {
    match value {
        Value::I32(v) => constant(&ScriptValue::I32(*v)),
        Value::I64(v) => constant(&ScriptValue::I64(*v)),
        Value::F32(v) => constant(&ScriptValue::F32(*v)),
        Value::F64(v) => constant(&ScriptValue::F64(*v)),
        Value::Nan { wide } => format!("(f{}.const nan:arithmetic)", if *wide { 64 } else { 32 }),
        Value::V128(bytes) => vector(bytes),
        Value::Null(_) => "(ref.null)".to_owned(),
        Value::Func { index: Some(index) } => format!("(ref.func {index})"),
        Value::Func { index: None } | Value::SomeFunc => "(ref.func)".to_owned(),
        Value::Extern(Some(n)) => format!("(ref.extern {n})"),
        Value::Extern(None) => "(ref.extern)".to_owned(),
        Value::Host(Some(n)) => format!("(ref.host {n})"),
        Value::I31 => "(ref.i31)".to_owned(),
        Value::Struct => "(ref.struct)".to_owned(),
        Value::Array => "(ref.array)".to_owned(),
        Value::Host(None) | Value::Opaque | Value::Exn => "(ref.any)".to_owned(),
    }
}

fn vector(bytes: &[u8; 16]) -> String {
    let lanes = bytes.chunks(4).map(|lane| {
        let lane = lane.iter().rev().map(|byte| format!("{byte:02x}")).collect::<String>();
        format!(" 0x{lane}")
    });
    format!("(v128.const i32x4{})", lanes.collect::<String>())
}

fn f32_text(bits: u32) -> String {
    let float = f32::from_bits(bits);
    match float.is_nan() {
        true => nan(bits >> 31 != 0, (bits & 0x7f_ffff).into()),
        // Rust writes the shortest decimal that is read as the same float, in the text format, too.
        false => format!("{float:?}"),
    }
}

fn f64_text(bits: u64) -> String {
    let float = f64::from_bits(bits);
    match float.is_nan() {
        true => nan(bits >> 63 != 0, bits & 0xf_ffff_ffff_ffff),
        false => format!("{float:?}"),
    }
}

fn nan(negative: bool, payload: u64) -> String {
    format!("{}nan:0x{payload:x}", if negative { "-" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use touchstone_script::{Command, lower};

    #[test]
    fn values_are_read_back_with_their_bits() {
        let values = [
            ScriptValue::I32(0x8000_0001),
            ScriptValue::I64(u64::MAX),
            ScriptValue::F32(1),
            ScriptValue::F32(0xff80_0000),
            ScriptValue::F32(0x7fa0_0001),
            ScriptValue::F64(0x8000_0000_0000_0000),
            ScriptValue::F64(0xfff8_0000_0000_0001),
            ScriptValue::F64(f64::MAX.to_bits()),
            ScriptValue::V128(std::array::from_fn(|n| n as u8 * 17)),
            ScriptValue::RefNull(HeapType::Extern),
            ScriptValue::RefExtern(3),
            ScriptValue::RefNull(HeapType::None),
            ScriptValue::RefHost(4),
        ];
        let args: String = values.iter().map(constant).collect();
        let script = lower(&format!("(invoke \"f\" {args})")).expect("it can be split");
        let Command::Invoke(invoke) = &script.directives[0].command else {
            panic!("{:?}", script.directives[0].command)
        };
        assert_eq!(invoke.args, values);
    }
}
