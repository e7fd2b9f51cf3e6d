use std::sync::Arc;

use axum::{
    extract::{Path, Request},
    response::Response,
};
use chrono::TimeDelta;
use parvis_kernel::{
    Ctx, Error, args,
    brought::{Row, store, work},
    db,
    form::Form,
    jobs,
    module::Module,
    permission::Role,
    words::Lang,
};
use parvis_people::{People, SessionIdentity};
use parvis_testing::{Engine, TestApp, brought, engines, text};
use uuid::Uuid;

use super::{Contributions, files::Own, pages};
use crate::Participation;

async fn instance(engine: Engine) -> TestApp {
    let modules: Vec<Arc<dyn Module>> = vec![Arc::new(People), Arc::new(Participation::default())];
    parvis_testing::app(engine, modules, Arc::new(SessionIdentity)).await
}

fn ctx(t: &TestApp, role: Role, lang: Lang) -> Ctx {
    brought::ctx::<Contributions>(t, role, lang)
}

fn owner(t: &TestApp) -> Ctx {
    ctx(t, Role::Owner, Lang::Fr)
}

fn sent(name: &str, bytes: &[u8]) -> Request {
    brought::form_with_file::<Contributions>(name, bytes)
}

/// Sends a file, and gives the key of its import.
async fn send(t: &TestApp, name: &str, bytes: &[u8]) -> Uuid {
    brought::send::<Contributions>(t, name, bytes).await
}

async fn press(t: &TestApp, id: Uuid, fields: &[(&str, &str)]) -> parvis_kernel::Result<Response> {
    brought::press::<Contributions>(t, id, fields).await
}

async fn row(t: &TestApp, id: Uuid) -> Row<Own> {
    brought::row::<Contributions>(t, id).await
}

async fn contributions(t: &TestApp) -> i64 {
    db::count(t.app.db.read(), "SELECT count(*) FROM contribution", vec![]).await.unwrap()
}

fn kept(t: &TestApp) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(t.dir.path().join("imports/contributions")) else { return Vec::new() };
    let mut names: Vec<String> = folder.map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// As a French office saves it: Windows-1252, semicolons, the day first.
