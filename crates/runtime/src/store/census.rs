//! What is alive in a store's heap, by type, for people who ask why.
//!
//! In: a store in which no Wasm runs. Out: for each type, how many objects there are, and the shortest path to
//! one of them, in words. Changes nothing.

use crate::gc::{Heap, Kind, Step, Ways};
use crate::store::StoreOpaque;
use crate::store::instance::InstanceData;
use crate::types::objects::{ArrayType, StructType};
use crate::types::registry::TypeId;
use crate::value::address::{ElemAddr, GlobalAddr, InstanceAddr, TableAddr};
use crate::value::exception;
use std::collections::HashMap;
use touchstone_cranelift_wasm::objects::{ObjectLayout, Storage};
use touchstone_cranelift_wasm::{ElemIdx, Entity};

/// The objects of one type that are alive in a store.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LiveType {
    /// The type in the text format, after its index; or `host value` or `exception`.
    pub ty: String,
    /// Number of objects.
    pub count: u64,
    /// Bytes of these objects in the heap. What a value of the host takes elsewhere is not among them.
    pub bytes: u64,
    /// How one of the objects is reached, by as few steps as possible: what holds the first reference, and then
    /// the fields and elements, such as `global 0 of instance 1 → field 2`. It is `None` if nothing reaches any
    /// of them, so that the next [`Store::gc`](crate::Store::gc) frees them.
    pub path: Option<String>,
}

/// What holds a reference, outside of the heap.
enum Holder {
    Global(GlobalAddr),
    Table(TableAddr, usize),
    Segment(usize, usize),
    Handle,
    Frame,
}

/// What objects are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Class {
    HostValue,
    Exception,
    Declared(TypeId),
}

