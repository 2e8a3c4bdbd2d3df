//! The names of a running script: module definitions, instances, and what is importable.
//!
//! In: what became of each module. Out: what a name stands for now, or why it stands for nothing. The three
//! namespaces are separate: `$M` is not importable as "M" unless it was registered. Nothing here executes
//! anything.

use crate::engine::{InstanceId, ModuleId};
use crate::outcome::{FailureClass, Outcome, Told, Verdict};
use std::collections::HashMap;
use touchstone_script::ModuleIndex;

/// Why something that a script refers to is not there.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// The directive that was to define it failed.
    Blocked {
        /// Identity of the directive at fault.
        by: String,
    },
    /// The engine lacks a feature that the definition needs.
    Unsupported {
        /// The proposal, by name.
        feature: String,
    },
    /// The exception list says not to run what defines it.
    Skipped {
        /// Why, in the words of the list.
        reason: String,
    },
}

impl Missing {
    /// The reason why nothing can use what the directive `id` was to define, after that directive got
    /// `verdict`.
    pub fn after(verdict: &Verdict, id: &str) -> Missing {
        match &verdict.outcome {
            Outcome::Unsupported { feature } => Missing::Unsupported { feature: feature.clone() },
            Outcome::Blocked { by } => Missing::Blocked { by: by.clone() },
            Outcome::Skip { reason } => Missing::Skipped { reason: reason.clone() },
            _ => Missing::Blocked { by: id.into() },
        }
    }

    /// The verdict of a directive that failed, if it may have failed because something is missing. A failure
    /// in another class than a value or a trap cannot follow from that and stays what it is.
    pub fn excuse(&self, verdict: Verdict) -> Verdict {
        let may_follow = matches!(verdict.class, Some(FailureClass::Value | FailureClass::Trap));
        if verdict.outcome != Outcome::Fail || !may_follow {
            return verdict;
        }
        let Told { message, expected, actual, .. } =
            verdict.told.map(|told| *told).unwrap_or_default();
        let said = message.unwrap_or_default();
        let judged = self.clone().verdict();
        let why = judged.message.clone().unwrap_or_default();
        let told = Told { expected, actual, ..(*judged).clone() };
        judged.telling(told).saying(format!("{said}; but it shares state with what is {why}"))
    }

    /// The verdict of a directive that depends on what is missing.
    pub fn verdict(self) -> Verdict {
        match self {
            Missing::Blocked { by } => {
                let message = format!("blocked by {by}");
                Verdict::of(Outcome::Blocked { by }).saying(message)
            }
            Missing::Unsupported { feature } => {
                let message = match feature.strip_prefix("limit:") {
                    Some(limit) => format!("dependent on a module that exceeds a limit: {limit}"),
                    None => format!("dependent on a module that needs {feature}"),
                };
                Verdict::of(Outcome::Unsupported { feature }).saying(message)
            }
            Missing::Skipped { reason } => Verdict::of(Outcome::Skip { reason }),
        }
    }
}

/// A module that was compiled, and where its source is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Definition {
    /// The engine's handle.
    pub id: ModuleId,
    /// Its source in the script.
    pub source: ModuleIndex,
}

/// Something that is there, or the reason why not.
pub type Slot<T> = Result<T, Missing>;

/// The current bindings.
#[derive(Debug, Default)]
pub struct Bindings {
    definitions: Names<Definition>,
    instances: Names<InstanceId>,
    unregistered: HashMap<String, Missing>,
    registered: HashMap<String, InstanceId>,
    shared: SharedState,
    holds: Holds,
}

impl Bindings {
    /// Binds a definition, and makes it the latest one.
    pub fn define(&mut self, name: Option<&str>, definition: Slot<Definition>) {
        self.definitions.bind(name, definition);
    }

    /// Binds an instance, and makes it the current one.
    ///
    /// A failed instantiation binds the reason for the failure: the directives that follow refer to the
    /// module that failed, not to the one before it.
    pub fn instantiated(&mut self, name: Option<&str>, instance: Slot<InstanceId>) {
        let places = 1 + u32::from(name.is_some());
        instance.iter().for_each(|instance| self.holds.add(*instance, places));
        let replaced = self.instances.bind(name, instance);
        replaced.into_iter().flatten().flatten().for_each(|instance| self.holds.remove(instance));
    }