fn office() -> Vec<u8> {
    let file = "N°;Objet;Texte;Date (31/12/2025);Quartier\n1;Un banc;Devant l'école;03/05/2026;Gare\n\
                2;Un parc;Près du café;31/02/2026;Gare\n3;Trop;large;04/05/2026;Gare;x;y;z\n1;Encore;Le même;;\n";
    file.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[tokio::test]
async fn a_file_is_tried_then_imported_then_thrown_away() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "avis.csv", &office()).await;
        let tried = row(&t, id).await;
        assert_eq!((tried.state.as_str(), tried.created, tried.refused, tried.total), ("checked", 1, 3, 4));
        assert_eq!(contributions(&t).await, 0, "nothing is written");
        for lang in Lang::ALL {
            let page = text(pages::show::<Contributions>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(!page.contains('⟦') && page.contains("31/02/2026") && page.contains("Windows-1252"), "{page}");
        }
        let lines = text(pages::refused::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        let lines: Vec<&str> = lines.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert!(
            lines[0].ends_with(";Ligne;Raison") && lines[1].starts_with("2;Un parc;Près du café;31/02/2026;Gare;3;")
        );

        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        assert_eq!(row(&t, id).await.state, "queued");
        assert!(matches!(press(&t, id, &[("faire", "importer")]).await, Err(Error::Refused(_))), "once is enough");
        jobs::run_due(&t.app).await.unwrap();
        let done = row(&t, id).await;
        assert_eq!((done.state.as_str(), done.created, done.refused, done.kept), ("done", 1, 3, false));
        assert_eq!((contributions(&t).await, kept(&t).len()), (1, 2), "the text is gone: {:?}", kept(&t));
        for lang in Lang::ALL {
            let page = text(pages::show::<Contributions>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(!page.contains('⟦') && page.contains("/equipe/projets/avis"), "{page}");
            assert!(!text(pages::list::<Contributions>(ctx(&t, Role::Owner, lang)).await.unwrap()).await.contains('⟦'));
        }

        // The same file again goes to the same project, and changes nothing.
        let again = send(&t, "avis.csv", &office()).await;
        assert_eq!(row(&t, again).await.own.project_id, done.own.project_id);
        press(&t, again, &[("faire", "importer"), ("projet", &done.own.project_id.unwrap().to_string())])
            .await
            .unwrap();
        jobs::run_due(&t.app).await.unwrap();
        let again = row(&t, again).await;
        assert_eq!((again.state.as_str(), again.created, again.own.updated), ("done", 0, 0));
        assert_eq!(contributions(&t).await, 1);

        t.clock.advance(TimeDelta::days(8));
        work::sweep::<Contributions>(t.app.clone(), String::new()).await.unwrap();
        assert_eq!(kept(&t), Vec::<String>::new());
        let page = text(pages::show::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("/annuler") && !page.contains('⟦'), "known for as long as it can be taken back");
        t.clock.advance(TimeDelta::days(84));
        work::sweep::<Contributions>(t.app.clone(), String::new()).await.unwrap();
        assert!(matches!(pages::show::<Contributions>(owner(&t), Path(id)).await, Err(Error::NotFound)));
    }
}

mod by_command;
mod guards;
mod preview;
mod resumed;
mod undo;

/// A project that an import makes is a draft that nobody posts into, unless somebody says so; its name can be chosen.
#[tokio::test]
async fn the_project_of_a_file_is_named_and_waits_for_the_team() {
    #[derive(sea_orm::FromQueryResult, Debug, PartialEq)]
    struct Made {
        title: String,
        slug: String,
        state: String,
        posting: bool,
    }
    for engine in engines() {
        let t = instance(engine).await;
        let made = async || {
            let sql = "SELECT p.title, p.slug, p.state, f.posting FROM project p JOIN phase f ON f.project_id = p.id \
                       ORDER BY p.created_at, p.id";
            db::all::<Made>(t.app.db.read(), sql, vec![]).await.unwrap()
        };
        let bring = async |name: &str, fields: &[(&str, &str)]| {
            let id = send(&t, name, b"texte\nUn banc\n").await;
            let fields = [&[("faire", "importer"), ("projet", "")], fields].concat();
            let response = press(&t, id, &fields).await.unwrap();
            jobs::run_due(&t.app).await.unwrap();
            (id, response.status())
        };
        let (id, _) = bring("mairie-1252.csv", &[]).await;
        let row = |title: &str, slug: &str, state: &str, posting| Made {
            title: title.into(),
            slug: slug.into(),
            state: state.into(),
            posting,
        };
        let draft = || row("Mairie 1252", "mairie-1252", "draft", false);
        assert_eq!((made().await, self::row(&t, id).await.created), (vec![draft()], 1));
        let (_, status) = bring("b.csv", &[("nom", "  "), ("etat", "public")]).await;
        assert_eq!((status.as_u16(), made().await.len()), (422, 1), "a project has a name");
        bring("c.csv", &[("nom", "Boîte à idées 2025"), ("etat", "public"), ("ouvert", "1")]).await;
        assert_eq!(made().await, [draft(), row("Boîte à idées 2025", "boite-a-idees-2025", "published", true)]);
        // Nothing but a header makes nothing.
        let id = send(&t, "vide.csv", b"titre;texte\n").await;
        let page = text(pages::show::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("value=\"Vide\"") && !page.contains('⟦'), "{page}");
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((self::row(&t, id).await.state.as_str(), made().await.len()), ("done", 2));
    }
}

#[tokio::test]
async fn columns_are_remembered_by_their_headers_and_a_file_without_text_waits() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "a.csv", b"zut;flop\nUn banc;Gare\n").await;
        assert_eq!(
            (row(&t, id).await.state.as_str(), row(&t, id).await.problem.as_str()),
            ("failed", "no_text_column")
        );
        let refused = press(&t, id, &[("faire", "importer"), ("c0", "ignored")]).await.unwrap();
        assert_eq!(refused.status(), 422);
        press(&t, id, &[("faire", "essai"), ("c0", "text"), ("c1", "area")]).await.unwrap();
        assert_eq!((row(&t, id).await.state.as_str(), row(&t, id).await.created), ("checked", 1));
        let other = send(&t, "b.csv", b"FLOP;zut\nGare;Un parc\n").await;
        let other = row(&t, other).await;
        assert_eq!((other.roles.as_str(), other.remembered, other.created), ("area text", true, 1));
        // What the law forbids stays unread, whatever is sent.
        let id = send(&t, "c.csv", b"texte;religion\nUn banc;aucune\n").await;
        press(&t, id, &[("faire", "essai"), ("c1", "tag")]).await.unwrap();
        assert_eq!(row(&t, id).await.roles, "text ignored");
    }
}

