//! What stands in the form: a signal for each field, read and written as the very form that is posted.

use domain::incident::Form;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The fields of the form.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The sitrep's version that the writer has seen.
    pub after: RwSignal<String>,
    pub headline: RwSignal<String>,
    pub situation: RwSignal<String>,
    pub impact: RwSignal<String>,
    pub hypothesis: RwSignal<String>,
    pub confidence: RwSignal<String>,
    pub needs: RwSignal<String>,
    pub next_sitrep_by: RwSignal<String>,
    pub public_title: RwSignal<String>,
    pub state: RwSignal<String>,
    pub message: RwSignal<String>,
    pub next_update_by: RwSignal<String>,
    /// A status for each component's id.
    pub components: RwSignal<BTreeMap<String, String>>,
    pub send_sitrep: RwSignal<bool>,
    pub send_public: RwSignal<bool>,
    pub resolve: RwSignal<bool>,
    /// Words that the guard found and the writer keeps.
    pub kept: RwSignal<Vec<String>>,
}

impl Draft {
    pub(super) fn new(form: &Form) -> Self {
        let text = || RwSignal::new(String::new());
        let draft = Self {
            after: text(),
            headline: text(),
            situation: text(),
            impact: text(),
            hypothesis: text(),
            confidence: text(),
            needs: text(),
            next_sitrep_by: text(),
            public_title: text(),
            state: text(),
            message: text(),
            next_update_by: text(),
            components: RwSignal::new(BTreeMap::new()),
            send_sitrep: RwSignal::new(false),
            send_public: RwSignal::new(false),
            resolve: RwSignal::new(false),
            kept: RwSignal::new(Vec::new()),
        };
        draft.load(form);
        draft
    }

    /// Every single line or text, with its name on the wire.
    fn texts(self) -> [(&'static str, RwSignal<String>); 12] {
        [
            ("after", self.after),
            ("headline", self.headline),
            ("situation", self.situation),
            ("impact", self.impact),
            ("hypothesis", self.hypothesis),
            ("confidence", self.confidence),
            ("needs", self.needs),
            ("next_sitrep_by", self.next_sitrep_by),
            ("public_title", self.public_title),
            ("state", self.state),
            ("message", self.message),
            ("next_update_by", self.next_update_by),
        ]
    }

    fn ticks(self) -> [(&'static str, RwSignal<bool>); 3] {
        [
            ("send_sitrep", self.send_sitrep),
            ("send_public", self.send_public),
            ("resolve", self.resolve),
        ]
    }

    /// The signal of a text.
    pub(super) fn text(self, name: &str) -> Option<RwSignal<String>> {
        self.texts()
            .into_iter()
            .find(|(n, _)| *n == name)
            .map(|(_, signal)| signal)
    }

    /// Puts a form in. Signals whose value stays do not stir.
    pub(super) fn load(self, form: &Form) {
        for (name, signal) in self.texts() {
            let value = form.raw(name).unwrap_or_default();
            if signal.with_untracked(|now| now != value) {
                signal.set(value.to_owned());
            }
        }
        for (name, signal) in self.ticks() {
            if signal.get_untracked() != form.ticked(name) {
                signal.set(form.ticked(name));
            }
        }
        let components: BTreeMap<_, _> = form
            .0
            .iter()
            .filter_map(|(name, value)| {
                let id = name.strip_prefix("component:")?;
                Some((id.to_owned(), value.clone()))
            })
            .collect();
        if self.components.with_untracked(|now| *now != components) {
            self.components.set(components);
        }
        let kept: Vec<_> = form
            .0
            .iter()
            .filter(|(name, _)| name == "kept")
            .map(|(_, word)| word.clone())
            .collect();
        if self.kept.with_untracked(|now| *now != kept) {
            self.kept.set(kept);
        }
    }

    /// The form as it would be posted now. Follows every field.
    pub(super) fn form(self) -> Form {
        let mut form = Form::default();
        for (name, signal) in self.texts() {
            form.0.push((name.to_owned(), signal.get()));
        }
        self.components.with(|components| {
            for (id, status) in components.iter().filter(|(_, status)| *status != "same") {
                form.0.push((format!("component:{id}"), status.clone()));
            }
        });
        for (name, signal) in self.ticks() {
            // Resolving is offered with the public state of that name and means nothing without it.
            let offered = name != "resolve" || self.state.with(|state| state == "resolved");
            if signal.get() && offered {
                form.0.push((name.to_owned(), "on".to_owned()));
            }
        }
        self.kept.with(|kept| {
            let kept = kept.iter().map(|word| ("kept".to_owned(), word.clone()));
            form.0.extend(kept);
        });
        form
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_goes_in_comes_out_the_same() {
        let fields = [
            ("after", "4"),
            ("headline", "Reads move"),
            ("situation", "a\nb"),
            ("impact", ""),
            ("hypothesis", "x"),
            ("confidence", "likely"),
            ("needs", ""),
            ("next_sitrep_by", "14:45"),
            ("public_title", ""),
            ("state", "resolved"),
            ("message", "m"),
            ("next_update_by", ""),
            ("component:api", "partial_outage"),
            ("send_public", "on"),
            ("resolve", "on"),
            ("kept", "db-1"),
        ];
        let form = Form(
            fields
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
        );
        Owner::new().with(|| assert_eq!(Draft::new(&form).form(), form));
    }

    #[test]
    fn resolving_goes_with_the_state_resolved_only() {
        let form = Form(vec![
            ("state".to_owned(), "monitoring".to_owned()),
            ("resolve".to_owned(), "on".to_owned()),
        ]);
        Owner::new().with(|| assert!(!Draft::new(&form).form().ticked("resolve")));
    }
}
