//! Structures and arrays: a host builds a tree of a module's own types, Wasm walks it, and a collection finds
//! what is left of it.
//!
//! `cargo run -p touchstone-runtime --example objects`

use touchstone_runtime::{
    ArrayRef, ArrayRefPre, ArrayType, Engine, Error, FieldType, HeapType, Linker, Module,
    Mutability, RefType, StorageType, Store, StructRef, StructRefPre, StructType, Val, ValType,
};

const MODULE: &str = r#"(module
    (type $name (array i8))
    (type $folder (struct
        (field $name (ref $name))
        (field $files (mut i32))
        (field $first (ref null $folder))
        (field $next (mut (ref null $folder)))))
    (func $files (export "files") (param $f (ref null $folder)) (result i32)
        (if (result i32) (ref.is_null (local.get $f))
            (then (i32.const 0))
            (else (i32.add (struct.get $folder $files (local.get $f))
                (i32.add (call $files (struct.get $folder $first (local.get $f)))
                    (call $files (struct.get $folder $next (local.get $f)))))))))"#;

/// Makes folders. The types of the host are those of the module, because they are declared alike.
struct Folders {
    names: ArrayRefPre,
    folders: StructRefPre,
}

impl Folders {
    fn new(store: &mut Store<()>) -> Result<Self, Error> {
        let engine = store.engine().clone();
        let byte = FieldType::new(StorageType::I8, Mutability::Const);
        let name = ArrayType::new(&engine, byte)?;
        let a_name = ValType::Ref(RefType::new(false, name.heap_type()));
        let folder = StructType::recursive(&engine, |folder: HeapType| {
            let another = StorageType::Val(ValType::Ref(RefType::new(true, folder)));
            vec![
                FieldType::new(StorageType::Val(a_name), Mutability::Const),
                FieldType::new(StorageType::Val(ValType::I32), Mutability::Var),
                FieldType::new(another, Mutability::Const),
                FieldType::new(another, Mutability::Var),
            ]
        })?;
        let names = ArrayRefPre::new(&mut *store, name)?;
        Ok(Folders { names, folders: StructRefPre::new(store, folder)? })
    }

    /// Makes a folder with so many files, and puts the folders of the list into it.
    fn folder(
        &self,
        store: &mut Store<()>,
        name: &str,
        files: i32,
        inner: &[StructRef],
    ) -> Result<StructRef, Error> {
        for pair in inner.windows(2) {
            pair[0].set_field(&mut *store, 3, pair[1].clone().into())?;
        }
        let bytes: Vec<Val> = name.bytes().map(|byte| Val::I32(byte.into())).collect();
        let name = ArrayRef::new_fixed(&mut *store, &self.names, &bytes)?;
        let first = Val::from(inner.first().cloned());
        let fields = [name.into(), Val::I32(files), first, Val::AnyRef(None)];
        StructRef::new(store, &self.folders, &fields)
    }
}

/// The name of a folder.
fn name(store: &mut Store<()>, folder: &StructRef) -> Result<String, Error> {
    let name = folder.field(&mut *store, 0)?.unwrap_any_ref().expect("it is never null");
    let bytes = name.unwrap_array().elems(store)?.map(|byte| byte.unwrap_i32() as u8).collect();
    Ok(String::from_utf8(bytes).expect("it was text"))
}

pub(crate) fn main() -> Result<(), Error> {
    let engine = Engine::default();
    let module = Module::new(&engine, MODULE)?;
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    // The parameter is of type `(ref null $folder)`; each call checks that its argument is.
    let files = instance.get_typed_func::<StructRef, i32>(&store, "files")?;

    let make = Folders::new(&mut store)?;
    let letters = make.folder(&mut store, "letters", 12, &[])?;
    let photos = make.folder(&mut store, "photos", 300, &[])?;
    let home = make.folder(&mut store, "home", 5, &[letters, photos.clone()])?;
    assert_eq!(files.call(&mut store, home.clone())?, 317);
    photos.set_field(&mut store, 1, Val::I32(301))?;
    assert_eq!(files.call(&mut store, home.clone())?, 318);
    println!("{} holds {} files", name(&mut store, &home)?, files.call(&mut store, home.clone())?);

    store.gc();
    assert_eq!(store.gc_stats().live, 6);
    // A handle keeps its structure, and what that holds; the others are garbage.
    drop(home);
    store.gc();
    assert_eq!((name(&mut store, &photos)?.as_str(), store.gc_stats().live), ("photos", 2));
    println!("{} objects are alive", store.gc_stats().live);
    Ok(())
}
