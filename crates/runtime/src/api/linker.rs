//! Linkers, which find the imports of modules by name.

use crate::api::caller::Caller;
use crate::api::host::{self, Definition, IntoFunc};
use crate::compile::engine::Engine;
use crate::compile::module::Module;
use crate::exec::instantiate;
use crate::store::StoreOpaque;
use crate::store::context::{AsContextMut, StoreContextMut};
use crate::types::{ExternType, FuncType, ImportType, text};
use crate::value::error::{Error, Result};
use crate::value::handles::{Extern, Instance};
use crate::value::val::Val;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::Arc;
use touchstone_cranelift_wasm::Import;

/// Maps the names that modules import to definitions.
///
/// A linker is invariant in `T`, because its host functions read a store's data as exactly that type.
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

#[derive(Clone)]
enum Item {
    /// A part of some store; only modules that are instantiated in that store can import it.
    Extern(Extern),
    /// A host function, which is made anew for each instance that imports it.
    Func(Arc<Definition>),
}

impl Item {
    /// The external that the item stands for in `store`. A host function is made anew.
    fn in_store(&self, store: &mut StoreOpaque) -> Result<Extern> {
        match self {
            Item::Extern(item) => Ok(*item),
            Item::Func(definition) => definition(store).map(Extern::from),
        }
    }
}

/// A module whose imports a linker has found already, and which can be instantiated any number of times.
pub struct InstancePre<T> {
    module: Module,
    items: Vec<Item>,
    data: PhantomData<fn(T) -> T>,
}

impl<T> Clone for InstancePre<T> {
    fn clone(&self) -> Self {
        let InstancePre { module, items, data } = self;
        InstancePre { module: module.clone(), items: items.clone(), data: *data }
    }
}

impl<T> std::fmt::Debug for InstancePre<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InstancePre").field("module", &self.module).finish_non_exhaustive()
    }
}

impl<T: 'static> InstancePre<T> {
    /// The module that is instantiated.
    pub fn module(&self) -> &Module {
        &self.module
    }

    /// Makes an instance of the module, and runs its start function.
    ///
    /// # Errors
    /// Fails as [`Linker::instantiate`] does.
    ///
    /// # Panics
    /// Panics as [`Linker::instantiate`] does.
    pub fn instantiate(&self, mut store: impl AsContextMut<Data = T>) -> Result<Instance> {
        let mut context = store.as_context_mut();
        let store = context.opaque_mut();
        if !Engine::same(store.engine(), self.module.engine()) {
            let text = "the module belongs to another engine than the store";
            return Err(Error::Mismatch(text.into()));
        }
        store.reclaim_if_due();
        store.check_instances()?;
        for (i, item) in self.items.iter().enumerate() {
            if let Item::Extern(given) = item {
                instantiate::check_import(store, &self.module, i, given)?;
            }
        }
        link(&mut context, &self.module, self.items.iter())
    }
}

/// Makes the host functions among the imports, and instantiates the module.
fn link<'a, T: 'static>(
    context: &mut StoreContextMut<'_, T>,
    module: &Module,
    items: impl ExactSizeIterator<Item = &'a Item>,
) -> Result<Instance> {
    let store = context.opaque_mut();
    let host_funcs = store.host_funcs();
    let mut imports = Vec::with_capacity(items.len());
    for item in items {
        match item.in_store(store) {
            Ok(import) => imports.push(import),
            Err(error) => {
                // SAFETY: only host functions were added to the store since `host_funcs` was read (by
                // `in_store`, above), and no handle to one of them leaves this function.
                unsafe { store.drop_host_funcs(host_funcs) };
                return Err(error);
            }
        }
    }
    instantiate::instantiate(&mut context.access(), module, &imports, host_funcs)
}

impl<T> std::fmt::Debug for Linker<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Linker").field("modules", &self.modules.keys()).finish_non_exhaustive()
    }
}

