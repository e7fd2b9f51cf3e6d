//! News of ideas and news of consultations are agreed to apart: neither is given, nor taken back, with the other.

use parvis_people::consents;

use super::*;
use crate::follows::consultation::{self, letter};

const IDEA: &str = "J’accepte de recevoir un courriel quand une idée que je suis change.";
const CONSULTATION: &str = "J’accepte de recevoir un courriel quand une étape de cette consultation commence.";

impl Town {
    /// Lea follows an idea and the consultation.
    async fn follows_both(&self) -> (Uuid, Uuid) {
        let (lea, idea, project) = (self.person("lea@e.fr").await.id, self.idea(1, "Un banc").await.id, self.project);
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    follows::begin(tx, &moment, idea, lea, IDEA, "follow_form").await?;
                    consultation::begin(tx, &moment, project, lea, CONSULTATION, "project_form").await
                })
            })
            .await;
        (lea, idea)
    }

    /// How many are told of the idea, and how many letters about the consultation were written until the next morning.
    async fn reached(&self, idea: Uuid) -> (usize, i64) {
        self.execute("UPDATE project_follow SET told_at = created_at").await;
        self.t.clock.advance(TimeDelta::days(1));
        letter::send(&self.t.app).await.unwrap();
        let of = follows::followers(self.t.app.db.read(), idea, News::Answer, self.t.app.clock.now()).await.unwrap();
        let letters = self.count("SELECT count(*) FROM mail WHERE dedupe LIKE 'consultation/%'").await;
        self.execute("DELETE FROM mail").await;
        (of.len(), letters)
    }

    async fn execute(&self, sql: &'static str) {
        self.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, vec![]).await.map(|_| ()) })).await;
    }

    /// A phase that began today, which is news.
    async fn begun(&self) {
        let project = self.project;
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let first = projects::store::phases(tx, project).await?.remove(0);
                    let starts_on = moment.now.date_naive() + TimeDelta::days(1);
                    let next = Phase { id: Uuid::nil(), title: "La lecture".into(), starts_on, ..first.clone() };
                    projects::store::set_phases(tx, &moment, project, &[first, next]).await
                })
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_accord_ends_alone() {
    for engine in engines() {
        for (purpose, told) in [(follows::PURPOSE, (0, 1)), (consultation::PURPOSE, (1, 0))] {
            let town = town(engine).await;
            let (lea, idea) = town.follows_both().await;
            town.begun().await;
            assert_eq!(town.reached(idea).await, (1, 1), "{purpose}");
            town.withdraw(lea, purpose).await;
            assert_eq!(town.reached(idea).await, told, "{purpose}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn following_an_idea_agrees_to_nothing_about_its_consultation() {
    for engine in engines() {
        let town = town(engine).await;
        let (lea, idea, project) = (town.person("lea@e.fr").await.id, town.idea(1, "Un banc").await.id, town.project);
        town.begun().await;
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    follows::begin(tx, &moment, idea, lea, IDEA, "follow_form").await?;
                    // As after a merge of sheets: a line, and no accord to it.
                    let sql = "INSERT INTO project_follow (project_id, person_id, rhythm, created_at, told_at) \
                               VALUES ($1, $2, 'now', $3, $3)";
                    db::run(tx, sql, args![project, lea, moment.now]).await.map(|_| ())
                })
            })
            .await;
        assert_eq!(town.reached(idea).await, (1, 0));
        // Asked for again, in its words: the accord is written though the line was there.
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    for _ in 0..2 {
                        consultation::begin(tx, &moment, project, lea, CONSULTATION, "project_form").await?;
                    }
                    Ok(())
                })
            })
            .await;
        assert_eq!(town.reached(idea).await, (1, 1));
        assert_eq!(town.count("SELECT count(*) FROM consent WHERE purpose = 'project_news'").await, 1);
    }
}

/// What stood before purposes were told apart: everything under `answers`.
#[derive(Clone, Copy)]
struct Before {
    name: &'static str,
    /// State, words and source of each entry, in their order.
    entries: &'static [(&'static str, &'static str, &'static str)],
    /// Whether an idea, and whether the consultation is followed.
    follows: (bool, bool),
    /// Whether they are told of ideas, and of the consultation, after it.
    told: (bool, bool),
}