#[tokio::test]
async fn a_killed_import_is_resumed_and_a_stopped_one_says_so() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut file = String::from("id,text\n");
        (0..1200).for_each(|i| file.push_str(&format!("{i},idée {i}\n")));
        let id = send(&t, "idees.csv", file.as_bytes()).await;
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        // A worker takes it, and is killed before it says anything.
        assert!(store::claim::<Contributions>(&t.app, id).await.unwrap().is_some());
        assert_eq!(store::claim::<Contributions>(&t.app, id).await.unwrap(), None, "one worker at a time");
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((row(&t, id).await.state.as_str(), contributions(&t).await), ("running", 0));
        assert!(matches!(press(&t, id, &[("faire", "reprendre")]).await, Err(Error::Refused(_))), "it still runs");
        t.clock.advance(TimeDelta::minutes(2));
        let page = text(pages::show::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("value=\"reprendre\"") && !page.contains('⟦'));
        press(&t, id, &[("faire", "reprendre")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((row(&t, id).await.state.as_str(), contributions(&t).await), ("done", 1200));

        let id = send(&t, "autres.csv", file.as_bytes()).await;
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        let hold = store::claim::<Contributions>(&t.app, id).await.unwrap().unwrap();
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((row(&t, id).await.state.as_str(), contributions(&t).await), ("stopped", 1200));
        assert!(!store::beat::<Contributions>(&t.app, hold, 1, 2).await.unwrap(), "the work would hear it");
        press(&t, id, &[("faire", "oublier")]).await.unwrap();
        assert!(matches!(pages::show::<Contributions>(owner(&t), Path(id)).await, Err(Error::NotFound)));
        assert!(kept(&t).iter().all(|name| !name.starts_with(&id.to_string())));
    }
}

#[tokio::test]
async fn what_is_no_file_of_contributions_is_refused_by_name() {
    for engine in engines() {
        let t = instance(engine).await;
        brought::refuses_what_is_no_file::<Contributions>(&t).await;
        assert_eq!(db::count(t.app.db.read(), "SELECT count(*) FROM import_file", vec![]).await.unwrap(), 0);
        assert!(kept(&t).is_empty());
        for role in [Role::Moderator(vec![]), Role::Analyst] {
            let refused =
                pages::receive::<Contributions>(ctx(&t, role.clone(), Lang::Fr), sent("x.csv", b"texte\na\n")).await;
            assert!(matches!(refused, Err(Error::Refused(_))));
            assert!(pages::list::<Contributions>(ctx(&t, role, Lang::Fr)).await.is_err());
        }
    }
}

