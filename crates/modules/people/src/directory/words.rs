//! What the directory finds people by: their name without accents, their address, their telephone.

use std::sync::Arc;

use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    app::App,
    args,
    db::{self, Tx},
    jobs::Failure,
};
use sea_orm::FromQueryResult;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use uuid::Uuid;

use super::{merge, pairs};

/// The job that folds people written by other means than this module's.
pub const JOB: &str = "people.words";
/// People folded in one transaction.
const BATCH: i64 = 1000;

/// A name as it is compared: small letters without accents, one space between words.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            c if c.is_alphanumeric() => out.push(c),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The text that a search looks in, and the order of the directory: the name comes first.
#[must_use]
pub fn folded(name: &str, emails: &[&str], phone: Option<&str>) -> String {
    let mut all = fold(name);
    let digits = phone.map(|p| p.trim_start_matches('+').to_owned());
    for part in emails.iter().map(|e| e.trim().to_lowercase()).chain(digits) {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&part);
    }
    all
}

/// What must all be found for a search, as patterns of `LIKE … ESCAPE '\'`. None for a search that says nothing.
#[must_use]
pub fn patterns(query: &str) -> Vec<String> {
    let digits: String = query.chars().filter(char::is_ascii_digit).collect();
    let only_phone = query.chars().all(|c| c.is_ascii_digit() || " +.-()/".contains(c));
    if only_phone && digits.len() >= 3 {
        // 06 12… and +33 6 12… are the same number, kept as 33612….
        let bare = digits.trim_start_matches('0');
        return vec![format!("%{bare}%")];
    }
    query
        .split_whitespace()
        .map(|word| if word.contains(['@', '.', '_', '+']) { word.to_lowercase() } else { fold(word) })
        .filter(|word| !word.is_empty())
        .map(|word| format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")))
        .take(8)
        .collect()
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    address: String,
    folded: Option<String>,
    match_mail: Option<String>,
    match_place: Option<String>,
}

const COLUMNS: &str = "id, name, email, phone, address, folded, match_mail, match_place";

/// Writes anew what a person is found by, where it changed.
///
/// # Errors
/// When the database refuses.
pub async fn refresh(tx: &Tx, person: Uuid) -> Result<()> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = $1 AND erased_at IS NULL");
    if let Some(row) = db::one::<Row>(tx, &sql, args![person]).await? {
        store(tx, &row).await?;
    }
    Ok(())
}

async fn store(tx: &Tx, row: &Row) -> Result<()> {
    // The addresses of sheets that went into this one find it too.
    let others: Vec<String> = merge::shadows(tx, row.id).await?.into_iter().filter_map(|s| s.email).collect();
    let emails: Vec<&str> = row.email.iter().chain(&others).map(String::as_str).collect();
    let new = folded(&row.name, &emails, row.phone.as_deref());
    let mail = row.email.as_deref().and_then(pairs::mailbox);
    let place = pairs::place(&row.name, &row.address);
    if row.folded.as_ref() != Some(&new) || row.match_mail != mail || row.match_place != place {
        let sql = "UPDATE person SET folded = $2, match_mail = $3, match_place = $4 WHERE id = $1";
        db::run(tx, sql, args![row.id, new, mail, place]).await?;
    }
    Ok(())
}

/// The job: folds whoever was written by an older version, a file or the demo.
pub fn fill(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        loop {
            let done = app.db.write(|tx| Box::pin(fill_some(tx))).await?;
            if done < usize::try_from(BATCH).unwrap_or(usize::MAX) {
                return Ok(());
            }
        }
    })
}

async fn fill_some(tx: &Tx) -> Result<usize> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE folded IS NULL LIMIT $1");
    let rows: Vec<Row> = db::all(tx, &sql, args![BATCH]).await?;
    for row in &rows {
        store(tx, row).await?;
    }
    Ok(rows.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_signs_are_ignored() {
        assert_eq!(fold("  Zoé  d’Œuvre-LEFÈVRE "), "zoe d oeuvre lefevre");
        assert_eq!(fold("Ŀ🚲"), "l");
        assert_eq!(
            folded("Inès", &["Ines.P@Exemple.fr", "i@b.fr"], Some("+33612345678")),
            "ines ines.p@exemple.fr i@b.fr 33612345678"
        );
        assert_eq!(folded("", &["a@b.fr"], None), "a@b.fr");
    }

    #[test]
    fn searches_become_patterns() {
        assert_eq!(patterns("  Perrin SUZ "), ["%perrin%", "%suz%"]);
        assert_eq!(patterns("06 12.34"), ["%61234%"]);
        assert_eq!(patterns("+33 6 12"), ["%33612%"]);
        assert_eq!(patterns("a_b%@x.fr"), ["%a\\_b\\%@x.fr%"]);
        assert_eq!(patterns("Jean-Pierre"), ["%jean pierre%"]);
        assert!(patterns(" ’ ").is_empty() && patterns("").is_empty());
        assert_eq!(patterns(&"mot ".repeat(50)).len(), 8);
    }
}
