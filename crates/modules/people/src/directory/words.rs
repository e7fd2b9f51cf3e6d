//! What the directory finds people by: their name without accents, their address, their telephone.

use std::{collections::BTreeSet, sync::Arc};

use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    app::App,
    args,
    db::{self, Dialect, Tx},
    jobs::Failure,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use uuid::Uuid;

use super::{merge, pairs, phone};

/// The job that folds people written by other means than this module's.
pub const JOB: &str = "people.words";
/// People folded in one transaction.
const BATCH: i64 = 1000;
/// Signs of a word that are looked up.
const LONGEST: usize = 100;
/// What stands before a word: nothing, or one of these signs.
const BEFORE: [&str; 8] = ["", "% ", "%.", "%-", "%\\_", "%+", "%@", "%'"];
/// Digits of a telephone number that nobody takes for a part of it.
const WHOLE: usize = 9;

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

/// The words that a search finds a person by, in `person_word`: those of the name, what stands before the `@` of an address and its
/// domain, from each of their words on, a telephone with its country and without.
#[must_use]
pub fn found_by(name: &str, emails: &[&str], phone: Option<&str>) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = fold(name).split(' ').map(str::to_owned).collect();
    for email in emails.iter().map(|e| e.trim().to_lowercase()) {
        let (own, domain) = email.split_once('@').unwrap_or((&email, ""));
        all.extend(from_each_word(own));
        all.extend(from_each_word(domain));
    }
    if let Some(phone) = phone {
        all.insert(phone.trim_start_matches('+').to_owned());
        all.extend(phone::national(phone));
    }
    all.into_iter().filter(|word| !word.is_empty()).map(|word| word.chars().take(LONGEST).collect()).collect()
}

/// A text from the beginning of each of its words on: `a.b` and `b`.
fn from_each_word(text: &str) -> Vec<String> {
    let starts = text.char_indices().scan(false, |within, (at, c)| {
        let starts = c.is_alphanumeric() && !*within;
        *within = c.is_alphanumeric();
        Some(starts.then_some(at))
    });
    starts.flatten().filter_map(|at| text.get(at..)).map(str::to_owned).collect()
}

/// Something that must be found for a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// As a pattern of `LIKE … ESCAPE '\'` over the whole text.
    pub pattern: String,
    /// Where it begins a word there, as patterns of which one must fit; none where it may stand anywhere.
    pub starts: Vec<String>,
    /// What is looked up of it: the beginning of one of the words of [`found_by`]; none for the middle of a number.
    pub word: Option<String>,
}

/// What must all be found for a search. None for a search that says nothing.
#[must_use]
pub fn needles(query: &str) -> Vec<Needle> {
    let digits: String = query.chars().filter(char::is_ascii_digit).collect();
    let only_phone = query.chars().all(|c| c.is_ascii_digit() || " +.-()/".contains(c));
    if only_phone && digits.len() >= 3 {
        // 06 12… and +33 6 12… are the same number, kept as 33612….
        let bare = digits.trim_start_matches('0');
        let begins = query.trim_start().starts_with(['0', '+']) || bare.len() >= WHOLE;
        let word = Some(bare.to_owned()).filter(|bare| begins && !bare.is_empty());
        return vec![Needle { pattern: format!("%{bare}%"), starts: Vec::new(), word }];
    }
    query
        .split_whitespace()
        .map(|word| if word.contains(['@', '.', '_', '+']) { word.to_lowercase() } else { fold(word) })
        .filter(|word| !word.is_empty())
        .map(|word| {
            let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let sought = sought(&word);
            let begins = sought.is_some() && word.starts_with(char::is_alphanumeric);
            let before = BEFORE.iter().filter(|_| begins);
            let starts = before.map(|before| format!("{before}{escaped}%")).collect();
            Needle { pattern: format!("%{escaped}%"), starts, word: sought }
        })
        .take(8)
        .collect()
}

/// The beginning of a word that is looked up: the longest part of what is typed, of an address what stands before its `@`. Digits
/// among words may stand anywhere in a number.
fn sought(typed: &str) -> Option<String> {
    let bare = typed.trim_start_matches(|c: char| !c.is_alphanumeric());
    let longest = bare.split([' ', '@']).next().filter(|_| bare.contains('@'));
    let longest = longest.or_else(|| bare.split(' ').max_by_key(|part| part.chars().count()))?;
    let says = !longest.is_empty() && !longest.chars().all(|c| c.is_ascii_digit());
    says.then(|| longest.chars().take(LONGEST).collect())
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
    in_words: bool,
}

const COLUMNS: &str = "id, name, email, phone, address, folded, match_mail, match_place, in_words";

