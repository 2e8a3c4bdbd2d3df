//! What a run was asked to judge.
//!
//! In: the words of a selection. Out: whether a test that is known by its report alone was selected. Nothing
//! here looks at scripts.

use serde::{Deserialize, Serialize};

/// Which part of a selection a run judged, where that was divided among several runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The number of this part, from 1.
    pub number: usize,
    /// How many parts there are.
    pub of: usize,
    /// How many tests all parts have together.
    pub tests: usize,
    /// A digest of which file is in which part: it is the same in all parts of one selection that were divided in
    /// the same way.
    pub division: String,
    /// The suites of all parts, in order.
    pub suites: Vec<String>,
}

impl Part {
    /// Which part it is, as in `2/7`.
    pub fn in_words(&self) -> String {
        format!("{}/{}", self.number, self.of)
    }
}

/// The words of a selection, as a report keeps them. With none, everything that is embedded was selected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Scripts and folders on disk that took the place of the embedded scripts, or stand [beside](Scope::beside)
    /// them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// Whether those were judged beside the embedded scripts, and not in their place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub beside: bool,
    /// Names of suites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suites: Vec<String>,
    /// Names of proposals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<String>,
    /// Texts of which a name contains one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<String>,
}

impl Scope {
    /// Whether a test was selected, as far as its suite, name and proposals tell. `about` is the proposal that
    /// its suite is about.
    pub fn selects(
        &self,
        suite: &str,
        id: &str,
        proposals: &[String],
        about: Option<&str>,
    ) -> bool {
        // With paths alone, a suite says only what features the scripts are judged under.
        let is_of_suite = || {
            (!self.paths.is_empty() && !self.beside) || self.suites.iter().any(|name| name == suite)
        };
        let needs = |wanted: &String| proposals.contains(wanted) || about == Some(wanted);
        (self.suites.is_empty() || is_of_suite())
            && (self.proposals.is_empty() || self.proposals.iter().any(needs))
            && (self.filters.is_empty() || self.filters.iter().any(|text| id.contains(text)))
    }

    /// It in the words of the command line.
    pub fn in_words(&self) -> String {
        let words = |flag: &str, values: &[String]| -> Vec<String> {
            values.iter().map(|value| format!("{flag}{value}")).collect()
        };
        let beside = if self.beside { "beside the embedded scripts: " } else { "" };
        let all = [
            words(beside, &self.paths),
            words("--suite ", &self.suites),
            words("--proposal ", &self.proposals),
            words("--filter ", &self.filters),
        ];
        match all.concat().join(" ") {
            words if words.is_empty() => "everything embedded".to_owned(),
            words => format!("`{words}`"),
        }
    }

    /// Whether it may have left out tests of a file of which it selected others.
    pub fn divides_files(&self) -> bool {
        !self.proposals.is_empty() || !self.filters.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_selection_narrows_it() {
        let words = |words: &[&str]| -> Vec<String> {
            words.iter().map(|word| (*word).to_owned()).collect()
        };
        let gc = words(&["gc"]);
        let is_selected = |scope: &Scope| scope.selects("s", "s/a.wast:1:module", &gc, None);
        let all = Scope::default();
        assert!(is_selected(&all));
        assert!(is_selected(&Scope { suites: words(&["r", "s"]), ..all.clone() }));
        assert!(!is_selected(&Scope { suites: words(&["r"]), ..all.clone() }));
        assert!(is_selected(&Scope { proposals: words(&["simd", "gc"]), ..all.clone() }));
        assert!(!is_selected(&Scope { proposals: words(&["simd"]), ..all.clone() }));
        assert!(is_selected(&Scope { filters: words(&["a.wast:"]), ..all.clone() }));
        let other = Scope { filters: words(&["b.wast:"]), proposals: gc.clone(), ..all };
        assert!(!is_selected(&other) && other.divides_files());
        assert!(Scope { proposals: words(&["threads"]), ..Scope::default() }.selects(
            "threads",
            "x",
            &[],
            Some("threads")
        ));
        let on_disk =
            Scope { paths: words(&["s"]), suites: words(&["wasm-1.0"]), ..Scope::default() };
        assert!(is_selected(&on_disk) && !on_disk.divides_files());
    }
}
