//! Numbers for people.

/// A number with its digits in groups of three, as `158,015`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn digits_stand_in_groups_of_three() {
        let written = [0, 7, 999, 1000, 100_000, 1_234_567].map(grouped);
        assert_eq!(written, ["0", "7", "999", "1,000", "100,000", "1,234,567"]);
    }
}
