//! Inviting somebody: a name, an e-mail, a role; the answer is a link that signs in once.

use crate::forms::{HouseForm, typed};
use crate::house::HouseAnswer;
use crate::ui::Once;
use domain::directory::AccountRole;
use leptos::prelude::*;

/// The invitation.
#[component]
pub(super) fn Invite(once: Once) -> impl IntoView {
    let show = once.show();
    // A new form for the next one: what was sent does not stay in the fields.
    let count = RwSignal::new(0_u32);
    let done = Callback::new(move |answer: HouseAnswer| {
        count.update(|count| *count += 1);
        show.run(answer);
    });
    view! {
        <section class="sec" aria-labelledby="invite-h">
            <header>
                <h2 id="invite-h">"Invite"</h2>
                <p class="help">"You get a link that signs them in once. Send it to them yourself."</p>
            </header>
            <div>{move || { count.track(); view! { <InviteForm done=done/> } }}</div>
        </section>
    }
}

#[component]
fn InviteForm(done: Callback<HouseAnswer>) -> impl IntoView {
    let chosen = typed("invite", None, "role", AccountRole::Responder.as_str());
    view! {
        <HouseForm what="invite" action="/people" class="form" quiet=true on_done=done>
            <div class="pair">
                <p class="field">
                    <label for="invite-name">"Name"</label>
                    <input type="text" id="invite-name" name="name" required autocomplete="off" value=typed("invite", None, "name", "")/>
                </p>
                <p class="field">
                    <label for="invite-email">"E-mail"</label>
                    <input type="email" id="invite-email" name="email" required autocomplete="off" value=typed("invite", None, "email", "")/>
                </p>
            </div>
            <fieldset class="field">
                <legend>"Role"</legend>
                <div class="seg">
                    {AccountRole::ALL
                        .map(|role| {
                            let checked = role.as_str() == chosen;
                            view! { <label><input type="radio" name="role" value=role.as_str() checked=checked/>{role.label()}</label> }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <p class="row"><button class="btn primary">"Invite and show the link"</button></p>
        </HouseForm>
    }
}
