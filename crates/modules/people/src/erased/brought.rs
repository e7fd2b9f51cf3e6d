//! What is kept of brought files for a week, without whoever was erased: a line that was refused for another reason says
//! nothing of them any more, whenever they left.

use std::{
    collections::{BTreeSet, HashSet},
    fs::File,
    io::{self, BufWriter, Seek, Write},
    sync::Arc,
};

use async_trait::async_trait;
use futures::future::BoxFuture;
use parvis_kernel::{
    Error, Result,
    app::App,
    args,
    brought::{
        Files, Forgets,
        keep::{Place, What},
    },
    db,
    jobs::Failure,
    secrets::Secrets,
};
use parvis_tables::{Code, Limits, Table, Writer};
use serde_json::Value;
use uuid::Uuid;

use super::hash;
use crate::directory::phone;

/// The last columns of a file of refused lines: their number and why.
const OURS: usize = 2;

/// Takes out of the refused lines kept at this place, and of what a page tells of them, all that names somebody who was
/// erased: by a mail address or a telephone number anywhere in a cell.
///
/// # Errors
/// When the database or the store of files refuses; the other files are dealt with first.
pub async fn forget_all(app: &Arc<App>, place: Place) -> Result<()> {
    let gone = Arc::new(Gone::of(app).await?);
    let mut all = Ok(());
    let mut ids: BTreeSet<Uuid> = place.kept(app, What::Refused).await?.into_iter().collect();
    ids.extend(place.kept(app, What::Report).await?);
    for id in ids {
        // Whoever stands in the next file is not to wait for this one.
        all = all.and(forget_in(app, place, id, &gone).await);
    }
    all
}

/// Runs the job that does so for the files of one module.
pub fn job<F: Files>(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move { Ok(forget_all(&app, F::PLACE).await?) })
}

async fn forget_in(app: &Arc<App>, place: Place, id: Uuid, gone: &Arc<Gone>) -> Result<()> {
    if gone.hashes.is_empty() {
        return Ok(());
    }
    for what in [What::Refused, What::Report] {
        loop {
            let tag = place.tag(app, id, what).await?;
            let kept = match place.get(app, id, what).await {
                Ok(kept) => kept,
                // There was nothing to refuse, or it was swept at this instant.
                Err(Error::NotFound) => break,
                Err(e) => return Err(e),
            };
            let Some(file) = without(app, gone, what, kept).await? else { break };
            // A trial may have told something else meanwhile: that is looked at in its turn.
            if place.replace(app, id, what, file, tag).await? {
                break;
            }
        }
    }
    Ok(())
}

#[async_trait]
impl Forgets for Gone {
    async fn clean(app: &Arc<App>, what: What, mut kept: File) -> Result<File> {
        let gone = Arc::new(Self::of(app).await?);
        if gone.hashes.is_empty() {
            return Ok(kept);
        }
        kept.rewind().map_err(Error::other)?;
        let whole = kept.try_clone().map_err(Error::other)?;
        Ok(without(app, &gone, what, kept).await?.unwrap_or(whole))
    }

    async fn forget(app: &Arc<App>, place: Place, id: Uuid) -> Result<()> {
        forget_in(app, place, id, &Arc::new(Self::of(app).await?)).await
    }
}

/// The same file without whoever is gone; nothing when it names nobody of them.
async fn without(app: &App, gone: &Arc<Gone>, what: What, kept: File) -> Result<Option<File>> {
    let (gone, folder) = (Arc::clone(gone), app.data_dir.clone());
    let written = tokio::task::spawn_blocking(move || {
        let mut out = tempfile::tempfile_in(&folder)?;
        let changed = match what {
            What::Report => told(kept, &gone, &mut out)?,
            _ => lines(kept, &gone, &mut out)?,
        };
        Ok::<_, io::Error>(changed.then_some(out))
    });
    written.await.map_err(Error::other)?.map_err(Error::other)
}

