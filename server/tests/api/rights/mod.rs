//! Who may what: every server function, every form and every call of the API, as nobody, reader, responder and
//! administrator, and as a responder whose browser is on somebody else's page. The program itself says what there is, so
//! something new fails here before anybody thinks of it; [`table`] says who may, and how to add to it.

mod table;

use crate::app::{Client, Reply, TestApp};
use crate::browser::{Browser, ask};
use crate::place::Place;
use crate::schema::DOCUMENT;
use axum::body::Body;
use domain::{AccountRole, PersonId};
use http::header::{CONTENT_TYPE, COOKIE};
use http::{Method, Request};
use serde_json::json;
use server::http::form_paths;
use server::store::Scope;
use std::collections::BTreeSet;
pub use table::CALLS;
use table::{FORMS, FUNCTIONS, Least};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// What a browser says when somebody else's page sends something here.
const ELSEWHERE: [(&str, &str); 2] = [
    ("origin", "http://elsewhere.test"),
    ("sec-fetch-site", "cross-site"),
];

/// The people of the test, and what the lines of the table are about.
struct House<'a> {
    app: &'a TestApp,
    place: &'a Place,
    ada: Client,
    people: [(Least, PersonId); 3],
    browsers: [Browser; 3],
    pat: PersonId,
    component: String,
}

impl<'a> House<'a> {
    async fn of(app: &'a TestApp, place: &'a Place) -> Self {
        let ada = app.person("ada", AccountRole::Admin).await;
        let people = [
            (Least::Reader, app.person("ron", AccountRole::Reader).await),
            (
                Least::Responder,
                app.person("rob", AccountRole::Responder).await,
            ),
            (Least::Admin, ada.clone()),
        ];
        let [ron, rob, _] = &people;
        let browsers = [
            Browser::of(app, &ron.1).await,
            Browser::of(app, &rob.1).await,
            Browser::of(app, &ada).await,
        ];
        let pat = app.person("pat", AccountRole::Reader).await;
        let ada = app.client_of(&ada, Scope::Admin).await;
        let added = ada.post("/components", json!({"name": "API"})).await;
        let component = added.expect(201)["component"]["id"].clone();
        // Number 1, which others are merged into.
        ada.declare("One").await;
        Self {
            app,
            place,
            ada,
            people,
            browsers,
            pat,
            component: component.as_str().expect("an id").to_owned(),
        }
    }

    /// A line of the table for this moment: with an incident of its own, if it is about one.
    async fn fill(&self, path: &str, body: &str) -> (String, String) {
        let about = format!("{path}{body}");
        let number = if about.contains("NUMBER") || about.contains("{number}") {
            let number = self.ada.declare("One of these").await;
            let update = json!({"sitrep": {"situation": "x"}});
            let updates = format!("/incidents/{number}/updates");
            self.ada.post(&updates, update).await.expect(201);
            number.to_string()
        } else {
            String::new()
        };
        let maintenance = if about.contains("MAINTENANCE") {
            let form = "do=schedule_maintenance&title=Disks&from=2031-01-05T02:00&to=2031-01-05T03:00&message=Soon.";
            let what = ("/maintenance", "application/x-www-form-urlencoded", form);
            let reply = self.post(Some(&self.browsers[2]), what, None).await;
            assert_eq!(reply.status, 303, "{}", reply.text);
            let last = self
                .place
                .store
                .maintenances_open()
                .await
                .expect("the store");
            let last = last.iter().map(|one| one.number).max();
            last.expect("one").to_string()
        } else {
            String::new()
        };
        let path = path
            .replace("{number}", &number)
            .replace("{secret}", "none")
            .replace("{role}", "scribe")
            .replace("{version}", "1")
            .replace("{a}", "1")
            .replace("{b}", "1")
            .replace("{person}", "pat")
            .replace("{component}", "API");
        assert!(!path.contains('{'), "{path}: say what stands there");
        let body = body
            .replace("NUMBER", &number)
            .replace("PERSON", self.pat.as_str())
            .replace("COMPONENT", &self.component)
            .replace("MAINTENANCE", &maintenance)
            .replace("TOKEN", "none");
        (path, body)
    }

