use std::sync::Arc;

use axum::{
    extract::{Path, Request},
    response::Response,
};
use chrono::TimeDelta;
use parvis_kernel::{
    Ctx, Error, args,
    brought::{
        Files as _, Look, Row, Source,
        keep::{FOLDER, What},
        store, work,
    },
    db,
    form::Form,
    jobs,
    permission::Role,
    words::Lang,
};
use parvis_testing::{Engine, TestApp, brought, engines, text};
use uuid::Uuid;

use super::{super::super::persons, Persons, files::Own, pages};
use crate::{People, SessionIdentity, import::columns::Mapping};

mod by_command;
mod erased;
mod told;
mod undo;

const ORIGIN: [(&str, &str); 2] = [("origine", "Adhésions 2025"), ("pas-officiel", "1")];

async fn instance(engine: Engine) -> TestApp {
    let t = parvis_testing::app(engine, vec![Arc::new(People)], Arc::new(SessionIdentity)).await;
    let sql = "INSERT INTO person (id, name, lang, role, created_at) VALUES ($1, 'Nadia', 'fr', 'owner', $2)";
    t.write(move |tx, _, moment| {
        Box::pin(async move { db::run(tx, sql, args![Uuid::from_u128(9), moment.now]).await.map(drop) })
    })
    .await;
    t
}

fn ctx(t: &TestApp, role: Role, lang: Lang) -> Ctx {
    brought::ctx::<Persons>(t, role, lang)
}

fn owner(t: &TestApp) -> Ctx {
    ctx(t, Role::Owner, Lang::Fr)
}

fn sent(name: &str, bytes: &[u8]) -> Request {
    brought::form_with_file::<Persons>(name, bytes)
}

/// Sends a file, and gives the key of its import.
async fn send(t: &TestApp, name: &str, bytes: &[u8]) -> Uuid {
    brought::send::<Persons>(t, name, bytes).await
}

async fn press(t: &TestApp, id: Uuid, fields: &[(&str, &str)]) -> parvis_kernel::Result<Response> {
    brought::press::<Persons>(t, id, fields).await
}

/// Presses "import", with where the people come from.
async fn import(t: &TestApp, id: Uuid) {
    let fields = [&[("faire", "importer")][..], &ORIGIN[..]].concat();
    assert!(press(t, id, &fields).await.unwrap().status().is_redirection());
}

async fn row(t: &TestApp, id: Uuid) -> Row<Own> {
    brought::row::<Persons>(t, id).await
}

async fn imported(t: &TestApp) -> i64 {
    db::count(t.app.db.read(), "SELECT count(*) FROM person WHERE origin = 'import'", vec![]).await.unwrap()
}

fn kept(t: &TestApp) -> usize {
    std::fs::read_dir(t.dir.path().join("imports/people")).map(Iterator::count).unwrap_or(0)
}

const MEMBERS: &[u8] = "Prénom;E-mail perso;tel;ok newsletter;Religion\n\
    Odile;odile@courriel.example;06 12 34 56 90;oui 12/03/2025;x\n\
    Yann;yann@courriel;;oui;x\n=cmd|' /C calc'!A0;zut;;;x\nLéa;lea@courriel.example;;oui 31/02/2025;x\n"
    .as_bytes();

