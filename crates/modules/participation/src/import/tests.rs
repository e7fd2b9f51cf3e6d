use std::{io::Cursor, sync::Arc};

use parvis_kernel::{module::Module, permission::Actor};
use parvis_people::People;
use parvis_tables::{Table, recognise};
use parvis_testing::{Engine, TestApp, engines, module::Nobody};

use super::*;
use crate::{
    Participation,
    ideas::{Status, store as ideas},
    moderation,
};

mod consultation;
mod decidim;
mod waits;

async fn instance(engine: Engine) -> TestApp {
    let modules: Vec<Arc<dyn Module>> = vec![Arc::new(People), Arc::new(Participation::default())];
    parvis_testing::app(engine, modules, Arc::new(Nobody)).await
}

async fn import(t: &TestApp, file: &[u8], stop_after: Option<u64>) -> Result<Report, Stop> {
    let mut table = Table::open(file, &Limits::default()).unwrap();
    let sample = table.sample(50);
    let mapping = recognise(table.headers(), &sample);
    let project = match existing_project(t.app.db.read(), "avis.csv").await.unwrap() {
        Some(project) => project,
        None => {
            let lang = parvis_kernel::words::Lang::Fr;
            let new = NewProject::named_after("avis.csv", &t.app.words, lang, true);
            make_project(&t.app, lang, "avis.csv", new).await.unwrap()
        }
    };
    let import = Import {
        app: &t.app,
        project: Some(project.id),
        file_name: "avis.csv",
        mapping: &mapping,
        limits: Limits::default(),
        file: None,
        actor: None,
        trial: false,
    };
    let mut progress = |p: Progress| match stop_after {
        Some(n) if p.done >= n => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    };
    run(&import, || Ok(Cursor::new(file.to_vec())), &mut progress).await
}

async fn count(t: &TestApp, what: &str) -> i64 {
    db::count(t.app.db.read(), &format!("SELECT count(*) FROM contribution c WHERE {what}"), vec![]).await.unwrap()
}

async fn stored(t: &TestApp, id: &str) -> crate::ideas::Contribution {
    let key: Uuid = db::scalar(t.app.db.read(), "SELECT id FROM contribution WHERE external_id = $1", args![id])
        .await
        .unwrap()
        .unwrap();
    ideas::find(t.app.db.read(), key).await.unwrap()
}

async fn list_a_word(t: &TestApp) {
    let words = BTreeMap::from([(parvis_kernel::words::Lang::Fr, "imbéciles".to_owned())]);
    let rules = screening::Rules { words, ..screening::Rules::default() };
    t.write(move |tx, _, _| {
        let rules = rules.clone();
        Box::pin(async move { screening::store::set_rules(tx, &rules, 0).await })
    })
    .await;
}

async fn publish(t: &TestApp, number: i64, version: i64, masked: bool) -> parvis_kernel::Result<()> {
    let (app, moment) = (t.app.clone(), t.app.moment());
    let settings = app.settings().await?;
    t.app
        .db
        .write(move |tx| {
            let (app, moment, settings) = (app.clone(), moment.clone(), settings.clone());
            Box::pin(async move {
                let actor = Actor::Person {
                    id: Uuid::from_u128(9),
                    name: String::new(),
                    session: Uuid::nil(),
                    role: Some(parvis_kernel::permission::Role::Owner),
                };
                let by = moderation::store::By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                let publish = moderation::store::Decision {
                    masked,
                    ..moderation::store::Decision::new(number, version, moderation::Action::Publish)
                };
                moderation::store::apply(tx, by, &publish).await.map(|_| ())
            })
        })
        .await
}

async fn decide(t: &TestApp, id: &str, status: Status) {
    let (id, moment) = (stored(t, id).await.id, t.app.moment());
    t.app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let change = ideas::Change { status: Some(status), ..Default::default() };
                ideas::change(tx, &moment, id, None, None, &change).await
            })
        })
        .await
        .unwrap();
}