/// Writes the lines again; those that name somebody who left, without their cells. Says whether there are any.
fn lines(kept: File, gone: &Gone, out: &mut File) -> io::Result<bool> {
    let limits = Limits { max_bytes: u64::MAX, max_rows: u64::MAX, ..Limits::default() };
    let mut table = match Table::open(kept, &limits) {
        Ok(table) => table,
        // What can't be read could name anybody: only where there is no line there is nobody.
        Err(refused) => return Ok(refused.code != Code::EmptyFile),
    };
    let mut writer = Writer::new(BufWriter::new(out), ';', true)?;
    writer.row(table.headers().iter().map(String::as_str))?;
    let mut changed = false;
    for row in table.by_ref() {
        // What was written by us is read again; what is not could hold anything.
        let Ok(mut cells) = row.map(|r| r.cells) else {
            changed = true;
            continue;
        };
        let theirs = cells.len().saturating_sub(OURS);
        if let Some(theirs) = cells.get_mut(..theirs)
            && theirs.iter().any(|cell| gone.names(cell))
        {
            theirs.iter_mut().for_each(String::clear);
            changed = true;
        }
        writer.row(cells.iter().map(String::as_str))?;
    }
    writer.finish()?.flush()?;
    Ok(changed)
}

/// Empties the texts that name somebody who left. Says whether there are any.
fn told(kept: File, gone: &Gone, out: &mut File) -> io::Result<bool> {
    let mut told: Value = match serde_json::from_reader(io::BufReader::new(kept)) {
        Ok(told) => told,
        Err(e) if e.is_io() => return Err(e.into()),
        // What can't be read could name anybody: the page tells nothing of it.
        Err(_) => {
            out.write_all(b"null")?;
            return Ok(true);
        }
    };
    let changed = empty(&mut told, gone);
    out.write_all(&serde_json::to_vec(&told).map_err(io::Error::other)?)?;
    Ok(changed)
}

fn empty(told: &mut Value, gone: &Gone) -> bool {
    match told {
        Value::String(text) if gone.names(text) => {
            text.clear();
            true
        }
        // All of them: `any` would stop at the first.
        Value::Array(all) => all.iter_mut().filter_map(|one| empty(one, gone).then_some(())).count() > 0,
        Value::Object(all) => all.values_mut().filter_map(|one| empty(one, gone).then_some(())).count() > 0,
        _ => false,
    }
}

/// Recognises who was erased, by what is kept of their addresses and numbers.
pub struct Gone {
    hashes: HashSet<String>,
    secrets: Secrets,
}

impl Gone {
    async fn of(app: &App) -> Result<Self> {
        let all: Vec<String> = db::column(app.db.read(), "SELECT hash FROM erased_key", args![]).await?;
        Ok(Self { hashes: all.into_iter().collect(), secrets: app.secrets.clone() })
    }

    fn names(&self, cell: &str) -> bool {
        let is = |key: &str| self.hashes.contains(&hash(&self.secrets, key));
        // A guard of a formula, as our own files have it.
        let cell = cell.trim().trim_start_matches('\'');
        mails(cell).any(is) || numbers(cell).any(|number| is(&number))
    }
}

/// Signs of nearly all addresses, then all that an address may hold: many of those stand rather beside one.
const SIGNS: [&str; 2] = ["@._%+-'", "@._%+-'&/=!#$*?^`{|}~"];
/// What an address does not end with, nor most begin.
const ENDS: [char; 5] = ['.', '-', '\'', '/', '='];

/// The mail addresses that a cell may hold among other words.
fn mails(cell: &str) -> impl Iterator<Item = &str> {
    let words = SIGNS.into_iter().flat_map(move |signs| {
        cell.split(move |c: char| !(c.is_alphanumeric() || signs.contains(c))).filter(|w| w.contains('@'))
    });
    words.flat_map(|w| [w, w.trim_end_matches(ENDS), w.trim_matches(ENDS)])
}

/// Fewest digits of a number that is looked for, and most: those of a French one behind `0033 (0)` included.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=16;

/// The telephone numbers that a cell may hold among other words: of each run of digits and of what stands between them,
/// all that groups side by side make.
fn numbers(cell: &str) -> impl Iterator<Item = String> {
    let joins = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+.-()/".contains(c);
    cell.split(move |c| !joins(c)).flat_map(|run| {
        let groups = groups(run);
        let mut found = Vec::new();
        for (i, (start, _)) in groups.iter().enumerate() {
            let mut digits = 0;
            for (from, to) in groups.iter().skip(i) {
                digits += to - from;
                if digits > *DIGITS.end() {
                    break;
                }
                // With the sign of a country where one stands before.
                let plus = run.get(..*start).is_some_and(|before| before.ends_with('+'));
                if DIGITS.contains(&digits) {
                    found.extend(run.get(start - usize::from(plus)..*to).and_then(phone::parse));
                }
            }
        }
        found
    })
}

