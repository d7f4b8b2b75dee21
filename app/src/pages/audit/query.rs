//! The address of the log: whose doing, and before what.

use crate::data::AuditFilter;
use crate::pages::incidents::query::encoded;
use domain::PersonId;

/// Reads the address. What cannot be read counts as left out.
pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> AuditFilter {
    AuditFilter {
        by: get("by").filter(|id| !id.is_empty()).map(PersonId::new),
        before: get("before").and_then(|position| position.parse().ok()),
    }
}

/// The address of a page.
pub(super) fn address(by: Option<&PersonId>, before: Option<i64>) -> String {
    let by = by.map(|by| format!("by={}", encoded(by.as_str())));
    let before = before.map(|position| format!("before={position}"));
    let query: Vec<String> = by.into_iter().chain(before).collect();
    if query.is_empty() {
        "/audit".to_owned()
    } else {
        format!("/audit?{}", query.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_made() {
        let bo = PersonId::new("p-bo&x");
        let address = address(Some(&bo), Some(12));
        assert_eq!(address, "/audit?by=p-bo%26x&before=12");
        let asked = read(|name| match name {
            "by" => Some("p-bo&x".to_owned()),
            "before" => Some("12".to_owned()),
            _ => None,
        });
        assert_eq!(asked.by, Some(bo));
        assert_eq!(asked.before, Some(12));
        assert_eq!(read(|_| Some(String::new())), AuditFilter::default());
    }
}