/// What a file brings is looked at as what people write: a number or a listed word waits, with its reason, and gets the
/// status of the file once it is published.
#[tokio::test]
async fn numbers_and_listed_words_of_a_file_wait_to_be_checked() {
    const FILE: &str = "id;parent;texte;auteur;statut\n\
                        i1;;Un banc. Appelez-moi au 06 12 34 56 78;Léa;Acceptée\n\
                        i2;;Des imbéciles;;\ni3;;Rien à dire;;\nc1;i3;Écrire à lea@exemple.fr;;\n";
    for engine in engines() {
        let t = instance(engine).await;
        list_a_word(&t).await;
        let report = import(&t, FILE.as_bytes(), None).await.unwrap();
        assert_eq!((report.created, report.held), (4, 3));
        assert_eq!((count(&t, "c.visible").await, count(&t, "c.status = 'prescreening'").await), (1, 3));
        let one = async |id: &str| stored(&t, id).await;
        let (number, word, calm) = (one("i1").await, one("i2").await, one("i3").await);
        assert_eq!(calm.comments, 0, "the comment waits too");
        let kept = screening::store::reasons(t.app.db.read(), &[number.id, word.id]).await.unwrap();
        assert_eq!((kept[&number.id][0].why.as_str(), kept[&word.id][0].detail.as_str()), ("contact", "imbéciles"));
        let report = import(&t, FILE.as_bytes(), None).await.unwrap();
        assert_eq!((report.updated, report.held), (0, 0), "the same file changes nothing");

        // Published without the number: it has the status of the file, and the file does not bring the number back.
        let (id, version) = (number.number, number.version);
        publish(&t, id, version, true).await.unwrap();
        let online = one("i1").await;
        assert_eq!((online.status(), online.visible), (Status::Accepted, true));
        assert!(online.body.contains("[téléphone]"));
        assert_eq!(import(&t, FILE.as_bytes(), None).await.unwrap().updated, 0);
        assert_eq!(one("i1").await.body, online.body);
        // Other words of the file for a text that is online: shown, without what they hold.
        let other = FILE.replace("Un banc.", "Deux bancs.");
        assert_eq!(import(&t, other.as_bytes(), None).await.unwrap().updated, 1);
        assert_eq!(one("i1").await.body, "Deux bancs. Appelez-moi au [téléphone]");
        // Nobody of the team decided on it: it waits for them.
        let held = FILE.replace("i3;;Rien à dire", "i3;;Rien à dire, sauf au 06 12 34 56 78");
        assert_eq!(import(&t, held.as_bytes(), None).await.unwrap().held, 1);
    }
}

/// More than one statement of each kind takes.
#[tokio::test]
async fn many_held_rows_each_keep_their_reasons_and_their_status() {
    for engine in engines() {
        let t = instance(engine).await;
        list_a_word(&t).await;
        let mut file = String::from("id;texte;statut\n");
        for i in 0..1201 {
            let status = if i % 2 == 0 { "Acceptée" } else { "" };
            file.push_str(&format!("i{i};Des imbéciles, {i} fois. Appelez-moi au 06 12 34 56 78;{status}\n"));
        }
        assert_eq!(import(&t, file.as_bytes(), None).await.unwrap().held, 1201);
        let kept = "EXISTS (SELECT 1 FROM contact_text x WHERE x.contribution_id = c.id) \
                    AND EXISTS (SELECT 1 FROM screening x WHERE x.contribution_id = c.id AND x.detail = 'imbéciles')";
        assert_eq!(count(&t, kept).await, 1201, "{engine:?}");
        assert_eq!(count(&t, "c.status_then = 'accepted'").await, 601, "{engine:?}");
        assert_eq!(count(&t, "c.status_then = 'proposed'").await, 600, "{engine:?}");
    }
}

