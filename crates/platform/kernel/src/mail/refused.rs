//! Addresses whose server refused a letter for good: no other letter goes there until somebody of the team lifts it, or the
//! server takes a mail again. What somebody asks for (a code, a link to confirm) still goes: it may have been a mistake.
//!
//! Asked once more before each mail leaves, so that no choice of recipients can forget it.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::Mail;
use crate::{
    app::App,
    args,
    db::{self, Tx},
    error::Result,
};

/// Kinds of mails that somebody waits for who gave this address a moment ago.
pub const ASKED: [&str; 3] = ["code", "confirmation", "invitation"];

/// SQL: whether the server of the address of person `p` refuses letters.
pub const OF_PERSON: &str = "EXISTS (SELECT 1 FROM refused_address r WHERE r.address = p.email_key)";

/// Words of refusals that are about us, or this one mail, whatever its address.
const NOT_THE_ADDRESS: [&str; 17] = [
    "spam",
    "policy",
    "relay",
    "sender",
    "from address",
    "block",
    "blacklist",
    "denied",
    "auth",
    "spf",
    "dmarc",
    "dkim",
    "reputation",
    "content",
    "rate limit",
    "reverse dns",
    "helo",
];
/// What servers say of an address without an enhanced code. The last is the answer that RFC 5321 gives as its example.
const NOBODY: [&str; 8] = [
    "no such",
    "unknown",
    "not exist",
    "not found",
    "invalid",
    "no mailbox",
    "not our customer",
    "mailbox unavailable",
];

/// An address whose server refuses letters.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Refused {
    /// The address, in lower case.
    pub address: String,
    /// Whose it was when it was refused last.
    pub person_id: Option<Uuid>,
    /// The three digits of the answer.
    pub code: i64,
    /// `unknown`, `closed` or `refused`.
    pub reason: String,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// What an answer says of the recipient's address, if it says anything final of it: the three digits, and why (RFC 5321 4.2.3,
/// RFC 3463 3.2, RFC 7505 4.2). A refusal of the sender, of the content or of our server is none.
#[must_use]
pub fn judge(said: &str) -> Option<(i64, &'static str)> {
    let digits: String = said.split_once('(')?.1.chars().take_while(char::is_ascii_digit).collect();
    let code = digits.parse().ok().filter(|c| (500..600).contains(c))?;
    let reason = match enhanced(said) {
        Some((1, 0..=3 | 6 | 10) | (4, 4)) => Some("unknown"),
        Some((2, 1)) => Some("closed"),
        Some(_) => None,
        None => {
            let lower = said.to_lowercase();
            let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
            match code {
                550 | 551 | 553 | 556 if has(&NOT_THE_ADDRESS) => None,
                550 | 551 | 553 | 556 if has(&NOBODY) => Some("unknown"),
                // Anything else may be about what the letter says.
                _ => None,
            }
        }
    };
    reason.map(|reason| (code, reason))
}

/// Subject and detail of the enhanced status of a permanent answer: `5.1.1`.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    said.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(|word| {
        let mut parts = word.trim_end_matches('.').split('.').map(|part| part.parse::<u16>().ok());
        match [parts.next(), parts.next(), parts.next(), parts.next()] {
            [Some(Some(5)), Some(Some(subject)), Some(Some(detail)), None] => Some((subject, detail)),
            _ => None,
        }
    })
}

fn key(address: &str) -> String {
    address.trim().to_lowercase()
}

/// SQL: whether a refused address is that of person `$1`.
const AT_THEIRS: &str =
    "address IN (SELECT email_key FROM person WHERE (id = $1 OR merged_into = $1) AND email_key IS NOT NULL)";
const COLUMNS: &str = "address, person_id, code, reason, at";

/// What is known of an address.
///
/// # Errors
/// When the database refuses.
pub async fn find(c: &impl ConnectionTrait, address: &str) -> Result<Option<Refused>> {
    db::one(c, &format!("SELECT {COLUMNS} FROM refused_address WHERE address = $1"), args![key(address)]).await
}

/// The newest of them.
///
/// # Errors
/// When the database refuses.
pub async fn latest(c: &impl ConnectionTrait, limit: i64) -> Result<Vec<Refused>> {
    let sql = format!("SELECT {COLUMNS} FROM refused_address ORDER BY at DESC, address LIMIT $1");
    db::all(c, &sql, args![limit]).await
}

/// Those of a person: refused when a letter was theirs, or at an address of theirs now, one of a sheet merged into theirs among
/// them. An address that is somebody else's by now is not theirs to be told of.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Refused>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM refused_address WHERE (person_id = $1 OR {AT_THEIRS}) AND NOT EXISTS (SELECT 1 FROM person o \
         WHERE o.email_key = refused_address.address AND o.erased_at IS NULL AND coalesce(o.merged_into, o.id) <> $1) \
         ORDER BY at, address"
    );
    db::all(c, &sql, args![person]).await
}

