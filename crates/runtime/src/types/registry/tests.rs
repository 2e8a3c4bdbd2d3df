//! The registry against a naive model: groups as texts, uses as a multiset.

use super::{SPARE_SLOTS, TypeId, TypeRegistry, TypesInUse};
use crate::types::{FuncType, HeapType, RefType, TypeError, TypeIndex, ValType};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;
use touchstone_cranelift_wasm::read_module;
use wasmparser::WasmFeatures;

fn registry() -> Arc<TypeRegistry> {
    TypeRegistry::new().expect("fewer than 2^32 of them")
}

fn reference(index: TypeIndex) -> ValType {
    ValType::Ref(RefType { nullable: true, heap: HeapType::Concrete(index) })
}

/// The types that a module in the text format declares.
fn intern(types: &Arc<TypeRegistry>, wat: &str) -> (Box<[TypeId]>, TypesInUse) {
    let wasm = wat::parse_str(wat).unwrap_or_else(|e| panic!("{wat}: {e}"));
    let (info, _) =
        read_module(&wasm, WasmFeatures::all()).unwrap_or_else(|e| panic!("{wat}: {e:?}"));
    types.intern_module(&info.types, &info.rec_groups).expect("functions of numbers and functions")
}

/// A small generator of numbers (xorshift), so that a failure comes again.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// A group in the text format, with references to earlier groups written as these are: texts are
/// equal where the types are.
#[derive(Clone)]
struct Group {
    text: String,
    /// Number of types.
    size: usize,
    /// Texts of the groups that it refers to, with all that these refer to.
    needs: Vec<Group>,
}

/// A module of some random groups, each of which may refer to those before it. Few shapes, so that
/// different modules often declare equal groups.
fn random_module(numbers: &mut Numbers) -> (String, Vec<Group>) {
    let (mut wat, mut groups, mut names) = (String::from("(module"), Vec::<Group>::new(), 0);
    let mut first_names = Vec::new();
    for _ in 0..1 + numbers.below(4) {
        let size = 1 + numbers.below(2);
        first_names.push(names);
        let (mut declared, mut text, mut needs) = (String::new(), String::new(), Vec::new());
        for member in 0..size {
            let number = ["i32", "i64", "f32"][numbers.below(3)];
            let (mut to, mut named) = (String::new(), String::new());
            if numbers.below(3) == 0 {
                let position = numbers.below(size);
                write!(to, "(ref {})", names + position).expect("a string");
                write!(named, "(ref within {position})").expect("a string");
            } else if !groups.is_empty() && numbers.below(2) == 0 {
                let group = numbers.below(groups.len());
                write!(to, "(ref {})", first_names[group]).expect("a string");
                write!(named, "(ref {{{}}})", groups[group].text).expect("a string");
                needs.push(groups[group].clone());
            }
            write!(declared, "(type (func (param {number} {to})))").expect("a string");
            write!(text, "{member}:{number} {named};").expect("a string");
        }
        write!(wat, "(rec {declared})").expect("a string");
        groups.push(Group { text, size, needs });
        names += size;
    }
    wat.push(')');
    (wat, groups)
}

fn add_all(group: &Group, known: &mut BTreeMap<String, usize>) {
    if known.insert(group.text.clone(), group.size).is_none() {
        group.needs.iter().for_each(|needed| add_all(needed, known));
    }
}

