//! Who may what, by hand: one line for every server function, every form and every call of the API. Whatever the program
//! offers and is not here fails the test, and so does a line for something that is gone.
//!
//! To add something: a line with the least that may, and a body that would be carried out. `NUMBER` stands for an incident
//! that Ada, an administrator, declared for this line alone and commands; `PERSON` for somebody nobody else needs,
//! `COMPONENT`, `MAINTENANCE` and `TOKEN` likewise; `MYSELF` for whoever asks. A function or form that carries several commands has a line for each.

use Least::{Admin, Anybody, InCharge, Reader, Responder};

/// The least that may. Whoever is more may too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Least {
    /// Also nobody.
    Anybody,
    /// Somebody who is signed in.
    Reader,
    /// A responder.
    Responder,
    /// The IC, the deputy or an administrator; the responder of the test is neither of the first two.
    InCharge,
    /// An administrator.
    Admin,
}

/// Server functions: the name below `/fn/`, the arguments, the least that may.
pub const FUNCTIONS: &[(&str, &str, Least)] = &[
    ("me", "{}", Reader),
    ("board", "{}", Reader),
    ("incidents", r#"{"filter":{}}"#, Reader),
    ("room", r#"{"number":NUMBER}"#, Reader),
    ("earlier", r#"{"number":NUMBER,"before":9}"#, Reader),
    ("update_page", r#"{"number":NUMBER}"#, Reader),
    ("sitreps", r#"{"number":NUMBER}"#, Reader),
    (
        "compare",
        r#"{"number":NUMBER,"from":null,"to":null}"#,
        Reader,
    ),
    ("mark_read", r#"{"number":NUMBER,"version":1}"#, Reader),
    ("devices", "{}", Reader),
    ("plans", "{}", Reader),
    ("kept", "{}", Admin),
    ("audit", r#"{"asked":{}}"#, Admin),
    (
        "declare",
        r#"{"declaration":{"title":"Another"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"set_title","title":"T"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"set_public_title","title":"T"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"set_severity","severity":"sev2"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"change_phase","phase":"watch"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"resolve","at":null}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"close"}}"#,
        InCharge,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"cancel","reason":"A test"}}"#,
        InCharge,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"merge","into":1}}"#,
        InCharge,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"reopen","reason":"Again"}}"#,
        InCharge,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"set_started_at","at":"2026-11-17T13:00:00Z"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"assign_role","role":"scribe","person":"PERSON"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"hand_over","role":"scribe","to":"PERSON","reason":"R"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"take_command","reason":"R"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"release_role","role":"scribe"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"join","person":"PERSON"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"leave","person":"PERSON"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"note","text":"Seen","at":null}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"ask_for_update","question":null}}"#,
        Reader,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"link","url":"https://example.test","title":null}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"affect_components","components":[]}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"keep_silent","reason":"R"}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"update","sitrep":{"situation":"S"},"public":null}}"#,
        Responder,
    ),
    (
        "execute",
        r#"{"number":NUMBER,"command":{"do":"snooze","clock":"sitrep","minutes":5,"reason":"R"}}"#,
        Responder,
    ),
    (
        "write_draft",
        r#"{"number":NUMBER,"written":{"field":"needs","text":"N","revision":0,"by":"MYSELF","at":"2026-11-17T14:00:00Z"}}"#,
        Responder,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"invite","email":"new@example.test","name":"New","role":"reader"}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"change_person","person":"PERSON","name":"Pat"}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"new_link","person":"PERSON"}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"revoke_device","device":"none"}}"#,
        Reader,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"revoke_other_devices"}}"#,
        Reader,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"set_password","current":null,"new":"too short"}}"#,
        Reader,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"remove_password","current":null}}"#,
        Reader,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"add_component","name":"One","group":"","description":""}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"change_component","component":"COMPONENT","name":"API"}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"move_component","component":"COMPONENT","up":true}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"place_component","component":"COMPONENT","group":"","order":[]}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"change_group","was":"none","name":"Apps","description":"","opens":"always"}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"put_back_components","back":{"components":[],"groups":[],"gone":[]}}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"remove_component","component":"none"}}"#,
        Admin,
    ),
    (
        "keep_house",
        r##"{"command":{"do":"set_look","look":{"colour":"#0a5872"}}}"##,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"set_settings","settings":{"organisation":"Acme","prefix":"INC"}}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"prefer","theme":"night","keys_off":null}}"#,
        Reader,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"add_token","name":"One","scope":"read"}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"revoke_token","token":"TOKEN"}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"send_again","letter":"none"}}"#,
        Responder,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"send_again","letter":null}}"#,
        Admin,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"schedule_maintenance","plan":{"title":"New disks","components":[],"from":"2031-01-05T02:00","to":"2031-01-05T03:00","starts_itself":true,"ends_itself":true,"remind_before":null,"repeat":null},"message":"Soon.","key":null}}"#,
        Responder,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"change_maintenance","maintenance":MAINTENANCE,"revision":1,"plan":{"title":"New disks","components":[],"from":"2031-01-05T02:00","to":"2031-01-05T03:00","starts_itself":true,"ends_itself":true,"remind_before":null,"repeat":null},"message":""}}"#,
        Responder,
    ),
    (
        "keep_house",
        r#"{"command":{"do":"tell_of_maintenance","maintenance":MAINTENANCE,"revision":1,"state":"scheduled","message":"Still."}}"#,
        Responder,
    ),
    ("keep_house", r#"{"command":{"do":"send_test"}}"#, Admin),
];