impl<T: 'static> Linker<T> {
    /// Makes a linker without definitions.
    pub fn new(engine: &Engine) -> Self {
        let modules = HashMap::new();
        Linker { engine: engine.clone(), modules, shadowing: false, data: PhantomData }
    }

    /// The engine of the linker.
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

    /// Defines one name as an external.
    ///
    /// # Errors
    /// Fails if the name is defined already.
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
    /// Fails if one of the names is defined already, or the store belongs to another engine.
    ///
    /// # Panics
    /// Panics if the instance belongs to another store.
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
    /// Fails if the name is defined already.
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
    /// Fails if the name is defined already; or if the type has more than 1,000 parameters or results, or
    /// refers to a type of another engine or to one that is no longer in use.
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

    /// Instantiates `module` with the imports that are defined under their names, and runs its start
    /// function.
    ///
    /// # Errors
    /// Fails with [`Link`](Error::Link) if an import is missing or of another type; with
    /// [`Mismatch`](Error::Mismatch) if the linker, the store and the module are not of one engine; with
    /// [`Released`](Error::Released) if an import was given back; or with a trap or an error of a host
    /// function, and then the effects until that point remain. The instance is then
    /// [released](Instance::release), even where Wasm has reached it.
    ///
    /// # Panics
    /// Panics if an external that is imported belongs to another store.
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
        let items =
            self.items(module, |i, given| instantiate::check_import(store, module, i, given))?;
        link(&mut context, module, items.into_iter())
    }

    /// Finds the imports of `module`, for instances in any number of stores. If an import is part of a store,
    /// the module can be instantiated only in that store.
    ///
    /// # Errors
    /// Fails with [`Link`](Error::Link) if an import is missing, and with [`Mismatch`](Error::Mismatch) if
    /// the module is of another engine. The types of the imports are checked only when the module is
    /// instantiated.
    pub fn instantiate_pre(&self, module: &Module) -> Result<InstancePre<T>> {
        self.check_engine(module.engine(), "module")?;
        let items = self.items(module, |_, _| Ok(()))?.into_iter().cloned().collect();
        Ok(InstancePre { module: module.clone(), items, data: PhantomData })
    }

    /// The external that a name stands for in a store, or `None` where the name is not defined. A host
    /// function is made anew.
    ///
    /// # Errors
    /// Fails if the store belongs to another engine, or has no room for the host function.
    pub fn get(
        &self,
        mut store: impl AsContextMut<Data = T>,
        module: &str,
        name: &str,
    ) -> Result<Option<Extern>> {
        let mut context = store.as_context_mut();
        self.check_engine(context.engine(), "store")?;
        let item = self.modules.get(module).and_then(|items| items.get(name));
        item.map(|item| item.in_store(context.opaque_mut())).transpose()
    }

    /// All defined names, each after the name of its module, in no particular order.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.modules.iter().flat_map(|(module, items)| {
            items.keys().map(move |name| (module.as_str(), name.as_str()))
        })
    }

    /// All defined names, each after the name of its module and with the external that it stands for in a
    /// store, in no particular order. Host functions are made anew.
    ///
    /// # Errors
    /// Fails as [`Linker::get`] does.
    pub fn iter(
        &self,
        mut store: impl AsContextMut<Data = T>,
    ) -> Result<impl Iterator<Item = (&str, &str, Extern)>> {
        let mut context = store.as_context_mut();
        self.check_engine(context.engine(), "store")?;
        let mut found = Vec::new();
        for (module, items) in &self.modules {
            for (name, item) in items {
                found.push((&**module, &**name, item.in_store(context.opaque_mut())?));
            }
        }
        Ok(found.into_iter())
    }

    /// Instantiates `module` with imports that are defined in this linker, and defines all its exports under
    /// `name`.
    ///
    /// # Errors
    /// Fails as [`Linker::instantiate`] and [`Linker::instance`] do.
    ///
    /// # Panics
    /// Panics as [`Linker::instantiate`] and [`Linker::instance`] do.
    pub fn module(
        &mut self,
        mut store: impl AsContextMut<Data = T>,
        name: &str,
        module: &Module,
    ) -> Result<&mut Self> {
        let instance = self.instantiate(&mut store, module)?;
        self.instance(store, name, instance)
    }

    /// Defines everything that is defined under `module` under `alias` as well.
    ///
    /// # Errors
    /// Fails if nothing is defined under `module`, or a name is defined under `alias` already.
    pub fn alias_module(&mut self, module: &str, alias: &str) -> Result<&mut Self> {
        let Some(items) = self.modules.get(module) else {
            return Err(Error::Mismatch(format!("nothing is defined under `{module}`")));
        };
        for (name, item) in items.clone() {
            self.insert(alias, &name, item)?;
        }
        Ok(self)
    }

    /// Defines each function that `module` imports and that is not defined yet, as a host function that fails
    /// with an error that names the import. Imports of other kinds stay undefined.
    ///
    /// # Errors
    /// Fails if the module is of another engine, or if the type of such a function cannot be registered.
    pub fn define_unknown_imports_as_traps(&mut self, module: &Module) -> Result<&mut Self> {
        self.check_engine(module.engine(), "module")?;
        for ImportType { module: from, name, ty } in module.imports() {
            let known = self.modules.get(&from).is_some_and(|items| items.contains_key(&name));
            if let (false, ExternType::Func(ty)) = (known, ty) {
                let text = format!("the import {from:?} {name:?} was called, which is not defined");
                let fail = move |_: Caller<'_, T>, _: &[Val], _: &mut [Val]| {
                    Err(Error::host(text.clone()))
                };
                self.func_new(&from, &name, ty, fail)?;
            }
        }
        Ok(self)
    }

    /// The items that the module's imports stand for. `check` is called with each external that is part of a
    /// store already, and its position among the imports; this happens before host functions are made.
    fn items(
        &self,
        module: &Module,
        check: impl Fn(usize, &Extern) -> Result<()>,
    ) -> Result<Vec<&Item>> {
        let imports = module.inner().info.imports.iter().enumerate();
        let items = imports.map(|(i, import)| {
            let items = self.modules.get(&import.module);
            match items.and_then(|items| items.get(&import.name)) {
                Some(item) => {
                    if let Item::Extern(given) = item {
                        check(i, given)?;
                    }
                    Ok(item)
                }
                None => Err(unknown_import(module, import, items.is_some())),
            }
        });
        items.collect()
    }
}

/// The error for an import that is not defined. Specification scripts expect its text to begin with "unknown
/// import".
fn unknown_import(module: &Module, import: &Import, module_is_known: bool) -> Error {
    let Import { module: from, name, entity, .. } = import;
    let ty = module.inner().extern_type(*entity);
    let [ty] = text::in_full([&ty], module.engine().types());
    Error::Link(match module_is_known {
        true => format!("unknown import: {from:?} defines no {name:?}; wanted {ty}"),
        false => {
            format!("unknown import: nothing is defined under {from:?}; wanted {name:?}: {ty}")
        }
    })
}

impl Instance {
    /// Instantiates `module` with `imports`, which are in the order of the module's imports, and runs its
    /// start function.
    ///
    /// # Errors
    /// Fails with [`Link`](Error::Link) if an import is missing, superfluous or of another type; with
    /// [`Mismatch`](Error::Mismatch) if the store and the module are not of one engine; with
    /// [`Released`](Error::Released) if an import was given back; or with a trap or an error of a host
    /// function, and then the effects until that point remain. The instance is then
    /// [released](Instance::release), even where Wasm has reached it.
    ///
    /// # Panics
    /// Panics if an import belongs to another store.
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
