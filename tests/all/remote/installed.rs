//! Engines that come from package registries: what pins them, and those that `tools/engines` has installed.

use super::touchstone;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn pinned() -> toml::Table {
    let path = Path::new(ROOT).join("adapters/engines.toml");
    let text = std::fs::read_to_string(path).expect("the engines are listed");
    text.parse().expect("the list is TOML")
}

/// What stands under a key: a text, or several.
fn texts<'a>(engine: &'a toml::Value, key: &str) -> Vec<&'a str> {
    match engine.get(key) {
        None => Vec::new(),
        Some(toml::Value::Array(list)) => list.iter().filter_map(toml::Value::as_str).collect(),
        Some(value) => vec![value.as_str().expect("it is a text")],
    }
}

#[test]
fn each_engine_comes_from_somewhere_at_an_exact_version() {
    let pinned = pinned();
    assert!(pinned.len() > 12, "{}", pinned.len());
    for (name, engine) in &pinned {
        let known = ["crate", "npm", "pypi", "debian", "suite", "needs", "build", "engine"];
        for key in engine.as_table().expect("an engine is a table").keys() {
            assert!(known.contains(&key.as_str()), "{name}: `{key}` means nothing");
        }
        let sources =
            ["crate", "npm", "pypi", "debian", "needs"].map(|key| (key, texts(engine, key)));
        // A workspace of its own pins what it is made of in its lock file.
        let locked = texts(engine, "build").iter().any(|command| command.contains("--locked"));
        let is_from_somewhere = locked || sources.iter().any(|(_, from)| !from.is_empty());
        assert!(is_from_somewhere, "{name} comes from nowhere");
        for (key, from) in sources {
            for package in from {
                let version = match key {
                    "npm" => package.rsplit_once('@'),
                    "pypi" => package.split_once("=="),
                    "debian" => package.split_once('='),
                    "needs" => {
                        assert!(pinned.contains_key(package), "{name} needs {package}");
                        continue;
                    }
                    _ => {
                        let adapter = package.trim_start_matches("touchstone-adapter-");
                        let manifest = format!("{ROOT}/adapters/{adapter}/Cargo.toml");
                        assert!(Path::new(&manifest).exists(), "{name}: there is no {manifest}");
                        continue;
                    }
                };
                let version = version.map_or("", |(_, version)| version);
                let exact = version.starts_with(|c: char| c.is_ascii_digit());
                assert!(exact, "{name}: `{package}` has no exact version");
            }
        }
        for engine in texts(engine, "engine") {
            for word in engine.split(' ').filter_map(|word| word.strip_prefix("{adapters}/")) {
                let file = format!("{ROOT}/adapters/{word}");
                assert!(Path::new(&file).exists(), "{name}: there is no {file}");
            }
        }
    }
}

#[test]
fn wazero_is_of_one_version_everywhere() {
    let pinned = pinned();
    let debian = texts(&pinned["wazero"], "debian");
    let version = debian[0].split_once('=').and_then(|(_, version)| version.split_once('-'));
    let (version, _) = version.expect("a version of Debian's has a revision");
    let read = |file: &str| {
        std::fs::read_to_string(format!("{ROOT}/adapters/wazero/{file}")).expect("it is there")
    };
    assert!(read("go.mod").contains(&format!("github.com/tetratelabs/wazero v{version}\n")));
    assert!(read("main.go").contains(&format!("const version = \"{version}\"\n")));
}

/// Judges an engine that `tools/engines` installed, on tests that it passes.
fn judge(name: &str, engine: &str, suites: &[&str]) {
    let folder = Path::new(ROOT).join("target/engines").join(name);
    if !folder.join("pinned").exists() {
        eprintln!("{name} is not installed (tools/engines {name}): its adapter is NOT judged");
        return;
    }
    let places =
        [("{dir}", folder.display().to_string()), ("{adapters}", format!("{ROOT}/adapters"))];
    let command = places.iter().fold(engine.to_owned(), |text, (key, to)| text.replace(key, to));
    let engine = format!("cmd:{command}");
    let output = touchstone(&["check-engine", &engine]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains(" checks, 0 wrong"), "{name}: {text}");
    for suite in suites {
        let suite = format!("--suite={suite}");
        let output = touchstone(&["run", "--engine", &engine, &suite, "--format=terse"]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.starts_with("ok: "), "{name} {suite}: {text}");
    }
}

#[test]
fn the_wheel_of_wasmtime_passes_values_of_every_type() {
    let command = "env PYTHONPATH={dir} python3 {adapters}/python/adapter.py wasmtime";
    judge("wasmtime-py", command, &["gc", "exceptions", "function-references", "relaxed-simd"]);
}

#[test]
fn pywasm_is_judged() {
    let command = "env PYTHONPATH={dir} python3 {adapters}/python/adapter.py pywasm";
    judge("pywasm", command, &[]);
}

#[test]
fn wazero_is_judged() {
    judge("wazero", "{dir}/adapter", &["simd", "tail-call"]);
    judge("wazero", "{dir}/adapter interpreter", &["simd", "tail-call"]);
}
