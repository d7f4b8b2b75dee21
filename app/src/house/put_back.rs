//! Undoing what was done to components and groups: what differs between before and after, as it was before.

use domain::{Component, ComponentId, Directory, Group};
use serde::{Deserialize, Serialize};

/// What brings components and groups back to how they were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutBack {
    /// Components as they were. `updated_at` is when they were changed last as far as the person saw: who has changed one since
    /// is not overruled.
    pub components: Vec<Component>,
    /// Groups as they were.
    pub groups: Vec<Group>,
    /// Components that were not there.
    pub gone: Vec<ComponentId>,
}

impl PutBack {
    /// What leads from `after` back to `before`; `None` when that is nothing.
    pub fn between(before: &Directory, after: &Directory) -> Option<Self> {
        let components = before.components.iter().filter_map(|was| {
            let Some(now) = after.component(&was.id) else {
                return Some(was.clone());
            };
            let was = Component {
                updated_at: now.updated_at,
                ..was.clone()
            };
            (was != *now).then_some(was)
        });
        let groups = before.groups.iter().filter(|was| {
            let now = after.groups.iter().find(|now| now.name == was.name);
            now.is_none_or(|now| {
                (&was.description, was.opens, was.place) != (&now.description, now.opens, now.place)
            })
        });
        let gone = after.components.iter();
        let gone = gone.filter(|now| before.component(&now.id).is_none());
        let back = Self {
            components: components.collect(),
            groups: groups.cloned().collect(),
            gone: gone.map(|now| now.id.clone()).collect(),
        };
        (back != Self::default()).then_some(back)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory(names: &[&str]) -> Directory {
        let component = |name: &&str| Component {
            group: "Apps".to_owned(),
            ..Component::new(ComponentId::new(*name), *name)
        };
        Directory {
            components: names.iter().map(component).collect(),
            ..Directory::default()
        }
    }

    #[test]
    fn what_did_not_change_is_left_alone() {
        let before = directory(&["a", "b"]);
        assert_eq!(PutBack::between(&before, &before), None);
        let mut touched = before.clone();
        touched.components[0].updated_at += chrono::TimeDelta::minutes(1);
        assert_eq!(PutBack::between(&before, &touched), None);
    }

    #[test]
    fn what_was_added_goes_and_what_was_removed_comes_back() {
        let (before, after) = (directory(&["a", "b"]), directory(&["b", "c"]));
        let back = PutBack::between(&before, &after).expect("something differs");
        assert_eq!(back.components, [before.components[0].clone()]);
        assert_eq!(back.gone, [ComponentId::new("c")]);
    }

    #[test]
    fn what_was_changed_is_as_before_and_names_when_it_was_seen() {
        let before = directory(&["a", "b"]);
        let mut after = before.clone();
        after.components[1].group = "Tools".to_owned();
        after.components[1].updated_at += chrono::TimeDelta::minutes(1);
        let back = PutBack::between(&before, &after).expect("something differs");
        assert_eq!(back.components.len(), 1);
        assert_eq!(back.components[0].group, "Apps");
        assert_eq!(
            back.components[0].updated_at,
            after.components[1].updated_at
        );
    }
}
