//! People, components, settings.

use crate::make::{add_person, at, by, person};
use crate::place::Place;
use domain::{AccountRole, Component, ComponentId, PersonId, Settings};
use server::store::{HouseChange, HouseError, Logged, NewToken, Scope, Store};
use std::sync::Arc;

fn component(id: &str, name: &str) -> Component {
    Component {
        group: "Core".to_owned(),
        ..Component::new(ComponentId::new(id), name)
    }
}

fn put(id: &str, name: &str) -> HouseChange {
    let component = component(id, name);
    HouseChange::PutComponent {
        component,
        place: None,
    }
}

async fn order(store: &dyn Store) -> Vec<String> {
    let directory = store.directory().await.expect("directory");
    directory
        .components
        .into_iter()
        .map(|component| component.id.to_string())
        .collect()
}

pub async fn every_change_is_in_the_log_and_wakes(place: Place) {
    let store = place.store.as_ref();
    let head = store.head();
    let settings = Settings {
        organisation: "Acme".to_owned(),
        ..Settings::default()
    };
    let mut admin = person("ines");
    admin.role = AccountRole::Admin;
    assert!(!store.has_admin().await.expect("read"));
    let changes = [
        (None, HouseChange::PutPerson(person("ines")), "person_added"),
        (
            None,
            HouseChange::PutPerson(admin.clone()),
            "person_changed",
        ),
        (Some("ines"), put("c1", "API"), "component_added"),
        (Some("ines"), put("c1", "The API"), "component_changed"),
        (
            Some("ines"),
            HouseChange::OrderComponents(vec![ComponentId::new("c1")]),
            "components_ordered",
        ),
        (
            Some("ines"),
            HouseChange::RemoveComponent(ComponentId::new("c1")),
            "component_removed",
        ),
        (
            Some("ines"),
            HouseChange::PutSettings(Box::new(settings.clone())),
            "settings_changed",
        ),
    ];
    let mut expected = Vec::new();
    for (position, (who, change, kind)) in (1..).zip(changes) {
        let done = store.change_house(who.map(by), at(position), change).await;
        assert_eq!(done.expect("changed"), position);
        assert_eq!(*head.borrow(), position);
        expected.push((position, at(position), who.map(by), kind.to_owned()));
    }
    // Shown with the name of today.
    let feed = store.feed(0, 100).await.expect("feed");
    let seen: Vec<_> = feed
        .into_iter()
        .map(|entry| match entry {
            Logged::House {
                position,
                recorded_at,
                by,
                kind,
                ..
            } => (position, recorded_at, by, kind),
            Logged::Incident(recorded) => panic!("{recorded:?}"),
        })
        .collect();
    assert_eq!(seen, expected);
    let directory = store.directory().await.expect("directory");
    assert_eq!(directory.people, [admin.clone()]);
    assert_eq!(directory.components, []);
    assert_eq!(directory.settings, settings);
    assert!(store.has_admin().await.expect("read"));
    let found = store.find_person(" INES@example.TEST").await.expect("read");
    assert_eq!(found, Some(admin));
    assert_eq!(
        store
            .person(&PersonId::new("p-nobody"))
            .await
            .expect("read"),
        None
    );
}

pub async fn a_change_says_whether_customers_see_it(place: Place) {
    let store = place.store.as_ref();
    let hide = |id: &str, name: &str| {
        let mut component = component(id, name);
        component.hidden = true;
        HouseChange::PutComponent {
            component,
            place: None,
        }
    };
    let order = |ids: [&str; 3]| HouseChange::OrderComponents(ids.map(ComponentId::new).to_vec());
    let settings = |organisation: &str, prefix: &str| {
        HouseChange::PutSettings(Box::new(Settings {
            organisation: organisation.to_owned(),
            prefix: prefix.to_owned(),
            ..Settings::default()
        }))
    };
    let changes = [
        (HouseChange::PutPerson(person("ines")), false),
        (put("c1", "API"), true),
        (put("c1", "API"), false),
        (hide("c2", "Vault"), false),
        (hide("c2", "The vault"), false),
        (put("c3", "Site"), true),
        (order(["c2", "c1", "c3"]), false),
        (order(["c3", "c2", "c1"]), true),
        (hide("c1", "API"), true),
        (settings("Our service", "OUT"), false),
        (settings("Acme", "OUT"), true),
        (HouseChange::RemoveComponent(ComponentId::new("c2")), false),
        (HouseChange::RemoveComponent(ComponentId::new("c3")), true),
    ];
    for (position, (change, shown)) in (1..).zip(changes) {
        let words = format!("{change:?}");
        let done = store.change_house(None, at(position), change).await;
        assert_eq!(done.expect("changed"), position);
        let entry = store.feed(position - 1, 1).await.expect("feed").remove(0);
        assert_eq!(entry.shows_house(), shown, "{words}");
    }
}

