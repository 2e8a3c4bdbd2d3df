//! What users get wrong: each mistake has one message, with its place and what to do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use touchstone_index::{BuildOptions, Index, IndexedFile, build, inputs, load};
use touchstone_script::{Command, Directive, Feature, FeatureSet};

/// A folder that is removed at the end.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("touchstone-index-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    fn options(&self, suites: &str, exceptions: &str) -> BuildOptions {
        BuildOptions {
            root: self.0.clone(),
            suites: self.write("suites.toml", suites),
            exceptions: self.write("ignore-list.toml", exceptions),
            durations: None,
            extra_folders: vec![],
            cfg: BTreeMap::new(),
            threads: 2,
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn load_error(path: &Path) -> String {
    load(path, FeatureSet::EMPTY).unwrap_err().to_string()
}

#[test]
fn paths_without_scripts() {
    let folder = Folder::new("paths");
    assert!(load_error(&folder.0.join("nothing.wast")).contains("does not exist; check the path"));
    assert!(load_error(&folder.0).contains("no `.wast` file in"));
}

/// What each file that is no script says of itself.
fn told(path: &Path) -> Vec<(String, String)> {
    let files = load(path, FeatureSet::EMPTY).unwrap();
    let told = files.iter().filter_map(|file| {
        let script = file.script();
        match &script.directives[..] {
            [Directive { command: Command::ScriptError { message, .. }, .. }] => {
                Some((file.tests()[0].id.clone(), message.clone()))
            }
            _ => None,
        }
    });
    told.collect()
}

/// In a folder of others and alone: the file is there, and says what is wrong with it.
#[test]
fn a_file_that_is_no_script_costs_itself() {
    let folder = Folder::new("no-scripts");
    folder.write("a.wast", "(module)");
    folder.write("b.wast", b"(module) ;; \xe9");
    folder.write("sub/c.wast", "(module)\n (module");
    folder.write("sub/d.wast", "(".repeat(1_000_000));
    let all = told(&folder.0);
    let place = folder.0.display();
    for (number, (id, message)) in [
        (format!("{place}/b.wast:1:script_error"), "is not UTF-8 from byte 12 on; convert it"),
        (format!("{place}/sub/c.wast:2:script_error"), "c.wast:2:2: this form is never closed"),
        (format!("{place}/sub/d.wast:1:script_error"), "nested deeper than"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(all[number].0, id);
        assert!(all[number].1.contains(message), "{}", all[number].1);
    }
    assert_eq!((all.len(), load(&folder.0, FeatureSet::EMPTY).unwrap().len()), (3, 4));
    let alone = told(&folder.0.join("sub/c.wast"));
    assert!(alone.len() == 1 && alone[0].0.starts_with("local/"), "{alone:?}");
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_that_is_called_a_script_is_told() {
    let folder = Folder::new("nowhere");
    folder.write("a.wast", "(module)");
    std::os::unix::fs::symlink("gone", folder.0.join("b.wast")).unwrap();
    std::os::unix::fs::symlink("gone", folder.0.join("notes")).unwrap();
    let told = told(&folder.0);
    assert!(told.len() == 1 && told[0].1.contains("b.wast"), "{told:?}");
    // Of our own suites, it fails the build.
    let options = folder.options("[[suite]]\nname = \"s\"\nfolder = \".\"\n", "");
    assert!(build(&options).unwrap_err().to_string().contains("b.wast"));
}

#[test]
fn an_embedded_folder_of_a_user_may_hold_a_file_that_is_no_script() {
    let folder = Folder::new("extra-bad");
    folder.write("ours/x.wast", "(module)");
    folder.write("mine/bad.wast", "(module)\n)");
    folder.write("mine/good.wast", "(module)");
    folder.write("mine/latin1.wast", b"\xe9");
    let mut options = folder.options("[[suite]]\nname = \"s\"\nfolder = \"ours\"\n", "");
    options.extra_folders = vec![folder.0.join("mine")];
    let index = Index::open(build(&options).unwrap().blob.leak()).unwrap();
    for id in [
        "mine/bad.wast:2:script_error",
        "mine/good.wast:1:module",
        "mine/latin1.wast:1:script_error",
    ] {
        assert!(index.find(id).is_some(), "{id}");
    }
    folder.write("ours/y.wast", "(module)\n)");
    let message = build(&options).unwrap_err().to_string();
    assert!(message.contains("y.wast:2:1: there is a `)` too many"), "{message}");
}

/// Nothing in it, comments alone, a byte order mark, a module without its parentheses.
#[test]
fn files_that_look_odd_and_are_scripts() {
    let folder = Folder::new("odd");
    for (name, content, tests) in [
        ("empty.wast", "", 0),
        ("space.wast", " \r\n\t", 0),
        ("comments.wast", ";; a\n(; b (; c ;) ;)", 0),
        ("mark.wast", "\u{feff}", 0),
        ("mark-comment.wast", "\u{feff};; a", 0),
        ("mark-module.wast", "\u{feff}(module)\n(module)", 2),
        ("mark-fields.wast", "\u{feff}(func) (memory 1)", 1),
        ("fields.wast", "(func) (memory 1)", 1),
        ("annotation.wast", "(@a b)", 0),
    ] {
        let path = folder.write(name, content);
        let file = &load(&path, FeatureSet::EMPTY).unwrap()[0];
        assert_eq!(file.test_count(), tests, "{name}");
        let wrong =
            |directive: &Directive| matches!(directive.command, Command::ScriptError { .. });
        assert!(!file.script().directives.iter().any(wrong), "{name}");
        if let Some(first) = file.tests().first() {
            assert_eq!((first.line, first.column), (1, 1), "{name}");
        }
    }
    let twice = folder.write("twice.wast", "\u{feff}\u{feff}(module)");
    assert!(load(&twice, FeatureSet::EMPTY).unwrap()[0].tests()[0].id.ends_with("script_error"));
}

#[cfg(unix)]
#[test]
fn loops_of_links_are_told() {
    let folder = Folder::new("loop");
    std::os::unix::fs::symlink(&folder.0, folder.0.join("again")).unwrap();
    assert!(load_error(&folder.0).contains("loop"), "{}", load_error(&folder.0));
}

#[test]
fn a_file_and_a_folder_have_the_shape_of_the_index() {
    let folder = Folder::new("shape");
    let file = folder.write("b/two words.wast", "(module)\n(thread $T (invoke \"f\"))");
    folder.write("a.wast", "");
    folder.write("readme.md", "(");
    let features = FeatureSet::EMPTY.with(Feature::Simd);
    let files = load(&folder.0, features).unwrap();
    let suite = folder.0.display().to_string();
    assert_eq!(
        files.iter().map(IndexedFile::path).collect::<Vec<_>>(),
        ["a.wast", "b/two%20words.wast"]
    );
    assert_eq!(
        (files[1].suite().name.as_str(), files[1].suite().features),
        (suite.as_str(), features)
    );
    let ids: Vec<String> = files[1].tests().into_iter().map(|test| test.id).collect();
    let name = format!("{suite}/b/two%20words.wast");
    let want = ["1:module", "2:1:thread", "2:12:invoke:f"].map(|rest| format!("{name}:{rest}"));
    assert_eq!(ids, want);
    assert_eq!((files[0].test_count(), files[1].test_count()), (0, 3));
    assert!(files[1].find(&want[2]).is_some());
    assert!(files[1].source().unwrap().contains("$T"));
    assert_eq!(files[1].script().directives.len(), 2);

    let alone = load(&file, features).unwrap();
    assert_eq!(alone[0].suite().name, "local");
    assert!(alone[0].path().ends_with("/b/two%20words.wast") && !alone[0].path().starts_with('/'));
}

fn suites_error(suites: &str) -> String {
    let folder = Folder::new(&format!(
        "suites-{:x}",
        suites.len() * 31 + suites.bytes().map(usize::from).sum::<usize>()
    ));
    build(&folder.options(suites, "")).unwrap_err().to_string()
}

#[test]
fn broken_suites() {
    for (suites, want) in [
        ("[[suite]]\nname = \"a\"\n", "suites.toml:1:1: the suite `a` needs either"),
        ("[[suite]]\nname = \"a\"\nfolder = \".\"\nembedded = \"gc\"\n", "needs either"),
        (
            "[[suite]]\nname = \"a\"\nembedded = \"wasm-v\"\n",
            "suites.toml:3:12: the embedded copy has no group `wasm-v`; did you mean",
        ),
        (
            "[[suite]]\nname = \"a b\"\nfolder = \".\"\n",
            "suites.toml:2:8: `a b` cannot be the name",
        ),
        (
            "[[suite]]\nname = \"a\"\nfolder = \".\"\n\n[[suite]]\nname = \"a\"\nfolder = \".\"\n",
            "suites.toml:6:8: the suite `a` is there twice",
        ),
        (
            "[[suite]]\nname = \"a\"\nfolder = \".\"\nfeatures = [\"simdd\"]\n",
            "suites.toml:4:13: unknown proposal `simdd`; did you mean `simd`?",
        ),
        ("[[suite]]\nname = \"a\"\nfolder = \".\"\nproposal = \"simdd\"\n", "did you mean `simd`?"),
        ("[[suite]]\nnames = \"a\"\n", "suites.toml:2:1: unknown field `names`"),
        ("[[suite]]\nfolder = \".\"\n", "missing field `name`"),
        ("[[set]]\nname = \"gc\"\nfeatures = []\n", "choose another"),
        ("[[suite]\n", "suites.toml:1:"),
        ("[[suite]]\nname = \"a\"\nfolder = \"missing\"\n", "suite `a`"),
    ] {
        let message = suites_error(suites);
        assert!(message.contains(want), "{message}");
    }
}

#[test]
fn broken_exception_lists_fail_the_build() {
    let folder = Folder::new("list");
    folder.write("scripts/a.wast", "(module)");
    let suites = "[[suite]]\nname = \"s\"\nfolder = \"scripts\"\n";
    let list = "[[ignore]]\ntest = \"s/a.wast:1:modul\"\nexpect = \"skip\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"\n";
    let message = build(&folder.options(suites, list)).unwrap_err().to_string();
    assert!(
        message.contains("ignore-list.toml:2:8: no test matches `s/a.wast:1:modul`"),
        "{message}"
    );
    let index = Index::open(
        build(&folder.options(suites, &list.replace("modul", "*"))).unwrap().blob.leak(),
    )
    .unwrap();
    let test = index.find("s/a.wast:1:module").unwrap().1;
    assert_eq!(
        test.exceptions
            .iter()
            .map(|exception| (exception.reason.as_str(), exception.list.as_str(), exception.line))
            .collect::<Vec<_>>(),
        [("r", "ignore-list.toml", 1)]
    );
}

#[test]
fn scripts_on_disk_that_cannot_be_indexed() {
    let folder = Folder::new("index");
    let options = folder.options("[[suite]]\nname = \"s\"\nfolder = \"scripts\"\n", "");
    folder.write("scripts/sub/a.wast", "(module))");
    let message = build(&options).unwrap_err().to_string();
    assert!(message.contains("scripts/sub/a.wast:1:9:"), "{message}");
    folder.write("scripts/sub/a.wast", b"\xff");
    assert!(build(&options).unwrap_err().to_string().contains("not UTF-8"));
    // What is broken now is looked at again when it changes.
    let inputs = inputs(&options);
    for input in ["suites.toml", "ignore-list.toml", "scripts", "scripts/sub", "scripts/sub/a.wast"]
    {
        assert!(inputs.contains(&folder.0.join(input)), "{input} in {inputs:?}");
    }
}

#[test]
fn extra_folders_are_suites_of_their_own() {
    let folder = Folder::new("extra");
    folder.write("mine/x.wast", "(module)");
    let mut options = folder.options("[[suite]]\nname = \"s\"\nfolder = \"mine\"\n", "");
    options.extra_folders = vec![folder.0.join("mine")];
    let index = Index::open(build(&options).unwrap().blob.leak()).unwrap();
    assert!(index.find("mine/x.wast:1:module").is_some());
    assert_eq!(index.suites().len(), 2);
    options.extra_folders.push(folder.0.join("mine"));
    assert!(build(&options).unwrap_err().to_string().contains("second suite named `mine`"));
    options.extra_folders = vec![folder.0.join("nowhere")];
    assert!(build(&options).unwrap_err().to_string().contains("nowhere` is not a folder"));
}

#[test]
fn bytes_that_are_no_index() {
    for bytes in [
        &b""[..],
        b"tchstn02",
        b"tchstn02\xff\xff\xff\xff",
        b"tchstn02\x02\0\0\0\xff\xff",
        b"something else",
    ] {
        assert!(Index::open(bytes.to_vec().leak()).is_err());
    }
}