/// Writes anew what a person is found by, where it changed.
///
/// # Errors
/// When the database refuses.
pub async fn refresh(tx: &Tx, person: Uuid) -> Result<()> {
    // Held: what is read is what is written, and nobody is erased meanwhile.
    let hold = Dialect::of(tx.get_database_backend()).hold();
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = $1 AND erased_at IS NULL {hold}");
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
    let moved = row.folded.as_ref() != Some(&new) || !row.in_words;
    if moved || row.match_mail != mail || row.match_place != place {
        let sql = "UPDATE person SET folded = $2, match_mail = $3, match_place = $4, in_words = TRUE WHERE id = $1";
        db::run(tx, sql, args![row.id, new, mail, place]).await?;
    }
    if moved {
        clear(tx, row.id).await?;
        put(tx, row.id, &found_by(&row.name, &emails, row.phone.as_deref())).await?;
    }
    Ok(())
}

/// Writes the words of a person who has none there.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &Tx, person: Uuid, words: &BTreeSet<String>) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = (2..words.len() + 2).map(|n| format!("($1, ${n})")).collect();
    let sql = format!("INSERT INTO person_word (person_id, word) VALUES {} ON CONFLICT DO NOTHING", lines.join(", "));
    let mut args = args![person];
    args.extend(words.iter().map(|word| Value::from(word.clone())));
    db::run(tx, &sql, args).await?;
    Ok(())
}

/// Takes away all words of a person whom no search finds any more; [`refresh`] gives them back.
///
/// # Errors
/// When the database refuses.
pub async fn drop(tx: &Tx, person: Uuid) -> Result<()> {
    // The row first: who is giving it words has ended by then.
    db::run(tx, "UPDATE person SET in_words = FALSE WHERE id = $1", args![person]).await?;
    clear(tx, person).await
}

async fn clear(tx: &Tx, person: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM person_word WHERE person_id = $1", args![person]).await?;
    Ok(())
}

/// Of `person`: who must have words, and has none yet.
pub(super) const LACKS: &str = "NOT in_words AND erased_at IS NULL AND merged_into IS NULL";

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
    let hold = Dialect::of(tx.get_database_backend()).hold();
    let sql = format!("SELECT {COLUMNS} FROM person WHERE {LACKS} ORDER BY id LIMIT $1 {hold}");
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
    fn searches_become_needles() {
        let all = |query: &str| {
            let needles = needles(query).into_iter();
            needles.map(|n| format!("{} {}", n.pattern, n.word.unwrap_or_else(|| "-".into()))).collect::<Vec<_>>()
        };
        assert_eq!(all("  Perrin SUZ "), ["%perrin% perrin", "%suz% suz"]);
        assert_eq!(all("06 12.34"), ["%61234% 61234"]);
        assert_eq!(all("+33 6 12"), ["%33612% 33612"]);
        assert_eq!(all("612345678"), ["%612345678% 612345678"]);
        assert_eq!(all("45 67"), ["%4567% -"], "the end of a number");
        assert_eq!(all("Perrin 67"), ["%perrin% perrin", "%67% -"]);
        assert_eq!(all("000"), ["%% -"]);
        assert_eq!(all("a_b%@x.fr"), ["%a\\_b\\%@x.fr% a_b%"]);
        assert_eq!(all("@Exemple.fr"), ["%@exemple.fr% exemple.fr"]);
        assert_eq!(all("Jean-Pierre"), ["%jean pierre% pierre"]);
        assert!(all(" ’ ").is_empty() && all("").is_empty());
        let starts = |query: &str| needles(query).remove(0).starts;
        assert_eq!(starts("Inès").len(), 8);
        assert_eq!(starts("a_b@x")[..2], ["a\\_b@x%", "% a\\_b@x%"]);
        assert!(starts("@x.fr").is_empty() && starts("06 12 34").is_empty());
        assert_eq!(all(&"mot ".repeat(50)).len(), 8);
    }

    #[test]
    fn a_person_is_found_by_words() {
        let words = |name: &str, emails: &[&str], phone| found_by(name, emails, phone).into_iter().collect::<Vec<_>>();
        assert_eq!(words("Inès  d’Œuvre", &[], None), ["d", "ines", "oeuvre"]);
        assert_eq!(words("", &[" Ines.P-b@Exemple.fr"], None), ["b", "exemple.fr", "fr", "ines.p-b", "p-b"]);
        assert_eq!(words("", &["a@mairie-x.example"], None), ["a", "example", "mairie-x.example", "x.example"]);
        assert_eq!(words("", &[], Some("+33612345678")), ["33612345678", "612345678"]);
        assert_eq!(words("", &[], Some("+32470123456")), ["32470123456", "470123456"]);
        assert!(words(" ’ ", &[], None).is_empty());
        assert_eq!(words(&"x".repeat(300), &[], None)[0].len(), 100);
    }
}
