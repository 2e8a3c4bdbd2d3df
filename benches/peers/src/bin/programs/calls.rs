//! Programs whose exports are called: SQLite answers a query, and a codec decodes the picture that it
//! encoded.
//!
//! Both engines make the same calls. Every answer is checked against one that is computed here.

use crate::engines::{Engine, Guest, Level, OurGuest, Settings, TheirGuest};
use crate::{name, pairs};
use std::path::Path;
use touchstone_peers::measure::{Ratio, median, timed};

/// Calls the program at `file` in both engines, if it is one of the programs that are known here, and prints
/// how long that took: in a new instance, whose memory nothing has touched yet, and again in an instance that
/// was used before.
pub(crate) fn compare(file: &Path, wasm: &[u8], count: usize) {
    let name = name(file);
    match name.as_str() {
        "sql-wasm-debug" => {
            both(&format!("{name}: 10,000 rows"), wasm, count, sqlite, sqlite);
        }
        "squoosh_png_bg" => {
            both(&format!("{name}: 256 × 256 pixels"), wasm, count, png, png);
        }
        _ => {}
    }
}

fn both(
    what: &str,
    wasm: &[u8],
    count: usize,
    ours: fn(&mut OurGuest, bool) -> Vec<u8>,
    theirs: fn(&mut TheirGuest, bool) -> Vec<u8>,
) {
    let settings = Settings { level: Level::Speed, threads: 1 };
    let [a, b] = ["ours", "wasmtime"].map(|name| Engine::named(name, settings).compile(wasm));
    let (mut our_guest, mut their_guest) = (OurGuest::new(&a), TheirGuest::new(&b));
    let (answer, other) = (ours(&mut our_guest, true), theirs(&mut their_guest, true));
    assert!(answer == other, "{what}: the engines give the same");
    let first = pairs(
        count,
        || first(|| OurGuest::new(&a), |guest| ours(guest, true)),
        || first(|| TheirGuest::new(&b), |guest| theirs(guest, true)),
    );
    print(&format!("{what}, first"), &first);
    let again = pairs(
        count,
        || timed(|| drop(ours(&mut our_guest, false))).as_secs_f64() * 1e3,
        || timed(|| drop(theirs(&mut their_guest, false))).as_secs_f64() * 1e3,
    );
    print(&format!("{what}, again"), &again);
}

/// The milliseconds that `work` takes in a new instance; the time to make the instance does not count.
fn first<G>(new: impl FnOnce() -> G, work: impl FnOnce(&mut G) -> Vec<u8>) -> f64 {
    let mut guest = new();
    timed(|| drop(work(&mut guest))).as_secs_f64() * 1e3
}

fn print(what: &str, pairs: &[[f64; 2]]) {
    let [a, b] = [0, 1].map(|side| median(pairs.iter().map(|p| p[side]).collect()));
    let Ratio { median, min, max } = Ratio::of(pairs);
    println!("{what:44} {a:9.2} {b:9.2}  {median:.3} ({min:.2}-{max:.2})");
}

// ---- SQLite ----

const ROWS: u64 = 10_000;
const ROW: i32 = 100;
const DONE: i32 = 101;

/// Fills a table and asks for aggregates; gives the row of the answer as text.
fn sqlite<G: Guest>(guest: &mut G, new: bool) -> Vec<u8> {
    if new {
        // These calls do what the program's own start-up code does, which includes a check of the stack.
        guest.call("emscripten_stack_init", &[]);
        let limits = ["emscripten_stack_get_base", "emscripten_stack_get_end"];
        let limits = limits.map(|limit| guest.call(limit, &[]));
        guest.call("__set_stack_limits", &limits);
        guest.call("__wasm_call_ctors", &[]);
    }
    let out = guest.call("malloc", &[8]);
    let memory = text(guest, ":memory:");
    assert_eq!(guest.call("sqlite3_open", &[memory, out]), 0, "SQLite opens a database");
    let database = pointer(guest, out);
    for statement in [
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)".to_owned(),
        format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
             INSERT INTO t SELECT i, printf('%05d', i * 7919 % 10007) FROM n"
        ),
        "CREATE INDEX by_text ON t (b)".to_owned(),
    ] {
        let statement = text(guest, &statement);
        let result = guest.call("sqlite3_exec", &[database, statement, 0, 0, 0]);
        assert_eq!(result, 0, "{}", error(guest, database));
    }
    let query = text(
        guest,
        "SELECT count(*), sum(a), avg(a), max(b),
                (SELECT group_concat(b, '|') FROM (SELECT b FROM t ORDER BY b LIMIT 3))
         FROM t WHERE a % 3 = 0",
    );
    let result = guest.call("sqlite3_prepare_v2", &[database, query, -1, out, 0]);
    assert_eq!(result, 0, "{}", error(guest, database));
    let statement = pointer(guest, out);
    assert_eq!(guest.call("sqlite3_step", &[statement]), ROW, "{}", error(guest, database));
    let columns: Vec<String> = (0..5)
        .map(|i| {
            let column = guest.call("sqlite3_column_text", &[statement, i]);
            string(guest, column)
        })
        .collect();
    assert_eq!(guest.call("sqlite3_step", &[statement]), DONE, "one row is the answer");
    assert_eq!(guest.call("sqlite3_finalize", &[statement]), 0);
    assert_eq!(guest.call("sqlite3_close_v2", &[database]), 0);
    assert_eq!(columns, expected());
    columns.join(" ").into_bytes()
}

