//! A page that comes again, and one that meets what is here.

use super::{changed, component, files, import, incident, time};
use crate::site::{Site, fixture};
use domain::incident::PublicUpdate;
use domain::{
    Component, ComponentStatus, Impact, IncidentEvent, Opens, Phase, PublicState, Role, Settings,
};
use serde_json::json;
use server::store::HouseChange;

#[tokio::test]
async fn twice_is_the_same_as_once() {
    let site = Site::new().await;
    let all = files(&[
        "components.json",
        "incidents.json",
        "summary.json",
        "history.atom",
    ]);
    let once = import(&site, &all).await;
    assert!(once.is_whole(), "{once}");
    assert_eq!((once.incidents, once.updates), (4, 11));
    assert_eq!(once.maintenances, ["We paint the depot"]);
    let about = |words: &&String| words.contains("postmortem");
    assert_eq!(once.left.iter().filter(about).count(), 1, "said once");
    let hall = |words: &String| words.contains("“We painted the hall” is left out");
    assert!(once.left.iter().any(hall), "{once}");
    let head = *site.store.head().borrow();
    let again = import(&site, &all).await;
    assert_eq!(
        (again.incidents, again.updates, again.known, again.continued),
        (0, 0, 4, 0)
    );
    assert_eq!((again.same, again.known_maintenances), (4, 1));
    assert!(again.components.is_empty() && again.changed.is_empty() && again.groups.is_empty());
    assert!(again.settings.is_empty());
    assert_eq!(*site.store.head().borrow(), head);
    // In another order it is the same page.
    let reversed: Vec<String> = all.into_iter().rev().collect();
    import(&site, &reversed).await;
    assert_eq!(*site.store.head().borrow(), head);
}

#[tokio::test]
async fn the_newer_document_has_the_say_and_the_json_over_the_feed() {
    let site = Site::new().await;
    let all = files(&[
        "later.json",
        "history.atom",
        "incidents.json",
        "summary.json",
    ]);
    import(&site, &all).await;
    let belt = incident(&site, "beltstands00").await;
    assert_eq!(belt.words.len(), 4);
    assert_eq!(belt.resolved_at, Some(time("2031-05-02T08:50:00.888Z")));
    assert_eq!(
        component(&site, "n0rthdep0t00").await.status,
        ComponentStatus::Operational
    );
    let scales = incident(&site, "scaleswrong0").await;
    assert_eq!(scales.started_at, Some(time("2031-03-01T08:50:00Z")));
    let inside = site.store.incident(scales.number).await;
    let source = inside
        .expect("the store")
        .expect("there")
        .source
        .expect("a source");
    assert_eq!(
        source.entry_id.as_deref(),
        Some("tag:status.parcel.test,2005:Incident/9004")
    );
}

#[tokio::test]
async fn an_incident_that_went_on_is_brought_up_to_date_and_ends() {
    let site = Site::new().await;
    import(&site, &files(&["summary.json"])).await;
    let before = incident(&site, "beltstands00").await;
    assert_eq!(before.words.len(), 2);
    assert_eq!(
        component(&site, "n0rthdep0t00").await.status,
        ComponentStatus::Operational
    );

    let report = import(&site, &files(&["incidents.json"])).await;
    assert_eq!(
        (report.incidents, report.continued, report.updates),
        (1, 1, 4)
    );
    let after = incident(&site, "beltstands00").await;
    assert_eq!(after.number, before.number);
    assert_eq!(after.state, Some(PublicState::Monitoring));
    assert_eq!(
        after.words[2]
            .source
            .as_ref()
            .map(|source| source.id.as_str()),
        Some("upd4te000003")
    );

    let report = import(&site, &files(&["later.json"])).await;
    assert_eq!(
        (report.continued, report.updates, report.changed.len()),
        (1, 1, 1)
    );
    let over = incident(&site, "beltstands00").await;
    assert!(!over.is_active());
    assert_eq!(over.impact, Impact::Minor);
    assert_eq!(over.resolved_at, Some(time("2031-05-02T08:50:00.888Z")));
    let inside = site.store.incident(over.number).await;
    let inside = inside.expect("the store").expect("there");
    assert_eq!(inside.summary.progress.phase(), Phase::Closed);
    assert!(
        !site
            .get("/status")
            .await
            .text()
            .contains("North Partly down")
    );

    let head = *site.store.head().borrow();
    let again = import(&site, &files(&["later.json", "incidents.json"])).await;
    assert_eq!((again.continued, again.known), (0, 2));
    assert_eq!(*site.store.head().borrow(), head);
}

#[tokio::test]
async fn a_feed_brings_what_was_said_since_and_no_word_twice() {
    let site = Site::new().await;
    let list = files(&["components.json"]).remove(0);
    import(&site, &[list, files(&["history.atom"]).remove(0)]).await;
    let before = incident(&site, "openend00000").await;
    let feed = std::fs::read_to_string(fixture("statuspage/history.atom")).expect("a fixture");
    // A text that was changed there, or redacted here, is still the word of its minute.
    let feed = feed.replace("The glue.", "The glue is old.").replace(
        "&lt;p&gt;&lt;small&gt;Jul &lt;var data-var='date'&gt; 1&lt;/var&gt;, &lt;var data-var='time'&gt;12:00",
        "&lt;p&gt;&lt;small&gt;Jul &lt;var data-var='date'&gt; 1&lt;/var&gt;, &lt;var data-var='time'&gt;13:15&lt;/var&gt; \
         CEST&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - New glue.&lt;/p&gt;\
         &lt;p&gt;&lt;small&gt;Jul &lt;var data-var='date'&gt; 1&lt;/var&gt;, &lt;var data-var='time'&gt;12:00",
    );
    let feed = site.folder.file("later.atom", feed.as_bytes());
    let report = import(&site, &[feed.display().to_string()]).await;
    assert!(report.is_whole(), "the house knows the time zone: {report}");
    assert_eq!((report.continued, report.updates), (1, 1));
    let after = incident(&site, "openend00000").await;
    assert_eq!(after.words[..2], before.words);
    assert_eq!(after.words[2].message, "New glue.");
    assert_eq!(after.resolved_at, Some(time("2030-07-01T11:15:00Z")));
}