/// Forms: the address as it is routed, the body, the least that may. What stands in braces is `NUMBER` or `none`.
pub const FORMS: &[(&str, &str, Least)] = &[
    ("/sign-in", "account=&password=", Anybody),
    ("/sign-in/link", "account=", Anybody),
    ("/sign-in/{secret}", "", Anybody),
    ("/sign-out", "", Anybody),
    ("/incidents", "title=Another", Responder),
    ("/incidents/{number}", "do=say&text=Seen", Responder),
    ("/incidents/{number}", "do=ask", Reader),
    ("/incidents/{number}", "do=cancel&reason=Test", InCharge),
    (
        "/incidents/{number}/update",
        "do=update&send_sitrep=on&situation=S",
        Responder,
    ),
    (
        "/incidents/{number}/handover",
        "do=take&reason=Test",
        Responder,
    ),
    ("/incidents/{number}/close", "do=close", InCharge),
    ("/incidents/{number}/redact", "do=find&text=nothing", Admin),
    (
        "/maintenance",
        "do=schedule_maintenance&title=Disks&from=2031-01-05T02:00&to=2031-01-05T03:00&message=Soon.",
        Responder,
    ),
    (
        "/maintenance/{number}",
        "do=tell_of_maintenance&maintenance=MAINTENANCE&revision=1&state=scheduled&message=Still.",
        Responder,
    ),
    (
        "/people",
        "do=invite&email=form@example.test&name=New&role=reader",
        Admin,
    ),
    (
        "/components",
        "do=add_component&name=Two&group=&description=",
        Admin,
    ),
    ("/settings", "do=settings&prefix=INC", Admin),
    ("/settings", "do=look&colour=%230a5872", Admin),
    ("/devices", "do=prefer&theme=night", Reader),
];

/// Calls of the API: the method, the address as the document has it, the body, the least that may. The token's scope
/// limits further: `read` reads, and what only an administrator may do to the house takes `admin`.
pub const CALLS: &[(&str, &str, &str, Least)] = &[
    ("get", "/components", "", Reader),
    ("post", "/components", r#"{"name":"New"}"#, Admin),
    ("get", "/components/{component}", "", Reader),
    (
        "patch",
        "/components/{component}",
        r#"{"group":"Core"}"#,
        Admin,
    ),
    ("get", "/incidents", "", Reader),
    ("post", "/incidents", r#"{"title":"Another"}"#, Responder),
    ("get", "/incidents/{number}", "", Reader),
    (
        "patch",
        "/incidents/{number}",
        r#"{"title":"Other"}"#,
        Responder,
    ),
    (
        "post",
        "/incidents/{number}/cancel",
        r#"{"reason":"Because."}"#,
        InCharge,
    ),
    ("post", "/incidents/{number}/close", "{}", InCharge),
    ("get", "/incidents/{number}/events", "", Reader),
    (
        "post",
        "/incidents/{number}/links",
        r#"{"url":"https://example.test"}"#,
        Responder,
    ),
    (
        "post",
        "/incidents/{number}/merge",
        r#"{"into":1}"#,
        InCharge,
    ),
    (
        "post",
        "/incidents/{number}/notes",
        r#"{"text":"Seen."}"#,
        Responder,
    ),
    ("post", "/incidents/{number}/participants", "{}", Responder),
    (
        "post",
        "/incidents/{number}/reopen",
        r#"{"reason":"Because."}"#,
        InCharge,
    ),
    (
        "post",
        "/incidents/{number}/redactions",
        r#"{"events":[1],"reason":"Because."}"#,
        Admin,
    ),
    (
        "post",
        "/incidents/{number}/redactions/search",
        r#"{"text":"As it is"}"#,
        Admin,
    ),
    ("post", "/incidents/{number}/requests", "{}", Reader),
    ("post", "/incidents/{number}/resolve", "{}", Responder),
    (
        "put",
        "/incidents/{number}/roles/{role}",
        r#"{"person":"pat"}"#,
        Responder,
    ),
    ("delete", "/incidents/{number}/roles/{role}", "", Responder),
    ("get", "/incidents/{number}/sitreps", "", Reader),
    (
        "get",
        "/incidents/{number}/sitreps/{a}/diff/{b}",
        "",
        Reader,
    ),
    ("get", "/incidents/{number}/sitreps/{version}", "", Reader),
    (
        "post",
        "/incidents/{number}/updates",
        r#"{"sitrep":{"situation":"As it is."}}"#,
        Responder,
    ),
    ("get", "/live", "", Reader),
    ("get", "/people", "", Reader),
    (
        "post",
        "/people",
        r#"{"email":"call@example.test","name":"New"}"#,
        Admin,
    ),
    ("get", "/people/{person}", "", Reader),
    ("patch", "/people/{person}", r#"{"name":"Pat"}"#, Admin),
    ("get", "/settings", "", Reader),
    ("patch", "/settings", r#"{"prefix":"INC"}"#, Admin),
    ("get", "/settings/look", "", Reader),
    ("put", "/settings/look", r##"{"colour":"#0a5872"}"##, Admin),
];
