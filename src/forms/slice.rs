//! A script, cut down to some of its tests and to what they rest on.
//!
//! In: a script, and which of its tests are wanted. Out: a [`Slice`], which can be written in each of the forms.

use super::links::{self, Links};
use super::{json, wast};
use crate::index::TestInfo;
use crate::select::PlannedFile;
use std::collections::HashSet;
use std::sync::Arc;
use touchstone_script::{Directive, FeatureSet, Script};

/// A script, cut down to what is wanted of it.
pub struct Slice {
    pub(super) script: Arc<Script>,
    links: Vec<Links>,
    wanted: Vec<bool>,
    beyond_features: usize,
    tests: Vec<TestInfo>,
    pub(super) name: String,
    pub(super) features: FeatureSet,
}

impl Slice {
    /// Cuts a script down to the selected tests, and to what acts on the same modules before them or between
    /// them. With `features`, groups of modules that need others are left out, whole.
    pub fn new(planned: &PlannedFile, features: Option<FeatureSet>) -> Slice {
        let script = planned.file.script();
        let links = links::links(&script);
        let (mut position, mut wanted) = (0, Vec::new());
        for directive in &script.directives {
            let next = position + tests_of(directive).len();
            wanted.push((position..next).any(|position| planned.selects(position)));
            position = next;
        }
        let beyond_features =
            features.map_or(0, |features| leave_out(&script, &links, features, &mut wanted));
        let groups = groups(&links, &wanted);
        let last = wanted.iter().rposition(|wanted| *wanted).unwrap_or_default();
        for (n, links) in links.iter().enumerate().take(last) {
            wanted[n] |= links.group.is_some_and(|group| groups.contains(&group));
        }
        Slice {
            tests: planned.file.tests(),
            name: planned.file.name(),
            features: planned.file.suite().features,
            script,
            links,
            wanted,
            beyond_features,
        }
    }

    /// How many of the script's own directives it has, a thread being one.
    pub fn directives(&self) -> usize {
        self.wanted.iter().filter(|wanted| **wanted).count()
    }

    /// How many directives were selected, but are left out because of the features.
    pub fn beyond_features(&self) -> usize {
        self.beyond_features
    }

    /// The slice as a script. `text` is that of the whole script. What is left stands on the lines where it stood.
    pub fn wast(&self, text: &str) -> String {
        wast::cut(text, &self.script.directives, &self.wanted)
    }

    /// The slice in the words of `wast2json`. Files of modules are called `stem.0.wasm` and so on.
    pub fn wast2json(&self, stem: &str) -> json::Document<'_> {
        let chosen = self.wanted().map(|(directive, links, _)| json::Wanted {
            directive,
            links,
            line: directive.span.line,
        });
        json::document(&self.script.modules, chosen, stem, &self.name)
    }

    /// The wanted directives, each with its links and its tests.
    pub(super) fn wanted(&self) -> impl Iterator<Item = (&Directive, &Links, &[TestInfo])> {
        let mut position = 0;
        let all = self.script.directives.iter().zip(&self.links).zip(&self.wanted);
        all.filter_map(move |((directive, links), wanted)| {
            let tests = position..position + tests_of(directive).len();
            position = tests.end;
            wanted.then(|| (directive, links, &self.tests[tests]))
        })
    }
}

/// Takes out what needs features beyond those, and what acts on the same modules. Gives the number of directives
/// that were wanted before.
fn leave_out(script: &Script, links: &[Links], features: FeatureSet, wanted: &mut [bool]) -> usize {
    let needs = |directive: &Directive| {
        let mut tests = tests_of(directive).into_iter();
        tests.any(|test| !test.proposals.difference(features).is_empty())
    };
    let needy: Vec<bool> = script.directives.iter().map(needs).collect();
    let groups = groups(links, &needy);
    let mut left_out = 0;
    for (n, links) in links.iter().enumerate() {
        if wanted[n] && (needy[n] || links.group.is_some_and(|group| groups.contains(&group))) {
            wanted[n] = false;
            left_out += 1;
        }
    }
    left_out
}

/// The groups of the directives that are marked.
fn groups(links: &[Links], marked: &[bool]) -> HashSet<usize> {
    links.iter().zip(marked).filter(|pair| *pair.1).filter_map(|pair| pair.0.group).collect()
}

/// A directive and, if it is a thread, those inside it, each of which is a test.
fn tests_of(directive: &Directive) -> Vec<&Directive> {
    let nested = directive.command.nested().iter().flat_map(tests_of);
    std::iter::once(directive).chain(nested).collect()
}
