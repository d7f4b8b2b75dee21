//! A logo: a small picture that an administrator gives as the text of an SVG or as a `data:` address.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use imagesize::ImageType;
use roxmltree::Document;

/// A picture that was looked into.
#[derive(Debug)]
pub(super) struct Logo {
    /// Its `data:` address, made of letters that need no quoting.
    pub address: String,
    /// Its width for a height of one.
    pub ratio: f64,
}

const WHAT: &str =
    "A logo is the text of an SVG file, or a data: address of a PNG, JPEG, WebP or SVG in base64.";

impl Logo {
    /// Reads one, or says in words what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.starts_with('<') {
            return svg(text.as_bytes());
        }
        let (media, packed) = text
            .strip_prefix("data:")
            .and_then(|rest| rest.split_once(";base64,"))
            .ok_or(WHAT)?;
        let packed: String = packed.split_whitespace().collect();
        let bytes = BASE64_STANDARD.decode(packed).map_err(|_| WHAT)?;
        if media == "image/svg+xml" {
            return svg(&bytes);
        }
        let (media, ratio) = match imagesize::image_type(&bytes) {
            Ok(ImageType::Png) => ("image/png", ratio(&bytes)?),
            Ok(ImageType::Jpeg) => ("image/jpeg", ratio(&bytes)?),
            Ok(ImageType::Webp) => ("image/webp", ratio(&bytes)?),
            _ => return Err(WHAT.to_owned()),
        };
        Ok(Self::of(media, &bytes, ratio))
    }

    fn of(media: &str, bytes: &[u8], ratio: f64) -> Self {
        Self {
            address: format!("data:{media};base64,{}", BASE64_STANDARD.encode(bytes)),
            ratio,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "pictures are not that large")]
fn ratio(bytes: &[u8]) -> Result<f64, String> {
    let size = imagesize::blob_size(bytes).map_err(|_| "The size of the logo cannot be read.")?;
    of_size(size.width as f64, size.height as f64)
}

fn of_size(width: f64, height: f64) -> Result<f64, String> {
    let ratio = width / height;
    if ratio.is_finite() && ratio > 0.0 {
        Ok(ratio)
    } else {
        Err("The logo has no size.".to_owned())
    }
}

/// Browsers run no script of a picture and load nothing for it. Whoever relies on that is told now rather than wondering.
fn svg(bytes: &[u8]) -> Result<Logo, String> {
    let text = str::from_utf8(bytes).map_err(|_| "The SVG is not written in UTF-8.")?;
    let tree =
        Document::parse(text).map_err(|error| format!("The SVG cannot be read: {error}."))?;
    let root = tree.root_element();
    if !root.has_tag_name(("http://www.w3.org/2000/svg", "svg")) {
        return Err(
            "This is XML and no SVG: it begins with <svg xmlns=\"http://www.w3.org/2000/svg\">."
                .to_owned(),
        );
    }
    for element in root.descendants().filter(roxmltree::Node::is_element) {
        let name = element.tag_name().name();
        if ["script", "foreignObject"].contains(&name) {
            return Err(format!("There is a <{name}> in the SVG: take it out."));
        }
        let outside = element.attributes().find(|attribute| {
            attribute.name() == "href"
                && !attribute.value().starts_with('#')
                && !attribute.value().starts_with("data:")
        });
        if let Some(attribute) = outside {
            return Err(format!(
                "The SVG would load {}: put it into the SVG itself.",
                attribute.value()
            ));
        }
    }
    let number = |name: &str| -> Option<f64> {
        let value = root.attribute(name)?.trim();
        value.trim_end_matches("px").parse().ok()
    };
    let sides = root.attribute("viewBox").map(|text| {
        let parts = text.split([' ', ',', '\n', '\t']);
        parts
            .filter_map(|part| part.parse().ok())
            .collect::<Vec<f64>>()
    });
    let sides = match sides.as_deref() {
        Some([_, _, width, height]) => Some((*width, *height)),
        _ => number("width").zip(number("height")),
    };
    let ratio = match sides {
        Some((width, height)) => of_size(width, height)?,
        None => return Err("The SVG does not say how large it is: it needs a viewBox.".to_owned()),
    };
    Ok(Logo::of("image/svg+xml", bytes, ratio))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pixels by one.
    const PNG: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4//8/AAX+Av4=";

    #[test]
    fn pictures_have_their_size() {
        assert_eq!(Logo::read(PNG).unwrap().ratio.to_string(), "2");
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0,0 30 10"/>"#;
        let logo = Logo::read(svg).unwrap();
        assert_eq!(logo.ratio.to_string(), "3");
        assert_eq!(Logo::read(&logo.address).unwrap().address, logo.address);
        let sized = r#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="12px" height="24"/>"#;
        assert_eq!(Logo::read(sized).unwrap().ratio.to_string(), "0.5");
    }

    #[test]
    fn what_is_no_picture_is_refused_with_words() {
        let svg = |inside: &str| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">{inside}</svg>"#
            )
        };
        for (text, words) in [
            ("https://example.com/logo.png".to_owned(), "data: address"),
            ("data:text/html;base64,PGI+".to_owned(), "data: address"),
            ("data:image/png;base64,R0lGODlhAQABAAAAACw=".to_owned(), "data: address"),
            ("<svg".to_owned(), "cannot be read"),
            ("<html/>".to_owned(), "no SVG"),
            (r#"<svg xmlns="http://www.w3.org/2000/svg"/>"#.to_owned(), "viewBox"),
            (r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 0"/>"#.to_owned(), "no size"),
            (svg("<script>alert(1)</script>"), "<script>"),
            (svg("<foreignObject/>"), "foreignObject"),
            (svg(r#"<image x:href="https://evil.example/a.png"/>"#), "evil.example"),
            (
                "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>".to_owned(),
                "cannot be read",
            ),
        ] {
            let why = Logo::read(&text).unwrap_err();
            assert!(why.contains(words), "{text}: {why}");
        }
    }
}
