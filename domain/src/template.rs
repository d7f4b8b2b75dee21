//! Words to customers that were thought of beforehand. A template is put into the form; somebody still reads and sends it.

use crate::incident::Rejection;
use crate::status::PublicState;
use crate::text;
use serde::{Deserialize, Serialize};

/// Where the names of the affected components go.
pub const COMPONENTS: &str = "{components}";

/// A public update to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// What it is chosen by; no other one is called so.
    pub name: String,
    /// The state that it goes with; without one the state stays as it is.
    pub state: Option<PublicState>,
    /// The words; [`COMPONENTS`] stands for the names of the components.
    pub message: String,
}

impl Template {
    /// The longest name, in characters.
    pub const NAME: usize = 80;
    /// So many are kept at most: a list that nobody reads to its end helps nobody at night.
    pub const COUNT: usize = 50;

    /// The words for some components; `everything` stands in where none is named.
    pub fn filled(&self, components: &[&str], everything: &str) -> String {
        let names = match components {
            [] => everything.to_owned(),
            [one] => (*one).to_owned(),
            [some @ .., last] => format!("{} and {last}", some.join(", ")),
        };
        self.message.replace(COMPONENTS, &names)
    }

    /// All of them made fit to keep, by their names.
    pub(crate) fn checked(templates: Vec<Self>) -> Result<Vec<Self>, Rejection> {
        let refuse = |words: String| Rejection::Unreadable {
            words,
            field: "template_name".to_owned(),
        };
        if templates.len() > Self::COUNT {
            return Err(refuse(format!(
                "There are {} templates already. Remove one that nobody uses.",
                Self::COUNT
            )));
        }
        let mut kept: Vec<Self> = templates
            .into_iter()
            .map(|one| {
                Ok(Self {
                    name: text::required_line("template_name", &one.name, Self::NAME)?,
                    message: text::required_text("template_message", &one.message, text::MESSAGE)?,
                    state: one.state,
                })
            })
            .collect::<Result<_, Rejection>>()?;
        kept.sort_by_cached_key(|one| one.name.to_lowercase());
        let twice = kept
            .windows(2)
            .find(|two| two[0].name.to_lowercase() == two[1].name.to_lowercase());
        match twice {
            Some(two) => Err(refuse(format!(
                "There is a template “{}” already. Choose another name.",
                two[0].name
            ))),
            None => Ok(kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(name: &str, message: &str) -> Template {
        Template {
            name: name.to_owned(),
            state: None,
            message: message.to_owned(),
        }
    }

    #[test]
    fn components_are_named_as_people_would() {
        let slow = template("Slow", "{components} may be slow.");
        assert_eq!(slow.filled(&[], "Etc"), "Etc may be slow.");
        assert_eq!(slow.filled(&["API"], "Etc"), "API may be slow.");
        assert_eq!(
            slow.filled(&["API", "Site", "Mail"], "Etc"),
            "API, Site and Mail may be slow."
        );
    }

    #[test]
    fn two_of_one_name_are_refused() {
        let all = vec![template("Slow", "a"), template("slow ", "b")];
        let refused = Template::checked(all).unwrap_err();
        assert_eq!(refused.field(), Some("template_name"));
        assert!(
            refused
                .to_string()
                .contains("There is a template “Slow” already")
        );
    }

    #[test]
    fn they_stand_by_their_names_and_are_never_empty() {
        let kept = Template::checked(vec![template("b", "x"), template(" A ", "y")]).unwrap();
        assert_eq!(
            kept.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
            ["A", "b"]
        );
        let empty = Template::checked(vec![template("A", " ")]).unwrap_err();
        assert_eq!(empty.field(), Some("template_message"));
    }
}