    /// Takes note that an instantiation begins. However it ends, `name` will be bound to it and it will be
    /// the current one, so the script no longer refers to the instances that have been bound so far.
    pub fn instantiating(&mut self, name: Option<&str>) {
        let replaced = self.instances.take(name);
        replaced.into_iter().flatten().flatten().for_each(|instance| self.holds.remove(instance));
    }

    /// Binds an instance to a name, without making it the current one.
    pub fn adopt(&mut self, name: &str, instance: InstanceId) {
        self.holds.add(instance, 1);
        let replaced = self.instances.named.insert(name.into(), Ok(instance));
        replaced.into_iter().flatten().for_each(|instance| self.holds.remove(instance));
    }

    /// Takes note of an instance that no name is bound to and that is not the current one.
    pub fn not_bound(&mut self, instance: InstanceId) {
        self.holds.add(instance, 1);
        self.holds.remove(instance);
    }

    /// The instances that the script has become unable to refer to since the last call: they have no name any
    /// more, are not the current one, and cannot be imported from. Each is given once.
    pub fn take_given_up(&mut self) -> Vec<InstanceId> {
        std::mem::take(&mut self.holds.given_up)
    }

    /// The definition of that name, or the latest one if no name is given. `None` means that there never was
    /// one.
    pub fn definition(&self, name: Option<&str>) -> Option<&Slot<Definition>> {
        self.definitions.find(name)
    }

    /// The instance of that name, or the current one if no name is given. `None` means that there never was
    /// one.
    pub fn instance(&self, name: Option<&str>) -> Option<&Slot<InstanceId>> {
        self.instances.find(name)
    }

    /// Remembers that `name` is importable, or why it is not.
    pub fn registered(&mut self, name: &str, slot: Slot<InstanceId>) {
        match slot {
            Ok(instance) => {
                self.unregistered.remove(name);
                self.holds.add(instance, 1);
                let replaced = self.registered.insert(name.into(), instance);
                replaced.into_iter().for_each(|instance| self.holds.remove(instance));
            }
            Err(missing) => {
                let replaced = self.registered.remove(name);
                replaced.into_iter().for_each(|instance| self.holds.remove(instance));
                // Until the name is registered again, no module that imports from it is instantiated.
                self.unregistered.insert(name.into(), missing);
            }
        }
    }

    /// Whether anything was registered, so that modules may share state by importing it.
    pub fn has_registered(&self) -> bool {
        !self.registered.is_empty()
    }

    /// Takes note that `instance` imports from those names, so that it shares state with the instances that
    /// they stand for.
    pub fn imports(&mut self, instance: InstanceId, names: &[&str]) {
        let others: Vec<InstanceId> =
            names.iter().filter_map(|name| self.registered.get(*name).copied()).collect();
        others.into_iter().for_each(|other| self.shared.join(instance, other));
    }

    /// Takes note that a module that imports from those names did not run, so that the state which it would
    /// have changed in them is not what the script expects.
    pub fn did_not_change(&mut self, names: &[&str], missing: &Missing) {
        let others: Vec<InstanceId> =
            names.iter().filter_map(|name| self.registered.get(*name).copied()).collect();
        others.into_iter().for_each(|other| self.shared.taint(other, missing));
    }

    /// The reason why the state of that instance may not be what the script expects.
    pub fn taint(&self, name: Option<&str>) -> Option<&Missing> {
        let instance = self.instance(name)?.as_ref().ok()?;
        self.shared.taint_of(*instance)
    }

    /// Whether every name that the script registered stands for an instance.
    pub fn registry_is_whole(&self) -> bool {
        self.unregistered.is_empty()
    }

    /// The reason why nothing can be imported from `name`, if a directive that was to register it did not
    /// succeed.
    pub fn unregistered(&self, name: &str) -> Option<&Missing> {
        self.unregistered.get(name)
    }

    /// Takes note that the directive `id` crashed the engine, so that nothing that was there can be used any
    /// more.
    pub fn mark_all_missing(&mut self, id: &str) {
        let missing = Missing::Blocked { by: id.into() };
        self.definitions.mark_missing(&missing);
        self.instances.mark_missing(&missing);
        for (name, _) in self.registered.drain() {
            self.unregistered.insert(name, missing.clone());
        }
        // The session that follows gives the same numbers to instances of its own.
        self.holds = Holds::default();
        self.shared = SharedState::default();
    }
}

