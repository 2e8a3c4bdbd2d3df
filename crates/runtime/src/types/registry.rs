//! Engine-wide identities of types, and their lifetimes.
//!
//! In: recursion groups, as modules and the host write them. Out: an identity for each type, and a
//! [`TypesInUse`]; the identity stands for the type as long as that lives. Knows nothing of modules, stores
//! and functions, which hold the `TypesInUse`.
//!
//! Types are equal if their recursion groups are equal (specification, §3.1.2), so whole groups are interned.
//! Each type lists its supertypes by depth, so that a subtype check takes constant time.
//!
//! A group counts its users, which are its holders and the groups that refer to it. With the last user the
//! group is removed, and its identities can stand for other types. Compiled code compares identities of 32
//! bits. It meets only identities of types in use, because its module and the owner of every function hold
//! their types. The host may keep a [`TypeIndex`] for longer. The index records its engine, and for how many
//! types its identity stood before. If these do not match any more, the index is unknown, and is never
//! mistaken for that of another type.

use crate::types::group::{Composite, Member, kind_of};
use crate::types::{
    CompositeKind, FuncType, HeapType, RefType, Result, TypeError, TypeIndex, ValType,
};
use cranelift_codegen::entity::{BoxedSlice, EntityRef, PrimaryMap};
use parking_lot::RwLock;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use touchstone_cranelift_wasm::Collector;
use touchstone_cranelift_wasm::TypeIdx;
use touchstone_cranelift_wasm::objects::{ArrayLayout, ObjectLayout, StructLayout};
use wasmparser::SubType;

#[cfg(test)]
mod tests;

/// The identity of a type among those in use in its engine. Compiled code compares identities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub(crate) struct TypeId(pub(crate) u32);

/// The types of an engine.
pub(crate) struct TypeRegistry {
    /// The number of this registry in the process, from 1 on. It is never used again.
    number: u32,
    inner: RwLock<Types>,
}

#[derive(Default)]
struct Types {
    /// The collector for which objects are laid out.
    collector: Collector,
    /// The slots of types, by identity.
    slots: Vec<Slot>,
    free_slots: Vec<TypeId>,
    /// The generation with which a new slot begins. It is above that of every slot that was given up.
    first_generation: u32,
    groups: Vec<Option<Group>>,
    free_groups: Vec<GroupId>,
    by_members: HashMap<Arc<[Member]>, GroupId>,
}

/// The position of a group in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct GroupId(u32);

/// The type for which an identity stands.
struct Slot {
    /// The number of types for which the identity stood before.
    generation: u32,
    group: GroupId,
    /// The type, unless the identity is free.
    composite: Option<Composite>,
    /// The layout of its objects, unless it is a function type.
    layout: Option<Arc<ObjectLayout>>,
    /// The supertypes of the type from the most general one on, and last the type itself. Empty if the
    /// identity is free.
    display: Box<[TypeId]>,
}

struct Group {
    members: Arc<[Member]>,
    ids: Box<[TypeId]>,
    /// The number of holders of the group plus the number of groups that refer to it.
    users: usize,
    refers_to: Box<[GroupId]>,
}

/// The number of groups that are released before the lock is given to other threads.
const RELEASED_AT_ONCE: usize = 1024;

/// Free slots are given up if there are more than this, and more than three quarters of all slots are free.
const SPARE_SLOTS: usize = 1024;

/// A use of some groups of types. The identities of their types stand for them until it is dropped.
pub(crate) struct TypesInUse {
    registry: Arc<TypeRegistry>,
    groups: Vec<GroupId>,
}

impl TypesInUse {
    /// The registry of these types.
    pub(crate) fn registry(&self) -> &Arc<TypeRegistry> {
        &self.registry
    }
}

impl Drop for TypesInUse {
    fn drop(&mut self) {
        // Groups can refer to groups to any depth, so a list takes the place of recursion.
        while !self.groups.is_empty() {
            self.registry.inner.write().release(&mut self.groups);
        }
    }
}

