//! An import taken back: what nobody built on goes, once, whatever kills the work; the rest stays and is named.

use parvis_people::persons;

use super::{super::undo, super::undo_pages, *};
use crate::{
    ideas::{Status, store as ideas},
    reactions::{self, Reaction},
};

const FILE: &str = "id,title,text,status,answer,answered_at\n1,Un,Un banc,\n2,Deux,Un parc,accepted,Oui,2025-01-02\n3,Trois,Un pont,\n4,Quatre,Une rue,\n\
    5,Cinq,Une place,\n6,Six,Un mur,\n7,Sept,Un bac,\n";

async fn imported(t: &TestApp) -> Uuid {
    let id = send(t, "avis.csv", FILE.as_bytes()).await;
    press(t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
    jobs::run_due(&t.app).await.unwrap();
    assert_eq!((row(t, id).await.state.as_str(), row(t, id).await.created), ("done", 7));
    id
}

async fn idea(t: &TestApp, title: &str) -> ideas::Stored {
    let sql = "SELECT id FROM contribution WHERE title = $1";
    let id: Uuid = db::scalar(t.app.db.read(), sql, args![title]).await.unwrap().unwrap();
    let c = ideas::find(t.app.db.read(), id).await.unwrap();
    ideas::Stored { id: c.id, number: c.number }
}

async fn under(t: &TestApp, idea: Uuid, reply_to: Option<Uuid>, file: Option<Uuid>) -> Uuid {
    t.write(move |tx, _, moment| {
        Box::pin(async move {
            let project: Uuid =
                db::scalar(tx, "SELECT project_id FROM contribution WHERE id = $1", args![idea]).await?.unwrap();
            let new = ideas::New {
                idea: Some(idea),
                reply_to,
                ..ideas::New::idea(project, Uuid::from_u128(5), "Un avis", Status::Proposed)
            };
            let stored = ideas::insert(tx, &moment, &new).await?;
            if let Some(file) = file {
                let sql = "INSERT INTO import_range (file_id, first_number, last_number) VALUES ($1, $2, $2)";
                db::run(tx, sql, args![file, stored.number]).await?;
            }
            Ok(stored.id)
        })
    })
    .await
}

async fn titles(t: &TestApp) -> Vec<String> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        title: String,
    }
    let sql = "SELECT title FROM contribution WHERE kind = 'idea' ORDER BY number";
    let rows: Vec<Row> = db::all(t.app.db.read(), sql, vec![]).await.unwrap();
    rows.into_iter().map(|r| r.title).collect()
}

