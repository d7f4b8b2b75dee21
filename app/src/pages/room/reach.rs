//! Whom the current sitrep reached: who has read it, and where its letters are. What did not go out is said loudly.

use super::state::use_room;
use crate::data::{MailState, Reach, Reached};
use crate::forms::HouseForm;
use crate::ui::{At, Icon};
use leptos::prelude::*;

/// "Seen by 8 of 11. Mailed to 9, 1 failed", and each of them.
#[component]
pub fn SitrepReach() -> impl IntoView {
    let room = use_room();
    let reach = room.reach();
    let counts = Memo::new(move |_| reach.with(|reach| reach.as_ref().map(Counts::of)));
    let state = move || counts.with(|counts| counts.as_ref().and_then(Counts::state));
    let icon = move || match state()? {
        "over" => Some(view! { <Icon name=Icon::Over/> }),
        _ => Some(view! { <Icon name=Icon::Due/> }),
    };
    let people = move || {
        let mut people = reach.with(|r| r.as_ref().map(|r| r.people.clone()).unwrap_or_default());
        // Who was not reached needs a hand, and stands first.
        people.sort_by_key(|reached| !matches!(reached.mail, Some(MailState::Failed { .. })));
        people
    };
    view! {
        <Show when=move || counts.with(Option::is_some)>
            <details class="reach" data-state=state>
                <summary>
                    {icon}
                    {move || counts.with(|counts| counts.as_ref().map(Counts::words))}
                </summary>
                <ul role="list">
                    <For
                        each=people
                        key=|reached| format!("{} {:?} {:?}", reached.name, reached.seen_at, reached.mail)
                        children=|reached| view! { <Line reached=reached/> }
                    />
                </ul>
            </details>
        </Show>
    }
}

#[component]
fn Line(reached: Reached) -> impl IntoView {
    let Reached {
        name,
        person,
        seen_at,
        mail,
    } = reached;
    let seen = match seen_at {
        Some(at) => view! { "seen "<At at=at/> }.into_any(),
        None if person.is_some() => "not seen".into_any(),
        None => "on the list".into_any(),
    };
    let letter = match &mail {
        Some(MailState::Waiting { letter, .. } | MailState::Failed { letter, .. }) => {
            Some(letter.clone())
        }
        Some(MailState::Sent { .. }) | None => None,
    };
    let trouble = match &mail {
        Some(MailState::Failed { trouble, .. }) => Some(trouble.clone()),
        Some(MailState::Waiting { trouble, .. }) => trouble.clone(),
        Some(MailState::Sent { .. }) | None => None,
    };
    let mailed = mail.map(|mail| match mail {
        MailState::Waiting { trouble: None, .. } => view! { ", mail on its way" }.into_any(),
        MailState::Waiting { .. } => view! { ", mail waits" }.into_any(),
        MailState::Sent { at } => view! { ", mailed "<At at=at/> }.into_any(),
        MailState::Failed { .. } => view! { ", "<b>"mail failed"</b> }.into_any(),
    });
    // Said only where there is trouble: a letter on its way needs no help.
    let again = trouble.zip(letter).map(|(trouble, letter)| {
        view! {
            <p class="help">{trouble}</p>
            <HouseForm what="send_again" action="/settings" of=("letter", letter)>
                <button class="btn small">"Send again now"</button>
            </HouseForm>
        }
    });
    view! { <li><span>{name}</span><span class="meta">{seen}{mailed}</span>{again}</li> }
}

/// What the summary says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counts {
    people: usize,
    seen: usize,
    mailed: usize,
    waiting: usize,
    held_up: usize,
    failed: usize,
}

impl Counts {
    fn of(reach: &Reach) -> Self {
        let count = |is: fn(&Reached) -> bool| reach.people.iter().filter(|r| is(r)).count();
        Self {
            people: count(|r| r.person.is_some()),
            seen: count(|r| r.seen_at.is_some()),
            mailed: count(|r| matches!(r.mail, Some(MailState::Sent { .. }))),
            waiting: count(|r| matches!(r.mail, Some(MailState::Waiting { trouble: None, .. }))),
            held_up: count(|r| {
                matches!(
                    r.mail,
                    Some(MailState::Waiting {
                        trouble: Some(_),
                        ..
                    })
                )
            }),
            failed: count(|r| matches!(r.mail, Some(MailState::Failed { .. }))),
        }
    }

    /// Loud when a letter failed, and to be looked at when one is held up.
    fn state(&self) -> Option<&'static str> {
        match (self.failed, self.held_up) {
            (0, 0) => None,
            (0, _) => Some("due"),
            _ => Some("over"),
        }
    }

    fn words(&self) -> String {
        let mut words = format!("Seen by {} of {}", self.seen, self.people);
        let mut mail = Vec::new();
        if self.mailed > 0 {
            mail.push(format!("mailed to {}", self.mailed));
        }
        if self.waiting > 0 {
            mail.push(format!("{} on the way", self.waiting));
        }
        if self.held_up > 0 {
            mail.push(format!("{} held up", self.held_up));
        }
        if self.failed > 0 {
            mail.push(format!("{} failed", self.failed));
        }
        if !mail.is_empty() {
            words = format!("{words}, {}", mail.join(", "));
        }
        words
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain::PersonId;

    #[test]
    fn the_summary_counts_who_saw_it_and_what_became_of_the_mail() {
        let reached = |name: &str, person: bool, seen: bool, mail| Reached {
            name: name.to_owned(),
            person: person.then(|| PersonId::new(name)),
            seen_at: seen.then(|| crate::ui::example::at(1)),
            mail,
        };
        let at = crate::ui::example::at(0);
        let failed = MailState::Failed {
            letter: "k".to_owned(),
            trouble: "no such user".to_owned(),
        };
        let waiting = MailState::Waiting {
            letter: "k".to_owned(),
            trouble: None,
        };
        let mut reach = Reach {
            version: 3,
            people: vec![
                reached("ines", true, true, None),
                reached("bo", true, false, None),
            ],
        };
        assert_eq!(Counts::of(&reach).words(), "Seen by 1 of 2");
        reach.people[0].mail = Some(MailState::Sent { at });
        reach.people[1].mail = Some(failed);
        reach
            .people
            .push(reached("list@x.test", false, false, Some(waiting)));
        assert_eq!(
            Counts::of(&reach).words(),
            "Seen by 1 of 2, mailed to 1, 1 on the way, 1 failed"
        );
        assert_eq!(Counts::of(&reach).state(), Some("over"));
        reach.people[1].mail = Some(MailState::Waiting {
            letter: "k".to_owned(),
            trouble: Some("the mail server cannot be reached".to_owned()),
        });
        assert_eq!(
            Counts::of(&reach).words(),
            "Seen by 1 of 2, mailed to 1, 1 on the way, 1 held up"
        );
        assert_eq!(Counts::of(&reach).state(), Some("due"));
    }
}
