//! What an import came to, in words.

use std::fmt;

/// A part that did not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub what: String,
    /// What is wrong with it.
    pub why: String,
}

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Incidents that came in.
    pub incidents: usize,
    /// Updates that came in, with them or for those that went on.
    pub updates: usize,
    /// Incidents that had come in before.
    pub known: usize,
    /// Incidents that had come in before, went on, and were brought up to date.
    pub continued: usize,
    /// Names of components that were made.
    pub components: Vec<String>,
    /// Names of components that were changed.
    pub changed: Vec<String>,
    /// How many components were here already as they are there.
    pub same: usize,
    /// Names of groups that were made or changed.
    pub groups: Vec<String>,
    /// Settings that were taken over, in words.
    pub settings: Vec<String>,
    /// What else is not here as it is there, in words: settings that somebody chose here, headings without components.
    pub left: Vec<String>,
    /// Titles of planned maintenances that came in, or were brought up to date.
    pub maintenances: Vec<String>,
    /// Planned maintenances that were here already, the same or planned here.
    pub known_maintenances: usize,
    /// Parts that could not be read; everything else came in.
    pub broken: Vec<Broken>,
}

impl Report {
    /// True when nothing was unreadable.
    pub fn is_whole(&self) -> bool {
        self.broken.is_empty()
    }

    /// Says once what is not here as it is there; several documents may tell of the same.
    pub(super) fn leave(&mut self, words: String) {
        if !self.left.contains(&words) {
            self.left.push(words);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let incidents = count(self.incidents, "incident", "incidents");
        let updates = count(self.updates, "update", "updates");
        if self.continued == 0 {
            writeln!(f, "Imported {incidents} with {updates}.")?;
        } else {
            let continued = count(self.continued, "incident", "incidents");
            writeln!(
                f,
                "Imported {incidents} and brought {continued} up to date, with {updates}."
            )?;
        }
        match self.known {
            0 => {}
            1 => writeln!(f, "1 incident was here already.")?,
            known => writeln!(f, "{known} incidents were here already.")?,
        }
        named(f, "Made", &self.components, "component", "components")?;
        named(f, "Changed", &self.changed, "component", "components")?;
        match self.same {
            0 => {}
            1 => writeln!(f, "1 component was here already, the same.")?,
            same => writeln!(f, "{same} components were here already, the same.")?,
        }
        named(f, "Made or changed", &self.groups, "group", "groups")?;
        for words in self.settings.iter().chain(&self.left) {
            writeln!(f, "{words}")?;
        }
        if !self.maintenances.is_empty() {
            let maintenances = count(
                self.maintenances.len(),
                "planned maintenance",
                "planned maintenances",
            );
            writeln!(f, "Imported {maintenances}.")?;
        }
        match self.known_maintenances {
            0 => {}
            1 => writeln!(f, "1 planned maintenance was here already.")?,
            known => writeln!(f, "{known} planned maintenances were here already.")?,
        }
        if !self.broken.is_empty() {
            let parts = count(self.broken.len(), "part", "parts");
            writeln!(f, "Could not read {parts}:")?;
            for Broken { what, why } in &self.broken {
                writeln!(f, "  {what}: {why}")?;
            }
        }
        Ok(())
    }
}

fn named(
    f: &mut fmt::Formatter<'_>,
    done: &str,
    names: &[String],
    one: &str,
    many: &str,
) -> fmt::Result {
    if names.is_empty() {
        return Ok(());
    }
    let number = count(names.len(), one, many);
    writeln!(f, "{done} {number}: {}.", names.join(", "))
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
