//! Names of messages, so that every mail reader shows an incident as one thread (RFC 5322, section 3.6.4).

use domain::Number;

/// The Message-ID for a key.
pub(super) fn id(base_url: &str, key: &str) -> String {
    let local: String = key
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("<{local}@{}>", host(base_url))
}

/// The name of a sitrep's message: one for all who get it, so that two copies in one mailbox are one.
pub(super) fn sitrep(base_url: &str, incident: Number, version: i64) -> String {
    id(base_url, &format!("incident-{incident}-sitrep-{version}"))
}

/// What a sitrep's message follows: the first one, which holds the thread together for whoever joined late, and the one
/// before it.
pub(super) fn before_sitrep(base_url: &str, incident: Number, version: i64) -> Vec<String> {
    let mut before = vec![1, version - 1];
    before.retain(|earlier| *earlier >= 1 && *earlier < version);
    before.dedup();
    before
        .into_iter()
        .map(|earlier| sitrep(base_url, incident, earlier))
        .collect()
}

/// The host of an address, as far as it fits behind an @.
fn host(base_url: &str) -> String {
    let after = base_url.split("://").last().unwrap_or_default();
    let name = after.split(['/', ':']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .collect();
    if name.is_empty() {
        "muster".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_is_one_thread() {
        let base = "https://muster.example.com:8443";
        let follows = |version| before_sitrep(base, Number(142), version);
        assert_eq!(
            sitrep(base, Number(142), 3),
            "<incident-142-sitrep-3@muster.example.com>"
        );
        assert!(follows(1).is_empty());
        assert_eq!(follows(2), ["<incident-142-sitrep-1@muster.example.com>"]);
        assert_eq!(
            follows(5),
            [
                "<incident-142-sitrep-1@muster.example.com>",
                "<incident-142-sitrep-4@muster.example.com>"
            ]
        );
        assert_eq!(id("http://[::1]:3000", "a:b@c"), "<a-b-c@muster>");
    }
}