/// Counts the ways in which a script can refer to each instance: its names, those to import it from, and its
/// being the current one.
#[derive(Debug, Default)]
struct Holds {
    counts: HashMap<InstanceId, u32>,
    /// The instances that the script cannot refer to any more.
    given_up: Vec<InstanceId>,
}

impl Holds {
    fn add(&mut self, instance: InstanceId, names: u32) {
        *self.counts.entry(instance).or_default() += names;
    }

    fn remove(&mut self, instance: InstanceId) {
        if let Some(count) = self.counts.get_mut(&instance) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&instance);
                self.given_up.push(instance);
            }
        }
    }
}

/// Which instances share state by imports, and why some of that state is not as it should be.
#[derive(Debug, Default)]
struct SharedState {
    /// A union-find forest: maps an instance to its representative, or to an instance that is nearer to the
    /// representative.
    parents: HashMap<InstanceId, InstanceId>,
    taints: HashMap<InstanceId, Missing>,
}

impl SharedState {
    fn representative(&self, mut instance: InstanceId) -> InstanceId {
        while let Some(parent) = self.parents.get(&instance) {
            instance = *parent;
        }
        instance
    }

    fn join(&mut self, a: InstanceId, b: InstanceId) {
        let (a, b) = (self.representative(a), self.representative(b));
        if a != b {
            self.parents.insert(a, b);
            if let Some(taint) = self.taints.remove(&a) {
                self.taints.entry(b).or_insert(taint);
            }
        }
    }

    fn taint(&mut self, instance: InstanceId, missing: &Missing) {
        let representative = self.representative(instance);
        self.taints.entry(representative).or_insert_with(|| missing.clone());
    }

    fn taint_of(&self, instance: InstanceId) -> Option<&Missing> {
        self.taints.get(&self.representative(instance))
    }
}

/// The slots that have names, and the latest slot, which is meant where a script gives no name.
#[derive(Debug)]
struct Names<T> {
    named: HashMap<String, Slot<T>>,
    latest: Option<Slot<T>>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Names { named: HashMap::new(), latest: None }
    }
}

impl<T: Copy> Names<T> {
    /// Binds `slot` to the name, and as the latest one. Gives what was bound to the name and what was the
    /// latest one before.
    fn bind(&mut self, name: Option<&str>, slot: Slot<T>) -> [Option<Slot<T>>; 2] {
        let named = name.and_then(|name| self.named.insert(name.into(), slot.clone()));
        [named, self.latest.replace(slot)]
    }

    /// Removes and gives what is bound to the name and what is the latest one.
    fn take(&mut self, name: Option<&str>) -> [Option<Slot<T>>; 2] {
        [name.and_then(|name| self.named.remove(name)), self.latest.take()]
    }

    fn find(&self, name: Option<&str>) -> Option<&Slot<T>> {
        match name {
            Some(name) => self.named.get(name),
            None => self.latest.as_ref(),
        }
    }

