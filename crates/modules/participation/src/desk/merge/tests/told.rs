//! Each author and follower of ideas that were united is told once, and only while they are united.

use super::*;
use crate::{
    desk::{
        lots::{
            self, Act, Detail,
            single::{self, One},
        },
        store_tests::answer_to,
    },
    follows,
    moderation::store::Decision,
};

#[derive(Debug, FromQueryResult)]
struct Letter {
    recipient: String,
    subject: String,
    body_text: String,
}

/// Three ideas with their authors; Ana follows the first two. The first two are united.
struct United {
    d: Desk,
    kept: Contribution,
    part: Contribution,
    apart: Contribution,
    merging: Uuid,
}

impl United {
    async fn open(engine: parvis_testing::Engine) -> Self {
        let d = Desk::open(engine).await;
        let mut all = Vec::new();
        for (email, title) in
            [("a@exemple.fr", "Un banc"), ("b@exemple.fr", "Des sièges"), ("c@exemple.fr", "Un arbre")]
        {
            let new = New::idea(d.project, Uuid::from_u128(1), "Pour se reposer.", Status::Proposed);
            let idea = d.write(New { title: title.into(), ..new }).await;
            d.follower(idea.id, email, true).await;
            all.push(d.reread(&idea).await);
        }
        for idea in &all[..2] {
            d.follower(idea.id, "ana@exemple.fr", false).await;
        }
        let merging = d.unite(d.moment.clone(), &all[0], &all[..2]).await.unwrap();
        let [kept, part, apart] = <[Contribution; 3]>::try_from(all).unwrap();
        Self { kept: d.reread(&kept).await, part, apart, d, merging }
    }

    /// Who is about to be told, in order.
    async fn told(&self) -> Vec<String> {
        self.letters().await.into_iter().map(|l| l.recipient.split('@').next().unwrap().to_owned()).collect()
    }

    async fn letters(&self) -> Vec<Letter> {
        let sql = "SELECT recipient, subject, body_text FROM mail WHERE state = 'waiting' ORDER BY recipient";
        db::all(self.d.db().read(), sql, vec![]).await.unwrap()
    }

    async fn answer_as_a_lot(&self) -> Uuid {
        let d = &self.d;
        let (app, settings, actor) = (d.t.app.clone(), d.settings.clone(), d.actor.clone());
        let (moment, number) = (d.later(1), self.kept.number);
        let version = d.reread(&self.kept).await.version;
        let detail = Detail { status: "accepted".into(), body: "Oui.".into(), ..Detail::default() };
        d.db()
            .write(move |tx| {
                let (app, settings, actor) = (app.clone(), settings.clone(), actor.clone());
                let (moment, detail) = (moment.clone(), detail.clone());
                Box::pin(async move {
                    let by = moderation::store::By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    single::decide(tx, by, One { number, version, act: Act::Answer, detail, person: None }).await
                })
            })
            .await
            .unwrap()
    }

    async fn undo_lot(&self, id: Uuid) {
        let d = &self.d;
        let (app, settings, actor) = (d.t.app.clone(), d.settings.clone(), d.actor.clone());
        let moment = d.later(3);
        d.db()
            .write(move |tx| {
                let (app, settings) = (app.clone(), settings.clone());
                let (actor, moment) = (actor.clone(), moment.clone());
                Box::pin(async move {
                    let by = moderation::store::By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    let lot = lots::store::find(tx, id).await?;
                    lots::store::set_state(tx, &lot, lots::State::Undoing, moment.now).await?;
                    lots::step_back(tx, by, id).await
                })
            })
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn each_author_and_follower_is_told_once_of_the_answer_and_of_a_status() {
    for engine in engines() {
        let u = United::open(engine).await;
        let audience = crate::answers::store::audience(u.d.db().read(), &u.kept, u.d.moment.now).await.unwrap();
        assert_eq!((audience.author, audience.followers), (2, 1), "both authors are");
        u.d.answer(u.d.later(1), answer_to(&u.kept, "Oui.")).await.unwrap();
        assert_eq!(u.told().await, ["a", "ana", "b"]);
        let letters = u.letters().await;
        let (first, follower, second) = (&letters[0], &letters[1], &letters[2]);
        assert!(
            first.subject.starts_with("Votre idée est retenue") && !first.body_text.contains("réunie"),
            "{first:?}"
        );
        assert!(follower.subject.starts_with("Une idée que vous suivez est retenue"), "{follower:?}");
        assert!(
            second.subject.starts_with("Votre idée est retenue") && second.subject.contains("Un banc"),
            "{second:?}"
        );
        assert!(second.body_text.contains("Des sièges") && second.body_text.contains("réunie avec"), "{second:?}");
        let now = u.d.reread(&u.kept).await;
        let status =
            Decision { status: Some(Status::Implemented), ..Decision::new(now.number, now.version, Action::SetStatus) };
        u.d.at(u.d.later(20), status).await.unwrap();
        assert_eq!(u.told().await, ["a", "a", "ana", "ana", "b", "b"]);
    }
}

#[tokio::test]
async fn a_bulk_answer_tells_them_too_and_its_undo_takes_it_back() {
    for engine in engines() {
        let u = United::open(engine).await;
        let lot = u.answer_as_a_lot().await;
        assert_eq!(u.told().await, ["a", "ana", "b"]);
        u.undo_lot(lot).await;
        assert_eq!(u.told().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn whoever_confirms_after_the_union_is_told_as_well_and_may_stop() {
    for engine in engines() {
        let u = United::open(engine).await;
        u.d.follower(u.part.id, "late@exemple.fr", false).await;
        // United once more: two steps away from where they asked.
        let both = [u.kept.clone(), u.apart.clone()];
        u.d.unite(u.d.later(1), &u.apart, &both).await.unwrap();
        let later = u.d.follower(u.part.id, "later@exemple.fr", false).await;
        let kept = u.d.reread(&u.apart).await;
        let (id, never) = (kept.id, follows::Rhythm::Never);
        assert!(
            u.d.db().write(move |tx| Box::pin(follows::set(tx, id, later, never))).await.unwrap(),
            "they follow it"
        );
        u.d.answer(u.d.later(2), answer_to(&kept, "Oui.")).await.unwrap();
        assert_eq!(u.told().await, ["a", "ana", "b", "c", "late"]);
    }
}

#[tokio::test]
async fn once_the_union_is_undone_its_part_hears_nothing_of_the_other() {
    for engine in engines() {
        let u = United::open(engine).await;
        u.d.follower(u.part.id, "late@exemple.fr", false).await;
        u.d.answer(u.d.later(1), answer_to(&u.kept, "Oui.")).await.unwrap();
        assert_eq!(u.told().await, ["a", "ana", "b", "late"]);
        u.d.part_ways(u.d.later(2), u.merging).await.unwrap();
        assert_eq!(u.told().await, ["a", "ana"], "Ana follows both");
        let part = u.d.reread(&u.part).await;
        u.d.answer(u.d.later(3), answer_to(&part, "Non.")).await.unwrap();
        assert_eq!(u.told().await, ["a", "ana", "ana", "b", "late"], "each of their own");
    }
}
