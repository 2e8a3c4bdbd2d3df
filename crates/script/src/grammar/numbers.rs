//! Values of number tokens (specification, "Text Format", *Values*).
//!
//! In: words that are numbers. Out: whether an integer is in the range of its type, and floats
//! written so that every parser reads the same bits: hexadecimal ones rounded exactly, decimal ones
//! with as many digits as matter. The parser has decimal floats read by the standard library, which
//! rounds them right as long as neither digits nor exponent are too many.

/// The value of digits with separators; nothing if it does not fit.
pub(super) fn natural(digits: &[u8], radix: u32) -> Option<u64> {
    let mut value = 0u64;
    for byte in digits.iter().filter(|byte| **byte != b'_') {
        let digit = char::from(*byte).to_digit(radix)?;
        value = value.checked_mul(u64::from(radix))?.checked_add(u64::from(digit))?;
    }
    Some(value)
}

/// Sign and magnitude of an integer token; nothing if the magnitude takes more than 64 bits.
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
    /// Bits of the significand, the leading one included.
    precision: i64,
    /// The exponent of the greatest finite numbers; the least normal one has 1 less this.
    greatest: i64,
}

/// `f32`.
pub(super) const F32: Format = Format { precision: 24, greatest: 127 };
/// `f64`.
pub(super) const F64: Format = Format { precision: 53, greatest: 1023 };

/// What is to become of a token that stands for a float.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Float {
    /// Every parser reads it right.
    AsIs,
    /// To be written like this.
    Rewritten(String),
    /// Its magnitude rounds to infinity.
    OutOfRange,
}

/// A float that every parser rounds to the same number of `format`. Short ones are left alone.
pub(super) fn float(word: &str, format: Format) -> Float {
    let (sign, rest) = match word.as_bytes() {
        [b'-', rest @ ..] => ("-", rest),
        [b'+', rest @ ..] => ("", rest),
        rest => ("", rest),
    };
    match (rest.strip_prefix(b"0x"), rest.first()) {
        (Some(digits), _) => hexadecimal(sign, digits, format),
        (None, Some(b'0'..=b'9')) => decimal(sign, rest),
        // `inf` and `nan`.
        _ => Float::AsIs,
    }
}

/// Mantissa and exponent, which is empty where there is none.
fn parts<'a>(digits: &'a [u8], marks: &[u8]) -> (&'a [u8], &'a [u8]) {
    match digits.iter().position(|byte| marks.contains(byte)) {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, b""),
    }
}

fn hexadecimal(sign: &str, digits: &[u8], format: Format) -> Float {
    let (mantissa, exponent) = parts(digits, b"pP");
    // The parser loses a bit or overflows beyond these, never below.
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

/// Digits of a decimal float that are kept. What lies half-way between two numbers of a format has at
/// most 768 of them, so it is enough to know of all further ones whether any is not zero.
const KEPT: usize = 800;

/// The magnitude of exponents of ten behind which each format has nothing but zero and infinity.
const FAR: i64 = 400;

fn decimal(sign: &str, digits: &[u8]) -> Float {
    let (mantissa, exponent) = parts(digits, b"eE");
    // The standard library reads no more than five digits of an exponent.
    if mantissa.len() <= KEPT && exponent.len() <= 5 {
        return Float::AsIs;
    }
    let whole = mantissa.iter().position(|byte| *byte == b'.').unwrap_or(mantissa.len());
    // The value is `0.kept * 10^point`.
    let mut point = exponent_value(exponent);
    let (mut kept, mut inexact) = (String::with_capacity(KEPT + 1), false);
    for (at, byte) in mantissa.iter().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        let is_leading_zero = kept.is_empty() && *byte == b'0';
        if kept.len() < KEPT && !is_leading_zero {
            kept.push(char::from(*byte));
        } else {
            inexact |= *byte != b'0';
        }
        match (at < whole, is_leading_zero) {
            (true, false) => point += 1,
            (false, true) => point -= 1,
            _ => {}
        }
    }
    if kept.is_empty() || point < -FAR {
        return Float::Rewritten(format!("{sign}0"));
    }
    if point > FAR {
        return Float::OutOfRange;
    }
    if inexact {
        kept.push('1');
    }
    Float::Rewritten(format!("{sign}0.{kept}e{point}"))
}