/// Letters may go there again. Says whether they might not.
///
/// # Errors
/// When the database refuses.
pub async fn lift(tx: &Tx, address: &str) -> Result<bool> {
    Ok(db::run(tx, "DELETE FROM refused_address WHERE address = $1", args![key(address)]).await? > 0)
}

/// What was refused at an address that a person had goes with it.
///
/// # Errors
/// When the database refuses.
pub async fn leave(tx: &Tx, person: Uuid, address: &str) -> Result<()> {
    db::run(tx, "DELETE FROM refused_address WHERE address = $2 AND person_id = $1", args![person, key(address)])
        .await?;
    Ok(())
}

/// Those of one person become another's, and their addresses are answered.
///
/// # Errors
/// When the database refuses.
pub async fn hand_over(tx: &Tx, from: Uuid, to: Uuid) -> Result<Vec<String>> {
    let sql = "UPDATE refused_address SET person_id = $2 WHERE person_id = $1 RETURNING address";
    db::column(tx, sql, args![from, to]).await
}

/// These of one person go back to another.
///
/// # Errors
/// When the database refuses.
pub async fn hand_back(tx: &Tx, from: Uuid, to: Uuid, addresses: &[String]) -> Result<()> {
    for address in addresses {
        let sql = "UPDATE refused_address SET person_id = $3 WHERE address = $1 AND person_id = $2";
        db::run(tx, sql, args![address.clone(), from, to]).await?;
    }
    Ok(())
}

/// Forgets the addresses of a person, before their row loses its own.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    db::run(tx, &format!("DELETE FROM refused_address WHERE person_id = $1 OR {AT_THEIRS}"), args![person]).await?;
    Ok(())
}

/// Notes what the server said of a letter that it will never take, when it is about the address.
pub(super) async fn note(tx: &Tx, mail: &Mail, said: &str, now: DateTime<Utc>) -> Result<()> {
    let Some((code, reason)) = judge(said) else { return Ok(()) };
    let sql = "INSERT INTO refused_address (address, person_id, code, reason, at) \
               SELECT $1, person_id, $3, $4, $5 FROM mail WHERE id = $2 AND person_id IS NOT NULL \
               ON CONFLICT (address) DO UPDATE SET person_id = excluded.person_id, code = excluded.code, \
               reason = excluded.reason, at = excluded.at";
    db::run(tx, sql, args![key(&mail.recipient), mail.id, code, reason, now]).await?;
    Ok(())
}

/// Keeps a letter from leaving whose address refuses letters; its words go. Says whether it did.
pub(super) async fn stops(app: &App, mail: &Mail) -> Result<bool> {
    if ASKED.contains(&mail.kind.as_str()) {
        return Ok(false);
    }
    let Some(refused) = find(app.db.read(), &mail.recipient).await? else { return Ok(false) };
    let (id, said) = (mail.id, format!("permanent error ({}): the address refuses letters", refused.code));
    app.db
        .write(move |tx| {
            let said = said.clone();
            Box::pin(async move { super::stop(tx, id, &said).await })
        })
        .await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_of_the_address_stops_letters() {
        for (said, expected) in [
            ("permanent error (550): 5.1.1 no such user here", Some((550, "unknown"))),
            ("permanent error (550): 5.1.10 null MX", Some((550, "unknown"))),
            ("permanent error (554): 5.4.4 unable to route", Some((554, "unknown"))),
            ("permanent error (550): 5.2.1 mailbox disabled", Some((550, "closed"))),
            ("permanent error (550): no such user", Some((550, "unknown"))),
            ("permanent error (550): Requested action not taken: mailbox unavailable", Some((550, "unknown"))),
            // About us, or about this mail alone.
            ("permanent error (550): 5.7.1 message refused", None),
            ("permanent error (550): 5.1.8 bad sender", None),
            ("permanent error (553): Sender address rejected: not owned by user", None),
            ("permanent error (550): relay not permitted", None),
            ("permanent error (550): Message rejected", None),
            ("permanent error (553): sorry", None),
            ("permanent error (556)", None),
            ("permanent error (550): looks like spam, user unknown", None),
            ("permanent error (552): 5.2.2 mailbox full", None),
            ("permanent error (552): 5.3.4 too big", None),
            ("permanent error (554): transaction failed", None),
            ("transient error (450): 4.2.0 greylisted", None),
            ("Connection error: refused (os error 111)", None),
            ("", None),
        ] {
            assert_eq!(judge(said), expected, "{said}");
        }
    }
}
