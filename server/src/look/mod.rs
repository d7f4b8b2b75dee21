//! What the public page wears: looked into before it is kept, and made into one stylesheet.
//!
//! The logo is part of that stylesheet. There a picture can neither run a script nor load anything, an SVG is never a
//! document of its own, and an export has it by having the stylesheet.

mod css;
mod logo;

use domain::Look;
use domain::incident::Rejection;
use logo::Logo;
use std::fmt::Write as _;

/// How high the logo stands, in pixels.
const HEIGHT: f64 = 28.0;
/// How wide it may be.
const WIDTH: f64 = 224.0;

/// Made fit to keep, or words why not. Whoever keeps a look asks here, whichever way it came.
pub fn checked(look: Look) -> Result<Look, Rejection> {
    let look = look.checked()?;
    let refuse = |field: &str| {
        let field = field.to_owned();
        move |words| Rejection::Unreadable { words, field }
    };
    if !look.logo.is_empty() {
        Logo::read(&look.logo).map_err(refuse("logo"))?;
    }
    css::check(&look.css).map_err(refuse("css"))?;
    Ok(look)
}

/// The stylesheet that comes after that of the page. What was kept by another build and cannot be read is left out.
pub fn stylesheet(look: &Look) -> String {
    let mut text = String::new();
    for (scheme, colour) in [("light", &look.colour), ("dark", &look.colour_night)] {
        if !colour.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "@media (prefers-color-scheme: {scheme}) {{ :root {{ --accent: {colour}; }} }}"
            );
        }
    }
    if let Ok(logo) = Logo::read(&look.logo) {
        let width = (HEIGHT * logo.ratio).clamp(1.0, WIDTH);
        let _ = writeln!(
            text,
            ".site::before {{ content: \"\"; display: inline-block; vertical-align: middle; width: {width:.0}px; height: {HEIGHT}px; margin-inline-end: 10px; background: url(\"{}\") left center / contain no-repeat; }}",
            logo.address
        );
    }
    if css::check(&look.css).is_ok() {
        text.push_str(&look.css);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40" fill="#123"/></svg>"##;

    #[test]
    fn the_stylesheet_holds_what_was_set_and_nothing_else() {
        assert_eq!(stylesheet(&Look::default()), "");
        let look = Look {
            logo: LOGO.to_owned(),
            colour: "#0a5872".to_owned(),
            css: "h1 { color: red }".to_owned(),
            ..Look::default()
        };
        let text = stylesheet(&checked(look).unwrap());
        assert!(text.contains("(prefers-color-scheme: light) { :root { --accent: #0a5872; } }"));
        assert!(text.contains("width: 56px; height: 28px"), "{text}");
        assert!(text.contains("url(\"data:image/svg+xml;base64,PHN2Zy"));
        assert!(text.ends_with("h1 { color: red }"));
        assert!(!text.contains("dark"));
        // A browser finds nothing in it that leads elsewhere.
        assert_eq!(css::check(&text), Ok(()));
    }

    #[test]
    fn what_was_never_looked_into_is_left_out() {
        let look = Look {
            logo: "data:text/html,x\"); @import url(//evil.example)".to_owned(),
            css: "@import 'https://evil.example/a.css';".to_owned(),
            ..Look::default()
        };
        assert_eq!(stylesheet(&look), "");
        assert_eq!(checked(look).unwrap_err().field(), Some("logo"));
    }
}
