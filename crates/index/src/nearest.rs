//! Guesses which name was meant by a name that does not exist.

/// The name that is most like `word`, for "did you mean"; `None` if no name is like it.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 2).max(1);
    let scored = names.into_iter().map(|name| (distance(word, name), name));
    scored.filter(|(d, _)| *d <= limit).min_by_key(|(d, _)| *d).map(|(_, name)| name)
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_the_nearest() {
        let names = ["wasm-1.0", "wasm-2.0", "wasm-3.0", "latest"];
        assert_eq!(nearest("wasm-1", names), Some("wasm-1.0"));
        assert_eq!(nearest("lates", names), Some("latest"));
        assert_eq!(nearest("quite-something-else", names), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
