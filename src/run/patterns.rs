//! Compares values with the patterns that a script expects.
//!
//! In: one result and one pattern. Out: whether it matches, and both as text with
//! their bits. Nothing here knows of engines, sessions or scripts.

use crate::engine::Value;
use touchstone_script::{FloatPattern, Pattern};

/// Whether all results match, one by one.
pub fn all_match(results: &[Value], patterns: &[Pattern]) -> bool {
    results.len() == patterns.len()
        && results.iter().zip(patterns).all(|(value, pattern)| matches(value, pattern))
}

/// How results match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// They do not.
    No,
    /// As far as can be told: the adapter cannot tell what this names.
    Weakly(&'static str),
    /// They do.
    Exactly,
}

/// How all results match, one by one.
pub fn all_matched(results: &[Value], patterns: &[Pattern]) -> Match {
    if results.len() != patterns.len() {
        return Match::No;
    }
    let mut all = Match::Exactly;
    for (value, pattern) in results.iter().zip(patterns) {
        match (matches(value, pattern), weakly(value, pattern)) {
            (true, _) => {}
            (false, Some(limit)) => all = Match::Weakly(limit),
            (false, None) => return Match::No,
        }
    }
    all
}

/// Whether a pattern leaves a choice, so that engines may rightly give different results.
pub fn leaves_a_choice(pattern: &Pattern) -> bool {
    let bits = |p: &FloatPattern<u32>| !matches!(p, FloatPattern::Bits(_));
    let wide = |p: &FloatPattern<u64>| !matches!(p, FloatPattern::Bits(_));
    match pattern {
        Pattern::Either(_) | Pattern::CanonicalNan | Pattern::ArithmeticNan => true,
        Pattern::F32(p) => bits(p),
        Pattern::F64(p) => wide(p),
        Pattern::F32x4(lanes) => lanes.iter().any(bits),
        Pattern::F64x2(lanes) => lanes.iter().any(wide),
        _ => false,
    }
}

/// What an adapter cannot tell, where a value of which it did not tell everything may match a pattern.
fn weakly(value: &Value, pattern: &Pattern) -> Option<&'static str> {
    match (value, pattern) {
        (value, Pattern::Either(arms)) => arms.iter().find_map(|arm| weakly(value, arm)),
        (Value::Nan { .. }, Pattern::CanonicalNan | Pattern::ArithmeticNan) => Some(NAN_BITS),
        (Value::Nan { wide: false }, Pattern::F32(pattern)) => {
            let bits = |bits: u32| f32::from_bits(bits).is_nan();
            is_nan(pattern, bits).then_some(NAN_BITS)
        }
        (Value::Nan { wide: true }, Pattern::F64(pattern)) => {
            let bits = |bits: u64| f64::from_bits(bits).is_nan();
            is_nan(pattern, bits).then_some(NAN_BITS)
        }
        (Value::SomeFunc, Pattern::RefFunc(_)) => Some(FUNCTION_INDICES),
        (
            Value::Opaque,
            Pattern::RefAny
            | Pattern::RefEq
            | Pattern::RefStruct
            | Pattern::RefArray
            | Pattern::RefI31
            | Pattern::RefI31Shared
            | Pattern::RefHost(_),
        ) => Some(REFERENCE_KINDS),
        _ => None,
    }
}

fn is_nan<B: Copy>(pattern: &FloatPattern<B>, bits: impl Fn(B) -> bool) -> bool {
    match pattern {
        FloatPattern::Bits(want) => bits(*want),
        FloatPattern::CanonicalNan | FloatPattern::ArithmeticNan => true,
    }
}

const NAN_BITS: &str = touchstone_adapter::Limit::NanBits.word();
const FUNCTION_INDICES: &str = touchstone_adapter::Limit::FunctionIndices.word();
const REFERENCE_KINDS: &str = touchstone_adapter::Limit::ReferenceKinds.word();

