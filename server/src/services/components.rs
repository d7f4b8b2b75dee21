//! Components and groups as administrators keep them.

use super::house::said;
use super::{Refusal, Services};
use crate::ids::new_id;
use crate::store::HouseChange;
use app::house::{HouseAnswer, PutBack};
use domain::{Component, ComponentId, Group, PersonId, Rejection, text};

/// The longest name of a component or a group, in characters.
const NAME: usize = 80;

impl Services {
    pub(super) async fn add_component(
        &self,
        by: &PersonId,
        name: &str,
        group: &str,
        description: &str,
    ) -> Result<HouseAnswer, Refusal> {
        let component = checked(Component {
            group: group.to_owned(),
            description: description.to_owned(),
            ..Component::new(ComponentId::new(new_id()), name)
        })?;
        let name = component.name.clone();
        self.put_component(by, component).await?;
        Ok(said(format!("{name} is on the status page.")))
    }

    pub(super) async fn change_component(
        &self,
        by: &PersonId,
        component: Component,
    ) -> Result<HouseAnswer, Refusal> {
        let component = checked(component)?;
        let name = component.name.clone();
        self.put_component(by, component).await?;
        Ok(said(format!("{name} is changed.")))
    }

    async fn put_component(&self, by: &PersonId, component: Component) -> Result<(), Refusal> {
        let change = HouseChange::PutComponent {
            component,
            place: None,
        };
        self.change(Some(by), change).await
    }

    pub(super) async fn place_component(
        &self,
        by: &PersonId,
        component: ComponentId,
        group: String,
        order: Vec<ComponentId>,
    ) -> Result<HouseAnswer, Refusal> {
        let change = HouseChange::PlaceComponent {
            component,
            group: line("group", &group, NAME)?,
            order,
        };
        self.change(Some(by), change).await?;
        Ok(said("The order is changed."))
    }

    pub(super) async fn change_group(
        &self,
        by: &PersonId,
        was: String,
        group: Group,
    ) -> Result<HouseAnswer, Refusal> {
        let group = checked_group(group)?;
        let name = group.name.clone();
        let change = HouseChange::PutGroup { was, group };
        self.change(Some(by), change).await?;
        Ok(said(format!("{name} is changed.")))
    }

    pub(super) async fn put_back(
        &self,
        by: &PersonId,
        back: PutBack,
    ) -> Result<HouseAnswer, Refusal> {
        let components = back.components.into_iter().map(checked);
        let groups = back.groups.into_iter().map(checked_group);
        let change = HouseChange::PutBackComponents {
            components: components.collect::<Result<_, _>>()?,
            groups: groups.collect::<Result<_, _>>()?,
            gone: back.gone,
        };
        self.change(Some(by), change).await?;
        Ok(said("It is as it was."))
    }
}

fn checked(one: Component) -> Result<Component, Rejection> {
    Ok(Component {
        name: text::required_line("name", &one.name, NAME)?,
        group: line("group", &one.group, NAME)?,
        description: line("description", &one.description, text::LINE)?,
        ..one
    })
}

fn checked_group(one: Group) -> Result<Group, Rejection> {
    Ok(Group {
        name: text::required_line("name", &one.name, NAME)?,
        description: line("description", &one.description, text::LINE)?,
        ..one
    })
}

fn line(field: &str, typed: &str, longest: usize) -> Result<String, Rejection> {
    Ok(text::optional_line(field, Some(typed), longest)?.unwrap_or_default())
}