impl StoreOpaque {
    /// What is alive, most bytes first: see [`Store::live_types`](crate::Store::live_types).
    /// `frames` are references that frames hold and the heap does not know of.
    pub(crate) fn live_types(&self, frames: &[u32]) -> Vec<LiveType> {
        if self.heap.is_unused() {
            return Vec::new();
        }
        let holders = self.holders(frames);
        let ways = self.heap.ways(holders.iter().map(|(_, reference)| *reference));
        let mut sums: HashMap<Class, (u64, u64)> = HashMap::new();
        for (object, kind, bytes) in self.heap.all_objects() {
            let (count, sum) = sums.entry(self.class(object, kind)).or_default();
            *count += 1;
            *sum += bytes;
        }
        let mut nearest: HashMap<Class, u32> = HashMap::new();
        for object in &ways.order {
            nearest.entry(self.class(*object, self.heap.kind(*object))).or_insert(*object);
        }
        let live = |(class, (count, bytes))| LiveType {
            ty: self.class_text(class),
            count,
            bytes,
            path: nearest.get(&class).map(|object| self.path(&ways, &holders, *object)),
        };
        let mut types: Vec<LiveType> = sums.into_iter().map(live).collect();
        types.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.ty.cmp(&b.ty)));
        types
    }

    fn class(&self, object: u32, kind: Kind) -> Class {
        match kind {
            Kind::External if exception::values_of(self.heap.value(object)).is_some() => {
                Class::Exception
            }
            Kind::External => Class::HostValue,
            Kind::Struct(id) | Kind::Array(id) => Class::Declared(TypeId(id)),
        }
    }

    fn class_text(&self, class: Class) -> String {
        let Class::Declared(id) = class else {
            return if class == Class::Exception { "exception" } else { "host value" }.into();
        };
        let types = self.engine.types();
        let index = types.index(id);
        let text = StructType::find(types, index).map(|ty| ty.to_string());
        let text = text.or_else(|| ArrayType::find(types, index).map(|ty| ty.to_string()));
        format!("{index} {}", text.unwrap_or_default())
    }

    /// Every reference to an object from outside of the heap, with what holds it. What Wasm itself holds comes
    /// first, so that of two paths of one length the more telling one is found.
    fn holders(&self, frames: &[u32]) -> Vec<(Holder, u32)> {
        let mut holders = Vec::new();
        let mut add = |holder: Holder, reference: u32| {
            if Heap::is_object(reference) {
                holders.push((holder, reference));
            }
        };
        for addr in self.heap_globals() {
            add(Holder::Global(*addr), self.heap_global(*addr));
        }
        for addr in self.heap_tables() {
            for (i, reference) in self.table(*addr).heap_refs().iter().enumerate() {
                add(Holder::Table(*addr, i), *reference);
            }
        }
        for (segment, instance) in self.segments.entries().enumerate() {
            for (i, reference) in instance.heap_refs().iter().enumerate() {
                add(Holder::Segment(segment, i), *reference);
            }
        }
        self.heap.rooted().for_each(|reference| add(Holder::Handle, reference));
        let frames = self.heap.joined().chain(frames.iter().copied());
        frames.for_each(|reference| add(Holder::Frame, reference));
        holders
    }

    fn path(&self, ways: &Ways, holders: &[(Holder, u32)], object: u32) -> String {
        let mut steps: Vec<String> = ways
            .to(object)
            .map(|step| match step {
                Step::Root(root) => self.holder_text(&holders[root].0),
                Step::Held { by, position } => self.place_text(by, position),
            })
            .collect();
        steps.reverse();
        steps.join(" → ")
    }

    fn place_text(&self, object: u32, position: u32) -> String {
        let Kind::Struct(id) = self.heap.kind(object) else { return format!("element {position}") };
        let ObjectLayout::Struct(layout) = &*self.known_type(TypeId(id)).layout else {
            unreachable!("the layout of a structure")
        };
        let references = layout.fields.iter().enumerate();
        let mut references = references.filter(|(_, (_, storage))| *storage == Storage::Reference);
        match references.nth(position as usize) {
            Some((field, _)) => format!("field {field}"),
            None => "its descriptor".into(),
        }
    }

    fn holder_text(&self, holder: &Holder) -> String {
        match *holder {
            Holder::Global(addr) => {
                let index_in = |instance: &InstanceData| {
                    let index = instance.globals.iter().find(|(_, global)| **global == addr)?.0;
                    Some((index.as_u32(), Entity::Global(index)))
                };
                self.part_text("global", index_in)
            }
            Holder::Table(addr, element) => {
                let index_in = |instance: &InstanceData| {
                    let index = instance.tables.iter().find(|(_, table)| **table == addr)?.0;
                    Some((index.as_u32(), Entity::Table(index)))
                };
                format!("element {element} of {}", self.part_text("table", index_in))
            }
            Holder::Segment(segment, element) => {
                let of_instance = (0..self.instances.len()).rev().find_map(|i| {
                    let instance = self.instance(InstanceAddr::from_u32(i as u32));
                    let first: ElemAddr = instance.segment(ElemIdx::from_u32(0));
                    let index = (segment as u32).checked_sub(first.as_u32())?;
                    Some(format!("element segment {index} of {}", instance_text(instance)))
                });
                let segment = of_instance.unwrap_or_else(|| "an element segment".into());
                format!("element {element} of {segment}")
            }
            Holder::Handle => "a handle of the host".into(),
            Holder::Frame => "a frame, or a call before".into(),
        }
    }

    /// A global or a table, by the first instance that has it. `index_in` finds it in an instance.
    fn part_text(
        &self,
        what: &str,
        index_in: impl Fn(&InstanceData) -> Option<(u32, Entity)>,
    ) -> String {
        for i in 0..self.instances.len() {
            let instance = self.instance(InstanceAddr::from_u32(i as u32));
            let Some((index, entity)) = index_in(instance) else { continue };
            let text = format!("{what} {index} of {}", instance_text(instance));
            let exports = &instance.module.inner().info.exports;
            return match exports.iter().find(|export| export.entity == entity) {
                Some(export) => format!("{text}, exported as {:?}", export.name),
                None => text,
            };
        }
        format!("a {what} of the host")
    }
}

fn instance_text(instance: &InstanceData) -> String {
    let number = instance.addr.as_u32();
    match instance.module.name() {
        Some(name) => format!("instance {number} ({name})"),
        None => format!("instance {number}"),
    }
}
