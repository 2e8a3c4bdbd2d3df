//! Which texts are dates and times.
//!
//! In: a text. Out: whether it is one that the calendar has, in the one form that is written and compared here. Texts of
//! that form have the order of what they say, which is why no other form is taken.

use chrono::DateTime;

/// Whether a text is a date such as `2026-01-31`.
#[cfg(any(feature = "history", test))]
pub(crate) fn is_date(text: &str) -> bool {
    is_like(text, "0000-00-00") && chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

/// Whether a text is a time such as `2026-01-31T12:00:00Z`, as in RFC 3339, in which a minute may have a leap second.
pub(crate) fn is_time(text: &str) -> bool {
    is_like(text, "0000-00-00T00:00:00Z") && DateTime::parse_from_rfc3339(text).is_ok()
}

/// Whether a text has digits where the form has zeros, and else the characters of the form.
fn is_like(text: &str, form: &str) -> bool {
    let fits = |(c, of): (u8, u8)| if of == b'0' { c.is_ascii_digit() } else { c == of };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_calendar_has_is_a_date() {
        for date in ["2026-01-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            assert!(is_date(date), "{date}");
        }
        for none in [
            "",
            "yesterday",
            "2026-9-1",
            "2026/10/05",
            "2026-02-30",
            "2025-02-29",
            "1900-02-29",
            "0000-00-00",
            "2026-00-01",
            "2026-13-01",
            "2026-10-40",
            "2026-04-31",
            " 2026-01-31",
            "2026-01-31 ",
            "+026-01-31",
            "2026-01-31T00:00:00Z",
            "２026-01-1",
        ] {
            assert!(!is_date(none), "{none}");
        }
    }

    #[test]
    fn only_what_the_clock_has_is_a_time() {
        for time in ["2026-01-31T12:00:00Z", "2026-01-31T00:00:00Z", "2016-12-31T23:59:60Z"] {
            assert!(is_time(time), "{time}");
        }
        for none in [
            "",
            "2026-01-31",
            "2026-01-31T24:00:00Z",
            "2026-01-31T23:60:00Z",
            "2026-01-31T23:59:61Z",
            "2026-02-30T12:00:00Z",
            "2026-01-31 12:00:00Z",
            "2026-01-31T12:00:00+00:00",
            "2026-01-31T12:00:00.5Z",
            "2026-01-31t12:00:00z",
        ] {
            assert!(!is_time(none), "{none}");
        }
    }
}