/// Whether one result matches one pattern. The comparison is bit-exact except for NaN patterns and `either`.
pub fn matches(value: &Value, pattern: &Pattern) -> bool {
    match (pattern, value) {
        (Pattern::Either(arms), value) => arms.iter().any(|arm| matches(value, arm)),
        (Pattern::I32(want), Value::I32(got)) => want == got,
        (Pattern::I64(want), Value::I64(got)) => want == got,
        (Pattern::F32(want), Value::F32(got)) => f32_matches(*got, *want),
        (Pattern::F64(want), Value::F64(got)) => f64_matches(*got, *want),
        (Pattern::CanonicalNan, value) => {
            scalar_matches(value, FloatPattern::CanonicalNan, FloatPattern::CanonicalNan)
        }
        (Pattern::ArithmeticNan, value) => {
            scalar_matches(value, FloatPattern::ArithmeticNan, FloatPattern::ArithmeticNan)
        }
        (Pattern::V128(want), Value::V128(got)) => want == got,
        (Pattern::F32x4(want), Value::V128(got)) => lanes::<4, 4>(got)
            .map(u32::from_le_bytes)
            .into_iter()
            .zip(want)
            .all(|(lane, p)| f32_matches(lane, *p)),
        (Pattern::F64x2(want), Value::V128(got)) => lanes::<8, 2>(got)
            .map(u64::from_le_bytes)
            .into_iter()
            .zip(want)
            .all(|(lane, p)| f64_matches(lane, *p)),
        _ => reference_matches(value, pattern),
    }
}

fn reference_matches(value: &Value, pattern: &Pattern) -> bool {
    match (pattern, value) {
        (Pattern::RefNull(_), Value::Null(_)) => true,
        (Pattern::RefExtern(None), Value::Extern(_)) => true,
        (Pattern::RefExtern(Some(want)), Value::Extern(got)) => got.as_ref() == Some(want),
        (Pattern::RefHost(want), Value::Host(got)) => got.as_ref() == Some(want),
        (Pattern::RefFunc(None), Value::Func { .. }) => true,
        (Pattern::RefFunc(Some(want)), Value::Func { index }) => index.as_ref() == Some(want),
        // The types below `any` are neither those of functions nor those of exceptions nor those of external
        // references that were not internalised.
        (Pattern::RefAny, Value::Host(_) | Value::I31 | Value::Struct | Value::Array) => true,
        (Pattern::RefEq, Value::I31 | Value::Struct | Value::Array) => true,
        (Pattern::RefStruct, Value::Struct) => true,
        (Pattern::RefArray, Value::Array) => true,
        (Pattern::RefI31 | Pattern::RefI31Shared, Value::I31) => true,
        _ => false,
    }
}

/// Whether a value is a float that the pattern for its type matches.
fn scalar_matches(value: &Value, want32: FloatPattern<u32>, want64: FloatPattern<u64>) -> bool {
    match value {
        Value::F32(got) => f32_matches(*got, want32),
        Value::F64(got) => f64_matches(*got, want64),
        _ => false,
    }
}

fn f32_matches(bits: u32, pattern: FloatPattern<u32>) -> bool {
    match pattern {
        FloatPattern::Bits(want) => bits == want,
        FloatPattern::CanonicalNan => bits & 0x7fff_ffff == 0x7fc0_0000,
        FloatPattern::ArithmeticNan => bits & 0x7fc0_0000 == 0x7fc0_0000,
    }
}

fn f64_matches(bits: u64, pattern: FloatPattern<u64>) -> bool {
    match pattern {
        FloatPattern::Bits(want) => bits == want,
        FloatPattern::CanonicalNan => bits & 0x7fff_ffff_ffff_ffff == 0x7ff8_0000_0000_0000,
        FloatPattern::ArithmeticNan => bits & 0x7ff8_0000_0000_0000 == 0x7ff8_0000_0000_0000,
    }
}

/// Cuts a vector into `N` lanes of `W` bytes.
fn lanes<const W: usize, const N: usize>(bytes: &[u8; 16]) -> [[u8; W]; N] {
    std::array::from_fn(|lane| std::array::from_fn(|byte| bytes[lane * W + byte]))
}

/// Shows patterns as text, with their bits.
pub fn show_patterns(patterns: &[Pattern]) -> String {
    in_order(patterns.iter().map(show_pattern))
}

/// Shows results as text, with their bits.
pub fn show_values(values: &[Value]) -> String {
    in_order(values.iter().map(show_value))
}

fn in_order(items: impl Iterator<Item = String>) -> String {
    let joined = items.collect::<Vec<_>>().join(" ");
    if joined.is_empty() { "no result".into() } else { joined }
}

