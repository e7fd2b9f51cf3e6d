//! What an answer to many makes of the answers that somebody had begun.

use super::*;
use crate::answers::drafts::{self, Draft, Writing};

impl Desk {
    async fn drafted(&self, idea: &Contribution, who: Uuid, text: &str) {
        let fields = BTreeMap::from([("texte", text.to_owned()), ("signataire", "Nadia".to_owned())]);
        let writing = Writing { contribution: idea.id, answer: None, actor: Some(who), after: None, fields };
        let moment = self.moment.clone();
        self.db()
            .write(move |tx| {
                let (moment, writing) = (moment.clone(), writing.clone());
                Box::pin(async move { drafts::keep(tx, &moment, &writing).await.map(|_| ()) })
            })
            .await
            .unwrap();
    }

    async fn draft(&self, idea: &Contribution) -> Option<Draft> {
        drafts::find(self.db().read(), idea.id).await.unwrap()
    }

    async fn forgets(&self, who: Uuid) {
        self.db().write(move |tx| Box::pin(async move { store::forget(tx, who).await })).await.unwrap();
    }
}

#[tokio::test]
async fn a_draft_comes_back_when_the_answer_to_many_is_undone() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        d.staffed().await;
        let (colleague, other) = (Uuid::from_u128(71), Uuid::from_u128(72));
        let ideas = [d.idea(Status::Proposed).await, d.idea(Status::Proposed).await, d.idea(Status::Proposed).await];
        d.drafted(&ideas[0], colleague, "Oui, au printemps.").await;
        d.drafted(&ideas[2], other, "Non.").await;
        let before = d.draft(&ideas[0]).await.unwrap();
        let lot = d.lot(Act::Answer, detail(d.project), pairs(&ideas)).await;
        assert_eq!(drafts::count_of_lot(d.db().read(), lot).await.unwrap(), 2, "{engine:?}");
        d.part(lot, d.later(1), false).await;
        assert_eq!(d.draft(&ideas[0]).await, None, "its idea is answered");
        // A writer who is erased meanwhile leaves the words, not the name.
        d.forgets(other).await;
        d.undoing(lot).await;
        d.part(lot, d.later(5), true).await;
        assert_eq!(d.draft(&ideas[0]).await, Some(before), "{engine:?}");
        assert_eq!(d.draft(&ideas[1]).await, None, "{engine:?}");
        let form = d.draft(&ideas[2]).await.unwrap().form(1).unwrap();
        assert_eq!((form.get("texte"), form.get("signataire"), form.get("reprend")), ("Non.", "", ""), "{engine:?}");
    }
}

#[tokio::test]
async fn an_erased_author_takes_the_remembered_draft_along() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        d.staffed().await;
        let idea = d.idea(Status::Proposed).await;
        d.drafted(&idea, Uuid::from_u128(71), "Merci, Léa.").await;
        let lot = d.lot(Act::Answer, detail(d.project), pairs(std::slice::from_ref(&idea))).await;
        d.part(lot, d.later(1), false).await;
        let (moment, id) = (d.later(2), idea.id);
        d.db()
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move { crate::personal::erase(tx, &moment, id).await })
            })
            .await
            .unwrap();
        let left = "SELECT count(*) FROM lot_item WHERE memory <> ''";
        assert_eq!(db::count(d.db().read(), left, args![]).await.unwrap(), 0, "{engine:?}");
    }
}
