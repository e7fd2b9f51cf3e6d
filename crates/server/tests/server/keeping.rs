//! Backups that are made by themselves, and things that go by themselves.

use std::fs;

use axum::http::StatusCode;
use chrono::TimeDelta;
use parvis::worker;
use parvis_instance::keeping::{plan, reading, store, work};
use parvis_kernel::{args, db, permission::Role};
use parvis_testing::engines;

use crate::support::Site;

/// The files in the folder of backups.
fn kept(site: &Site) -> Vec<String> {
    let entries = fs::read_dir(site.test.dir.path().join(work::FOLDER));
    let mut names: Vec<String> =
        entries.into_iter().flatten().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_asked_for_made_read_back_and_taken_away_by_an_owner() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let (_, mut administrator) = site.team(Role::Administrator).await;
        let page = administrator.get("/equipe/reglages/sauvegardes").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("Aucune sauvegarde pour l’instant") && !page.text.contains('⟦'));
        for _ in 0..2 {
            let asked = administrator.post("/equipe/reglages/sauvegardes/maintenant", &[]).await;
            assert_eq!(asked.location, "/equipe/reglages/sauvegardes?fait=sauvegarde");
        }
        worker::drain(site.app()).await.unwrap();
        let made = store::latest(site.app().db.read()).await.unwrap();
        assert_eq!(made.len(), 1, "asked twice while it waits, made once");
        assert!(made[0].state == "done" && made[0].checked_at.is_some() && made[0].held > 0, "{made:?}");
        assert_eq!(kept(&site), [made[0].file.clone()]);
        let path = site.test.dir.path().join(work::FOLDER).join(&made[0].file);
        assert_eq!(i64::try_from(reading::verify(&path).unwrap().rows()).unwrap(), made[0].held);
        let address = format!("/equipe/reglages/sauvegardes/{}", made[0].id);
        assert_eq!(administrator.post(&address, &[]).await.status, StatusCode::FORBIDDEN, "it holds the key");
        let (_, mut owner) = site.team(Role::Owner).await;
        let page = owner.get("/equipe/reglages/sauvegardes").await;
        assert!(page.text.contains("Relue en entier"), "{}", page.text);
        assert!(owner.post(&address, &[]).await.text.starts_with("PK"));
        let noted = "SELECT count(*) FROM activity WHERE kind = 'backup.taken'";
        assert_eq!(db::count(site.app().db.read(), noted, vec![]).await.unwrap(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_are_made_by_night_and_the_oldest_make_room() {
    for engine in engines() {
        let site = Site::open(engine).await;
        site.app().db.write(|tx| Box::pin(plan::change(tx, |plan| plan.kept = 2))).await.unwrap();
        for _ in 0..4 {
            worker::turn(site.app()).await.unwrap();
            worker::turn(site.app()).await.unwrap();
            site.test.clock.advance(TimeDelta::days(1));
        }
        let made = store::latest(site.app().db.read()).await.unwrap();
        assert_eq!(made.len(), 4, "one a night: {made:?}");
        assert!(made.iter().all(|b| b.state == "done" && b.cause == "schedule"));
        assert_eq!(kept(&site).len(), 2);
        assert_eq!(made.iter().filter(|b| b.is_kept()).count(), 2);
        let gone = made.last().unwrap();
        let (_, mut owner) = site.team(Role::Owner).await;
        let page = owner.post(&format!("/equipe/reglages/sauvegardes/{}", gone.id), &[]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_can_not_be_written_says_why_and_one_that_was_cut_too() {
    for engine in engines() {
        let site = Site::open(engine).await;
        // A file where the folder should be.
        fs::write(site.test.dir.path().join(work::FOLDER), b"").unwrap();
        work::ask(site.app(), "hand").await.unwrap().unwrap();
        assert!(work::ask(site.app(), "hand").await.unwrap().is_none(), "one at a time");
        worker::drain(site.app()).await.unwrap();
        let (_, mut owner) = site.team(Role::Owner).await;
        let page = owner.get("/equipe/reglages/sauvegardes").await.text;
        assert!(page.contains("Échouée") && page.contains("Faites de la place"), "{page}");
        fs::remove_file(site.test.dir.path().join(work::FOLDER)).unwrap();
        // A program that ends in the middle: its job is lost with it.
        let cut = work::ask(site.app(), "hand").await.unwrap().unwrap();
        site.app().db.write(|tx| Box::pin(async move { db::run(tx, "DELETE FROM job", vec![]).await })).await.unwrap();
        site.test.clock.advance(TimeDelta::hours(2));
        assert!(work::ask(site.app(), "hand").await.unwrap().is_some(), "the cut one is in nobody's way");
        worker::drain(site.app()).await.unwrap();
        let all = store::latest(site.app().db.read()).await.unwrap();
        assert_eq!(all.iter().find(|b| b.id == cut).unwrap().problem, "cut");
        assert_eq!(all[0].state, "done");
    }
}

#[tokio::test]
async fn the_rhythm_is_checked_and_kept() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let (_, mut owner) = site.team(Role::Owner).await;
        let path = "/equipe/reglages/sauvegardes";
        for (every, kept) in [("semaine", "0"), ("semaine", "61"), ("heure", "7"), ("jour", "beaucoup")] {
            let answer = owner.post(path, &[("every", every), ("kept", kept)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{every} {kept}");
            assert!(answer.text.contains("aria-invalid"), "beside the field");
        }
        assert_eq!(owner.post(path, &[("every", "semaine"), ("kept", "12")]).await.status, StatusCode::SEE_OTHER);
        let plan = plan::read(site.app().db.read()).await.unwrap();
        assert_eq!((plan.every, plan.kept), (plan::Every::Week, 12));
    }
}

#[tokio::test]
async fn what_was_kept_long_enough_goes_as_the_page_says() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let old = parvis_testing::start() - TimeDelta::days(100);
        site.app()
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let sql =
                        "INSERT INTO activity (id, at, kind, subject_kind) VALUES ($1, $2, 'page.changed', 'page')";
                    for (n, at) in [old, parvis_testing::start()].into_iter().enumerate() {
                        db::run(tx, sql, args![uuid::Uuid::from_u128(n as u128 + 1), at]).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        let (_, mut owner) = site.team(Role::Owner).await;
        let path = "/equipe/reglages/conservation";
        let page = owner.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text.contains('⟦'));
        let periods: Vec<(&str, String)> = site
            .app()
            .modules
            .iter()
            .flat_map(|m| m.retention())
            .map(|r| (r.code, if r.code == "journal" { "95".to_owned() } else { r.days.to_string() }))
            .collect();
        assert!(periods.len() >= 9, "every room says its periods");
        let mut fields: Vec<(&str, &str)> = periods.iter().map(|(code, days)| (*code, days.as_str())).collect();
        fields.push(("essayer", "1"));
        let tried = owner.post(path, &fields).await;
        assert!(tried.status == StatusCode::OK && tried.text.contains("1 ligne partirait"), "{}", tried.text);
        assert!(plan::read(site.app().db.read()).await.unwrap().days.is_empty(), "trying keeps nothing");
        fields.pop();
        assert_eq!(owner.post(path, &fields).await.status, StatusCode::SEE_OTHER);
        let wrong = owner.post(path, &[("journal", "3")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        worker::turn(site.app()).await.unwrap();
        let left = "SELECT count(*) FROM activity WHERE kind = 'page.changed'";
        assert_eq!(db::count(site.app().db.read(), left, vec![]).await.unwrap(), 1);
    }
}
