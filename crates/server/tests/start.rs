//! The program that can't start says so in one line, in the user's language, with the remedy; what it makes is private.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output},
};

/// Runs the program to its end, in a French terminal.
fn parvis(data: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parvis"))
        .args(args)
        .arg("--data")
        .arg(data)
        .env_remove("PARVIS_DATABASE_URL")
        .env("LC_ALL", "fr_FR.UTF-8")
        .output()
        .unwrap()
}

/// The one line it says when it can't start.
fn refusal(data: &Path, args: &[&str]) -> String {
    let output = parvis(data, args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("parvis: "), "{said}");
    said
}

#[test]
fn a_taken_port_is_named_wherever_it_was_asked() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let data = tempfile::tempdir().unwrap();
    let here = ["--address", "127.0.0.1"];
    for args in [
        vec!["--port", &port, here[0], here[1]],
        vec!["--port", &port, here[0], here[1], "serve"],
        vec!["serve", "--port", &port, here[0], here[1]],
        vec![here[0], here[1], "demo", "--port", &port],
        vec!["--port", "1", "serve", "--port", &port, here[0], here[1]],
    ] {
        let said = refusal(data.path(), &args);
        assert!(said.contains(&format!("Le port {port} est déjà pris")) && said.contains("--port"), "{said}");
    }
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn a_folder_that_cant_be_written_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("fichier");
    fs::write(&file, "x").unwrap();
    let said = refusal(&file.join("dedans"), &["--port", "0"]);
    assert!(said.contains("fichier/dedans") && said.contains("--data"), "{said}");
}

#[test]
fn a_damaged_file_is_named_with_the_way_back() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("parvis.sqlite"), "ceci n’est pas une base ".repeat(500)).unwrap();
    let said = refusal(dir.path(), &["--port", "0"]);
    assert!(said.contains("parvis.sqlite") && said.contains("parvis restore"), "{said}");
    fs::remove_file(dir.path().join("parvis.sqlite")).unwrap();
    fs::write(dir.path().join("secret.key"), "court").unwrap();
    let said = refusal(dir.path(), &["--port", "0"]);
    assert!(said.contains("secret.key") && said.contains("sauvegarde"), "{said}");
}

#[test]
fn a_database_that_is_wrong_or_silent_is_named_without_its_password() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let silent = format!("postgres://parvis:sesame@127.0.0.1:{closed}/parvis");
    let mut cases = vec![
        ("mysql://parvis:sesame@localhost/parvis".to_owned(), "ne se lit pas"),
        ("postgres://parvis:sesame@localhost:port/parvis".to_owned(), "ne se lit pas"),
        (silent, "ne répond pas"),
    ];
    if let Ok(server) = std::env::var("PARVIS_TEST_POSTGRES") {
        let (head, _) = server.rsplit_once('/').unwrap();
        cases.push((format!("{head}/aucune_base_de_ce_nom"), "refuse ce compte"));
    }
    let data = tempfile::tempdir().unwrap();
    for (url, sign) in cases {
        let said = refusal(data.path(), &["--port", "0", "--database-url", &url]);
        assert!(said.contains(sign) && said.contains("--database-url"), "{url}: {said}");
        assert!(!said.contains("sesame"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn what_it_makes_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    // An administrator made the folder, with the usual rights, and an older Parvis its database.
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(dir.path().join("parvis.sqlite"), "").unwrap();
    fs::set_permissions(dir.path().join("parvis.sqlite"), fs::Permissions::from_mode(0o644)).unwrap();
    let made = parvis(dir.path(), &["admin", "create", "ines@rivemont.example"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let saved = parvis(dir.path(), &["backup"]);
    assert!(saved.status.success(), "{}", String::from_utf8_lossy(&saved.stderr));
    let (mut todo, mut seen) = (vec![dir.path().to_owned()], 0);
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode & 0o077, 0, "{} is {mode:o}", entry.path().display());
            seen += 1;
            if entry.path().is_dir() {
                todo.push(entry.path());
            }
        }
    }
    assert!(seen >= 4, "{seen}");
}
