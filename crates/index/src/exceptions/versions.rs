//! Versions of engines, and ranges of them.
//!
//! In: versions as engines name them, and ranges as Cargo writes them. Out: whether a version is in a range,
//! and whether two ranges share a version. Nothing here knows of engines.

use semver::{Comparator, Op, Version, VersionReq};

/// Reads a version as engines write theirs: `48.0` stands for `48.0.0`, and of `14.6.202.34-node.34 (node
/// 26.10.0)` the first three numbers count. `None` if it does not begin with numbers.
pub(super) fn version(text: &str) -> Option<Version> {
    let word = text.split_whitespace().next()?.trim_start_matches('v');
    let numbers = word.split(['-', '+']).next()?;
    let mut rest = &word[numbers.len()..];
    let mut numbers: Vec<&str> = numbers.split('.').collect();
    if numbers.len() > 3 {
        // What follows a fourth number is not what a semantic version has there.
        rest = "";
    }
    numbers.resize(3, "0");
    format!("{}{rest}", numbers.join(".")).parse().ok()
}

/// Whether a version is in a range. What cannot be read as a version is in no range.
pub(super) fn is_within(range: &str, text: &str) -> bool {
    let range: Option<VersionReq> = range.parse().ok();
    range.zip(version(text)).is_some_and(|(range, version)| range.matches(&version))
}

/// The range that holds that version alone; `None` where the text is no version.
pub(super) fn alone(text: &str) -> Option<String> {
    let Version { major, minor, patch, pre, .. } = version(text)?;
    let pre = if pre.is_empty() { String::new() } else { format!("-{pre}") };
    Some(format!("={major}.{minor}.{patch}{pre}"))
}

/// Whether some version is in both ranges. Where two ranges share versions, the least of these is the least
/// one of either range.
pub(super) fn overlap(one: &str, other: &str) -> bool {
    let (Ok(one), Ok(other)) = (one.parse::<VersionReq>(), other.parse::<VersionReq>()) else {
        return false;
    };
    let comparators = one.comparators.iter().chain(&other.comparators);
    let mut least = comparators.map(least).chain([Version::new(0, 0, 0)]);
    least.any(|version| one.matches(&version) && other.matches(&version))
}

/// The least version that a comparator admits.
fn least(comparator: &Comparator) -> Version {
    let Comparator { op, major, minor, patch, pre } = comparator;
    match (op, minor, patch) {
        (Op::Less | Op::LessEq, ..) => Version::new(0, 0, 0),
        (Op::Greater, None, _) => Version::new(major.saturating_add(1), 0, 0),
        (Op::Greater, Some(minor), None) => Version::new(*major, minor.saturating_add(1), 0),
        (Op::Greater, Some(minor), Some(patch)) if pre.is_empty() => {
            Version::new(*major, *minor, patch.saturating_add(1))
        }
        (Op::Greater, Some(minor), Some(patch)) => Version::new(*major, *minor, *patch),
        _ => Version {
            pre: pre.clone(),
            ..Version::new(*major, minor.unwrap_or(0), patch.unwrap_or(0))
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_that_engines_name() {
        let read = |text: &str| version(text).map(|version| version.to_string());
        for (text, want) in [
            ("48.0", "48.0.0"),
            ("v2.0.0-beta.1 flags", "2.0.0-beta.1"),
            ("14.6.202.34-node.34 (node 26.10.0)", "14.6.202"),
            ("3", "3.0.0"),
        ] {
            assert_eq!(read(text).as_deref(), Some(want));
        }
        assert_eq!(read("d6375c72affe0f70222cdcb45012b10f0bf3a9d5 (bun 1.4.5)"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn a_version_alone_is_in_its_range_and_no_other_is() {
        for (text, range) in [("2.0.0-beta.1", "=2.0.0-beta.1"), ("48.0", "=48.0.0")] {
            assert_eq!(alone(text).as_deref(), Some(range));
            assert!(is_within(range, text) && !is_within(range, "48.0.1"));
        }
        assert_eq!(alone("unknown"), None);
        assert!(!is_within("*", "unknown"));
        assert!(is_within(">=14", "14.6.202.34-node.34 (node 26.10.0)"));
    }

    #[test]
    fn ranges_overlap_where_they_share_a_version() {
        for (one, other, want) in [
            ("=2.0.0", "=2.0.0", true),
            ("=2.0.0", "=2.0.1", false),
            (">=2", "<2", false),
            (">=2, <3", "^2.5", true),
            (">2", "=2.9.9", false),
            (">2.1.3", "<=2.1.4", true),
            (">2.1.3", "<2.1.4", false),
            ("~1.2", "1.3", false),
            ("*", "=7.0.0", true),
            ("<2", "<1", true),
        ] {
            assert_eq!(overlap(one, other), want, "{one} and {other}");
            assert_eq!(overlap(other, one), want, "{other} and {one}");
        }
    }
}
