//! Numbers with what is counted, as text for people.

/// A number of things, in the word for one of them: `1 run`, `2 runs`.
pub fn number_of<N: PartialEq + From<u8> + std::fmt::Display>(number: N, one: &str) -> String {
    format!("{number} {one}{}", if number == N::from(1) { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::number_of;

    #[test]
    fn one_is_not_several() {
        assert_eq!(number_of(0_u64, "run"), "0 runs");
        assert_eq!(number_of(1_usize, "run"), "1 run");
        assert_eq!(number_of(2_usize, "run"), "2 runs");
    }
}