#[tokio::test]
async fn whoever_leaves_the_team_leaves_no_name_on_files() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "a.csv", b"texte\na\n").await;
        assert_eq!(row(&t, id).await.actor_id, Some(Uuid::from_u128(9)));
        t.write(|tx, _, moment| {
            Box::pin(async move {
                let how = parvis_kernel::module::Forget::KeepTexts;
                crate::personal::forget(tx, &moment, Uuid::from_u128(9), how).await
            })
        })
        .await;
        let left = "SELECT count(*) FROM import_file WHERE actor_id = $1";
        assert_eq!(db::count(t.app.db.read(), left, args![Uuid::from_u128(9)]).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_text_that_no_backup_has_is_gone_and_what_a_kill_left_goes() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "a.csv", b"texte\na\n").await;
        let folder = t.dir.path().join("imports/contributions");
        let stray = folder.join(format!("{}.txt", Uuid::from_u128(5)));
        std::fs::write(&stray, b"texte\n").unwrap();
        let old = t.app.clock.now() - TimeDelta::hours(2);
        for file in std::fs::read_dir(&folder).unwrap() {
            let file = std::fs::File::options().write(true).open(file.unwrap().path()).unwrap();
            file.set_modified(old.into()).unwrap();
        }
        work::sweep::<Contributions>(t.app.clone(), String::new()).await.unwrap();
        assert!(!stray.exists() && row(&t, id).await.kept);
        let text_file = folder.join(format!("{id}.txt"));
        assert!(text_file.exists(), "what is named stays");
        std::fs::remove_file(text_file).unwrap();
        let page = text(pages::show::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(!page.contains("value=\"importer\""), "{page}");
        t.clock.advance(TimeDelta::hours(2));
        work::sweep::<Contributions>(t.app.clone(), String::new()).await.unwrap();
        assert_eq!((row(&t, id).await.kept, row(&t, id).await.state.as_str()), (false, "failed"));
    }
}

#[tokio::test]
async fn the_refused_lines_of_a_large_import_leave_whole_and_in_order_without_being_held() {
    use futures::StreamExt;
    const ROWS: u64 = 6500;
    let is_good = |row: u64| row < 400 || row % 61 == 5;
    for engine in engines() {
        let t = instance(engine).await;
        let mut file = String::from("id;Texte;Date (31/12/2025)\n");
        for row in 0..ROWS {
            let day = if is_good(row) { "03/05/2026" } else { "31/02/2026" };
            file.push_str(&format!(
                "{row};Il faudrait un banc au {row} de la rue, {};{day}\n",
                "bien à l’ombre ".repeat(9)
            ));
        }
        let id = send(&t, "avis.csv", file.as_bytes()).await;
        assert_eq!(row(&t, id).await.state, "checking", "it is tried in the background");
        jobs::run_due(&t.app).await.unwrap();
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((row(&t, id).await.state.as_str(), row(&t, id).await.refused), ("done", 6000), "{engine:?}");

        let response = pages::refused::<Contributions>(owner(&t), Path(id)).await.unwrap();
        let (mut whole, mut largest) = (Vec::new(), 0);
        let mut parts = response.into_body().into_data_stream();
        while let Some(part) = parts.next().await {
            let part = part.unwrap();
            largest = largest.max(part.len());
            whole.extend_from_slice(&part);
        }
        assert!(largest * 10 < whole.len(), "{largest} of {} bytes at once", whole.len());
        let whole = String::from_utf8(whole).unwrap();
        let mut lines = whole.trim_start_matches('\u{feff}').lines();
        assert!(lines.next().unwrap().ends_with(";Ligne;Raison"));
        for row in (0..ROWS).filter(|row| !is_good(*row)) {
            let (line, place) = (lines.next().unwrap(), format!(";31/02/2026;{};", row + 2));
            assert!(line.starts_with(&format!("{row};\"Il faudrait")) && line.contains(&place), "{row}: {line}");
        }
        assert_eq!(lines.next(), None, "{engine:?}");
    }
}
