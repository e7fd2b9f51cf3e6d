//! Moderation on both databases: what waits and why, who may not post, what an author replies, and the public log.

use parvis_kernel::permission::Role;

use super::*;
use crate::{
    moderation::{
        Action,
        store::{self as decisions, By, Decision},
    },
    screening::{self, Rules},
};

mod appeals;
mod blocks;
mod contact;
mod motives;
mod reported;
mod screened;

fn member(id: u128, role: Option<Role>) -> Actor {
    Actor::Person { id: Uuid::from_u128(id), name: "Camille".into(), session: Uuid::nil(), role }
}

impl Town {
    async fn rules(&self, rules: Rules) {
        let (_, version) = screening::store::rules(self.t.app.db.read()).await.unwrap();
        self.t
            .write(move |tx, _, _| {
                let rules = rules.clone();
                Box::pin(async move { screening::store::set_rules(tx, &rules, version).await })
            })
            .await;
    }

    fn lead(&self, uri: &str) -> Ctx {
        self.as_actor(member(900, Some(Role::Owner)), 900, uri)
    }

    /// Posts an idea with a name, and gives its row.
    async fn says(&self, visitor: u128, text: &str, name: &str) -> ideas::Contribution {
        let draft = self.draft(visitor, text).await;
        let sent = self.publish(visitor, draft, &[("q", "prenom"), ("prenom", name), ("t", "-")]).await.unwrap();
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);
        self.newest().await
    }

    async fn newest(&self) -> ideas::Contribution {
        let last = self.count("SELECT max(number) FROM contribution").await;
        store::by_number(self.t.app.db.read(), last).await.unwrap()
    }

    /// Why a text waits: codes and details.
    async fn why(&self, id: Uuid) -> Vec<(String, String)> {
        let kept =
            screening::store::reasons(self.t.app.db.read(), &[id]).await.unwrap().remove(&id).unwrap_or_default();
        kept.into_iter().map(|k| (k.why, k.detail)).collect()
    }

    async fn act(&self, number: i64, action: Action, reason: &'static str) -> Result<ideas::Contribution> {
        let (app, moment) = (self.t.app.clone(), self.t.app.moment());
        self.t
            .app
            .db
            .write(move |tx| {
                let (app, moment) = (app.clone(), moment.clone());
                Box::pin(async move {
                    let actor = member(900, Some(Role::Owner));
                    let version = store::by_number(tx, number).await?.version;
                    let settings = Settings::default();
                    let by = By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    let decision = Decision { reason: reason.into(), ..Decision::new(number, version, action) };
                    decisions::apply(tx, by, &decision).await
                })
            })
            .await
    }
}