/// What the team decided on stands, but no words go online that a new text would wait with.
#[tokio::test]
async fn a_second_import_is_screened_too_whatever_the_team_decided() {
    const FILE: &str = "id;parent;titre;texte;quartier;statut\n\
                        i1;;Un banc;Devant l’école;;\ni2;;Un parc;Des arbres;;\ni3;;Un mur;À repeindre;Gare;\n\
                        i4;;Une rue;Des imbéciles;;\n\
                        c1;i1;;Très bien;;\nc2;i1;;Pas du tout;;\nc3;i1;;Peut-être;;\n";
    for engine in engines() {
        let t = instance(engine).await;
        list_a_word(&t).await;
        assert_eq!(import(&t, FILE.as_bytes(), None).await.unwrap().held, 1);
        let waits = stored(&t, "i4").await;
        publish(&t, waits.number, waits.version, false).await.unwrap();
        for id in ["i1", "i2", "i3", "c1", "c2"] {
            decide(&t, id, if id.starts_with('i') { Status::Implemented } else { Status::Proposed }).await;
            assert_eq!(stored(&t, id).await.version, 2, "{id}");
        }
        let file = FILE
            .replace("Un banc", "Un banc, 06 12 34 56 78")
            .replace("Des arbres", "Des arbres, imbéciles")
            .replace("repeindre;Gare;", "repeindre;Gare, lea@exemple.fr;Irrecevable")
            .replace("Des imbéciles", "Que des imbéciles")
            .replace("Très bien", "Très bien, 06 12 34 56 78")
            .replace("Pas du tout", "Imbéciles")
            .replace("Peut-être", "Imbéciles aussi");
        let report = import(&t, file.as_bytes(), None).await.unwrap();
        assert_eq!((report.updated, report.held), (7, 3));
        let title = stored(&t, "i1").await;
        assert_eq!((title.title.as_str(), title.body.as_str()), ("Un banc, [téléphone]", "Devant l’école"));
        assert_eq!((title.status(), title.visible, title.comments), (Status::Implemented, true, 1));
        let place = stored(&t, "i3").await;
        assert_eq!((place.place.as_str(), place.status()), ("Gare, [courriel]", Status::Implemented));
        assert!(stored(&t, "i4").await.visible, "the team read that word");
        assert_eq!(stored(&t, "c1").await.body, "Très bien, [téléphone]");
        for id in ["i2", "c2", "c3"] {
            let waits = stored(&t, id).await;
            assert_eq!((waits.status(), waits.visible), (Status::Prescreening, false), "{id}");
            let why = screening::store::reasons(t.app.db.read(), &[waits.id]).await.unwrap();
            assert_eq!(why[&waits.id][0].detail, "imbéciles", "{id}");
        }
        assert_eq!(import(&t, file.as_bytes(), None).await.unwrap().updated, 0, "the same file changes nothing");
        // Other words while it waits: it still gets the status of the team.
        let file = file.replace("Des arbres, imbéciles", "Des chênes, imbéciles");
        assert_eq!(import(&t, file.as_bytes(), None).await.unwrap().held, 1);
        let waits = stored(&t, "i2").await;
        publish(&t, waits.number, waits.version, false).await.unwrap();
        assert_eq!(stored(&t, "i2").await.status(), Status::Implemented);
        assert_eq!(import(&t, file.as_bytes(), None).await.unwrap().updated, 0);
    }
}

/// Who read a text that an import replaced since does not publish words that nobody read; and an import is no decision of the team.
#[tokio::test]
async fn words_replaced_while_they_were_read_are_read_again() {
    const FILE: &str = "id;texte;statut;votes pour\ni1;Le banc est sale, 06 12 34 56 78;Acceptée;1\n";
    for engine in engines() {
        let t = instance(engine).await;
        import(&t, FILE.as_bytes(), None).await.unwrap();
        let read = stored(&t, "i1").await;
        import(&t, FILE.replace(";1\n", ";2\n").as_bytes(), None).await.unwrap();
        assert_eq!(stored(&t, "i1").await.version, read.version, "a count is not read");
        let other = FILE.replace("sale", "laid").replace("Acceptée", "Rejetée");
        import(&t, other.as_bytes(), None).await.unwrap();
        let refused = publish(&t, read.number, read.version, false).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(parvis_kernel::Refusal::CHANGED_MEANWHILE)), "{refused:?}");
        let now = stored(&t, "i1").await;
        assert_eq!((now.status(), now.version), (Status::Prescreening, read.version + 1));
        // Nobody decided: without the number it has the status of the file.
        let clean = other.replace(", 06 12 34 56 78", "");
        import(&t, clean.as_bytes(), None).await.unwrap();
        assert_eq!(stored(&t, "i1").await.status(), Status::Rejected);
        import(&t, clean.replace("Rejetée", "Acceptée").as_bytes(), None).await.unwrap();
        assert_eq!(stored(&t, "i1").await.status(), Status::Accepted);
        decide(&t, "i1", Status::Implemented).await;
        assert_eq!(import(&t, clean.as_bytes(), None).await.unwrap().updated, 0, "the team decided");
    }
}