impl TypeRegistry {
    /// Makes a registry without types, which lays objects out for a collector.
    ///
    /// # Errors
    /// Fails if the process has made 2^32 registries.
    pub(crate) fn new(collector: Collector) -> Result<Arc<Self>> {
        static LATEST: AtomicU32 = AtomicU32::new(0);
        let next = |latest: u32| latest.checked_add(1);
        let latest = LATEST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        let number = latest.ok().and_then(next);
        let number =
            number.ok_or_else(|| TypeError::Resource("a process can make 2^32 engines".into()))?;
        let inner = Types { collector, ..Types::default() };
        Ok(Arc::new(TypeRegistry { number, inner: RwLock::new(inner) }))
    }

    /// Number of types in use.
    pub(crate) fn count(&self) -> usize {
        let types = self.inner.read();
        types.groups.iter().flatten().map(|group| group.ids.len()).sum()
    }

    /// The identity of a function type that is alone in its recursion group.
    ///
    /// # Errors
    /// Fails if the type refers to a type of another engine, or to one that is no longer in use.
    pub(crate) fn intern(self: &Arc<Self>, ty: &FuncType) -> Result<(TypeId, TypesInUse)> {
        let (index, used) = self.intern_alone(Member::alone(ty))?;
        Ok((index.id, used))
    }

    /// The index of a type that is alone in its recursion group. The registry does not check that it is a
    /// subtype of its supertype.
    ///
    /// # Errors
    /// Fails if the type refers to a type of another engine, or to one that is no longer in use.
    pub(crate) fn intern_alone(
        self: &Arc<Self>,
        member: Member,
    ) -> Result<(TypeIndex, TypesInUse)> {
        let mut used = self.no_types();
        let mut indices = Vec::with_capacity(1);
        self.intern_group(vec![member], &mut used, &mut indices)?;
        Ok((indices[0], used))
    }

    /// The identities of a module's types, which are interned group by group.
    ///
    /// # Errors
    /// Fails if a function type has values of types that the engine lacks.
    pub(crate) fn intern_module(
        self: &Arc<Self>,
        types: &PrimaryMap<TypeIdx, SubType>,
        groups: &[Range<TypeIdx>],
    ) -> Result<(BoxedSlice<TypeIdx, TypeId>, TypesInUse)> {
        let mut used = self.no_types();
        let mut indices: Vec<TypeIndex> = Vec::with_capacity(types.len());
        for group in groups {
            let resolve = |index: TypeIdx| match index.as_u32().checked_sub(group.start.as_u32()) {
                Some(position) => TypeIndex::within(position, kind_of(&types[index])),
                None => indices[index.index()],
            };
            let members = types.get_range(group.clone()).expect("groups are of types");
            let members = members.iter().map(|ty| Member::from_wasm(ty, &resolve));
            let members = members.collect::<Result<Vec<_>>>()?;
            self.intern_group(members, &mut used, &mut indices)?;
        }
        let ids: PrimaryMap<TypeIdx, TypeId> = indices.into_iter().map(|index| index.id).collect();
        Ok((ids.into_boxed_slice(), used))
    }

    /// A use of the declared type to which a value type refers, if it refers to one.
    ///
    /// # Errors
    /// Fails if that is a type of another engine, or one that is no longer in use.
    pub(crate) fn hold(self: &Arc<Self>, ty: ValType) -> Result<Option<TypesInUse>> {
        ty.index().map(|index| self.hold_index(index)).transpose()
    }

    /// A use of the type that the host names by this index.
    ///
    /// # Errors
    /// Fails if that is a type of another engine, or one that is no longer in use.
    pub(crate) fn hold_index(self: &Arc<Self>, index: TypeIndex) -> Result<TypesInUse> {
        let mut types = self.inner.write();
        let group = types.slot(self.number, index).ok_or_else(|| self.unknown(index))?.group;
        Ok(self.hold_group(&mut types, group))
    }

