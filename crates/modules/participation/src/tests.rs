//! The citizens' side on both databases: nothing doubled, nothing lost, totals exact, mails with consent only.

use axum::{body::to_bytes, extract::Path, http::StatusCode, response::Response};
use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Ctx, Error, Result, args,
    context::Request,
    db,
    form::Form,
    module::{Forget, Module, Union},
    permission::Actor,
    settings::Settings,
    words::Lang,
};
use parvis_people::{People, persons};
use parvis_testing::{Engine, TestApp, engines, module::Nobody, text as body};
use std::sync::Arc;
use uuid::Uuid;

use crate::{
    Participation,
    caches::Caches,
    comments,
    follows::{self, News},
    ideas::{
        self, Status,
        list::{Filter, Sort},
        store::{self, Change, New},
    },
    moderation::store::By,
    projects::{self, Phase, Project},
    reactions::{self, Reaction},
    reports,
};

mod accord;
mod answers;
mod areas;
mod asked;
mod consultation;
mod entry;
mod feeds;
mod links;
mod lists;
mod media;
mod moderation;
mod own_comments;
mod purposes;
mod races;
mod rhythm;
mod safety;
mod stale;
mod taken_back;
mod texts;
mod told;
mod withdrawing;

struct Town {
    t: TestApp,
    project: Uuid,
}

async fn town(engine: Engine) -> Town {
    let modules: Vec<Arc<dyn Module>> = vec![Arc::new(People), Arc::new(Participation::default())];
    let t = parvis_testing::app(engine, modules, Arc::new(Nobody)).await;
    let project = t
        .write(move |tx, _, moment| {
            Box::pin(async move {
                let project = Project {
                    slug: "bouger".into(),
                    title: "Se déplacer".into(),
                    visibility: "public".into(),
                    state: "published".into(),
                    created_at: moment.now,
                    version: 1,
                    ..Project::default()
                };
                let id = projects::store::insert(tx, &moment, &project).await?;
                let phase = Phase {
                    id: Uuid::nil(),
                    title: "Vos idées".into(),
                    method: "ideation".into(),
                    starts_on: moment.now.date_naive() - TimeDelta::days(3),
                    ends_on: None,
                    posting: true,
                    commenting: true,
                    supporting: true,
                    opposing: false,
                    anonymous: true,
                    prescreening: false,
                };
                projects::store::set_phases(tx, &moment, id, &[phase]).await?;
                Ok(id)
            })
        })
        .await;
    Town { t, project }
}

impl Town {
    fn ctx(&self, visitor: u128, uri: &str) -> Ctx {
        self.as_actor(Actor::Visitor, visitor, uri)
    }

    fn as_actor(&self, actor: Actor, visitor: u128, uri: &str) -> Ctx {
        self.request(actor, visitor, uri, "here")
    }

    fn request(&self, actor: Actor, visitor: u128, uri: &str, address: &str) -> Ctx {
        Ctx(Arc::new(Request {
            visitor: Uuid::from_u128(visitor),
            address: address.into(),
            ..self.t.request(actor, Lang::Fr, uri)
        }))
    }

    async fn count(&self, sql: &str) -> i64 {
        db::count(self.t.app.db.read(), sql, args![]).await.unwrap()
    }

    async fn idea(&self, holder: u128, body: &str) -> store::Stored {
        let (project, body) = (self.project, body.to_owned());
        let new = New::idea(project, Uuid::from_u128(holder), body, Status::Proposed);
        self.t
            .write(move |tx, _, moment| {
                let new = new.clone();
                Box::pin(async move { store::insert(tx, &moment, &new).await })
            })
            .await
    }

    async fn person(&self, email: &str) -> persons::Person {
        let email = email.to_owned();
        self.t
            .write(move |tx, _, moment| {
                let email = email.clone();
                Box::pin(async move { persons::ensure(tx, &moment, &email, "Léa", Lang::Fr).await })
            })
            .await
    }

