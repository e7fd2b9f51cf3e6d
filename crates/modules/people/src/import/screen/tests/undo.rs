//! An import of people taken back: what nobody used since goes, what was there is what it was, and the ledger says so.

use parvis_kernel::module::Forget;

use super::{
    super::{
        undo::{self, Order},
        undo_pages,
    },
    *,
};
use crate::{consents, space::erase_person};

/// People who were known before, without a telephone; the last with all that the file says.
const KNOWN: [&str; 4] = ["eve", "fay", "gus", "hal"];

const FILE: &str = "nom;mail;tel;adresse;accord\nAda;ada@b.example;0612345601;;oui 12/03/2025\nBen;ben@b.example;0612345602;;\n\
    Cid;cid@b.example;0612345603;;\nDan;dan@b.example;0612345604;;\nEve;eve@b.example;0612345605;;oui 12/03/2025\n\
    Fay;fay@b.example;0612345606;1 place;\nGus;gus@b.example;0612345607;;non\nhal;hal@b.example;;;\nIda;ida@b.example;;;non\n";

async fn run(t: &TestApp, sql: &'static str, email: &str) {
    let email = email.to_owned();
    t.write(move |tx, _, _| {
        let email = email.clone();
        Box::pin(async move { db::run(tx, sql, args![email]).await.map(drop) })
    })
    .await;
}

async fn person(t: &TestApp, email: &str) -> persons::Person {
    persons::by_email(t.app.db.read(), email).await.unwrap().unwrap()
}

