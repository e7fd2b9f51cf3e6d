//! Lots on both databases: what is skipped, what is told once, what a kill leaves, and an undo that leaves no trace.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use parvis_kernel::{
    Error, args,
    context::Moment,
    db, jobs,
    permission::{Actor, Role},
};
use parvis_people::persons;
use parvis_testing::engines;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    Act, Counts, Detail, State, fields, filled, job,
    single::{self, One},
    step, step_back,
    store::{self, Chosen, NewLot},
};
use crate::{
    desk::{
        handling,
        queue::{Filter, Tab},
        store_tests::{Desk, project},
    },
    ideas::{Contribution, Status, store::New},
    moderation::{self, Action, appeals, store::Decision},
    reports,
};

mod alone;
mod drafts;
mod told;

#[test]
fn fields_are_filled_for_each_author() {
    let text = "Bonjour {prénom}, votre idée {numéro}, « {titre} »";
    assert_eq!(filled(text, "Léa", 12, "Un banc"), "Bonjour Léa, votre idée 12, « Un banc »");
    assert_eq!(filled("Bonjour {prénom}, merci {x}", "", 1, ""), "Bonjour, merci {x}", "an unknown field stays");
    assert_eq!(filled("{titre}", "", 1, "{numéro}"), "1", "a title is no template of its own");
    assert_eq!(fields("{a b} {numéro}, {} {12} {x\n} {{titre}} {"), ["{a b}", "{numéro}", "{titre}"]);
}

/// All that a lot may change of a contribution, but its version.
async fn picture(d: &Desk) -> Vec<String> {
    #[allow(dead_code, reason = "compared as written by Debug")]
    #[derive(FromQueryResult, Debug)]
    struct Row {
        number: i64,
        status: String,
        reason: String,
        visible: bool,
        tag: String,
        area_id: Option<Uuid>,
        project_id: Uuid,
        published_at: Option<chrono::DateTime<chrono::Utc>>,
        answered_at: Option<chrono::DateTime<chrono::Utc>>,
        comments: i64,
        hidden: bool,
        kept: bool,
        reports: i64,
        appeal: bool,
        assignee_id: Option<Uuid>,
    }
    #[allow(dead_code, reason = "compared as written by Debug")]
    #[derive(FromQueryResult, Debug)]
    struct Line {
        contribution_id: Uuid,
        status: String,
    }
    let c = d.db().read();
    let sql = "SELECT c.number, c.status, c.reason, c.visible, c.tag, c.area_id, c.project_id, c.published_at, c.answered_at, \
               c.comments, c.hidden, c.kept, c.reports, c.appeal, h.assignee_id FROM contribution c LEFT JOIN handling h ON h.contribution_id = c.id \
               ORDER BY c.number";
    let rows: Vec<Row> = db::all(c, sql, args![]).await.unwrap();
    let sql = "SELECT contribution_id, status FROM status_change ORDER BY contribution_id, at, id";
    let lines: Vec<Line> = db::all(c, sql, args![]).await.unwrap();
    let sql = "SELECT contribution_id, decision AS status FROM answer ORDER BY contribution_id";
    let answers: Vec<Line> = db::all(c, sql, args![]).await.unwrap();
    let sql = "SELECT contribution_id, action AS status FROM moderation_event UNION ALL SELECT contribution_id, reason \
               FROM report WHERE settled_at IS NULL ORDER BY contribution_id, status";
    let log: Vec<Line> = db::all(c, sql, args![]).await.unwrap();
    let mut all: Vec<String> = rows.iter().map(|r| format!("{r:?}")).collect();
    all.extend(lines.iter().chain(&answers).chain(&log).map(|l| format!("{l:?}")));
    all.push(d.waiting_mails().await.to_string());
    all
}