    async fn support(&self, idea: Uuid, holder: Uuid, confirmed: bool, want: Option<Reaction>) {
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move { reactions::set(tx, &moment, idea, holder, confirmed, want).await })
            })
            .await;
    }

    /// Uses the newest mail that this browser asked for with this address.
    async fn unite(&self, visitor: u128, person: Uuid, email: &str) {
        let sql = "SELECT agreed_id FROM pass WHERE visitor_id = $1 AND lower(email) = $2 ORDER BY created_at DESC, id DESC LIMIT 1";
        let newest = args![Uuid::from_u128(visitor), email.to_lowercase()];
        let agreed: Option<Option<Uuid>> = db::scalar(self.t.app.db.read(), sql, newest).await.unwrap();
        self.unite_by(visitor, person, email, agreed.flatten()).await;
    }

    /// Uses the mail that agrees to this.
    async fn unite_by(&self, visitor: u128, person: Uuid, email: &str, agreed: Option<Uuid>) {
        let union = Union { visitor: Uuid::from_u128(visitor), person, email: email.into(), agreed };
        self.t
            .write(move |tx, _, moment| {
                let union = union.clone();
                Box::pin(async move { crate::personal::unite(tx, &moment, &union).await })
            })
            .await;
    }

    async fn announce(&self, idea: Uuid, status: Option<Status>) {
        self.t
            .write(move |tx, app, moment| {
                Box::pin(async move {
                    if let Some(status) = status {
                        let change = Change { status: Some(status), ..Change::default() };
                        store::change(tx, &moment, idea, None, None, &change).await?;
                    }
                    let after = moment.now;
                    follows::announce(tx, &app, &Settings::default(), &moment, idea, News::Status, after).await
                })
            })
            .await;
    }

    /// Posts the text up to the second screen and gives the draft.
    async fn draft(&self, visitor: u128, text: &str) -> Uuid {
        let answer = ideas::post::keep(self.ctx(visitor, "/deposer"), Form::of(&[("idee", text)])).await.unwrap();
        let to = answer.headers().get("location").unwrap().to_str().unwrap().to_owned();
        to.trim_start_matches("/deposer/").parse().unwrap()
    }

    async fn publish(&self, visitor: u128, draft: Uuid, fields: &[(&str, &str)]) -> Result<Response> {
        let ctx = self.ctx(visitor, &format!("/deposer/{draft}"));
        ideas::sign::publish(ctx, Arc::new(Caches::default()), Path(draft), Form::of(fields)).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_draft_sent_sixteen_times_at_once_makes_one_idea() {
    for engine in engines() {
        let town = Arc::new(town(engine).await);
        let draft = town.draft(1, "Un banc à mi-chemin de l’hôpital.").await;
        let sends = (0..16).map(|_| {
            let town = town.clone();
            tokio::spawn(async move { town.publish(1, draft, &[("q", "prenom"), ("prenom", "Léa")]).await })
        });
        for send in futures::future::join_all(sends).await {
            assert_eq!(send.unwrap().unwrap().status(), StatusCode::SEE_OTHER);
        }
        assert_eq!(town.count("SELECT count(*) FROM contribution").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM activity WHERE kind = 'idea.posted'").await, 1);
        assert!(matches!(town.publish(2, draft, &[]).await, Err(Error::NotFound)), "a draft belongs to its browser");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_stay_exact_whatever_races() {
    for engine in engines() {
        let town = Arc::new(town(engine).await);
        let idea = town.idea(1, "Un bus le dimanche").await;
        let tasks = (0..32_u128).map(|i| {
            let town = town.clone();
            tokio::spawn(async move {
                let holder = Uuid::from_u128(100 + i % 8);
                for round in 0..4_u128 {
                    let want = ((i + round) % 3 != 0).then_some(Reaction::Support);
                    town.support(idea.id, holder, true, want).await;
                }
            })
        });
        for task in futures::future::join_all(tasks).await {
            task.unwrap();
        }
        let held = town.count("SELECT count(*) FROM reaction WHERE kind = 'support' AND confirmed").await;
        assert_eq!(town.count("SELECT supports FROM contribution").await, held);
        assert!(held <= 8);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_support_counts_once_confirmed_and_once_for_each_person() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un bus le dimanche").await;
        let person = town.person("lea@exemple.fr").await;
        // From the telephone and from the computer, before any address is known.
        town.support(idea.id, Uuid::from_u128(7), false, Some(Reaction::Support)).await;
        town.support(idea.id, Uuid::from_u128(8), false, Some(Reaction::Support)).await;
        assert_eq!(town.count("SELECT supports FROM contribution").await, 0);
        town.unite(7, person.id, "lea@exemple.fr").await;
        town.unite(8, person.id, "lea@exemple.fr").await;
        town.unite(8, person.id, "lea@exemple.fr").await;
        assert_eq!(town.count("SELECT supports FROM contribution").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM reaction").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn confirming_an_address_gives_the_ideas_left_with_it_and_their_consent() {
    for engine in engines() {
        let town = town(engine).await;
        let mine = town.draft(7, "Un banc place du Marché").await;
        town.publish(7, mine, &[("q", "prenom"), ("prenom", "Léa"), ("courriel", "Lea@Exemple.fr")]).await.unwrap();
        let other = town.draft(7, "Une fontaine").await;
        town.publish(7, other, &[("q", "prenom"), ("courriel", "paul@exemple.fr")]).await.unwrap();
        assert_eq!(
            town.count("SELECT count(*) FROM mail WHERE state = 'waiting'").await,
            2,
            "two addresses, two mails"
        );
        let person = town.person("lea@exemple.fr").await;
        town.unite(7, person.id, "lea@exemple.fr").await;
        let theirs = "SELECT count(*) FROM contribution WHERE author_id IS NOT NULL AND body LIKE 'Un banc%'";
        assert_eq!(town.count(theirs).await, 1);
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE pending_email = 'paul@exemple.fr'").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM follow WHERE rhythm = 'now'").await, 1);
        let consent = "SELECT count(*) FROM consent WHERE purpose = 'answers' AND state = 'given' AND wording <> ''";
        assert_eq!(town.count(consent).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_told_once_to_those_who_agreed() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un bus le dimanche").await;
        let (lea, odette, paul) =
            (town.person("lea@e.fr").await, town.person("odette@e.fr").await, town.person("paul@e.fr").await);
        let (id, ids) = (idea.id, [lea.id, odette.id, paul.id]);
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    for person in ids {
                        follows::begin(tx, &moment, id, person, "J’accepte", "idea_page").await?;
                    }
                    follows::set(tx, id, ids[1], follows::Rhythm::Weekly).await?;
                    // Paul took his consent back: the follow stays, and nothing is sent.
                    let later = moment.at(moment.now + TimeDelta::seconds(1));
                    parvis_people::consents::record(
                        tx,
                        &later,
                        ids[2],
                        "answers",
                        "email",
                        "withdrawn",
                        "",
                        "own_space",
                    )
                    .await
                })
            })
            .await;
        town.announce(idea.id, Some(Status::Accepted)).await;
        town.announce(idea.id, None).await;
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE kind = 'change'").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE recipient = 'lea@e.fr'").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM notice WHERE sent_at IS NULL").await, 1);
        // Friday morning has passed twice: one summary.
        town.t.clock.advance(TimeDelta::days(8));
        follows::digest::send(&town.t.app, follows::Rhythm::Weekly).await.unwrap();
        follows::digest::send(&town.t.app, follows::Rhythm::Weekly).await.unwrap();
        follows::digest::send(&town.t.app, follows::Rhythm::Daily).await.unwrap();
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE kind = 'digest'").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM notice WHERE sent_at IS NULL").await, 0);
        // The way out, as a mail program uses it.
        let link: String =
            db::scalar(town.t.app.db.read(), "SELECT unsubscribe FROM mail WHERE recipient = 'lea@e.fr'", args![])
                .await
                .unwrap()
                .unwrap();
        let sealed = link.rsplit('/').next().unwrap().to_owned();
        let asks = follows::pages::leave(town.ctx(99, "/desabonnement/x"), Path(sealed.clone())).await.unwrap();
        let asks = body(asks).await;
        assert!(asks.contains("Vous recevez un courriel") && !asks.contains("n’aurez plus"), "{asks}");
        assert!(asks.contains("Ne plus rien recevoir sur cette idée"));
        let left = follows::pages::left(town.ctx(99, "/desabonnement/x"), Path(sealed.clone())).await.unwrap();
        assert!(body(left).await.contains("Vous n’aurez plus de courriel"));
        let again = follows::pages::leave(town.ctx(99, "/desabonnement/x"), Path(sealed.clone())).await.unwrap();
        assert!(body(again).await.contains("Vous n’aurez plus de courriel"), "opened again, it is done");
        let forged = follows::pages::left(town.ctx(99, "/desabonnement/x"), Path(format!("{sealed}x"))).await;
        assert!(matches!(forged, Err(Error::Refused(_))));
        town.announce(idea.id, Some(Status::Implemented)).await;
        assert_eq!(
            town.count("SELECT count(*) FROM mail WHERE recipient = 'lea@e.fr'").await,
            0,
            "what waited is dropped too"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_third_report_hides_and_nobody_reports_twice() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un texte blessant").await;
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    // An answer to many repeats the title where it says so.
                    let sql = "INSERT INTO answer (id, contribution_id, status, decision, body, cost, next, signer, office, \
                               actor_id, status_before, published_at) VALUES ($1, $2, 'answered', 'Non', \
                               'Un texte blessant : non', '', '', 'Nadia', '', $3, 'proposed', $4)";
                    let values = parvis_kernel::args![moment.id(), idea.id, Uuid::from_u128(9), moment.now];
                    parvis_kernel::db::run(tx, sql, values).await
                })
            })
            .await;
        for (reporter, hidden) in [(10, 0), (10, 0), (11, 0), (11, 0), (12, 1)] {
            let holder = Uuid::from_u128(reporter);
            town.t
                .write(move |tx, app, moment| {
                    Box::pin(async move {
                        let settings = Settings::default();
                        let by = By { app: &app, settings: &settings, actor: &Actor::Visitor, moment: &moment };
                        reports::record(tx, by, idea.id, holder, ("hurtful", ""), true).await
                    })
                })
                .await;
            assert_eq!(town.count("SELECT count(*) FROM contribution WHERE hidden AND NOT visible").await, hidden);
        }
        let page = ideas::view::show(town.ctx(50, "/idees/1"), Arc::new(Caches::default()), Path(idea.number)).await;
        let page = page.unwrap();
        assert_eq!(page.status(), StatusCode::GONE);
        assert!(!body(page).await.contains("blessant"), "its words are not shown");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn search_ignores_accents_apostrophes_and_endings() {
    for engine in engines() {
        let town = town(engine).await;
        town.idea(1, "Des vélos à l’hôpital").await;
        town.idea(2, "Un banc au marché").await;
        for (words, found) in [("velo hopital", 1), ("L'HÔPITAL", 1), ("bancs", 1), ("marche banc", 1), ("piscine", 0)]
        {
            let filter = Filter { projects: vec![town.project], search: words.into(), lang: "fr", ..Filter::default() };
            let page = ideas::list::page(town.t.app.db.read(), &filter, Sort::Recent, 0, 10, 0).await.unwrap();
            assert_eq!(page.total, found, "{words}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_answer_and_show_what_was_written() {
    for engine in engines() {
        let town = town(engine).await;
        let caches = Arc::new(Caches::default());
        let idea = town.idea(1, "Un bus le dimanche jusqu’au marché. Sans voiture on reste chez soi.").await;
        let write = |text: &str, to: &str| {
            let form = Form::of(&[("commentaire", text), ("prenom", "Jean"), ("reponse_a", to)]);
            crate::comments::write(town.ctx(3, "/"), caches.clone(), Path(idea.number), form)
        };
        for _ in 0..2 {
            assert_eq!(write("D’accord.", "").await.unwrap().status(), StatusCode::SEE_OTHER);
        }
        assert_eq!(write("Moi aussi.", &(idea.number + 1).to_string()).await.unwrap().status(), StatusCode::SEE_OTHER);
        assert_eq!(town.count("SELECT comments FROM contribution WHERE kind = 'idea'").await, 2, "none is doubled");
        let ctx = |uri: &str| town.ctx(5, uri);
        let page = body(ideas::view::show(ctx("/idees/1"), caches.clone(), Path(idea.number)).await.unwrap()).await;
        assert!(
            page.contains("Un bus le dimanche") && page.contains("Moi aussi.") && page.contains("2 commentaires"),
            "{page}"
        );
        let page = body(
            projects::pages::one(ctx("/projets/bouger?q=bus"), caches.clone(), Path("bouger".into())).await.unwrap(),
        )
        .await;
        assert!(page.contains("1 idée sur 1") && page.contains("data-support"), "{page}");
        for answer in [
            crate::home::show(ctx("/"), caches.clone()).await,
            projects::pages::all(ctx("/projets")).await,
            ideas::pages::everywhere(ctx("/idees"), caches.clone()).await,
            ideas::answers::show(ctx("/reponses")).await,
            ideas::post::write(ctx("/deposer?projet=bouger&idee=Bonjour")).await,
        ] {
            let answer = answer.unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            let page = body(answer).await;
            assert!(!page.contains('⟦'), "missing words: {page}");
        }
        let csv = body(
            projects::csv::download(ctx("/projets/bouger/idees.csv"), Arc::default(), Path("bouger".into()))
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(csv.lines().count(), 2, "{csv}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_leaves_no_name_and_no_support() {
    for engine in engines() {
        let town = town(engine).await;
        let person = town.person("lea@exemple.fr").await;
        let draft = town.draft(7, "Un banc place du Marché").await;
        town.publish(7, draft, &[("q", "prenom"), ("prenom", "Léa"), ("courriel", "lea@exemple.fr")]).await.unwrap();
        town.unite(7, person.id, "lea@exemple.fr").await;
        let other = town.idea(1, "Un bus").await;
        town.support(other.id, person.id, true, Some(Reaction::Support)).await;
        let parts = crate::personal::data(&town.t.app.db.reader(), person.id).await.unwrap();
        assert!(parts.iter().any(|p| p.name == "ideas" && p.rows.len() == 1));
        let space = crate::own_space::html(&town.ctx(7, "/mon-espace"), person.id).await.unwrap();
        assert!(space.contains("Un banc place du Marché") && !space.contains('⟦'), "{space}");
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move { crate::personal::forget(tx, &moment, person.id, Forget::EraseTexts).await })
            })
            .await;
        assert_eq!(town.count("SELECT CAST(sum(supports) AS BIGINT) FROM contribution").await, 0);
        assert_eq!(
            town.count("SELECT count(*) FROM contribution WHERE author_name = 'Léa' OR body LIKE '%place du%'").await,
            0
        );
        let filter = Filter { projects: vec![town.project], search: "banc".into(), lang: "fr", ..Filter::default() };
        assert_eq!(ideas::list::page(town.t.app.db.read(), &filter, Sort::Recent, 0, 9, 0).await.unwrap().total, 0);
        assert_eq!(town.count("SELECT count(*) FROM follow").await, 0);
    }
}