#[tokio::test]
async fn a_file_is_tried_then_imported_then_thrown_away() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "adhérents.csv", MEMBERS).await;
        // Nothing names the mail: what it holds does not either, three of four at most are one.
        assert_eq!(
            (row(&t, id).await.state.as_str(), row(&t, id).await.roles.as_str()),
            ("checked", "first-name ignored phone accord ignored")
        );
        let page = text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("odile@courriel.example") && page.contains("Interdit"), "{page}");
        press(&t, id, &[("faire", "essai"), ("c0", "first-name"), ("c1", "email"), ("c2", "phone"), ("c3", "accord")])
            .await
            .unwrap();
        let tried = row(&t, id).await;
        assert_eq!((tried.created, tried.refused, tried.total, tried.own.held), (1, 3, 4, 0));
        assert_eq!(imported(&t).await, 0, "nothing is written");
        for lang in Lang::ALL {
            let page = text(pages::show::<Persons>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(!page.contains('⟦') && page.contains("oui 31/02/2025") && page.contains("UTF-8"), "{page}");
        }
        let lines = text(pages::refused::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        let lines: Vec<&str> = lines.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert!(
            lines[0].ends_with(";Ligne;Raison") && lines[1].starts_with("Yann;yann@courriel;;oui;;3;"),
            "{lines:?}"
        );
        assert!(lines[2].starts_with("'=cmd|"), "a formula is no formula any more: {lines:?}");

        // Without an origin and the promise, nothing is imported, and what was chosen stays.
        let refused = press(&t, id, &[("faire", "importer"), ("c1", "email"), ("c3", "ignored")]).await.unwrap();
        assert_eq!(refused.status(), 422);
        let refused = text(refused).await;
        assert!(refused.contains("e-origine") && refused.contains("e-pas-officiel"), "{refused}");
        assert_eq!(row(&t, id).await.roles, "first-name email phone accord ignored");

        import(&t, id).await;
        assert_eq!(row(&t, id).await.state, "queued");
        let fields = [&[("faire", "importer")][..], &ORIGIN[..]].concat();
        assert!(matches!(press(&t, id, &fields).await, Err(Error::Refused(_))), "once is enough");
        jobs::run_due(&t.app).await.unwrap();
        let done = row(&t, id).await;
        assert_eq!((done.state.as_str(), done.created, done.refused, done.kept), ("done", 1, 3, false));
        assert_eq!((imported(&t).await, kept(&t)), (1, 2), "the text is gone");
        let odile = persons::by_email(t.app.db.read(), "odile@courriel.example").await.unwrap().unwrap();
        assert_eq!(odile.phone.as_deref(), Some("+33612345690"));
        for lang in Lang::ALL {
            let page = text(pages::show::<Persons>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(!page.contains('⟦') && page.contains("origine=import"), "{page}");
            assert!(!text(pages::list::<Persons>(ctx(&t, Role::Owner, lang)).await.unwrap()).await.contains('⟦'));
        }

        // The same file again: its columns are remembered, and it changes nothing.
        let again = send(&t, "adhérents.csv", MEMBERS).await;
        let tried = row(&t, again).await;
        assert_eq!((tried.remembered, tried.created, tried.own.same), (true, 0, 1));

        // A text that nobody touches goes after a day, the rest after a week.
        t.clock.advance(TimeDelta::hours(25));
        work::sweep::<Persons>(t.app.clone(), String::new()).await.unwrap();
        assert_eq!((row(&t, again).await.kept, kept(&t)), (false, 4));
        let page = text(pages::show::<Persons>(owner(&t), Path(again)).await.unwrap()).await;
        assert!(page.contains("plus gardé") && !page.contains("value=\"importer\""), "{page}");
        t.clock.advance(TimeDelta::days(7));
        work::sweep::<Persons>(t.app.clone(), String::new()).await.unwrap();
        assert_eq!(kept(&t), 0);
        assert!(matches!(pages::show::<Persons>(owner(&t), Path(again)).await, Err(Error::NotFound)));
        // What can be taken back is known for thirty days.
        assert!(pages::show::<Persons>(owner(&t), Path(id)).await.is_ok());
        t.clock.advance(TimeDelta::days(23));
        work::sweep::<Persons>(t.app.clone(), String::new()).await.unwrap();
        assert!(matches!(pages::show::<Persons>(owner(&t), Path(id)).await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_killed_import_goes_on_where_it_stopped() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut file = String::from("mail;age\n");
        (0..450).for_each(|i| file.push_str(&format!("p{i}@b.example;{}\n", if i == 7 { 12 } else { 30 })));
        let id = send(&t, "gens.csv", file.as_bytes()).await;
        import(&t, id).await;
        // A worker takes it, writes some of it, and is killed.
        let hold = store::claim::<Persons>(&t.app, id).await.unwrap().unwrap();
        assert_eq!(store::claim::<Persons>(&t.app, id).await.unwrap(), None, "one worker at a time");
        let found = row(&t, id).await;
        let text_of = Persons::PLACE.get(&t.app, id, What::Text).await.unwrap();
        let source = Source::text(text_of, false);
        let look = Look::at(&source, Mapping::recognise).unwrap();
        let order = super::super::Import {
            app: &t.app,
            mapping: &look.mapping,
            origin: &found.own.origin,
            limits: source.limits(),
            file: Some(hold),
            actor: None,
            trial: false,
        };
        let mut times = 0;
        let mut progress = |_| {
            times += 1;
            if times == 2 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
        };
        assert!(super::super::run(&order, || source.open(), &mut progress).await.is_err());
        assert_eq!((row(&t, id).await.done, row(&t, id).await.created, imported(&t).await), (401, 400, 400));
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((row(&t, id).await.state.as_str(), imported(&t).await), ("running", 400));
        assert!(matches!(press(&t, id, &[("faire", "reprendre")]).await, Err(Error::Refused(_))), "it still runs");
        t.clock.advance(TimeDelta::minutes(2));
        let page = text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("value=\"reprendre\"") && !page.contains('⟦'));
        press(&t, id, &[("faire", "reprendre")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        let done = row(&t, id).await;
        assert_eq!(
            (done.state.as_str(), done.created, done.own.same, done.refused),
            ("done", 449, 0, 1),
            "none is counted twice"
        );
        assert_eq!(imported(&t).await, 449);
        let lines = "SELECT count(*) FROM activity WHERE kind = 'person.imported'";
        assert_eq!(db::count(t.app.db.read(), lines, vec![]).await.unwrap(), 1);

        // Told to stop, it says so; thrown away, nothing of it is left.
        let id = send(&t, "autres.csv", file.as_bytes()).await;
        import(&t, id).await;
        let hold = store::claim::<Persons>(&t.app, id).await.unwrap().unwrap();
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(row(&t, id).await.state, "stopped");
        assert!(!store::beat::<Persons>(&t.app, hold, 1, 2).await.unwrap(), "the work would hear it");
        press(&t, id, &[("faire", "oublier")]).await.unwrap();
        assert!(matches!(pages::show::<Persons>(owner(&t), Path(id)).await, Err(Error::NotFound)));
    }
}

/// A workbook with two sheets; the second has the people.
fn book() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let notes = book.add_worksheet();
    notes.set_name("Notes").unwrap();
    notes.write(0, 0, "Titre").unwrap();
    notes.write(1, 0, "rien").unwrap();
    let people = book.add_worksheet();
    people.set_name("Adhérents").unwrap();
    for (column, (header, value)) in [("Nom", "Odile"), ("Courriel", "odile@courriel.example")].into_iter().enumerate()
    {
        let column = u16::try_from(column).unwrap();
        people.write(0, column, header).unwrap();
        people.write(1, column, value).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_sheet_of_a_workbook_is_chosen() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "gens.xlsx", &book()).await;
        assert_eq!(
            (row(&t, id).await.state.as_str(), row(&t, id).await.problem.as_str()),
            ("failed", "no_contact_column")
        );
        let wrong = press(&t, id, &[("faire", "feuille"), ("feuille", "Absente")]).await.unwrap();
        assert_eq!(wrong.status(), 422);
        assert!(text(wrong).await.contains("pas cette feuille"));
        press(&t, id, &[("faire", "feuille"), ("feuille", "Adhérents")]).await.unwrap();
        let tried = row(&t, id).await;
        assert_eq!((tried.state.as_str(), tried.read_as.as_str(), tried.created), ("checked", "sheet Adhérents", 1));
        import(&t, id).await;
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(imported(&t).await, 1);
    }
}

#[tokio::test]
async fn columns_are_refused_when_two_are_the_same_or_none_tells_people_apart() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "a.csv", b"mail;mail;zut\na@b.example;c@b.example;1\n").await;
        assert_eq!(row(&t, id).await.roles, "email ignored ignored", "a header twice: the first is taken");
        let twice = press(&t, id, &[("faire", "essai"), ("c0", "email"), ("c1", "email")]).await.unwrap();
        assert_eq!(twice.status(), 422);
        assert!(text(twice).await.contains("e-colonnes"));
        let none = press(&t, id, &[("faire", "essai"), ("c0", "ignored"), ("c1", "name")]).await.unwrap();
        assert_eq!((none.status().as_u16(), row(&t, id).await.roles.as_str()), (422, "email ignored ignored"));
        press(&t, id, &[("faire", "essai"), ("c0", "ignored"), ("c1", "email")]).await.unwrap();
        assert_eq!((row(&t, id).await.roles.as_str(), row(&t, id).await.created), ("ignored email ignored", 1));
    }
}

