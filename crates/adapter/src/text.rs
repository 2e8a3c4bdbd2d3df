//! Text that stays in the line that it was read from, unless it has escapes.
//!
//! `serde` borrows a `Cow` of its own accord, but not one inside an `Option` or a list.

use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

/// Text in a list.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// Reads a field that may be absent.
pub(crate) fn option<'de: 'a, 'a, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Cow<'a, str>>, D::Error> {
    Ok(Option::<Text<'a>>::deserialize(deserializer)?.map(|text| text.0))
}

#[cfg(test)]
mod tests {
    use crate::{Request, Verb};
    use std::borrow::Cow;

    #[test]
    fn text_is_borrowed_unless_it_has_escapes() {
        let line = r#"{"id":1,"do":"invoke","export":"add","name":"a\u0062"}"#;
        let request: Request<'_> = serde_json::from_str(line).unwrap();
        assert_eq!(request.verb, Verb::Invoke);
        assert!(matches!(request.export, Some(Cow::Borrowed("add"))));
        assert!(matches!(request.name, Some(Cow::Owned(name)) if name == "ab"));
        assert_eq!(request.wasm, None);
    }
}
