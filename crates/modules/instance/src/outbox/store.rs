//! Mails in the database, as the outbox lists them and as a person's data.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    db::{self, Tx},
    mail::refused,
    module::Union,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A mail of the list, without its texts.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Row {
    /// Key, to page from.
    pub id: Uuid,
    /// Kind.
    pub kind: String,
    /// Address.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// State.
    pub state: String,
    /// Not before.
    pub send_after: DateTime<Utc>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The newest mails before `before`, newest first, in one state or all.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    c: &impl ConnectionTrait,
    state: Option<&'static str>,
    before: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Row>> {
    let sql = "SELECT id, kind, recipient, subject, state, send_after, created_at, sent_at FROM mail \
               WHERE id < $1 AND (CAST($2 AS TEXT) = '' OR state = $2) ORDER BY id DESC LIMIT $3";
    let limit = i64::try_from(limit).unwrap_or(50);
    db::all(c, sql, args![before.unwrap_or(Uuid::max()), state.unwrap_or_default(), limit]).await
}

/// How many mails are in a state.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Count {
    /// State.
    pub state: String,
    /// How many.
    pub n: i64,
}

/// How many mails are in each state.
///
/// # Errors
/// When the database refuses.
pub async fn counts(c: &impl ConnectionTrait) -> Result<Vec<Count>> {
    db::all(c, "SELECT state, count(*) AS n FROM mail GROUP BY state", vec![]).await
}

/// A mail as its addressee may know of it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Kept {
    /// Kind.
    pub kind: String,
    /// Address it goes to.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// Text, until it has left.
    pub body_text: String,
    /// State.
    pub state: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The mails of a person.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Kept>> {
    let sql = "SELECT kind, recipient, subject, body_text, state, created_at, sent_at FROM mail \
               WHERE person_id = $1 ORDER BY id";
    db::all(c, sql, args![person]).await
}

/// The newest mails that left for a person, those of a sign-in left out.
///
/// # Errors
/// When the database refuses.
pub async fn received(c: &impl ConnectionTrait, person: Uuid, most: i64) -> Result<Vec<Kept>> {
    let sql = "SELECT kind, recipient, subject, body_text, state, created_at, sent_at FROM mail \
               WHERE person_id = $1 AND state = 'sent' \
               AND kind NOT IN ('code', 'confirmation', 'invitation') ORDER BY id DESC LIMIT $2";
    db::all(c, sql, args![person, most]).await
}

/// What a member of the team did, by the journal.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Act {
    /// Kind.
    pub kind: String,
    /// What was acted on, when the journal says it in words.
    pub detail: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The journal's lines of a person.
///
/// # Errors
/// When the database refuses.
pub async fn acts_of(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Act>> {
    db::all(c, "SELECT kind, detail, at FROM activity WHERE actor_id = $1 ORDER BY at, id", args![person]).await
}

/// What of one person became another's.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Moved {
    /// Keys of mails.
    mails: Vec<Uuid>,
    /// Addresses that refuse letters.
    refused: Vec<String>,
}

/// The mails of one person become another's, and what servers said of theirs.
///
/// # Errors
/// When the database refuses.
pub async fn hand_over(tx: &Tx, from: Uuid, to: Uuid) -> Result<Moved> {
    let sql = "UPDATE mail SET person_id = $2 WHERE person_id = $1 RETURNING id";
    let mails = db::column(tx, sql, args![from, to]).await?;
    Ok(Moved { mails, refused: refused::hand_over(tx, from, to).await? })
}

/// That goes back from one person to another.
///
/// # Errors
/// When the database refuses.
pub async fn hand_back(tx: &Tx, from: Uuid, to: Uuid, moved: &Moved) -> Result<()> {
    refused::hand_back(tx, from, to, &moved.refused).await?;
    for id in &moved.mails {
        let sql = "UPDATE mail SET person_id = $3 WHERE id = $1 AND person_id = $2";
        db::run(tx, sql, args![*id, from, to]).await?;
    }
    Ok(())
}

/// Deletes the mails of a person: those known to be theirs, and those to the same addresses; and what servers said of theirs.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    refused::forget(tx, person).await?;
    // The person's row may have lost its address already, in this very transaction.
    db::run(
        tx,
        "DELETE FROM mail WHERE person_id = $1 OR recipient IN (SELECT recipient FROM mail WHERE person_id = $1) \
         OR recipient IN (SELECT email FROM person WHERE id = $1 AND email IS NOT NULL)",
        args![person],
    )
    .await?;
    Ok(())
}

/// Mails to an address, queued before anybody knew whose it is, are this person's.
///
/// # Errors
/// When the database refuses.
pub async fn unite(tx: &Tx, union: &Union) -> Result<()> {
    db::run(
        tx,
        "UPDATE mail SET person_id = $1 WHERE person_id IS NULL AND recipient = $2",
        args![union.person, union.email.trim()],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use parvis_kernel::{clock::Clock, context::Moment, mail, module::Module, random::SeededEntropy};
    use parvis_testing::{TestDb, clock, engines};
    use std::sync::Arc;

    fn letter(n: i64, person: Option<Uuid>, to: &str, moment: &Moment) -> mail::NewMail {
        mail::NewMail {
            dedupe: format!("test/{n}"),
            person,
            kind: "answer",
            to: to.into(),
            subject: format!("Sujet {n}"),
            text: "t".into(),
            html: "h".into(),
            unsubscribe: String::new(),
            after: moment.now,
        }
    }

    #[tokio::test]
    async fn pages_by_key_and_forgets_a_person_whole() {
        for engine in engines() {
            let mut migrations = parvis_kernel::settings::MIGRATIONS.to_vec();
            migrations.extend(parvis_people::People.migrations());
            let t = TestDb::open(engine, &migrations).await;
            let moment = Moment::new(clock().now(), Arc::new(SeededEntropy::new(9)));
            let (ines, visitor) = (moment.id(), moment.id());
            let mails = [
                letter(1, None, "ines@a.example", &moment),
                letter(2, Some(ines), "ines@a.example", &moment),
                letter(3, None, "paul@a.example", &moment),
            ];
            t.db.write(move |tx| {
                let (moment, mails) = (moment.clone(), mails.clone());
                Box::pin(async move {
                    for (i, m) in mails.iter().enumerate() {
                        let later = moment.at(moment.now + TimeDelta::seconds(i64::try_from(i).unwrap()));
                        mail::queue(tx, &later, m).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
            let c = t.db.read();
            let first = list(c, None, None, 2).await.unwrap();
            assert_eq!(first.iter().map(|m| m.subject.as_str()).collect::<Vec<_>>(), ["Sujet 3", "Sujet 2"]);
            let rest = list(c, Some("waiting"), Some(first[1].id), 2).await.unwrap();
            assert_eq!((rest.len(), rest[0].subject.as_str()), (1, "Sujet 1"));
            assert!(list(c, Some("failed"), None, 9).await.unwrap().is_empty());
            assert_eq!(counts(c).await.unwrap()[0].n, 3);
            let union = Union { visitor, person: ines, email: "ines@a.example".into(), agreed: None };
            t.db.write(move |tx| {
                let union = union.clone();
                Box::pin(async move { unite(tx, &union).await })
            })
            .await
            .unwrap();
            assert_eq!(of_person(c, ines).await.unwrap().len(), 2);
            t.db.write(move |tx| Box::pin(forget(tx, ines))).await.unwrap();
            let left = list(c, None, None, 9).await.unwrap();
            assert_eq!((left.len(), left[0].recipient.as_str()), (1, "paul@a.example"));
        }
    }
}