    /// Makes one more use of a type in use.
    pub(crate) fn hold_id(self: &Arc<Self>, id: TypeId) -> TypesInUse {
        let mut types = self.inner.write();
        let group = types.slots[id.0 as usize].group;
        self.hold_group(&mut types, group)
    }

    fn hold_group(self: &Arc<Self>, types: &mut Types, group: GroupId) -> TypesInUse {
        types.group_mut(group).users += 1;
        TypesInUse { registry: self.clone(), groups: vec![group] }
    }

    fn no_types(self: &Arc<Self>) -> TypesInUse {
        TypesInUse { registry: self.clone(), groups: Vec::new() }
    }

    /// Records a use of the group with these members, and appends their indices.
    fn intern_group(
        &self,
        members: Vec<Member>,
        used: &mut TypesInUse,
        indices: &mut Vec<TypeIndex>,
    ) -> Result<()> {
        let types = &mut *self.inner.write();
        let group = match types.by_members.get(&*members) {
            Some(group) => *group,
            None => types.insert(self.number, members.into(), |index| self.unknown(index))?,
        };
        types.group_mut(group).users += 1;
        used.groups.push(group);
        let ids = types.group(group).ids.iter();
        indices.extend(ids.map(|id| types.index(self.number, *id)));
        Ok(())
    }

    /// The error that says why an index names no type of this engine.
    fn unknown(&self, index: TypeIndex) -> TypeError {
        TypeError::Mismatch(match index.engine == self.number {
            true => format!("the type {index} exists no more: what used it was dropped"),
            false => {
                format!(
                    "the type {index} belongs to another engine: take it from a module of this one"
                )
            }
        })
    }

    /// The index by which the host names a type in use.
    pub(crate) fn index(&self, id: TypeId) -> TypeIndex {
        self.inner.read().index(self.number, id)
    }

    /// The function type with this identity.
    ///
    /// # Panics
    /// Panics if the identity stands for a type that is not a function type, or for none.
    pub(crate) fn get(&self, id: TypeId) -> FuncType {
        let types = self.inner.read();
        let func = types.slots[id.0 as usize].func();
        func.expect("validated: a function's type, which its user holds").clone()
    }

    /// The supertypes of a type in use from the most general one on, and last the type itself; and the layout
    /// of its objects, unless it is a function type.
    pub(crate) fn objects(&self, id: TypeId) -> (Box<[TypeId]>, Option<Arc<ObjectLayout>>) {
        let types = self.inner.read();
        let slot = &types.slots[id.0 as usize];
        (slot.display.clone(), slot.layout.clone())
    }

    /// The type with this identity, which is in use, as it is written in its group; and of which type it is
    /// declared to be a subtype.
    pub(crate) fn declaration(&self, id: TypeId) -> (Member, Option<TypeIndex>) {
        let types = self.inner.read();
        let slot = &types.slots[id.0 as usize];
        let group = types.group(slot.group);
        let position = group.ids.iter().position(|member| *member == id);
        let member = group.members[position.expect("a type is in its group")].clone();
        let supertype = slot.display.iter().rev().nth(1);
        (member, supertype.map(|id| types.index(self.number, *id)))
    }

    /// An index that stands for no type of this registry, ever. By it the host refers to a type that it is
    /// about to declare.
    pub(crate) fn placeholder(&self, kind: CompositeKind) -> TypeIndex {
        // There are fewer than 2^32 types, so the last identity is never given.
        TypeIndex { engine: self.number, id: TypeId(u32::MAX), generation: 0, kind }
    }

    /// Whether an index names a type of this registry.
    pub(crate) fn has(&self, index: TypeIndex) -> bool {
        self.inner.read().slot(self.number, index).is_some()
    }