#[tokio::test]
async fn what_is_no_file_of_people_is_refused_by_name() {
    for engine in engines() {
        let t = instance(engine).await;
        brought::refuses_what_is_no_file::<Persons>(&t).await;
        assert_eq!(
            (db::count(t.app.db.read(), "SELECT count(*) FROM person_file", vec![]).await.unwrap(), kept(&t)),
            (0, 0)
        );
        for role in [Role::Moderator(vec![]), Role::Analyst] {
            let refused =
                pages::receive::<Persons>(ctx(&t, role.clone(), Lang::Fr), sent("x.csv", b"mail\na@b.example\n")).await;
            assert!(matches!(refused, Err(Error::Refused(_))));
            assert!(pages::list::<Persons>(ctx(&t, role, Lang::Fr)).await.is_err());
        }
    }
}

#[tokio::test]
async fn whoever_leaves_the_team_leaves_no_name_on_files() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "a.csv", b"mail\na@b.example\n").await;
        assert_eq!(row(&t, id).await.actor_id, Some(Uuid::from_u128(9)));
        t.write(|tx, _, now| Box::pin(async move { super::super::forget(tx, &now, Uuid::from_u128(9)).await })).await;
        assert_eq!(row(&t, id).await.actor_id, None);
    }
}

#[tokio::test]
async fn an_import_of_whole_batches_ends() {
    for engine in engines() {
        let t = instance(engine).await;
        for (from, rows) in [(0, 200), (200, 400)] {
            let mut file = String::from("mail\n");
            (from..from + rows).for_each(|i| file.push_str(&format!("p{i}@b.example\n")));
            let id = send(&t, "gens.csv", file.as_bytes()).await;
            import(&t, id).await;
            jobs::run_due(&t.app).await.unwrap();
            let done = row(&t, id).await;
            assert_eq!((done.state.as_str(), done.created, done.kept), ("done", rows, false), "{engine:?}");
        }
    }
}

