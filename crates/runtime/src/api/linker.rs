//! Linkers: imports by name.

use crate::api::caller::Caller;
use crate::api::host::{self, Definition, IntoFunc};
use crate::compile::engine::Engine;
use crate::compile::module::Module;
use crate::exec::instantiate;
use crate::store::StoreOpaque;
use crate::store::context::AsContextMut;
use crate::types::{FuncType, text};
use crate::value::error::{Error, Result};
use crate::value::handles::{Extern, Instance};
use crate::value::val::Val;
use std::collections::HashMap;
use std::marker::PhantomData;
use touchstone_cranelift_wasm::Import;

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

    /// Refuses a store or a module of another engine.
    fn check_engine(&self, other: &Engine, what: &str) -> Result<()> {
        match Engine::same(&self.engine, other) {
            true => Ok(()),
            false => Err(Error::Mismatch(format!(
                "the {what} belongs to another engine than the linker"
            ))),
        }
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
    /// If one is defined already, or the store belongs to another engine.
    ///
    /// # Panics
    /// If the instance belongs to another store.
    pub fn instance(
        &mut self,
        mut store: impl AsContextMut<Data = T>,
        module: &str,
        instance: Instance,
    ) -> Result<&mut Self> {
        self.check_engine(store.as_context_mut().engine(), "store")?;
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
        let definition = host::define_typed(&self.engine, func)?;
        self.insert(module, name, Item::Func(definition))
    }

    /// Defines a host function over dynamic values; see [`Func::new`](crate::Func::new).
    ///
    /// # Errors
    /// If the name is defined already; or if the type has more than 1,000 parameters or results, or
    /// refers to a type of another engine or to one that is used no more.
    pub fn func_new(
        &mut self,
        module: &str,
        name: &str,
        ty: FuncType,
        func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    ) -> Result<&mut Self> {
        let definition = host::define_dynamic(&self.engine, ty, func)?;
        self.insert(module, name, Item::Func(definition))
    }

    /// Instantiates `module` with imports by name, and runs its start function.
    ///
    /// # Errors
    /// [`Link`](Error::Link) if an import is missing or of another type; [`Mismatch`](Error::Mismatch)
    /// if the linker, the store and the module are not of one engine; [`Released`](Error::Released) if an
    /// import was given back; a trap or a host function's error otherwise, whose effects until then remain.
    /// The instance is [released](Instance::release) then, also where Wasm has reached it.
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
        self.check_engine(store.engine(), "store")?;
        self.check_engine(module.engine(), "module")?;
        store.reclaim_if_due();
        store.check_instances()?;
        let items = self.items(store, module)?;
        let host_funcs = store.host_funcs();
        let mut imports = Vec::with_capacity(items.len());
        for item in items {
            imports.push(match item {
                Item::Extern(item) => *item,
                Item::Func(definition) => match definition(store) {
                    Ok(function) => function.into(),
                    Err(error) => {
                        // SAFETY: only host functions were made, and none was given out.
                        unsafe { store.drop_host_funcs(host_funcs) };
                        return Err(error);
                    }
                },
            });
        }
        instantiate::instantiate(&mut context.access(), module, &imports, host_funcs)
    }

    /// What the module's imports stand for. What is in the store already is checked to be of the
    /// types that are wanted: before host functions are made.
    fn items(&self, store: &StoreOpaque, module: &Module) -> Result<Vec<&Item>> {
        let imports = module.inner().info.imports.iter().enumerate();
        let items = imports.map(|(i, import)| {
            let items = self.modules.get(&import.module);
            match items.and_then(|items| items.get(&import.name)) {
                Some(item) => {
                    if let Item::Extern(given) = item {
                        instantiate::check_import(store, module, i, given)?;
                    }
                    Ok(item)
                }
                None => Err(unknown_import(module, import, items.is_some())),
            }
        });
        items.collect()
    }
}

/// An import that nothing is defined for; scripts expect the text to begin so.
fn unknown_import(module: &Module, import: &Import, module_is_known: bool) -> Error {
    let Import { module: from, name, entity } = import;
    let ty = module.inner().extern_type(*entity);
    let ty = text::in_full(&ty, module.engine().types());
    Error::Link(match module_is_known {
        true => format!("unknown import: {from:?} defines no {name:?}; wanted {ty}"),
        false => {
            format!("unknown import: nothing is defined under {from:?}; wanted {name:?}: {ty}")
        }
    })
}

impl Instance {
    /// Instantiates `module` with `imports` in its order, and runs its start function.
    ///
    /// # Errors
    /// [`Link`](Error::Link) if an import is missing, superfluous or of another type;
    /// [`Mismatch`](Error::Mismatch) if the store and the module are not of one engine;
    /// [`Released`](Error::Released) if an import was given back; a trap or a host function's error
    /// otherwise, whose effects until then remain. The instance is [released](Instance::release) then, also
    /// where Wasm has reached it.
    ///
    /// # Panics
    /// If an import belongs to another store.
    pub fn new(mut store: impl AsContextMut, module: &Module, imports: &[Extern]) -> Result<Self> {
        let mut context = store.as_context_mut();
        if !Engine::same(context.engine(), module.engine()) {
            let text = "the module belongs to another engine than the store";
            return Err(Error::Mismatch(text.into()));
        }
        let store = context.opaque_mut();
        store.reclaim_if_due();
        let host_funcs = store.host_funcs();
        instantiate::instantiate(&mut context.access(), module, imports, host_funcs)
    }
}