    /// The type that the host names by this index, if there is one.
    pub(crate) fn find_composite(&self, index: TypeIndex) -> Option<Composite> {
        self.inner.read().slot(self.number, index)?.composite.clone()
    }

    /// The function type that the host names by this index, if there is one.
    #[cfg(test)]
    pub(crate) fn find(&self, index: TypeIndex) -> Option<FuncType> {
        self.inner.read().slot(self.number, index)?.func().cloned()
    }

    /// Whether values of type `a` are values of type `b` (specification, §3.3).
    #[inline]
    pub(crate) fn is_subtype(&self, a: TypeId, b: TypeId) -> bool {
        a == b || self.inner.read().is_subtype(a, b)
    }

    /// Whether references to `heap` can refer to functions, structures or arrays of type `id`.
    pub(crate) fn is_of(&self, id: TypeId, heap: HeapType) -> bool {
        let types = self.inner.read();
        let known = |index| types.slot(self.number, index).is_some();
        match heap {
            HeapType::Concrete(index) => known(index) && types.is_subtype(id, index.id),
            HeapType::Exact(index) => known(index) && id == index.id,
            _ => is_abstract_of(types.slots[id.0 as usize].kind(), heap),
        }
    }

    /// Whether references to `a` are references to `b` (specification, §3.3.3).
    fn heap_matches(&self, a: HeapType, b: HeapType) -> bool {
        use HeapType as H;
        let types = self.inner.read();
        let known = |index| types.slot(self.number, index).is_some();
        match (a, b) {
            (H::Concrete(a) | H::Exact(a), H::Concrete(b)) => {
                known(a) && known(b) && types.is_subtype(a.id, b.id)
            }
            (H::Exact(a), H::Exact(b)) => known(a) && known(b) && a.id == b.id,
            (H::Concrete(_), H::Exact(_)) => false,
            (H::Concrete(index) | H::Exact(index), b) => {
                known(index) && is_abstract_of(index.kind, b)
            }
            (a, H::Concrete(index) | H::Exact(index)) => {
                let bottom = match index.kind {
                    CompositeKind::Func => H::NoFunc,
                    CompositeKind::Struct | CompositeKind::Array => H::None,
                };
                a == bottom && known(index)
            }
            (H::NoFunc, H::Func) | (H::NoExtern, H::Extern) | (H::NoExn, H::Exn) => true,
            (H::None, H::Any | H::Eq | H::I31 | H::Struct | H::Array) => true,
            (H::I31 | H::Struct | H::Array, H::Any | H::Eq) | (H::Eq, H::Any) => true,
            _ => a == b,
        }
    }

    /// Whether references of type `a` are of type `b`.
    pub(crate) fn ref_matches(&self, a: RefType, b: RefType) -> bool {
        (!a.nullable || b.nullable) && self.heap_matches(a.heap, b.heap)
    }

    /// Whether values of type `a` are of type `b`.
    pub(crate) fn matches(&self, a: ValType, b: ValType) -> bool {
        match (a, b) {
            (ValType::Ref(a), ValType::Ref(b)) => self.ref_matches(a, b),
            _ => a == b,
        }
    }
}

/// Whether all values of declared types of a kind belong to an abstract type.
fn is_abstract_of(kind: CompositeKind, heap: HeapType) -> bool {
    match kind {
        CompositeKind::Func => heap == HeapType::Func,
        CompositeKind::Struct => {
            matches!(heap, HeapType::Any | HeapType::Eq | HeapType::Struct)
        }
        CompositeKind::Array => matches!(heap, HeapType::Any | HeapType::Eq | HeapType::Array),
    }
}

impl Types {
    fn group(&self, group: GroupId) -> &Group {
        self.groups[group.0 as usize].as_ref().expect("in use: its user holds it")
    }

    fn group_mut(&mut self, group: GroupId) -> &mut Group {
        self.groups[group.0 as usize].as_mut().expect("in use: its user holds it")
    }

