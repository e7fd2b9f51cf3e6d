//! One decision by itself: undone later from any page, unless something followed.

use super::*;

/// What was decided first is taken back after what was decided later, of another contribution; of the same one, only
/// the last is.
#[tokio::test]
async fn each_decision_is_undone_later_unless_something_followed() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        d.staffed().await;
        let (a, b) = (d.idea(Status::Prescreening).await, d.idea(Status::Prescreening).await);
        d.follower(a.id, "lea@exemple.fr", true).await;
        d.held(a.id, Uuid::from_u128(5)).await;
        let a = d.reread(&a).await;
        let before = picture(&d).await;
        let first = d.alone(Act::Publish, &a, 1).await.unwrap();
        assert!(
            matches!(d.alone(Act::Publish, &a, 1).await, Err(Error::Refused(r)) if r.code() == "changed_meanwhile")
        );
        let second = d.alone(Act::Refuse, &b, 2).await.unwrap();
        assert_eq!(d.undoable(None).await, [second, first], "newest first");
        assert_eq!(d.undoable(Some(a.id)).await, [first]);
        let now = d.reread(&a).await;
        let third = d.alone(Act::Status, &now, 3).await.unwrap();
        // What followed keeps the first; taken back, the first is still within its minutes, but another version.
        let kept = d.undo_lot(first, 4).await;
        assert_eq!((kept.kept, d.reread(&a).await.status.as_str()), (1, "accepted"), "somebody changed it meanwhile");
        assert_eq!(d.undo_lot(second, 5).await.undone, 1);
        assert_eq!(d.undo_lot(third, 6).await.undone, 1);
        assert_eq!(d.reread(&a).await.status, "proposed");
        assert!(d.undoable(None).await.is_empty());
        let lines = "SELECT count(*) FROM activity WHERE kind = 'contribution.undone'";
        assert_eq!(db::count(d.db().read(), lines, args![]).await.unwrap(), 2, "the journal names each undo");
        let again = d.alone(Act::Refuse, &d.reread(&b).await, 7).await.unwrap();
        assert_eq!(d.undo_lot(again, 8).await.undone, 1);
        assert_ne!(picture(&d).await, before);
        assert_eq!(d.reread(&b).await.status, "prescreening");
    }
}

/// Published without its number, then taken back: its own words, and no letter.
#[tokio::test]
async fn what_was_masked_says_its_own_words_again() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        d.staffed().await;
        let said = "Des bancs. Appelez-moi au 06 12 34 56 78.";
        let idea = d.write(New::idea(d.project, Uuid::from_u128(1), said, Status::Prescreening)).await;
        d.follower(idea.id, "lea@exemple.fr", true).await;
        let masked = Detail { masked: true, ..Detail::default() };
        let lot = d.alone_with(Act::Publish, masked, &d.reread(&idea).await, 1).await.unwrap();
        assert!(!d.reread(&idea).await.body.contains("06 12") && d.waiting_mails().await == 2);
        assert_eq!(d.undo_lot(lot, 2).await.undone, 1);
        let now = d.reread(&idea).await;
        assert_eq!((now.body.as_str(), now.status.as_str(), d.waiting_mails().await), (said, "prescreening", 0));
    }
}

/// Hidden then shown within minutes: each undo gives back the letter and the log as they were.
#[tokio::test]
async fn a_letter_that_waited_waits_again() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        d.staffed().await;
        let idea = d.idea(Status::Proposed).await;
        d.follower(idea.id, "lea@exemple.fr", true).await;
        d.reported(std::slice::from_ref(&idea), 1).await;
        let hidden = d.alone(Act::Hide, &d.reread(&idea).await, 1).await.unwrap();
        let (letters, log) = (d.waiting_mails().await, d.logged().await);
        assert_eq!((letters, log.as_slice()), (1, ["hidden".to_owned()].as_slice()));
        let shown = d.alone(Act::Show, &d.reread(&idea).await, 2).await.unwrap();
        assert_eq!((d.waiting_mails().await, d.logged().await.len()), (0, 0), "neither counts");
        assert_eq!(d.undo_lot(shown, 3).await.undone, 1);
        assert_eq!((d.waiting_mails().await, d.logged().await), (letters, log));
        assert!(d.reread(&idea).await.hidden);
        assert_eq!(d.undo_lot(hidden, 4).await.kept, 1, "another version since");
        // Published, then hidden at once: the followers are told after all.
        let new = d.idea(Status::Prescreening).await;
        d.follower(new.id, "karim@exemple.fr", true).await;
        d.alone(Act::Publish, &d.reread(&new).await, 5).await.unwrap();
        let told = d.waiting_mails().await;
        let hidden = d.alone(Act::Hide, &d.reread(&new).await, 6).await.unwrap();
        assert_eq!(d.undo_lot(hidden, 7).await.undone, 1);
        assert_eq!(d.waiting_mails().await, told);
        assert!(d.reread(&new).await.visible);
    }
}