pub async fn of_two_administrators_who_demote_each_other_one_stays(place: Place) {
    let store = place.store.as_ref();
    let other = place.another().await;
    let of = |handle: &str, role: AccountRole| {
        let mut person = person(handle);
        person.role = role;
        person
    };
    for handle in ["ines", "bo"] {
        let admin = of(handle, AccountRole::Admin);
        let done = store.change_house(None, at(0), HouseChange::PutPerson(admin));
        done.await.expect("an administrator");
    }
    // A service person with all rights is nobody who could sign in.
    let mut robot = of("robot", AccountRole::Admin);
    robot.service = true;
    let done = store.change_house(None, at(0), HouseChange::PutPerson(robot));
    done.await.expect("a service person");

    let demote = |who: &str, by_whom: &str, store: Arc<dyn Store>| {
        let change = HouseChange::PutPerson(of(who, AccountRole::Reader));
        let by_whom = by(by_whom);
        async move { store.change_house(Some(by_whom), at(1), change).await }
    };
    let (one, two) = tokio::join!(
        demote("ines", "bo", place.store.clone()),
        demote("bo", "ines", other.clone())
    );
    let refused = [&one, &two]
        .into_iter()
        .filter(|done| matches!(done, Err(HouseError::LastAdmin)))
        .count();
    assert_eq!(refused, 1, "{one:?} {two:?}");
    assert!(store.has_admin().await.expect("read"));

    // Nor by taking access away; a name may still change.
    let left = if one.is_ok() { "bo" } else { "ines" };
    let mut gone = of(left, AccountRole::Admin);
    gone.active = false;
    let done = store.change_house(None, at(2), HouseChange::PutPerson(gone));
    assert!(matches!(done.await, Err(HouseError::LastAdmin)));
    let mut renamed = of(left, AccountRole::Admin);
    "Another Name".clone_into(&mut renamed.name);
    let done = store.change_house(None, at(2), HouseChange::PutPerson(renamed));
    done.await.expect("renamed");
    other.close().await;
}

pub async fn what_must_be_unique_is_named(place: Place) {
    let store = place.store.as_ref();
    add_person(store, "ines").await;
    add_person(store, "bo").await;
    store
        .change_house(None, at(1), put("c1", "API"))
        .await
        .expect("added");
    let token = |id: &str, who: &str| {
        HouseChange::AddToken(NewToken {
            id: id.to_owned(),
            name: "deploys".to_owned(),
            person: PersonId::new(who),
            secret_hash: id.to_owned(),
            scope: Scope::Read,
        })
    };
    store
        .change_house(None, at(1), token("t1", "p-bo"))
        .await
        .expect("added");
    let before = *store.head().borrow();

    let mut handle = person("cy");
    "Ines".clone_into(&mut handle.handle);
    let mut email = person("cy");
    email.email = Some("BO@example.test".to_owned());
    let cases = [
        (HouseChange::PutPerson(handle), "the handle is taken"),
        (HouseChange::PutPerson(email), "the e-mail is taken"),
        (put("c2", "API"), "the name is taken"),
        (token("t2", "p-bo"), "the name is taken"),
        (token("t3", "p-nobody"), "there is no such thing"),
        (
            HouseChange::RemoveComponent(ComponentId::new("c9")),
            "there is no such thing",
        ),
        (
            HouseChange::OrderComponents(vec![ComponentId::new("c9")]),
            "there is no such thing",
        ),
        (
            HouseChange::RevokeToken("t9".to_owned()),
            "there is no such thing",
        ),
    ];
    for (change, words) in cases {
        let refused = store.change_house(None, at(2), change.clone()).await;
        assert_eq!(
            refused.map_err(|error| error.to_string()),
            Err(words.to_owned()),
            "{change:?}"
        );
    }
    assert_eq!(
        *store.head().borrow(),
        before,
        "nothing of it is in the log"
    );
    // Several without an e-mail are no trouble.
    for name in ["r1", "r2"] {
        let mut robot = person(name);
        robot.email = None;
        let change = HouseChange::PutPerson(robot);
        let done = store.change_house(None, at(3), change).await;
        assert!(!matches!(done, Err(HouseError::EmailTaken)), "{done:?}");
    }
}

pub async fn components_keep_their_order(place: Place) {
    let store = place.store.as_ref();
    for (id, name) in [
        ("c1", "API"),
        ("c2", "Web"),
        ("c3", "Mail"),
        ("c4", "Search"),
    ] {
        store
            .change_house(None, at(0), put(id, name))
            .await
            .expect("added");
    }
    assert_eq!(order(store).await, ["c1", "c2", "c3", "c4"]);
    let wanted = ["c3", "c1"].map(ComponentId::new).to_vec();
    let change = HouseChange::OrderComponents(wanted);
    store
        .change_house(None, at(1), change)
        .await
        .expect("ordered");
    assert_eq!(order(store).await, ["c3", "c1", "c2", "c4"]);
    // Changing one leaves it where it is; a place puts it there.
    store
        .change_house(None, at(2), put("c1", "The API"))
        .await
        .expect("changed");
    assert_eq!(order(store).await, ["c3", "c1", "c2", "c4"]);
    let change = HouseChange::PutComponent {
        component: component("c4", "Search"),
        place: Some(0),
    };
    store
        .change_house(None, at(3), change)
        .await
        .expect("moved");
    assert_eq!(order(store).await, ["c4", "c3", "c1", "c2"]);
    let change = HouseChange::RemoveComponent(ComponentId::new("c3"));
    store
        .change_house(None, at(4), change)
        .await
        .expect("removed");
    store
        .change_house(None, at(5), put("c5", "Files"))
        .await
        .expect("added");
    assert_eq!(order(store).await, ["c4", "c1", "c2", "c5"]);
}
