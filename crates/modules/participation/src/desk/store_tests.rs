//! The desk on both databases: races, counts, answers and their undo, the queue against a plain reading of it.

use std::sync::Arc;

use chrono::TimeDelta;
use parvis_kernel::{
    Error, Refusal, Result, args,
    context::Moment,
    db::{self, Db},
    permission::{Actor, Role},
    settings::Settings,
    words::Lang,
};
use parvis_people::{People, SessionIdentity, persons};
use parvis_testing::{TestApp, engines, start};
use uuid::Uuid;

use super::queue;
use crate::{
    Participation,
    answers::store::{self as answers, NewAnswer},
    follows,
    ideas::{
        Contribution, Status,
        store::{self as ideas, New},
    },
    moderation::{
        Action,
        store::{By, Decision, apply},
    },
    projects::{self, Project},
};

/// An instance with a project and somebody who may do anything there.
pub(crate) struct Desk {
    pub t: TestApp,
    pub moment: Moment,
    pub settings: Settings,
    pub actor: Actor,
    pub project: Uuid,
}

impl Desk {
    pub async fn open(engine: parvis_testing::Engine) -> Self {
        let t = parvis_testing::app(
            engine,
            vec![Arc::new(People), Arc::new(Participation::default())],
            Arc::new(SessionIdentity),
        )
        .await;
        let moment = t.app.moment();
        let actor = Actor::Person {
            id: Uuid::from_u128(9),
            name: "Nadia Benali".into(),
            session: Uuid::nil(),
            role: Some(Role::Administrator),
        };
        let project = project(&t.app.db, &moment, "Se déplacer").await;
        Self { t, moment, settings: Settings::default(), actor, project }
    }

    pub fn db(&self) -> &Db {
        &self.t.app.db
    }

    pub async fn idea(&self, status: Status) -> Contribution {
        self.write(New::idea(self.project, Uuid::from_u128(1), "Un banc à mi-chemin de l’hôpital.", status)).await
    }

    pub async fn write(&self, new: New) -> Contribution {
        let moment = self.moment.clone();
        let stored = self.db().write(move |tx| {
            let (moment, new) = (moment.clone(), new.clone());
            Box::pin(async move { ideas::insert(tx, &moment, &new).await })
        });
        let stored = stored.await.unwrap();
        ideas::find(self.db().read(), stored.id).await.unwrap()
    }

    pub async fn decide(&self, decision: Decision) -> Result<Contribution> {
        self.at(self.moment.clone(), decision).await
    }

    pub async fn at(&self, moment: Moment, decision: Decision) -> Result<Contribution> {
        let (app, settings, actor) = (self.t.app.clone(), self.settings.clone(), self.actor.clone());
        self.db()
            .write(move |tx| {
                let (app, settings) = (app.clone(), settings.clone());
                let (actor, moment, decision) = (actor.clone(), moment.clone(), decision.clone());
                Box::pin(async move {
                    let by = By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    apply(tx, by, &decision).await
                })
            })
            .await
    }

    pub async fn answer(&self, moment: Moment, new: NewAnswer) -> Result<crate::answers::Answer> {
        let (app, settings, actor) = (self.t.app.clone(), self.settings.clone(), self.actor.clone());
        self.db()
            .write(move |tx| {
                let (app, settings) = (app.clone(), settings.clone());
                let (actor, moment, new) = (actor.clone(), moment.clone(), new.clone());
                Box::pin(async move {
                    let by = By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    answers::publish(tx, by, &new).await
                })
            })
            .await
    }

    pub async fn undo(&self, moment: Moment, number: i64, id: Uuid) -> Result<()> {
        let (app, settings, actor) = (self.t.app.clone(), self.settings.clone(), self.actor.clone());
        self.db()
            .write(move |tx| {
                let (app, settings) = (app.clone(), settings.clone());
                let (actor, moment) = (actor.clone(), moment.clone());
                Box::pin(async move {
                    let by = By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    answers::undo(tx, by, number, id).await
                })
            })
            .await
    }

    /// Somebody with a confirmed address who follows an idea, as its author or not.
    pub async fn follower(&self, idea: Uuid, email: &'static str, author: bool) -> Uuid {
        let moment = self.moment.clone();
        self.db()
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move {
                    let person = persons::ensure(tx, &moment, email, "Léa", Lang::Fr).await?.id;
                    follows::begin(tx, &moment, idea, person, "wording", "test").await?;
                    if author {
                        db::run(tx, "UPDATE contribution SET author_id = $2 WHERE id = $1", args![idea, person])
                            .await?;
                    }
                    Ok(person)
                })
            })
            .await
            .unwrap()
    }

    pub async fn waiting_mails(&self) -> i64 {
        db::count(self.db().read(), "SELECT count(*) FROM mail WHERE state = 'waiting'", vec![]).await.unwrap()
    }

    pub async fn reread(&self, c: &Contribution) -> Contribution {
        ideas::find(self.db().read(), c.id).await.unwrap()
    }

    pub async fn history(&self, c: &Contribution) -> Vec<String> {
        let lines = ideas::history(self.db().read(), c.id).await.unwrap();
        lines.into_iter().map(|l| l.status).collect()
    }

    pub fn later(&self, minutes: i64) -> Moment {
        self.moment.at(self.moment.now + TimeDelta::minutes(minutes))
    }
}