async fn known(t: &TestApp) {
    t.write(|tx, _, moment| {
        Box::pin(async move {
            for name in KNOWN {
                persons::ensure(tx, &moment, &format!("{name}@b.example"), name, Lang::Fr).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn brought(t: &TestApp, text: &str) -> Uuid {
    let id = send(t, "gens.csv", text.as_bytes()).await;
    import(t, id).await;
    jobs::run_due(&t.app).await.unwrap();
    assert_eq!(row(t, id).await.state, "done");
    id
}

async fn take_back(t: &TestApp, id: Uuid) -> parvis_kernel::Result<Response> {
    undo_pages::ask(owner(t), Path(id), Form::new()).await
}

async fn count(t: &TestApp, sql: &str) -> i64 {
    db::count(t.app.db.read(), sql, vec![]).await.unwrap()
}

/// Somebody writes a note, signs in, corrects a number, an address.
async fn used(t: &TestApp) {
    let ben = person(t, "ben@b.example").await.id;
    t.write(move |tx, _, moment| {
        Box::pin(async move {
            let sql = "INSERT INTO person_note (id, person_id, actor_id, body, at) VALUES ($1, $2, $3, 'Rappeler', $4)";
            db::run(tx, sql, args![moment.id(), ben, Uuid::from_u128(9), moment.now]).await.map(drop)
        })
    })
    .await;
    run(t, "UPDATE person SET seen_at = created_at WHERE email_key = $1", "cid@b.example").await;
    run(t, "UPDATE person SET phone = '+33700000000' WHERE email_key = $1", "dan@b.example").await;
    run(t, "UPDATE person SET address = '2 place' WHERE email_key = $1", "fay@b.example").await;
}

#[tokio::test]
async fn sheets_nobody_used_go_and_the_others_are_what_they_were() {
    for engine in engines() {
        let t = instance(engine).await;
        known(&t).await;
        let id = brought(&t, FILE).await;
        used(&t).await;
        let would = undo::preview(t.app.db.read(), id, 20).await.unwrap();
        assert_eq!((would.goes, would.put_back, would.kept), (2, 3, 5), "{engine:?}");
        let mut why: Vec<_> = would.named.iter().map(|j| (j.name.as_str(), j.why.as_str())).collect();
        why.sort_unstable();
        let reasons = [("Ben", "noted"), ("Cid", "seen"), ("Dan", "changed"), ("fay", "changed"), ("gus", "refused")];
        assert_eq!(why, reasons);
        for lang in Lang::ALL {
            let page = text(undo_pages::show(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(!page.contains('⟦') && page.contains(">Ben<") && !page.contains(">Ada<"), "{page}");
            let one = text(pages::show::<Persons>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(one.contains("/annuler\"") && !one.contains('⟦'), "{one}");
        }
        for role in [Role::Analyst, Role::Moderator(vec![])] {
            assert!(undo_pages::show(ctx(&t, role.clone(), Lang::Fr), Path(id)).await.is_err());
            assert!(undo_pages::ask(ctx(&t, role, Lang::Fr), Path(id), Form::new()).await.is_err());
        }
        let (ada, eve) = (person(&t, "ada@b.example").await.id, person(&t, "eve@b.example").await.id);
        take_back(&t, id).await.unwrap();
        assert!(matches!(take_back(&t, id).await, Err(Error::Refused(_))), "once is enough");
        let read = t.app.db.read();
        assert!(persons::by_email(read, "ada@b.example").await.unwrap().is_none(), "{engine:?}");
        assert!(persons::by_email(read, "ida@b.example").await.unwrap().is_none());
        for email in ["ben@b.example", "cid@b.example", "dan@b.example", "hal@b.example"] {
            assert!(persons::by_email(read, email).await.unwrap().is_some(), "{email}");
        }
        let fay = person(&t, "fay@b.example").await;
        assert_eq!((fay.phone, fay.address.as_str()), (None, "2 place"), "what was corrected stays");
        assert_eq!(person(&t, "eve@b.example").await.phone, None);
        // An accord is taken back in the ledger, of a sheet that is gone too; a refusal stays.
        for id in [ada, eve] {
            let ledger = consents::of_person(read, id).await.unwrap();
            let said: Vec<_> = ledger.iter().map(|c| (c.state.as_str(), c.source.as_str())).collect();
            assert_eq!(said, [("withdrawn", "import_undone"), ("given", "import")], "{engine:?}");
        }
        let gus = consents::of_person(read, person(&t, "gus@b.example").await.id).await.unwrap();
        assert_eq!(gus.iter().map(|c| c.state.as_str()).collect::<Vec<_>>(), ["objected"]);
        assert_eq!(
            count(&t, "SELECT count(*) FROM person WHERE folded LIKE '%ada%' OR folded LIKE '%612345605%'").await,
            0
        );
        // The job finds it done; the journal has one line.
        jobs::run_due(&t.app).await.unwrap();
        let done = row(&t, id).await.own;
        assert_eq!((done.undo_state.as_str(), done.undone, done.put_back, done.brought), ("done", 2, 3, false));
        assert_eq!(count(&t, "SELECT count(*) FROM activity WHERE kind = 'person.import_undone'").await, 1);
        for lang in Lang::ALL {
            let page = text(pages::show::<Persons>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await;
            assert!(!page.contains('⟦') && !page.contains("/annuler\""), "{page}");
        }
        let list = text(pages::list::<Persons>(owner(&t)).await.unwrap()).await;
        for page in [list, text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await] {
            assert!(
                page.contains("Annulé</span>") && page.contains("Annulé par Nadia, à l’instant"),
                "{engine:?}: {page}"
            );
            assert!(!page.contains("Fini</span>") && !page.contains("C’est importé"), "{page}");
        }
        // The same file again brings back what went, and only that.
        let again = brought(&t, FILE).await;
        assert_eq!((row(&t, again).await.created, row(&t, again).await.own.same), (2, 4), "{engine:?}");
    }
}

#[tokio::test]
async fn who_is_in_another_file_too_stays_until_that_one_is_taken_back() {
    for engine in engines() {
        let t = instance(engine).await;
        let first = brought(&t, "nom;mail;tel\nAda;ada@b.example;0612345601\nBen;ben@b.example;\n").await;
        let second = brought(&t, "nom;mail\nAda;ada@b.example\n").await;
        take_back(&t, first).await.unwrap();
        assert_eq!(
            (row(&t, first).await.own.undone, imported(&t).await),
            (1, 2),
            "{engine:?}: an emptied sheet is none"
        );
        assert!(persons::by_email(t.app.db.read(), "ada@b.example").await.unwrap().is_some());
        take_back(&t, second).await.unwrap();
        assert_eq!(row(&t, second).await.own.undone, 0, "it had made nothing");
        assert_eq!(count(&t, "SELECT count(*) FROM person_brought").await, 0);
    }
}

#[tokio::test]
async fn a_long_undo_is_a_job_that_goes_on_where_it_was_killed() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut file = String::from("mail\n");
        (0..450).for_each(|i| file.push_str(&format!("p{i}@b.example\n")));
        let id = brought(&t, &file).await;
        let standing = "SELECT count(*) FROM person WHERE email LIKE 'p%@b.example'";
        take_back(&t, id).await.unwrap();
        assert_eq!((row(&t, id).await.own.undo_state.as_str(), count(&t, standing).await), ("asked", 450));
        let page = text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("data-live") && !page.contains('⟦'));
        assert!(matches!(press(&t, id, &[("faire", "oublier")]).await, Err(Error::Refused(_))), "it is at work");
        t.clock.advance(TimeDelta::days(40));
        work::sweep::<Persons>(t.app.clone(), String::new()).await.unwrap();
        // A worker does one part and dies; two go on at once.
        let order = Order { id, actor: Some(Uuid::from_u128(9)) };
        assert!(undo::part(&t.app, order, Uuid::nil()).await.unwrap().is_some());
        assert_eq!((count(&t, standing).await, row(&t, id).await.own.undone), (250, 200), "{engine:?}");
        let (one, other) = tokio::join!(undo::at_once(&t.app, order), undo::at_once(&t.app, order));
        one.unwrap();
        other.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((count(&t, standing).await, row(&t, id).await.own.undone), (0, 450), "{engine:?}");
        assert_eq!(count(&t, "SELECT count(*) FROM activity WHERE kind = 'person.import_undone'").await, 1);
        assert_eq!(jobs::unfinished(&t.app.db).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn an_import_that_was_stopped_is_taken_back_and_not_gone_on_with() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut file = String::from("mail\n");
        (0..450).for_each(|i| file.push_str(&format!("p{i}@b.example\n")));
        let id = send(&t, "gens.csv", file.as_bytes()).await;
        assert!(take_back(&t, id).await.is_err(), "it wrote nothing");
        import(&t, id).await;
        let hold = store::claim::<Persons>(&t.app, id).await.unwrap().unwrap();
        guards::run_until(&t, hold, 200).await;
        assert!(take_back(&t, id).await.is_err(), "it is at work");
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        let page = text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("/annuler\"") && page.contains("value=\"reprendre\""), "{page}");
        take_back(&t, id).await.unwrap();
        assert_eq!(
            (row(&t, id).await.own.undone, row(&t, id).await.own.undo_state.as_str()),
            (200, "done"),
            "{engine:?}"
        );
        for fields in [&[("faire", "reprendre")][..], &[("faire", "essai")][..]] {
            assert!(press(&t, id, fields).await.is_err());
        }
        let page = text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("t-repris") && !page.contains("value=\"reprendre\"") && !page.contains('⟦'), "{page}");
    }
}

#[tokio::test]
async fn after_thirty_days_nothing_is_known_of_it_and_an_erasure_forgets_at_once() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = brought(&t, "mail\nada@b.example\nben@b.example\n").await;
        let ada = person(&t, "ada@b.example").await.id;
        let data = crate::import::of_person(t.app.db.read(), ada).await.unwrap();
        assert_eq!((data.len(), data[0]["origin"].as_str()), (1, Some("Adhésions 2025")));
        t.write(move |tx, app, moment| {
            Box::pin(async move { erase_person(tx, &app, &moment, ada, Forget::KeepTexts).await })
        })
        .await;
        assert_eq!(count(&t, "SELECT count(*) FROM person_brought").await, 1, "{engine:?}");
        t.clock.advance(TimeDelta::days(29));
        work::sweep::<Persons>(t.app.clone(), String::new()).await.unwrap();
        assert!(undo_pages::show(owner(&t), Path(id)).await.unwrap().status().is_success());
        t.clock.advance(TimeDelta::days(2));
        assert!(take_back(&t, id).await.is_err(), "too late");
        work::sweep::<Persons>(t.app.clone(), String::new()).await.unwrap();
        assert_eq!(count(&t, "SELECT count(*) FROM person_brought").await, 0);
        assert!(matches!(pages::show::<Persons>(owner(&t), Path(id)).await, Err(Error::NotFound)));
    }
}
