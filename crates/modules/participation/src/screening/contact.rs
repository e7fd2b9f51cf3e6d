//! A text with a telephone number or a mail address in it: published without them, in one act that can be undone.
//!
//! What is masked is what open data masks everywhere ([`mask`]).

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Result, args,
    db::{self, Tx},
};
use parvis_tables::mask;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ideas::{Contribution, batch, store};

/// The code of the reason, beside those of [`super::Why`].
pub const CODE: &str = "contact";
/// The kind of activity recorded when a text is published masked.
pub const ACTIVITY: [&str; 1] = ["contribution.masked"];

/// Whether one of these texts holds a telephone number or a mail address.
#[must_use]
pub fn holds(texts: &[&str]) -> bool {
    // Most texts have neither: nothing is written for them.
    let may = |text: &&&str| text.contains('@') || text.bytes().filter(u8::is_ascii_digit).count() > 8;
    texts.iter().filter(may).any(|text| mask(text) != **text)
}

/// What is shown of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    title: String,
    body: String,
    name: String,
    place: String,
    tag: String,
}

impl Said {
    fn of(c: &Contribution) -> Self {
        Self {
            title: c.title.clone(),
            body: c.body.clone(),
            name: c.author_name.clone(),
            place: c.place.clone(),
            tag: c.tag.clone(),
        }
    }

    fn masked(&self) -> Self {
        Self {
            title: mask(&self.title),
            body: mask(&self.body),
            name: mask(&self.name),
            place: mask(&self.place),
            tag: mask(&self.tag),
        }
    }

    /// What `now` says, with these words again where they are still masked: what the team changed since stands.
    fn where_masked(self, now: &Self) -> Self {
        let masked = self.masked();
        let again = |own: String, masked: &str, now: &str| if now == masked { own } else { now.to_owned() };
        Self {
            title: again(self.title, &masked.title, &now.title),
            body: again(self.body, &masked.body, &now.body),
            name: again(self.name, &masked.name, &now.name),
            place: again(self.place, &masked.place, &now.place),
            tag: again(self.tag, &masked.tag, &now.tag),
        }
    }

    async fn write(self, tx: &Tx, c: &Contribution) -> Result<()> {
        let sql = "UPDATE contribution SET author_name = $2, place = $3, tag = $4 WHERE id = $1";
        db::run(tx, sql, args![c.id, self.name, self.place.clone(), self.tag]).await?;
        store::set_text(tx, &Contribution { place: self.place, ..c.clone() }, &self.title, &self.body).await
    }
}

/// Notes that texts wait because of a number or an address.
///
/// # Errors
/// When the database refuses.
pub(super) async fn keep(tx: &Tx, ids: Vec<Uuid>) -> Result<()> {
    let rows = ids.into_iter().map(|id| args![id]).collect();
    let known = "ON CONFLICT (contribution_id) DO NOTHING";
    batch::insert_rows_or(tx, "contact_text (contribution_id)", rows, known).await
}

/// Its author wrote other words while it waits.
///
/// # Errors
/// When the database refuses.
pub(super) async fn gone(tx: &Tx, id: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM contact_text WHERE contribution_id = $1", args![id]).await?;
    Ok(())
}

/// Masks the numbers and addresses of a text, and keeps what it said for the undo. Says whether there were any.
///
/// # Errors
/// When the database refuses.
pub async fn hide(tx: &Tx, now: DateTime<Utc>, c: &Contribution) -> Result<bool> {
    let said = Said::of(c);
    let masked = said.masked();
    if masked == said {
        return Ok(false);
    }
    let kept = serde_json::to_string(&said).map_err(Error::other)?;
    let sql = "INSERT INTO contact_text (contribution_id, said, masked_at) VALUES ($1, $2, $3) \
               ON CONFLICT (contribution_id) DO UPDATE SET said = excluded.said, masked_at = excluded.masked_at";
    db::run(tx, sql, args![c.id, kept, now]).await?;
    masked.write(tx, c).await?;
    Ok(true)
}

/// Gives a text its own words again, as long as they are kept: the publication is undone.
///
/// # Errors
/// When the database refuses.
pub async fn show(tx: &Tx, c: &Contribution) -> Result<()> {
    let sql = "SELECT said FROM contact_text WHERE contribution_id = $1 AND said <> ''";
    let Some(kept) = db::scalar::<String>(tx, sql, args![c.id]).await? else { return Ok(()) };
    let said: Said = serde_json::from_str(&kept).map_err(Error::other)?;
    said.where_masked(&Said::of(c)).write(tx, c).await?;
    let sql = "UPDATE contact_text SET said = '', masked_at = NULL WHERE contribution_id = $1";
    db::run(tx, sql, args![c.id]).await?;
    Ok(())
}

/// When a text was masked; nothing for one that says what its author wrote.
///
/// # Errors
/// When the database refuses.
pub async fn masked_at(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Row {
        masked_at: Option<DateTime<Utc>>,
    }
    let row: Option<Row> =
        db::one(c, "SELECT masked_at FROM contact_text WHERE contribution_id = $1", args![id]).await?;
    Ok(row.and_then(|r| r.masked_at))
}

/// What was kept for the undo goes: its author left, or the undo is long over.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, id: Uuid) -> Result<()> {
    db::run(tx, "UPDATE contact_text SET said = '' WHERE contribution_id = $1", args![id]).await?;
    Ok(())
}

/// As [`forget`], of all that was masked before this.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, before: DateTime<Utc>) -> Result<()> {
    db::run(tx, "UPDATE contact_text SET said = '' WHERE said <> '' AND masked_at < $1", args![before]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_team_changed_since_stands() {
        let words = |body: &str, tag: &str| Said {
            title: String::new(),
            body: body.into(),
            name: "Léa".into(),
            place: String::new(),
            tag: tag.into(),
        };
        let said = words("Appelez le 06 12 34 56 78", "Tel. 06 12 34 56 78");
        let shown = Said { tag: "Voirie".into(), ..said.masked() };
        assert_eq!(said.clone().where_masked(&said.masked()), said);
        assert_eq!(said.where_masked(&shown), words("Appelez le 06 12 34 56 78", "Voirie"));
    }

    #[test]
    fn a_number_or_an_address_anywhere_in_what_is_shown() {
        for texts in [
            ["Appelez-moi au 06 12 34 56 78.", "Léa"],
            ["Un banc", "lea@exemple.fr"],
            ["Écrivez à a.b@mairie.fr, merci", ""],
        ] {
            assert!(holds(&texts), "{texts:?}");
        }
        for texts in [["Un banc à 14h, pour 12 000 €", "Léa"], ["@mairie, voyez le n° 12", ""], ["", ""]] {
            assert!(!holds(&texts), "{texts:?}");
        }
    }
}
