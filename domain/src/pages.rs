//! The status pages of a house: the one that every house has, and further ones under host names of their own.

use crate::directory::Directory;
use crate::id::ComponentId;
use crate::incident::Rejection;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A status page, as an administrator sets it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusPage {
    /// The lasting id; [`StatusPage::MAIN`] for the one that every house has. Empty until the server has given one.
    pub id: String,
    /// What stands at its head. The main one is called as the organisation is.
    pub name: String,
    /// The host names that lead to it, in lower case and without a port. The house's own address leads to the main one too.
    pub hosts: Vec<String>,
    /// What it shows.
    pub components: Shown,
}

/// What a page shows of components, and of the incidents and maintenances that touch them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Everything, also what will be there one day.
    #[default]
    All,
    /// These.
    Only(BTreeSet<ComponentId>),
}

impl Default for StatusPage {
    fn default() -> Self {
        Self {
            id: Self::MAIN.to_owned(),
            name: String::new(),
            hosts: Vec::new(),
            components: Shown::All,
        }
    }
}

impl StatusPage {
    /// The id of the page that every house has.
    pub const MAIN: &str = "main";
    /// So many are kept at most.
    pub const COUNT: usize = 20;
    /// So many host names lead to one at most.
    pub const HOSTS: usize = 10;
    /// The longest name, in characters.
    pub const NAME: usize = 80;

    /// True for the page that every house has.
    pub fn is_main(&self) -> bool {
        self.id == Self::MAIN
    }

    /// Leaves of everything what belongs on this page, under its name.
    pub fn narrow(&self, directory: &mut Directory) {
        if !self.is_main() {
            directory.settings.organisation.clone_from(&self.name);
            directory.settings.page_code = None;
        }
        if let Shown::Only(these) = &self.components {
            directory
                .components
                .retain(|component| these.contains(&component.id));
            let components = &directory.components;
            directory
                .groups
                .retain(|group| components.iter().any(|one| one.group == group.name));
        }
    }

    /// All of them made fit to keep: the main one first, the others by their names.
    pub(crate) fn checked(pages: Vec<Self>) -> Result<Vec<Self>, Rejection> {
        if pages.len() > Self::COUNT {
            let words = format!(
                "There are {} status pages already. Remove one that nobody reads.",
                Self::COUNT
            );
            return Err(refused("page_name", words));
        }
        let mut kept: Vec<Self> = pages.into_iter().map(Self::fit).collect::<Result<_, _>>()?;
        kept.sort_by_cached_key(|one| (!one.is_main(), one.name.to_lowercase()));
        if let Some(two) = kept
            .windows(2)
            .find(|two| two[0].name.to_lowercase() == two[1].name.to_lowercase())
        {
            let words = format!(
                "There is a status page “{}” already. Choose another name.",
                two[0].name
            );
            return Err(refused("page_name", words));
        }
        let mut ids = BTreeSet::new();
        if !kept.iter().all(|page| ids.insert(&page.id)) {
            return Err(refused("page_name", "One status page stands there twice."));
        }
        let mut hosts = BTreeSet::new();
        for host in kept.iter().flat_map(|page| &page.hosts) {
            if !hosts.insert(host) {
                let words = format!(
                    "{host} leads to another status page already. A host name leads to one."
                );
                return Err(refused("page_hosts", words));
            }
        }
        // As it always is, it need not be kept.
        kept.retain(|page| *page != Self::default());
        Ok(kept)
    }

    fn fit(mut self) -> Result<Self, Rejection> {
        self.id = text::required_line("page_name", &self.id, Self::NAME)?;
        if self.is_main() {
            self.name.clear();
        } else {
            self.name = text::required_line("page_name", &self.name, Self::NAME)?;
        }
        let hosts: BTreeSet<String> = self
            .hosts
            .iter()
            .filter(|typed| !text::is_blank(typed))
            .map(|typed| host(typed))
            .collect::<Result<_, _>>()?;
        self.hosts = hosts.into_iter().collect();
        if self.hosts.is_empty() && !self.is_main() {
            let words =
                "A further page needs a host name that leads to it, such as status.example.com.";
            return Err(refused("page_hosts", words));
        }
        if self.hosts.len() > Self::HOSTS {
            let words = format!("At most {} host names lead to a page.", Self::HOSTS);
            return Err(refused("page_hosts", words));
        }
        if matches!(&self.components, Shown::Only(these) if these.is_empty()) {
            let words = "Choose at least one component, or let the page show all of them.";
            return Err(refused("page_components", words));
        }
        Ok(self)
    }
}

fn refused(field: &str, words: impl Into<String>) -> Rejection {
    Rejection::Unreadable {
        words: words.into(),
        field: field.to_owned(),
    }
}

/// A host name as browsers send it (RFC 1123), without a port: in lower case, other letters in their `xn--` form.
fn host(typed: &str) -> Result<String, Rejection> {
    let host = text::required_line("page_hosts", typed, 253)?.to_lowercase();
    let label = |label: &str| {
        let inside = label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (1..=63).contains(&label.len())
            && inside
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.split('.').all(label) {
        Ok(host)
    } else {
        let words = format!(
            "“{host}” is not a host name. Write status.example.com, without https:// and without a port; other letters than a to z in their xn-- form."
        );
        Err(refused("page_hosts", words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Settings;

    fn page(name: &str, hosts: &[&str]) -> StatusPage {
        StatusPage {
            id: name.to_owned(),
            name: name.to_owned(),
            hosts: hosts.iter().map(|&host| host.to_owned()).collect(),
            components: Shown::All,
        }
    }

    #[test]
    fn a_host_name_is_kept_as_browsers_send_it_and_leads_to_one_page() {
        let kept = StatusPage::checked(vec![page("B", &[" Status.Example.COM ", "", "localhost"])]);
        assert_eq!(kept.unwrap()[0].hosts, ["localhost", "status.example.com"]);
        for wrong in [
            "https://a.test",
            "a.test:80",
            "a..test",
            "-a.test",
            "a_b.test",
            "bücher.test",
            "a.test.",
            "[::1]",
            "a test",
        ] {
            let refused = StatusPage::checked(vec![page("A", &[wrong])]).unwrap_err();
            assert_eq!(refused.field(), Some("page_hosts"), "{wrong}");
        }
        let both = vec![page("A", &["a.test"]), page("B", &["A.test"])];
        assert_eq!(
            StatusPage::checked(both).unwrap_err().field(),
            Some("page_hosts")
        );
        assert_eq!(
            StatusPage::checked(vec![page("A", &[])])
                .unwrap_err()
                .field(),
            Some("page_hosts")
        );
    }

    #[test]
    fn two_pages_of_one_name_and_one_that_shows_nothing_are_refused() {
        let both = vec![page("A", &["a.test"]), page("a ", &["b.test"])];
        assert_eq!(
            StatusPage::checked(both).unwrap_err().field(),
            Some("page_name")
        );
        let empty = StatusPage {
            components: Shown::Only(BTreeSet::new()),
            ..page("A", &["a.test"])
        };
        assert_eq!(
            StatusPage::checked(vec![empty]).unwrap_err().field(),
            Some("page_components")
        );
    }

    #[test]
    fn the_main_page_is_there_without_being_kept() {
        assert_eq!(
            StatusPage::checked(vec![StatusPage::default()]),
            Ok(Vec::new())
        );
        assert_eq!(Settings::default().main_page(), StatusPage::default());
    }
}
