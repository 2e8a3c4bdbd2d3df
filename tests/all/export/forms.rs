//! Flags and places of exports.

use super::{folder, path, touchstone};
use std::fs;
use std::process::Command;

#[test]
fn several_forms_can_be_written_at_once() {
    let out = folder("forms");
    let filter = ["export", "--suite=wasm-1.0", "--filter=/nop.wast:"];
    let forms = ["--wast", "--wast2json", "--js"].map(|form| [form, path(&out)]);
    touchstone(&[&filter[..], forms.as_flattened()].concat());
    let folder = out.join("wasm-1.0");
    for name in ["nop.wast", "nop.json", "nop.js", "nop.0.wasm"] {
        assert!(folder.join(name).is_file(), "{name}");
    }
}

#[test]
fn what_cannot_be_done_is_refused() {
    let out = folder("refused");
    let file = out.join("file");
    fs::write(&file, "").expect("the target folder can be written");
    let into_file = path(&file);
    for (arguments, part) in [
        (&["export", "--suite=wasm-1.0"][..], "--js"),
        (&["export", "--suite=wasm-1", "--js", into_file], "wasm-1.0"),
        (&["export", "--features=simdd", "--js", into_file], "did you mean `simd`"),
        (&["export", "--filter=no such test", "--js", into_file], "no test is selected"),
        (&["export", "--filter=wasm-1.0/nop.wast:", "--js", into_file], "cannot write"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        let output = command.args(arguments).output().expect("the binary was built for this test");
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(message.contains(part), "{message}");
    }
}
