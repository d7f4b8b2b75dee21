//! The look is checked like code: contrast of every pair in both themes, no stray colours, no unknown tokens, no file left out.
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Token name without the dashes, and its value as written.
type Tokens = BTreeMap<String, String>;

fn style() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../style")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every stylesheet, with comments taken out.
fn sheets() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["", "components", "pages"] {
        for entry in fs::read_dir(style().join(folder)).expect("folder of stylesheets") {
            let path = entry.expect("entry").path();
            if path.extension().is_some_and(|e| e == "css") {
                let text = without_comments(&read(&path));
                found.push((path, text));
            }
        }
    }
    found
}

fn without_comments(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").expect("a comment that ends").1;
    }
    out + rest
}

/// The declarations of the first block whose selector is exactly `selector`.
fn block(css: &str, selector: &str) -> Tokens {
    let body = css
        .split_once(&format!("{selector} {{"))
        .and_then(|(_, after)| after.split_once('}'))
        .unwrap_or_else(|| panic!("no block `{selector}` in tokens.css"))
        .0;
    body.split(';')
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

fn tokens() -> (Tokens, Tokens, Tokens) {
    let css = without_comments(&read(&style().join("tokens.css")));
    (
        block(&css, ":root"),
        block(&css, ":root[data-theme=\"night\"]"),
        block(&css, ":root:not([data-theme=\"light\"])"),
    )
}

/// Relative luminance of `#rrggbb`, as WCAG 2.2 defines it.
fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let byte = u8::from_str_radix(&hex[at..at + 2], 16)
            .unwrap_or_else(|_| panic!("`{hex}` is no colour"));
        let c = f64::from(byte) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    assert!(
        hex.starts_with('#') && hex.len() == 7,
        "`{hex}` is not written as #rrggbb"
    );
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The lines of contrast.toml: what it is, in front, behind, minimum.
fn pairs() -> Vec<(String, String, String, f64)> {
    read(&style().join("contrast.toml"))
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let parts: Vec<&str> = line.split('"').collect();
            let minimum = parts
                .last()
                .and_then(|p| p.trim_matches([',', ' ', ']']).parse().ok());
            match (parts.as_slice(), minimum) {
                ([_, what, _, front, _, behind, _], Some(minimum)) => (
                    (*what).to_owned(),
                    (*front).to_owned(),
                    (*behind).to_owned(),
                    minimum,
                ),
                _ => panic!(
                    "contrast.toml: `{line}` is not \"what\" = [\"front\", \"behind\", minimum]"
                ),
            }
        })
        .collect()
}

#[test]
fn every_pair_keeps_its_contrast_in_both_themes() {
    let (light, night, _) = tokens();
    let pairs = pairs();
    assert!(pairs.len() >= 45, "the table has shrunk to {}", pairs.len());
    let mut low = Vec::new();
    for (what, front, behind, minimum) in &pairs {
        for (theme, tokens) in [("light", &light), ("night", &night)] {
            let colour = |name: &String| {
                tokens
                    .get(name)
                    .unwrap_or_else(|| panic!("`{name}` is not in the {theme} theme"))
            };
            let found = contrast(colour(front), colour(behind));
            if found < *minimum {
                low.push(format!(
                    "{what} ({front} on {behind}) in {theme}: {found:.2}, needs {minimum}"
                ));
            }
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

#[test]
fn night_is_the_same_whether_chosen_or_taken_from_the_system() {
    let (light, night, system) = tokens();
    assert_eq!(night, system);
    for name in night.keys() {
        assert!(light.contains_key(name), "--{name} exists at night only");
    }
    for (name, value) in light.iter().filter(|(_, value)| value.starts_with('#')) {
        assert!(
            night.contains_key(name),
            "--{name}: {value} has no colour at night"
        );
    }
}

#[test]
fn colours_are_named_in_one_place() {
    for (path, css) in sheets() {
        if path.ends_with("tokens.css") {
            continue;
        }
        for line in css.lines() {
            let declared = line.split_once('{').map_or(line, |(_, after)| after);
            assert!(
                !declared.contains("rgb(") && !declared.contains("hsl("),
                "{}: {line}",
                path.display()
            );
            for (at, _) in declared.match_indices('#') {
                let digits = declared[at + 1..]
                    .chars()
                    .take_while(char::is_ascii_hexdigit)
                    .count();
                assert!(digits < 3, "{}: {line}", path.display());
            }
        }
    }
}

#[test]
fn every_token_that_is_used_exists() {
    let (light, ..) = tokens();
    for (path, css) in sheets() {
        for used in css.split("var(--").skip(1) {
            let name: String = used
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect();
            assert!(light.contains_key(&name), "{}: --{name}", path.display());
        }
    }
}

#[test]
fn every_component_and_page_is_in_the_bundle() {
    let app = read(&style().join("app.css"));
    for (path, _) in sheets() {
        let folder = path
            .parent()
            .and_then(Path::file_name)
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if folder == "components" || folder == "pages" {
            let import = format!("@import \"{folder}/{file}\" layer({folder});");
            assert!(app.contains(&import), "app.css lacks {import}");
        }
    }
}
