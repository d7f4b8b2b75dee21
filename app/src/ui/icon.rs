//! Icons: one sprite of our own on a 16 px grid, drawn in the colour of the words beside it.
use leptos::prelude::*;

/// One line an icon: what it stands for, its name in the sprite, its drawing.
macro_rules! icons {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $drawing:literal;)+) => {
        /// What an icon stands for. It never stands alone: words are beside it, or the control has a label.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Icon {
            /// Every icon, in the order of the sprite.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Where the icon stands in the sprite, as the target of a `use`.
            pub fn href(self) -> &'static str {
                match self { $(Self::$variant => concat!("#i-", $name),)+ }
            }

            /// The inside of the icon's symbol: markup of ours, never of anybody else.
            fn drawing(self) -> &'static str {
                match self { $(Self::$variant => $drawing,)+ }
            }
        }
    };
}

icons! {
    /// Somebody has looked away.
    Away = "away", r#"<circle cx="8" cy="8" r="3.4"/>"#;
    /// One step back.
    Back = "back", r#"<path d="M10 3.5L5.5 8l4.5 4.5"/>"#;
    /// Something said.
    Chat = "chat", r#"<path d="M2.5 3.2h11v7.6H7.2L4.2 13.4v-2.6H2.5z"/>"#;
    /// Done.
    Check = "check", r#"<path d="M3 8.6l3.3 3.3L13 4.6"/>"#;
    /// A promise with time left.
    Clock = "clock", r#"<circle cx="8" cy="8" r="6"/><path d="M8 4.6V8l2.4 1.5"/>"#;
    /// A decision.
    Decide = "decide", r#"<path d="M8 14V9L3.6 4.6M8 9l4.4-4.4M3.4 7.6V4.4h3.2M12.6 7.6V4.4H9.4"/>"#;
    /// A sitrep.
    Doc = "doc", r#"<path d="M4 2h5.2L12 4.8V14H4zM9 2v3h3M6.2 8.2h3.6M6.2 10.8h3.6"/>"#;
    /// Move down.
    Down = "down", r#"<path d="M8 3v10M3.8 8.8L8 13l4.2-4.2"/>"#;
    /// A promise that is nearly due.
    Due = "due", r#"<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" stroke="none"/>"#;
    /// Where something began.
    Flag = "flag", r#"<path d="M3.5 14.2V2.4M3.5 3h8.7l-2 3 2 3H3.5"/>"#;
    /// Customers were told.
    Globe = "globe", r#"<circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c1.9 1.8 2.6 3.8 2.6 6S9.9 12.2 8 14c-1.9-1.8-2.6-3.8-2.6-6S6.1 3.8 8 2z"/>"#;
    /// Somebody is not here.
    Gone = "gone", r#"<circle cx="8" cy="8" r="3.4" stroke-dasharray="2 2"/>"#;
    /// A role changes hands; also: swap two things.
    Handover = "handover", r#"<path d="M2.5 5.2h10.4M10 2.2l3 3-3 3M13.5 10.8H3.1M6 7.8l-3 3 3 3"/>"#;
    /// Somebody is here.
    Here = "here", r#"<circle cx="8" cy="8" r="4" fill="currentColor" stroke="none"/>"#;
    /// A link that was added.
    Link = "link", r#"<path d="M6.6 9.4l2.8-2.8M7.4 4.6l1.5-1.5a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.6 11.4l-1.5 1.5a2.8 2.8 0 0 1-4-4l1.5-1.5"/>"#;
    /// The line to the server stands.
    Live = "live", r#"<circle cx="8" cy="8" r="1.4" fill="currentColor" stroke="none"/><path d="M5 11a4.2 4.2 0 0 1 0-6M11 5a4.2 4.2 0 0 1 0 6M2.9 13.1a7.2 7.2 0 0 1 0-10.2M13.1 2.9a7.2 7.2 0 0 1 0 10.2"/>"#;
    /// Something holds the gate shut.
    Lock = "lock", r#"<path d="M3.5 7.2h9v6.6h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>"#;
    /// E-mail.
    Mail = "mail", r#"<path d="M2 3.8h12v8.6H2zM2.4 4.4L8 9l5.6-4.6"/>"#;
    /// Night theme.
    Moon = "moon", r#"<path d="M13.2 9.8A5.8 5.8 0 0 1 6.2 2.8a5.6 5.6 0 1 0 7 7z"/>"#;
    /// More actions.
    More = "more", r#"<path d="M3 8h.01M8 8h.01M13 8h.01" stroke-width="2.4"/>"#;
    /// The product itself: everybody comes to one place.
    Muster = "muster", r#"<path d="M2 2l4 4M6.2 2.8v3.4H2.8M14 2l-4 4M9.8 2.8v3.4h3.4M2 14l4-4M2.8 9.8h3.4v3.4M14 14l-4-4M13.2 9.8H9.8v3.4"/>"#;
    /// The line to the server is down.
    Offline = "offline", r#"<path d="M2.5 2.5l11 11M5 11a4.2 4.2 0 0 1-.6-5.2M11 5a4.2 4.2 0 0 1 .7 5M2.9 13.1a7.2 7.2 0 0 1-.6-9.4M13.1 2.9a7.2 7.2 0 0 1 .9 9"/>"#;
    /// An order.
    Order = "order", r#"<path d="M3 3v10M5.5 8H13M9.6 4.6L13 8l-3.4 3.4"/>"#;
    /// A promise that was missed; also: an error.
    Over = "over", r#"<circle cx="8" cy="8" r="6.75" fill="currentColor" stroke="none"/><path d="M8 4.5v4M8 11.2v.05" class="cut" stroke-width="1.8"/>"#;
    /// A call to a person.
    Page = "page", r#"<path d="M3 11.5h10l-1.2-1.8V7a3.8 3.8 0 0 0-7.6 0v2.7zM6.6 13.9h2.8"/>"#;
    /// A person: somebody joins, leaves, takes a role.
    Person = "person", r#"<circle cx="8" cy="5" r="2.6"/><path d="M2.8 13.8c.4-3 2.4-4.4 5.2-4.4s4.8 1.4 5.2 4.4"/>"#;
    /// A phone.
    Phone = "phone", r#"<path d="M4.8 1.8h6.4v12.4H4.8zM7.2 12h1.6"/>"#;
    /// Something new.
    Plus = "plus", r#"<path d="M8 3v10M3 8h10"/>"#;
    /// A problem; also: a word to check.
    Problem = "problem", r#"<path d="M8 2l6.2 11.2H1.8zM8 6.4v3.2M8 11.6v.05"/>"#;
    /// Ruled out.
    Ruled = "ruled", r#"<circle cx="8" cy="8" r="6"/><path d="M3.8 12.2l8.4-8.4"/>"#;
    /// Send an update.
    Send = "send", r#"<path d="M2 7.6L14 2.5 10.2 13.8 7.4 8.9zM7.4 8.9L14 2.5"/>"#;
    /// Severity changed.
    Sev = "sev", r#"<path d="M3 13V8.5M8 13V5.5M13 13V2.5" stroke-width="2"/>"#;
    /// A temporary change.
    Temp = "temp", r#"<path d="M4 2h8M4 14h8M5 2c0 3.2 3 3.8 3 6s-3 2.8-3 6M11 2c0 3.2-3 3.8-3 6s3 2.8 3 6"/>"#;
    /// Take it back.
    Undo = "undo", r#"<path d="M5.4 2.8L2.2 6l3.2 3.2M2.4 6h7.4a3.7 3.7 0 0 1 0 7.4H6"/>"#;
    /// Move up.
    Up = "up", r#"<path d="M8 13V3M3.8 7.2L8 3l4.2 4.2"/>"#;
    /// Put away; also: it had no effect.
    X = "x", r#"<path d="M4 4l8 8M12 4l-8 8"/>"#;
    /// Component: working.
    StWorking = "st-ok", r#"<circle cx="8" cy="8" r="6"/><path d="M5 8.3l2.1 2.1L11 6.2"/>"#;
    /// Component: slow.
    StSlow = "st-slow", r#"<circle cx="8" cy="8" r="6"/><path d="M2 8a6 6 0 0 0 12 0z" fill="currentColor"/>"#;
    /// Component: partly down.
    StPartly = "st-part", r#"<path d="M8 1.8l6.6 12.2H1.4z" fill="currentColor"/>"#;
    /// Component: down.
    StDown = "st-down", r#"<path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z" fill="currentColor"/><path d="M5 8h6" class="cut" stroke-width="2"/>"#;
    /// Component: maintenance.
    StMaintenance = "st-work", r#"<path d="M2.5 2.5h11v11h-11zM2.5 8L8 2.5M2.5 13.5l11-11M8 13.5L13.5 8"/>"#;
}