/// Shows one result as text, with its bits.
pub fn show_value(value: &Value) -> String {
    match value {
        Value::I32(v) => format!("i32:{} (0x{v:08x})", *v as i32),
        Value::I64(v) => format!("i64:{} (0x{v:016x})", *v as i64),
        Value::F32(v) => show_f32(*v),
        Value::F64(v) => show_f64(*v),
        Value::V128(bytes) => show_v128(bytes),
        Value::Null(heap) => format!("ref.null {heap:?}").to_lowercase(),
        Value::Func { index: Some(index) } => format!("ref.func {index}"),
        Value::Func { index: None } => "ref.func (of another instance)".into(),
        Value::Extern(Some(n)) => format!("ref.extern {n}"),
        Value::Extern(None) => "ref.extern (not made by the harness)".into(),
        Value::Host(Some(n)) => format!("ref.host {n}"),
        Value::Host(None) => "ref.host (not made by the harness)".into(),
        Value::I31 => "ref.i31".into(),
        Value::Struct => "ref.struct".into(),
        Value::Array => "ref.array".into(),
        Value::Exn => "ref.exn".into(),
        Value::Nan { wide } => format!("f{}:nan (of unknown bits)", if *wide { 64 } else { 32 }),
        Value::SomeFunc => "ref.func (to what cannot be told)".into(),
        Value::Opaque => "ref (to what cannot be told)".into(),
    }
}

fn show_pattern(pattern: &Pattern) -> String {
    match pattern {
        Pattern::I32(v) => show_value(&Value::I32(*v)),
        Pattern::I64(v) => show_value(&Value::I64(*v)),
        Pattern::CanonicalNan => "nan:canonical".into(),
        Pattern::ArithmeticNan => "nan:arithmetic".into(),
        Pattern::V128(bytes) => show_v128(bytes),
        Pattern::F32(p) => float_pattern(p, "f32", show_f32),
        Pattern::F64(p) => float_pattern(p, "f64", show_f64),
        Pattern::F32x4(lanes) => {
            format!("f32x4({})", in_order(lanes.iter().map(|p| float_pattern(p, "f32", show_f32))))
        }
        Pattern::F64x2(lanes) => {
            format!("f64x2({})", in_order(lanes.iter().map(|p| float_pattern(p, "f64", show_f64))))
        }
        Pattern::RefNull(_) => "ref.null".into(),
        Pattern::RefExtern(None) => "ref.extern".into(),
        Pattern::RefExtern(Some(n)) => format!("ref.extern {n}"),
        Pattern::RefHost(n) => format!("ref.host {n}"),
        Pattern::RefFunc(None) => "ref.func".into(),
        Pattern::RefFunc(Some(n)) => format!("ref.func {n}"),
        Pattern::RefAny => "ref.any".into(),
        Pattern::RefEq => "ref.eq".into(),
        Pattern::RefArray => "ref.array".into(),
        Pattern::RefStruct => "ref.struct".into(),
        Pattern::RefI31 => "ref.i31".into(),
        Pattern::RefI31Shared => "ref.i31_shared".into(),
        Pattern::Either(arms) => format!("either({})", in_order(arms.iter().map(show_pattern))),
    }
}

fn float_pattern<B: Copy>(
    pattern: &FloatPattern<B>,
    name: &str,
    bits: impl Fn(B) -> String,
) -> String {
    match pattern {
        FloatPattern::Bits(b) => bits(*b),
        FloatPattern::CanonicalNan => format!("{name}:nan:canonical"),
        FloatPattern::ArithmeticNan => format!("{name}:nan:arithmetic"),
    }
}

fn show_f32(bits: u32) -> String {
    format!("f32:{:?} (0x{bits:08x})", f32::from_bits(bits))
}

fn show_f64(bits: u64) -> String {
    format!("f64:{:?} (0x{bits:016x})", f64::from_bits(bits))
}

