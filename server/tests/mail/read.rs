//! The mail as people read it: one thread in a real mail reader, changes first, the whole text below.

use crate::house::House;
use crate::place::Place;
use crate::post_office::PostOffice;
use domain::IncidentCommand;
use domain::clock::ClockKind;
use std::process::Command;

/// What `notmuch` says of the mail that was delivered.
fn notmuch(office: &PostOffice, arguments: &[&str]) -> String {
    let config = office.maildir().with_file_name("notmuch-config");
    let settings = format!(
        "[database]\npath={}\n[user]\nname=Bo\nprimary_email=bo@example.test\n[new]\ntags=new\n",
        office.maildir().display()
    );
    std::fs::write(&config, settings).expect("a config");
    let run = |arguments: &[&str]| {
        let output = Command::new("notmuch")
            .env("NOTMUCH_CONFIG", &config)
            .args(arguments)
            .output()
            .expect("notmuch (Debian: notmuch)");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        String::from_utf8(output.stdout).expect("text")
    };
    run(&["new", "--quiet"]);
    run(arguments)
}

pub async fn a_mail_reader_shows_an_incident_as_one_thread(place: Place) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let number = house.incident(&["bo"]).await;
    house
        .sitrep(number, Some("Writes fail in eu-west"), "About 42% fail.")
        .await;
    house.send_for(2).await;
    // The title and the headline change; the thread does not.
    let title = "Pooler exhausted".to_owned();
    house
        .carry_out(number, IncidentCommand::SetTitle { title })
        .await;
    house.wait(20);
    house
        .sitrep(number, Some("It gets better"), "About 38% fail.")
        .await;
    house.send_for(2).await;
    // Tom comes late and has never had the first one.
    let tom = crate::house::person(&house.services, "tom", domain::AccountRole::Responder).await;
    house
        .carry_out(number, IncidentCommand::Join { person: tom })
        .await;
    house.wait(20);
    house.sitrep(number, None, "About 12% fail.").await;
    house.send_for(2).await;
    let other = house.incident(&[]).await;
    house.sitrep(other, None, "Something else.").await;
    house.send_for(2).await;

    for (who, count) in [("bo", 3), ("tom", 1)] {
        let to = format!("to:{who}@example.test");
        let threads = notmuch(&office, &["search", "--output=threads", &to]);
        assert_eq!(threads.lines().count(), 1, "{who}: {threads}");
        let messages = notmuch(&office, &["count", &to]);
        assert_eq!(messages.trim(), count.to_string(), "{who}");
    }
    let all = notmuch(&office, &["search", "--output=threads", "*"]);
    assert_eq!(
        all.lines().count(),
        2,
        "each incident is a thread of its own"
    );
    let subjects: Vec<String> = office
        .delivered()
        .iter()
        .map(|m| m.header("Subject"))
        .collect();
    let of_first = subjects
        .iter()
        .filter(|s| *s == "[INC-1] Writes fail in eu-west")
        .count();
    assert_eq!(of_first, 7, "{subjects:?}");
    assert!(
        subjects.contains(&"[INC-2] API failing in eu-west".to_owned()),
        "{subjects:?}"
    );
}

