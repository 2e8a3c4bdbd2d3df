//! Random histories of a host that makes, changes and forgets objects, beside a naive model of them.
//!
//! The model is a graph in which objects have numbers. After each collection exactly those objects live that the
//! model reaches from its handles, and each field holds what the model says.

use crate::gc_support::*;
use crate::host_objects::{arrays, equal, of};
use std::collections::{HashMap, HashSet};
use touchstone_runtime::*;

/// What a field or an element holds.
#[derive(Clone, Copy, PartialEq)]
enum Cell {
    Null,
    Number(i32),
    Object(usize),
}

struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

struct History {
    store: Store<()>,
    pairs: StructRefPre,
    arrays: ArrayRefPre,
    /// The handles of the host, by the numbers of objects.
    held: HashMap<usize, EqRef>,
    /// The numbers of `held`, in the order in which they were made.
    names: Vec<usize>,
    cells: Vec<Vec<Cell>>,
    numbers: Numbers,
}

impl History {
    fn new(engine: &Engine, seed: u64) -> Self {
        let mut store = Store::new(engine, ());
        let any = of(ValType::Ref(RefType::EQ));
        let pair = StructType::new(engine, [any, of(ValType::I32), any]).unwrap();
        let pairs = StructRefPre::new(&mut store, pair).unwrap();
        let arrays = arrays(&mut store, any);
        let numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let (held, names, cells) = Default::default();
        History { store, pairs, arrays, held, names, cells, numbers }
    }

    fn cell(&mut self) -> Cell {
        match self.numbers.below(6) {
            0 => Cell::Null,
            1 => Cell::Number(self.numbers.below(100) as i32 - 50),
            _ => self.name().map_or(Cell::Null, Cell::Object),
        }
    }

    fn name(&mut self) -> Option<usize> {
        let count = self.names.len();
        (count > 0).then(|| self.names[self.numbers.below(count)])
    }

    fn value(&self, cell: Cell) -> Val {
        match cell {
            Cell::Null => Val::AnyRef(None),
            Cell::Number(number) => I31::wrapping(number as u32).into(),
            Cell::Object(name) => self.held[&name].clone().into(),
        }
    }

    fn keep(&mut self, object: EqRef, cells: Vec<Cell>) {
        let name = self.cells.len();
        self.cells.push(cells);
        self.held.insert(name, object);
        self.names.push(name);
    }

    fn make(&mut self) {
        match self.numbers.below(3) {
            0 => {
                let cells = vec![self.cell(), self.cell()];
                let [first, last] = [cells[0], cells[1]].map(|cell| self.value(cell));
                let fields = [first, Val::I32(self.cells.len() as i32), last];
                let object = StructRef::new(&mut self.store, &self.pairs, &fields).unwrap();
                self.keep(object.into(), cells);
            }
            1 => {
                let length = self.numbers.below(5);
                let cells: Vec<Cell> = (0..length).map(|_| self.cell()).collect();
                let elems: Vec<Val> = cells.iter().map(|cell| self.value(*cell)).collect();
                let object = ArrayRef::new_fixed(&mut self.store, &self.arrays, &elems).unwrap();
                self.keep(object.into(), cells);
            }
            _ => {
                let (cell, length) = (self.cell(), self.numbers.below(40));
                let value = self.value(cell);
                let object =
                    ArrayRef::new(&mut self.store, &self.arrays, &value, length as u32).unwrap();
                self.keep(object.into(), vec![cell; length]);
            }
        }
    }

    fn write(&mut self) {
        let Some(name) = self.name() else { return };
        if self.cells[name].is_empty() {
            return;
        }
        let (index, cell) = (self.numbers.below(self.cells[name].len()), self.cell());
        let value = self.value(cell);
        match (self.held[&name].as_struct(), self.held[&name].as_array()) {
            (Some(object), None) => object.set_field(&mut self.store, 2 * index, value).unwrap(),
            (None, Some(object)) => object.set(&mut self.store, index as u32, value).unwrap(),
            _ => panic!("one of the two"),
        }
        self.cells[name][index] = cell;
    }

    /// Reads a cell, and keeps the object to which it refers, if the host has no handle to it.
    fn read(&mut self) {
        let Some(name) = self.name() else { return };
        let found: Vec<Val> = match self.held[&name].as_struct() {
            Some(object) => object.fields(&mut self.store).unwrap().step_by(2).collect(),
            None => self.held[&name].unwrap_array().elems(&mut self.store).unwrap().collect(),
        };
        assert_eq!(found.len(), self.cells[name].len());
        for (found, cell) in found.into_iter().zip(self.cells[name].clone()) {
            match cell {
                Cell::Object(other) if !self.held.contains_key(&other) => {
                    let object = found.unwrap_any_ref().unwrap().unwrap_eqref();
                    if let Some(pair) = object.as_struct() {
                        let number = pair.field(&mut self.store, 1).unwrap().unwrap_i32();
                        assert_eq!(number as usize, other);
                    }
                    self.held.insert(other, object);
                    self.names.push(other);
                }
                cell => assert!(equal(&found, &self.value(cell)), "{found}"),
            }
        }
    }

    fn forget(&mut self) {
        let count = self.names.len();
        if count > 0 {
            let name = self.names.swap_remove(self.numbers.below(count));
            self.held.remove(&name);
        }
    }

    fn collect(&mut self) {
        self.store.gc();
        assert_sound(&mut self.store);
        let mut reached: HashSet<usize> = self.names.iter().copied().collect();
        let mut work: Vec<usize> = self.names.clone();
        while let Some(name) = work.pop() {
            for cell in &self.cells[name] {
                if let Cell::Object(other) = *cell
                    && reached.insert(other)
                {
                    work.push(other);
                }
            }
        }
        assert_eq!(self.store.gc_stats().live, reached.len() as u64);
    }
}

#[test]
fn a_host_and_its_model_agree() {
    in_every_mode(|stress, engine| {
        for seed in 1..if stress { 12 } else { 60 } {
            let mut history = History::new(engine, seed);
            for step in 0..600 {
                match history.numbers.below(16) {
                    0..5 => history.make(),
                    5..10 => history.write(),
                    10..12 => history.read(),
                    12..15 => history.forget(),
                    _ => history.collect(),
                }
                if step % 150 == 0 {
                    history.names.truncate(20);
                    let names: HashSet<usize> = history.names.iter().copied().collect();
                    history.held.retain(|name, _| names.contains(name));
                }
            }
            history.collect();
            history.names.clear();
            history.held.clear();
            history.collect();
        }
    });
}
