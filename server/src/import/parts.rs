//! Which component here is the one that another system names.

use super::Part;
use super::report::Report;
use crate::clock::Clock;
use crate::ids;
use crate::store::{HouseChange, HouseError, Store, StoreError};
use domain::{Component, ComponentId, Directory};

/// The components that are here, and those that an import adds.
pub(super) struct Parts<'a> {
    store: &'a dyn Store,
    clock: &'a dyn Clock,
    directory: Directory,
}

impl<'a> Parts<'a> {
    pub(super) async fn open(
        store: &'a dyn Store,
        clock: &'a dyn Clock,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            store,
            clock,
            directory: store.directory().await?,
        })
    }

    /// The id here; a component is made, at the end of the page, when there is none.
    pub(super) async fn id(
        &mut self,
        part: &Part,
        report: &mut Report,
    ) -> Result<ComponentId, StoreError> {
        if let Some(id) = find(&self.directory, part) {
            return Ok(id);
        }
        let component = made(&self.directory, part);
        let name = component.name.clone();
        let alike = |directory: &Directory| {
            let mut all = directory.components.iter();
            let same = all.find(|c| c.name == component.name && c.group == component.group);
            same.map(|c| c.id.clone())
        };
        // Taken away there and made anew under another id, or made by somebody else just now.
        if let Some(id) = alike(&self.directory) {
            return Ok(id);
        }
        let change = HouseChange::PutComponent {
            component: component.clone(),
            place: None,
        };
        let done = self
            .store
            .change_house(None, self.clock.now(), change)
            .await;
        self.directory = self.store.directory().await?;
        match (done, alike(&self.directory)) {
            (Ok(_), Some(id)) => {
                report.components.push(component.full_name());
                Ok(id)
            }
            (Err(HouseError::NameTaken), Some(id)) => Ok(id),
            (Err(HouseError::Store(error)), _) => Err(error),
            (Ok(_) | Err(_), _) => Err(StoreError::Corrupt(format!(
                "the component {name} was made and is not there"
            ))),
        }
    }
}

fn find(directory: &Directory, part: &Part) -> Option<ComponentId> {
    let same = |component: &&Component| match part {
        Part::Named(name) => component.name == *name,
        Part::Coded { code, .. } => component.code.as_ref() == Some(code),
    };
    directory.components.iter().find(same).map(|c| c.id.clone())
}

fn made(directory: &Directory, part: &Part) -> Component {
    let id = ComponentId::new(ids::new_id());
    match part {
        Part::Named(name) => Component::new(id, name),
        Part::Coded { code, name } => {
            let grouped = directory.groups.iter().find_map(|group| {
                let rest = name
                    .strip_prefix(group.name.as_str())?
                    .strip_prefix(" - ")?;
                Some((group.name.clone(), rest))
            });
            let (group, name) = grouped.unwrap_or((String::new(), name));
            Component {
                group,
                code: Some(code.clone()),
                // Its page does not show it any more; past incidents still name it.
                hidden: true,
                ..Component::new(id, name)
            }
        }
    }
}