pub(crate) async fn project(db: &Db, moment: &Moment, title: &str) -> Uuid {
    let (moment, project) = (
        moment.clone(),
        Project {
            slug: parvis_kernel::url::slug(title),
            title: title.into(),
            visibility: "public".into(),
            state: "published".into(),
            created_at: start(),
            version: 1,
            ..Project::default()
        },
    );
    db.write(move |tx| {
        let (moment, project) = (moment.clone(), project.clone());
        Box::pin(async move { projects::store::insert(tx, &moment, &project).await })
    })
    .await
    .unwrap()
}

fn refusal(outcome: &Result<Contribution>) -> Option<Refusal> {
    match outcome {
        Err(Error::Refused(r)) => Some(*r),
        _ => None,
    }
}

#[tokio::test]
async fn two_moderators_on_one_idea() {
    for engine in engines() {
        let d = Desk::open(engine).await;
        for _ in 0..5 {
            let idea = d.idea(Status::Prescreening).await;
            let publish = Decision::new(idea.number, idea.version, Action::Publish);
            let refuse =
                Decision { reason: "Hors sujet".into(), ..Decision::new(idea.number, idea.version, Action::Refuse) };
            let (a, b) = tokio::join!(d.decide(publish), d.decide(refuse));
            let after = d.reread(&idea).await;
            let (won, lost) = if a.is_ok() { (a, b) } else { (b, a) };
            assert_eq!(won.unwrap().status, after.status);
            assert_eq!(refusal(&lost), Some(Refusal::CHANGED_MEANWHILE));
            let recorded = "SELECT count(*) FROM activity WHERE subject_id = $1";
            assert_eq!(db::count(d.db().read(), recorded, args![idea.id]).await.unwrap(), 1);
        }
    }
}

#[tokio::test]
async fn counts_of_comments_stay_exact() {
    for engine in engines() {
        let d = Desk::open(engine).await;
        let idea = d.idea(Status::Proposed).await;
        let mut new = New::comment(d.project, idea.id, Uuid::from_u128(2), "Oui.", Status::Prescreening);
        let first = d.write(new.clone()).await;
        new.status = Status::Proposed;
        d.write(new).await;
        let mut comment = first;
        let expected = [
            (Action::Publish, 2),
            (Action::Hide, 1),
            (Action::Show, 2),
            (Action::Hide, 1),
            (Action::Show, 2),
            (Action::Reconsider, 1),
            (Action::Refuse, 1),
            (Action::Publish, 2),
        ];
        for (action, comments) in expected {
            let decision = Decision { reason: "Non".into(), ..Decision::new(comment.number, comment.version, action) };
            comment = d.decide(decision).await.unwrap();
            assert_eq!(d.reread(&idea).await.comments, comments, "{action:?}");
            let again = d.decide(Decision::new(comment.number, comment.version - 1, action)).await;
            assert_eq!(refusal(&again), Some(Refusal::CHANGED_MEANWHILE));
        }
    }
}

#[tokio::test]
async fn a_report_is_settled_by_hiding_or_showing() {
    for engine in engines() {
        let d = Desk::open(engine).await;
        let idea = d.idea(Status::Proposed).await;
        let id = idea.id;
        let moment = d.moment.clone();
        let reported = d.db().write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let sql =
                    "INSERT INTO report (id, contribution_id, holder, reason, at) VALUES ($1, $2, $3, 'hurtful', $4)";
                db::run(tx, sql, args![moment.id(), id, Uuid::from_u128(5), moment.now]).await?;
                db::run(tx, "UPDATE contribution SET reports = 1 WHERE id = $1", args![id]).await
            })
        });
        reported.await.unwrap();
        let reported = d.reread(&idea).await;
        assert_eq!(queue::counts(d.db().read(), None).await.unwrap().reported, 1);
        let after = d.decide(Decision::new(reported.number, reported.version, Action::Show)).await.unwrap();
        assert!(after.visible && after.reports == 0);
        let open = crate::moderation::store::open_reports(d.db().read(), &[id]).await.unwrap();
        assert!(open.is_empty());
        assert_eq!(queue::counts(d.db().read(), Some(&[d.project])).await.unwrap().all(), 1, "to answer again");
        assert_eq!(queue::counts(d.db().read(), Some(&[])).await.unwrap().all(), 0, "nothing of other projects");
    }
}