impl Desk {
    /// Whoever acts is somebody the database knows, with a role.
    async fn staffed(&mut self) {
        let moment = self.moment.clone();
        let me = self.db().write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let me = persons::ensure(tx, &moment, "a@exemple.fr", "Ana", parvis_kernel::words::Lang::Fr).await?;
                persons::set_role(tx, me.id, Some(&Role::Administrator)).await?;
                Ok(me)
            })
        });
        let me = me.await.unwrap();
        self.actor = Actor::Person { id: me.id, name: me.name, session: Uuid::nil(), role: Some(Role::Administrator) };
    }

    async fn lot(&self, act: Act, detail: Detail, chosen: Chosen) -> Uuid {
        let (moment, me) = (self.moment.clone(), self.actor.person().unwrap());
        let new = NewLot { act, detail, person: (act == Act::Assign).then_some(me), chosen };
        self.db()
            .write(move |tx| {
                let (moment, new) = (moment.clone(), new.clone());
                Box::pin(async move {
                    let id = store::create(tx, &moment, me, &new).await?;
                    let lot = store::find(tx, id).await?;
                    store::set_state(tx, &lot, State::Running, moment.now).await?;
                    Ok(id)
                })
            })
            .await
            .unwrap()
    }

    async fn part(&self, lot: Uuid, moment: Moment, back: bool) -> bool {
        let (app, settings, actor) = (self.t.app.clone(), self.settings.clone(), self.actor.clone());
        self.db()
            .write(move |tx| {
                let (app, settings) = (app.clone(), settings.clone());
                let (actor, moment) = (actor.clone(), moment.clone());
                Box::pin(async move {
                    let by = moderation::store::By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    if back { step_back(tx, by, lot).await } else { step(tx, by, lot).await }
                })
            })
            .await
            .unwrap()
    }

    async fn counts(&self, lot: Uuid) -> Counts {
        store::counts(self.db().read(), lot).await.unwrap()
    }

    async fn undoing(&self, lot: Uuid) {
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    let lot = store::find(tx, lot).await?;
                    store::set_state(tx, &lot, State::Undoing, lot.moved_at).await
                })
            })
            .await
            .unwrap();
    }

    async fn held(&self, contribution: Uuid, by: Uuid) {
        let moment = self.moment.clone();
        self.db()
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move { handling::hold(tx, &moment, by, contribution).await })
            })
            .await
            .unwrap();
    }
}

fn pairs(all: &[Contribution]) -> Chosen {
    Chosen::These(all.iter().map(|c| (c.number, c.version)).collect())
}

fn detail(project: Uuid) -> Detail {
    Detail {
        reason: "Bonjour {prénom}, la {numéro} est hors du sujet.".into(),
        status: "accepted".into(),
        tag: "Vélo".into(),
        area: Some(Uuid::from_u128(77)),
        project: Some(project),
        decision: "Retenue".into(),
        body: "Oui, {prénom}.".into(),
        signer: "Nadia".into(),
        ..Detail::default()
    }
}

#[tokio::test]
async fn every_act_is_done_told_once_and_undone_without_a_trace() {
    for engine in engines() {
        for act in Act::ALL {
            let mut d = Desk::open(engine).await;
            d.staffed().await;
            let other = project(d.db(), &d.moment, "Le marché").await;
            let status = match act {
                Act::Publish | Act::Refuse => Status::Prescreening,
                Act::Reconsider => Status::Ineligible,
                _ => Status::Proposed,
            };
            let mut ideas = Vec::new();
            for email in ["lea@exemple.fr", "karim@exemple.fr"] {
                let idea = d.idea(status).await;
                d.follower(idea.id, email, true).await;
                ideas.push(d.reread(&idea).await);
            }
            let comment = New::comment(d.project, ideas[0].id, Uuid::from_u128(2), "Oui.", Status::Proposed);
            d.write(comment).await;
            if matches!(act, Act::Hide | Act::Show) {
                d.reported(&ideas, if act == Act::Show { 3 } else { 2 }).await;
                ideas = vec![d.reread(&ideas[0]).await, d.reread(&ideas[1]).await];
                assert_eq!(ideas[0].hidden, act == Act::Show);
            }
            let before = picture(&d).await;
            let lot = d.lot(act, detail(other), pairs(&ideas)).await;
            assert!(!d.part(lot, d.later(1), false).await);
            assert_eq!(d.counts(lot).await, Counts { done: 2, ..Counts::default() }, "{act:?}");
            assert_ne!(picture(&d).await, before, "{act:?}");
            let told = matches!(act, Act::Publish | Act::Refuse | Act::Hide | Act::Status | Act::Answer);
            assert_eq!(d.waiting_mails().await, if told { 2 } else { 0 }, "{act:?}");
            assert!(!d.part(lot, d.later(2), false).await, "a lot done is done once");
            if act == Act::Project {
                let moved = "SELECT count(*) FROM contribution WHERE project_id = $1";
                assert_eq!(db::count(d.db().read(), moved, args![other]).await.unwrap(), 3, "with its comments");
            }
            d.undoing(lot).await;
            assert!(!d.part(lot, d.later(5), true).await);
            assert_eq!(picture(&d).await, before, "{act:?} undone");
            assert_eq!(d.counts(lot).await.undone, 2);
        }
    }
}

