//! What a dialect makes of one script.
//!
//! In: a dialect, the path of a script below the root of its checkout, and its text. Out: the features and
//! rules that it is judged under, and which of its tests are not run or not expected to pass. Nothing here
//! looks for scripts.

use super::form::{Dialect, Expectation, Skip};
use super::header::leading;
use super::rules::Rules;
use crate::exceptions::{Exception, Expect, glob};
use std::sync::Arc;
use touchstone_script::{FeatureSet, Kind, LowerError, Script, test_keys};

/// How a script is judged.
#[derive(Debug)]
pub(crate) struct Judged<'d> {
    pub(crate) features: FeatureSet,
    pub(crate) rules: Arc<Rules>,
    /// Why it is not run.
    pub(crate) skipped: Option<Arc<Exception>>,
    /// Sorts of directive that are not run, and why.
    kinds: Vec<(Kind, Arc<Exception>)>,
    expectations: &'d [Expectation],
    dialect: &'d str,
    path: String,
}

/// The exception that says not to run something.
fn skip(reason: &str, dialect: &str) -> Arc<Exception> {
    Arc::new(exception(Expect::Skip, reason.to_owned(), dialect))
}

/// What a dialect says of a test. A list that a user gives goes before it, as before the one that is built in.
fn exception(expect: Expect, reason: String, dialect: &str) -> Exception {
    Exception {
        test: String::new(),
        expect,
        fingerprint: None,
        reason,
        fixme: String::new(),
        engine: None,
        revoked_by: None,
        built_in: true,
        list: format!("the dialect {dialect}"),
        line: 0,
    }
}

impl Dialect {
    /// How the script at `path` with this text is judged. `is_beside` says whether there is a file of that
    /// name in its folder.
    ///
    /// # Errors
    /// Says where the comments at the top of the script cannot be read.
    pub(crate) fn judge(
        &self,
        path: &str,
        text: &str,
        is_beside: &dyn Fn(&str) -> bool,
    ) -> Result<Judged<'_>, LowerError> {
        let mut judged = Judged {
            features: self.features,
            rules: self.rules.clone(),
            skipped: None,
            kinds: Vec::new(),
            expectations: &self.expectations,
            dialect: &self.name,
            path: path.to_owned(),
        };
        for entry in self.skips.iter().filter(|skip| skip.is_about(path, text, is_beside)) {
            let exception = skip(&entry.reason, &self.name);
            match entry.kinds.is_empty() {
                true => judged.skipped = judged.skipped.or(Some(exception)),
                false => {
                    let kinds = entry.kinds.iter().map(|kind| (*kind, exception.clone()));
                    judged.kinds.extend(kinds);
                }
            }
        }
        for folder in &self.folders {
            let Some(name) = folder.path.find(path) else { continue };
            judged.features = folder.change.of(judged.features, true);
            if folder.adds_name {
                self.ask(&mut judged, name, true);
            }
        }
        if judged.skipped.is_none()
            && let Some(header) = &self.header
        {
            for wish in header.read(text)? {
                self.ask(&mut judged, &wish.name, wish.on);
            }
        }
        Ok(judged)
    }

    /// Switches on or off what a name of the owners means. A script that asks for something unknown is not
    /// run.
    fn ask(&self, judged: &mut Judged<'_>, name: &str, on: bool) {
        if let Some(meaning) = self.names.get(name) {
            judged.features = meaning.change.of(judged.features, on);
            if let Some(reason) = if on { &meaning.skip } else { &meaning.off } {
                judged.skipped.get_or_insert_with(|| skip(reason, &self.name));
            }
            return;
        }
        let feature =
            [name.to_owned(), name.replace('_', "-")].into_iter().find_map(|n| n.parse().ok());
        match feature {
            Some(feature) if on => judged.features = judged.features.with(feature),
            Some(feature) => judged.features = judged.features.without(feature),
            None if on => {
                let dialect = &self.name;
                let reason =
                    format!("it asks for `{name}`, which the dialect {dialect} does not know");
                judged.skipped.get_or_insert_with(|| skip(&reason, dialect));
            }
            None => {}
        }
    }
}

impl Skip {
    fn is_about(&self, path: &str, text: &str, is_beside: &dyn Fn(&str) -> bool) -> bool {
        let found = self.path.as_ref().map(|pattern| pattern.find(path));
        let name = match found {
            Some(None) => return false,
            Some(Some(name)) => name,
            None => "",
        };
        let twin = self.beside.as_ref().map(|beside| beside.replace(super::pattern::NAME, name));
        twin.is_none_or(|twin| is_beside(&twin))
            && self
                .line
                .as_ref()
                .is_none_or(|begin| leading(text).any(|(_, line)| line.starts_with(begin.as_str())))
    }
}

impl Judged<'_> {
    /// What is said of each test of a script: that it is not run, or how it is expected to fail.
    pub(crate) fn exceptions(&self, script: &Script) -> Vec<Vec<Arc<Exception>>> {
        let keys = test_keys(script).into_iter().zip(script.tests());
        keys.map(|(key, directive)| {
            if let Some(skip) = &self.skipped {
                return vec![skip.clone()];
            }
            if let Some((_, skip)) = self.kinds.iter().find(|(kind, _)| *kind == key.kind) {
                return vec![skip.clone()];
            }
            if self.expectations.is_empty() {
                return Vec::new();
            }
            let mut id = format!("{}:", self.path);
            key.write(&mut id);
            let hash = directive.hash.to_string();
            let about = self.expectations.iter().find(|e| e.is_about(&id, &hash));
            about.map(|e| Arc::new(e.exception(self.dialect))).into_iter().collect()
        })
        .collect()
    }
}

impl Expectation {
    fn is_about(&self, id: &str, hash: &str) -> bool {
        self.test.as_ref().is_some_and(|test| glob(test, id))
            || self.hash.as_ref().is_some_and(|wanted| wanted == hash)
    }

    fn exception(&self, dialect: &str) -> Exception {
        let revoked_by = self.revoked_by.clone();
        let base = exception(Expect::Fail(self.class), self.reason.clone(), dialect);
        let test = self.test.clone().or_else(|| self.hash.clone()).unwrap_or_default();
        Exception { test, revoked_by, line: self.line, ..base }
    }
}
