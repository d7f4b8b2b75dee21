//! Rules about the sources that no compiler knows. Each says what to do instead.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use xshell::{Shell, cmd};

use crate::workspace;

/// What may never be downloaded by a browser.
const TOO_HEAVY: &[&str] = &["tokio", "sqlx", "axum", "reqwest", "regex"];

/// A rule: what it is called, and the check.
pub type Gate = (&'static str, fn(&Shell) -> Result<()>);

/// All rules.
pub const ALL: &[Gate] = &[
    ("Both databases have the same migrations", same_migrations),
    ("The browser half carries no server crates", light_wasm),
    ("No raw <textarea>", |_| textareas()),
    ("No bare Suspend", |_| suspends()),
    ("No inline style", |_| styles()),
    ("No clock in domain", |_| clocks()),
];

fn same_migrations(_: &Shell) -> Result<()> {
    let names = |folder: &str| -> Result<BTreeSet<String>> {
        let path = workspace::root().join("migrations").join(folder);
        let entries = fs::read_dir(&path).with_context(|| format!("migrations/{folder}"))?;
        entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect()
    };
    let (sqlite, postgres) = (names("sqlite")?, names("postgres")?);
    ensure!(!sqlite.is_empty(), "there are no migrations");
    let lonely: Vec<_> = sqlite
        .symmetric_difference(&postgres)
        .map(String::as_str)
        .collect();
    ensure!(
        lonely.is_empty(),
        "these migrations exist for one database only: {}",
        lonely.join(", ")
    );
    Ok(())
}

fn light_wasm(shell: &Shell) -> Result<()> {
    let (target, edges) = ("wasm32-unknown-unknown", "normal,no-proc-macro");
    let mut found = Vec::new();
    for heavy in TOO_HEAVY {
        let tree = cmd!(
            shell,
            "cargo tree -p frontend --target {target} -e {edges} -i {heavy} --depth 1"
        );
        // Cargo complains about a crate that is not there at all, which is what we want to hear.
        let tree = tree
            .args(["--prefix", "none"])
            .quiet()
            .ignore_status()
            .ignore_stderr()
            .read()?;
        let users = tree
            .lines()
            .skip(1)
            .filter_map(|line| line.split_whitespace().next());
        // Leptos reads its settings on the server only; the linker drops that part and its regex.
        found.extend(
            users
                .filter(|user| *user != "leptos_config")
                .map(|user| format!("{heavy}, by {user}")),
        );
    }
    ensure!(
        found.is_empty(),
        "a browser would download {}",
        found.join("; ")
    );
    Ok(())
}

fn textareas() -> Result<()> {
    forbid(
        &["app/src", "server/src"],
        &["app/src/ui/textarea.rs"],
        "use ui::TextArea: what is put into a raw <textarea> is not escaped on the server",
        |line| line.contains("<textarea"),
    )
}

fn suspends() -> Result<()> {
    forbid(
        &["app/src"],
        &["app/src/pages/gathered.rs"],
        "use pages::suspended: what is ready at the first look is made twice on the server",
        |line| line.contains("Suspend::new"),
    )
}

fn styles() -> Result<()> {
    forbid(
        &["app/src", "server/src"],
        &[],
        "use a class: the content security policy forbids inline styles",
        has_inline_style,
    )
}

fn clocks() -> Result<()> {
    forbid(
        &["domain/src"],
        &[],
        "take the time from the context: the rules have no clock",
        |line| {
            ["Utc::now", "Local::now", "SystemTime::now", "Instant::now"]
                .iter()
                .any(|call| line.contains(call))
        },
    )
}

/// `style="…"` and `style:width=…` in markup, but neither `font_style=` nor a path such as `style::Color`.
fn has_inline_style(line: &str) -> bool {
    line.match_indices("style").any(|(at, word)| {
        let before = line[..at].chars().next_back();
        let mut after = line[at + word.len()..].chars();
        let own_word = before.is_none_or(|letter| letter.is_whitespace() || letter == '"');
        let attribute = match after.next() {
            Some('=') => after.next() != Some('='),
            Some(':') => after
                .next()
                .is_some_and(|letter| letter.is_ascii_lowercase()),
            Some(_) | None => false,
        };
        own_word && attribute
    })
}

/// Fails with file and line of everything `is_wrong` finds; comments and a file's tests at its end do not count.
fn forbid(
    folders: &[&str],
    except: &[&str],
    instead: &str,
    is_wrong: fn(&str) -> bool,
) -> Result<()> {
    let mut found = Vec::new();
    for path in folders
        .iter()
        .map(|folder| sources(Path::new(folder)))
        .collect::<Result<Vec<_>>>()?
        .concat()
    {
        if except.iter().any(|name| path == Path::new(name)) {
            continue;
        }
        let text = fs::read_to_string(workspace::root().join(&path))?;
        let code = text
            .lines()
            .take_while(|line| !(line.starts_with("#[cfg(") && line.contains("test")));
        let wrong = code
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//") && is_wrong(line));
        found.extend(
            wrong.map(|(index, line)| format!("{}:{}: {}", path.display(), index + 1, line.trim())),
        );
    }
    if !found.is_empty() {
        bail!("{instead}\n  {}", found.join("\n  "));
    }
    Ok(())
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(workspace::root().join(folder))
        .with_context(|| folder.display().to_string())?
    {
        let path = folder.join(entry?.file_name());
        if workspace::root().join(&path).is_dir() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_styles_are_found_and_nothing_else() {
        for line in [
            r#"<p style="color: red">"#,
            "style:width=move || width()",
            r#"let html = "<i style='x'>";"#,
        ] {
            assert!(has_inline_style(line), "{line}");
        }
        for line in [
            "let style = 1;",
            "style::Color",
            "font_style=1",
            "style: Style,",
            "if style==other",
            r#"class="style""#,
        ] {
            assert!(!has_inline_style(line), "{line}");
        }
    }
}
