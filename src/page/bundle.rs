//! The script of the page, out of its modules.
//!
//! In: modules in JavaScript, those first that others import. Out: one module. Each `import` and `export` of the modules
//! is alone at the beginning of a line, and no two modules have a name at their top in common, so that leaving both
//! words out joins them; that this holds is tested in a browser. Nothing here knows what the script does.

/// The modules, in the order in which they need each other.
const MODULES: [&str; 14] = [
    include_str!("assets/unpack.js"),
    include_str!("assets/model.js"),
    include_str!("assets/query.js"),
    include_str!("assets/dom.js"),
    include_str!("assets/rows.js"),
    include_str!("assets/state.js"),
    include_str!("assets/marks.js"),
    include_str!("assets/overview.js"),
    include_str!("assets/tree.js"),
    include_str!("assets/list.js"),
    include_str!("assets/changes.js"),
    include_str!("assets/drawer.js"),
    include_str!("assets/complete.js"),
    include_str!("assets/main.js"),
];

/// The style of the page.
pub const STYLE: &str = include_str!("assets/report.css");

/// The script of the page.
pub fn script() -> String {
    let mut script = String::from("'use strict';\n");
    for module in MODULES {
        for line in module.lines().filter(|line| !line.starts_with("import ")) {
            script.push_str(line.strip_prefix("export ").unwrap_or(line));
            script.push('\n');
        }
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_imported_any_more_and_nothing_ends_the_script() {
        let script = script();
        let begins = |word: &str| script.lines().any(|line| line.trim_start().starts_with(word));
        assert!(!begins("import ") && !begins("export "));
        assert!(!script.contains("</script") && !script.contains("<!--"));
        assert!(!STYLE.contains("</style") && !STYLE.contains("url("));
    }

    #[test]
    fn text_from_reports_cannot_become_markup() {
        let script = script();
        for way in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("]
        {
            assert!(!script.contains(way), "{way}");
        }
    }
}