    /// Posts something as a browser of somebody, or of nobody.
    async fn post(
        &self,
        browser: Option<&Browser>,
        (path, kind, body): (&str, &str, &str),
        said: Option<(&str, &str)>,
    ) -> Reply {
        let mut request = Request::post(path)
            .header("host", "muster.test")
            .header(CONTENT_TYPE, kind);
        if let Some(browser) = browser {
            request = request.header(COOKIE, &browser.cookie);
        }
        if let Some((name, value)) = said {
            request = request.header(name, value);
        }
        let me = self.people.iter().zip(&self.browsers);
        let mut me = me
            .filter(|(_, theirs)| browser.is_some_and(|b| b.cookie == theirs.cookie))
            .map(|((_, person), _)| person.as_str());
        let body = body.replace("MYSELF", me.next().unwrap_or("nobody"));
        let request = request.body(Body::from(body));
        ask(&self.app.router, request.expect("a request")).await
    }

    /// Holds a line of the table against what is answered to everybody.
    async fn hold(&self, path: &str, kind: &str, body: &str, least: Least) {
        let (path, body) = self.fill(path, body).await;
        let what = (path.as_str(), kind, body.as_str());
        let reply = self.post(None, what, None).await;
        let out = reply.status == 401;
        assert_eq!(
            out,
            least > Least::Anybody,
            "nobody {what:?}: {}",
            reply.status
        );

        // From elsewhere nothing is done, whoever it is whose browser is made to ask.
        let rob = &self.browsers[1];
        let before = *self.place.store.head().borrow();
        for said in ELSEWHERE {
            let reply = self.post(Some(rob), what, Some(said)).await;
            assert_eq!(reply.status, 403, "{said:?} {what:?}: {}", reply.text);
            assert!(reply.text.contains("its own pages"), "{}", reply.text);
        }
        assert_eq!(*self.place.store.head().borrow(), before, "{what:?}");

        for ((role, person), browser) in self.people.iter().zip(&self.browsers) {
            let fresh;
            let browser = if path == "/sign-out" {
                // The other one is of no use to the lines that follow once it is signed out.
                fresh = Browser::of(self.app, person).await;
                &fresh
            } else {
                browser
            };
            let reply = self.post(Some(browser), what, None).await;
            // Whether it is carried out then is for other tests; here it is only not forbidden, or is.
            let status = reply.status;
            assert!(
                status != 401 && status < 500,
                "{role:?} {what:?}: {}",
                reply.text
            );
            let forbidden = status == 403;
            assert_eq!(
                forbidden,
                *role < least,
                "{role:?} {what:?}: {status} {}",
                reply.text
            );
        }
    }
}

/// The names that the table has and those that the program has.
fn the_same(table: impl Iterator<Item = String>, program: impl Iterator<Item = String>) {
    let (table, program): (BTreeSet<_>, BTreeSet<_>) = (table.collect(), program.collect());
    let missing: Vec<_> = program.difference(&table).collect();
    let gone: Vec<_> = table.difference(&program).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "rights/table.rs lacks {missing:?} and has {gone:?} too much"
    );
}

pub async fn who_may_what_by_every_server_function(place: Place) {
    let paths = leptos::server_fn::axum::server_fn_paths();
    the_same(
        FUNCTIONS
            .iter()
            .map(|(name, ..)| format!("POST /fn/{name}")),
        paths.map(|(path, method)| format!("{method} {path}")),
    );
    let app = TestApp::start(&place).await;
    let house = House::of(&app, &place).await;
    for (name, arguments, least) in FUNCTIONS {
        let path = format!("/fn/{name}");
        house.hold(&path, JSON, arguments, *least).await;
    }
}

pub async fn who_may_what_by_every_form(place: Place) {
    the_same(
        FORMS.iter().map(|(path, ..)| (*path).to_owned()),
        form_paths().map(str::to_owned),
    );
    let app = TestApp::start(&place).await;
    let house = House::of(&app, &place).await;
    for (path, fields, least) in FORMS {
        house.hold(path, FORM, fields, *least).await;
    }
}

async fn send(client: &Client, method: &Method, path: &str, body: &str) -> Reply {
    let call = client.call(method.clone(), path);
    if path == "/live" {
        // The stream has no end; the beginning is enough.
        let response = call.open().await;
        let (parts, body) = response.into_parts();
        let text = if parts.status.is_success() {
            String::new()
        } else {
            let bytes = axum::body::to_bytes(body, usize::MAX).await;
            String::from_utf8(bytes.expect("a body").to_vec()).expect("UTF-8")
        };
        return Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text,
        };
    }
    if body.is_empty() {
        return call.send().await;
    }
    let call = call.header(CONTENT_TYPE.as_str(), JSON);
    call.bytes(body.to_owned()).await
}

