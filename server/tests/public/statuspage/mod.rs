//! `muster import statuspage`, on an invented page and on real ones.

mod again;
mod broken;
mod real;
mod real_feed;
mod round;
mod url;
mod whole;

use crate::site::{Site, fixture};
use domain::Component;
use domain::status::PublicIncident;
use domain::time::Time;
use serde_json::Value;
use server::import::{Report, statuspage};

pub async fn import(site: &Site, from: &[String]) -> Report {
    statuspage(&*site.store, &*site.clock, from)
        .await
        .expect("the files are there and the store too")
}

pub fn files(names: &[&str]) -> Vec<String> {
    let path = |name: &&str| fixture(&format!("statuspage/{name}")).display().to_string();
    names.iter().map(path).collect()
}

pub fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

pub async fn incident(site: &Site, code: &str) -> PublicIncident {
    let number = site.store.imported(&format!("page:{code}")).await;
    let number = number.expect("the store").expect("imported");
    let incident = site.store.public_incident(number).await;
    incident.expect("the store").expect("public")
}

pub async fn component(site: &Site, code: &str) -> Component {
    let directory = site.directory().await;
    let found = directory
        .components
        .into_iter()
        .find(|c| c.code.as_deref() == Some(code));
    found.expect("a component")
}

/// A fixture, changed.
pub fn changed(site: &Site, name: &str, change: impl FnOnce(&mut Value)) -> String {
    let content = std::fs::read(fixture(&format!("statuspage/{name}"))).expect("a fixture");
    let mut value: Value = serde_json::from_slice(&content).expect("JSON");
    change(&mut value);
    let path = site.folder.file(name, value.to_string().as_bytes());
    path.display().to_string()
}
