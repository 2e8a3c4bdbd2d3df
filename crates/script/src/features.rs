//! WebAssembly features, which have the names of the proposals that brought them.
//!
//! In: names from suites and exception lists. Out: sets, and the flags that
//! `wasmparser` validates with. Which module needs which feature is told by
//! `crate::infer`, not here.

use serde::{Deserialize, Serialize};
use std::fmt;
use touchstone_validate::proposals::{PROPOSALS, Proposal, Support};
use wasmparser::WasmFeatures;

macro_rules! features {
    ($( $variant:ident, $name:literal, $($flag:ident)|*, $operators:literal, $support:ident; )*) => {
        /// One proposal.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Feature { $( $variant, )* }

        impl Feature {
            /// Every feature, oldest first.
            pub const ALL: &'static [Feature] = &[ $( Feature::$variant, )* ];
        }
    };
}

touchstone_validate::foreach_proposal!(features);

impl Feature {
    /// The entry of the list of proposals for this feature.
    fn proposal(self) -> &'static Proposal {
        // The variants are made from the same list, and have its order.
        &PROPOSALS[self as usize]
    }

    /// The name of the proposal, which is that of its repository.
    pub fn name(self) -> &'static str {
        self.proposal().name
    }

    /// The flags that make `wasmparser` accept the feature (without the flags of features that it builds on).
    /// They are empty if the binary format does not show the feature.
    pub fn flags(self) -> WasmFeatures {
        self.proposal().flags
    }

    /// Whether our own engine implements the whole feature, on hosts that lack nothing.
    pub fn is_implemented(self) -> bool {
        self.proposal().support == Support::Whole
    }
}

/// A set of features.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct FeatureSet(u64);

impl FeatureSet {
    /// No feature: WebAssembly 1.0 with the deviations of [`FeatureSet::wasm_features`].
    pub const EMPTY: FeatureSet = FeatureSet(0);

    /// The set with `feature` added.
    #[must_use]
    pub const fn with(self, feature: Feature) -> Self {
        FeatureSet(self.0 | 1 << feature as u8)
    }
    /// The set with `feature` taken out.
    #[must_use]
    pub const fn without(self, feature: Feature) -> Self {
        FeatureSet(self.0 & !(1 << feature as u8))
    }
    /// The features that are members of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        FeatureSet(self.0 | other.0)
    }
    /// The features that are members of both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        FeatureSet(self.0 & other.0)
    }
    /// The members of this set that `other` lacks.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        FeatureSet(self.0 & !other.0)
    }
    /// Whether `feature` is a member.
    pub const fn contains(self, feature: Feature) -> bool {
        self.0 & (1 << feature as u8) != 0
    }
    /// Whether it has no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// Members, oldest first.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        Feature::ALL.iter().copied().filter(move |f| self.contains(*f))
    }
    /// The flags that `wasmparser` needs to validate with these features. Floats are always on.
    pub fn wasm_features(self) -> WasmFeatures {
        self.iter().fold(WasmFeatures::FLOATS, |all, f| all | f.flags())
    }
}

impl FromIterator<Feature> for FeatureSet {
    fn from_iter<I: IntoIterator<Item = Feature>>(iter: I) -> Self {
        iter.into_iter().fold(FeatureSet::EMPTY, FeatureSet::with)
    }
}

impl fmt::Debug for FeatureSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Feature::name)).finish()
    }
}

impl std::str::FromStr for Feature {
    type Err = String;
    /// Finds a feature by the name of its proposal. The error only repeats the name and suggests no other
    /// one.
    fn from_str(name: &str) -> Result<Self, String> {
        Feature::ALL
            .iter()
            .copied()
            .find(|f| f.name() == name)
            .ok_or_else(|| format!("unknown proposal `{name}`"))
    }
}