/// Comments and replies come before what they answer; one row of each kind of trouble.
const FILE: &str = "\
id;parent;titre;texte;auteur;date;statut;quartier;votes pour;position
r1;c1;;Et moi aussi;Léa;2026-05-03;;;;
c1;i1;;Très bien;bbe6d0b0c726;2026-05-02;;;4;pour
c2;i1;;Pas du tout;Léa;2026-05-02;;;;contre
i1;;Un banc;Devant l’école;Léa;2026-05-01 10:00;Acceptée;Gare;12;
i2;;;Rien de plus;;;Inconnue;;;
i2;;Encore;Le même identifiant;;;;;;
i3;;Demain;Trop tard;;01/01/2100;;;;
i4;;Faux;Une date;;32/13/2026;;;;
c3;nulle-part;;Sous rien;;;;;;
c4;c3;;Sous ce qui est refusé;;;;;;
i5;;;   ;;;;;;
";

#[tokio::test]
async fn a_file_goes_in_once_whatever_its_order() {
    for engine in engines() {
        let t = instance(engine).await;
        let report = import(&t, FILE.as_bytes(), None).await.unwrap();
        assert_eq!(report.line(), "11 read, 5 created, 0 updated, 6 refused", "{report:?}");
        let codes: Vec<_> = report.refusals.iter().map(|r| (r.line.unwrap_or(0), r.code)).collect();
        for wrong in [
            (7, "duplicate_id"),
            (8, "future_date"),
            (9, "bad_date"),
            (10, "unknown_parent"),
            (11, "unknown_parent"),
            (12, "missing_text"),
        ] {
            assert!(codes.contains(&wrong), "{wrong:?} in {codes:?}");
        }
        assert_eq!(report.unknown_statuses.get("Inconnue"), Some(&1));
        assert_eq!(report.unknown_areas.get("Gare"), Some(&1));

        let idea: Uuid = db::scalar(t.app.db.read(), "SELECT id FROM contribution WHERE external_id = 'i1'", vec![])
            .await
            .unwrap()
            .unwrap();
        let idea = ideas::find(t.app.db.read(), idea).await.unwrap();
        assert_eq!(
            (idea.title.as_str(), idea.body.as_str(), idea.place.as_str()),
            ("Un banc", "Devant l’école", "Gare")
        );
        assert_eq!((idea.status(), idea.supports, idea.comments), (Status::Accepted, 12, 3));
        assert_eq!(idea.created_at.to_rfc3339(), "2026-05-01T08:00:00+00:00", "the town's time");
        let comments = ideas::comments(t.app.db.read(), idea.id, crate::comments::Order::Useful, 10, 0).await.unwrap();
        assert_eq!(comments.iter().map(|c| c.side.as_str()).collect::<Vec<_>>(), ["for", "against"]);
        assert_eq!(comments[0].author_name, "", "a pseudonym is not a name");
        let replies = ideas::replies(t.app.db.read(), &[comments[0].id]).await.unwrap();
        assert_eq!((replies.len(), replies[0].holder), (1, idea.holder), "one voice per author");

        let again = import(&t, FILE.as_bytes(), None).await.unwrap();
        assert_eq!(again.line(), "11 read, 0 created, 0 updated, 6 refused");
        assert_eq!(count(&t, "c.visible").await, 5);
    }
}

