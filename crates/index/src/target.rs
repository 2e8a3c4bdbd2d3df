//! Evaluates `cfg(…)` against a target that is described as data.
//!
//! In: Cargo's cfg syntax and the variables `CARGO_CFG_…`. Out: yes or no. The `cfg!` of the code that runs
//! here is not asked, as that tells of the host.

use cfg_expr::Expression;
use cfg_expr::expr::{Predicate, TargetPredicate};
use std::collections::BTreeMap;

/// The target that tests will run on, as Cargo tells it to build scripts.
pub(crate) struct Target<'a>(pub(crate) &'a BTreeMap<String, String>);

impl Target<'_> {
    /// Whether an expression holds.
    ///
    /// # Errors
    /// Fails if the expression is not in Cargo's cfg syntax, or asks for something that is not a property of
    /// the target.
    pub(crate) fn holds(&self, text: &str) -> Result<bool, String> {
        let remedy = "write it as in Cargo.toml, such as `cfg(target_arch = \"x86_64\")`";
        if !(text.starts_with("cfg(") && text.ends_with(')')) {
            return Err(format!("`{text}` is not a cfg expression; {remedy}"));
        }
        let expression = Expression::parse(text)
            .map_err(|error| format!("bad cfg `{text}`: {}; {remedy}", error.reason))?;
        for predicate in expression.predicates() {
            if matches!(predicate, Predicate::Test | Predicate::ProcMacro | Predicate::Feature(_)) {
                return Err(format!(
                    "bad cfg `{text}`: it asks for something that is not of the target; {remedy}"
                ));
            }
        }
        Ok(expression.eval(|predicate| self.predicate(predicate)))
    }

    fn predicate(&self, predicate: &Predicate<'_>) -> bool {
        match predicate {
            Predicate::Target(target) => self.target(target),
            Predicate::TargetFeature(feature) => self.lists("target_feature", feature),
            Predicate::DebugAssertions => self.is_set("debug_assertions"),
            Predicate::Flag(flag) => self.is_set(flag),
            Predicate::KeyValue { key, val } => self.lists(key, val),
            Predicate::Test | Predicate::ProcMacro | Predicate::Feature(_) => false,
        }
    }

    fn target(&self, predicate: &TargetPredicate) -> bool {
        match predicate {
            TargetPredicate::Abi(abi) => self.lists("target_abi", abi.as_str()),
            TargetPredicate::Arch(arch) => self.lists("target_arch", arch.as_str()),
            TargetPredicate::Endian(endian) => {
                let word =
                    if matches!(endian, cfg_expr::targets::Endian::big) { "big" } else { "little" };
                self.lists("target_endian", word)
            }
            TargetPredicate::Env(env) => self.lists("target_env", env.as_str()),
            TargetPredicate::Family(family) => self.lists("target_family", family.as_str()),
            TargetPredicate::HasAtomic(size) => self.lists("target_has_atomic", &size.to_string()),
            TargetPredicate::Os(os) => self.lists("target_os", os.as_str()),
            TargetPredicate::Panic(panic) => self.lists("panic", panic.as_str()),
            TargetPredicate::PointerWidth(bits) => {
                self.lists("target_pointer_width", &bits.to_string())
            }
            TargetPredicate::Vendor(vendor) => self.lists("target_vendor", vendor.as_str()),
        }
    }

    fn variable(&self, key: &str) -> Option<&String> {
        self.0.get(&format!("CARGO_CFG_{}", key.to_uppercase().replace('-', "_")))
    }

    fn is_set(&self, key: &str) -> bool {
        self.variable(key).is_some()
    }

    /// Whether one of the values of `key` is `value`; a key that is not there has the empty value.
    fn lists(&self, key: &str, value: &str) -> bool {
        self.variable(key).map_or("", String::as_str).split(',').any(|one| one == value)
    }
}

#[cfg(test)]
pub(crate) fn of_arch(arch: &str, endian: &str) -> BTreeMap<String, String> {
    let pairs = [
        ("ARCH", arch),
        ("ENDIAN", endian),
        ("OS", "linux"),
        ("FAMILY", "unix"),
        ("ENV", "gnu"),
        ("VENDOR", "unknown"),
        ("POINTER_WIDTH", "64"),
        ("HAS_ATOMIC", "16,32,64,8,ptr"),
    ];
    let named = pairs.map(|(key, value)| (format!("CARGO_CFG_TARGET_{key}"), value.to_owned()));
    named.into_iter().chain([("CARGO_CFG_UNIX".to_owned(), String::new())]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_the_target_not_the_host() {
        let variables = of_arch("s390x", "big");
        let target = Target(&variables);
        for (expression, want) in [
            (r#"cfg(target_arch = "s390x")"#, true),
            (r#"cfg(target_arch = "x86_64")"#, false),
            (r#"cfg(not(target_arch = "x86_64"))"#, true),
            (r#"cfg(all(target_endian = "big", unix))"#, true),
            ("cfg(windows)", false),
            (r#"cfg(any(target_os = "macos", target_family = "unix"))"#, true),
            (r#"cfg(target_pointer_width = "32")"#, false),
            (r#"cfg(target_has_atomic = "64")"#, true),
            (r#"cfg(target_env = "gnu")"#, true),
            (r#"cfg(target_vendor = "unknown")"#, true),
        ] {
            assert_eq!(target.holds(expression), Ok(want), "{expression}");
        }
    }

    #[test]
    fn refuses_what_is_not_of_the_target() {
        let variables = of_arch("x86_64", "little");
        for expression in [
            "",
            "x86_64",
            "cfg(",
            "cfg(all(",
            "cfg(not(a, b))",
            r#"cfg(feature = "x")"#,
            "cfg(test)",
        ] {
            assert!(Target(&variables).holds(expression).is_err(), "{expression}");
        }
    }
}