/// The incident that goes on, taken in hand here.
async fn taken_in_hand(site: &Site, event: IncidentEvent) {
    import(site, &files(&["summary.json"])).await;
    let number = incident(site, "beltstands00").await.number;
    let inside = site.store.incident(number).await;
    let inside = inside.expect("the store").expect("there");
    site.happen(Some(&inside), None, vec![event]).await;
}

#[tokio::test]
async fn an_incident_that_was_ended_here_stays_as_it_is() {
    let site = Site::new().await;
    let word = PublicUpdate {
        id: String::new(),
        state: PublicState::Resolved,
        message: "Over.".to_owned(),
        components: Vec::new(),
        next_update_by: None,
        impact: None,
        source: None,
    };
    taken_in_hand(&site, IncidentEvent::PublicUpdatePublished { update: word }).await;
    let report = import(&site, &files(&["later.json"])).await;
    assert_eq!((report.continued, report.known), (0, 1));
    assert_eq!(incident(&site, "beltstands00").await.words.len(), 3);
}

#[tokio::test]
async fn who_works_on_it_here_finishes_it() {
    let site = Site::new().await;
    let person = site.person("ada", "Ada").await.id;
    let role = IncidentEvent::RoleAssigned {
        role: Role::Ic,
        person,
        from: None,
    };
    taken_in_hand(&site, role).await;
    import(&site, &files(&["later.json"])).await;
    let number = incident(&site, "beltstands00").await.number;
    let inside = site.store.incident(number).await;
    let inside = inside.expect("the store").expect("there");
    assert_eq!(inside.summary.progress.phase(), Phase::Cleanup);
}

#[tokio::test]
async fn what_an_incident_leaves_behind_is_the_components_own() {
    let site = Site::new().await;
    import(&site, &files(&["summary.json"])).await;
    let slow = changed(&site, "later.json", |page| {
        page["components"][3]["status"] = json!("degraded_performance");
    });
    import(&site, &[slow]).await;
    let north = component(&site, "n0rthdep0t00").await;
    assert_eq!(north.status, ComponentStatus::DegradedPerformance);
}

#[tokio::test]
async fn what_was_chosen_here_stays() {
    let site = Site::new().await;
    let settings = Settings {
        organisation: "Our parcels".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        page_code: Some("0therpage000".to_owned()),
        ..Settings::default()
    };
    site.change(HouseChange::PutSettings(Box::new(settings.clone())))
        .await;
    // Matched by its name; it keeps its id, and hidden ones stay hidden.
    let south = site.component("South", "Depots").await;
    let hidden = Component {
        hidden: true,
        ..site
            .directory()
            .await
            .component(&south)
            .expect("there")
            .clone()
    };
    site.change(HouseChange::PutComponent {
        component: hidden,
        place: None,
    })
    .await;
    let report = import(&site, &files(&["components.json"])).await;
    assert_eq!(site.directory().await.settings, settings);
    assert!(report.settings.is_empty());
    assert_eq!(report.left.len(), 4, "{report}");
    assert_eq!(report.changed, ["Depots - South"]);
    let taken = component(&site, "s0uthdep0t00").await;
    assert_eq!((taken.id, taken.hidden), (south, true));
    let directory = site.directory().await;
    assert_eq!(directory.groups[0].opens, Opens::Always);

    // The order that somebody makes here is not undone.
    let order: Vec<_> = directory
        .components
        .iter()
        .rev()
        .map(|c| c.id.clone())
        .collect();
    site.change(HouseChange::OrderComponents(order.clone()))
        .await;
    let head = *site.store.head().borrow();
    import(&site, &files(&["components.json"])).await;
    assert_eq!(*site.store.head().borrow(), head);
    let after: Vec<_> = site
        .directory()
        .await
        .components
        .into_iter()
        .map(|c| c.id)
        .collect();
    assert_eq!(after, order);
}

#[tokio::test]
async fn a_renamed_group_and_component_are_the_same_ones() {
    let site = Site::new().await;
    import(&site, &files(&["components.json"])).await;
    let before = component(&site, "n0rthdep0t00").await.id;
    let renamed = changed(&site, "components.json", |page| {
        page["components"][1]["name"] = json!("Halls");
        page["components"][3]["name"] = json!("North hall");
    });
    let report = import(&site, &[renamed]).await;
    assert!(report.is_whole(), "{report}");
    let after = component(&site, "n0rthdep0t00").await;
    assert_eq!(
        (after.id.clone(), after.full_name().as_str()),
        (before, "Halls - North hall")
    );
    assert_eq!(site.directory().await.groups.len(), 1);
    assert_eq!(site.directory().await.components.len(), 4);
}
