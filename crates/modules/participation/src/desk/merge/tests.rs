//! Uniting and undoing leave what was; nobody counts twice.

use std::collections::HashSet;

use parvis_kernel::{
    Error, Refusal, Result, args,
    context::Moment,
    db,
    permission::{Actor, Role},
};
use parvis_testing::engines;
use proptest::prelude::*;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{ANSWERED, MERGED, NOT_ALIKE, NOT_SETTLED, store};
use crate::{
    desk::store_tests::{Desk, project},
    ideas::{Contribution, Status, store as ideas, store::New},
    moderation::{self, Action, State},
    reactions::{self, Reaction},
};

mod told;

/// What somebody does before ideas are united.
#[derive(Debug, Clone)]
enum Deed {
    React { idea: usize, holder: u128, support: bool, confirmed: bool },
    Comment { idea: usize, holder: u128, visible: bool },
    Follow { idea: usize, person: u128 },
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let react = (0..3_usize, 1..6_u128, any::<bool>(), any::<bool>())
        .prop_map(|(idea, holder, support, confirmed)| Deed::React { idea, holder, support, confirmed });
    let comment = (0..3_usize, 1..6_u128, any::<bool>()).prop_map(|(idea, holder, visible)| Deed::Comment {
        idea,
        holder,
        visible,
    });
    let follow = (0..3_usize, 1..6_u128).prop_map(|(idea, person)| Deed::Follow { idea, person });
    prop::collection::vec(prop_oneof![react, comment, follow], 0..24)
}

/// Every row that uniting may touch, without versions.
async fn picture(d: &Desk) -> Vec<String> {
    #[derive(FromQueryResult)]
    struct Row {
        line: String,
    }
    let parts = [
        "SELECT c.number || ' ' || c.status || ' ' || coalesce(i.number, 0) || ' ' || c.supports || ' ' || c.opposes || ' ' \
         || c.comments || ' ' || c.brought || ' ' || CASE WHEN c.visible THEN 'v' ELSE '-' END || ' ' \
         || CASE WHEN c.published_at IS NULL THEN '-' ELSE 'p' END || coalesce(m.number, 0) AS line FROM contribution c \
         LEFT JOIN contribution i ON i.id = c.idea_id LEFT JOIN contribution m ON m.id = c.merged_into ORDER BY c.number",
        "SELECT c.number || ' ' || r.kind || ' ' || CASE WHEN r.confirmed THEN 'c' ELSE '-' END AS line FROM reaction r \
         JOIN contribution c ON c.id = r.contribution_id ORDER BY c.number, r.id",
        "SELECT c.number || ' ' || f.rhythm AS line FROM follow f JOIN contribution c ON c.id = f.contribution_id \
         ORDER BY c.number, f.person_id",
    ];
    let mut all = Vec::new();
    for sql in parts {
        let rows: Vec<Row> = db::all(d.db().read(), sql, vec![]).await.unwrap();
        all.extend(rows.into_iter().map(|r| r.line));
        all.push("--".into());
    }
    all
}

