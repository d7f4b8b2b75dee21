//! The editor of components and groups: moving them, changing groups, and undoing it.

use super::app::TestApp;
use crate::place::Place;
use app::house::{HouseCommand, PutBack};
use domain::{AccountRole, ComponentId, Directory, Opens, PersonId};
use std::sync::Arc;

struct Editor {
    app: TestApp,
    ada: PersonId,
}

impl Editor {
    async fn new(place: &Place) -> Self {
        let app = TestApp::start(place).await;
        let ada = app.person("ada", AccountRole::Admin).await;
        let editor = Self { app, ada };
        for (name, group) in [("a", "Apps"), ("b", "Apps"), ("x", "Tools")] {
            editor
                .does(HouseCommand::AddComponent {
                    name: name.to_owned(),
                    group: group.to_owned(),
                    description: String::new(),
                })
                .await;
        }
        editor
    }

    fn directory(&self) -> Arc<Directory> {
        self.app.services.directory()
    }

    fn id(&self, name: &str) -> ComponentId {
        let directory = self.directory();
        let mut all = directory.components.iter();
        all.find(|c| c.name == name)
            .expect("a component")
            .id
            .clone()
    }

    /// "Apps: a b, Tools: x".
    fn page(&self) -> String {
        let directory = self.directory();
        let groups = directory.groups().into_iter().map(|(group, members)| {
            let names: Vec<&str> = members.iter().map(|c| c.name.as_str()).collect();
            format!("{group}: {}", names.join(" "))
        });
        groups.collect::<Vec<_>>().join(", ")
    }

    /// What undoes it, as the browser that asked finds it.
    async fn does(&self, command: HouseCommand) -> PutBack {
        let before = self.directory();
        self.tries(command).await.expect("it is done");
        PutBack::between(&before, &self.directory()).expect("something changed")
    }

    async fn tries(&self, command: HouseCommand) -> Result<(), String> {
        let services = &self.app.services;
        let done = services.keep_house(&self.ada, None, command).await;
        done.map(drop).map_err(|refusal| refusal.to_string())
    }

    async fn undoes(&self, back: PutBack) -> Result<(), String> {
        let back = Box::new(back);
        self.tries(HouseCommand::PutBackComponents { back }).await
    }
}

pub async fn whatever_is_done_to_components_can_be_undone(place: Place) {
    let editor = Editor::new(&place).await;
    let (a, x) = (editor.id("a"), editor.id("x"));
    let start = "Apps: a b, Tools: x";
    let tools = HouseCommand::ChangeGroup {
        was: "Tools".to_owned(),
        name: "Tools".to_owned(),
        description: "What you work with.".to_owned(),
        opens: Opens::Never,
    };
    editor.does(tools).await;
    let before = editor.directory();
    let cases = [
        (
            HouseCommand::PlaceComponent {
                component: a.clone(),
                group: "Tools".to_owned(),
                order: vec![editor.id("b"), x.clone(), a.clone()],
            },
            "Apps: b, Tools: x a",
        ),
        // The last one that leaves a group takes it along; with it come its line and how it opens.
        (
            HouseCommand::PlaceComponent {
                component: x.clone(),
                group: "Apps".to_owned(),
                order: vec![x.clone(), a.clone()],
            },
            "Apps: x a b",
        ),
        (
            HouseCommand::MoveComponent {
                component: x.clone(),
                up: true,
            },
            "Tools: x, Apps: a b",
        ),
        (
            HouseCommand::ChangeGroup {
                was: "Tools".to_owned(),
                name: "Helpers".to_owned(),
                description: String::new(),
                opens: Opens::Always,
            },
            "Apps: a b, Helpers: x",
        ),
        (HouseCommand::RemoveComponent { component: x }, "Apps: a b"),
        (
            HouseCommand::AddComponent {
                name: "y".to_owned(),
                group: "Tools".to_owned(),
                description: String::new(),
            },
            "Apps: a b, Tools: x y",
        ),
        (
            HouseCommand::ChangeComponent {
                component: a,
                name: Some("A".to_owned()),
                group: None,
                description: Some("All of them.".to_owned()),
                hidden: Some(true),
            },
            "Apps: A b, Tools: x",
        ),
    ];
    for (command, page) in cases {
        let what = format!("{command:?}");
        let back = editor.does(command).await;
        assert_eq!(editor.page(), page, "{what}");
        editor.undoes(back).await.expect(&what);
        assert_eq!(editor.page(), start, "{what}");
        let left = PutBack::between(&before, &editor.directory());
        assert_eq!(left, None, "{what} is undone, all of it");
    }
}

pub async fn undoing_does_not_overrule_somebody_else(place: Place) {
    let editor = Editor::new(&place).await;
    let rename = |name: &str| HouseCommand::ChangeComponent {
        component: editor.id("a"),
        name: Some(name.to_owned()),
        group: None,
        description: None,
        hidden: None,
    };
    let back = editor.does(rename("mine")).await;
    let theirs = HouseCommand::ChangeComponent {
        component: editor.id("mine"),
        name: Some("theirs".to_owned()),
        group: None,
        description: None,
        hidden: None,
    };
    editor.app.clock.advance(chrono::TimeDelta::minutes(1));
    editor.does(theirs).await;
    let refused = editor.undoes(back).await.expect_err("it is theirs now");
    assert!(refused.contains("changed it meanwhile"), "{refused}");
    assert_eq!(editor.page(), "Apps: theirs b, Tools: x");
    let nameless = PutBack {
        components: vec![domain::Component::new(ComponentId::new("n"), " ")],
        ..PutBack::default()
    };
    editor.undoes(nameless).await.expect_err("it has no name");
}
