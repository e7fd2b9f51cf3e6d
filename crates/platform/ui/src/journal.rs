//! Lines of the journal in words: who did what.

use parvis_kernel::{Ctx, Result, activity::Line};
use uuid::Uuid;

/// A line as it is read.
#[derive(Debug, Clone)]
pub struct Said {
    /// Who, in words.
    pub who: String,
    /// The whole sentence.
    pub sentence: String,
}

/// What each of these lines says, in their order.
///
/// # Errors
/// When the database refuses.
pub async fn told(ctx: &Ctx, lines: &[Line]) -> Result<Vec<Said>> {
    let mut ids: Vec<Uuid> = lines.iter().filter_map(|l| l.actor_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = ctx.app.identity.names(&ctx.app.db, &ids).await?;
    let who = |l: &Line| match l.actor_id {
        Some(id) => names.get(&id).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| ctx.t("journal-somebody")),
        None => ctx.t("journal-nobody"),
    };
    let said = |l: &Line| {
        let who = who(l);
        Said { sentence: sentence(ctx, &l.kind, &who, &l.detail), who }
    };
    Ok(lines.iter().map(said).collect())
}

/// What a line of this kind says of somebody.
#[must_use]
pub fn sentence(ctx: &Ctx, kind: &str, who: &str, detail: &str) -> String {
    let (key, what) = (key(kind), what(ctx, kind, detail));
    // A line written by a version that knew other kinds is shown by its code.
    if ctx.app.words.has(ctx.lang, &key) {
        ctx.app.words.with(ctx.lang, &key, &[("who", &who), ("what", &what)])
    } else {
        format!("{who} : {kind} {what}")
    }
}

/// Key of the words of a kind.
fn key(kind: &str) -> String {
    format!("activity-{}", kind.replace('.', "-"))
}

/// The rest of the sentence: a code that has words is put into them.
fn what(ctx: &Ctx, kind: &str, detail: &str) -> String {
    let plain = !detail.is_empty()
        && detail.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    if !plain {
        return detail.to_owned();
    }
    let of: &[&str] = if kind.starts_with("page.") { &["page"] } else { &["status", "role", "settings"] };
    let mut keys = of.iter().map(|of| format!("{of}-{detail}"));
    keys.find(|k| ctx.app.words.has(ctx.lang, k)).map_or_else(|| detail.to_owned(), |k| ctx.t(&k))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_kinds() {
        assert_eq!(key("idea.published"), "activity-idea-published");
        assert_eq!(key("instance.set_up"), "activity-instance-set_up");
    }
}