    fn mark_missing(&mut self, missing: &Missing) {
        for slot in self.named.values_mut().chain(self.latest.as_mut()) {
            if slot.is_ok() {
                *slot = Err(missing.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_the_latest() {
        let mut bindings = Bindings::default();
        assert!(bindings.instance(None).is_none());
        bindings.instantiated(Some("A"), Ok(InstanceId(0)));
        bindings.instantiated(None, Ok(InstanceId(1)));
        assert_eq!(bindings.instance(None), Some(&Ok(InstanceId(1))));
        assert_eq!(bindings.instance(Some("A")), Some(&Ok(InstanceId(0))));
        assert!(bindings.instance(Some("B")).is_none());
    }

    #[test]
    fn a_failure_is_current_and_a_registration_mends_a_name() {
        let mut bindings = Bindings::default();
        bindings.instantiated(None, Ok(InstanceId(0)));
        let missing = Missing::Blocked { by: "x:1:module".into() };
        bindings.instantiated(None, Err(missing.clone()));
        assert_eq!(bindings.instance(None), Some(&Err(missing.clone())));
        bindings.registered("m", Err(missing.clone()));
        assert_eq!(bindings.unregistered("m"), Some(&missing));
        bindings.registered("m", Ok(InstanceId(0)));
        assert!(bindings.registry_is_whole());
    }

    #[test]
    fn an_instance_is_given_up_when_no_name_is_left() {
        let mut bindings = Bindings::default();
        bindings.instantiated(None, Ok(InstanceId(0)));
        bindings.instantiated(Some("A"), Ok(InstanceId(1)));
        assert_eq!(bindings.take_given_up(), [InstanceId(0)]);
        bindings.registered("a", Ok(InstanceId(1)));
        bindings.instantiated(Some("A"), Ok(InstanceId(2)));
        // The instance can still be imported from.
        assert_eq!(bindings.take_given_up(), []);
        bindings.registered("a", Ok(InstanceId(2)));
        assert_eq!(bindings.take_given_up(), [InstanceId(1)]);
        // The current instance may also have a name.
        bindings.instantiated(None, Err(Missing::Skipped { reason: "x".into() }));
        assert_eq!(bindings.take_given_up(), []);
        bindings.adopt("A", InstanceId(3));
        bindings.registered("a", Err(Missing::Skipped { reason: "x".into() }));
        assert_eq!(bindings.take_given_up(), [InstanceId(2)]);
        bindings.not_bound(InstanceId(4));
        assert_eq!(bindings.take_given_up(), [InstanceId(4)]);
        assert_eq!(bindings.take_given_up(), []);
    }

    #[test]
    fn an_instance_is_given_up_before_what_replaces_it_is_there() {
        let mut bindings = Bindings::default();
        bindings.instantiated(Some("A"), Ok(InstanceId(0)));
        bindings.instantiated(Some("B"), Ok(InstanceId(1)));
        bindings.instantiating(None);
        assert_eq!(bindings.take_given_up(), []);
        bindings.instantiated(None, Ok(InstanceId(2)));
        bindings.instantiating(Some("A"));
        assert_eq!(bindings.take_given_up(), [InstanceId(0), InstanceId(2)]);
        bindings.instantiated(Some("A"), Err(Missing::Skipped { reason: "x".into() }));
        assert_eq!(bindings.take_given_up(), []);
        bindings.registered("b", Ok(InstanceId(1)));
        bindings.instantiating(Some("B"));
        assert_eq!(bindings.take_given_up(), []);
    }

    #[test]
    fn what_a_crash_took_is_not_given_up_in_the_session_after_it() {
        let mut bindings = Bindings::default();
        bindings.instantiated(None, Ok(InstanceId(0)));
        bindings.registered("a", Ok(InstanceId(0)));
        bindings.mark_all_missing("x:2:invoke");
        bindings.instantiated(None, Ok(InstanceId(0)));
        bindings.registered("a", Ok(InstanceId(0)));
        assert_eq!(bindings.take_given_up(), []);
    }

    #[test]
    fn what_a_crash_took_does_not_excuse_the_session_after_it() {
        let mut bindings = Bindings::default();
        bindings.instantiated(None, Ok(InstanceId(0)));
        bindings.registered("a", Ok(InstanceId(0)));
        bindings.did_not_change(&["a"], &Missing::Skipped { reason: "x".into() });
        bindings.mark_all_missing("x:2:invoke");
        bindings.instantiated(None, Ok(InstanceId(0)));
        assert_eq!(bindings.taint(None), None);
    }

    #[test]
    fn a_crash_blocks_all_that_was_there() {
        let mut bindings = Bindings::default();
        bindings.instantiated(Some("A"), Ok(InstanceId(0)));
        bindings.registered("a", Ok(InstanceId(0)));
        bindings.mark_all_missing("x:2:invoke");
        let missing = Missing::Blocked { by: "x:2:invoke".into() };
        assert_eq!(bindings.instance(None), Some(&Err(missing.clone())));
        assert_eq!(bindings.unregistered("a"), Some(&missing));
    }

    #[test]
    fn shared_state_is_tainted_as_a_whole() {
        let mut bindings = Bindings::default();
        bindings.instantiated(Some("A"), Ok(InstanceId(0)));
        bindings.registered("a", Ok(InstanceId(0)));
        bindings.instantiated(Some("B"), Ok(InstanceId(1)));
        bindings.imports(InstanceId(1), &["a", "spectest"]);
        bindings.instantiated(Some("C"), Ok(InstanceId(2)));
        let missing = Missing::Unsupported { feature: "gc".into() };
        bindings.did_not_change(&["a"], &missing);
        assert_eq!(bindings.taint(Some("A")), Some(&missing));
        assert_eq!(bindings.taint(Some("B")), Some(&missing));
        assert_eq!(bindings.taint(Some("C")), None);
        bindings.imports(InstanceId(2), &["a"]);
        assert_eq!(bindings.taint(None), Some(&missing));
    }
}
