//! Values of number tokens (specification, "Text Format", *Values*).
//!
//! In: words that are numbers. Out: whether an integer is in the range of its type, and floats written so
//! that every parser reads the same bits: hexadecimal floats are rounded exactly, and decimal floats get no
//! more digits than matter. Short decimal floats are left alone: the parser has the standard library read
//! them, which rounds correctly, but has bounds on exponents.

/// The value of digits with separators; `None` if it does not fit.
pub(super) fn natural(digits: &[u8], radix: u32) -> Option<u64> {
    let mut value = 0u64;
    for byte in digits.iter().filter(|byte| **byte != b'_') {
        let digit = char::from(*byte).to_digit(radix)?;
        value = value.checked_mul(u64::from(radix))?.checked_add(u64::from(digit))?;
    }
    Some(value)
}

/// Sign and magnitude of an integer token; `None` if the magnitude takes more than 64 bits.
fn integer(word: &str) -> Option<(Option<u8>, u64)> {
    let (sign, digits) = match word.as_bytes() {
        [sign @ (b'+' | b'-'), digits @ ..] => (Some(*sign), digits),
        digits => (None, digits),
    };
    let magnitude = match digits.strip_prefix(b"0x") {
        Some(digits) => natural(digits, 16),
        None => natural(digits, 10),
    };
    Some((sign, magnitude?))
}

/// Whether an integer token without a sign is below 2 to the power of `bits` (at most 64).
pub(super) fn is_unsigned(word: &str, bits: u32) -> bool {
    matches!(integer(word), Some((None, value)) if value <= u64::MAX >> (64 - bits))
}

/// Whether an integer token is an uninterpreted integer of that many bits: unsigned without a
/// sign, signed with one. `strict` holds `+` to the range of signed integers, as the specification
/// does; the reference interpreter does not.
pub(super) fn is_uninterpreted(word: &str, bits: u32, strict: bool) -> bool {
    let unsigned_max = u64::MAX >> (64 - bits);
    let signed_max = unsigned_max >> 1;
    match integer(word) {
        Some((Some(b'-'), value)) => value <= signed_max + 1,
        Some((Some(_), value)) if strict => value <= signed_max,
        Some((_, value)) => value <= unsigned_max,
        None => false,
    }
}

/// A binary floating-point format of IEEE 754.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    /// The number of bits of the significand, including the leading one.
    precision: i64,
    /// The exponent of the greatest finite numbers. The least normal number has the exponent `1 - greatest`.
    greatest: i64,
}

/// The format of `f32`.
pub(super) const F32: Format = Format { precision: 24, greatest: 127 };
/// The format of `f64`.
pub(super) const F64: Format = Format { precision: 53, greatest: 1023 };

/// What is to become of a token that stands for a float.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Float {
    /// It stays as it is, since every parser reads it right.
    AsIs,
    /// It is to be written like this.
    Rewritten(String),
    /// Its magnitude rounds to infinity.
    OutOfRange,
}

/// What is to become of a float, or of an integer that stands for one.
pub(super) fn float(word: &str, format: Format) -> Float {
    match word.trim_start_matches(['+', '-']) {
        "inf" | "nan" => Float::AsIs,
        rest if rest.starts_with("0x") => hexadecimal(word, format),
        rest if rest.starts_with("nan:") => Float::AsIs,
        _ => decimal(word),
    }
}