/// What is in use must be just what is held, with what that refers to; equal groups have equal
/// identities, others have others, and nothing that is held changes its identity.
#[test]
fn random_uses_against_a_naive_model() {
    for seed in 1..=40 {
        let (types, mut numbers) = (registry(), Numbers(0x9e37_79b9_7f4a_7c15 ^ seed));
        let mut held: Vec<(Vec<Group>, Box<[TypeId]>, TypesInUse)> = Vec::new();
        for _ in 0..300 {
            match numbers.below(9) {
                0..=4 => {
                    let (wat, groups) = random_module(&mut numbers);
                    let (ids, uses) = intern(&types, &wat);
                    held.push((groups, ids, uses));
                }
                // One more use of a single type, and of nothing else of its module.
                5 if !held.is_empty() => {
                    let (groups, ids, _) = &held[numbers.below(held.len())];
                    let (group, uses) = (groups[0].clone(), types.hold_id(ids[0]));
                    let ids = ids[..group.size].into();
                    held.push((vec![group], ids, uses));
                }
                _ if !held.is_empty() => {
                    held.swap_remove(numbers.below(held.len()));
                }
                _ => {}
            }
            let mut known = BTreeMap::new();
            let mut ids_of: BTreeMap<&str, &[TypeId]> = BTreeMap::new();
            for (groups, ids, _) in &held {
                let mut rest = &ids[..];
                for group in groups {
                    add_all(group, &mut known);
                    let (ids, after) = rest.split_at(group.size);
                    assert_eq!(*ids_of.entry(&group.text).or_insert(ids), ids, "{}", group.text);
                    rest = after;
                }
            }
            let distinct: HashSet<TypeId> =
                ids_of.values().flat_map(|ids| ids.iter()).copied().collect();
            assert_eq!(distinct.len(), ids_of.values().map(|ids| ids.len()).sum::<usize>());
            assert_eq!(types.count(), known.values().sum::<usize>());
            assert!(ids_of.values().flat_map(|ids| ids.iter()).all(|id| {
                let (ty, index) = (types.get(*id), types.index(*id));
                types.find(index) == Some(ty.clone())
                    && ty.concrete().all(|index| types.find(index).is_some())
            }));
        }
        held.clear();
        assert_eq!(types.count(), 0);
        let inner = types.inner.read();
        assert!(inner.by_members.is_empty() && inner.groups.iter().all(Option::is_none));
        assert_eq!(inner.free_slots.len(), inner.slots.len());
    }
}

#[test]
fn a_supertype_lasts_as_long_as_its_subtypes() {
    let types = registry();
    let wat = "(module (type $a (sub (func))) (type $b (sub $a (func))) (type $c (sub $b (func))))";
    let (ids, all) = intern(&types, wat);
    let youngest = types.hold_id(ids[2]);
    drop(all);
    assert_eq!(types.count(), 3);
    assert!(types.is_subtype(ids[2], ids[0]) && !types.is_subtype(ids[0], ids[2]));
    // The same types again are the same.
    let (again, all) = intern(&types, wat);
    assert_eq!(again, ids);
    drop((youngest, all));
    assert_eq!(types.count(), 0);
}

/// An index that outlived its type is unknown, though its identity stands for another type by then.
#[test]
fn an_index_is_never_taken_for_that_of_another_type() {
    let types = registry();
    let (id, held) = types.intern(&FuncType::new([ValType::I32], [])).expect("numbers");
    let old = types.index(id);
    let number = FuncType::new([reference(old)], []);
    let (_, user) = types.intern(&number).expect("the type is in use");
    drop(held);
    assert!(types.find(old).is_some(), "the type that refers to it holds it");
    drop(user);
    assert_eq!(types.find(old), None);
    let others = [ValType::F64, ValType::F32]
        .map(|number| types.intern(&FuncType::new([number], [])).expect("numbers"));
    assert!(others.iter().any(|(other, _)| *other == id), "identities are given again");
    assert_eq!(types.find(old), None);
    assert!(!types.is_func_of(id, HeapType::Concrete(old)));
    let new = HeapType::Concrete(types.index(id));
    assert!(types.is_func_of(id, new));
    let old = HeapType::Concrete(old);
    let matches = |a, b| {
        let nullable = |heap| RefType { nullable: true, heap };
        types.ref_matches(nullable(a), nullable(b))
    };
    assert!(!matches(old, new) && !matches(new, old) && !matches(old, HeapType::Func));
    assert!(!matches(HeapType::NoFunc, old) && matches(HeapType::NoFunc, new));
    for error in [types.intern(&number).map(drop), types.hold(number.params()[0]).map(drop)] {
        let Err(TypeError::Mismatch(text)) = error else { panic!("{error:?}") };
        assert!(text.contains("exists no more"), "{text}");
    }
}

