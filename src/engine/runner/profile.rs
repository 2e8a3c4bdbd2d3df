//! What is known of a runner: how it is called, and how its words are to be read.
//!
//! In: TOML. Out: a [`Profile`]. Those that come with the harness are in `adapters/runners`.

use crate::forms::sheet::Form;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use touchstone_script::{Feature, FeatureSet};

/// The profiles that come with the harness.
const EMBEDDED: &[(&str, &str)] = &[
    (
        "binaryen",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/adapters/runners/binaryen.toml")),
    ),
    (
        "reference-interpreter",
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/adapters/runners/reference-interpreter.toml"
        )),
    ),
    ("wabt", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/adapters/runners/wabt.toml"))),
];

/// How the name of the script is found in what a runner says: `{file}` in patterns.
const FILE: &str = r#"(?:[^:"\n]*[/\\])?script\.(?:wast|json)"#;

/// What a failure looks like, where no profile says: the name of the script, and a line.
const USUAL_FAILURE: &str = r"{file}[:(](?<line>\d+)(?:[^ \n]*)?:?\s*(?<message>.*)$";

/// What is known of a runner.
#[derive(Debug)]
pub(super) struct Profile {
    /// Name of the engine.
    pub(super) name: Option<String>,
    /// Programs that it is for.
    pub(super) programs: Vec<String>,
    /// The command that runs a script, if the profile has one.
    pub(super) command: Option<String>,
    pub(super) version: Option<Version>,
    pub(super) form: Form,
    /// The features of the engine, with what switches each; all, if nothing is known.
    pub(super) features: Option<Vec<(Feature, Switch)>>,
    /// A directive failed: `message`, and `line`. Without `line` it is the one that began last.
    pub(super) failure: Vec<Regex>,
    /// A directive begins: `line`.
    pub(super) begins: Vec<Regex>,
    /// A directive met a trap: `message`, the trap, and `line`. Without `line` it is the one that began last.
    pub(super) trap: Vec<Regex>,
    /// What looks like a failure and is none.
    pub(super) passed: Vec<Regex>,
    /// The file cannot be read: `line`, if it is told, and `message`.
    pub(super) refusal: Vec<Regex>,
    pub(super) counts: Option<Counts>,
    /// How its traps are called in the specification's tests; one name may stand for several.
    pub(super) traps: BTreeMap<String, Vec<String>>,
}

/// How a runner is asked for its version.
#[derive(Debug)]
pub(super) struct Version {
    /// What stands behind the program.
    pub(super) arguments: Vec<String>,
    /// It has a group `version`.
    pub(super) pattern: Regex,
}

/// The totals that a runner prints.
#[derive(Debug)]
pub(super) struct Counts {
    /// It has groups `passed` and `total`.
    pub(super) pattern: Regex,
    /// Kinds of directives that are not counted.
    pub(super) uncounted: Vec<String>,
}

/// Words of the command line that switch a feature. One without any is always on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Switch {
    pub(super) on: Option<String>,
    pub(super) off: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    name: Option<String>,
    #[serde(default)]
    programs: Vec<String>,
    command: Option<String>,
    version: Option<VersionFile>,
    #[serde(default)]
    form: Form,
    features: Option<BTreeMap<String, Switch>>,
    failure: Option<Vec<String>>,
    #[serde(default)]
    begins: Vec<String>,
    #[serde(default)]
    trap: Vec<String>,
    #[serde(default)]
    passed: Vec<String>,
    #[serde(default)]
    refusal: Vec<String>,
    counts: Option<CountsFile>,
    #[serde(default)]
    traps: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VersionFile {
    arguments: Vec<String>,
    pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountsFile {
    pattern: String,
    #[serde(default)]
    uncounted: Vec<String>,
}

impl Profile {
    /// The profile in a file.
    ///
    /// # Errors
    /// Why it cannot be read, or what is wrong in it.
    pub(super) fn load(path: &Path) -> Result<Profile, String> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("cannot read the profile `{shown}`: {error}"))?;
        Profile::parse(&text).map_err(|wrong| format!("the profile `{shown}`: {wrong}"))
    }

    /// The profile of a runner that is known by its program, or what is to be assumed of any other.
    ///
    /// # Errors
    /// What is wrong in a profile that comes with the harness.
    pub(super) fn of_program(command: &[String]) -> Result<Profile, String> {
        for (name, text) in EMBEDDED {
            let file = File::parse(text).map_err(|wrong| format!("profile {name}: {wrong}"))?;
            if program(&file.programs, command).is_some() {
                return file.profile().map_err(|wrong| format!("profile {name}: {wrong}"));
            }
        }
        Profile::parse("")
    }

    /// Where the program stands in a command; interpreters of it may stand before.
    pub(super) fn program(&self, command: &[String]) -> usize {
        program(&self.programs, command).unwrap_or(0)
    }

    /// A profile from its text.
    ///
    /// # Errors
    /// What is wrong in it.
    fn parse(text: &str) -> Result<Profile, String> {
        File::parse(text)?.profile()
    }

    /// The features of the engine.
    pub(super) fn feature_set(&self) -> FeatureSet {
        match &self.features {
            None => Feature::ALL.iter().copied().collect(),
            Some(features) => features.iter().map(|(feature, _)| *feature).collect(),
        }
    }

    /// The features that cannot be switched off.
    pub(super) fn always_on(&self) -> FeatureSet {
        match &self.features {
            None => self.feature_set(),
            Some(features) => {
                let fixed = features.iter().filter(|(_, switch)| *switch == Switch::default());
                fixed.map(|(feature, _)| *feature).collect()
            }
        }
    }

    /// Words of the command line for a suite with these features.
    pub(super) fn switches(&self, suite: FeatureSet) -> Vec<String> {
        let switches = self.features.iter().flatten().filter_map(|(feature, switch)| {
            if suite.contains(*feature) { switch.on.clone() } else { switch.off.clone() }
        });
        switches.flat_map(|words| shlex::split(&words).unwrap_or_default()).collect()
    }
}