pub async fn changes_come_first_and_the_whole_text_below(place: Place) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let number = house.incident(&["bo"]).await;
    house
        .sitrep(
            number,
            None,
            "About 42% fail.\nThe rollout is <b>stopped</b>.",
        )
        .await;
    house.send_for(2).await;
    house
        .sitrep(
            number,
            Some("Better"),
            "About 38% fail.\nThe rollout is <b>stopped</b>.",
        )
        .await;
    house.send_for(2).await;
    let delivered = office.delivered();
    let of_bo = |nth: usize| {
        let mut his = delivered
            .iter()
            .filter(|m| m.header("Delivered-To").starts_with("bo"));
        his.nth(nth).expect("his mail")
    };
    let first = of_bo(0).part("text/plain");
    assert!(!first.contains("What changed"), "{first}");
    let second = of_bo(1);
    let text = second.part("text/plain");
    let place = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words} in {text}"))
    };
    assert!(place("Better") < place("What changed since sitrep 1"));
    assert!(place("[-42%-]{+38%+}") < place("The whole sitrep"));
    assert!(place("The whole sitrep") < place("About 38% fail.\nThe rollout"));
    assert!(
        place("https://muster.example/incidents/1")
            < place("You get this because you are in INC-1")
    );
    let html = second.part("text/html");
    assert!(
        html.contains("<del>42%</del>") && html.contains("<ins>38%</ins>"),
        "{html}"
    );
    assert!(html.contains("&lt;b&gt;stopped"), "{html}");
    assert_eq!(second.header("Auto-Submitted"), "auto-generated");
    assert_eq!(second.header("In-Reply-To"), of_bo(0).header("Message-ID"));
    assert_eq!(second.header("From"), "Muster <muster@muster.example>");
}

pub async fn the_incident_list_gets_every_sitrep_and_nobody_gets_two(place: Place) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let mut settings = house.services.directory().settings.clone();
    settings.incident_list = vec!["Bo@example.test".to_owned(), "all@example.test".to_owned()];
    let command = app::house::HouseCommand::SetSettings {
        settings: Box::new(settings),
    };
    let kept = house.services.keep_house(&house.ines, None, command).await;
    kept.expect("kept");
    let number = house.incident(&["bo"]).await;
    house.sitrep(number, None, "It fails.").await;
    house.send_for(2).await;
    let counts: Vec<(String, usize)> = office.counts().into_iter().collect();
    let one = |who: &str| (format!("{who}@example.test"), 1);
    assert_eq!(counts, [one("all"), one("bo"), one("ines")]);
    let delivered = office.delivered();
    let listed = delivered
        .iter()
        .find(|m| m.header("Delivered-To").starts_with("all"));
    let text = listed.expect("its mail").part("text/plain");
    assert!(
        text.contains("on the incident list of Our service"),
        "{text}"
    );
}

pub async fn a_sign_in_link_goes_the_same_way_and_its_secret_lies_nowhere(place: Place) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let directory = house.services.directory();
    let ines = directory.person(&house.ines).expect("she is known");
    assert!(
        house
            .services
            .mail_sign_in_link(ines)
            .await
            .expect("posted")
    );
    house.send_for(2).await;
    let delivered = office.delivered();
    let text = delivered[0].part("text/plain");
    let link = text
        .lines()
        .find(|line| line.starts_with("https://"))
        .expect("a link");
    let secret = link.rsplit('/').next().expect("a secret");
    let posted = format!("{:?}", place.store.backlog().await.expect("read"));
    assert!(!posted.contains(secret));
    let session = house
        .services
        .sign_in(secret, "Firefox/1")
        .await
        .expect("read");
    assert!(session.is_some(), "it lets in");
    let again = house
        .services
        .sign_in(secret, "Firefox/1")
        .await
        .expect("read");
    assert!(again.is_none(), "once");
}

pub async fn who_asks_for_a_link_gets_it_by_mail_and_nobody_learns_who_has_an_account(
    place: Place,
) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let ask = async |account: &str| {
        let asked = house.services.ask_for_link(account, "192.0.2.7").await;
        asked.expect("asked")
    };
    assert_eq!(ask("nobody@example.test").await, None);
    assert_eq!(ask(" INES@Example.test ").await, None);
    assert_eq!(ask("ines").await, None);
    for _ in 0..50 {
        house.send_for(1).await;
        if office.delivered().len() == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let delivered = office.delivered();
    assert_eq!(delivered.len(), 2, "one for each time, and none for nobody");
    for letter in &delivered {
        assert_eq!(letter.header("Delivered-To"), "ines@example.test");
        assert!(letter.part("text/plain").contains("/sign-in/"));
    }
    // Whoever asks again and again waits, with an account or without.
    for account in ["nobody@example.test", "ines@example.test"] {
        let mut waits = None;
        for _ in 0..6 {
            waits = ask(account).await;
        }
        assert!(
            waits.is_some_and(|seconds| seconds > 0),
            "{account}: {waits:?}"
        );
    }
}