/// Writes a decimal float with no more digits than matter. Short floats are left alone.
fn decimal(word: &str) -> Float {
    // At most 767 digits are needed to tell a decimal float from the number halfway between two neighbouring
    // doubles.
    const DIGITS: usize = 800;
    // Half of the least double and twice the greatest double both lie within these powers of ten.
    const POWERS: std::ops::RangeInclusive<i64> = -400..=400;
    let (sign, rest) = match word.as_bytes() {
        [b'-', rest @ ..] => ("-", rest),
        [b'+', rest @ ..] => ("", rest),
        rest => ("", rest),
    };
    let mark = rest.iter().position(|byte| matches!(byte, b'e' | b'E'));
    let (mantissa, exponent) = match mark {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, &b""[..]),
    };
    if mantissa.len() <= DIGITS && exponent.len() <= 4 {
        return Float::AsIs;
    }
    // The value is 0.digits times ten to the power of `power`.
    let mut power = exponent_value(exponent);
    let (mut digits, mut inexact, mut in_fraction) = (String::new(), false, false);
    for byte in mantissa {
        match byte {
            b'_' => {}
            b'.' => in_fraction = true,
            b'0' if digits.is_empty() => power -= i64::from(in_fraction),
            digit => {
                power += i64::from(!in_fraction);
                match digits.len() < DIGITS {
                    true => digits.push(char::from(*digit)),
                    false => inexact |= *digit != b'0',
                }
            }
        }
    }
    if digits.is_empty() || power < *POWERS.start() {
        return Float::Rewritten(format!("{sign}0.0"));
    }
    if power > *POWERS.end() {
        return Float::OutOfRange;
    }
    // If there were more digits that are not all zero, one more digit stands for them, which decides a tie.
    let rest = if inexact { "1" } else { "" };
    Float::Rewritten(format!("{sign}0.{digits}{rest}e{power}"))
}

/// Rounds a hexadecimal float to `format`. Short floats are left alone.
fn hexadecimal(word: &str, format: Format) -> Float {
    let (sign, rest) = match word.as_bytes() {
        [b'-', rest @ ..] => ("-", rest),
        [b'+', rest @ ..] => ("", rest),
        rest => ("", rest),
    };
    let Some(digits) = rest.strip_prefix(b"0x") else { return Float::AsIs };
    let mark = digits.iter().position(|byte| matches!(byte, b'p' | b'P'));
    let (mantissa, exponent) = match mark {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, &b""[..]),
    };
    // Up to these lengths the parser never loses a bit or overflows; beyond them it may.
    if mantissa.len() <= 8 && exponent.len() <= 5 {
        return Float::AsIs;
    }
    match round(mantissa, exponent_value(exponent), format) {
        Some((significand, exponent)) => {
            Float::Rewritten(format!("{sign}0x{significand:x}p{exponent}"))
        }
        None => Float::OutOfRange,
    }
}

