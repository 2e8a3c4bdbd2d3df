//! Scripts as trees of parentheses.
//!
//! In: text. Out: nodes, which can be taken apart, changed and written again. Comments are left out. Nothing here
//! knows what a form means.

/// A part of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A word, such as a keyword, a number or a name.
    Word(String),
    /// A string, with its quotes.
    Text(String),
    /// What is in parentheses.
    List(Vec<Node>),
}

/// Where a node is: the number of a form, then those of children.
pub(super) type Path = Vec<usize>;

impl Node {
    pub(super) fn word(word: impl Into<String>) -> Node {
        Node::Word(word.into())
    }

    /// The list of these words.
    pub(super) fn list(words: &[&str]) -> Node {
        Node::List(words.iter().copied().map(Node::word).collect())
    }

    /// The children of a list; none of anything else.
    pub(super) fn children(&self) -> &[Node] {
        match self {
            Node::List(children) => children,
            _ => &[],
        }
    }

    /// The keyword of a list.
    pub(super) fn head(&self) -> Option<&str> {
        self.children().first()?.as_word()
    }

    pub(super) fn as_word(&self) -> Option<&str> {
        match self {
            Node::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self, Node::List(_))
    }

    /// The name after the keyword, such as `$f`.
    pub(super) fn name(&self) -> Option<&str> {
        self.children().get(1)?.as_word().filter(|word| word.starts_with('$'))
    }

    /// The node at a path within this one.
    pub(super) fn at(&self, path: &[usize]) -> Option<&Node> {
        path.iter().try_fold(self, |node, step| node.children().get(*step))
    }

    /// The children of the list at a path within this one, to be changed.
    pub(super) fn list_at(&mut self, path: &[usize]) -> Option<&mut Vec<Node>> {
        let mut node = self;
        for step in path {
            let Node::List(children) = node else { return None };
            node = children.get_mut(*step)?;
        }
        match node {
            Node::List(children) => Some(children),
            _ => None,
        }
    }

    /// How often a word stands in it.
    pub(super) fn mentions(&self, word: &str) -> usize {
        match self {
            Node::Word(own) => usize::from(own == word),
            Node::Text(_) => 0,
            Node::List(children) => children.iter().map(|child| child.mentions(word)).sum(),
        }
    }

    /// Calls `change` with every node, those inside others before these.
    pub(super) fn each(&mut self, change: &mut dyn FnMut(&mut Node)) {
        if let Node::List(children) = self {
            children.iter_mut().for_each(|child| child.each(change));
        }
        change(self);
    }

    /// How much there is to read. A zero weighs less than other numbers.
    pub(super) fn weight(&self) -> usize {
        match self {
            Node::Word(word) if word.starts_with('$') => 3,
            Node::Word(word) | Node::Text(word) => {
                2 + word.bytes().filter(|byte| *byte != b'0').count()
            }
            Node::List(children) => 2 + children.iter().map(Node::weight).sum::<usize>(),
        }
    }

    /// Its text on one line.
    pub(super) fn flat(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    pub(super) fn write(&self, out: &mut String) {
        match self {
            Node::Word(word) | Node::Text(word) => out.push_str(word),
            Node::List(children) => {
                out.push('(');
                for (n, child) in children.iter().enumerate() {
                    if n > 0 {
                        out.push(' ');
                    }
                    child.write(out);
                }
                out.push(')');
            }
        }
    }
}

/// The nodes of a text. `None` where parentheses, strings or comments are not closed.
pub(super) fn parse(text: &str) -> Option<Vec<Node>> {
    let mut open: Vec<Vec<Node>> = vec![Vec::new()];
    for token in tokens(text)? {
        match token {
            "(" => open.push(Vec::new()),
            ")" => {
                let list = open.pop()?;
                open.last_mut()?.push(Node::List(list));
            }
            text if text.starts_with('"') => open.last_mut()?.push(Node::Text(text.to_owned())),
            word => open.last_mut()?.push(Node::word(word)),
        }
    }
    let top = open.pop()?;
    open.is_empty().then_some(top)
}

/// The parentheses, words and strings of a text, without comments.
pub(super) fn tokens(text: &str) -> Option<Vec<&str>> {
    let bytes = text.as_bytes();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let begin = at;
        match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'(' if bytes.get(at + 1) == Some(&b';') => {
                at = past_comment(bytes, at)?;
                continue;
            }
            b';' if bytes.get(at + 1) == Some(&b';') => {
                at += bytes[at..].iter().position(|b| *b == b'\n').unwrap_or(bytes.len() - at);
                continue;
            }
            b'(' | b')' => at += 1,
            b'"' => at = past_string(bytes, at)?,
            _ => {
                let ends = |b: &u8| b" \t\r\n()\";".contains(b);
                at += bytes[at..].iter().position(ends).unwrap_or(bytes.len() - at).max(1);
            }
        }
        tokens.push(text.get(begin..at)?);
    }
    Some(tokens)
}

fn past_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    at += 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

fn past_comment(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'(', Some(b';')) => (depth, at) = (depth + 1, at + 2),
            (b';', Some(b')')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_parsed_is_written_again_without_comments() {
        let text =
            "(module $m ;; (a line)\n (data (; in (; a ;) block ;) \"a\\\"b;;)\"))\n(invoke \"f\")";
        let nodes = parse(text).expect("it is closed");
        let flat: Vec<_> = nodes.iter().map(Node::flat).collect();
        assert_eq!(flat, [r#"(module $m (data "a\"b;;)"))"#, r#"(invoke "f")"#]);
        assert_eq!((nodes[0].head(), nodes[0].name()), (Some("module"), Some("$m")));
    }

    #[test]
    fn what_is_not_closed_is_no_tree() {
        for text in ["(a", "a)", "\"a", "(; a", "\"\\", ")("] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
