//! The page's components and the headings above them, as they stand there, for those that are here and those that are not.

use super::super::report::{Broken, Report};
use super::Page;
use super::excuses::Excuses;
use super::wanted::{Wanted, is_code, line};
use crate::clock::Clock;
use crate::store::{HouseChange, HouseError, Store, StoreError};
use domain::{Component, Group, text};

pub(super) async fn take_over(
    store: &dyn Store,
    clock: &dyn Clock,
    page: &Page,
    report: &mut Report,
) -> Result<(), StoreError> {
    rename_groups(store, clock, page, report).await?;
    let directory = store.directory().await?;
    let excuses = Excuses::of(page, &store.public_active().await?);
    let mut wanted = Wanted::new(&directory, page, clock.now(), report);
    for row in page.rows.iter().filter(|row| !row.is_group()) {
        let what = || format!("component {} ({})", row.id, text::clean_line(&row.name));
        if let Err(why) = wanted.add(row, &excuses) {
            report.broken.push(Broken { what: what(), why });
        }
    }
    let Wanted {
        groups, components, ..
    } = wanted;
    let is_new = |component: &Component| directory.component(&component.id).is_none();
    let same = |component: &Component| directory.component(&component.id) == Some(component);
    let taken = components.len();
    let components: Vec<Component> = components.into_iter().filter(|c| !same(c)).collect();
    let groups: Vec<Group> = groups
        .into_iter()
        .filter(|group| !directory.groups.contains(group))
        .collect();
    report.same = taken - components.len();
    if components.is_empty() && groups.is_empty() {
        return Ok(());
    }
    let (made, changed): (Vec<&Component>, Vec<&Component>) =
        components.iter().partition(|component| is_new(component));
    let made: Vec<String> = made.into_iter().map(Component::full_name).collect();
    let changed: Vec<String> = changed.into_iter().map(Component::full_name).collect();
    let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
    let change = HouseChange::ImportComponents { groups, components };
    match store.change_house(None, clock.now(), change).await {
        Ok(_) => {
            report.components.extend(made);
            report.changed.extend(changed);
            report.groups.extend(names);
            Ok(())
        }
        Err(HouseError::Store(error)) => Err(error),
        // Somebody works on them here, or two there have exchanged their names.
        Err(_) => {
            report.broken.push(Broken {
                what: "the components".to_owned(),
                why: "two of them would have one name in one group for a moment. Rename one here and import again."
                    .to_owned(),
            });
            Ok(())
        }
    }
}

/// A group is known by its name here, so one that has another name there by now is renamed first.
async fn rename_groups(
    store: &dyn Store,
    clock: &dyn Clock,
    page: &Page,
    report: &mut Report,
) -> Result<(), StoreError> {
    let directory = store.directory().await?;
    for row in page.rows.iter().filter(|row| row.is_group()) {
        let known = directory
            .groups
            .iter()
            .find(|group| is_code(group.code.as_ref(), row));
        let (Some(known), Ok(name)) = (known, line("name", &row.name)) else {
            continue;
        };
        if known.name == name {
            continue;
        }
        let group = Group {
            name: name.clone(),
            ..known.clone()
        };
        let change = HouseChange::PutGroup {
            was: known.name.clone(),
            group,
        };
        match store.change_house(None, clock.now(), change).await {
            Ok(_) => {}
            Err(HouseError::Store(error)) => return Err(error),
            Err(_) => report.broken.push(Broken {
                what: format!("group {} ({})", row.id, known.name),
                why: format!("it is called {name} there, and here another one is"),
            }),
        }
    }
    Ok(())
}
