//! The program that can't start says so in one line, in the user's language, with the remedy; what it makes is private.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use parvis_testing::{Engine, TestDb, engines};
use sea_orm::ConnectionTrait;

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

/// What a command says that refuses, in a French and in an English terminal.
fn in_both(data: &Path, args: &[&str]) -> [String; 2] {
    ["fr_FR.UTF-8", "en_US.UTF-8"].map(|locale| {
        let output = Command::new(env!("CARGO_BIN_EXE_parvis"))
            .args(args)
            .arg("--data")
            .arg(data)
            .env_remove("PARVIS_DATABASE_URL")
            .env("LC_ALL", locale)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        said
    })
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
fn a_folder_in_use_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let made = parvis(dir.path(), &["admin", "create", "ines@rivemont.example"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let other = fs::OpenOptions::new().append(true).create(true).open(dir.path().join("running.lock")).unwrap();
    other.lock().unwrap();
    for args in [&["serve", "--port", "0"][..], &["worker"]] {
        let said = refusal(dir.path(), args);
        assert!(said.contains("se sert déjà") && said.contains("PostgreSQL"), "{said}");
    }
    assert!(parvis(dir.path(), &["backup"]).status.success(), "other commands go on meanwhile");
}

#[test]
fn a_folder_without_an_instance_is_named_and_stays_empty() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("faute-de-frappe");
    for args in [
        &["backup"][..],
        &["export", "--all", "tout.zip"],
        &["doctor"],
        &["db", "copy", "--to", "sqlite:ailleurs"],
        &["admin", "reset-link", "ines@exemple.fr"],
    ] {
        let said = refusal(&data, args);
        assert!(said.contains("pas d’instance") && said.contains("faute-de-frappe"), "{args:?}: {said}");
        assert!(!data.exists(), "{args:?}");
    }
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
    let mode = fs::metadata(dir.path()).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o755, "a folder that was there keeps the rights that its owner gave it");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_empty_start_makes_its_folder_and_shows_the_link_of_the_set_up_as_a_code() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("parvis/donnees");
    let mut command = crate::support::process::parvis(&data, &["--port", "0", "--address", "127.0.0.1"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let running = crate::support::process::Running(child);
    let lines = tokio::task::spawn_blocking(move || -> Vec<String> {
        out.lines().map_while(Result::ok).take_while(|line| !line.starts_with("Pour arrêter")).collect()
    });
    let said = lines.await.unwrap().join("\n");
    drop(running);
    for made in [data.as_path(), data.parent().unwrap()] {
        let mode = fs::metadata(made).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o700, "{} is {mode:o}", made.display());
    }
    let links: Vec<&str> = said.lines().map(str::trim).filter(|l| l.contains("/installation?cle=")).collect();
    let [link] = links.try_into().expect("one link");
    let code = qrcode::QrCode::new(link).unwrap().render::<qrcode::render::unicode::Dense1x2>().build();
    assert!(code.contains('▀') && code.contains('▄') && said.contains(&code), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_is_opened_from_the_terminal_with_what_was_imported_before() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("idees.csv");
    fs::write(&file, "id;titre;texte\n1;Un banc;Il faudrait un banc à l’ombre de la place\n").unwrap();
    let data = dir.path().join("data");
    let imported = parvis(&data, &["import", file.to_str().unwrap()]);
    let warned = String::from_utf8_lossy(&imported.stderr).into_owned();
    assert!(warned.contains("parvis admin create"), "it says that nobody sees it yet: {warned}");
    let said = String::from_utf8(imported.stdout).unwrap();
    assert!(said.ends_with("1 read, 1 created, 0 updated, 0 refused\n"), "{said}");
    let project = said.lines().find_map(|l| l.trim().strip_prefix("→ ")).unwrap();

    let serve = |data: &Path| {
        let args = ["serve", "--port", "0", "--address", "127.0.0.1"];
        crate::support::process::parvis(data, &args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    };
    let server = crate::support::process::Server::of(serve(&data)).await;
    assert_eq!(get(server.port, project).await.status, 503);
    let made = parvis(&data, &["admin", "create", "ines@rivemont.example"]);
    let said = String::from_utf8(made.stdout).unwrap();
    let (_, key) = said.split_once("/connexion/").expect("a link");
    let path = format!("/connexion/{}", key.lines().next().unwrap());
    // Stopped and started: nothing is asked again.
    drop(server);
    let server = crate::support::process::Server::of(serve(&data)).await;
    let page = get(server.port, project).await;
    assert!(page.status == 200 && page.text().contains("Un banc"), "{}", page.status);
    assert_eq!(get(server.port, &path).await.status, 200);
    let again = parvis(&data, &["import", file.to_str().unwrap()]);
    assert!(again.stderr.is_empty(), "{}", String::from_utf8_lossy(&again.stderr));
}

async fn get(port: u16, path: &str) -> crate::support::process::Plain {
    let stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let head = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n");
    crate::support::process::ask(stream, &head, b"").await
}

/// The database of before a step that adds one column: to be updated, and with data in it.
const BEFORE: [&str; 2] = [
    "DELETE FROM migration WHERE id = 'participation/0117_status_then'",
    "ALTER TABLE contribution DROP COLUMN status_then",
];

#[tokio::test]
async fn an_update_keeps_a_copy_of_what_there_was() {
    for engine in engines() {
        let test = TestDb::open(engine, &[]).await;
        test.db.write(|tx| Box::pin(async { Ok(tx.execute_unprepared("DROP TABLE migration").await?) })).await.unwrap();
        let run = |args: &[&str], data: &Path| {
            let mut command = crate::support::process::parvis(data, args);
            if engine == Engine::Postgres {
                command.env("PARVIS_DATABASE_URL", &test.url);
            }
            let output = command.output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        let data = test.dir.path();
        let copies = || -> Vec<PathBuf> {
            let all = fs::read_dir(data.join("backups")).into_iter().flatten().map(|e| e.unwrap().path());
            all.filter(|p| p.to_string_lossy().contains("before-update-")).collect()
        };
        run(&["admin", "create", "ines@rivemont.example"], data);
        assert_eq!(copies(), Vec::<PathBuf>::new(), "there was nothing to lose");
        run(&["admin", "reset-link", "ines@rivemont.example"], data);
        assert_eq!(copies(), Vec::<PathBuf>::new(), "nothing was to be updated");
        for step in BEFORE {
            test.db.write(|tx| Box::pin(async { Ok(tx.execute_unprepared(step).await?) })).await.unwrap();
        }
        run(&["admin", "reset-link", "ines@rivemont.example"], data);
        let [copy] = copies().try_into().expect("one copy");
        let restored = tempfile::tempdir().unwrap();
        let command = ["restore", copy.to_str().unwrap()];
        let back = crate::support::process::parvis(restored.path(), &command).output().unwrap();
        assert!(back.status.success(), "{}", String::from_utf8_lossy(&back.stderr));
        let known = parvis(restored.path(), &["admin", "reset-link", "ines@rivemont.example"]);
        assert!(known.status.success(), "it holds who was there");
    }
}

#[test]
fn a_command_refuses_in_the_language_of_its_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("donnees");
    let file = |name: &str, content: &str| {
        let path = dir.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (csv, zip) = (file("avis.csv", "Texte;Religion\nUn banc devant la gare;x\n"), file("coupe.zip", "rien"));
    // What looks like words of ours, and what typography would change.
    let odd = format!("{}/{{avis}} {{ $file }} l'été...  2.csv", dir.path().display());
    let (none, folder) = (format!("{csv}.absent"), dir.path().to_str().unwrap().to_owned());
    for (args, fr, en) in [
        (vec!["import", &none], "n’existe pas", "does not exist"),
        (vec!["import", &folder], "est un dossier", "is a folder"),
        (vec!["import", &csv, "--set", "Texte"], "ne se lit pas", "can’t be read"),
        (vec!["import", &csv, "--set", "Texte=avis"], "pas de rôle « avis »", "no role “avis”"),
        (vec!["import", &csv, "--set", "Avis=text"], "pas de colonne « Avis »", "no column “Avis”"),
        (vec!["import", &csv, "--set", "Religion=text"], "La loi interdit", "The law forbids"),
        (vec!["import", &csv, "--project", "gare"], "pas de projet « gare »", "no project “gare”"),
        (
            vec!["import", "--people", &csv, "--origin", ""],
            "d’où viennent ces personnes",
            "Where these people come from",
        ),
        (vec!["import", "--people", &csv, "--origin", "x"], "de la mairie", "of the town hall"),
        (vec!["restore", &zip], "pas une sauvegarde entière", "not a whole backup"),
        (vec!["restore", &none], "n’existe pas", "does not exist"),
        (vec!["import", &zip, "--dry-run"], "Retirez les autres options", "Leave the other options out"),
        (vec!["import", &odd], &odd, &odd),
        (vec!["import", &csv, "--set", "{ $role }=text"], "« { $role } »", "“{ $role }”"),
        (vec!["admin", "create", "{ $text }"], "« { $text } »", "“{ $text }”"),
        (vec!["backup", &csv], "finit par .zip", "ends with .zip"),
        (vec!["export", "--all", &folder], "finit par .zip", "ends with .zip"),
        (vec!["db", "copy", "--to", "mysql://ici"], "donnée à --to", "given to --to"),
        (vec!["admin", "create", "ines"], "pas une adresse de courriel", "not an e-mail address"),
        (vec!["admin", "reset-link", "ines@exemple.fr"], "Personne de l’équipe", "Nobody of the team"),
        (vec!["themes", &csv, "--text", "avis"], "pas de colonne « avis »", "no column “avis”"),
    ] {
        let [french, english] = in_both(&data, &args);
        assert!(french.contains(fr), "{args:?}: {french}");
        assert!(english.contains(en), "{args:?}: {english}");
    }
}

#[test]
fn a_command_tells_what_it_did_in_the_language_of_its_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("donnees");
    let file = dir.path().join("avis.csv");
    fs::write(&file, "Texte;Note\nUn banc devant la gare;x\n").unwrap();
    let said = |locale: &str, args: &[&str]| {
        let mut command = crate::support::process::parvis(&data, args);
        let output = command.env("LC_ALL", locale).output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let import = ["import", file.to_str().unwrap()];
    for (locale, words) in [
        (
            "fr_FR.UTF-8",
            [
                "colonnes séparées par des points-virgules",
                "Le site est encore fermé au public",
                "Aucune ligne inchangée",
            ],
        ),
        ("en_US.UTF-8", ["columns between semicolons", "The site is still closed to the public", "1 row unchanged"]),
    ] {
        let all = said(locale, &import);
        assert!(words.iter().all(|w| all.contains(w)), "{all}");
        assert!(all.contains(" read, ") && all.contains(" refused\n"), "the last line is for programs: {all}");
    }
    for (locale, word, other) in [("fr_FR.UTF-8", "Dossier ", "Folder "), ("en_US.UTF-8", "Folder ", "Dossier ")] {
        let all = said(locale, &["doctor"]);
        assert!(all.contains(word) && !all.contains(other), "{all}");
    }
    let made = said("en_US.UTF-8", &["admin", "create", "ines@exemple.fr"]);
    assert!(made.contains("The instance is open") && made.contains("This link signs in once"), "{made}");
    let link = said("fr_FR.UTF-8", &["admin", "reset-link", "ines@exemple.fr"]);
    assert!(link.contains("Ce lien connecte une fois"), "{link}");
}
