//! The page's name, id and time zone, where nobody chose one here.

use super::super::fit;
use super::super::report::{Broken, Report};
use super::{Page, page};
use crate::clock::Clock;
use crate::store::{HouseChange, HouseError, Store, StoreError};
use chrono_tz::Tz;
use domain::{Settings, text};

pub(super) async fn take_over(
    store: &dyn Store,
    clock: &dyn Clock,
    page: &Page,
    report: &mut Report,
) -> Result<(), StoreError> {
    let before = store.directory().await?.settings;
    let mut after = before.clone();
    if let Some(name) = &page.name {
        take_name(name, &mut after, report);
    }
    if let Some(head) = &page.head {
        take_head(head, &mut after, report);
    }
    if after == before {
        return Ok(());
    }
    let change = HouseChange::PutSettings(Box::new(after));
    match store.change_house(None, clock.now(), change).await {
        Ok(_) => Ok(()),
        Err(HouseError::Store(error)) => Err(error),
        Err(_) => Err(StoreError::Senseless("settings that are refused")),
    }
}

fn take_name(name: &str, settings: &mut Settings, report: &mut Report) {
    match fit(text::required_line(
        "organisation",
        name,
        Settings::ORGANISATION,
    )) {
        Err(why) => report.broken.push(Broken {
            what: format!("the page's name “{}”", text::clean_line(name)),
            why,
        }),
        Ok(name) if name == settings.organisation => {}
        Ok(name) if settings.organisation == Settings::default().organisation => {
            report.settings.push(format!("The organisation is {name}."));
            settings.organisation = name;
        }
        Ok(name) => report.leave(format!(
            "The organisation stays {}, as it was chosen here; the page has {name}.",
            settings.organisation
        )),
    }
}

fn take_head(head: &page::Head, settings: &mut Settings, report: &mut Report) {
    if let Some(zone) = &head.time_zone {
        if zone.parse::<Tz>().is_err() {
            report.broken.push(Broken {
                what: "the page's time zone".to_owned(),
                why: format!("there is none called {}", text::clean_line(zone)),
            });
        } else if settings.time_zone == Settings::default().time_zone {
            if *zone != settings.time_zone {
                report.settings.push(format!("The time zone is {zone}."));
                settings.time_zone.clone_from(zone);
            }
        } else if *zone != settings.time_zone {
            report.leave(format!(
                "The time zone stays {}, as it was chosen here; the page has {zone}.",
                settings.time_zone
            ));
        }
    }
    match &settings.page_code {
        None => {
            report.settings.push(format!(
                "The page keeps its id {}.",
                text::clean_line(&head.id)
            ));
            settings.page_code = Some(text::clean_line(&head.id));
        }
        Some(code) if *code == text::clean_line(&head.id) => {}
        Some(code) => report.leave(format!(
            "The id of the page stays {code}; this page has {}.",
            text::clean_line(&head.id)
        )),
    }
}