    fn index(&self, engine: u32, id: TypeId) -> TypeIndex {
        let slot = &self.slots[id.0 as usize];
        TypeIndex { engine, id, generation: slot.generation, kind: slot.kind() }
    }

    /// The slot of the type for which an index of the host stands, if it is of this engine and its type is in
    /// use.
    fn slot(&self, engine: u32, index: TypeIndex) -> Option<&Slot> {
        let slot = self.slots.get(index.id.0 as usize)?;
        let valid = index.engine == engine && index.generation == slot.generation;
        (valid && !slot.is_free()).then_some(slot)
    }

    #[inline]
    fn is_subtype(&self, a: TypeId, b: TypeId) -> bool {
        let depth = self.slots[b.0 as usize].display.len().wrapping_sub(1);
        self.slots[a.0 as usize].display.get(depth) == Some(&b)
    }

    /// Inserts a new group, without users.
    ///
    /// # Errors
    /// Fails with the error of `unknown` if the group refers to a type that is not in use here; or if there
    /// are 2^32 types.
    fn insert(
        &mut self,
        engine: u32,
        members: Arc<[Member]>,
        unknown: impl Fn(TypeIndex) -> TypeError,
    ) -> Result<GroupId> {
        let mut refers_to = Vec::new();
        let outside = |index: &TypeIndex| index.position_within().is_none();
        for index in members.iter().flat_map(Member::references).filter(outside) {
            refers_to.push(self.slot(engine, index).ok_or_else(|| unknown(index))?.group);
        }
        refers_to.sort_unstable();
        refers_to.dedup();
        let ids = self.take_ids(members.len())?;
        let place = |index: TypeIndex| match index.position_within() {
            Some(position) => ids[position as usize],
            None => index.id,
        };
        let group = self.free_groups.pop().unwrap_or(GroupId(self.groups.len() as u32));
        for (member, id) in members.iter().zip(&ids) {
            let supertype = member.supertype().map(|index| &self.slots[place(index).0 as usize]);
            let supertypes = supertype.map_or(&[][..], |slot| &slot.display);
            let display = supertypes.iter().chain([id]).copied().collect();
            let of_supertype = supertype.and_then(|slot| slot.layout.as_deref());
            let layout = layout(self.collector, member, of_supertype);
            let composite = Some(member.composite().map_index(|index| {
                let id = place(index);
                let generation = self.slots[id.0 as usize].generation;
                TypeIndex { engine, id, generation, kind: index.kind }
            }));
            let slot = &mut self.slots[id.0 as usize];
            *slot = Slot { generation: slot.generation, group, composite, layout, display };
        }
        for group in &refers_to {
            self.group_mut(*group).users += 1;
        }
        let refers_to = refers_to.into();
        let new = Group { members: members.clone(), ids: ids.into(), users: 0, refers_to };
        match self.groups.get_mut(group.0 as usize) {
            Some(place) => *place = Some(new),
            None => self.groups.push(Some(new)),
        }
        self.by_members.insert(members, group);
        Ok(group)
    }

    /// Takes `count` identities that stand for no type.
    fn take_ids(&mut self, count: usize) -> Result<Vec<TypeId>> {
        let more = count.saturating_sub(self.free_slots.len());
        if more > u32::MAX as usize - self.slots.len() {
            return Err(TypeError::Resource("an engine can have 2^32 types in use".into()));
        }
        for _ in 0..more {
            self.free_slots.push(TypeId(self.slots.len() as u32));
            self.slots.push(Slot::free(self.first_generation));
        }
        Ok(self.free_slots.split_off(self.free_slots.len() - count))
    }

