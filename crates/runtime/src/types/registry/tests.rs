//! Tests of the registry against a naive model, in which groups are texts and uses are a multiset.

use super::{SPARE_SLOTS, TypeId, TypeRegistry, TypesInUse};
use crate::types::{FuncType, HeapType, RefType, TypeError, TypeIndex, ValType};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;
use touchstone_cranelift_wasm::{Collector, read_module};
use wasmparser::WasmFeatures;

fn registry() -> Arc<TypeRegistry> {
    TypeRegistry::new(Collector::default()).expect("fewer than 2^32 of them")
}

fn reference(index: TypeIndex) -> ValType {
    ValType::Ref(RefType { nullable: true, heap: HeapType::Concrete(index) })
}

/// The types that a module in the text format declares.
fn intern(types: &Arc<TypeRegistry>, wat: &str) -> (Box<[TypeId]>, TypesInUse) {
    let wasm = wat::parse_str(wat).unwrap_or_else(|e| panic!("{wat}: {e}"));
    let read = read_module(&wasm, WasmFeatures::all(), Collector::default());
    let (info, _) = read.unwrap_or_else(|e| panic!("{wat}: {e:?}"));
    let interned = types.intern_module(&info.types, &info.rec_groups);
    let (ids, used) = interned.expect("functions of numbers and functions");
    (ids.values().copied().collect(), used)
}

/// A small generator of numbers (xorshift), which makes failures reproducible.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// A group in the text format. References to earlier groups are written as the texts of these, so that texts
/// are equal if the types are.
#[derive(Clone)]
struct Group {
    text: String,
    /// Number of types.
    size: usize,
    /// The groups to which it refers, with all groups to which these refer.
    needs: Vec<Group>,
}

/// A module of some random groups, each of which may refer to those before it. There are few shapes, so that
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

/// The types in use are those that are held and those to which these refer. Equal groups have equal
/// identities, different groups have different ones, and a type that is held keeps its identity.
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
                // This adds a use of a single type, and of nothing else of its module.
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
    // The same types have the same identities again.
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
    assert!(!types.is_of(id, HeapType::Concrete(old)));
    let new = HeapType::Concrete(types.index(id));
    assert!(types.is_of(id, new));
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

/// A chain of types, each of which only the next one holds, is released without recursion and in pieces. The
/// memory for a peak is given back.
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
    // Identities that were given up and are used again are not mistaken for those from before.
    let mut held = Vec::new();
    let mut ty = FuncType::new([], []);
    for _ in 0..length {
        let (id, uses) = types.intern(&ty).expect("the type before is in use");
        ty = FuncType::new([reference(types.index(id))], []);
        held.push(uses);
    }
    assert_eq!(types.find(index), None);
}

/// A module that is refused leaves no types behind.
#[test]
fn a_module_that_is_refused_uses_no_types() {
    let types = registry();
    let wat = "(module (type (func (param i32))) (type $f (func)) (type (cont $f)))";
    let wasm = wat::parse_str(wat).expect("well-formed text");
    let read = read_module(&wasm, WasmFeatures::all(), Collector::default());
    let (info, _) = read.expect("valid");
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

/// Modules that declare equal groups share them, wherever in the modules these are and whatever else is
/// there. A group lives until the last of the modules is dropped.
#[test]
fn equal_groups_of_two_modules_are_one() {
    let types = registry();
    let group = "(rec (type $even (sub (func (param i32 (ref null $odd)))))
                      (type $odd (sub final $even (func (param i32 (ref null $even))))))";
    let (first, first_uses) = intern(&types, &format!("(module {group} (type (func)))"));
    let other = format!("(module (type (func (param f32))) (type (func)) {group})");
    let (second, second_uses) = intern(&types, &other);
    assert_eq!(first[..2], second[2..], "the group of two");
    assert_eq!(first[2], second[1], "the type that stands alone");
    assert_eq!(types.count(), 4);
    drop(first_uses);
    assert_eq!(types.count(), 4, "the second module declares all of them");
    // A module that comes while a group is in use gets the same identities.
    let (third, third_uses) = intern(&types, &format!("(module {group})"));
    assert_eq!(third[..], first[..2]);
    drop(second_uses);
    assert_eq!(types.count(), 2, "what the third module does not declare is gone");
    assert!(types.is_subtype(third[1], third[0]));
    drop(third_uses);
    assert_eq!(types.count(), 0);
}

