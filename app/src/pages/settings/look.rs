//! How the public page is dressed: logo, colours, links, a last line, and rules of its own.

use crate::forms::{HouseForm, typed};
use crate::ui::TextArea;
use domain::Look;
use leptos::prelude::*;

/// The form. Only administrators have it before them; everybody else sees the page itself.
#[component]
pub(super) fn Dress(look: Look) -> impl IntoView {
    let now = |field: &str, value: String| typed("look", None, field, value);
    let links = look.links.iter();
    let links: Vec<String> = links
        .map(|link| format!("{} {}", link.name, link.address))
        .collect();
    let logo = RwSignal::new(now("logo", look.logo));
    let links = RwSignal::new(now("links", links.join("\n")));
    let footer = RwSignal::new(now("footer", look.footer));
    let css = RwSignal::new(now("css", look.css));
    let has_logo = move || {
        logo.with(|logo| {
            let picture = logo.starts_with("data:image/");
            picture.then(|| view! { <img class="logo" src=logo.clone() alt="The logo"/> })
        })
    };
    view! {
        <section class="sec" aria-labelledby="look-h">
            <header>
                <h2 id="look-h">"Look of the status page"</h2>
                <p class="help">"What stays empty looks as it does by itself. "<a href="/status" target="_blank" rel="noopener">"See the page"</a></p>
            </header>
            <div>
                <HouseForm what="look" action="/settings" class="form">
                    <div class="field">
                        <label for="logo">"Logo "<span class="help">"an SVG, or a PNG, JPEG or WebP as a data: address; 28 pixels high"</span></label>
                        {has_logo}
                        <PictureOfDisk into=logo/>
                        <TextArea name="logo" id="logo" value=logo rows=2/>
                    </div>
                    <p class="pair">
                        <Colour id="colour" label="Colour of links by day" value=now("colour", look.colour)/>
                        <Colour id="colour_night" label="At night" value=now("colour_night", look.colour_night)/>
                    </p>
                    <div class="field">
                        <label for="links">"Links "<span class="help">"one on a line, as Help https://help.example.com"</span></label>
                        <TextArea name="links" id="links" value=links rows=3/>
                    </div>
                    <div class="field">
                        <label for="footer">"Last line "<span class="help">"in Markdown"</span></label>
                        <TextArea name="footer" id="footer" value=footer rows=2/>
                    </div>
                    <div class="field">
                        <label for="css">"Stylesheet "<span class="help">"after that of the page; nothing in it may come from elsewhere"</span></label>
                        <TextArea name="css" id="css" value=css rows=6 class="code"/>
                    </div>
                    <p class="row"><button class="btn primary">"Save the look"</button></p>
                </HouseForm>
            </div>
        </section>
    }
}

#[component]
fn Colour(id: &'static str, label: &'static str, value: String) -> impl IntoView {
    view! {
        <span class="field">
            <label for=id>{label}</label>
            <input type="text" id=id name=id maxlength="7" placeholder="#0a5872" autocapitalize="none" autocomplete="off" spellcheck="false" value=value/>
        </span>
    }
}

/// Puts a file's picture into the field. It goes nowhere by itself, so that the form is one with and without a script.
#[component]
fn PictureOfDisk(into: RwSignal<String>) -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        read_picture(&event, into);
        #[cfg(not(feature = "hydrate"))]
        let _ = (event, into);
    };
    view! { <input type="file" accept="image/svg+xml,image/png,image/jpeg,image/webp" aria-label="Take the logo from a file" on:change=choose/> }
}

#[cfg(feature = "hydrate")]
fn read_picture(event: &leptos::ev::Event, into: RwSignal<String>) {
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    let input: web_sys::HtmlInputElement = event_target(event);
    let file = input.files().and_then(|files| files.get(0));
    let (Some(file), Ok(reader)) = (file, web_sys::FileReader::new()) else {
        return;
    };
    let read = reader.clone();
    let done = Closure::once_into_js(move || {
        if let Some(text) = read.result().ok().and_then(|result| result.as_string()) {
            // Its screen may be gone by then.
            let _ = into.try_set(text);
        }
    });
    reader.set_onload(Some(done.unchecked_ref()));
    // A file that cannot be read leaves the field as it was.
    let _ = reader.read_as_data_url(&file);
}