mod guards;

/// Makes a file of the disk as old as the clock says.
fn touch(path: &std::path::Path, at: std::time::SystemTime) {
    std::fs::File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
}

#[tokio::test]
async fn what_a_kill_left_on_the_disk_goes_and_a_text_that_no_backup_has_is_said_to_be_gone() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "a.csv", b"mail\na@b.example\n").await;
        let folder = t.dir.path().join("imports/people");
        let half = t.dir.path().join(FOLDER).join("people");
        std::fs::create_dir_all(&half).unwrap();
        let lost =
            [folder.join(format!("{}.txt", Uuid::from_u128(5))), half.join(format!("{}.txt#1", Uuid::from_u128(6)))];
        lost.iter().for_each(|path| std::fs::write(path, b"mail\nx@b.example\n").unwrap());
        let now = t.app.clock.now();
        let every = || std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).chain(lost[1..].to_vec());
        every().for_each(|path| touch(&path, now.into()));
        work::sweep::<Persons>(t.app.clone(), String::new()).await.unwrap();
        assert!(lost.iter().all(|path| path.exists()), "it may be on its way");
        every().for_each(|path| touch(&path, (now - TimeDelta::hours(2)).into()));
        work::sweep::<Persons>(t.app.clone(), String::new()).await.unwrap();
        assert!(!lost.iter().any(|path| path.exists()));
        assert_eq!((kept(&t), row(&t, id).await.kept), (3, true), "what is named stays");

        // A backup was put back: the row is there, its text is not.
        std::fs::remove_file(folder.join(format!("{id}.txt"))).unwrap();
        let page = text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("plus gardé") && !page.contains("value=\"importer\""), "{page}");
        let fields = [&[("faire", "importer")][..], &ORIGIN[..]].concat();
        assert!(press(&t, id, &fields).await.is_err());
        t.clock.advance(TimeDelta::hours(2));
        work::sweep::<Persons>(t.app.clone(), String::new()).await.unwrap();
        assert_eq!((row(&t, id).await.kept, row(&t, id).await.state.as_str()), (false, "stopped"));

        // So is one that was being imported.
        let id = send(&t, "b.csv", b"mail\na@b.example\n").await;
        import(&t, id).await;
        std::fs::remove_file(folder.join(format!("{id}.txt"))).unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((row(&t, id).await.kept, row(&t, id).await.state.as_str()), (false, "stopped"));
        assert!(press(&t, id, &[("faire", "reprendre")]).await.is_err());
    }
}