#[test]
fn an_index_of_another_registry_is_unknown() {
    let (ours, theirs) = (registry(), registry());
    let ty = FuncType::new([ValType::I32], []);
    let (id, _held) = theirs.intern(&ty).expect("numbers");
    let (same, _held) = ours.intern(&ty).expect("numbers");
    assert_eq!(id, same, "both are the first");
    let index = theirs.index(id);
    assert_eq!(ours.find(index), None);
    assert!(!ours.matches(reference(index), reference(ours.index(same))));
    let refers = FuncType::new([], [reference(index)]);
    for error in [ours.intern(&refers).map(drop), ours.hold(reference(index)).map(drop)] {
        let Err(TypeError::Mismatch(text)) = error else { panic!("{error:?}") };
        assert!(text.contains("another engine"), "{text}");
    }
    assert_eq!(ours.count(), 1);
}

/// A chain of types, each of which is held by the next alone, goes without recursion and in pieces;
/// the memory for a peak is given back.
#[test]
fn a_long_chain_goes_at_once() {
    let types = registry();
    let mut ty = FuncType::new([], []);
    let mut last = None;
    let length = 200_000;
    for _ in 0..length {
        let (id, held) = types.intern(&ty).expect("the type before is in use");
        ty = FuncType::new([reference(types.index(id))], []);
        last = Some((id, held));
    }
    assert_eq!(types.count(), length);
    let (id, held) = last.expect("a chain");
    let index = types.index(id);
    drop(held);
    assert_eq!(types.count(), 0);
    {
        let inner = types.inner.read();
        let kept = [inner.slots.capacity(), inner.groups.capacity(), inner.by_members.capacity()];
        assert!(kept.iter().all(|kept| *kept <= 4 * SPARE_SLOTS), "{kept:?}");
    }
    // Identities that were given up and come again are not those from before.
    let mut held = Vec::new();
    let mut ty = FuncType::new([], []);
    for _ in 0..length {
        let (id, uses) = types.intern(&ty).expect("the type before is in use");
        ty = FuncType::new([reference(types.index(id))], []);
        held.push(uses);
    }
    assert_eq!(types.find(index), None);
}

/// What was refused leaves nothing behind.
#[test]
fn a_module_that_is_refused_uses_no_types() {
    let types = registry();
    let wat = "(module (type (func (param i32))) (type (func (param anyref))))";
    let wasm = wat::parse_str(wat).expect("well-formed text");
    let (info, _) = read_module(&wasm, WasmFeatures::all()).expect("valid");
    let refused = types.intern_module(&info.types, &info.rec_groups).map(drop);
    assert!(matches!(refused, Err(TypeError::Unsupported(_))), "{refused:?}");
    assert_eq!(types.count(), 0);
}

/// Threads that intern and drop the same types at the same time.
#[test]
fn uses_from_many_threads() {
    let types = registry();
    std::thread::scope(|scope| {
        for seed in 1..=4 {
            let types = &types;
            scope.spawn(move || {
                let mut numbers = Numbers(seed);
                for _ in 0..3_000 {
                    let params = vec![ValType::I32; numbers.below(4)];
                    let (id, uses) = types.intern(&FuncType::new(params, [])).expect("numbers");
                    let refers = FuncType::new([reference(types.index(id))], []);
                    let (outer, _more) = types.intern(&refers).expect("held");
                    drop(uses);
                    assert_eq!(types.get(outer), refers);
                    assert!(types.find(types.index(id)).is_some(), "what is referred to is held");
                }
            });
        }
    });
    assert_eq!(types.count(), 0);
}