#[tokio::test]
async fn what_nobody_built_on_goes_and_the_rest_is_named() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = imported(&t).await;
        // One is supported, two commented on (one by the file itself), one followed, one given to somebody.
        let one = idea(&t, "Un").await.id;
        t.write(move |tx, _, moment| {
            Box::pin(async move {
                reactions::set(tx, &moment, one, Uuid::from_u128(4), true, Some(Reaction::Support)).await.map(drop)
            })
        })
        .await;
        let (three, four) = (idea(&t, "Trois").await.id, idea(&t, "Quatre").await.id);
        let own = under(&t, three, None, Some(id)).await;
        under(&t, three, Some(own), Some(id)).await;
        let foreign_to = under(&t, four, None, Some(id)).await;
        under(&t, four, Some(foreign_to), None).await;
        under(&t, four, None, Some(id)).await;
        let five = idea(&t, "Cinq").await.id;
        t.write(move |tx, _, moment| {
            Box::pin(async move {
                let ines = persons::ensure(tx, &moment, "ines@rivemont.example", "Inès", Lang::Fr).await?;
                let sql =
                    "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) VALUES ($1, $2, 'now', $3)";
                db::run(tx, sql, args![five, ines.id, moment.now]).await
            })
        })
        .await;
        let (six, seven) = (idea(&t, "Six").await.id, idea(&t, "Sept").await.id);
        t.write(move |tx, _, moment| {
            Box::pin(async move {
                let sql =
                    "INSERT INTO handling (contribution_id, holder_id, held_at, assignee_id) VALUES ($1, $2, $3, $4)";
                db::run(tx, sql, args![six, Uuid::from_u128(9), moment.now, Uuid::from_u128(9)]).await?;
                // Somebody only had a look.
                db::run(tx, sql, args![seven, Uuid::from_u128(9), moment.now, None::<Uuid>]).await
            })
        })
        .await;
        let read = t.app.db.read();
        let would = undo::preview(read, id).await.unwrap();
        assert_eq!((would.ideas, would.comments, would.kept), (3, 3, 5));
        let kept = undo::kept(read, id, 20).await.unwrap();
        let why: Vec<&str> = kept.iter().map(undo::Stays::why).collect();
        assert_eq!(why, ["supported", "commented", "followed", "changed", "commented"]);
        for lang in Lang::ALL {
            let page = text(undo_pages::show(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(!page.contains('⟦') && page.contains("Quatre") && !page.contains(">Sept<"), "{page}");
        }
        for role in [Role::Analyst, Role::Moderator(vec![])] {
            assert!(undo_pages::show(ctx(&t, role.clone(), Lang::Fr), Path(id)).await.is_err());
            assert!(undo_pages::ask(ctx(&t, role, Lang::Fr), Path(id), Form::new()).await.is_err());
        }
        undo_pages::ask(owner(&t), Path(id), Form::new()).await.unwrap();
        let twice = undo_pages::ask(owner(&t), Path(id), Form::new()).await;
        assert!(matches!(twice, Err(Error::Refused(_))), "once is enough");
        assert!(matches!(press(&t, id, &[("faire", "oublier")]).await, Err(Error::Refused(_))), "it is at work");
        let page = text(pages::show::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("data-live") && !page.contains('⟦'));
        let list = text(pages::list::<Contributions>(owner(&t)).await.unwrap()).await;
        for seen in [&page, &list] {
            assert!(seen.contains("Annulation en cours</span>") && !seen.contains("Fini</span>"), "{seen}");
        }
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(titles(&t).await, ["Un", "Quatre", "Cinq", "Six"]);
        let answers = db::count(read, "SELECT count(*) FROM answer", vec![]).await.unwrap();
        assert_eq!(answers, 0, "the answer of the file went with its idea");
        let left = row(&t, id).await;
        assert_eq!((left.own.undo_state.as_str(), left.own.undone), ("done", 6));
        assert_eq!(contributions(&t).await, 6, "four ideas, a comment that was answered, and the answer");
        let of_four: i64 =
            db::count(read, "SELECT comments FROM contribution WHERE id = $1", args![four]).await.unwrap();
        assert_eq!(of_four, 2, "the count on what stays is exact");
        let journal = "SELECT count(*) FROM activity WHERE kind = 'import.undone' AND actor_id = $1";
        assert_eq!(db::count(read, journal, args![Uuid::from_u128(9)]).await.unwrap(), 1);
        for lang in Lang::ALL {
            let page = text(pages::show::<Contributions>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(!page.contains('⟦') && !page.contains("/annuler"), "{page}");
        }
        // Once taken back it says so wherever it is named, with when and by whom, as far as they are known.
        let seen = async || {
            let one = text(pages::show::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
            [one, text(pages::list::<Contributions>(owner(&t)).await.unwrap()).await]
        };
        for page in seen().await {
            assert!(page.contains("Annulé</span>") && page.contains("Annulé, à l’instant"), "{engine:?}: {page}");
            assert!(!page.contains("Fini</span>") && !page.contains("C’est importé"), "{page}");
        }
        t.write(|tx, _, _| {
            Box::pin(async move {
                let sql = "UPDATE activity SET actor_id = (SELECT id FROM person WHERE name = 'Inès') \
                           WHERE kind = 'import.undone'";
                db::run(tx, sql, args![]).await
            })
        })
        .await;
        for page in seen().await {
            assert!(page.contains("Annulé par Inès, à l’instant"), "{engine:?}: {page}");
        }
        if engine == Engine::Sqlite {
            let orphans =
                "SELECT count(*) FROM contribution_search WHERE rowid NOT IN (SELECT number FROM contribution)";
            assert_eq!(db::count(read, orphans, vec![]).await.unwrap(), 0, "the search forgets too");
        }
        // The same file again brings back what went, and only that.
        let again = send(&t, "avis.csv", FILE.as_bytes()).await;
        press(&t, again, &[("faire", "importer"), ("projet", &left.own.project_id.unwrap().to_string())])
            .await
            .unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(row(&t, again).await.created, 3);
    }
}

#[tokio::test]
async fn a_killed_undo_goes_on_where_it_was() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut file = String::from("id,text\n");
        (0..1300).for_each(|i| file.push_str(&format!("{i},idée {i}\n")));
        let id = send(&t, "idees.csv", file.as_bytes()).await;
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        undo_pages::ask(owner(&t), Path(id), Form::new()).await.unwrap();
        // A worker claims the job, does one part, and dies.
        let far = t.app.clock.now() + TimeDelta::minutes(2);
        t.write(move |tx, _, _| {
            Box::pin(async move {
                let sql =
                    "UPDATE job SET state = 'running', locked_until = $1 WHERE kind = 'participation.import_undo'";
                db::run(tx, sql, args![far]).await
            })
        })
        .await;
        assert!(undo::part(&t.app, id, "c.kind = 'idea'", 0).await.unwrap().is_some());
        assert_eq!((contributions(&t).await, row(&t, id).await.own.undone), (800, 500));
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(contributions(&t).await, 800, "it is held");
        t.clock.advance(TimeDelta::minutes(3));
        jobs::run_due(&t.app).await.unwrap();
        let left = row(&t, id).await;
        assert_eq!((contributions(&t).await, left.own.undone, left.own.undo_state.as_str()), (0, 1300, "done"));
        assert_eq!(jobs::unfinished(&t.app.db).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn another_sheet_of_the_workbook_is_read() {
    let book = {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, rows) in [("Notes", 1), ("Avis 2026", 3)] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            sheet.write_string(0, 0, "Titre").unwrap().write_string(0, 1, "Texte").unwrap();
            for r in 1..=rows {
                sheet.write_string(r, 0, format!("{name} {r}")).unwrap().write_string(r, 1, "Un banc").unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    };
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "classeur.xlsx", &book).await;
        assert_eq!((row(&t, id).await.read_as.as_str(), row(&t, id).await.created), ("sheet Notes", 1));
        for lang in Lang::ALL {
            let page = text(pages::show::<Contributions>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(page.contains("<option selected>Notes</option><option>Avis 2026</option>"), "{page}");
        }
        let wrong = press(&t, id, &[("faire", "feuille"), ("feuille", "Autre")]).await.unwrap();
        assert_eq!(wrong.status(), 422);
        assert!(text(wrong).await.contains("Notes, Avis 2026"), "the sheets there are, named");
        press(&t, id, &[("faire", "feuille"), ("feuille", "Avis 2026")]).await.unwrap();
        let read = row(&t, id).await;
        assert_eq!((read.read_as.as_str(), read.state.as_str(), read.created), ("sheet Avis 2026", "checked", 3));
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!(titles(&t).await, ["Avis 2026 1", "Avis 2026 2", "Avis 2026 3"]);
        assert!(kept(&t).iter().all(|name| !name.ends_with(".xlsx")), "the workbook is gone: {:?}", kept(&t));
        assert!(matches!(press(&t, id, &[("faire", "feuille"), ("feuille", "Notes")]).await, Err(Error::Refused(_))));
        // A text has no sheets.
        let plain = send(&t, "a.csv", b"texte\nUn banc\n").await;
        assert!(matches!(press(&t, plain, &[("faire", "feuille"), ("feuille", "x")]).await, Err(Error::NotFound)));
    }
}