pub async fn a_redaction_says_which_mails_left_with_it(place: Place) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let number = house.incident(&["bo"]).await;
    house.sitrep(number, None, "All is well.").await;
    house.sitrep(number, None, "The key is hunter2.").await;
    house.sitrep(number, None, "The key is gone.").await;
    house.sitrep(number, None, "All is well again.").await;
    house.send_for(2).await;
    let found = house.services.find_text(&house.ines, number, "hunter2");
    let found = found.await.expect("looked");
    let mailed: Vec<_> = found
        .mailed
        .iter()
        .map(|mail| (mail.sitrep.expect("a sitrep"), mail.address.as_str()))
        .collect();
    // The one after it too: it shows what was taken away.
    let expected = [
        (2, "bo@example.test"),
        (2, "ines@example.test"),
        (3, "bo@example.test"),
        (3, "ines@example.test"),
    ];
    assert_eq!(mailed, expected);
    let carry: Vec<_> = office
        .delivered()
        .into_iter()
        .filter(|letter| letter.body.contains("hunter2"))
        .map(|letter| letter.header("Delivered-To"))
        .collect();
    assert_eq!(carry.len(), expected.len(), "and these did: {carry:?}");
    // The name that the incident was declared with is in every subject.
    let name = house.services.find_text(&house.ines, number, "API failing");
    assert_eq!(name.await.expect("looked").mailed.len(), 8);
}

pub async fn an_overdue_promise_reminds_by_mail_once_and_up_the_ladder(place: Place) {
    let office = PostOffice::start();
    let house = House::open(&place, &office).await;
    let number = house.incident(&["bo"]).await;
    let bo = house.services.store().find_person("bo@example.test").await;
    let deputy = IncidentCommand::AssignRole {
        role: domain::Role::Deputy,
        person: bo.expect("read").expect("known").id,
    };
    house.carry_out(number, deputy).await;
    let severity = domain::Severity::Sev3;
    house
        .carry_out(number, IncidentCommand::SetSeverity { severity })
        .await;
    assert_eq!(house.services.remind().await.expect("looked"), 0);
    house.wait(61);
    assert_eq!(house.services.remind().await.expect("looked"), 1);
    assert_eq!(
        house.services.remind().await.expect("looked"),
        0,
        "never twice"
    );
    // Another process that sees the same finds it done.
    let other = House::on(place.another().await, &office.url()).await;
    other.wait(61);
    assert_eq!(other.services.remind().await.expect("looked"), 0);
    house.send_for(2).await;
    house.wait(5);
    assert_eq!(house.services.remind().await.expect("looked"), 1);
    house.send_for(2).await;
    let mails: Vec<(String, String)> = office
        .delivered()
        .iter()
        .map(|m| (m.header("Delivered-To"), m.header("Subject")))
        .collect();
    let overdue = "Overdue in INC-1: Tell customers".to_owned();
    let to = |who: &str| (format!("{who}@example.test"), overdue.clone());
    assert_eq!(mails, [to("ines"), to("bo")]);

    // Put off it says why in the timeline, and nobody is told until then.
    let snooze = IncidentCommand::Snooze {
        clock: ClockKind::Customers,
        minutes: 30,
        reason: "the provider writes it".to_owned(),
    };
    house.carry_out(number, snooze).await;
    house.wait(29);
    assert_eq!(house.services.remind().await.expect("looked"), 0);
    house.wait(2);
    assert_eq!(house.services.remind().await.expect("looked"), 1);
}