pub(crate) fn answer_to(idea: &Contribution, body: &str) -> NewAnswer {
    NewAnswer {
        number: idea.number,
        version: idea.version,
        status: Status::Accepted,
        decision: "Retenue".into(),
        body: body.into(),
        cost: "184 000 €".into(),
        next: "Visite sur place".into(),
        next_on: chrono::NaiveDate::from_ymd_opt(2026, 12, 9),
        funding: Some(crate::answers::Funding::Voted),
        signer: "Nadia Benali".into(),
        office: "Adjointe aux déplacements".into(),
    }
}

#[tokio::test]
async fn an_answer_is_published_once_and_undone() {
    for engine in engines() {
        let d = Desk::open(engine).await;
        let idea = d.idea(Status::Proposed).await;
        d.follower(idea.id, "lea@exemple.fr", true).await;
        d.follower(idea.id, "karim@exemple.fr", false).await;
        let idea = d.reread(&idea).await;
        let audience = answers::audience(d.db().read(), &idea, d.moment.now).await.unwrap();
        assert_eq!((audience.author, audience.followers), (1, 1));
        let before = d.history(&idea).await;
        let answer = d.answer(d.moment.clone(), answer_to(&idea, "Oui.")).await.unwrap();
        let twice = d.answer(d.later(1), answer_to(&idea, "Oui.")).await.unwrap();
        assert_eq!(answer.id, twice.id, "the second press publishes nothing");
        let answered = d.reread(&idea).await;
        assert!(answered.status == "accepted" && answered.answered_at.is_some());
        assert_eq!(d.waiting_mails().await, 2);
        let too_late = d.undo(d.later(11), idea.number, answer.id).await;
        assert!(matches!(too_late, Err(Error::Refused(r)) if r == answers::TOO_LATE_TO_UNDO));
        for _ in 0..2 {
            d.undo(d.later(9), idea.number, answer.id).await.unwrap();
            let undone = d.reread(&idea).await;
            assert!(undone.status == "proposed" && undone.answered_at.is_none());
            assert_eq!(d.history(&idea).await, before);
            assert_eq!(d.waiting_mails().await, 0);
            assert!(answers::find(d.db().read(), idea.id).await.unwrap().is_none());
        }
    }
}

#[tokio::test]
async fn undoing_a_correction_gives_the_first_answer_back() {
    for engine in engines() {
        let d = Desk::open(engine).await;
        let idea = d.idea(Status::Proposed).await;
        let first = d.answer(d.moment.clone(), answer_to(&idea, "Oui.")).await.unwrap();
        let now = d.reread(&idea).await;
        let stale = d.answer(d.later(20), answer_to(&idea, "Peut-être.")).await;
        assert!(matches!(stale, Err(Error::Refused(Refusal::CHANGED_MEANWHILE))));
        let corrected = NewAnswer { status: Status::Rejected, ..answer_to(&now, "Non, finalement.") };
        let second = d.answer(d.later(20), corrected).await.unwrap();
        d.undo(d.later(25), idea.number, second.id).await.unwrap();
        let back = answers::find(d.db().read(), idea.id).await.unwrap().unwrap();
        assert_eq!((back.body.as_str(), back.status.as_str(), back.id), ("Oui.", "accepted", first.id));
        let idea = d.reread(&idea).await;
        assert_eq!((idea.status.as_str(), idea.answered_at), ("accepted", now.answered_at));
    }
}

#[tokio::test]
async fn a_refusal_is_mailed_unless_it_is_undone() {
    for engine in engines() {
        let d = Desk::open(engine).await;
        let idea = d.idea(Status::Prescreening).await;
        d.follower(idea.id, "lea@exemple.fr", true).await;
        let reason = "Retirez l’adresse <b>du voisin</b>.";
        let decision = Decision { reason: reason.into(), ..Decision::new(idea.number, idea.version, Action::Refuse) };
        let refused = d.decide(decision).await.unwrap();
        assert_eq!(refused.reason, reason);
        let mail = parvis_kernel::mail::latest(d.db(), 5).await.unwrap();
        assert_eq!(mail.len(), 1);
        assert!(mail[0].body_text.contains("Retirez l’adresse") && !mail[0].body_html.contains("<b>du voisin"));
        assert!(mail[0].body_text.contains(&format!("corriger={}", idea.number)));
        let undo = Decision::new(idea.number, refused.version, Action::Reconsider);
        let waiting = d.at(d.later(2), undo).await.unwrap();
        assert_eq!((waiting.status.as_str(), waiting.reason.as_str()), ("prescreening", ""));
        assert_eq!(d.waiting_mails().await, 0);
        assert!(!d.history(&idea).await.contains(&"ineligible".to_owned()));
    }
}