impl Desk {
    /// So many people report each of these; the third hides it.
    async fn reported(&self, ideas: &[Contribution], times: u128) {
        let (moment, ids) = (self.moment.clone(), ideas.iter().map(|i| i.id).collect::<Vec<_>>());
        let (app, settings, actor) = (self.t.app.clone(), self.settings.clone(), self.actor.clone());
        self.db()
            .write(move |tx| {
                let (moment, ids, app) = (moment.clone(), ids.clone(), app.clone());
                let (settings, actor) = (settings.clone(), actor.clone());
                Box::pin(async move {
                    let by = moderation::store::By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    for id in ids {
                        for n in 0..times {
                            reports::record(tx, by, id, Uuid::from_u128(50 + n), ("hurtful", ""), true).await?;
                        }
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    /// One decision, as the page of one contribution makes it.
    async fn alone(&self, act: Act, c: &Contribution, minute: i64) -> parvis_kernel::Result<Uuid> {
        self.alone_with(act, detail(self.project), c, minute).await
    }

    async fn alone_with(&self, act: Act, detail: Detail, c: &Contribution, minute: i64) -> parvis_kernel::Result<Uuid> {
        let (app, settings, actor) = (self.t.app.clone(), self.settings.clone(), self.actor.clone());
        let new = One { number: c.number, version: c.version, act, detail, person: None };
        let moment = self.later(minute);
        self.db()
            .write(move |tx| {
                let (app, settings, new) = (app.clone(), settings.clone(), new.clone());
                let (actor, moment) = (actor.clone(), moment.clone());
                Box::pin(async move {
                    let by = moderation::store::By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    single::decide(tx, by, new).await
                })
            })
            .await
    }

    async fn undo_lot(&self, lot: Uuid, minute: i64) -> Counts {
        self.undoing(lot).await;
        self.part(lot, self.later(minute), true).await;
        self.counts(lot).await
    }

    async fn undoable(&self, about: Option<Uuid>) -> Vec<Uuid> {
        let me = self.actor.person().unwrap();
        let found = store::undoable(self.db().read(), me, self.moment.now, about).await.unwrap();
        found.into_iter().map(|lot| lot.id).collect()
    }
}

#[tokio::test]
async fn what_changed_is_held_or_is_foreign_is_left_alone() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        let foreign = project(d.db(), &d.moment, "Ailleurs").await;
        let (free, changed, held, refused) = (
            d.idea(Status::Prescreening).await,
            d.idea(Status::Prescreening).await,
            d.idea(Status::Prescreening).await,
            d.idea(Status::Ineligible).await,
        );
        let theirs = d.write(New::idea(foreign, Uuid::from_u128(1), "Ailleurs.", Status::Prescreening)).await;
        d.decide(Decision::new(changed.number, changed.version, Action::Publish)).await.unwrap();
        d.held(held.id, Uuid::from_u128(5)).await;
        d.held(free.id, d.actor.person().unwrap()).await;
        d.actor = Actor::Person {
            id: Uuid::from_u128(9),
            name: "Ana".into(),
            session: Uuid::nil(),
            role: Some(Role::Moderator(vec![d.project])),
        };
        let all = [free.clone(), changed, held.clone(), refused, theirs.clone()];
        let lot = d.lot(Act::Refuse, detail(d.project), pairs(&all)).await;
        d.part(lot, d.later(1), false).await;
        let expected = Counts { done: 1, changed: 1, held: 1, impossible: 1, refused: 1, ..Counts::default() };
        assert_eq!(d.counts(lot).await, expected);
        assert_eq!(d.reread(&theirs).await.status, "prescreening");
        assert!(d.reread(&free).await.reason.contains(&format!("la {} est", free.number)));
        // Ten minutes later nobody holds it any more.
        let later = d.lot(Act::Refuse, detail(d.project), pairs(&[held])).await;
        d.part(later, d.later(11), false).await;
        assert_eq!(d.counts(later).await.done, 1);
        // What somebody changed since is not taken back.
        let now = d.reread(&free).await;
        d.decide(Decision::new(now.number, now.version, Action::Publish)).await.unwrap();
        d.undoing(lot).await;
        d.part(lot, d.later(3), true).await;
        assert_eq!((d.counts(lot).await.kept, d.reread(&free).await.status.as_str()), (1, "proposed"));
    }
}

#[tokio::test]
async fn two_lots_at_once_decide_each_once() {
    for engine in engines() {
        let d = Desk::open(engine).await;
        let mut ideas = Vec::new();
        for _ in 0..8 {
            ideas.push(d.idea(Status::Prescreening).await);
        }
        let (a, b) = (
            d.lot(Act::Publish, detail(d.project), pairs(&ideas)).await,
            d.lot(Act::Refuse, detail(d.project), pairs(&ideas)).await,
        );
        tokio::join!(d.part(a, d.later(1), false), d.part(b, d.later(1), false));
        let (a, b) = (d.counts(a).await, d.counts(b).await);
        assert_eq!(a.done + b.done, 8, "{a:?} {b:?}");
        assert_eq!(a.changed + b.changed, 8, "{a:?} {b:?}");
        let lines = db::count(d.db().read(), "SELECT count(*) FROM status_change", args![]).await.unwrap();
        assert_eq!(lines, 8);
    }
}

/// Many ideas with a follower each, written at once.
async fn many(d: &Desk, n: usize) {
    let (moment, project) = (d.moment.clone(), d.project);
    d.db()
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                for i in 0..n {
                    let email = format!("p{i}@exemple.fr");
                    let person = persons::ensure(tx, &moment, &email, "", parvis_kernel::words::Lang::Fr).await?.id;
                    let new = New::idea(project, person, "Un banc.", Status::Proposed);
                    let stored = crate::ideas::store::insert(tx, &moment, &new).await?;
                    crate::follows::begin(tx, &moment, stored.id, person, "w", "test").await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_large_answer_survives_a_kill_and_mails_each_once() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        d.staffed().await;
        many(&d, 450).await;
        let all = Chosen::Matching(Box::new(Filter { lang: "fr", ..Filter::default() }), Tab::Answer);
        let lot = d.lot(Act::Answer, detail(d.project), all).await;
        assert!(d.part(lot, d.later(0), false).await, "more to do");
        let moment = d.moment.clone();
        d.db()
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move { job::enqueue(tx, &moment, lot).await })
            })
            .await
            .unwrap();
        // The program stops before the job's end is written: the job is run again, and finds what is left.
        let claimed = "UPDATE job SET state = 'running', dedupe = NULL, locked_until = $1";
        let dead = d.moment.now + TimeDelta::minutes(10);
        d.db().write(move |tx| Box::pin(async move { db::run(tx, claimed, args![dead]).await })).await.unwrap();
        assert_eq!(jobs::run_due(&d.t.app).await.unwrap(), 0, "the dead worker's");
        d.t.clock.advance(TimeDelta::minutes(11));
        assert_eq!(jobs::run_due(&d.t.app).await.unwrap(), 2);
        assert_eq!(d.counts(lot).await, Counts { done: 450, ..Counts::default() });
        assert_eq!(d.waiting_mails().await, 450);
        let twice = "SELECT count(*) FROM (SELECT recipient FROM mail GROUP BY recipient HAVING count(*) > 1) AS t";
        assert_eq!(db::count(d.db().read(), twice, args![]).await.unwrap(), 0);
        assert_eq!(store::find(d.db().read(), lot).await.unwrap().state(), State::Done);
        d.undoing(lot).await;
        while d.part(lot, d.later(12), true).await {}
        assert_eq!((d.counts(lot).await.undone, d.waiting_mails().await), (450, 0));
        let answers = db::count(d.db().read(), "SELECT count(*) FROM answer", args![]).await.unwrap();
        assert_eq!(answers, 0);
    }
}

#[tokio::test]
async fn who_only_was_invited_is_given_nothing() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        d.staffed().await;
        assert!(handling::deciders(d.db().read()).await.unwrap().is_empty(), "never came, on {engine:?}");
        let now = d.moment.now;
        d.db()
            .write(move |tx| {
                Box::pin(async move {
                    parvis_kernel::db::run(tx, "UPDATE person SET seen_at = $1", parvis_kernel::args![now]).await
                })
            })
            .await
            .unwrap();
        assert_eq!(handling::deciders(d.db().read()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn whoever_lost_the_role_meanwhile_decides_nothing() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        let idea = d.idea(Status::Prescreening).await;
        let lot = d.lot(Act::Publish, detail(d.project), pairs(std::slice::from_ref(&idea))).await;
        d.actor = Actor::Visitor;
        d.part(lot, d.later(1), false).await;
        assert_eq!((d.counts(lot).await.refused, d.reread(&idea).await.status.as_str()), (1, "prescreening"));
        let lot = store::find(d.db().read(), lot).await.unwrap();
        assert!(lot.may_undo(d.later(10).now) && !lot.may_undo(d.later(11).now));
        let moved = d.db().write({
            let lot = lot.clone();
            move |tx| {
                let lot = super::Lot { state: "draft".into(), ..lot.clone() };
                Box::pin(async move { store::set_state(tx, &lot, State::Running, lot.moved_at).await })
            }
        });
        assert!(matches!(moved.await, Err(Error::Refused(_))), "moved by somebody already");
    }
}

/// What SQL finds possible is what the rule says, in every state a contribution can be in.
#[tokio::test]
async fn the_filter_chooses_what_the_rule_allows() {
    for engine in engines() {
        let d = Desk::open(engine).await;
        let mut all = Vec::new();
        for status in Status::ALL {
            for bits in 0..16_u8 {
                let idea = d.idea(status).await;
                let kind = if bits & 1 == 0 { "idea" } else { "comment" };
                let (hidden, withdrawn) = (bits & 2 != 0, bits & 4 != 0);
                let answered = (bits & 8 != 0 && kind == "idea").then_some(d.moment.now);
                let visible = status.is_public() && !hidden && !withdrawn;
                d.db()
                    .write(move |tx| {
                        let sql = "UPDATE contribution SET kind = $2, hidden = $3, withdrawn = $4, answered_at = $5, \
                                   visible = $6 WHERE id = $1";
                        Box::pin(async move {
                            db::run(tx, sql, args![idea.id, kind, hidden, withdrawn, answered, visible]).await
                        })
                    })
                    .await
                    .unwrap();
                all.push(d.reread(&idea).await);
            }
        }
        for act in Act::ALL {
            let sql = format!("SELECT count(*) FROM contribution c WHERE c.id = $1 AND {}", act.possible());
            let mut wrong = BTreeMap::new();
            for c in &all {
                let found = db::count(d.db().read(), &sql, args![c.id]).await.unwrap() == 1;
                let rule = act.is_possible(moderation::State::of(c));
                if found != rule {
                    wrong.insert(c.number, (c.kind.clone(), c.status.clone(), c.hidden, found, rule));
                }
            }
            assert!(wrong.is_empty(), "{act:?} on {engine:?}: {wrong:?}");
        }
    }
}
