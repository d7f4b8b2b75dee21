//! The document around every public page.

use super::super::address::Page;
use super::super::content::Content;
use super::super::words::{Key, Language, Tongue, Words};
use super::meta::About;
use super::parts::{href, organisation};
use super::{Place, follow};
use app::ui::{Icon, Markdown, Sprite};
use domain::{ComponentStatus, Link};
use leptos::prelude::*;

/// What the document says about its page.
pub(super) struct Head<'a> {
    /// Which page it is, and in which language.
    pub place: Place<'a>,
    /// What the page is.
    pub title: String,
    /// Whose page it is; empty when that could not be read.
    pub organisation: &'a str,
    /// What it wears; nothing when that could not be read.
    pub worn: Option<&'a Content>,
    /// What the icon in the tab shows, if the page is about how something does.
    pub status: Option<ComponentStatus>,
    /// The position of the log that it was made from.
    pub position: Option<i64>,
    /// What others may show of it.
    pub about: Option<About>,
}

/// The icons that public pages use.
pub(super) const ICONS: &[Icon] = &[
    Icon::StWorking,
    Icon::StSlow,
    Icon::StPartly,
    Icon::StDown,
    Icon::StMaintenance,
];

/// The whole document.
pub(super) fn frame(head: Head<'_>, main: AnyView) -> impl IntoView + use<> {
    let Place {
        page,
        tongue,
        base_url,
        assets,
    } = head.place;
    let words = Words::of(tongue.language);
    let organisation = organisation(words, head.organisation);
    let about = head
        .about
        .map(|about| about.view(head.place, &organisation));
    let args = [
        ("title", head.title.as_str().into()),
        ("organisation", organisation.as_str().into()),
    ];
    let title = words.tell(Key::PageTitle, args);
    let word = view! { <span>{words.say(Key::SiteWord)}</span> };
    let name = [
        ("organisation", organisation.into_any()),
        ("word", word.into_any()),
    ];
    // What the script says, with a place for what only it knows.
    let own = words.tell(Key::YourTime, [("time", "{}".into())]);
    let told = words.tell(Key::Updated, [("what", "{}".into())]);
    view! {
        <!DOCTYPE html>
        <html lang=tongue.language.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{title}</title>
                <link rel="stylesheet" href=assets.css.clone()/>
                {head.worn.filter(|worn| worn.styled).map(|_| view! { <link rel="stylesheet" href="/status/look.css"/> })}
                <link rel="icon" href=icon(head.status)/>
                {addresses(page, tongue, base_url)}
                {follow::links(page, words)}
                {about}
                <script src=assets.js.clone() defer></script>
            </head>
            <body>
                <Sprite icons=ICONS/>
                <a class="skip" href="#main">{words.say(Key::Skip)}</a>
                <header>
                    <a class="site" href=href(tongue, Page::Front)>{words.weave(Key::Site, name)}</a>
                    <nav aria-label=words.say(Key::Pages)>
                        <a href=href(tongue, Page::History)>{words.say(Key::History)}</a>
                        {head.worn.map(links)}
                    </nav>
                </header>
                <main id="main" data-position=head.position>
                    // The script speaks here; it stands still while everything around it changes.
                    <p id="live" role="status" data-own=own data-told=told data-lost=words.say(Key::NotRenewed)></p>
                    {main}
                </main>
                <footer>
                    {head.worn.map(own_words)}
                    <p>{words.say(Key::Footer)}</p>
                    {languages(page, tongue)}
                </footer>
            </body>
        </html>
    }
}

/// The ways to the house's other places.
fn links(worn: &Content) -> AnyView {
    let link = |link: &Link| view! { <a href=link.address.clone()>{link.name.clone()}</a> };
    worn.links.iter().map(link).collect_view().into_any()
}

/// The last words of the house.
fn own_words(worn: &Content) -> Option<AnyView> {
    let words = Some(&worn.footer).filter(|words| !words.is_empty())?;
    Some(view! { <Markdown text=words.clone()/> }.into_any())
}

/// Where search engines and browsers find the page, and where in other languages. They want whole addresses.
fn addresses(page: Page, tongue: Tongue, base_url: &str) -> Option<AnyView> {
    // What is not there is there in no language.
    page.path()?;
    let canonical = format!("{base_url}{}", href(tongue, page));
    let link = |code: &'static str, tongue| {
        let address = format!("{base_url}{}", href(tongue, page));
        view! { <link rel="alternate" hreflang=code href=address/> }
    };
    let fixed = Language::ALL.map(|language| link(language.code(), Tongue::fixed(language)));
    let any = link("x-default", Tongue::default());
    Some(view! { <link rel="canonical" href=canonical/> {fixed} {any} }.into_any())
}

/// The same page in each language, for readers to choose from; the front page where there is no such page.
fn languages(page: Page, tongue: Tongue) -> AnyView {
    let links = Language::ALL.map(|language| {
        let code = language.code();
        let address = href(Tongue::fixed(language), page);
        let current = (language == tongue.language).then_some("true");
        view! {
            <li><a href=address lang=code hreflang=code aria-current=current>{language.name()}</a></li>
        }
    });
    let label = Words::of(tongue.language).say(Key::Languages);
    view! { <nav class="langs" aria-label=label><ul role="list">{links}</ul></nav> }.into_any()
}

/// The icon in the tab: the shape and the colour of the state, readable on light and dark.
fn icon(status: Option<ComponentStatus>) -> String {
    let (drawing, colour) = match status {
        None => ("<path d='M3 4h10M3 8h10M3 12h6'/>", "7a7064"),
        Some(ComponentStatus::Operational) => (
            "<circle cx='8' cy='8' r='6'/><path d='M5 8.3l2.1 2.1L11 6.2'/>",
            "4d8a60",
        ),
        Some(ComponentStatus::DegradedPerformance) => (
            "<circle cx='8' cy='8' r='6'/><path d='M2 8a6 6 0 0 0 12 0z' fill='%23c47c0b'/>",
            "c47c0b",
        ),
        Some(ComponentStatus::PartialOutage) => {
            ("<path d='M8 2l6 12H2z' fill='%23c4560f'/>", "c4560f")
        }
        Some(ComponentStatus::MajorOutage) => (
            "<path d='M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z' fill='%23b3261e'/><path d='M5 8h6' stroke='white'/>",
            "b3261e",
        ),
        Some(ComponentStatus::UnderMaintenance) => (
            "<path d='M2.5 2.5h11v11h-11zM2.5 8L8 2.5M2.5 13.5l11-11M8 13.5L13.5 8'/>",
            "3b7f95",
        ),
    };
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='%23{colour}' stroke-width='1.5'>{drawing}</svg>"
    );
    format!(
        "data:image/svg+xml,{}",
        svg.replace('<', "%3C").replace('>', "%3E")
    )
}
