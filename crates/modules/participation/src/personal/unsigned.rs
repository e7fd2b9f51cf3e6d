//! Comments signed with a first name alone, before any address was known in their browser: they become the person's, as supports
//! do, so that their own space shows them and their erasure takes them. An idea has an address of its own to say whose it is, and
//! one whose address was taken back is nobody's.
//!
//! A browser may be shared. What another address was left with is somebody else's, and so is what another first name signs.
//! What nobody signed stays with the browser: it was said that nothing ties it to anybody.

use parvis_kernel::{
    Result, args,
    db::{self, Tx},
    module::Union,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Text {
    id: Uuid,
    author_name: String,
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Those of these texts that the person of this name wrote. Who has no name yet wrote them all, if one name signs them all.
fn theirs<'a>(texts: &'a [Text], name: &str) -> Vec<&'a Text> {
    let own = key(name);
    let signed =
        if own.is_empty() { texts.first().map(|t| key(&t.author_name)).unwrap_or_default() } else { own.clone() };
    let found: Vec<&Text> = texts.iter().filter(|t| key(&t.author_name) == signed).collect();
    if own.is_empty() && found.len() != texts.len() { Vec::new() } else { found }
}

/// Gives the person what they wrote under ideas in this browser, signed with their first name alone.
///
/// # Errors
/// When the database refuses.
pub async fn unite(tx: &Tx, union: &Union) -> Result<()> {
    let sql = "SELECT id, author_name FROM contribution WHERE holder = $1 AND author_id IS NULL AND kind = 'comment' AND pending_email IS NULL \
               AND author_name <> '' ORDER BY created_at, id";
    let texts: Vec<Text> = db::all(tx, sql, args![union.visitor]).await?;
    if texts.is_empty() {
        return Ok(());
    }
    let name: Option<String> = db::scalar(tx, "SELECT name FROM person WHERE id = $1", args![union.person]).await?;
    for text in theirs(&texts, &name.unwrap_or_default()) {
        let sql = "UPDATE contribution SET author_id = $2, holder = $2 WHERE id = $1";
        db::run(tx, sql, args![text.id, union.person]).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_signs_for_one_person() {
        let texts = |names: &[&str]| -> Vec<Text> {
            names.iter().map(|n| Text { id: Uuid::nil(), author_name: (*n).into() }).collect()
        };
        for (signed, name, found) in [
            (&["Léa", " léa", "Paul"][..], "Léa", 2),
            (&["Paul"], "Léa", 0),
            (&["Léa", "LÉA"], "", 2),
            (&["Léa", "Paul"], "", 0),
            (&[], "", 0),
        ] {
            assert_eq!(theirs(&texts(signed), name).len(), found, "{signed:?} for {name}");
        }
    }
}