    /// Takes one user from each group of the list, up to a number for which other threads can wait. The
    /// groups to which a removed group referred are added to the list.
    fn release(&mut self, groups: &mut Vec<GroupId>) {
        for _ in 0..RELEASED_AT_ONCE {
            let Some(id) = groups.pop() else { break };
            let users = &mut self.group_mut(id).users;
            *users -= 1;
            if *users > 0 {
                continue;
            }
            let group = self.groups[id.0 as usize].take().expect("it had a user");
            self.free_groups.push(id);
            self.by_members.remove(&group.members);
            group.ids.iter().for_each(|id| self.free_id(*id));
            groups.extend(group.refers_to);
        }
        if groups.is_empty() {
            self.give_up_memory();
        }
    }

    /// Frees an identity, so that it stands for no type.
    fn free_id(&mut self, id: TypeId) {
        let slot = &mut self.slots[id.0 as usize];
        // An identity whose generation cannot be counted any further is not used again.
        let next = slot.generation.checked_add(1);
        *slot = Slot::free(next.unwrap_or(u32::MAX));
        if next.is_some() {
            self.free_slots.push(id);
        }
    }

    /// Gives memory back after many types were removed.
    fn give_up_memory(&mut self) {
        if self.by_members.capacity() / 4 > self.by_members.len().max(SPARE_SLOTS) {
            self.by_members.shrink_to(2 * self.by_members.len());
        }
        if self.free_slots.len() > SPARE_SLOTS.max(self.slots.len() / 4 * 3) {
            let length = self.slots.len();
            while let Some(slot) = self.slots.pop_if(|slot| slot.can_go()) {
                self.first_generation = self.first_generation.max(slot.generation);
            }
            if self.slots.len() < length {
                let end = self.slots.len();
                self.free_slots.retain(|id| (id.0 as usize) < end);
                self.slots.shrink_to(2 * end);
                self.free_slots.shrink_to(2 * end);
            }
        }
        if self.free_groups.len() > SPARE_SLOTS.max(self.groups.len() / 4 * 3) {
            let length = self.groups.len();
            while self.groups.pop_if(|group| group.is_none()).is_some() {}
            let end = self.groups.len();
            if end < length {
                self.free_groups.retain(|id| (id.0 as usize) < end);
                self.groups.shrink_to(2 * end);
                self.free_groups.shrink_to(2 * end);
            }
        }
    }
}

/// The layout of the objects of a type, whose supertype's objects have the other layout.
fn layout(
    collector: Collector,
    member: &Member,
    supertype: Option<&ObjectLayout>,
) -> Option<Arc<ObjectLayout>> {
    Some(Arc::new(match member.composite() {
        Composite::Func(_) => return None,
        Composite::Array(field) => {
            ObjectLayout::Array(ArrayLayout::new(collector, field.storage.storage()))
        }
        Composite::Struct(fields) => {
            let supertype = match supertype {
                Some(ObjectLayout::Struct(layout)) => Some(layout),
                _ => None,
            };
            let fields = fields.iter().map(|field| field.storage.storage());
            let has_descriptor = member.has_descriptor();
            let layout = StructLayout::new(collector, supertype, fields, has_descriptor);
            ObjectLayout::Struct(layout)
        }
    }))
}

impl Slot {
    fn free(generation: u32) -> Self {
        let (composite, layout, display) = (None, None, Box::default());
        Slot { generation, group: GroupId(0), composite, layout, display }
    }

    /// The function type, if the type is one.
    fn func(&self) -> Option<&FuncType> {
        match &self.composite {
            Some(Composite::Func(ty)) => Some(ty),
            _ => None,
        }
    }

    /// What the type is a type of. A free identity is said to be that of a function type.
    fn kind(&self) -> CompositeKind {
        self.composite.as_ref().map_or(CompositeKind::Func, Composite::kind)
    }

    fn is_free(&self) -> bool {
        self.display.is_empty()
    }

    /// Whether the slot can be given up, because it holds nothing but a generation that can be counted
    /// further.
    fn can_go(&self) -> bool {
        self.is_free() && self.generation != u32::MAX
    }
}
