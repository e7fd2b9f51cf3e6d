//! Exports of Decidim: what it shows comes along, what it hides does not.

use super::*;

/// What Decidim shows with a proposal comes with it; what it does not show stays there.
#[tokio::test]
async fn the_answers_of_decidim_come_on_their_day_and_what_it_hides_does_not() {
    const FILE: &str = "id;title/fr;body/fr;state;votes;endorsements/total_count;answer/fr;answered_at;published_at;created_at;is_amend;withdrawn\n\
        1;Un banc;Devant l’école;accepted;12;0;<p>Oui, au printemps.</p>;2025-03-02 10:00:00 UTC;2025-01-02;2025-01-01;false;false\n\
        2;Un parc;Des arbres;;90;2;;;2025-01-02;2025-01-01;false;false\n\
        3;Un pont;Plus large;;3;0;;;2025-01-02;2025-01-01;false;true\n\
        4;Un banc;Vert;;3;0;;;2025-01-02;2025-01-01;true;false\n\
        5;Un mur;Gris;;3;0;;;;2025-01-01;false;false\n";
    for engine in engines() {
        let t = instance(engine).await;
        let report = import(&t, FILE.as_bytes(), None).await.unwrap();
        assert_eq!(report.line(), "5 read, 2 created, 0 updated, 3 refused");
        let codes: Vec<_> = report.refusals.iter().map(|r| r.code).collect();
        assert_eq!(codes, ["withdrawn", "amendment", "not_published"]);
        let (one, two) = (stored(&t, "1").await, stored(&t, "2").await);
        assert_eq!((one.status(), one.supports, two.supports), (Status::Accepted, 12, 90));
        let read = t.app.db.read();
        let answer = crate::answers::store::find(read, one.id).await.unwrap().unwrap();
        assert_eq!((answer.body.as_str(), answer.decision.as_str()), ("Oui, au printemps.", "Retenue"));
        assert_eq!((one.answered_at, answer.actor_id), (Some(answer.published_at), Uuid::nil()));
        assert_eq!(answer.published_at.to_rfc3339(), "2025-03-02T10:00:00+00:00");
        let history = ideas::history(read, one.id).await.unwrap();
        assert_eq!(history.iter().map(|h| h.at).collect::<Vec<_>>(), [answer.published_at], "the day it was decided");
        assert_eq!(import(&t, FILE.as_bytes(), None).await.unwrap().updated, 0, "the same file changes nothing");

        // Another text is a correction; an answer that comes later, too.
        let later = FILE
            .replace("au printemps", "en mai")
            .replace("2;Un parc;Des arbres;;90;2;;;", "2;Un parc;Des arbres;rejected;90;2;Non;2025-04-01;");
        assert_eq!(import(&t, later.as_bytes(), None).await.unwrap().updated, 2);
        let body = crate::answers::store::find(read, one.id).await.unwrap().unwrap().body;
        assert_eq!(body, "Oui, en mai.");
        assert_eq!(stored(&t, "2").await.status(), Status::Rejected);
        assert_eq!(db::count(read, "SELECT count(*) FROM answer", vec![]).await.unwrap(), 2);
        // What the team decided since stands, with its answer.
        decide(&t, "1", Status::Implemented).await;
        let other = later.replace("en mai", "jamais");
        assert_eq!(import(&t, other.as_bytes(), None).await.unwrap().updated, 0);
        assert_eq!(crate::answers::store::find(read, one.id).await.unwrap().unwrap().body, "Oui, en mai.");
        let mails = db::count(read, "SELECT count(*) FROM notice", vec![]).await.unwrap();
        assert_eq!(mails, 0, "nobody is told again");
    }
}

/// A file that has an answer no more withdraws the one it brought; what the team wrote or decided stays.
#[tokio::test]
async fn an_answer_goes_once_the_file_has_none_unless_the_team_touched_it() {
    const HEADER: &str = "id;title/fr;body/fr;state;answer/fr;answered_at;published_at\n";
    let rows = |rows: [(&str, &str); 4]| {
        let row = |(at, (state, answer)): (usize, &(&str, &str))| {
            format!("{at};Un banc;Devant l’école numéro {at};{state};{answer};2025-03-02;2025-01-02\n")
        };
        format!("{HEADER}{}", rows.iter().enumerate().map(row).collect::<String>())
    };
    for engine in engines() {
        let t = instance(engine).await;
        let first = rows([("accepted", "Oui"), ("", "Vu"), ("accepted", "Non"), ("accepted", "Plus tard")]);
        assert_eq!(import(&t, first.as_bytes(), None).await.unwrap().created, 4);
        let read = t.app.db.read();
        let answers = async || db::count(read, "SELECT count(*) FROM answer", vec![]).await.unwrap();
        assert_eq!((answers().await, stored(&t, "1").await.status()), (4, Status::Answered), "{engine:?}");

        // Without the column, the file says nothing of answers.
        let silent = "id;title/fr;body/fr;state;published_at\n0;Un banc;Devant l’école numéro 0;accepted;2025-01-02\n";
        assert_eq!(import(&t, silent.as_bytes(), None).await.unwrap().updated, 0);
        assert_eq!(answers().await, 4);

        // The team decided on one, and wrote the answer of another.
        decide(&t, "2", Status::Implemented).await;
        let third = stored(&t, "3").await.id;
        t.write(move |tx, _, _| {
            Box::pin(async move {
                let sql = "UPDATE answer SET actor_id = $2 WHERE contribution_id = $1";
                db::run(tx, sql, args![third, Uuid::from_u128(9)]).await
            })
        })
        .await;
        let second = rows([("accepted", ""), ("", ""), ("accepted", ""), ("accepted", "")]);
        assert_eq!(import(&t, second.as_bytes(), None).await.unwrap().updated, 2, "{engine:?}");
        let (zero, one) = (stored(&t, "0").await, stored(&t, "1").await);
        assert_eq!((zero.status(), zero.answered_at), (Status::Accepted, None));
        assert_eq!((one.status(), one.answered_at), (Status::Proposed, None), "it was answered by those words alone");
        for id in ["2", "3"] {
            let idea = stored(&t, id).await;
            assert!(idea.answered_at.is_some(), "{id} on {engine:?}");
            assert!(crate::answers::store::find(read, idea.id).await.unwrap().is_some());
        }
        assert_eq!(import(&t, second.as_bytes(), None).await.unwrap().updated, 0, "once");
        // It comes back with the next file.
        assert_eq!(import(&t, first.as_bytes(), None).await.unwrap().updated, 2);
        assert_eq!((answers().await, stored(&t, "1").await.status()), (4, Status::Answered));
        assert_eq!(db::count(read, "SELECT count(*) FROM notice", vec![]).await.unwrap(), 0, "nobody is told");
    }
}
