//! What scripts registered, for adapters whose engines take imports one by one.

use std::collections::HashMap;

/// Exports by the names of their modules, and by their own.
#[derive(Clone, Debug)]
pub struct Registry<E> {
    modules: HashMap<String, HashMap<String, E>>,
}

impl<E> Default for Registry<E> {
    fn default() -> Self {
        Registry { modules: HashMap::new() }
    }
}

impl<E> Registry<E> {
    /// Makes exports importable under a name, instead of those that were, or in addition to them.
    pub fn register(
        &mut self,
        module: &str,
        exports: impl IntoIterator<Item = (String, E)>,
        add: bool,
    ) {
        let names = self.modules.entry(module.to_owned()).or_default();
        if !add {
            names.clear();
        }
        names.extend(exports);
    }

    /// What an import of `name` from `module` means, where it means something.
    pub fn get(&self, module: &str, name: &str) -> Option<&E> {
        self.modules.get(module)?.get(name)
    }
}