/// Refused, then put back to be read again: undone, it is refused as it was, and its author is told after all.
#[tokio::test]
async fn what_was_put_back_to_be_read_is_refused_again() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        d.staffed().await;
        let idea = d.idea(Status::Prescreening).await;
        d.follower(idea.id, "lea@exemple.fr", true).await;
        let refused = d.alone(Act::Refuse, &d.reread(&idea).await, 1).await.unwrap();
        let before = (picture(&d).await, d.history(&idea).await);
        let back = d.alone(Act::Reconsider, &d.reread(&idea).await, 2).await.unwrap();
        assert_eq!((d.reread(&idea).await.status.as_str(), d.waiting_mails().await), ("prescreening", 0));
        assert!(!d.history(&idea).await.contains(&"ineligible".to_owned()) && d.logged().await.is_empty());
        assert_eq!(d.undoable(Some(idea.id)).await, [back, refused]);
        assert_eq!(d.undo_lot(back, 3).await.undone, 1);
        assert_eq!((picture(&d).await, d.history(&idea).await), before);
        assert_eq!((d.waiting_mails().await, d.logged().await), (1, vec!["refused".to_owned()]));
        // Long refused: its history keeps that, and the author was told.
        d.moment = d.later(60);
        let before = picture(&d).await;
        let back = d.alone(Act::Reconsider, &d.reread(&idea).await, 1).await.unwrap();
        assert!(d.history(&idea).await.contains(&"ineligible".to_owned()));
        assert_eq!(d.undo_lot(back, 2).await.undone, 1);
        assert_eq!(picture(&d).await, before);
        // What is online is not put back: its publication is undone, or it is hidden.
        let online = d.idea(Status::Proposed).await;
        let refusal = d.alone(Act::Reconsider, &online, 3).await;
        assert!(matches!(refusal, Err(Error::Refused(r)) if r == moderation::NOT_IN_THIS_STATE));
    }
}

impl Desk {
    /// A refused idea whose author replied; minutes 1 and 2.
    async fn replied_to(&self) -> Contribution {
        let idea = self.idea(Status::Prescreening).await;
        self.refuses(&idea, 1).await;
        let moment = self.later(2);
        self.db()
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move { appeals::send(tx, &moment, idea.id, "C’est le sujet").await })
            })
            .await
            .unwrap();
        self.reread(&idea).await
    }

    async fn refuses(&self, c: &Contribution, minute: i64) {
        let refuse = Decision { reason: "Non".into(), ..Decision::new(c.number, c.version, Action::Refuse) };
        self.at(self.later(minute), refuse).await.unwrap();
    }

    async fn logged(&self) -> Vec<String> {
        #[derive(FromQueryResult)]
        struct Row {
            action: String,
        }
        let sql = "SELECT action FROM moderation_event ORDER BY at, id";
        let rows: Vec<Row> = db::all(self.db().read(), sql, args![]).await.unwrap();
        rows.into_iter().map(|r| r.action).collect()
    }

    /// A lot on one idea, done and undone at once.
    async fn done_and_undone(&self, act: Act, c: &Contribution) {
        let lot = self.lot(act, detail(self.project), pairs(std::slice::from_ref(c))).await;
        self.part(lot, self.later(1), false).await;
        assert_eq!(self.counts(lot).await.done, 1, "{act:?}");
        self.undoing(lot).await;
        self.part(lot, self.later(2), true).await;
        assert_eq!(self.counts(lot).await.undone, 1, "{act:?}");
    }
}

/// Only what the lot itself decided leaves the public log, and only the reply it decided of waits again.
#[tokio::test]
async fn an_undone_lot_leaves_what_was_decided_before_it() {
    for engine in engines() {
        for act in [Act::Theme, Act::Area] {
            let mut d = Desk::open(engine).await;
            d.staffed().await;
            let idea = d.replied_to().await;
            d.refuses(&idea, 3).await;
            d.moment = d.later(4);
            d.done_and_undone(act, &d.reread(&idea).await).await;
            assert_eq!(d.logged().await, ["refused", "replied", "refused"], "{act:?}");
            let reply = appeals::find(d.db().read(), idea.id).await.unwrap().unwrap();
            assert!(reply.decided_at.is_some() && !d.reread(&idea).await.appeal, "{act:?}");
        }
        for act in [Act::Publish, Act::Refuse, Act::Reconsider] {
            let mut d = Desk::open(engine).await;
            d.staffed().await;
            let idea = d.replied_to().await;
            d.moment = d.later(4);
            d.done_and_undone(act, &idea).await;
            assert_eq!(d.logged().await, ["refused", "replied"], "{act:?}");
            let reply = appeals::find(d.db().read(), idea.id).await.unwrap().unwrap();
            assert!(reply.decided_at.is_none() && d.reread(&idea).await.appeal, "{act:?}");
        }
    }
}