const BEFORE: [Before; 8] = [
    Before {
        name: "the consultation alone",
        entries: &[("given", CONSULTATION, "project_form")],
        follows: (false, true),
        told: (false, true),
    },
    Before {
        name: "an idea alone",
        entries: &[("given", IDEA, "follow_form")],
        follows: (true, false),
        told: (true, false),
    },
    Before {
        name: "both, in one entry",
        entries: &[("given", CONSULTATION, "idea_form")],
        follows: (true, true),
        told: (true, true),
    },
    Before {
        name: "the idea first",
        entries: &[("given", IDEA, "idea_form"), ("given", CONSULTATION, "idea_form")],
        follows: (true, true),
        told: (true, true),
    },
    Before {
        name: "taken back",
        entries: &[("given", CONSULTATION, "project_form"), ("withdrawn", CONSULTATION, "own_space")],
        follows: (true, true),
        told: (false, false),
    },
    Before {
        name: "taken back, then an idea",
        entries: &[
            ("given", CONSULTATION, "project_form"),
            ("withdrawn", CONSULTATION, "own_space"),
            ("given", IDEA, "follow_form"),
        ],
        follows: (true, true),
        told: (true, false),
    },
    Before {
        name: "given again",
        entries: &[
            ("given", CONSULTATION, "project_form"),
            ("withdrawn", CONSULTATION, "own_space"),
            ("given", CONSULTATION, "own_space"),
        ],
        follows: (false, true),
        told: (false, true),
    },
    Before {
        name: "followed under an accord of other words",
        entries: &[("given", IDEA, "merge")],
        follows: (false, true),
        told: (true, true),
    },
];

#[tokio::test(flavor = "multi_thread")]
async fn accords_from_before_are_told_apart_without_a_letter_too_many_or_too_few() {
    for engine in engines() {
        let town = town(engine).await;
        let (idea, project) = (town.idea(1, "Un banc").await.id, town.project);
        // The step writes the machine's time.
        let then: DateTime<Utc> = "2020-03-01T08:00:00Z".parse().unwrap();
        let mut people = Vec::new();
        for (i, before) in BEFORE.into_iter().enumerate() {
            let person = town.person(&format!("p{i}@e.fr")).await.id;
            people.push(person);
            town.t
                .write(move |tx, _, moment| {
                    Box::pin(async move {
                        for (n, (state, wording, source)) in before.entries.iter().enumerate() {
                            let at = moment.at(then + TimeDelta::seconds(i64::try_from(n).unwrap()));
                            consents::record(tx, &at, person, follows::PURPOSE, "email", state, wording, source)
                                .await?;
                        }
                        let (of_idea, of_project) = before.follows;
                        let sql = "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) VALUES ($1, $2, 'now', $3)";
                        if of_idea {
                            db::run(tx, sql, args![idea, person, moment.now]).await?;
                        }
                        let sql = "INSERT INTO project_follow (project_id, person_id, rhythm, created_at, told_at) \
                                   VALUES ($1, $2, 'now', $3, $3)";
                        if of_project {
                            db::run(tx, sql, args![project, person, moment.now]).await?;
                        }
                        Ok(())
                    })
                })
                .await;
        }
        let entries = town.count("SELECT count(*) FROM consent").await;
        let step = Participation::default().migrations().into_iter().find(|m| m.id.ends_with("project_news")).unwrap();
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    db::run(tx, "DELETE FROM migration WHERE id = $1", args![step.id]).await?;
                    db::take(tx, step, moment.now).await
                })
            })
            .await;
        let read = town.t.app.db.read();
        for (person, before) in people.iter().zip(BEFORE) {
            let permits = |purpose| consents::permits(read, then + TimeDelta::days(1), *person, purpose, "email");
            let ideas = permits(follows::PURPOSE).await.unwrap().is_some();
            let projects = permits(consultation::PURPOSE).await.unwrap().is_some();
            assert_eq!((ideas, projects), before.told, "{}", before.name);
        }
        let kept = "SELECT count(*) FROM consent WHERE purpose = 'answers' AND source <> 'project_news'";
        assert_eq!(town.count(kept).await, entries, "no line of the ledger is lost");
    }
}
