//! The command line: what it answers, and the code it ends with.

use std::path::PathBuf;
use std::process::Command;

/// A folder with a database of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("muster_cli_{name}_{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Runs `muster` in it: whether it ended well, and all it said.
    fn muster(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_muster"))
            .args(arguments)
            .env_clear()
            .env(
                "MUSTER_DATABASE",
                format!("sqlite:{}/muster.db", self.0.display()),
            )
            .current_dir(&self.0)
            .output()
            .expect("it runs");
        let mut said = String::from_utf8(output.stdout).expect("text");
        said.push_str(&String::from_utf8(output.stderr).expect("text"));
        (output.status.success(), said)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn somebody_is_added_changed_and_let_in_again() {
    let folder = Folder::new("user");
    let add = |email: &str, name: &str, role: &str| {
        folder.muster(&["user", "add", email, "--name", name, "--role", role])
    };
    let says = |(well, said): (bool, String), words: &str| {
        assert!(well, "{said}");
        assert!(said.contains(words), "{said}");
        assert!(said.contains("/sign-in/"), "{said}");
    };
    says(
        add("ada@example.test", "Ada Alder", "admin"),
        "Sign in once",
    );
    says(add("bo@example.test", "Bo Lind", "reader"), "Sign in once");
    says(
        add("bo@example.test", "Bo Lind", "reader"),
        "Bo Lind has an account already",
    );
    says(
        add("BO@example.test", "Bo Lindqvist", "responder"),
        "Bo Lindqvist had an account already; that is the name now, and the role is responder.",
    );

    // Shut out, and let in again by whoever has the server.
    let url = format!("sqlite:{}/muster.db", folder.0.display());
    let store = server::store::open(&url).await.expect("the store opens");
    let find = async || {
        let found = store.find_person("bo@example.test").await;
        found.expect("read").expect("bo")
    };
    let mut bo = find().await;
    assert_eq!(
        (bo.name.as_str(), bo.role),
        ("Bo Lindqvist", domain::AccountRole::Responder)
    );
    bo.active = false;
    let gone = server::store::HouseChange::PutPerson(bo.clone());
    store
        .change_house(None, domain::time::Time::default(), gone)
        .await
        .expect("shut out");
    says(
        add("bo@example.test", "Bo Lindqvist", "admin"),
        "Bo Lindqvist had an account and has access again, as admin.",
    );
    bo.active = true;
    bo.role = domain::AccountRole::Admin;
    assert_eq!(find().await, bo, "the same account");
    store.close().await;
}

#[test]
fn what_cannot_be_done_is_said_and_fails() {
    let folder = Folder::new("refused");
    let refused = |arguments: &[&str], words: &str| {
        let (well, said) = folder.muster(arguments);
        assert!(!well, "{said}");
        assert!(said.contains(words), "{said}");
        assert!(!said.contains("/sign-in/"), "{said}");
    };
    let ada = ["user", "add", "ada@example.test", "--name", "Ada", "--role"];
    let (well, said) = folder.muster(&[&ada[..], &["admin"]].concat());
    assert!(well, "{said}");
    refused(
        &[&ada[..], &["reader"]].concat(),
        "This is the last administrator. Make somebody else one first.",
    );
    refused(&[&ada[..], &["boss"]].concat(), "“boss” is not a role");
    refused(
        &["user", "add", "nobody", "--name", "No", "--role", "reader"],
        "is not an e-mail",
    );
    let (well, said) = folder.muster(&["token", "add", "deploys", "--scope", "write"]);
    assert!(well, "{said}");
    refused(
        &["user", "add", "deploys", "--name", "De", "--role", "admin"],
        "acts for an API token",
    );
}
