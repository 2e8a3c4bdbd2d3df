//! Instructions on many bytes, against a model: numbers of bytes that are known when a function is
//! compiled and such that are not, ranges that overlap, ranges that end at the end of a memory.

use touchstone_runtime::{Engine, Error, Instance, Memory, Module, Store, TrapCode};

const PAGE: usize = 65536;

struct Guest {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
}

/// A memory with indices of this type, and functions that copy and fill; `copy N` copies `N` bytes.
fn guest(index: &str, counts: &[usize]) -> Guest {
    let known = counts.iter().map(|n| {
        format!(
            r#"(func (export "copy {n}") (param {index} {index})
                 (memory.copy (local.get 0) (local.get 1) ({index}.const {n})))"#
        )
    });
    let wat = format!(
        r#"(module
             (memory (export "memory") {index} 1)
             {}
             (func (export "copy") (param {index} {index} {index})
               (memory.copy (local.get 0) (local.get 1) (local.get 2)))
             (func (export "fill") (param {index} i32 {index})
               (memory.fill (local.get 0) (local.get 1) (local.get 2))))"#,
        known.collect::<String>()
    );
    let engine = Engine::default();
    let module = Module::new(&engine, wat::parse_str(wat).expect("a module")).expect("valid");
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).expect("no imports");
    let memory = instance.get_memory(&mut store, "memory").expect("exported");
    let bytes: Vec<u8> = (0..PAGE).map(|i| ((i * 31) >> 3) as u8).collect();
    memory.write(&mut store, 0, &bytes).expect("a page");
    Guest { store, instance, memory }
}

impl Guest {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; PAGE];
        self.memory.read(&self.store, 0, &mut bytes).expect("a page");
        bytes
    }

    /// Calls an export with indices of 32 bits; says whether it trapped past the end.
    fn call32(&mut self, name: &str, args: &[i32]) -> bool {
        let (store, instance) = (&mut self.store, self.instance);
        let result = match *args {
            [a, b] => instance
                .get_typed_func::<(i32, i32), ()>(&mut *store, name)
                .and_then(|f| f.call(store, (a, b))),
            [a, b, c] => instance
                .get_typed_func::<(i32, i32, i32), ()>(&mut *store, name)
                .and_then(|f| f.call(store, (a, b, c))),
            _ => unreachable!("two or three"),
        };
        trapped(result)
    }
}

fn trapped(result: Result<(), Error>) -> bool {
    match result {
        Ok(()) => false,
        Err(Error::Trap(trap)) => {
            assert_eq!(trap.code(), TrapCode::MemoryOutOfBounds);
            assert!(!trap.backtrace().frames().is_empty(), "the frame that copied");
            true
        }
        Err(other) => panic!("{other}"),
    }
}

/// What a copy makes of `bytes`; `None` where it traps.
fn copied(bytes: &[u8], to: usize, from: usize, count: usize) -> Option<Vec<u8>> {
    let mut bytes = bytes.to_vec();
    let fits = |start: usize| start.checked_add(count).is_some_and(|end| end <= bytes.len());
    if !fits(to) || !fits(from) {
        return None;
    }
    bytes.copy_within(from..from + count, to);
    Some(bytes)
}

#[test]
fn copies_are_those_of_a_model() {
    let counts: Vec<usize> = (0..=40).chain([63, 64, 65, 127, 128, 129, 200, 4096]).collect();
    let mut guest = guest("i32", &counts);
    for count in counts {
        // Apart, over each other both ways, in place, up to the end, past it.
        let last = PAGE - count;
        for (to, from) in [
            (1000, 9000),
            (1000, 1001),
            (1001, 1000),
            (1000, 1000 + count / 2),
            (1000 + count / 2, 1000),
            (500, 500),
            (last, 0),
            (0, last),
            (last + 1, 0),
            (0, last + 1),
            (PAGE, PAGE),
            (0, u32::MAX as usize),
        ] {
            let expected = copied(&guest.bytes(), to, from, count);
            let known = guest.call32(&format!("copy {count}"), &[to as i32, from as i32]);
            assert_eq!(known, expected.is_none(), "{count} bytes from {from} to {to}");
            let expected = expected.unwrap_or_else(|| guest.bytes());
            assert!(guest.bytes() == expected, "{count} bytes from {from} to {to}, known");

            let expected = copied(&guest.bytes(), to, from, count);
            let given = guest.call32("copy", &[to as i32, from as i32, count as i32]);
            assert_eq!(given, expected.is_none(), "{count} bytes from {from} to {to}, given");
            let expected = expected.unwrap_or_else(|| guest.bytes());
            assert!(guest.bytes() == expected, "{count} bytes from {from} to {to}, given");
        }
    }
}

#[test]
fn fills_are_those_of_a_model() {
    let mut guest = guest("i32", &[]);
    for (start, value, count) in [
        (0, 0x1ff, 0),
        (3, 0x1ab, 1),
        (5, 7, 300),
        (PAGE - 16, 9, 16),
        (PAGE - 16, 1, 17),
        (PAGE, 2, 0),
        (PAGE + 1, 2, 0),
        (0, 3, u32::MAX as usize),
    ] {
        let mut expected = guest.bytes();
        let range = expected.get_mut(start..start.saturating_add(count));
        let fits = range.map(|bytes| bytes.fill(value as u8)).is_some();
        let trapped = guest.call32("fill", &[start as i32, value, count as i32]);
        assert_eq!(trapped, !fits, "{count} bytes from {start}");
        assert!(guest.bytes() == expected, "{count} bytes from {start}");
    }
}

/// Sums of indices of 64 bits overflow.
#[test]
fn wide_ranges_do_not_wrap() {
    let mut guest = guest("i64", &[16]);
    let (mut store, instance) = (guest.store, guest.instance);
    let copy = instance.get_typed_func::<(i64, i64, i64), ()>(&mut store, "copy").expect("it");
    let known = instance.get_typed_func::<(i64, i64), ()>(&mut store, "copy 16").expect("it");
    let fill = instance.get_typed_func::<(i64, i32, i64), ()>(&mut store, "fill").expect("it");
    assert!(trapped(copy.call(&mut store, (-8, 0, 16))));
    assert!(trapped(copy.call(&mut store, (0, -8, 16))));
    assert!(trapped(copy.call(&mut store, (8, 0, -8))));
    assert!(trapped(copy.call(&mut store, (8, 16, -1))));
    assert!(trapped(known.call(&mut store, (-16, 0))));
    assert!(trapped(known.call(&mut store, (0, -1))));
    assert!(trapped(fill.call(&mut store, (-4, 1, 8))));
    assert!(trapped(fill.call(&mut store, (4, 1, -4))));
    assert!(!trapped(copy.call(&mut store, (8, 0, 16))));
    assert!(!trapped(known.call(&mut store, (PAGE as i64 - 16, 0))));
    guest.store = store;
    assert_eq!(guest.bytes()[..16], guest.bytes()[PAGE - 16..]);
}
