//! What the components and groups are to be here, from what they are there and what is here already.

use super::super::report::{Broken, Report};
use super::super::{Part, fit};
use super::Page;
use super::excuses::Excuses;
use super::page::Row;
use crate::ids;
use domain::time::Time;
use domain::{Component, ComponentId, Directory, Group, Opens, text};
use std::collections::{HashMap, HashSet};

pub(super) fn is_code(code: Option<&String>, row: &Row) -> bool {
    code == Some(&row.id)
}

/// A line as it stands there: tools find a component by its name, and two spaces in it are two.
pub(super) fn line(field: &str, line: &str) -> Result<String, String> {
    let cleaned = text::clean(line);
    fit(if cleaned.contains(['\n', '\t']) {
        text::required_line(field, line, text::LINE)
    } else {
        text::required_text(field, &cleaned, text::LINE)
    })
}

fn description(row: &Row) -> Result<String, String> {
    match &row.description {
        Some(words) if !text::is_blank(words) => line("description", words),
        Some(_) | None => Ok(String::new()),
    }
}

/// What is to be here.
pub(super) struct Wanted<'a> {
    directory: &'a Directory,
    page: &'a Page,
    now: Time,
    pub groups: Vec<Group>,
    /// The name of each group by its id there.
    headings: HashMap<&'a str, String>,
    /// The name of each component by its id there, with its group before it, as incidents have it.
    full_names: HashMap<&'a str, &'a str>,
    pub components: Vec<Component>,
    /// Names that are given, with their groups.
    taken: HashSet<(String, String)>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(
        directory: &'a Directory,
        page: &'a Page,
        now: Time,
        report: &mut Report,
    ) -> Self {
        let words = page.incidents.iter().flat_map(|incident| &incident.words);
        let affected = words.flat_map(|word| &word.affected);
        let full_names = affected.filter_map(|(part, _)| match part {
            Part::Coded { code, name } => Some((code.as_str(), name.as_str())),
            Part::Named(_) => None,
        });
        let comes = |component: &&Component| {
            let mut rows = page.rows.iter();
            !rows.any(|row| is_code(component.code.as_ref(), row))
        };
        // Those that are here and do not come keep their names; the others get theirs below.
        let stay = directory
            .components
            .iter()
            .filter(comes)
            .filter(|c| c.code.is_some());
        let mut wanted = Self {
            directory,
            page,
            now,
            groups: Vec::new(),
            headings: HashMap::new(),
            full_names: full_names.collect(),
            components: Vec::new(),
            taken: stay.map(|c| (c.group.clone(), c.name.clone())).collect(),
        };
        for row in page.rows.iter().filter(|row| row.is_group()) {
            let mut rows = page.rows.iter();
            if !rows.any(|part| part.group_id.as_deref() == Some(&row.id)) {
                let name = text::clean_line(&row.name);
                report.leave(format!(
                    "The group {name} has no components and is left out."
                ));
            } else if let Err(why) = wanted.add_group(row) {
                report.broken.push(Broken {
                    what: format!("group {} ({})", row.id, text::clean_line(&row.name)),
                    why,
                });
            }
        }
        wanted
    }

    fn add_group(&mut self, row: &'a Row) -> Result<(), String> {
        let known = self.directory.groups.iter();
        let known = known
            .clone()
            .find(|group| is_code(group.code.as_ref(), row));
        let name = match known {
            // Renamed before, or it cannot be.
            Some(known) => known.name.clone(),
            None => line("name", &row.name)?,
        };
        if self.groups.iter().any(|group| group.name == name) {
            self.headings.insert(&row.id, name);
            return Err(
                "another one has the same name; what is in it stands under that one".to_owned(),
            );
        }
        let known = self
            .directory
            .groups
            .iter()
            .find(|group| group.name == name);
        let is_ordered = known.is_some_and(|known| {
            is_code(known.code.as_ref(), row) && known.position.is_none() && row.position.is_some()
        });
        let (place, position) = placed(row, known.map(|known| known.place), is_ordered);
        self.headings.insert(&row.id, name.clone());
        self.groups.push(Group {
            name,
            description: description(row)?,
            // Their pages open a group when something is wrong in it. Whoever chose otherwise here is not overruled.
            opens: known.map_or(Opens::WhenAffected, |known| known.opens),
            place,
            position,
            code: Some(row.id.clone()),
            created_at: row.created_at,
            updated_at: row.updated_at,
        });
        Ok(())
    }

    pub(super) fn add(&mut self, row: &Row, excuses: &Excuses) -> Result<(), String> {
        let name = line("name", &row.name)?;
        let mut here = self.directory.components.iter();
        let by_code = here.find(|component| is_code(component.code.as_ref(), row));
        let group = self.group_of(row, by_code);
        let by_name = || {
            let mut here = self.directory.components.iter();
            here.find(|c| c.code.is_none() && c.group == group && c.name == name)
        };
        let known = by_code.or_else(by_name);
        let is_another = |c: &&Component| {
            c.code.is_none()
                && c.group == group
                && c.name == name
                && Some(&c.id) != known.map(|k| &k.id)
        };
        if self.directory.components.iter().any(|c| is_another(&c))
            || !self.taken.insert((group.clone(), name.clone()))
        {
            return Err("another component has the same name in the same group".to_owned());
        }
        self.open_group(&group);
        let is_ordered = by_code.is_some_and(|by_code| {
            by_code.position.is_none() && row.position.is_some() && by_code.group == group
        });
        let (place, position) = placed(row, known.map(|known| known.place), is_ordered);
        let id = known.map_or_else(|| ComponentId::new(ids::new_id()), |known| known.id.clone());
        // A page that gives its list does not show what is not in it.
        let is_gone = !row.listed && self.page.rows.iter().any(|row| row.listed);
        self.components.push(Component {
            status: excuses.own_status(row, &id),
            id,
            name,
            group,
            description: description(row)?,
            hidden: known.map_or(is_gone, |known| known.hidden),
            only_if_degraded: row.only_show_if_degraded.unwrap_or_default(),
            showcase: row.showcase.unwrap_or(true),
            start_date: row.start_date,
            place,
            position,
            code: Some(row.id.clone()),
            created_at: row.created_at,
            updated_at: row.updated_at,
        });
        Ok(())
    }

    /// A group of which nothing but the name is known, at the end of the page.
    fn open_group(&mut self, name: &str) {
        let is_there = |group: &Group| group.name == name;
        if name.is_empty()
            || self.groups.iter().any(is_there)
            || self.directory.groups.iter().any(is_there)
        {
            return;
        }
        let groups = self.groups.iter().chain(&self.directory.groups);
        let last = groups.map(|group| group.place).max();
        self.groups.push(Group {
            name: name.to_owned(),
            description: String::new(),
            opens: Opens::WhenAffected,
            place: last.unwrap_or_default() + 1,
            position: None,
            code: None,
            created_at: self.now,
            updated_at: self.now,
        });
    }

    /// The heading that a component stands under. A list has it; without one its name in an incident may tell.
    fn group_of(&self, row: &Row, known: Option<&Component>) -> String {
        let Some(id) = &row.group_id else {
            return String::new();
        };
        let mut groups = self.directory.groups.iter();
        let here = groups.find(|group| group.code.as_ref() == Some(id));
        let full_name = self.full_names.get(row.id.as_str()).copied();
        let of_name = full_name.and_then(|full| full.strip_suffix(&row.name)?.strip_suffix(" - "));
        self.headings
            .get(id.as_str())
            .map(String::as_str)
            .or(here.map(|group| group.name.as_str()))
            .or(known.map(|component| component.group.as_str()))
            .or(of_name)
            .unwrap_or_default()
            .to_owned()
    }
}

/// Its place and the number of it, as there. An order that was changed here since stays.
fn placed(row: &Row, here: Option<i64>, is_ordered: bool) -> (i64, Option<i64>) {
    match (here, row.position) {
        (Some(place), _) if is_ordered => (place, None),
        (_, Some(position)) => (position, Some(position)),
        (place, None) => (place.unwrap_or_default(), None),
    }
}
