//! Two sheets that may be one person: the same mailbox, the same number, the same name at the same address. Proposed with
//! the evidence, never united by the program.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result, args,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::words::fold;

/// Pairs on the page.
pub const SHOWN: i64 = 50;

/// The mailbox of an address: small letters, without what follows a `+`; the dots of Google's mailboxes mean nothing.
#[must_use]
pub fn mailbox(email: &str) -> Option<String> {
    let lower = email.trim().to_lowercase();
    let (local, domain) = lower.rsplit_once('@')?;
    let local = local.split('+').next().unwrap_or_default();
    let (local, domain) = match domain {
        "gmail.com" | "googlemail.com" => (local.replace('.', ""), "gmail.com"),
        _ => (local.to_owned(), domain),
    };
    (!local.is_empty()).then(|| format!("{local}@{domain}"))
}

/// A name at an address, whatever the order of the words of the name. `None` when either is missing.
#[must_use]
pub fn place(name: &str, address: &str) -> Option<String> {
    let (name, address) = (fold(name), fold(address));
    if name.is_empty() || address.is_empty() {
        return None;
    }
    let mut words: Vec<&str> = name.split(' ').collect();
    words.sort_unstable();
    Some(format!("{} | {address}", words.join(" ")))
}

/// A pair of sheets, with what they have in common.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Pair {
    /// The older sheet.
    pub one: Uuid,
    /// Its name.
    pub one_name: String,
    /// Its address.
    pub one_email: Option<String>,
    /// Its number.
    pub one_phone: Option<String>,
    /// Its area.
    pub one_area: Option<Uuid>,
    /// Since when it is known.
    pub one_since: DateTime<Utc>,
    /// The other.
    pub other: Uuid,
    /// Its name.
    pub other_name: String,
    /// Its address.
    pub other_email: Option<String>,
    /// Its number.
    pub other_phone: Option<String>,
    /// Its area.
    pub other_area: Option<Uuid>,
    /// Since when it is known.
    pub other_since: DateTime<Utc>,
    /// The number of both.
    pub phone: Option<String>,
    /// The mailbox of both.
    pub mail: Option<String>,
    /// The name and address of both.
    pub place: Option<String>,
}

impl Pair {
    /// Codes of what they have in common.
    #[must_use]
    pub fn evidence(&self) -> Vec<&'static str> {
        [("mail", &self.mail), ("phone", &self.phone), ("place", &self.place)]
            .into_iter()
            .filter(|(_, v)| v.is_some())
            .map(|(code, _)| code)
            .collect()
    }

    /// The other sheet of the pair.
    #[must_use]
    pub fn beside(&self, person: Uuid) -> (Uuid, &str, Option<&str>) {
        if self.one == person {
            (self.other, &self.other_name, self.other_email.as_deref())
        } else {
            (self.one, &self.one_name, self.one_email.as_deref())
        }
    }
}

/// A pair by each reason; `{}` stands for the column both share.
const BY: [&str; 3] = ["phone", "match_mail", "match_place"];

/// The pairs that somebody still has to look at: of one person, or of all, at most [`SHOWN`].
///
/// # Errors
/// When the database refuses.
pub async fn waiting(c: &impl ConnectionTrait, person: Option<Uuid>) -> Result<Vec<Pair>> {
    some(c, person, None, SHOWN + 1).await
}

/// The pairs that follow one, by their keys.
///
/// # Errors
/// When the database refuses.
pub async fn after(c: &impl ConnectionTrait, last: Option<(Uuid, Uuid)>, most: i64) -> Result<Vec<Pair>> {
    some(c, None, last, most).await
}

async fn some(
    c: &impl ConnectionTrait,
    person: Option<Uuid>,
    last: Option<(Uuid, Uuid)>,
    most: i64,
) -> Result<Vec<Pair>> {
    let mut args = person.map_or_else(Vec::new, |id| args![id]);
    let from = match last {
        Some((one, other)) => {
            args.extend(args![one, other]);
            let (one, other) = (args.len() - 1, args.len());
            format!("AND (a.id > ${one} OR (a.id = ${one} AND b.id > ${other}))")
        }
        None => String::new(),
    };
    let alive = |t: &str| format!("{t}.erased_at IS NULL AND {t}.merged_into IS NULL");
    let found: Vec<String> = BY
        .iter()
        .map(|column| match person {
            // From the one sheet, through the index of what it shares.
            Some(_) => format!(
                "SELECT CASE WHEN a.id < b.id THEN a.id ELSE b.id END AS one, CASE WHEN a.id < b.id THEN b.id ELSE a.id END \
                 AS other FROM person a JOIN person b ON b.{column} = a.{column} AND b.id <> a.id \
                 WHERE a.id = $1 AND a.{column} IS NOT NULL AND {} AND {}",
                alive("a"),
                alive("b")
            ),
            None => format!(
                "SELECT a.id AS one, b.id AS other FROM person a JOIN person b ON b.{column} = a.{column} AND a.id < b.id \
                 WHERE a.{column} IS NOT NULL AND {} AND {}",
                alive("a"),
                alive("b")
            ),
        })
        .collect();
    let same = |column: &str| format!("CASE WHEN a.{column} = b.{column} THEN a.{column} END");
    let sql = format!(
        "SELECT a.id AS one, a.name AS one_name, a.email AS one_email, a.phone AS one_phone, \
         a.area_id AS one_area, a.created_at AS one_since, b.id AS other, b.name AS other_name, b.email AS other_email, \
         b.phone AS other_phone, b.area_id AS other_area, b.created_at AS other_since, {} AS phone, {} AS mail, {} AS place FROM ({}) AS pair \
         JOIN person a ON a.id = pair.one JOIN person b ON b.id = pair.other \
         WHERE NOT EXISTS (SELECT 1 FROM person_apart x WHERE x.one_id = a.id AND x.other_id = b.id) {from} \
         ORDER BY a.id, b.id LIMIT {most}",
        same("phone"),
        same("match_mail"),
        same("match_place"),
        found.join(" UNION ")
    );
    db::all(c, &sql, args).await
}

/// Notes that two sheets are two people.
///
/// # Errors
/// When the database refuses.
pub async fn keep_apart(tx: &Tx, ctx: &Ctx, a: Uuid, b: Uuid) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO person_apart (one_id, other_id, actor_id, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (one_id, other_id) DO NOTHING",
        args![a.min(b), a.max(b), ctx.actor.person(), ctx.now()],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_compared_without_their_tags() {
        assert_eq!(mailbox(" Suzanne.Perrin+velo@Gmail.com").as_deref(), Some("suzanneperrin@gmail.com"));
        assert_eq!(mailbox("s.perrin@googlemail.com").as_deref(), Some("sperrin@gmail.com"));
        assert_eq!(mailbox("s.perrin+a+b@exemple.fr").as_deref(), Some("s.perrin@exemple.fr"));
        assert_eq!((mailbox("+@exemple.fr"), mailbox("personne")), (None, None));
    }

    #[test]
    fn names_are_compared_at_their_address() {
        let expected = Some("perrin suzanne | 3 rue de l hopital");
        assert_eq!(place("Suzanne PERRIN", "3, rue de l’Hôpital").as_deref(), expected);
        assert_eq!(place("Perrin Suzanne", "3 rue de l'hopital").as_deref(), expected);
        assert_eq!((place("Suzanne", ""), place("", "3 rue")), (None, None));
    }
}
