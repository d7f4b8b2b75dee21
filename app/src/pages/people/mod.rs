//! Who there is and what each may do. Administrators invite and change; everybody else looks.

mod invite;
mod row;

use crate::me::use_session;
use crate::ui::{Once, Page};
use domain::directory::{AccountRole, Person};
use leptos::prelude::*;

/// The directory.
#[component]
pub fn People() -> impl IntoView {
    let session = use_session();
    let people = Memo::new(move |_| session.directory.with(|d| sorted(&d.people)));
    let active = move || people.with(|people| people.iter().filter(|person| person.active).count());
    let admin = Memo::new(move |_| session.may_keep_house());
    let once = Once::of_this_page();
    view! {
        <Page class="people-page" title="People">
            <main id="main" class="plain" tabindex="-1">
                <header class="head">
                    <h1>"People "<span class="n">{active}</span></h1>
                    <Show when=move || !admin.get()><p class="help"><WhoMayChange/></p></Show>
                </header>
                {once.view()}
                <Show when=move || admin.get()><invite::Invite once=once/></Show>
                <section class="wide" aria-labelledby="directory-h">
                    <h2 class="sect" id="directory-h">"Directory"</h2>
                    <table role="table" class="ledger mid" aria-labelledby="directory-h">
                        <thead role="rowgroup">
                            <tr role="row">
                                <th role="columnheader" scope="col">"Name"</th>
                                <th role="columnheader" scope="col">"May"</th>
                                <th role="columnheader" scope="col" class="end">
                                    {move || if admin.get() { "Access" } else { "" }}
                                </th>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">
                            <For each=move || people.get() key=|person| person.id.clone() let(person)>
                                <row::Row id=person.id admin=admin once=once/>
                            </For>
                        </tbody>
                    </table>
                </section>
                <RolesExplained/>
            </main>
        </Page>
    }
}

/// People before machines, those with access before those without, by name.
fn sorted(people: &[Person]) -> Vec<Person> {
    let mut people = people.to_vec();
    people.sort_by_key(|person| (!person.active, person.service, person.name.to_lowercase()));
    people
}

/// "Administrators change this: Ines Alder."
#[component]
pub(super) fn WhoMayChange() -> impl IntoView {
    let session = use_session();
    move || {
        let admins: Vec<String> = session.directory.with(|directory| {
            directory
                .people
                .iter()
                .filter(|p| p.active && !p.service && p.role == AccountRole::Admin)
                .map(|p| p.name.clone())
                .collect()
        });
        format!("Administrators change this: {}.", admins.join(", "))
    }
}

#[component]
fn RolesExplained() -> impl IntoView {
    view! {
        <section class="sec" aria-labelledby="roles-h">
            <header><h2 id="roles-h">"What each role may do"</h2></header>
            <div>
                <dl class="facts">
                    {AccountRole::ALL
                        .map(|role| view! { <div><dt>{role.label()}</dt><dd>{may(role)}</dd></div> })
                        .collect_view()}
                </dl>
            </div>
        </section>
    }
}

fn may(role: AccountRole) -> &'static str {
    match role {
        AccountRole::Reader => "Sees every incident, asks for updates and asks questions.",
        AccountRole::Responder => {
            "Also declares incidents, joins them, takes roles, writes sitreps and public updates."
        }
        AccountRole::Admin => {
            "Also changes people, components, settings and tokens, and may close or cancel any incident."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::directory;

    #[test]
    fn who_has_access_stands_before_who_has_none_and_people_before_machines() {
        let mut people = directory().people;
        people[0].active = false;
        people[1].service = true;
        let names: Vec<String> = sorted(&people).into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["Rae Reed", "Bo Elm", "Ines Alder"]);
    }
}
