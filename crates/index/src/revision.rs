//! The revision of a repository that is checked out.
//!
//! In: a folder. Out: the revision, and files that change when another one is checked out. Only files are read, so that
//! it makes no difference which programs are installed. Whether files were changed since is not known here.

use std::fs;
use std::path::{Path, PathBuf};

/// What is checked out in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedOut {
    /// The revision, as Git names it.
    pub revision: String,
    /// Files that change when another revision is checked out.
    pub files: Vec<PathBuf>,
}

/// What is checked out in a folder that Git has a `.git` in; or, in an unpacked package, what that was made of. Nothing
/// where there is neither, or where the package was made of files that were in no revision.
pub fn checked_out(folder: &Path) -> Option<CheckedOut> {
    let package = folder.join(".cargo_vcs_info.json");
    if let Ok(text) = fs::read_to_string(&package) {
        return of_package(&text).map(|revision| CheckedOut { revision, files: vec![package] });
    }
    let git = git_folder(&folder.join(".git"))?;
    // What worktrees share is in the folder of the first one.
    let shared = match fs::read_to_string(git.join("commondir")) {
        Ok(common) => git.join(common.trim_end()),
        Err(_) => git.clone(),
    };
    let head = fs::read_to_string(git.join("HEAD")).ok()?;
    // Each commit and each checkout is written to the log, whatever file has the branch.
    let mut files = vec![git.join("HEAD"), git.join("logs/HEAD"), shared.join("packed-refs")];
    let revision = match head.trim_end().strip_prefix("ref: ") {
        None => head.trim_end().to_owned(),
        Some(branch) => {
            files.push(shared.join(branch));
            let loose = fs::read_to_string(shared.join(branch)).ok();
            loose.map(|text| text.trim_end().to_owned()).or_else(|| packed(&shared, branch))?
        }
    };
    files.retain(|file| file.is_file());
    is_revision(&revision).then_some(CheckedOut { revision, files })
}

/// The folder of a repository: `.git` itself, or the one that the file of this name speaks of.
fn git_folder(dot_git: &Path) -> Option<PathBuf> {
    if dot_git.is_dir() {
        return Some(dot_git.to_owned());
    }
    let text = fs::read_to_string(dot_git).ok()?;
    Some(dot_git.parent()?.join(text.strip_prefix("gitdir: ")?.trim_end()))
}

fn packed(shared: &Path, branch: &str) -> Option<String> {
    let refs = fs::read_to_string(shared.join("packed-refs")).ok()?;
    let mut lines = refs.lines().filter_map(|line| line.split_once(' '));
    lines.find(|(_, name)| *name == branch).map(|(revision, _)| revision.to_owned())
}

/// The revision in what Cargo writes into a package.
fn of_package(text: &str) -> Option<String> {
    if text.contains("\"dirty\": true") {
        return None;
    }
    let rest = text.split("\"sha1\": \"").nth(1)?;
    let revision = rest.split('"').next()?;
    is_revision(revision).then(|| revision.to_owned())
}

fn is_revision(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files in it.
    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let name = format!("touchstone-revision-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("writable");
            fs::write(path, text).expect("writable");
        }
        fs::create_dir_all(&folder).expect("writable");
        folder
    }

    const ONE: &str = "0123456789abcdef0123456789abcdef01234567";

    fn revision(folder: &Path) -> Option<String> {
        checked_out(folder).map(|found| found.revision)
    }

    #[test]
    fn a_branch_is_found_loose_packed_or_in_a_worktree() {
        let head = (".git/HEAD", "ref: refs/heads/main\n");
        let line = format!("{ONE}\n");
        let loose =
            folder("loose", &[head, (".git/refs/heads/main", &line), (".git/logs/HEAD", "")]);
        let found = checked_out(&loose).expect("a revision");
        assert_eq!(found.revision, ONE);
        let files =
            ["HEAD", "logs/HEAD", "refs/heads/main"].map(|file| loose.join(".git").join(file));
        assert_eq!(found.files, files);

        let refs = format!("# pack-refs\nffff refs/heads/mai\n{ONE} refs/heads/main\n");
        let packed = folder("packed", &[head, (".git/packed-refs", &refs)]);
        assert_eq!(revision(&packed).as_deref(), Some(ONE));
        assert_eq!(revision(&folder("alone", &[(".git/HEAD", &line)])).as_deref(), Some(ONE));

        let worktree = folder(
            "worktree",
            &[
                ("it/.git", "gitdir: ../main/.git/worktrees/it\n"),
                ("main/.git/worktrees/it/HEAD", "ref: refs/heads/x\n"),
                ("main/.git/worktrees/it/commondir", "../..\n"),
                ("main/.git/refs/heads/x", &line),
            ],
        );
        assert_eq!(revision(&worktree.join("it")).as_deref(), Some(ONE));
        for folder in [loose, packed, worktree] {
            let _ = fs::remove_dir_all(folder);
        }
    }

    #[test]
    fn a_package_says_what_it_was_made_of() {
        let info = format!(
            "{{\n  \"git\": {{\n    \"sha1\": \"{ONE}\"\n  }},\n  \"path_in_vcs\": \"\"\n}}"
        );
        let clean = folder("clean", &[(".cargo_vcs_info.json", &info)]);
        assert_eq!(revision(&clean).as_deref(), Some(ONE));
        let dirty = info.replace(&format!("{ONE}\""), &format!("{ONE}\",\n    \"dirty\": true"));
        let dirty = folder("dirty", &[(".cargo_vcs_info.json", &dirty)]);
        assert_eq!(revision(&dirty), None);
        let neither = folder("neither", &[]);
        assert_eq!(revision(&neither), None);
        for folder in [clean, dirty, neither] {
            let _ = fs::remove_dir_all(folder);
        }
    }
}