/// The value of a decimal exponent, limited to a magnitude beyond which no mantissa that fits in memory can
/// make a difference.
fn exponent_value(word: &[u8]) -> i64 {
    const BOUND: u64 = 1 << 40;
    let (negative, digits) = match word {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let magnitude = natural(digits, 10).map_or(BOUND, |value| value.min(BOUND)) as i64;
    if negative { -magnitude } else { magnitude }
}

/// The nearest number of the format, with ties to even, as `significand * 2^exponent`; `None` if that is
/// infinite.
fn round(mantissa: &[u8], exponent: i64, format: Format) -> Option<(u64, i64)> {
    let Scanned { bits, mut exponent, inexact } = scan(mantissa, exponent);
    if bits == 0 {
        return Some((0, 0));
    }
    let shift = bits.leading_zeros();
    let bits = bits << shift;
    exponent -= i64::from(shift);
    // The value is `bits * 2^exponent`, and its leading one has the exponent `leading`.
    let leading = exponent + 63;
    let least = 1 - format.greatest;
    let kept = format.precision - (least - leading).max(0);
    if kept < 0 {
        return Some((0, 0));
    }
    let cut = (64 - kept) as u32;
    let rest = u128::from(bits) & ((1 << cut) - 1);
    let half = 1u128 << (cut - 1);
    let mut significand = (u128::from(bits) >> cut) as u64;
    if rest > half || rest == half && (inexact || significand & 1 == 1) {
        significand += 1;
    }
    if significand == 0 {
        return Some((0, 0));
    }
    let exponent = exponent + i64::from(cut);
    let leading = exponent + i64::from(significand.ilog2());
    (leading <= format.greatest).then_some((significand, exponent))
}

/// A mantissa read so far: `bits * 2^exponent`, and whether a later digit was not zero.
struct Scanned {
    bits: u64,
    exponent: i64,
    inexact: bool,
}

fn scan(mantissa: &[u8], exponent: i64) -> Scanned {
    let mut scanned = Scanned { bits: 0, exponent, inexact: false };
    let mut in_fraction = false;
    for byte in mantissa {
        let Some(digit) = char::from(*byte).to_digit(16) else {
            in_fraction |= *byte == b'.';
            continue;
        };
        if scanned.bits >> 60 == 0 {
            scanned.bits = scanned.bits << 4 | u64::from(digit);
            scanned.exponent -= if in_fraction { 4 } else { 0 };
        } else {
            scanned.inexact |= digit != 0;
            scanned.exponent += if in_fraction { 0 } else { 4 };
        }
    }
    scanned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_ranges() {
        for (word, bits, strict, lenient) in [
            ("255", 8, true, true),
            ("256", 8, false, false),
            ("-128", 8, true, true),
            ("-129", 8, false, false),
            ("+127", 8, true, true),
            ("+128", 8, false, true),
            ("0xffff_ffff", 32, true, true),
            ("0x1_0000_0000", 32, false, false),
            ("+0xffff_ffff", 32, false, true),
            ("-0x8000_0000", 32, true, true),
            ("-0x8000_0001", 32, false, false),
            ("18446744073709551615", 64, true, true),
            ("18446744073709551616", 64, false, false),
            ("-9223372036854775808", 64, true, true),
            ("-9223372036854775809", 64, false, false),
            ("000000000000000000000000000000007", 8, true, true),
        ] {
            assert_eq!(is_uninterpreted(word, bits, true), strict, "{word}");
            assert_eq!(is_uninterpreted(word, bits, false), lenient, "{word}");
        }
        assert!(is_unsigned("4294967295", 32) && !is_unsigned("4294967296", 32));
        assert!(!is_unsigned("+0", 32) && !is_unsigned("-0", 32));
    }

    #[test]
    fn hexadecimal_floats_round_to_nearest_ties_to_even() {
        let written = |text: &str| Float::Rewritten(text.to_owned());
        for (word, format, wanted) in [
            ("0x1.8p3", F32, Float::AsIs),
            ("1.5e999999", F32, Float::AsIs),
            // The first number is half an ulp and the least bit more, so the ninth digit counts.
            ("0x1.00000101", F32, written("0x800001p-23")),
            ("0x1.00000100", F32, written("0x800000p-23")),
            ("-0x1.00000300", F32, written("-0x800002p-23")),
            ("0x1.0000000000000801", F64, written("0x10000000000001p-52")),
            ("0x1p-999999999999999999999", F32, written("0x0p0")),
            ("-0x0p999999999999999999999", F32, written("-0x0p0")),
            ("0x1p999999999999999999999", F64, Float::OutOfRange),
            ("0x1.fffffep127", F32, Float::AsIs),
            ("0x1.fffffeffffp127", F32, written("0xffffffp104")),
            ("0x1.ffffff0000p127", F32, Float::OutOfRange),
            // Half of the least subnormal number is a tie with zero; a bit more is not.
            ("0x1.00000000p-150", F32, written("0x0p0")),
            ("0x1.00000001p-150", F32, written("0x1p-149")),
            ("0x0.00000000p-1", F64, written("0x0p0")),
        ] {
            assert_eq!(hexadecimal(word, format), wanted, "{word}");
        }
    }

    #[test]
    fn what_is_rewritten_is_what_was_meant() {
        // Numbers that the format holds exactly keep their value, however they are written.
        for value in [1.0f64, 1.5, 3.0e-310, f64::MAX, f64::MIN_POSITIVE, 5e-324, 0.1] {
            let bits = value.to_bits();
            let (exponent, fraction) = ((bits >> 52) as i64, bits & ((1 << 52) - 1));
            let (lead, exponent) = if exponent == 0 { (0, -1022) } else { (1, exponent - 1023) };
            let word = format!("0x{lead}.{fraction:013x}0000p{exponent}");
            let Float::Rewritten(text) = hexadecimal(&word, F64) else { panic!("{word}") };
            let (significand, exponent) = text[2..].split_once('p').unwrap();
            let significand = u64::from_str_radix(significand, 16).unwrap();
            // The number is scaled in two steps, so that neither power is out of range.
            let exponent: i32 = exponent.parse().unwrap();
            let read =
                significand as f64 * 2f64.powi(exponent / 2) * 2f64.powi(exponent - exponent / 2);
            assert_eq!(read, value, "{word} {text}");
        }
    }
}
