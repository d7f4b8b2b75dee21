//! Words: what can be looked up, the same on both databases. A word is known by its first letters, in lower case; the
//! databases only compare.

use crate::store::StoreError;
use crate::store::db::{Tx, query};
use domain::{IncidentEvent, Number, Recorded};
use std::collections::BTreeSet;

/// As many letters of a word count.
const LETTERS: usize = 16;
/// As many bytes of different words are kept for one incident; more than any honest one has.
const MOST: usize = 500_000;
/// As many words of a question count.
const ASKED: usize = 8;

/// The words of a text.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = 0;
    // The space at the end ends the last word.
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() && !is_sign(c) {
            if letters < LETTERS {
                word.extend(c.to_lowercase());
            }
            letters += 1;
            continue;
        }
        if letters > 0 {
            words.push(std::mem::take(&mut word));
            letters = 0;
        }
        // Scripts without spaces between words: every sign is one.
        if is_sign(c) {
            words.push(c.to_string());
        }
    }
    words
}

fn is_sign(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The texts of an event that a search goes through.
fn texts(event: &IncidentEvent) -> Vec<&str> {
    match event {
        IncidentEvent::Declared { title, summary, .. } => std::iter::once(title.as_str())
            .chain(summary.as_deref())
            .collect(),
        IncidentEvent::Imported { title, .. }
        | IncidentEvent::TitleChanged { title }
        | IncidentEvent::PublicTitleChanged { title }
        | IncidentEvent::Linked { title, .. } => vec![title],
        IncidentEvent::Noted { text } => vec![text],
        IncidentEvent::UpdateRequested { question } => question.as_deref().into_iter().collect(),
        IncidentEvent::SitrepSent { sitrep } => vec![
            sitrep.headline.as_deref().unwrap_or_default(),
            &sitrep.situation,
            &sitrep.impact,
            &sitrep.hypothesis,
            &sitrep.needs,
        ],
        IncidentEvent::PublicUpdatePublished { update } => vec![&update.message],
        IncidentEvent::SeverityChanged { .. }
        | IncidentEvent::PhaseChanged { .. }
        | IncidentEvent::Resolved { .. }
        | IncidentEvent::Closed {}
        | IncidentEvent::Cancelled { .. }
        | IncidentEvent::Merged { .. }
        | IncidentEvent::Reopened { .. }
        | IncidentEvent::StartedAtChanged { .. }
        | IncidentEvent::RoleAssigned { .. }
        | IncidentEvent::RoleHandedOver { .. }
        | IncidentEvent::CommandTaken { .. }
        | IncidentEvent::RoleReleased { .. }
        | IncidentEvent::Reminded { .. }
        | IncidentEvent::Snoozed { .. }
        | IncidentEvent::Joined { .. }
        | IncidentEvent::Left { .. }
        | IncidentEvent::ComponentsAffected { .. }
        | IncidentEvent::SilenceDecided { .. }
        | IncidentEvent::Redacted { .. } => Vec::new(),
    }
}

/// Adds the words of new events to those of an incident. Each stands there once, so a long incident that keeps saying the
/// same things costs nothing more.
pub(super) async fn learn(
    tx: &mut Tx,
    number: Number,
    recorded: &[Recorded],
) -> Result<(), StoreError> {
    let mut new: BTreeSet<String> = recorded
        .iter()
        .flat_map(|recorded| texts(&recorded.event))
        .flat_map(words)
        .collect();
    let begins = recorded.first().is_some_and(|first| first.version == 1);
    if begins {
        new.insert(number.to_string());
    } else if new.is_empty() {
        return Ok(());
    }
    let row = query("select words from incident_words where number = $1")
        .bind(number.0)
        .one(tx.at())
        .await?;
    let before: String = row
        .map(|row| row.get("words"))
        .transpose()?
        .unwrap_or_default();
    let mut known: BTreeSet<&str> = before.split_ascii_whitespace().collect();
    let mut room = MOST.saturating_sub(before.len());
    let mut learnt = false;
    for word in &new {
        if !known.contains(word.as_str()) && word.len() < room {
            room -= word.len() + 1;
            learnt |= known.insert(word);
        }
    }
    if !learnt {
        return Ok(());
    }
    let words = known.into_iter().collect::<Vec<_>>().join(" ");
    keep(tx, number, &words).await
}

async fn keep(tx: &mut Tx, number: Number, words: &str) -> Result<(), StoreError> {
    let sql = tx.pick(
        "insert into incident_words (number, words) values ($1, $2) \
         on conflict (number) do update set words = excluded.words",
        "insert into incident_words (number, words, document) \
         values ($1, $2, array_to_tsvector(string_to_array($2, ' '))) \
         on conflict (number) do update set words = excluded.words, document = excluded.document",
    );
    query(sql).bind(number.0).bind(words).run(tx.at()).await?;
    if let Tx::Sqlite(_) = tx {
        query("insert or replace into incident_search (rowid, words) values ($1, $2)")
            .bind(number.0)
            .bind(words)
            .run(tx.at())
            .await?;
    }
    Ok(())
}

/// A question in the language of the database: all of its words, each as the beginning of one, and numbers after a `#` as
/// they are. `None` when it has no word.
pub(super) fn question(text: &str, sqlite: bool) -> Option<String> {
    // Words are letters and digits alone, so nothing in them means anything to either language.
    let asked: Vec<String> = asked(text)
        .into_iter()
        .take(ASKED)
        .map(|(word, whole)| match (sqlite, whole) {
            (true, false) => format!("\"{word}\" *"),
            (true, true) => format!("\"{word}\""),
            (false, false) => format!("'{word}':*"),
            (false, true) => format!("'{word}'"),
        })
        .collect();
    let and = if sqlite { " AND " } else { " & " };
    (!asked.is_empty()).then(|| asked.join(and))
}

/// The words of a question, and of each whether it is meant as it is rather than as a beginning.
fn asked(text: &str) -> Vec<(String, bool)> {
    let mut pieces = text.split('#');
    let beginnings = |text| words(text).into_iter().map(|word| (word, false));
    let mut asked: Vec<_> = pieces.next().into_iter().flat_map(beginnings).collect();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_digit());
        let (number, rest) = piece.split_at(end.unwrap_or(piece.len()));
        if number.is_empty() || rest.starts_with(char::is_alphanumeric) {
            asked.extend(beginnings(piece));
        } else {
            asked.extend(words(number).into_iter().map(|word| (word, true)));
            asked.extend(beginnings(rest));
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        let cases = [
            ("API-Gateway_2 down!", "api gateway 2 down"),
            ("Übergröße", "übergröße"),
            ("it's 100% “broken”", "it s 100 broken"),
            ("internationalisation", "internationalisa"),
            ("API障害です", "api 障 害 で す"),
            ("\" OR 1=1 -- *", "or 1 1"),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text).join(" "), expected);
        }
    }

    #[test]
    fn a_question_holds_no_operator_of_its_asker() {
        assert_eq!(
            question("data* \"NEAR(", true).as_deref(),
            Some("\"data\" * AND \"near\" *")
        );
        assert_eq!(
            question("a'b & !c", false).as_deref(),
            Some("'a':* & 'b':* & 'c':*")
        );
        assert_eq!(question(" !? ", true), None);
        assert_eq!(
            question("api #142, #7b ##", true).as_deref(),
            Some("\"api\" * AND \"142\" AND \"7b\" *")
        );
        assert_eq!(question("#142", false).as_deref(), Some("'142'"));
    }
}
