//! Many scripts from disk, of which most wait outside of memory, on several threads.

use crate::bad_input::Folder;
use touchstone_index::{IndexedFile, JudgedBy, load, load_by};
use touchstone_script::{FeatureSet, lower};

/// A script whose text has about so many bytes, and is like no other.
fn text(number: usize, bytes: usize) -> String {
    let mut text = format!("(module (func (export \"f\") (result i32) (i32.const {number})))\n");
    while text.len() < bytes {
        text +=
            "(assert_return (invoke \"f\") (i32.const 0)) ;; and so on, for as long as it takes\n";
    }
    text
}

/// All that can be asked of a file.
fn told(file: &IndexedFile) -> impl PartialEq + std::fmt::Debug + use<> {
    let tests = file.tests();
    assert_eq!(tests.len(), file.test_count());
    (file.name(), file.cost(), tests, file.script(), file.disk_path())
}

#[test]
fn scripts_that_wait_outside_of_memory_are_the_same() {
    let folder = Folder::new("many");
    let texts: Vec<String> = (0..60).map(|n| text(n, 10_000 * (n % 13))).collect();
    assert!(texts.iter().map(String::len).sum::<usize>() > 3 << 20, "they do not fit into memory");
    let paths: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| folder.write(&format!("{n:02}.wast"), text))
        .collect();
    folder.write("70.wast", "(module");
    folder.write("71.wast", [0xff, 0xfe]);
    let all = |workers| {
        load_by(&folder.0, JudgedBy::Features(FeatureSet::EMPTY), workers).expect("they are there")
    };
    let one = load(&folder.0, FeatureSet::EMPTY).expect("they are there");
    for workers in [1, 2, 7, 1000] {
        let files = all(workers);
        assert_eq!(files.len(), 62);
        for (file, wanted) in files.iter().zip(&one) {
            assert_eq!(told(file), told(wanted));
            assert_eq!(told(&file.at_hand()), told(wanted));
        }
    }
    for (file, text) in one.iter().zip(&texts) {
        assert_eq!(*file.script(), lower(text).expect("a script"));
    }
    // They were read: nothing depends on the files any more.
    let files = all(3);
    paths.iter().for_each(|path| std::fs::remove_file(path).expect("it was there"));
    for (file, wanted) in files.iter().zip(&one) {
        assert_eq!(told(file), told(wanted));
    }
}