/// A function type of the host equals one of a module that is alone in its group, final and without a
/// supertype.
#[test]
fn types_of_the_host_are_those_of_modules() {
    let types = registry();
    let (ids, _uses) = intern(
        &types,
        "(module (type (func (param i32) (result externref)))
                 (type (sub (func (param i32) (result externref))))
                 (rec (type (func (param i32) (result externref))) (type (func)))
                 (type $callback (func (param (ref null 0)))))",
    );
    let ty = FuncType::new([ValType::I32], [ValType::Ref(RefType::EXTERN)]);
    let (id, _host) = types.intern(&ty).expect("no type of another engine");
    assert_eq!(id, ids[0]);
    assert_eq!(types.get(id), ty);
    let callback = FuncType::new([reference(types.index(id))], []);
    let (id, _host) = types.intern(&callback).expect("it is in use");
    assert_eq!(id, ids[4]);
    assert_eq!(types.count(), 5);
}

/// Groups that differ in anything but names are different, however much is alike.
#[test]
fn groups_that_differ_in_anything_are_others() {
    let groups = [
        "(rec (type $a (func (param i32))))",
        "(rec (type $a (func (param i64))))",
        "(rec (type $a (func (result i32))))",
        "(rec (type $a (func (param i32 i32))))",
        // This type is not final.
        "(rec (type $a (sub (func (param i32)))))",
        // The group has other types, in either order.
        "(rec (type $a (func (param i32))) (type $b (func)))",
        "(rec (type $b (func)) (type $a (func (param i32))))",
        "(rec (type $a (func (param i32))) (type $b (func (param i32))))",
        // The type refers to itself, or to one outside that is written likewise.
        "(rec (type $a (func (param (ref $a)))))",
        "(rec (type $a (func (param (ref null $a)))))",
        "(rec (type $a (func (param (ref $a)))) (type $b (func (param (ref $a)))))",
        "(rec (type $a (func (param (ref $b)))) (type $b (func (param (ref $a)))))",
        "(rec (type $a (func (param (ref $b)))) (type $b (func (param (ref $b)))))",
        "(rec (type $a (func (param (ref $before)))))",
        "(rec (type $a (func (param (ref null $before)))))",
        // The supertype is within the group or outside.
        "(rec (type $a (sub $open (func))))",
        "(rec (type $a (sub final $open (func))))",
        "(rec (type $b (sub (func))) (type $a (sub $b (func))))",
        "(rec (type $b (sub (func))) (type $a (sub $open (func))))",
        // These have references of every kind.
        "(rec (type $a (func (param funcref))))",
        "(rec (type $a (func (param (ref func)))))",
        "(rec (type $a (func (param nullfuncref))))",
        "(rec (type $a (func (param externref))))",
        "(rec (type $a (func (param nullexternref))))",
        "(rec (type $a (func (param exnref))))",
        // These are types of objects, of which no values exist.
        "(rec (type $a (struct)))",
        "(rec (type $a (struct (field i32))))",
        "(rec (type $a (struct (field (mut i32)))))",
        "(rec (type $a (struct (field i8))))",
        "(rec (type $a (struct (field i16))))",
        "(rec (type $a (struct (field i32) (field i32))))",
        "(rec (type $a (struct (field (ref $a)))))",
        "(rec (type $a (struct (field (ref null $a)))))",
        "(rec (type $a (struct (field (ref $before)))))",
        "(rec (type $a (array i32)))",
        "(rec (type $a (array (mut i32))))",
        "(rec (type $a (array i8)))",
    ];
    let types = registry();
    let before = "(type $before (func)) (type $open (sub (func)))";
    let mut held = Vec::new();
    let mut all = HashSet::new();
    for group in groups {
        let wat = format!("(module {before} {group})");
        let (ids, uses) = intern(&types, &wat);
        for id in &ids[2..] {
            assert!(all.insert(*id), "{group} is not new");
        }
        let (again, _) = intern(&types, &wat);
        assert_eq!(ids, again, "{group} is not the same again");
        held.push(uses);
    }
    assert_eq!(types.count(), all.len() + 2);
    held.clear();
    assert_eq!(types.count(), 0);
}