/// Where each group of digits of a run begins and ends, in bytes.
fn groups(run: &str) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for (at, _) in run.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match groups.last_mut().filter(|(_, end)| *end == at) {
            Some((_, end)) => *end = at + 1,
            None => groups.push((at, at + 1)),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_anywhere_in_a_cell_and_a_number_however_it_is_typed() {
        let secrets = Secrets::new([7; 32]);
        let hashes =
            ["lea@exemple.fr", "r&d/x=y@exemple.fr", "+33612345678"].iter().map(|key| hash(&secrets, key)).collect();
        let gone = Gone { hashes, secrets };
        for cell in [
            "Lea@Exemple.fr",
            " lea@exemple.fr ",
            "Léa Q. <lea@exemple.fr>",
            "écrire à lea@exemple.fr.",
            "écrire à 'lea@exemple.fr'",
            "-lea@exemple.fr",
            "mailto=lea@exemple.fr",
            "tom&lea@exemple.fr",
            "lea@exemple.fr/06",
            "R&D : r&d/x=y@exemple.fr",
            "tom@b.fr;lea@exemple.fr",
            "06 12 34 56 78",
            "'+33612345678",
            "06 12 34 56 78 (mère)",
            "Tél. 0612345678, le soir",
            "12 rue Foch 72000 06.12.34.56.78",
            "01 44 55 66 77 / 06-12-34-56-78",
            "sa fille : +33 (0)6 12 34 56 78 (2 fois)",
        ] {
            assert!(gone.names(cell), "{cell}");
        }
        for cell in
            ["", "Léa", "alea@exemple.fr", "lea@exemple.fr.org", "06 12 34 56 79", "12", "06 12 34 (mère) 56 78"]
        {
            assert!(!gone.names(cell), "{cell}");
        }
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_read_keeps_nobody_in_the_next_one() {
        use crate::{People, SessionIdentity};
        for engine in parvis_testing::engines() {
            let t = parvis_testing::app(engine, vec![Arc::new(People)], Arc::new(SessionIdentity)).await;
            let key = hash(&t.app.secrets, "lea@exemple.fr");
            let sql = "INSERT INTO erased_key (hash, at, texts) VALUES ($1, $2, FALSE)";
            t.write(move |tx, _, moment| {
                let key = key.clone();
                Box::pin(async move { db::run(tx, sql, args![key, moment.now]).await.map(drop) })
            })
            .await;
            let place = Place("people");
            for (id, told) in [(1, r#"[{"value":"lea@exemple.fr""#), (2, r#"[{"value":"lea@exemple.fr"}]"#)] {
                for (what, text) in [(What::Report, told), (What::Refused, "a;b;c\nlea@exemple.fr;2;x\n")] {
                    let mut file = tempfile::tempfile().unwrap();
                    file.write_all(text.as_bytes()).unwrap();
                    place.put(&t.app, Uuid::from_u128(id), what, file).await.unwrap();
                }
            }
            // Once more changes nothing.
            for _ in 0..2 {
                forget_all(&t.app, place).await.unwrap();
                for (id, told) in [(1, "null"), (2, r#"[{"value":""}]"#)] {
                    let id = Uuid::from_u128(id);
                    assert_eq!(place.whole(&t.app, id, What::Report).await.unwrap(), told.as_bytes());
                    let lines = String::from_utf8(place.whole(&t.app, id, What::Refused).await.unwrap()).unwrap();
                    assert!(!lines.contains("lea@") && lines.contains(";2;x"), "{lines}");
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_emptied_and_an_empty_file_is_left() {
        use std::io::{Read, Seek};
        let secrets = Secrets::new([7; 32]);
        let gone = Gone { hashes: [hash(&secrets, "lea@exemple.fr")].into(), secrets };
        let rewritten = |bytes: &[u8]| {
            let (mut kept, mut out) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
            kept.write_all(bytes).unwrap();
            kept.rewind().unwrap();
            let changed = lines(kept, &gone, &mut out).unwrap();
            out.rewind().unwrap();
            let mut text = String::new();
            out.read_to_string(&mut text).unwrap();
            (changed, text)
        };
        assert_eq!(rewritten(b"\x89PNG\r\n\x1a\n\0\0lea@exemple.fr"), (true, String::new()));
        assert_eq!(rewritten(b"\xd0\xcf\x11\xe0lea@exemple.fr"), (true, String::new()));
        assert!(!rewritten(b"").0);
        let (changed, text) = rewritten("courriel;ligne;pourquoi\nlea@exemple.fr;2;Jour\ntom@b.fr;3;Jour\n".as_bytes());
        assert!(changed && text.contains("tom@b.fr") && !text.contains("lea@"), "{text}");
    }
}
