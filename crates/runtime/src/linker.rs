//! Linkers: imports by name.

use crate::context::{AsContextMut, Caller};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::externs::Extern;
use crate::host::{self, Definition, IntoFunc};
use crate::instance::Instance;
use crate::instantiate;
use crate::module::Module;
use crate::types::FuncType;
use crate::val::Val;
use std::collections::HashMap;
use std::marker::PhantomData;

/// Names that modules import, and what they stand for.
///
/// A linker is invariant in `T`: its host functions read a store's data as just that type.
///
/// ```compile_fail
/// # use touchstone_runtime::Linker;
/// fn narrow(linker: Linker<fn(&'static str)>) -> Linker<for<'a> fn(&'a str)> {
///     linker
/// }
/// ```
pub struct Linker<T> {
    engine: Engine,
    modules: HashMap<String, HashMap<String, Item>>,
    shadowing: bool,
    data: PhantomData<fn(T) -> T>,
}

enum Item {
    /// Part of some store: only modules linked into that store can import it.
    Extern(Extern),
    /// A host function, made anew for each store it is linked into.
    Func(Box<Definition>),
}

impl<T> std::fmt::Debug for Linker<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Linker").field("modules", &self.modules.keys()).finish_non_exhaustive()
    }
}

impl<T: 'static> Linker<T> {
    /// A linker without definitions.
    pub fn new(engine: &Engine) -> Self {
        let modules = HashMap::new();
        Linker { engine: engine.clone(), modules, shadowing: false, data: PhantomData }
    }

    /// Its engine.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Sets whether a later definition of a name replaces the earlier one, instead of failing.
    pub fn allow_shadowing(&mut self, allow: bool) -> &mut Self {
        self.shadowing = allow;
        self
    }

    fn insert(&mut self, module: &str, name: &str, item: Item) -> Result<&mut Self> {
        let items = self.modules.entry(module.to_owned()).or_default();
        if !self.shadowing && items.contains_key(name) {
            return Err(Error::Mismatch(format!("`{module}` `{name}` is defined already")));
        }
        items.insert(name.to_owned(), item);
        Ok(self)
    }

    /// Defines one name.
    ///
    /// # Errors
    /// If it is defined already.
    pub fn define(
        &mut self,
        module: &str,
        name: &str,
        item: impl Into<Extern>,
    ) -> Result<&mut Self> {
        self.insert(module, name, Item::Extern(item.into()))
    }

    /// Defines all exports of an instance.
    ///
    /// # Errors
    /// If one is defined already.
    pub fn instance(
        &mut self,
        store: impl AsContextMut<Data = T>,
        module: &str,
        instance: Instance,
    ) -> Result<&mut Self> {
        for (name, item) in instance.exports(store) {
            self.define(module, &name, item)?;
        }
        Ok(self)
    }

    /// Defines a host function over native types; see [`Func::wrap`](crate::Func::wrap).
    ///
    /// # Errors
    /// If the name is defined already.
    pub fn func_wrap<P, R>(
        &mut self,
        module: &str,
        name: &str,
        func: impl IntoFunc<T, P, R>,
    ) -> Result<&mut Self> {
        self.insert(module, name, Item::Func(host::define_typed(func)))
    }

    /// Defines a host function over dynamic values; see [`Func::new`](crate::Func::new).
    ///
    /// # Errors
    /// If the name is defined already.
    pub fn func_new(
        &mut self,
        module: &str,
        name: &str,
        ty: FuncType,
        func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    ) -> Result<&mut Self> {
        self.insert(module, name, Item::Func(host::define_dynamic(ty, func)))
    }

    /// Instantiates `module` with imports by name, and runs its start function.
    ///
    /// # Errors
    /// [`Link`](Error::Link) if an import is missing or of another type; a trap or a host
    /// function's error otherwise, whose effects until then remain.
    ///
    /// # Panics
    /// If an external that is imported belongs to another store.
    pub fn instantiate(
        &self,
        mut store: impl AsContextMut<Data = T>,
        module: &Module,
    ) -> Result<Instance> {
        let mut context = store.as_context_mut();
        let store = context.opaque_mut();
        if !Engine::same(store.engine(), module.engine()) {
            return Err(Error::Mismatch("the module belongs to another engine".into()));
        }
        let mut imports = Vec::with_capacity(module.inner().info.imports.len());
        for import in &module.inner().info.imports {
            let item = self.modules.get(&import.module).and_then(|items| items.get(&import.name));
            imports.push(match item {
                Some(Item::Extern(item)) => *item,
                Some(Item::Func(definition)) => definition(store)?.into(),
                None => {
                    let (module, name) = (&import.module, &import.name);
                    return Err(instantiate::unknown_import(module, name, import.entity));
                }
            });
        }
        instantiate::instantiate(&mut context.access(), module, &imports)
    }
}

impl Instance {
    /// Instantiates `module` with `imports` in its order, and runs its start function.
    ///
    /// # Errors
    /// As [`Linker::instantiate`].
    ///
    /// # Panics
    /// If an import belongs to another store.
    pub fn new(mut store: impl AsContextMut, module: &Module, imports: &[Extern]) -> Result<Self> {
        let mut context = store.as_context_mut();
        if !Engine::same(context.engine(), module.engine()) {
            return Err(Error::Mismatch("the module belongs to another engine".into()));
        }
        instantiate::instantiate(&mut context.access(), module, imports)
    }
}