/// A decimal exponent, cut to a magnitude beyond which no mantissa that fits in memory matters.
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

/// The nearest number of the format, ties to even, as `significand * 2^exponent`; nothing where
/// that is infinite.
fn round(mantissa: &[u8], exponent: i64, format: Format) -> Option<(u64, i64)> {
    let Scanned { bits, mut exponent, inexact } = scan(mantissa, exponent);
    if bits == 0 {
        return Some((0, 0));
    }
    let shift = bits.leading_zeros();
    let bits = bits << shift;
    exponent -= i64::from(shift);
    // The value is `bits * 2^exponent`, its leading one at `leading`.
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
            ("1.5e99999", F32, Float::AsIs),
            ("1.5e999999", F32, Float::OutOfRange),
            // Half an ulp and the least bit more: the ninth digit counts.
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
            // Half of the least subnormal is a tie with zero; a bit more is not.
            ("0x1.00000000p-150", F32, written("0x0p0")),
            ("0x1.00000001p-150", F32, written("0x1p-149")),
            ("0x0.00000000p-1", F64, written("0x0p0")),
        ] {
            assert_eq!(float(word, format), wanted, "{word}");
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
            let Float::Rewritten(text) = float(&word, F64) else { panic!("{word}") };
            let (significand, exponent) = text[2..].split_once('p').unwrap();
            let significand = u64::from_str_radix(significand, 16).unwrap();
            // In two steps, so that neither power is out of range.
            let exponent: i32 = exponent.parse().unwrap();
            let read =
                significand as f64 * 2f64.powi(exponent / 2) * 2f64.powi(exponent - exponent / 2);
            assert_eq!(read, value, "{word} {text}");
        }
    }

    #[test]
    fn long_decimal_floats_keep_what_matters() {
        let read = |word: &str| match float(word, F64) {
            Float::AsIs => word.parse().unwrap(),
            Float::Rewritten(text) => text.parse::<f64>().unwrap(),
            Float::OutOfRange => f64::INFINITY,
        };
        let zeros = "0".repeat(700_000);
        // 1 and half the distance to the next number is a tie; anything more is not.
        let tie = "1.00000000000000011102230246251565404236316680908203125";
        for (word, wanted) in [
            (format!("1{zeros}e-700000"), 1.0),
            (format!("-1{zeros}.{zeros}e-7_00_000"), -1.0),
            (format!("0.{zeros}1e+700001"), 1.0),
            (format!("0.{zeros}1e700002"), 10.0),
            (format!("0.{zeros}e999999999999999999999999"), 0.0),
            (format!("{zeros}1.5{zeros}"), 1.5),
            (format!("1.5{zeros}1"), 1.5),
            (format!("{tie}{zeros}"), 1.0),
            (format!("{tie}{zeros}1"), 1.0 + f64::EPSILON),
            (format!("1{zeros}"), f64::INFINITY),
            ("1e-999999999999999999999999".to_owned(), 0.0),
            ("1e999999999999999999999999".to_owned(), f64::INFINITY),
            // Half of the least subnormal is a tie with zero; with one more digit it is not.
            (format!("{}{zeros}", half_of_the_least()), 0.0),
            (format!("{}{zeros}1", half_of_the_least()), 5e-324),
            ("1.5e00000000001".to_owned(), 15.0),
        ] {
            assert_eq!(
                read(&word),
                wanted,
                "{} bytes: {}",
                word.len(),
                &word[..word.len().min(60)]
            );
        }
        assert!(read(&format!("-0.{zeros}")).is_sign_negative());
        assert_eq!(float("nan:0x123456789abc", F64), Float::AsIs);
        assert_eq!(float("-inf", F64), Float::AsIs);
    }

    /// 2 to the power of -1075 in full.
    fn half_of_the_least() -> String {
        // 5^1075 has 752 digits; the last of them is the 1,075th decimal place.
        let mut digits = vec![1u8];
        for _ in 0..1075 {
            let mut carry = 0;
            for digit in &mut digits {
                let value = *digit * 5 + carry;
                *digit = value % 10;
                carry = value / 10;
            }
            if carry > 0 {
                digits.push(carry);
            }
        }
        let digits: String = digits.iter().rev().map(|digit| char::from(b'0' + digit)).collect();
        format!("0.{}{digits}", "0".repeat(1075 - digits.len()))
    }
}
