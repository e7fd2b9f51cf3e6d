//! People who answer to words typed on any page of the desk.

use parvis_kernel::{
    Ctx, Result,
    found::{COUNTED, Found, Hit, SHOWN},
    permission::Right,
};

use super::{Filter, pages, store, words};
use crate::{areas, urls};

/// Fewer digits than this are the number of a contribution: no search by telephone.
const DIGITS: usize = 6;

/// People by name, address or telephone, as the directory finds them. Right: persons; nothing without it. Where people
/// are found the search stands in the journal, as one of the directory does.
///
/// # Errors
/// When the database refuses.
pub async fn find(ctx: &Ctx, asked: &str) -> Result<Vec<Found>> {
    if !ctx.may(Right::Persons, None) || is_number(asked) || words::needles(asked).is_empty() {
        return Ok(Vec::new());
    }
    let c = ctx.app.db.read();
    let mut filter = Filter { query: asked.to_owned(), page: 1, ..Filter::default() };
    store::weigh(c, &mut filter).await?;
    let store::Found { rows: listed, count, .. } = store::find(c, &filter).await?;
    if count > 0 {
        store::searched(ctx, count.min(COUNTED)).await?;
    }
    let names = areas::names(c).await?;
    let list = filter.query_string(1);
    let hits = listed.iter().take(usize::try_from(SHOWN).unwrap_or(5)).map(|l| {
        let area = l.area_id.and_then(|id| names.get(&id)).cloned();
        Hit {
            title: pages::called(l),
            href: format!("{}{list}", urls::Sheet { id: l.id }),
            text: String::new(),
            about: area.unwrap_or_else(|| ctx.t("directory-area-unknown")),
        }
    });
    let all = format!("{}{list}", urls::Directory {});
    Ok(vec![Found { key: "found-people", order: 30, count, hits: hits.collect(), all }])
}

/// Whether it can only be the number of a contribution.
fn is_number(asked: &str) -> bool {
    let digits = asked.chars().filter(char::is_ascii_digit).count();
    let others = asked.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "#nN°º".contains(c));
    others && (1..DIGITS).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_is_no_telephone() {
        for number in ["12", "n° 1 204", "#7", "99999"] {
            assert!(is_number(number), "{number}");
        }
        for person in ["06 12 34 56 78", "612345", "Nina", "12 rue Haute", "+33 6 12", ""] {
            assert!(!is_number(person), "{person}");
        }
    }
}
