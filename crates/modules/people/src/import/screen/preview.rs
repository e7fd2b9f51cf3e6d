//! The first sheets of a file as they will be, before anything is written.

use std::collections::HashSet;

use parvis_kernel::{
    Ctx, Result,
    brought::Look,
    words::{Lang, Words},
};
use parvis_ui::Page;
use uuid::Uuid;

use super::super::{
    brought::{Field, Sheet},
    columns::Mapping,
    read::{Found, Town, taken},
    store::{self, Known},
};
use crate::{areas, consents, directory::phone};

/// Sheets that are shown.
const SHOWN: usize = 20;

/// A sheet as it will be.
pub(super) struct Will {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    pub area: String,
    /// Whether it may be written to, and why.
    pub accord: String,
    /// Whether the sheet is new, completed, or as it was.
    pub becomes: String,
}

/// The first people of a file that are taken, each with the sheet that the import would leave. Lines that are refused are
/// named elsewhere.
///
/// # Errors
/// When the database refuses.
pub(super) async fn first(ctx: &Ctx, p: &Page, look: &Look<Mapping>) -> Result<Vec<Will>> {
    let c = ctx.app.db.read();
    let all = areas::all(c).await?;
    let town = Town { areas: areas::Names::of(&all), today: ctx.today() };
    let (mut seen, mut shown) = (HashSet::new(), Vec::new());
    for cells in &look.sample {
        let Ok(found) = taken(&look.mapping, 0, cells, &town, &mut seen) else { continue };
        if store::erased(c, &ctx.app, &found).await?.is_some() {
            continue;
        }
        let known = match store::known(c, &found).await? {
            Known::Several => continue,
            Known::One(person) => Some(person),
            Known::Nobody => None,
        };
        shown.push(will(ctx, p, &all, &found, known).await?);
        if shown.len() == SHOWN {
            break;
        }
    }
    Ok(shown)
}

async fn will(ctx: &Ctx, p: &Page, all: &[areas::Area], found: &Found, known: Option<Uuid>) -> Result<Will> {
    let c = ctx.app.db.read();
    let row = Sheet::from(found);
    let (sheet, becomes) = match known {
        None => (row, "people-preview-new"),
        Some(person) => {
            let before = store::sheet(c, person).await?;
            let adds = !before.lacks(&row).is_empty();
            (before.filled(&row), if adds { "people-preview-completed" } else { "people-preview-same" })
        }
    };
    let may = match known {
        Some(person) => consents::permits(c, ctx.now(), person, "newsletter", "email").await?.is_some(),
        None => false,
    };
    let area = all.iter().find(|a| Some(a.id) == sheet.area_id).map(|a| a.name.clone());
    Ok(Will {
        email: sheet.get(Field::Email),
        phone: sheet.phone.as_deref().map(phone::shown).unwrap_or_default(),
        area: area.unwrap_or_default(),
        accord: accord(&ctx.app.words, ctx.lang, found, may, |day| p.day(day)),
        becomes: p.t(becomes),
        name: sheet.name,
        address: sheet.address,
    })
}

/// What will be known of the accord of somebody.
fn accord(words: &Words, lang: Lang, found: &Found, may: bool, day: impl Fn(&chrono::NaiveDate) -> String) -> String {
    match &found.agreed {
        _ if found.said_no => words.get(lang, "people-preview-no"),
        Some(agreed) if found.email.is_some() => words.with(lang, "people-preview-agreed", &[("day", &day(agreed))]),
        _ if may => words.get(lang, "people-preview-standing"),
        _ => words.get(lang, "people-import-held"),
    }
}
