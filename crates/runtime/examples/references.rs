//! Values of the host as references, and handles that do not keep them alive.
//!
//! `cargo run -p touchstone-runtime --example references`

use touchstone_runtime::{Engine, Error, ExternRef, Linker, Module, Store};

const MODULE: &str = r#"(module
    (table $kept 10 externref)
    (func (export "keep") (param i32 externref)
        (table.set $kept (local.get 0) (local.get 1)))
    (func (export "kept") (param i32) (result externref)
        (table.get $kept (local.get 0)))
    (func (export "forget") (param i32)
        (table.set $kept (local.get 0) (ref.null extern))))"#;

struct Session(&'static str);

impl Drop for Session {
    fn drop(&mut self) {
        println!("{} is dropped", self.0);
    }
}

pub(crate) fn main() -> Result<(), Error> {
    let engine = Engine::default();
    let module = Module::new(&engine, MODULE)?;
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    let keep = instance.get_typed_func::<(i32, Option<ExternRef>), ()>(&store, "keep")?;
    let kept = instance.get_typed_func::<i32, Option<ExternRef>>(&store, "kept")?;
    let forget = instance.get_typed_func::<i32, ()>(&store, "forget")?;

    let session = ExternRef::new(&mut store, Session("the session"));
    let weak = session.downgrade();
    keep.call(&mut store, (3, Some(session)))?;
    // The host's handle is gone; the table holds the value.
    let again = kept.call(&mut store, 3)?.expect("it is kept");
    assert_eq!(again.downcast_ref::<Session>().map(|session| session.0), Some("the session"));
    assert!(weak.upgrade().is_some_and(|value| ExternRef::ptr_eq(&value, &again)));
    drop(again);

    forget.call(&mut store, 3)?;
    // What frames may hold is found out by a collection: here, and otherwise now and then.
    store.gc();
    assert!(weak.upgrade().is_none());
    println!("{} objects are alive", store.gc_stats().live);
    Ok(())
}