#[tokio::test]
async fn comments_never_overwrite_ideas_of_the_same_number() {
    for engine in engines() {
        let t = instance(engine).await;
        let ideas =
            "id;title/fr;body/fr;state\n1;Un banc;\"<p>Devant l&#39;école</p>\";accepted\n2;Un parc;Oui;withdrawn\n";
        let report = import(&t, ideas.as_bytes(), None).await.unwrap();
        assert_eq!(report.line(), "2 read, 1 created, 0 updated, 1 refused");
        assert_eq!(report.refusals[0].code, "withdrawn");
        let comments = "id;body;commentable_id;commentable_type;alignment;locale\n\
            1;Oui;1;Decidim::Proposals::Proposal;1;fr\n2;Merci;1;Decidim::Comments::Comment;0;fr\n";
        let report = import(&t, comments.as_bytes(), None).await.unwrap();
        assert_eq!(report.line(), "2 read, 2 created, 0 updated, 0 refused", "{report:?}");
        assert_eq!(count(&t, "c.body = 'Devant l''école' AND c.comments = 2").await, 1);
        assert_eq!(count(&t, "c.reply_to IS NOT NULL").await, 1);
        // Without that column the numbers clash: refused by name, nothing overwritten.
        let bare = "id;body;commentable_id\n1;Non;1\n";
        let report = import(&t, bare.as_bytes(), None).await.unwrap();
        assert_eq!((report.refusals[0].code, report.updated), ("other_kind", 0));
        assert_eq!(count(&t, "c.body = 'Devant l''école'").await, 1);
    }
}

#[tokio::test]
async fn coordinates_are_degrees_in_their_order() {
    let t = instance(Engine::Sqlite).await;
    let file = "id,texte,latitude,longitude\n1,bien,47.98,0.19\n2,échangées,0.19,47.98\n3,Lambert,6769000,491000\n4,\"bien aussi\",\"47,98\",\"0,2\"\n";
    let report = import(&t, file.as_bytes(), None).await.unwrap();
    let codes: Vec<_> = report.refusals.iter().map(|r| (r.line.unwrap_or(0), r.code)).collect();
    assert_eq!((codes, report.created), (vec![(3, "swapped_coordinates"), (4, "bad_coordinate")], 2));
}

#[tokio::test]
async fn only_what_changed_is_updated_and_the_team_keeps_its_say() {
    for engine in engines() {
        let t = instance(engine).await;
        import(&t, FILE.as_bytes(), None).await.unwrap();
        let find = |id: &'static str| {
            let db = t.app.db.clone();
            async move {
                let sql = "SELECT id FROM contribution WHERE external_id = $1";
                let id: Uuid = db::scalar(db.read(), sql, args![id]).await.unwrap().unwrap();
                ideas::find(db.read(), id).await.unwrap()
            }
        };
        let (idea, moment) = (find("i1").await, t.app.moment());
        t.app
            .db
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move {
                    let change = ideas::Change { status: Some(Status::Implemented), ..Default::default() };
                    ideas::change(tx, &moment, idea.id, None, None, &change).await
                })
            })
            .await
            .unwrap();
        let file = FILE
            .replace("Acceptée;Gare;12", "Rejetée;Gare;15")
            .replace("Rien de plus;;;Inconnue", "Rien de plus, merci;;;Rejetée");
        let report = import(&t, file.as_bytes(), None).await.unwrap();
        assert_eq!((report.created, report.updated), (0, 2));
        let (decided, free) = (find("i1").await, find("i2").await);
        assert_eq!((decided.status(), decided.supports), (Status::Implemented, 15));
        assert_eq!((free.status(), free.body.as_str()), (Status::Rejected, "Rien de plus, merci"));
        let third = import(&t, file.as_bytes(), None).await.unwrap();
        assert_eq!((third.created, third.updated), (0, 0));
    }
}

#[tokio::test]
async fn an_import_stopped_in_the_middle_is_completed_by_the_next() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut file = String::from("id,parent,text\n");
        let ideas = BATCH + 200;
        for i in 0..ideas {
            file.push_str(&format!("c{i},i{i},commentaire {i}\ni{i},,idée {i}\n"));
        }
        let stopped = import(&t, file.as_bytes(), Some(1)).await;
        assert!(matches!(stopped, Err(Stop::Asked)));
        assert_eq!(count(&t, "c.visible").await, i64::try_from(BATCH).unwrap(), "one batch");
        let stopped = import(&t, file.as_bytes(), Some(ideas as u64 + 1)).await;
        assert!(matches!(stopped, Err(Stop::Asked)));
        let report = import(&t, file.as_bytes(), None).await.unwrap();
        let all = i64::try_from(2 * ideas).unwrap();
        assert_eq!(i64::try_from(report.read).unwrap(), all);
        assert_eq!(count(&t, "c.visible").await, all);
        assert_eq!(count(&t, "c.kind = 'idea' AND c.comments = 1").await, all / 2, "each comment counted once");
        let runs = db::count(t.app.db.read(), "SELECT count(*) FROM project", vec![]).await.unwrap();
        assert_eq!(runs, 1);
        let numbers = "SELECT count(DISTINCT number) FROM contribution";
        assert_eq!(db::count(t.app.db.read(), numbers, vec![]).await.unwrap(), all);
    }
}