fn show_v128(bytes: &[u8; 16]) -> String {
    format!("v128:0x{:032x}", u128::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use touchstone_script::HeapType;

    fn f32p(pattern: FloatPattern<u32>) -> Pattern {
        Pattern::F32(pattern)
    }

    #[test]
    fn nan_patterns_ignore_the_sign_and_nothing_else() {
        let canonical = f32p(FloatPattern::CanonicalNan);
        let arithmetic = f32p(FloatPattern::ArithmeticNan);
        for bits in [0x7fc0_0000, 0xffc0_0000] {
            assert!(matches(&Value::F32(bits), &canonical));
            assert!(matches(&Value::F32(bits), &arithmetic));
        }
        for bits in [0x7fc0_0001, 0xffff_ffff] {
            assert!(!matches(&Value::F32(bits), &canonical));
            assert!(matches(&Value::F32(bits), &arithmetic));
        }
        // These are the bits of a signalling NaN, of infinity and of a number.
        for bits in [0x7fa0_0000, 0x7f80_0000, 0x3f80_0000] {
            assert!(!matches(&Value::F32(bits), &canonical));
            assert!(!matches(&Value::F32(bits), &arithmetic));
        }
        let f64_canonical = Pattern::F64(FloatPattern::CanonicalNan);
        let f64_arithmetic = Pattern::F64(FloatPattern::ArithmeticNan);
        assert!(matches(&Value::F64(0xfff8_0000_0000_0000), &f64_canonical));
        assert!(!matches(&Value::F64(0x7ff8_0000_0000_0001), &f64_canonical));
        assert!(matches(&Value::F64(0x7ff8_0000_0000_0001), &f64_arithmetic));
        assert!(!matches(&Value::F64(0x7ff4_0000_0000_0000), &f64_arithmetic));
    }

    #[test]
    fn zeros_differ_by_their_sign() {
        assert!(!matches(&Value::F32(0x8000_0000), &f32p(FloatPattern::Bits(0))));
        assert!(!matches(&Value::F64(1 << 63), &Pattern::F64(FloatPattern::Bits(0))));
    }

    #[test]
    fn a_type_never_matches_another() {
        assert!(!matches(&Value::I64(1), &Pattern::I32(1)));
        assert!(!matches(&Value::F32(1), &Pattern::I32(1)));
        assert!(!matches(&Value::I32(0), &Pattern::RefNull(None)));
        assert!(!matches(&Value::Null(HeapType::Extern), &Pattern::RefExtern(None)));
    }

    #[test]
    fn vectors_compare_lanes_only_where_they_are_floats() {
        let mut bytes = [0; 16];
        bytes[12..].copy_from_slice(&0xffc0_0000u32.to_le_bytes());
        let lane = FloatPattern::Bits(0);
        let value = Value::V128(bytes);
        assert!(matches(&value, &Pattern::F32x4([lane, lane, lane, FloatPattern::CanonicalNan])));
        assert!(!matches(&value, &Pattern::F32x4([FloatPattern::CanonicalNan, lane, lane, lane])));
        bytes[15] = 0x7f;
        assert!(!matches(&value, &Pattern::V128(bytes)));
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&0x7ff8_0000_0000_0001u64.to_le_bytes());
        let zero = FloatPattern::Bits(0);
        assert!(matches(&Value::V128(bytes), &Pattern::F64x2([FloatPattern::ArithmeticNan, zero])));
        assert!(!matches(&Value::V128(bytes), &Pattern::F64x2([FloatPattern::CanonicalNan, zero])));
    }

    #[test]
    fn reference_patterns_accept_what_their_type_holds() {
        let values = [
            Value::Null(HeapType::Func),
            Value::Func { index: Some(3) },
            Value::Func { index: None },
            Value::Extern(Some(7)),
            Value::Host(Some(7)),
            Value::I31,
            Value::Struct,
            Value::Array,
            Value::Exn,
        ];
        let accepted = |pattern: Pattern| -> Vec<usize> {
            (0..values.len()).filter(|i| matches(&values[*i], &pattern)).collect()
        };
        assert_eq!(accepted(Pattern::RefNull(Some(HeapType::Any))), [0]);
        assert_eq!(accepted(Pattern::RefFunc(None)), [1, 2]);
        assert_eq!(accepted(Pattern::RefFunc(Some(3))), [1]);
        assert_eq!(accepted(Pattern::RefFunc(Some(2))), [0usize; 0]);
        assert_eq!(accepted(Pattern::RefExtern(None)), [3]);
        assert_eq!(accepted(Pattern::RefExtern(Some(8))), [0usize; 0]);
        assert_eq!(accepted(Pattern::RefHost(7)), [4]);
        assert_eq!(accepted(Pattern::RefAny), [4, 5, 6, 7]);
        assert_eq!(accepted(Pattern::RefEq), [5, 6, 7]);
        assert_eq!(accepted(Pattern::RefI31), [5]);
        assert_eq!(accepted(Pattern::RefStruct), [6]);
        assert_eq!(accepted(Pattern::RefArray), [7]);
    }

    #[test]
    fn either_takes_any_arm_and_counts_must_agree() {
        let either = Pattern::Either((1..=4).map(Pattern::I32).collect());
        assert!((1..=4).all(|n| matches(&Value::I32(n), &either)));
        assert!(!matches(&Value::I32(5), &either));
        assert!(!all_match(&[], &[Pattern::I32(1)]));
        assert!(!all_match(&[Value::I32(1)], &[]));
    }
}
