//! Moving a component by the pointer: onto another place, under another heading.

use crate::forms::{Undo, keep};
use crate::house::HouseCommand;
use crate::me::Session;
use domain::{ComponentId, Directory};
use leptos::ev::DragEvent;
use leptos::prelude::*;

/// What is on its way, and where it would land. One for the page.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    session: Session,
    undo: Undo,
    moved: RwSignal<Option<ComponentId>>,
    over: RwSignal<Option<(ComponentId, Side)>>,
    /// Why the last one did not land.
    pub refused: RwSignal<Option<String>>,
}

/// Where something lands beside a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

impl Drag {
    pub(super) fn new(session: Session, undo: Undo) -> Self {
        Self {
            session,
            undo,
            moved: RwSignal::new(None),
            over: RwSignal::new(None),
            refused: RwSignal::new(None),
        }
    }

    /// The side of a component on which something would land.
    pub(super) fn lands(self, beside: &ComponentId) -> Option<Side> {
        self.over.with(|over| {
            let (id, side) = over.as_ref()?;
            (id == beside).then_some(*side)
        })
    }

    /// A row is taken up.
    pub(super) fn begin(self, event: &DragEvent, id: ComponentId) {
        // Some browsers move nothing that carries nothing.
        #[cfg(feature = "hydrate")]
        if let Some(carried) = event.data_transfer() {
            let _ = carried.set_data("text/plain", id.as_str());
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
        self.moved.set(Some(id));
    }

    /// It is above another row.
    pub(super) fn above(self, event: &DragEvent, id: ComponentId) {
        if self.moved.with_untracked(Option::is_none) {
            return;
        }
        event.prevent_default();
        let side = if is_upper(event) {
            Side::Before
        } else {
            Side::After
        };
        let over = Some((id, side));
        if self.over.with_untracked(|now| *now != over) {
            self.over.set(over);
        }
    }

    /// It is let go, wherever that is.
    pub(super) fn end(self) {
        self.moved.set(None);
        self.over.set(None);
    }

    /// It is let go above a row.
    pub(super) fn land(self, event: &DragEvent) {
        event.prevent_default();
        let (moved, over) = (self.moved.get_untracked(), self.over.get_untracked());
        self.end();
        let (Some(moved), Some((beside, side))) = (moved, over) else {
            return;
        };
        let command = self
            .session
            .directory
            .with_untracked(|directory| placed(directory, &moved, &beside, side));
        let Some(command) = command else {
            return;
        };
        leptos::task::spawn_local(async move {
            let kept = keep(self.session, Some(self.undo), command).await;
            self.refused.set(kept.err().map(|why| why.to_string()));
        });
    }
}

/// True while the pointer is in the upper half of the row.
#[cfg(feature = "hydrate")]
fn is_upper(event: &DragEvent) -> bool {
    use wasm_bindgen::JsCast;
    let row = event.current_target();
    let row = row.and_then(|row| row.dyn_into::<web_sys::Element>().ok());
    row.is_some_and(|row| {
        let within = row.get_bounding_client_rect();
        f64::from(event.client_y()) < within.top() + within.height() / 2.0
    })
}

/// There is no pointer on the server.
#[cfg(not(feature = "hydrate"))]
fn is_upper(_: &DragEvent) -> bool {
    false
}

/// What puts a component beside another one; `None` where it stands already.
fn placed(
    directory: &Directory,
    moved: &ComponentId,
    beside: &ComponentId,
    side: Side,
) -> Option<HouseCommand> {
    let before: Vec<&ComponentId> = directory.components.iter().map(|c| &c.id).collect();
    let mut order: Vec<&ComponentId> = before.iter().copied().filter(|id| *id != moved).collect();
    let at = order.iter().position(|id| *id == beside)?;
    order.insert(at + usize::from(side == Side::After), moved);
    let group = &directory.component(beside)?.group;
    let stays = directory.component(moved)?.group == *group && order == before;
    (!stays).then(|| HouseCommand::PlaceComponent {
        component: moved.clone(),
        group: group.clone(),
        order: order.into_iter().cloned().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Component;

    fn directory() -> Directory {
        let component = |(id, group): (&str, &str)| Component {
            group: group.to_owned(),
            ..Component::new(ComponentId::new(id), id)
        };
        let all = [("a", "Apps"), ("b", "Apps"), ("x", "Tools"), ("y", "Tools")];
        Directory {
            components: all.into_iter().map(component).collect(),
            ..Directory::default()
        }
    }

    fn after(moved: &str, beside: &str, side: Side) -> Option<(String, String)> {
        let (moved, beside) = (ComponentId::new(moved), ComponentId::new(beside));
        match placed(&directory(), &moved, &beside, side)? {
            HouseCommand::PlaceComponent { group, order, .. } => {
                let order: Vec<&str> = order.iter().map(ComponentId::as_str).collect();
                Some((group, order.concat()))
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn it_lands_before_or_after_in_the_group_of_its_neighbour() {
        let found = after("a", "y", Side::Before);
        assert_eq!(found, Some(("Tools".to_owned(), "bxay".to_owned())));
        let found = after("y", "a", Side::Before);
        assert_eq!(found, Some(("Apps".to_owned(), "yabx".to_owned())));
        let found = after("a", "b", Side::After);
        assert_eq!(found, Some(("Apps".to_owned(), "baxy".to_owned())));
    }

    #[test]
    fn the_edge_of_the_next_group_is_another_place() {
        assert_eq!(after("b", "a", Side::After), None);
        assert_eq!(after("b", "b", Side::After), None);
        let found = after("b", "x", Side::Before);
        assert_eq!(found, Some(("Tools".to_owned(), "abxy".to_owned())));
    }
}