impl File {
    fn parse(text: &str) -> Result<File, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    fn profile(self) -> Result<Profile, String> {
        let features = self.features.map(|features| {
            let known = |(name, switch): (String, Switch)| match name.parse::<Feature>() {
                Ok(feature) => Ok((feature, switch)),
                Err(_) => Err(format!(
                    "no proposal is called `{name}`; proposals are named as their repositories are"
                )),
            };
            features.into_iter().map(known).collect::<Result<Vec<_>, String>>()
        });
        let version = self.version.map(|version| {
            let pattern = pattern("version", &version.pattern, &["version"])?;
            Ok::<_, String>(Version { arguments: version.arguments, pattern })
        });
        let counts = self.counts.map(|counts| {
            let pattern = pattern("counts", &counts.pattern, &["passed", "total"])?;
            Ok::<_, String>(Counts { pattern, uncounted: counts.uncounted })
        });
        let usual = || vec![USUAL_FAILURE.to_owned()];
        let failure = match self.failure {
            Some(failure) => failure,
            // Where it says which directive begins, the words that follow are the failure.
            None if !self.begins.is_empty() => Vec::new(),
            None => usual(),
        };
        Ok(Profile {
            name: self.name,
            programs: self.programs,
            command: self.command,
            version: version.transpose()?,
            form: self.form,
            features: features.transpose()?,
            failure: patterns("failure", &failure, &["message"])?,
            begins: patterns("begins", &self.begins, &["line"])?,
            trap: patterns("trap", &self.trap, &["message"])?,
            passed: patterns("passed", &self.passed, &[])?,
            refusal: patterns("refusal", &self.refusal, &["message"])?,
            counts: counts.transpose()?,
            traps: self.traps,
        })
    }
}

/// Where one of these programs stands in a command.
fn program(programs: &[String], command: &[String]) -> Option<usize> {
    let is_one = |word: &String| {
        let path = Path::new(word);
        let names = [path.file_name(), path.file_stem()];
        let mut names = names.into_iter().flatten().filter_map(|name| name.to_str());
        names.any(|name| programs.iter().any(|program| program == name))
    };
    command.iter().position(is_one)
}

fn patterns(key: &str, texts: &[String], groups: &[&str]) -> Result<Vec<Regex>, String> {
    texts.iter().map(|text| pattern(key, text, groups)).collect()
}

/// A pattern, which must have these groups.
fn pattern(key: &str, text: &str, groups: &[&str]) -> Result<Regex, String> {
    let regex =
        Regex::new(&text.replace("{file}", FILE)).map_err(|error| format!("`{key}`: {error}"))?;
    let missing =
        groups.iter().find(|group| !regex.capture_names().flatten().any(|n| n == **group));
    match missing {
        Some(group) => Err(format!("`{key}`: the pattern `{text}` has no group `(?<{group}>…)`")),
        None => Ok(regex),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_that_comes_along_is_read() {
        for (name, text) in EMBEDDED {
            let file = File::parse(text).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
            assert!(!file.programs.is_empty(), "{name} is never recognised");
            let profile = file.profile().unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
            assert!(profile.name.is_some(), "{name} has no name");
        }
    }

    #[test]
    fn a_runner_is_recognised_by_its_program() {
        let of = |command: &[&str]| {
            let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
            let profile = Profile::of_program(&command).expect("profiles are right");
            let at = profile.program(&command);
            (profile.name, profile.form, at)
        };
        assert_eq!(of(&["/a/spectest-interp"]), (Some("WABT".into()), Form::Json, 0));
        assert_eq!(of(&["node", "/a/wasm-shell.js"]), (Some("Binaryen".into()), Form::Wast, 1));
        assert_eq!(of(&["nobody-knows-me"]), (None, Form::Wast, 0));
    }

    #[test]
    fn what_is_wrong_in_a_profile_is_said() {
        let wrong = |text: &str| Profile::parse(text).expect_err("it is wrong");
        assert!(wrong("nmae = 'x'").contains("unknown field"));
        assert!(wrong("features = { gcc = {} }").contains("no proposal is called `gcc`"));
        assert!(wrong("failure = ['(']").contains("`failure`"));
        assert!(wrong("begins = ['x']").contains("no group `(?<line>…)`"));
    }

    #[test]
    fn features_are_switched_as_the_suite_asks() {
        let text = r#"[features]
            simd = { off = "--no-simd" }
            threads = { on = "--threads yes" }
            multi-value = {}
        "#;
        let profile = Profile::parse(text).expect("it is right");
        let with = |features: &[Feature]| profile.switches(features.iter().copied().collect());
        assert_eq!(with(&[]), ["--no-simd"]);
        assert_eq!(with(&[Feature::Simd, Feature::Threads]), ["--threads", "yes"]);
        assert_eq!(profile.always_on(), FeatureSet::EMPTY.with(Feature::MultiValue));
        assert!(profile.feature_set().contains(Feature::Simd));
    }
}
