//! A text with a number in it waits, and goes online without it; the undo gives it its own words again.

use super::*;
use crate::{
    desk::{
        self, handle,
        queue::{self, Filter, Order, Tab},
    },
    screening::contact,
};

const TEXT: &str = "Des trottinettes devant le lycée. Appelez-moi au 06 12 34 56 78 ou à jo@exemple.fr.";

impl Town {
    async fn to_check(&self) -> (Vec<i64>, i64) {
        let c = self.t.app.db.read();
        let page = queue::page(c, &Filter::default(), Tab::Check, Order::Longest, 20, 0).await.unwrap();
        (page.lines.into_iter().map(|l| l.c.number).collect(), queue::to_check(c, None).await.unwrap())
    }

    /// Presses the button of a line of the queue.
    async fn publish_masked(&self, c: &ideas::Contribution) -> Response {
        let (number, version) = (c.number.to_string(), c.version.to_string());
        let form = Form::of(&[(&*format!("v{number}"), &*version), ("sans-numero", &*number)]);
        desk::decide::decide(self.lead("/equipe/contributions"), form).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_with_a_number_waits_and_goes_online_without_it() {
    for engine in engines() {
        let town = town(engine).await;
        assert!(town.says(6, "Un banc, 14 h.", "Léa").await.visible);
        let held = town.says(7, TEXT, "Jo").await;
        assert_eq!(town.why(held.id).await, [("contact".into(), String::new())]);
        assert_eq!(town.to_check().await, (vec![held.number], 1));
        let logged = "SELECT count(*) FROM moderation_event WHERE action = 'held' AND reason = 'contact'";
        assert_eq!(town.count(logged).await, 1);
        let shown = desk::contributions::show(town.lead("/equipe/contributions?file=a-verifier")).await.unwrap();
        let shown = body(shown).await;
        assert!(shown.contains("name=\"sans-numero\"") && shown.contains("contient un numéro"), "{shown}");

        let (id, lea) = (held.id, town.person("lea@e.fr").await.id);
        let own = "UPDATE contribution SET author_id = $2 WHERE id = $1";
        town.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, own, args![id, lea]).await })).await;
        assert_eq!(town.publish_masked(&held).await.status(), StatusCode::SEE_OTHER);
        let online = store::find(town.t.app.db.read(), id).await.unwrap();
        let masked = "Des trottinettes devant le lycée. Appelez-moi au [téléphone] ou à [courriel].";
        assert_eq!((online.visible, online.body.as_str()), (true, masked));
        assert!(contact::masked_at(town.t.app.db.read(), id).await.unwrap().is_some());
        assert_eq!(town.count("SELECT count(*) FROM activity WHERE kind = 'contribution.masked'").await, 1);
        let letter = "SELECT count(*) FROM mail WHERE dedupe LIKE 'masked/%' AND body_text LIKE '%[téléphone]%'";
        assert_eq!(town.count(letter).await, 1);
        let found = "SELECT count(*) FROM contribution WHERE terms LIKE '%56%' OR body LIKE '%jo@%'";
        assert_eq!(town.count(found).await, 0, "nor is it found by its number");
        assert_eq!(town.to_check().await, (vec![], 0));
        let data = crate::personal::data(&town.t.app.db.reader(), lea).await.unwrap();
        assert!(data.iter().any(|d| d.name == "masked" && d.rows[0]["said"]["body"] == TEXT));

        // Undone: it waits with its own words, and nobody is told.
        let undone = town.act(held.number, Action::Reconsider, "").await.unwrap();
        assert_eq!((undone.visible, undone.body.as_str(), town.count(letter).await), (false, TEXT, 0));
        assert_eq!(town.to_check().await, (vec![held.number], 1));
        // Published as it is, all the same.
        let plain = town.act(held.number, Action::Publish, "").await.unwrap();
        assert_eq!((plain.visible, plain.body.as_str()), (true, TEXT));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_masked_is_not_kept_and_an_older_page_masks_nothing() {
    for engine in engines() {
        let town = town(engine).await;
        let held = town.says(7, TEXT, "Jo").await;
        let stale = ideas::Contribution { version: held.version - 1, ..held.clone() };
        assert_eq!(town.publish_masked(&stale).await.status(), StatusCode::CONFLICT);
        let form = Form::of(&[("version", &*held.version.to_string()), ("faire", "sans-numero")]);
        let moderator = member(901, Some(Role::Moderator(vec![Uuid::from_u128(5)])));
        let foreign = handle::decide(town.as_actor(moderator, 901, "/"), Path(held.number), form.clone()).await;
        assert!(matches!(foreign, Err(Error::Refused(_))));
        let still = store::find(town.t.app.db.read(), held.id).await.unwrap();
        assert_eq!((still.body.as_str(), still.visible), (TEXT, false));
        handle::decide(town.lead("/"), Path(held.number), form).await.unwrap();
        let kept = "SELECT count(*) FROM contact_text WHERE said LIKE '%06 12%'";
        assert_eq!(town.count(kept).await, 1);
        town.t.clock.advance(TimeDelta::minutes(31));
        crate::desk::forget_masked(town.t.app.clone(), String::new()).await.unwrap();
        assert_eq!(town.count(kept).await, 0);
        let late = town.act(held.number, Action::Reconsider, "").await.unwrap();
        assert!(late.body.contains("[téléphone]"), "what is not kept does not come back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rule_may_be_off_and_follows_what_the_author_writes_anew() {
    for engine in engines() {
        let town = town(engine).await;
        let held = town.says(7, TEXT, "Jo").await;
        let rewrite = |text: &str| Form::of(&[("faire", "modifier"), ("idee", text)]);
        ideas::own::change(town.ctx(7, "/"), Path(held.number), rewrite("Sans numéro.")).await.unwrap();
        assert!(town.why(held.id).await.is_empty());
        ideas::own::change(town.ctx(7, "/"), Path(held.number), rewrite(TEXT)).await.unwrap();
        assert_eq!(town.to_check().await.0, [held.number]);
        town.rules(Rules { contact: false, repeated: false, ..Rules::default() }).await;
        assert!(town.says(8, TEXT, "Jo").await.visible);
    }
}
