//! Inviting somebody: a name, an e-mail, a role; the answer is a link that signs in once.

use crate::forms::{HouseForm, typed};
use crate::ui::Once;
use domain::directory::AccountRole;
use leptos::prelude::*;

/// The invitation.
#[component]
pub(super) fn Invite(once: Once) -> impl IntoView {
    view! {
        <section class="sec" aria-labelledby="invite-h">
            <header>
                <h2 id="invite-h">"Invite"</h2>
                <p class="help">"You get a link that signs them in once. Send it to them yourself."</p>
            </header>
            <div><InviteForm once=once/></div>
        </section>
    }
}

#[component]
fn InviteForm(once: Once) -> impl IntoView {
    let chosen = typed("invite", None, "role", AccountRole::Responder.as_str());
    view! {
        <HouseForm what="invite" action="/people" class="form" quiet=true clears=true on_done=once.show()>
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
