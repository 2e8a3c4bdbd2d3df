//! Arguments, patterns and strings as expressions of JavaScript.
//!
//! In: what a script has. Out: text in ASCII that means the same, in the words of `values.js`.

use std::fmt::Write as _;
use touchstone_script::{FloatPattern, Pattern, Value};

/// A list of expressions.
pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

/// A string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for unit in text.encode_utf16() {
        match char::from_u32(u32::from(unit)) {
            Some(c @ ('"' | '\\')) => out.extend(['\\', c]),
            Some(c @ ' '..='~') => out.push(c),
            _ => {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out.push('"');
    out
}

/// A name, if there is one.
pub(super) fn quoted_or_null(name: &Option<String>) -> String {
    name.as_deref().map_or_else(|| "null".into(), quoted)
}

/// Arguments.
pub(super) fn values(values: &[Value]) -> String {
    list(values.iter().map(value))
}

/// Patterns that results must match.
pub(super) fn patterns(patterns: &[Pattern]) -> String {
    list(patterns.iter().map(pattern))
}

fn value(value: &Value) -> String {
    match value {
        Value::I32(v) => i32(*v),
        Value::I64(v) => i64(*v),
        Value::F32(v) => format!("f32({})", bits32(v)),
        Value::F64(v) => format!("f64({})", bits64(v)),
        Value::V128(bytes) => v128(bytes),
        Value::RefNull(_) => "refNull()".into(),
        Value::RefExtern(n) => format!("refExtern({n})"),
        Value::RefHost(n) => format!("refHost({n})"),
    }
}

fn pattern(pattern: &Pattern) -> String {
    match pattern {
        Pattern::I32(v) => i32(*v),
        Pattern::I64(v) => i64(*v),
        Pattern::F32(p) => format!("f32({})", float(p, bits32)),
        Pattern::F64(p) => format!("f64({})", float(p, bits64)),
        Pattern::CanonicalNan => "nan(\"canonical\")".into(),
        Pattern::ArithmeticNan => "nan(\"arithmetic\")".into(),
        Pattern::V128(bytes) => v128(bytes),
        Pattern::F32x4(lanes) => {
            format!("f32x4({})", lanes.each_ref().map(|p| float(p, bits32)).join(", "))
        }
        Pattern::F64x2(lanes) => {
            format!("f64x2({})", lanes.each_ref().map(|p| float(p, bits64)).join(", "))
        }
        Pattern::RefNull(_) => "refNull()".into(),
        Pattern::RefExtern(n) => format!("refExtern({})", or_nothing(n)),
        Pattern::RefHost(n) => format!("refHost({n})"),
        Pattern::RefFunc(n) => format!("refFunc({})", or_nothing(n)),
        Pattern::RefAny => "refAny()".into(),
        Pattern::RefEq => "refEq()".into(),
        Pattern::RefArray => "refArray()".into(),
        Pattern::RefStruct => "refStruct()".into(),
        Pattern::RefI31 | Pattern::RefI31Shared => "refI31()".into(),
        Pattern::Either(arms) => {
            format!("either({})", arms.iter().map(self::pattern).collect::<Vec<_>>().join(", "))
        }
    }
}

fn or_nothing(number: &Option<u32>) -> String {
    number.map_or_else(String::new, |n| n.to_string())
}

fn i32(v: u32) -> String {
    format!("i32({})", v as i32)
}

fn i64(v: u64) -> String {
    format!("i64({}n)", v as i64)
}

fn bits32(bits: &u32) -> String {
    format!("0x{bits:08x}")
}

fn bits64(bits: &u64) -> String {
    format!("0x{bits:016x}n")
}

/// The low half comes first.
fn v128(bytes: &[u8; 16]) -> String {
    let halves = bytes.as_chunks().0.iter().map(|half| bits64(&u64::from_le_bytes(*half)));
    format!("v128({})", halves.collect::<Vec<_>>().join(", "))
}

fn float<B>(pattern: &FloatPattern<B>, bits: impl Fn(&B) -> String) -> String {
    match pattern {
        FloatPattern::Bits(b) => bits(b),
        FloatPattern::CanonicalNan => "\"canonical\"".into(),
        FloatPattern::ArithmeticNan => "\"arithmetic\"".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_ascii_and_keep_every_character() {
        assert_eq!(quoted("a\"\\\n\u{2028}é𝔸"), r#""a\"\\\u000a\u2028\u00e9\ud835\udd38""#);
    }

    #[test]
    fn numbers_keep_their_bits() {
        assert_eq!(value(&Value::I32(u32::MAX)), "i32(-1)");
        assert_eq!(value(&Value::I64(1 << 63)), "i64(-9223372036854775808n)");
        assert_eq!(value(&Value::F32(0x7fa0_0001)), "f32(0x7fa00001)");
        let mut bytes = [0; 16];
        (bytes[0], bytes[15]) = (1, 0x80);
        assert_eq!(value(&Value::V128(bytes)), "v128(0x0000000000000001n, 0x8000000000000000n)");
        let lanes = [FloatPattern::Bits(0), FloatPattern::CanonicalNan];
        assert_eq!(pattern(&Pattern::F64x2(lanes)), r#"f64x2(0x0000000000000000n, "canonical")"#);
    }
}
