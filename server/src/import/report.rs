//! What an import came to, in words.

use std::fmt;

/// A line that did not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Incidents that came in.
    pub incidents: usize,
    /// Their updates.
    pub updates: usize,
    /// Incidents that had come in before.
    pub known: usize,
    /// Names of components that were made.
    pub components: Vec<String>,
    /// Titles of planned maintenances, which are left out: they will be a kind of their own.
    pub maintenances: Vec<String>,
    /// Lines that could not be read; everything else came in.
    pub broken: Vec<Broken>,
}

impl Report {
    /// True when nothing was unreadable.
    pub fn is_whole(&self) -> bool {
        self.broken.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let incidents = count(self.incidents, "incident", "incidents");
        let updates = count(self.updates, "update", "updates");
        writeln!(f, "Imported {incidents} with {updates}.")?;
        match self.known {
            0 => {}
            1 => writeln!(f, "1 incident was here already.")?,
            known => writeln!(f, "{known} incidents were here already.")?,
        }
        if !self.components.is_empty() {
            let made = count(self.components.len(), "component", "components");
            writeln!(f, "Made {made}: {}.", self.components.join(", "))?;
        }
        if !self.maintenances.is_empty() {
            let left = count(
                self.maintenances.len(),
                "planned maintenance",
                "planned maintenances",
            );
            writeln!(f, "Left out {left}, which Muster does not keep yet:")?;
            for title in &self.maintenances {
                writeln!(f, "  {title}")?;
            }
        }
        if !self.broken.is_empty() {
            let lines = count(self.broken.len(), "line", "lines");
            writeln!(f, "Could not read {lines}:")?;
            for Broken { line, why } in &self.broken {
                writeln!(f, "  line {line}: {why}")?;
            }
        }
        Ok(())
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