#[tokio::test]
async fn files_that_are_none_are_refused_whole() {
    let t = instance(Engine::Sqlite).await;
    for (bytes, code) in
        [(&b""[..], "empty_file"), (b"\x89PNG\r\n\x1a\n\0\0", "not_text"), (b"\xd0\xcf\x11\xe0", "old_sheet")]
    {
        let refused = Table::open(bytes, &Limits::default()).err().unwrap();
        assert_eq!(refused.code.as_str(), code);
    }
    for code in parvis_tables::Code::ALL.iter().map(|c| c.as_str()).chain(REASONS) {
        let refused = Refused { line: Some(3), column: Some("x".into()), value: None, code };
        for lang in parvis_kernel::words::Lang::ALL {
            let text = sentence(&t.app.words, lang, &refused);
            assert!(!text.contains('⟦'), "{text}");
        }
    }
    for role in Role::ALL {
        assert!(
            t.app
                .words
                .has(parvis_kernel::words::Lang::Fr, &format!("import-role-{}", role.as_str().replace('_', "-")))
        );
    }
}

/// The whole of a real consultation, with what the file says of it.
#[tokio::test]
async fn republique_numerique() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/fixtures/contributions/republique-numerique.csv");
    let Ok(file) = std::fs::read(path) else {
        println!("fixture absent: ../shared/fixtures/contributions/republique-numerique.csv");
        return;
    };
    for engine in engines() {
        let t = instance(engine).await;
        let start = std::time::Instant::now();
        let report = import(&t, &file, None).await.unwrap();
        println!("{engine:?}: {} in {:?}", report.line(), start.elapsed());
        assert_eq!(report.line(), "4690 read, 4690 created, 0 updated, 0 refused");
        assert_eq!((count(&t, "c.kind = 'idea'").await, count(&t, "c.kind = 'comment'").await), (696, 3994));
        assert_eq!((count(&t, "c.side = 'for'").await, count(&t, "c.side = 'against'").await), (1960, 2034));
        let tags = "SELECT count(DISTINCT tag) FROM contribution";
        assert_eq!(db::count(t.app.db.read(), tags, vec![]).await.unwrap(), 18);
        let off = "SELECT count(*) FROM contribution i WHERE i.kind = 'idea' AND i.comments <> \
                   (SELECT count(*) FROM contribution c WHERE c.idea_id = i.id AND c.visible)";
        assert_eq!(db::count(t.app.db.read(), off, vec![]).await.unwrap(), 0);
        let again = import(&t, &file, None).await.unwrap();
        assert_eq!(again.line(), "4690 read, 0 created, 0 updated, 0 refused");
    }
}

/// Nobody knows how many people wrote rows without author: they add one voice to those that are signed, at whatever import.
#[tokio::test]
async fn rows_without_author_are_nobody_in_particular() {
    let mut file = "id;texte;auteur\ns1;Un banc;Léa\ns2;Un parc;Ali\ns3;Un bus;Léa\n".to_owned();
    (0..14).for_each(|n| file += &format!("n{n};Une idée de plus {n};\n"));
    for engine in engines() {
        let t = instance(engine).await;
        assert_eq!(import(&t, file.as_bytes(), None).await.unwrap().created, 17);
        let voices = "SELECT count(*) FROM (SELECT DISTINCT holder FROM contribution) AS v";
        assert_eq!(db::count(t.app.db.read(), voices, vec![]).await.unwrap(), 3);
        // Rows that are there since each was a voice of its own.
        t.write(|tx, _, _| {
            Box::pin(
                async move { db::run(tx, "UPDATE contribution SET holder = id WHERE author_name = ''", vec![]).await },
            )
        })
        .await;
        let again = import(&t, file.as_bytes(), None).await.unwrap();
        assert_eq!((again.created, again.updated), (0, 0));
        assert_eq!(db::count(t.app.db.read(), voices, vec![]).await.unwrap(), 3);
    }
}
