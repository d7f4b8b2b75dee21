//! Lists: pages, cursors, filters.

use crate::app::{Client, TestApp};
use crate::place::Place;
use domain::AccountRole;
use serde_json::{Value, json};
use server::store::Scope;

/// Reads a list to its end and answers the numbers under a name, page by page.
async fn pages(client: &Client, path: &str, list: &str, name: &str) -> Vec<Vec<i64>> {
    let mut all = Vec::new();
    let mut address = path.to_owned();
    loop {
        let page = client.get(&address).await.expect(200);
        let numbers = page[list]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|one| one[name].as_i64());
        all.push(numbers.collect());
        match page["meta"]["next_cursor"].as_str() {
            Some(cursor) => address = format!("{path}&cursor={cursor}"),
            None => return all,
        }
    }
}

pub async fn incidents_are_paged_and_filtered(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Write).await;
    for n in 1..=7 {
        let severity = if n % 2 == 0 { "sev1" } else { "sev3" };
        let title = format!("Incident called {}", ["zebra", "yak"][n % 2]);
        ada.post("/incidents", json!({"title": title, "severity": severity}))
            .await
            .expect(201);
    }
    ada.post("/incidents/1/resolve", json!({}))
        .await
        .expect(200);
    ada.post("/incidents", json!({"title": "Exercise", "kind": "drill"}))
        .await
        .expect(201);
    let read = |path: &'static str| {
        let ada = ada.clone();
        async move { pages(&ada, path, "incidents", "number").await }
    };
    assert_eq!(
        read("/incidents?limit=3").await,
        [vec![8, 7, 6], vec![5, 4, 3], vec![2, 1]]
    );
    assert_eq!(
        read("/incidents?limit=4").await,
        [vec![8, 7, 6, 5], vec![4, 3, 2, 1]]
    );
    assert_eq!(
        read("/incidents?severity=sev1&limit=2").await,
        [vec![6, 4], vec![2]]
    );
    assert_eq!(
        read("/incidents?severity=sev1,sev3&phase=cleanup").await,
        [vec![1]]
    );
    assert_eq!(
        read("/incidents?severity=sev1&severity=sev3&limit=200").await,
        [vec![7, 6, 5, 4, 3, 2, 1]]
    );
    assert_eq!(read("/incidents?kind=drill").await, [vec![8]]);
    assert_eq!(read("/incidents?q=yak").await, [vec![7, 5, 3, 1]]);
    assert_eq!(read("/incidents?q=unicorn").await, [Vec::<i64>::new()]);
    // No word of this one begins like what stands before its number.
    for called in [
        "/incidents?q=INC-8",
        "/incidents?q=inc-8",
        "/incidents?q=%238",
        "/incidents?q=inc-8%20exercise",
    ] {
        assert_eq!(read(called).await, [vec![8]], "{called}");
    }
    let sitreps = ada.get("/incidents?limit=1").await.expect(200)["meta"]["next_cursor"].clone();
    let wrong = format!(
        "/incidents/1/events?cursor={}",
        sitreps.as_str().expect("a cursor")
    );
    ada.get(&wrong).await.expect(422);
}

pub async fn events_and_sitreps_are_paged(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    ada.declare("API failing").await;
    for n in 1..=5 {
        let update = json!({"sitrep": {"situation": format!("The {n}th")}});
        ada.post("/incidents/1/updates", update).await.expect(201);
    }
    let events = pages(&ada, "/incidents/1/events?limit=4", "events", "version").await;
    assert_eq!(events, [vec![1, 2, 3, 4], vec![5, 6]]);
    let events = pages(&ada, "/incidents/1/events?limit=3", "events", "version").await;
    assert_eq!(events, [vec![1, 2, 3], vec![4, 5, 6]]);
    let sitreps = pages(&ada, "/incidents/1/sitreps?limit=2", "sitreps", "version").await;
    assert_eq!(sitreps, [vec![1, 2], vec![3, 4], vec![5]]);
    let heads = ada.get("/incidents/1/sitreps").await.expect(200);
    assert_eq!(heads["sitreps"][4]["situation"], "The 5th");
    assert_eq!(
        ada.get("/incidents").await.expect(200)["incidents"][0]["last_sitrep"]["version"],
        5
    );

    for name in ["One", "Two", "Three"] {
        ada.post("/components", json!({"name": name}))
            .await
            .expect(201);
    }
    let names = |page: &Value| -> Vec<String> {
        let all = page["components"].as_array().expect("components").iter();
        all.filter_map(|one| one["name"].as_str().map(str::to_owned))
            .collect()
    };
    let first = ada.get("/components?limit=2").await.expect(200);
    assert_eq!(names(&first), ["One", "Two"]);
    let cursor = first["meta"]["next_cursor"].as_str().expect("a cursor");
    let second = ada
        .get(&format!("/components?limit=2&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(names(&second), ["Three"]);
    assert_eq!(second["meta"]["next_cursor"], Value::Null);
}