impl Desk {
    async fn does(&self, ideas: &[Contribution], deeds: &[Deed]) {
        let (moment, project) = (self.moment.clone(), self.project);
        let ids: Vec<Uuid> = ideas.iter().map(|i| i.id).collect();
        let deeds = deeds.to_vec();
        self.db()
            .write(move |tx| {
                let (moment, ids, deeds) = (moment.clone(), ids.clone(), deeds.clone());
                Box::pin(async move {
                    for deed in deeds {
                        match deed {
                            Deed::React { idea, holder, support, confirmed } => {
                                let want = if support { Reaction::Support } else { Reaction::Oppose };
                                let holder = Uuid::from_u128(holder);
                                reactions::set(tx, &moment, ids[idea], holder, confirmed, Some(want)).await?;
                            }
                            Deed::Comment { idea, holder, visible } => {
                                let status = if visible { Status::Proposed } else { Status::Prescreening };
                                let new = New::comment(project, ids[idea], Uuid::from_u128(holder), "Oui.", status);
                                ideas::insert(tx, &moment, &new).await?;
                            }
                            Deed::Follow { idea, person } => {
                                let sql = "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) \
                                           VALUES ($1, $2, 'daily', $3) ON CONFLICT DO NOTHING";
                                db::run(tx, sql, args![ids[idea], Uuid::from_u128(person), moment.now]).await?;
                            }
                        }
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    async fn unite(&self, moment: Moment, kept: &Contribution, all: &[Contribution]) -> Result<Uuid> {
        let chosen: Vec<(i64, i64)> = all.iter().map(|i| (i.number, i.version)).collect();
        let (app, settings, actor, kept) = (self.t.app.clone(), self.settings.clone(), self.actor.clone(), kept.number);
        self.db()
            .write(move |tx| {
                let (app, settings, chosen) = (app.clone(), settings.clone(), chosen.clone());
                let (actor, moment) = (actor.clone(), moment.clone());
                Box::pin(async move {
                    let by = moderation::store::By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    store::unite(tx, by, kept, &chosen).await
                })
            })
            .await
    }

    async fn part_ways(&self, moment: Moment, id: Uuid) -> Result<()> {
        let (app, settings, actor) = (self.t.app.clone(), self.settings.clone(), self.actor.clone());
        self.db()
            .write(move |tx| {
                let (app, settings) = (app.clone(), settings.clone());
                let (actor, moment) = (actor.clone(), moment.clone());
                Box::pin(async move {
                    let by = moderation::store::By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    store::undo(tx, by, id).await
                })
            })
            .await
    }

    async fn holders(&self, idea: &Contribution, kind: &str) -> HashSet<Uuid> {
        #[derive(FromQueryResult)]
        struct Row {
            holder: Uuid,
        }
        let sql = "SELECT holder FROM reaction WHERE contribution_id = $1 AND kind = $2 AND confirmed";
        let rows: Vec<Row> = db::all(self.db().read(), sql, args![idea.id, kind]).await.unwrap();
        rows.into_iter().map(|r| r.holder).collect()
    }
}

fn refused<T>(outcome: Result<T>) -> Option<Refusal> {
    match outcome {
        Err(Error::Refused(r)) => Some(r),
        _ => None,
    }
}

async fn uniting_then_undoing_is_nothing(engine: parvis_testing::Engine, deeds: &[Deed], waiting: bool) {
    let d = Desk::open(engine).await;
    let last = if waiting { Status::Prescreening } else { Status::Proposed };
    let all = [d.idea(Status::Proposed).await, d.idea(Status::UnderConsideration).await, d.idea(last).await];
    d.does(&all, deeds).await;
    let before = picture(&d).await;
    let mut expected = d.holders(&all[0], "support").await;
    let said: HashSet<Uuid> = expected.union(&d.holders(&all[0], "oppose").await).copied().collect();
    let unsure = "SELECT count(*) FROM reaction WHERE contribution_id = $1 AND NOT confirmed";
    let certain = db::count(d.db().read(), unsure, args![all[0].id]).await.unwrap() == 0;
    let id = d.unite(d.later(1), &all[0], &all).await.unwrap();
    let kept = d.reread(&all[0]).await;
    // Each holder once, by what the kept idea knew of them, else by the first of the others.
    expected.extend(d.holders(&kept, "support").await);
    assert_eq!(kept.supports, i64::try_from(expected.len()).unwrap(), "nobody counts twice, nobody is lost");
    assert!(!certain || d.holders(&kept, "oppose").await.iter().all(|h| !expected.contains(h)), "{said:?}");
    let comments = deeds.iter().filter(|d| matches!(d, Deed::Comment { visible: true, .. })).count();
    assert_eq!(kept.comments, i64::try_from(comments).unwrap());
    for other in &all[1..] {
        let other = d.reread(other).await;
        assert!(!other.visible && other.merged_into == Some(kept.id) && other.comments == 0);
    }
    assert_eq!(store::united_with(d.db().read(), kept.id).await.unwrap().len(), 2, "both authors are credited");
    d.part_ways(d.later(11), id).await.unwrap();
    d.part_ways(d.later(11), id).await.unwrap();
    assert_eq!(picture(&d).await, before);
}

#[test]
fn undone_it_is_as_it_was() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = ProptestConfig { cases: 12, ..ProptestConfig::default() };
    proptest!(config, |(deeds in deeds(), waiting in any::<bool>())| {
        for engine in engines() {
            runtime.block_on(uniting_then_undoing_is_nothing(engine, &deeds, waiting));
        }
    });
}

/// Two unions in a row, the first undone: what is left is what the second alone would have made.
async fn the_first_of_two_is_undone(engine: parvis_testing::Engine, deeds: &[Deed]) {
    let d = Desk::open(engine).await;
    let all = [d.idea(Status::Proposed).await, d.idea(Status::Proposed).await, d.idea(Status::Proposed).await];
    d.does(&all, deeds).await;
    let before = picture(&d).await;
    let with = async |minute: i64, other: usize| {
        let both = [d.reread(&all[0]).await, d.reread(&all[other]).await];
        d.unite(d.later(minute), &all[0], &both).await.unwrap()
    };
    let (first, second) = (with(1, 1).await, with(2, 2).await);
    let me = d.actor.person().unwrap();
    let undoable = store::running(d.db().read(), store::Of::Actor(me), d.moment.now).await.unwrap();
    assert_eq!(undoable.iter().map(|r| r.id).collect::<Vec<_>>(), [second, first], "newest first");
    d.part_ways(d.later(9), first).await.unwrap();
    let left = picture(&d).await;
    let undoable = store::running(d.db().read(), store::Of::Kept(all[0].id), d.moment.now).await.unwrap();
    assert_eq!(undoable.iter().map(|r| (r.id, r.other, r.parts)).collect::<Vec<_>>(), [(second, all[2].number, 1)]);
    d.part_ways(d.later(10), second).await.unwrap();
    assert_eq!(picture(&d).await, before, "then the second");
    with(10, 2).await;
    assert_eq!(left, picture(&d).await, "as if the first had never been");
}

#[test]
fn the_first_of_two_unions_leaves_the_second() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = ProptestConfig { cases: 12, ..ProptestConfig::default() };
    proptest!(config, |(deeds in deeds())| {
        for engine in engines() {
            runtime.block_on(the_first_of_two_is_undone(engine, &deeds));
        }
    });
}

#[tokio::test]
async fn what_cannot_be_united_is_named() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        let elsewhere = project(d.db(), &d.moment, "Ailleurs").await;
        let (a, b) = (d.idea(Status::Proposed).await, d.idea(Status::Proposed).await);
        let far = d.write(New::idea(elsewhere, Uuid::from_u128(1), "Ailleurs.", Status::Proposed)).await;
        let waits = d.idea(Status::Prescreening).await;
        let refused_one = d.idea(Status::Ineligible).await;
        let comment = d.write(New::comment(d.project, a.id, Uuid::from_u128(2), "Oui.", Status::Proposed)).await;
        let now = || d.later(1);
        let both = |x: &Contribution, y: &Contribution| [x.clone(), y.clone()];
        assert_eq!(refused(d.unite(now(), &a, &both(&a, &far)).await), Some(NOT_ALIKE));
        assert_eq!(refused(d.unite(now(), &a, &both(&a, &comment)).await), Some(NOT_ALIKE));
        assert_eq!(refused(d.unite(now(), &a, &both(&a, &a)).await), Some(NOT_ALIKE), "with itself");
        assert_eq!(refused(d.unite(now(), &a, std::slice::from_ref(&a)).await), Some(NOT_ALIKE));
        assert_eq!(refused(d.unite(now(), &a, &both(&b, &waits)).await), Some(NOT_ALIKE), "kept is none of them");
        assert_eq!(refused(d.unite(now(), &waits, &both(&waits, &a)).await), Some(NOT_SETTLED));
        assert_eq!(refused(d.unite(now(), &a, &both(&a, &refused_one)).await), Some(NOT_SETTLED));
        let answered = d.answer(d.moment.clone(), crate::desk::store_tests::answer_to(&b, "Oui.")).await;
        answered.unwrap();
        assert_eq!(refused(d.unite(now(), &a, &both(&a, &b)).await), Some(Refusal::CHANGED_MEANWHILE));
        let b = d.reread(&b).await;
        assert_eq!(refused(d.unite(now(), &a, &both(&a, &b)).await), Some(ANSWERED));
        let id = d.unite(now(), &b, &both(&a, &b)).await.unwrap();
        let (a, b) = (d.reread(&a).await, d.reread(&b).await);
        assert_eq!(refused(d.unite(now(), &b, &both(&a, &b)).await), Some(MERGED));
        assert_eq!(moderation::possible(State::of(&a), Action::Answer), Err(MERGED));
        assert_eq!(store::kept_of(d.db().read(), &a).await.unwrap().map(|k| k.id), Some(b.id));
        assert!(refused(d.part_ways(d.later(12), id).await).is_some(), "too late");
        d.actor = Actor::Person {
            id: Uuid::from_u128(4),
            name: "Ana".into(),
            session: Uuid::nil(),
            role: Some(Role::Moderator(vec![elsewhere])),
        };
        assert_eq!(refused(d.part_ways(d.later(2), id).await), Some(Refusal::NOT_ALLOWED));
        assert_eq!(refused(d.unite(d.later(2), &far, &both(&far, &waits)).await), Some(Refusal::NOT_ALLOWED));
    }
}