/// The meaning of an index in a group depends on the groups before it: if these differ, the same text is
/// another type.
#[test]
fn what_a_group_refers_to_tells_it_apart() {
    let types = registry();
    let module = |number: &str| {
        format!("(module (type $t (func (param {number}))) (type $u (func (param (ref $t)))))")
    };
    let (ints, _ints) = intern(&types, &module("i32"));
    let (floats, _floats) = intern(&types, &module("f32"));
    assert_ne!(ints[1], floats[1]);
    for ids in [&ints, &floats] {
        let referred: Vec<_> = types.get(ids[1]).concrete().collect();
        assert_eq!(referred, [types.index(ids[0])]);
    }
}

/// Compares every pair of types of a small forest, of which each of two modules declares a part, with the
/// chains of supertypes.
#[test]
fn subtypes_are_those_that_were_declared() {
    let types = registry();
    const PARENTS: [Option<usize>; 9] =
        [None, Some(0), Some(1), Some(0), Some(3), None, Some(5), Some(2), Some(7)];
    // Siblings would be equal, so each type has a companion of its own in its group.
    let declared = |positions: &[usize]| {
        let mut wat = String::from("(module");
        for position in positions {
            let supertype =
                PARENTS[*position].map_or(String::new(), |parent| format!("$t{parent}"));
            let companion = "i32 ".repeat(*position);
            let group = format!(
                "(type $t{position} (sub {supertype} (func))) (type (func (param {companion})))"
            );
            write!(wat, "(rec {group})").expect("a string");
        }
        wat + ")"
    };
    let all: Vec<usize> = (0..PARENTS.len()).collect();
    let (ids, whole) = intern(&types, &declared(&all));
    let id = |position: usize| ids[2 * position];
    let is_declared = |mut below: usize, above: usize| loop {
        if below == above {
            return true;
        }
        let Some(parent) = PARENTS[below] else { return false };
        below = parent;
    };
    let check = |positions: &[usize]| {
        for (below, above) in positions.iter().flat_map(|b| positions.iter().map(|a| (*b, *a))) {
            let declared = is_declared(below, above);
            assert_eq!(types.is_subtype(id(below), id(above)), declared, "{below} and {above}");
            let above = HeapType::Concrete(types.index(id(above)));
            assert_eq!(types.is_of(id(below), above), declared);
        }
    };
    check(&all);
    let chain = [0, 1, 2, 7];
    let (same, _part) = intern(&types, &declared(&chain));
    assert_eq!(same.iter().step_by(2).copied().collect::<Vec<_>>(), chain.map(id));
    drop(whole);
    assert_eq!(types.count(), 2 * chain.len(), "the rest is gone");
    check(&chain);
    // The types that take the place of the rest are related to nothing.
    let (others, _uses) = intern(
        &types,
        "(module (type (sub (func (param f32)))) (type (sub 0 (func (param f32)))) (type (struct)))",
    );
    for other in &others {
        assert!(!chain.iter().any(|position| types.is_subtype(*other, id(*position))));
        assert!(!chain.iter().any(|position| types.is_subtype(id(*position), *other)));
    }
    assert!(types.is_subtype(others[1], others[0]) && !types.is_subtype(others[0], others[1]));
}

