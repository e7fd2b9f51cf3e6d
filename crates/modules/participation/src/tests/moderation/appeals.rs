use parvis_people::blocks::REPLIED;

use super::*;
use crate::{
    desk::queue::{self, Filter, Order, Tab},
    moderation::{appeals, log},
};

impl Town {
    async fn tab(&self, tab: Tab) -> Vec<i64> {
        let c = self.t.app.db.read();
        let page = queue::page(c, &Filter::default(), tab, Order::Longest, 20, 0).await.unwrap();
        page.lines.into_iter().map(|l| l.c.number).collect()
    }

    /// What the log says of the running month once it is over.
    async fn log_of(&self, deed: log::Deed) -> i64 {
        let after = self.t.app.moment().now.date_naive() + TimeDelta::days(31);
        let months = log::months(self.t.app.db.read(), after, Settings::default().tz()).await.unwrap();
        months.iter().map(|m| m.of(deed)).sum()
    }

    async fn written_by(&self, email: &str, text: &str) -> (ideas::Contribution, Uuid) {
        let (stored, person) = (self.idea(1, text).await, self.person(email).await);
        let (id, who) = (stored.id, person.id);
        self.t
            .write(move |tx, _, _| {
                Box::pin(async move {
                    db::run(tx, "UPDATE contribution SET author_id = $2, holder = $2 WHERE id = $1", args![id, who])
                        .await
                })
            })
            .await;
        (store::find(self.t.app.db.read(), id).await.unwrap(), who)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_author_replies_once_and_the_team_decides_anew() {
    for engine in engines() {
        let town = Arc::new(town(engine).await);
        let idea = town.says(7, "Un texte refusé à tort", "Jo").await;
        town.act(idea.number, Action::Reconsider, "").await.unwrap();
        assert!(appeals::show(town.ctx(7, "/"), Path(idea.number)).await.is_err(), "nothing is decided yet");
        town.act(idea.number, Action::Refuse, "Hors du sujet").await.unwrap();
        assert_eq!(town.tab(Tab::Reported).await, Vec::<i64>::new());
        let page = body(appeals::show(town.ctx(7, "/"), Path(idea.number)).await.unwrap()).await;
        assert!(page.contains("Hors du sujet") && page.contains("<textarea") && !page.contains('⟦'), "{page}");
        for stranger in [town.ctx(8, "/"), town.ctx(8, "/?cle=x.y")] {
            assert!(matches!(appeals::show(stranger, Path(idea.number)).await, Err(Error::NotFound)));
        }
        let empty = appeals::reply(town.ctx(7, "/"), Path(idea.number), Form::of(&[("reponse", "")])).await.unwrap();
        assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let sends = (0..8).map(|n| {
            let (town, number) = (town.clone(), idea.number);
            tokio::spawn(async move {
                let form = Form::of(&[("reponse", &format!("C’est le sujet, {n}"))]);
                appeals::reply(town.ctx(7, "/"), Path(number), form).await
            })
        });
        let all = futures::future::join_all(sends).await;
        let (ok, refused): (Vec<_>, Vec<_>) = all.into_iter().map(|r| r.unwrap()).partition(Result::is_ok);
        assert_eq!(ok.len(), 1, "two at once: one reply");
        assert!(refused.iter().all(|r| matches!(r, Err(Error::Refused(r)) if *r == REPLIED)));

        assert_eq!(town.tab(Tab::Reported).await, [idea.number]);
        assert!(!town.tab(Tab::Handled).await.contains(&idea.number));
        let queue =
            body(crate::desk::contributions::show(town.lead("/equipe/contributions?file=signalees")).await.unwrap())
                .await;
        assert!(queue.contains("C’est le sujet") && queue.contains("name=\"publier\""), "{queue}");
        let after = town.act(idea.number, Action::Publish, "").await.unwrap();
        assert!(after.visible && !after.appeal);
        assert_eq!(town.tab(Tab::Reported).await, Vec::<i64>::new());
        assert_eq!((town.log_of(log::Deed::Replied).await, town.log_of(log::Deed::Changed).await), (1, 1));
        let page = body(appeals::show(town.ctx(7, "/"), Path(idea.number)).await.unwrap()).await;
        assert!(page.contains("a décidé") && !page.contains("<textarea"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_author_is_told_why_and_the_reply_keeps_the_status() {
    for engine in engines() {
        let town = town(engine).await;
        let (idea, _) = town.written_by("lea@e.fr", "Un texte masqué").await;
        town.announce(idea.id, Some(Status::Accepted)).await;
        for visitor in [20, 21, 22] {
            let ctx = town.request(Actor::Visitor, visitor, "/", &format!("house {visitor}"));
            reports::send(ctx, Path(idea.number), Form::of(&[("raison", "hurtful")])).await.unwrap();
        }
        assert_eq!(town.log_of(log::Deed::ReportedAway).await, 1);
        let hidden = town.act(idea.number, Action::Hide, "").await.unwrap();
        assert_eq!((hidden.reason.as_str(), hidden.hidden), ("Ses mots peuvent blesser.", true));
        assert_eq!(town.log_of(log::Deed::Hidden).await, 0, "reports hid it: counted once");
        let sql = "SELECT body_text FROM mail WHERE dedupe LIKE 'hidden/%'";
        let text: String = db::scalar(town.t.app.db.read(), sql, args![]).await.unwrap().unwrap();
        assert!(text.contains("peuvent blesser") && text.contains("/contributions/1/repondre?cle="), "{text}");
        let link = text.split_whitespace().find(|w| w.contains("repondre?cle=")).unwrap();
        let path = link.find("/contributions").and_then(|at| link.get(at..)).unwrap();
        let opened = appeals::show(town.ctx(99, path), Path(idea.number)).await.unwrap();
        assert_eq!(opened.status(), StatusCode::OK, "whoever has the letter");
        let key = parvis_kernel::form::Form::parse(path.split_once('?').unwrap().1.as_bytes()).get("cle").to_owned();
        let form = Form::of(&[("reponse", "Je ne visais personne."), ("cle", &key)]);
        appeals::reply(town.ctx(99, "/"), Path(idea.number), form).await.unwrap();
        assert_eq!(town.tab(Tab::Reported).await, [idea.number]);
        // Upheld: the case is closed, the reason stays the true one, and the second letter offers no reply.
        let upheld = town.act(idea.number, Action::Hide, "").await.unwrap();
        assert_eq!((upheld.appeal, upheld.hidden, upheld.reason), (false, true, hidden.reason));
        let letters = "SELECT count(*) FROM mail WHERE dedupe LIKE 'hidden/%' AND subject LIKE ";
        assert_eq!(town.count(&format!("{letters}'%n’est plus en ligne%'")).await, 1);
        assert_eq!(
            town.count(&format!(
                "{letters}'%reste hors ligne%' AND body_text LIKE '%peuvent blesser%' AND body_text LIKE '%maintient%' \
                 AND body_text NOT LIKE '%repondre?cle=%'"
            ))
            .await,
            1
        );
        assert_eq!(town.log_of(log::Deed::Hidden).await, 0);
        let shown = town.act(idea.number, Action::Show, "").await.unwrap();
        assert_eq!((shown.status(), shown.reason.as_str()), (Status::Accepted, ""));
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE dedupe LIKE 'hidden/%'").await, 0, "none left waiting");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_undone_stands_in_no_log_and_a_reply_goes_with_its_author() {
    for engine in engines() {
        let town = town(engine).await;
        let (idea, lea) = town.written_by("lea@e.fr", "Un texte").await;
        town.act(idea.number, Action::Reconsider, "").await.unwrap();
        town.act(idea.number, Action::Refuse, "Ce texte est une publicité.").await.unwrap();
        assert_eq!(town.log_of(log::Deed::Refused).await, 1);
        town.act(idea.number, Action::Reconsider, "").await.unwrap();
        assert_eq!(town.log_of(log::Deed::Refused).await, 0, "undone");
        town.act(idea.number, Action::Refuse, "Autre").await.unwrap();
        let id = idea.id;
        town.t.write(move |tx, _, m| Box::pin(async move { appeals::send(tx, &m, id, "Léa répond").await })).await;
        let data = crate::personal::data(&town.t.app.db.reader(), lea).await.unwrap();
        assert!(data.iter().any(|d| d.name == "replies" && d.rows[0]["text"] == "Léa répond"));
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move { crate::personal::forget(tx, &moment, lea, Forget::KeepTexts).await })
            })
            .await;
        assert_eq!(town.count("SELECT count(*) FROM author_reply").await, 0);
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE appeal").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hiding_or_showing_taken_back_within_ten_minutes_counts_for_nothing() {
    for engine in engines() {
        let town = town(engine).await;
        let n = town.idea(1, "Un texte").await.number;
        let after = async |minutes: i64, action: Action| {
            town.t.clock.advance(TimeDelta::minutes(minutes));
            town.act(n, action, "").await.unwrap();
            (town.log_of(log::Deed::Hidden).await, town.log_of(log::Deed::Shown).await)
        };
        assert_eq!(after(0, Action::Hide).await, (1, 0));
        assert_eq!(after(1, Action::Show).await, (0, 0), "undone");
        assert_eq!(after(1, Action::Hide).await, (1, 0), "the last word counts");
        assert_eq!(after(11, Action::Show).await, (1, 1), "decided anew");
        assert_eq!(after(1, Action::Hide).await, (1, 0), "undone");
        assert_eq!(after(11, Action::Show).await, (1, 1));
        // Reported and left online, then hidden all the same: no undo, it goes offline.
        town.t.clock.advance(TimeDelta::minutes(11));
        reports::send(town.ctx(20, "/"), Path(n), Form::of(&[("raison", "hurtful")])).await.unwrap();
        assert_eq!(after(0, Action::Show).await, (1, 2));
        assert_eq!(after(1, Action::Hide).await, (2, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_counts_and_names_nobody() {
    for engine in engines() {
        let town = town(engine).await;
        let empty = body(log::show(town.ctx(1, "/moderation")).await.unwrap()).await;
        assert!(empty.contains("a ouvert ce mois-ci") && !empty.contains("Aucun mois terminé"), "{empty}");
        for (n, motive, message) in [(7, "off_topic", ""), (8, "other", "Des mots à nous"), (9, "off_topic", "Pas ici")]
        {
            let idea = town.says(n, &format!("Le texte {n} de quelqu’un"), "Zéphyrine").await;
            let waiting = town.act(idea.number, Action::Reconsider, "").await.unwrap();
            town.refuse(&waiting, motive, message).await;
        }
        town.run_block().await;
        let refused = store::by_number(town.t.app.db.read(), 1).await.unwrap().id;
        town.t.write(move |tx, _, m| Box::pin(async move { appeals::send(tx, &m, refused, "Non").await })).await;
        assert_eq!(body(log::show(town.ctx(1, "/moderation")).await.unwrap()).await, empty, "the month is not over");
        let running = body(log::csv(town.ctx(1, "/moderation.csv")).await.unwrap()).await;
        assert_eq!(running.lines().count(), 1, "{running}");
        town.t.clock.advance(TimeDelta::days(31));
        let page = body(log::show(town.ctx(1, "/moderation")).await.unwrap()).await;
        assert!(page.contains("hors du sujet") && page.contains("moins de 11") && !page.contains('⟦'), "{page}");
        assert!(!page.contains("Zéphyrine") && !page.contains("quelqu’un") && !page.contains("Des mots à nous"));
        let csv = body(log::csv(town.ctx(1, "/moderation.csv")).await.unwrap()).await;
        assert!(csv.contains(";Textes refusés;hors du sujet;2\r\n"), "{csv}");
        assert!(csv.contains(";Réponses d’auteurs;;moins de 11\r\n"), "{csv}");
        assert!(csv.contains(";Personnes bloquées;;moins de 11\r\n"), "{csv}");
        // A project that the public does not see counts for nothing; the block is of no project.
        let lines = async |visibility: &'static str, state: &'static str| {
            let sql = "UPDATE project SET visibility = $1, state = $2";
            town.t
                .write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, args![visibility, state]).await }))
                .await;
            body(log::csv(town.ctx(1, "/moderation.csv")).await.unwrap()).await.lines().count()
        };
        for (visibility, state) in [("link", "published"), ("team", "published"), ("public", "draft")] {
            assert_eq!(lines(visibility, state).await, 2, "{visibility} {state}");
        }
        assert_eq!(lines("public", "published").await, csv.lines().count());
        let page = body(log::show(town.ctx(1, "/moderation")).await.unwrap()).await;
        assert!(!page.contains("a ouvert ce mois-ci"), "the site is older than this month: {page}");
        town.t.clock.advance(TimeDelta::days(400));
        assert!(body(log::show(town.ctx(1, "/moderation")).await.unwrap()).await.contains("Aucun mois terminé"));
    }
}

impl Town {
    async fn run_block(&self) {
        let sql = "INSERT INTO block (id, reason, at) VALUES ($1, 'x', $2)";
        self.t.write(move |tx, _, m| Box::pin(async move { db::run(tx, sql, args![m.id(), m.now]).await })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_comment_is_told_on_the_page_of_its_idea() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un banc").await;
        let form = Form::of(&[("commentaire", "Une réclame <b>"), ("prenom", "Jo")]);
        let caches = || Arc::new(Caches::default());
        crate::comments::write(town.ctx(7, "/"), caches(), Path(idea.number), form).await.unwrap();
        let comment = town.newest().await;
        let page = async |visitor: u128| {
            let shown = ideas::view::show(town.ctx(visitor, "/idees/1"), caches(), Path(idea.number)).await.unwrap();
            body(shown).await
        };
        let link = format!("/contributions/{}/repondre", comment.number);
        assert!(!page(7).await.contains(&link), "it is online");
        town.act(comment.number, Action::Hide, "").await.unwrap();
        let mine = page(7).await;
        assert!(mine.contains(&link) && mine.contains("Une réclame"), "{mine}");
        assert!(!page(8).await.contains(&link), "nobody else reads of it");
        let opened = appeals::show(town.ctx(7, &link), Path(comment.number)).await.unwrap();
        assert!(body(opened).await.contains("charte"));
    }
}