pub async fn who_may_what_over_every_call_of_the_document(place: Place) {
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    let of_path = |(path, item): (&String, &serde_json::Value)| {
        let methods: Vec<String> = item.as_object().expect("methods").keys().cloned().collect();
        let path = path.clone();
        methods
            .into_iter()
            .map(move |method| format!("{method} {path}"))
    };
    the_same(
        CALLS
            .iter()
            .map(|(method, path, ..)| format!("{method} {path}")),
        paths.iter().flat_map(of_path),
    );

    let app = TestApp::start(&place).await;
    let house = House::of(&app, &place).await;
    let [(_, ron), (_, rob), (_, ada)] = &house.people;
    // What a person may, and what the token may: the lesser counts.
    let clients = [
        (
            "reader",
            Least::Reader,
            Scope::Write,
            app.client_of(ron, Scope::Write).await,
        ),
        (
            "responder",
            Least::Responder,
            Scope::Write,
            app.client_of(rob, Scope::Write).await,
        ),
        (
            "keeper",
            Least::Responder,
            Scope::Admin,
            app.client_of(rob, Scope::Admin).await,
        ),
        (
            "read",
            Least::Admin,
            Scope::Read,
            app.client_of(ada, Scope::Read).await,
        ),
        (
            "writer",
            Least::Admin,
            Scope::Write,
            app.client_of(ada, Scope::Write).await,
        ),
        ("admin", Least::Admin, Scope::Admin, house.ada.clone()),
    ];
    let nobody = app.with_token(None);
    let stranger = app.with_token(Some("muster_wrong".to_owned()));
    let browser = Browser::of(&app, rob).await;
    for (method, path, body, least) in CALLS {
        let (path, body) = house.fill(path, body).await;
        let method: Method = method.to_uppercase().parse().expect("a method");
        let takes = match (&method, least) {
            (&Method::GET, _) => Scope::Read,
            (_, Least::Admin) => Scope::Admin,
            _ => Scope::Write,
        };
        for (who, client) in [("nobody", &nobody), ("stranger", &stranger)] {
            let reply = send(client, &method, &path, &body).await;
            assert_eq!(reply.status, 401, "{who} {method} {path}: {}", reply.text);
            assert!(
                reply.header("www-authenticate").starts_with("Bearer"),
                "{who} {method} {path}"
            );
        }
        // A cookie counts for nothing, so a page elsewhere has nothing to abuse.
        for (name, value) in ELSEWHERE {
            let call = nobody.call(method.clone(), &path).header(name, value);
            let reply = call.header("cookie", &browser.cookie).send().await;
            assert_eq!(reply.status, 401, "{name} {method} {path}: {}", reply.text);
        }
        for (who, role, scope, client) in &clients {
            let reply = send(client, &method, &path, &body).await;
            let may = role >= least && *scope >= takes;
            assert_ne!(reply.status, 401, "{who} {method} {path}");
            assert_eq!(
                reply.status != 403,
                may,
                "{who} {method} {path}: {} {}",
                reply.status,
                reply.text
            );
            if reply.status == 403 {
                let reply = reply.json();
                let words = reply["detail"].as_str();
                assert!(words.is_some_and(|words| words.len() > 20), "{reply}");
            }
        }
    }
}

pub async fn an_ended_token_and_a_former_person_are_shut_out(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.client("ada", AccountRole::Admin, Scope::Admin).await;
    let bo = app.client("bo", AccountRole::Responder, Scope::Write).await;
    bo.get("/incidents").await.expect(200);
    ada.patch("/people/bo", json!({"active": false}))
        .await
        .expect(200);
    bo.get("/incidents").await.expect(401);
    ada.patch("/people/bo", json!({"active": true}))
        .await
        .expect(200);
    bo.get("/incidents").await.expect(200);
    let tokens = place.store.tokens().await.expect("tokens");
    let token = tokens
        .iter()
        .find(|token| token.scope == Scope::Write)
        .expect("the token");
    let revoke = app::house::HouseCommand::RevokeToken {
        token: token.id.clone(),
    };
    let admin = app.services.directory();
    let admin = admin.find_person("ada").expect("ada");
    app.services
        .keep_house(&admin.id, None, revoke)
        .await
        .expect("revoked");
    let reply = bo.get("/incidents").await;
    assert_eq!(reply.expect(401)["type"], "urn:muster:problem:bad-token");
}

pub async fn cookies_count_for_nothing(place: Place) {
    let app = TestApp::start(&place).await;
    let ada = app.person("ada", AccountRole::Admin).await;
    let browser = Browser::of(&app, &ada).await;
    let nobody = app.with_token(None);
    let call = nobody
        .call(Method::GET, "/incidents")
        .header("cookie", &browser.cookie);
    call.send().await.expect(401);
    nobody.get("/openapi.json").await.expect(200);
}