/// An icon beside words. A screen reader passes over it.
#[component]
pub fn Icon(
    /// Which one.
    name: Icon,
) -> impl IntoView {
    view! {
        <svg class="ico" aria-hidden="true">
            <use_ href=name.href()></use_>
        </svg>
    }
}

/// The drawings that every `Icon` on the page points to: once a page, in the shell that the server writes around the app.
/// The browser never makes it, so its text is not in the wasm.
#[component]
pub fn Sprite(
    /// What the page uses; everything if left out.
    #[prop(default = Icon::ALL)]
    icons: &'static [Icon],
) -> impl IntoView {
    view! { <svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false" inner_html=sprite(icons)></svg> }
}

/// The symbols of the sprite, one after the other.
fn sprite(icons: &[Icon]) -> String {
    use std::fmt::Write as _;
    icons.iter().fold(String::new(), |mut out, icon| {
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            r#"<symbol id="{}" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">{}</symbol>"#,
            icon.href().trim_start_matches('#'),
            icon.drawing()
        );
        out
    })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn an_icon_points_into_the_sprite_and_is_hidden_from_screen_readers() {
        let html = view! { <Icon name=Icon::Over/> }.to_html();
        assert!(html.contains(r##"<use href="#i-over">"##), "{html}");
        assert!(html.contains(r#"aria-hidden="true""#), "{html}");
    }

    #[test]
    fn the_sprite_holds_every_icon_once() {
        let html = view! { <Sprite/> }.to_html();
        for icon in Icon::ALL {
            let id = format!(r#"<symbol id="{}""#, icon.href().trim_start_matches('#'));
            assert_eq!(html.matches(&id).count(), 1, "{id}");
        }
    }

    #[test]
    fn nothing_in_the_sprite_is_styled_inline() {
        assert!(
            !sprite(Icon::ALL).contains("style="),
            "the content security policy would drop it"
        );
    }
}