/// Compares every pair of reference types with the specification's lists (§3.3.3).
#[test]
fn references_match_as_the_specification_says() {
    use HeapType::{Concrete, Exn, Extern, Func, NoExn, NoExtern, NoFunc};
    let types = registry();
    let wat =
        "(module (type $a (sub (func))) (type $b (sub $a (func))) (type $c (func (param i32))))";
    let (ids, _uses) = intern(&types, wat);
    let [a, b, c] = [0, 1, 2].map(|position: usize| Concrete(types.index(ids[position])));
    let heaps = [Func, NoFunc, Extern, NoExtern, Exn, NoExn, a, b, c];
    // These pairs match, and so does each type with itself.
    let wanted = [
        (NoFunc, Func),
        (NoExtern, Extern),
        (NoExn, Exn),
        (a, Func),
        (b, Func),
        (c, Func),
        (NoFunc, a),
        (NoFunc, b),
        (NoFunc, c),
        (b, a),
    ];
    for (below, above) in heaps.iter().flat_map(|below| heaps.iter().map(|above| (*below, *above)))
    {
        let matches = below == above || wanted.contains(&(below, above));
        for (below_null, above_null) in [(false, false), (false, true), (true, false), (true, true)]
        {
            let [below, above] = [(below, below_null), (above, above_null)]
                .map(|(heap, nullable)| RefType { nullable, heap });
            let expected = matches && (!below_null || above_null);
            assert_eq!(types.ref_matches(below, above), expected, "{below:?} and {above:?}");
            let [below, above] = [below, above].map(ValType::Ref);
            assert_eq!(types.matches(below, above), expected);
        }
        let reference = ValType::Ref(RefType { nullable: true, heap: below });
        let numbers = [ValType::I32, ValType::I64, ValType::F32, ValType::F64, ValType::V128];
        for number in numbers {
            assert!(!types.matches(number, reference) && !types.matches(reference, number));
            assert!(
                numbers.iter().all(|other| types.matches(number, *other) == (number == *other))
            );
        }
    }
}

/// A group that only another group holds is released with that one, and not before, in whatever order the
/// uses are dropped.
#[test]
fn what_a_group_refers_to_goes_after_it() {
    let types = registry();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let (ids, module) = intern(
            &types,
            "(module (type $a (func (param i64)))
                     (rec (type $b (func (param (ref $a)))) (type (func (result (ref $a)))))
                     (type $c (func (param (ref $b)))))",
        );
        let mut ends = [0, 1, 3].map(|position: usize| Some(types.hold_id(ids[position])));
        drop(module);
        // The number of types of each, with those to which it refers.
        let closure = [1, 3, 4];
        for position in order {
            ends[position] = None;
            let held = (0..3).filter(|position| ends[*position].is_some());
            assert_eq!(types.count(), held.map(|position| closure[position]).max().unwrap_or(0));
        }
        assert!(ids.iter().all(|id| types.inner.read().slots[id.0 as usize].is_free()));
    }
}

/// Nobody can hold an index for so long that its generation repeats.
#[test]
fn an_identity_that_was_given_as_often_as_can_be_counted_is_given_no_more() {
    let types = registry();
    let (id, held) = types.intern(&FuncType::new([], [])).expect("numbers");
    types.inner.write().slots[id.0 as usize].generation = u32::MAX;
    let last = types.index(id);
    assert!(types.find(last).is_some());
    drop(held);
    assert_eq!(types.find(last), None);
    let held: Vec<_> = (1..50)
        .map(|count| types.intern(&FuncType::new(vec![ValType::I32; count], [])).expect("numbers"))
        .collect();
    assert!(held.iter().all(|(other, _)| *other != id));
    assert_eq!(types.find(last), None);
    drop(held);
    // The slot is not given up with others either, which would make it begin anew.
    let many: Vec<_> = (0..4 * SPARE_SLOTS)
        .map(|count| {
            let bits = (0..13).map(|bit| [ValType::I32, ValType::F32][count >> bit & 1]);
            types.intern(&FuncType::new(bits.collect::<Vec<_>>(), [])).expect("numbers")
        })
        .collect();
    assert!(many.iter().all(|(other, _)| *other != id));
    drop(many);
    assert_eq!(types.find(last), None);
    assert!(types.inner.read().slots.len() > id.0 as usize, "its generation is not forgotten");
}
