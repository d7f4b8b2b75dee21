//! What others show of a page that somebody shares or searches for: a description, `OpenGraph`, schema.org. A picture there is
//! none: the badge is an SVG, which their readers do not take.

use super::super::address::Page;
use super::super::content::Body;
use super::super::words::{Key, Language, Tongue, Words};
use super::parts::{Here, href, organisation};
use super::{Place, maintenance};
use domain::markdown::excerpt;
use domain::status::{PublicIncident, sentence};
use domain::time::Time;
use domain::{Maintenance, MaintenanceState, Settings};
use leptos::html;
use leptos::prelude::*;
use serde_json::{Value, json};

/// So much of an update is shown, in signs: others cut it there too.
const LONGEST: usize = 200;

/// What others may show of a page.
pub(super) struct About {
    title: String,
    description: String,
    /// When an article was published, and when it was last changed.
    article: Option<(Time, Time)>,
    /// The same for search engines.
    data: String,
}

impl About {
    /// Nothing for what has no address: nobody shares it.
    pub fn of(here: &Here, place: Place<'_>, title: &str) -> Option<Self> {
        place.page.path()?;
        let body = &here.content.body;
        let description = description(here, title);
        let mut graph = vec![thing(here, place, title, &description)];
        if place.page != Page::Front {
            graph.push(way(here, place, title));
        }
        let data = json!({ "@context": "https://schema.org", "@graph": graph }).to_string();
        Some(Self {
            title: title.to_owned(),
            description,
            article: match body {
                Body::Incident(incident) => published(incident),
                _ => None,
            },
            data: in_script(&data),
        })
    }

    /// What stands in the head.
    pub fn view(self, place: Place<'_>, organisation: &str) -> impl IntoView + use<> {
        let language = place.tongue.language;
        let property = |name: &'static str, content: String| {
            html::meta().attr("property", name).content(content)
        };
        let kind = self.article.map_or("website", |_| "article");
        let dates = self.article.map(|(published, changed)| {
            [
                property("article:published_time", published.to_rfc3339()),
                property("article:modified_time", changed.to_rfc3339()),
            ]
        });
        let others = Language::ALL.into_iter().filter(|other| *other != language);
        let others: Vec<_> = others
            .map(|other| property("og:locale:alternate", other.locale().to_owned()))
            .collect();
        view! {
            <meta name="description" content=self.description.clone()/>
            {property("og:title", self.title)}
            {property("og:description", self.description)}
            {property("og:url", address(place.base_url, place.tongue, place.page))}
            {property("og:type", kind.to_owned())}
            {dates}
            {property("og:site_name", site_name(Words::of(language), organisation))}
            {property("og:locale", language.locale().to_owned())}
            {others}
            <meta name="twitter:card" content="summary"/>
            <script type="application/ld+json" inner_html=self.data></script>
        }
    }
}

pub(super) fn address(base_url: &str, tongue: Tongue, page: Page) -> String {
    format!("{base_url}{}", href(tongue, page))
}

/// What the site is called: "Example Platform status".
pub(super) fn site_name(words: &Words, organisation: &str) -> String {
    let args = [
        ("organisation", organisation.into()),
        ("word", words.say(Key::SiteWord).into()),
    ];
    words.tell(Key::Site, args)
}

fn description(here: &Here, title: &str) -> String {
    let organisation = organisation(here.words, &here.content.organisation);
    let page = [("organisation", organisation.as_str().into())];
    let page = here.words.tell(Key::AboutPage, page);
    match &here.content.body {
        Body::Front(front) => {
            let now = here.words.sentence(&sentence(&front.groups, &front.active));
            format!("{now} {page}")
        }
        Body::Incident(incident) => last(incident).unwrap_or(page),
        Body::Maintenance(one) => one.words.last().map_or(page, |word| {
            excerpt(&maintenance::message(here, word), LONGEST)
        }),
        Body::Component(one) if !one.component.description.is_empty() => {
            format!("{title}. {}", one.component.description)
        }
        Body::Component(_) => format!("{title}. {page}"),
        Body::History { .. } | Body::Data { .. } | Body::Look(_) | Body::Missing => page,
    }
}

fn last(incident: &PublicIncident) -> Option<String> {
    Some(excerpt(&incident.words.last()?.message, LONGEST))
}

/// When customers could first read of it, and when something new last.
fn published(incident: &PublicIncident) -> Option<(Time, Time)> {
    let first = incident.words.first().map(|word| word.published_at);
    let first = first.or(incident.created_at).or(incident.started_at)?;
    Some((first, incident.updated_at.unwrap_or(first).max(first)))
}

/// What the page is about, where schema.org has a word for it that is true.
fn thing(here: &Here, place: Place<'_>, title: &str, description: &str) -> Value {
    let url = address(place.base_url, place.tongue, place.page);
    let mut thing = match &here.content.body {
        Body::Incident(incident) => article(&here.title(incident), &url, published(incident)),
        Body::Maintenance(one) => event(one, &url),
        _ => json!({
            "@type": "WebPage",
            "name": title,
            "inLanguage": place.tongue.language.code(),
        }),
    };
    thing["url"] = json!(url);
    thing["description"] = json!(description);
    // An invented name is nobody's.
    let name = &here.content.organisation;
    if !matches!(name.as_str(), "" | Settings::NOBODY) {
        let who = if let Body::Maintenance(_) = here.content.body {
            "organizer"
        } else {
            "publisher"
        };
        thing[who] = json!({ "@type": "Organization", "name": name });
    }
    thing
}

fn article(headline: &str, url: &str, dates: Option<(Time, Time)>) -> Value {
    let mut article = json!({
        "@type": "Article",
        "headline": headline,
        "mainEntityOfPage": url,
    });
    if let Some((published, changed)) = dates {
        article["datePublished"] = json!(published);
        article["dateModified"] = json!(changed);
    }
    article
}

fn event(one: &Maintenance, url: &str) -> Value {
    // There is no word for one that is over: that its end lies behind says it.
    let status = match one.state {
        MaintenanceState::Cancelled => "https://schema.org/EventCancelled",
        MaintenanceState::Scheduled
        | MaintenanceState::InProgress
        | MaintenanceState::Verifying
        | MaintenanceState::Completed => "https://schema.org/EventScheduled",
    };
    json!({
        "@type": "Event",
        "name": one.plan.title,
        "startDate": one.plan.from,
        "endDate": one.plan.to,
        "eventStatus": status,
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": { "@type": "VirtualLocation", "url": url },
    })
}

/// The way from the front page.
fn way(here: &Here, place: Place<'_>, title: &str) -> Value {
    let step = |position: u8, name: &str, page: Page| {
        json!({
            "@type": "ListItem",
            "position": position,
            "name": name,
            "item": address(place.base_url, place.tongue, page),
        })
    };
    let site = site_name(
        here.words,
        &organisation(here.words, &here.content.organisation),
    );
    json!({
        "@type": "BreadcrumbList",
        "itemListElement": [step(1, &site, Page::Front), step(2, title, place.page)],
    })
}

/// JSON that cannot end the script that it stands in, nor begin anything there.
fn in_script(json: &str) -> String {
    [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026")]
        .into_iter()
        .fold(json.to_owned(), |json, (sign, escaped)| {
            json.replace(sign, escaped)
        })
}
