//! What a dialect changes in how its scripts are run and judged.
//!
//! In: nothing. Out: plain data, which the harness goes by. Nothing here knows of engines or verdicts.

/// The rules of a script. The default are those of the specification's own test suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whether a named instance can be imported from by its name, without a `register`.
    pub names_are_importable: bool,
    /// Whether modules are instantiated; where not, they are only validated.
    pub instantiates: bool,
    /// Whether `assert_invalid` and `assert_malformed` ask for the same: that the module is refused.
    pub refusals_are_alike: bool,
    /// Whether an instantiation that traps is as good as one that does not link for `assert_unlinkable`.
    pub traps_are_link_errors: bool,
    /// How the texts of assertions are compared.
    pub messages: Messages,
    /// Modules that scripts can import from.
    pub hosts: Vec<HostModule>,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            names_are_importable: false,
            instantiates: true,
            refusals_are_alike: false,
            traps_are_link_errors: false,
            messages: Messages::default(),
            hosts: Vec::new(),
        }
    }
}

/// How the texts of assertions are compared with failures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    /// How a text is compared with what the reference interpreter says.
    pub compare: Compare,
    /// Texts, each with the failures that it stands for, in the words of the reference interpreter.
    pub meanings: Vec<(String, Vec<String>)>,
}

/// How a text is compared with what the reference interpreter says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compare {
    /// It is the beginning of it.
    #[default]
    Prefix,
    /// It is a part of it, or the other way round.
    Within,
    /// It is not compared at all.
    No,
}

/// A module that scripts of a dialect can import from: a module of Wasm, which is instantiated before the
/// script begins if anything in it imports from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostModule {
    /// The name to import from.
    pub name: String,
    /// Its Wasm bytes.
    pub wasm: Vec<u8>,
}
