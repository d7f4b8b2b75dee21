//! Components as the page shows them: by group, in the order of the house, each as bad as the incidents say.

use super::{ComponentStatus, PublicComponent, PublicGroup, PublicIncident, component_status};
use crate::directory::Directory;
use crate::id::ComponentId;
use crate::maintenance::Maintenance;

/// Groups in the order in which their first component stands on the page; those without a group come first, because they
/// have no heading that would tell them from the group above. Hidden components are left out.
pub fn groups(
    directory: &Directory,
    active: &[PublicIncident],
    maintenances: &[Maintenance],
) -> Vec<PublicGroup> {
    let mut groups: Vec<PublicGroup> = Vec::new();
    for component in directory.components.iter().filter(|c| !c.hidden) {
        let status = component_status(component, active, maintenances);
        if component.only_if_degraded && status == ComponentStatus::Operational {
            continue;
        }
        let shown = PublicComponent {
            id: component.id.clone(),
            code: component.code(),
            name: component.name.clone(),
            description: component.description.clone(),
            status,
        };
        if let Some(group) = groups.iter_mut().find(|g| g.name == component.group) {
            group.components.push(shown);
            continue;
        }
        let about = directory.group(&component.group);
        groups.push(PublicGroup {
            name: component.group.clone(),
            description: about.map(|g| g.description.clone()).unwrap_or_default(),
            opens: about.map(|g| g.opens).unwrap_or_default(),
            components: vec![shown],
        });
    }
    groups.sort_by_key(|group| !group.name.is_empty());
    groups
}

/// The name that customers know a component by; `None` for hidden ones and those that are gone.
pub fn public_name(directory: &Directory, id: &ComponentId) -> Option<String> {
    directory
        .component(id)
        .filter(|component| !component.hidden)
        .map(|component| component.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Component;
    use crate::status::{Affected, PublicFact, PublicState};
    use crate::{Number, time::Time};

    fn component(name: &str, group: &str, hidden: bool) -> Component {
        Component {
            group: group.to_owned(),
            hidden,
            ..Component::new(ComponentId::new(name), name)
        }
    }

    fn directory() -> Directory {
        Directory {
            components: vec![
                component("api", "Tools", false),
                component("vault", "Tools", true),
                component("site", "", false),
                component("cli", "Tools", false),
            ],
            ..Directory::default()
        }
    }

    #[test]
    fn groups_keep_the_order_of_the_page_and_leave_out_what_is_hidden() {
        let groups = groups(&directory(), &[], &[]);
        let names: Vec<(&str, Vec<&str>)> = groups
            .iter()
            .map(|g| {
                let inside = g.components.iter().map(|c| c.name.as_str()).collect();
                (g.name.as_str(), inside)
            })
            .collect();
        assert_eq!(names, [("", vec!["site"]), ("Tools", vec!["api", "cli"])]);
    }

    #[test]
    fn a_component_is_as_bad_as_the_worst_incident_says() {
        let at = Time::default();
        let told = |number, status| {
            let begun = PublicFact::Begun { started_at: at };
            let mut incident = PublicIncident::begin(Number(number), &begun).expect("a beginning");
            incident.apply(&PublicFact::Said {
                id: format!("{number}-1"),
                state: PublicState::Identified,
                message: "Told.".to_owned(),
                components: vec![Affected {
                    id: ComponentId::new("api"),
                    status,
                }],
                next_update_by: None,
                impact: None,
                source: None,
                at,
            });
            incident
        };
        let active = [
            told(1, ComponentStatus::DegradedPerformance),
            told(2, ComponentStatus::MajorOutage),
        ];
        let groups = groups(&directory(), &active, &[]);
        assert_eq!(groups[1].components[0].status, ComponentStatus::MajorOutage);
        assert_eq!(groups[1].components[1].status, ComponentStatus::Operational);
    }

    #[test]
    fn the_name_of_a_hidden_component_stays_inside() {
        let directory = directory();
        assert_eq!(public_name(&directory, &ComponentId::new("vault")), None);
        assert_eq!(
            public_name(&directory, &ComponentId::new("api")).as_deref(),
            Some("api")
        );
    }
}
