//! Lists of incidents, asked for as people write.

use super::Services;
use crate::store::{Listing, Page, StoreError};

impl Services {
    /// A page of incidents. What an incident is called ("INC-142", in any case) stands for its number.
    pub async fn list(&self, mut listing: Listing) -> Result<Page, StoreError> {
        let prefix = &self.directory().settings.prefix;
        listing.q = listing.q.map(|q| numbered(&q, prefix));
        self.0.store.list(listing).await
    }
}

/// A question with `#142` in place of "INC-142".
fn numbered(question: &str, prefix: &str) -> String {
    let (question, tag) = (
        question.to_lowercase(),
        format!("{}-", prefix.to_lowercase()),
    );
    let mut pieces = question.split(&tag);
    let mut said = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        let names_one = rest.len() < piece.len()
            && !rest.starts_with(char::is_alphanumeric)
            && !said.ends_with(char::is_alphanumeric);
        said.push_str(if names_one { " #" } else { &tag });
        said.push_str(piece);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_incident_is_called_is_its_number() {
        for (question, prefix, expected) in [
            ("INC-142", "INC", " #142"),
            ("inc-142 payments", "INC", " #142 payments"),
            ("like inc-1, INC-2", "INC", "like  #1,  #2"),
            ("Störung 1-7", "störung 1", " #7"),
            ("zinc-142", "INC", "zinc-142"),
            ("inc-142b", "INC", "inc-142b"),
            ("inc-", "INC", "inc-"),
            ("payments", "INC", "payments"),
        ] {
            assert_eq!(numbered(question, prefix), expected, "{question}");
        }
    }
}
