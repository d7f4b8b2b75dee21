//! What is sent twice stands once: a lost answer, a button pressed twice, a tab that outlived its session.

use crate::app::{Reply, TestApp};
use crate::browser::Browser;
use crate::place::Place;
use app::AppError;
use domain::{AccountRole, Number};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const JSON: &str = "application/json";

async fn execute(browser: &Browser, key: &str, command: Value) -> Reply {
    let body = json!({"number": 1, "command": command, "sending": {"key": key}}).to_string();
    browser.send("/fn/execute", JSON, body).await
}

fn note(text: &str, at: Option<&str>) -> Value {
    json!({"do": "note", "text": text, "at": at})
}

#[track_caller]
fn refused(reply: &Reply, status: u16) -> AppError {
    assert_eq!(reply.status, status, "{}", reply.text);
    serde_json::from_value(reply.json()).expect("an error of the app")
}

pub async fn a_command_with_a_key_stands_once(place: Place) {
    let app = TestApp::start(&place).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let ida = app.person("ida", AccountRole::Responder).await;
    let browser = Browser::of(&app, &bo).await;
    let declared = json!({"declaration": {"title": "API failing"}, "key": format!("{bo}/0")});
    for _ in 0..2 {
        let number = browser.function("declare", declared.clone()).await;
        assert_eq!(number, json!(1));
    }

    // Eight at once, from two processes' worth of impatience.
    let mut race = JoinSet::new();
    let key = format!("{bo}/1");
    for _ in 0..8 {
        let (browser, key) = (Browser::of(&app, &bo).await, key.clone());
        race.spawn(async move {
            execute(&browser, &key, note("hello", None))
                .await
                .expect(200)
        });
    }
    let answers = race.join_all().await;
    assert!(answers.iter().all(|a| *a == answers[0]), "{answers:?}");
    assert_eq!(answers[0][0]["version"], 2);

    // It waited for the line, and says when it was written: the same note.
    let late = note("hello", Some("2026-11-17T13:50:00Z"));
    let again = execute(&browser, &key, late).await.expect(200);
    assert_eq!(again, answers[0]);

    // What would be refused by now was carried out then.
    let sev = json!({"do": "set_severity", "severity": "sev2"});
    let key = format!("{bo}/2");
    let first = execute(&browser, &key, sev.clone()).await.expect(200);
    assert_eq!(
        execute(&browser, &key, sev.clone()).await.expect(200),
        first
    );

    // Another command, or another person, is another thing.
    let other = execute(&browser, &key, note("hello", None)).await;
    assert_eq!(refused(&other, 409), AppError::SentOtherwise {});
    let somebody = Browser::of(&app, &ida).await;
    let theirs = execute(&somebody, &key, sev).await;
    assert_eq!(refused(&theirs, 401), AppError::SignIn {});
    let unread = execute(&browser, "two words", note("x", None)).await;
    assert_eq!(refused(&unread, 422).field(), Some("key"));

    let events = place.store.stream(Number(1), 0).await.expect("read");
    let kinds: Vec<&str> = events.iter().map(|event| event.event.kind()).collect();
    assert_eq!(kinds, ["declared", "noted", "severity_changed"]);
}

pub async fn a_plain_form_posted_twice_is_carried_out_once(place: Place) {
    let app = TestApp::start(&place).await;
    let bo = app.person("bo", AccountRole::Responder).await;
    let browser = Browser::of(&app, &bo).await;
    let key_on = |html: &str, what: &str| -> String {
        let ends = format!(".{what}\"");
        let end = html.find(&ends).expect("a key") + ends.len() - 1;
        let begin = html[..end].rfind('"').expect("a value") + 1;
        html[begin..end].to_owned()
    };
    let key = key_on(&browser.page("/incidents/new").await, "declare");
    for _ in 0..2 {
        let fields = [("title", "API failing"), ("key", key.as_str())];
        let reply = browser.form("/incidents", &fields).await;
        assert_eq!(reply.header("location"), "/incidents/1");
    }
    let key = key_on(&browser.page("/incidents/1").await, "say");
    let say = [("do", "say"), ("text", "hello"), ("key", key.as_str())];
    for _ in 0..2 {
        browser.form("/incidents/1", &say).await;
    }
    // Back, and something else in the same form: the words come back with a key of their own.
    let body = format!("do=say&text=more&key={key}");
    let kind = "application/x-www-form-urlencoded";
    let reply = browser.send("/incidents/1", kind, body).await;
    assert_eq!(reply.status, 409, "{}", reply.text);
    assert!(reply.text.contains(">more</textarea>"), "{}", reply.text);
    assert_ne!(key_on(&reply.text, "say"), key);

    let events = place.store.stream(Number(1), 0).await.expect("read");
    let notes = events.iter().filter(|event| event.event.kind() == "noted");
    assert_eq!(notes.count(), 1);
    assert_eq!(place.store.stream(Number(2), 0).await.expect("read"), []);
}