/// The answer that is expected, computed here.
fn expected() -> [String; 5] {
    let row = |i: u64| format!("{:05}", i * 7919 % 10007);
    let thirds = || (1..=ROWS).filter(|i| i % 3 == 0);
    let (count, sum) = (thirds().count() as u64, thirds().sum::<u64>());
    let mut all: Vec<String> = (1..=ROWS).map(row).collect();
    all.sort();
    [
        count.to_string(),
        sum.to_string(),
        format!("{:.1}", sum as f64 / count as f64),
        thirds().map(row).max().expect("some rows"),
        all[..3].join("|"),
    ]
}

fn error<G: Guest>(guest: &mut G, database: i32) -> String {
    let message = guest.call("sqlite3_errmsg", &[database]);
    string(guest, message)
}

/// Puts a string into the guest's memory.
fn text<G: Guest>(guest: &mut G, text: &str) -> i32 {
    let at = guest.call("malloc", &[text.len() as i32 + 1]);
    guest.write(at, text.as_bytes());
    guest.write(at + text.len() as i32, &[0]);
    at
}

/// Reads a string that ends with a zero.
fn string<G: Guest>(guest: &mut G, at: i32) -> String {
    assert_ne!(at, 0, "a string");
    let bytes = (at..).map(|at| guest.read(at, 1)[0]).take_while(|byte| *byte != 0);
    String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).into_owned()
}

fn pointer<G: Guest>(guest: &mut G, at: i32) -> i32 {
    i32::from_le_bytes(guest.read(at, 4).try_into().expect("four bytes"))
}

// ---- a codec ----

const SIDE: i32 = 256;

/// Encodes a picture as PNG, decodes the file, and checks that the picture comes out; gives the file.
fn png<G: Guest>(guest: &mut G, _new: bool) -> Vec<u8> {
    let pixel = |i: i32| [i as u8, (i >> 8) as u8, ((i * i) >> 7) as u8, 255];
    let picture: Vec<u8> = (0..SIDE * SIDE).flat_map(pixel).collect();
    let result = guest.call("__wbindgen_add_to_stack_pointer", &[-16]);
    let at = bytes(guest, &picture);
    guest.call("encode", &[result, at, picture.len() as i32, SIDE, SIDE, 8]);
    let [start, length] = [0, 4].map(|i| pointer(guest, result + i));
    let file = guest.read(start, length as usize);
    assert_eq!(&file[1..4], b"PNG");
    guest.call("__wbindgen_free", &[start, length, 1]);
    guest.call("__wbindgen_add_to_stack_pointer", &[16]);

    let at = bytes(guest, &file);
    guest.imports();
    guest.call("decode", &[at, length]);
    // The program passes the picture to an import, which a real host would implement as a copy.
    let calls = guest.imports();
    let picture_made = "__wbg_newwithownedu8clampedarrayandsh_";
    let made = calls.iter().find(|(name, _)| name.starts_with(picture_made));
    let &[at, length, width, height] = &made.expect("a picture").1[..] else { panic!("its parts") };
    assert_eq!([width, height], [SIDE as u64; 2]);
    assert!(guest.read(at as i32, length as usize) == picture, "the picture that went in");
    guest.call("__wbindgen_free", &[at as i32, length as i32, 1]);
    file
}

/// Puts bytes into the guest's memory.
fn bytes<G: Guest>(guest: &mut G, bytes: &[u8]) -> i32 {
    let at = guest.call("__wbindgen_malloc", &[bytes.len() as i32, 1]);
    guest.write(at, bytes);
    at
}
