//! Who may be told what: an accord of its purpose that stands, an address that takes letters, and no block.

use chrono::{DateTime, Utc};
use parvis_kernel::{Result, args, db, mail};
use parvis_people::blocks::store::holds_for_p;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{News, PURPOSE, consultation};

/// SQL: whether person `p` may be told something now: they have an address that takes letters, their newest consent to
/// this purpose is given and did not end, and no block holds for them at the instant of this place, unless it is `own`.
pub(super) fn may_be_written_to(purpose: &str, now: usize, own: &str) -> String {
    format!(
        "p.email IS NOT NULL AND p.erased_at IS NULL AND NOT {} \
         AND (SELECT CASE WHEN k.expires_at <= ${now} THEN 'expired' ELSE k.state END FROM consent k \
         WHERE k.person_id = p.id AND k.purpose = '{purpose}' AND k.channel = 'email' ORDER BY k.at DESC, k.id DESC LIMIT 1) = 'given' AND ({own} OR NOT {})",
        mail::refused::OF_PERSON,
        holds_for_p(now)
    )
}

/// SQL: whether a person wrote an idea, or one that became part of it through however many unions.
pub(super) fn wrote(idea: &str, person: &str) -> String {
    format!(
        "EXISTS (WITH RECURSIVE own (id, whole) AS (SELECT w.id, w.merged_into FROM contribution w WHERE w.author_id = {person} \
         UNION SELECT w.id, w.merged_into FROM contribution w JOIN own ON w.id = own.whole) \
         SELECT 1 FROM own WHERE own.id = {idea})"
    )
}

/// SQL: whether this news is what whoever is blocked is still told: that their own idea was answered. They wrote it, and
/// the answer is to them; a block keeps them from writing, not from being answered.
pub(super) fn still_told(news: News) -> String {
    match news {
        News::Answer => wrote("f.contribution_id", "f.person_id"),
        News::Status => "1 = 0".into(),
    }
}

/// Whether a person still follows an idea and may be told this of it; of one that is not `public`, who wrote it alone.
///
/// # Errors
/// When the database refuses.
pub async fn is_told(
    c: &impl ConnectionTrait,
    idea: Uuid,
    person: Uuid,
    news: News,
    public: bool,
    now: DateTime<Utc>,
) -> Result<bool> {
    let theirs = if public { "1 = 1".into() } else { wrote("f.contribution_id", "f.person_id") };
    let sql = format!(
        "SELECT count(*) FROM follow f JOIN person p ON p.id = f.person_id WHERE f.contribution_id = $2 AND f.person_id = $3 \
         AND f.rhythm <> 'never' AND {theirs} AND {}",
        may_be_written_to(PURPOSE, 1, &still_told(news))
    );
    Ok(db::count(c, &sql, args![now, idea, person]).await? > 0)
}

/// Whether a person may still get a summary that `holds` news of `ideas`, of `consultations` or of `both`: each needs its accord, and
/// something of its kind that is still followed.
///
/// # Errors
/// When the database refuses.
pub async fn may_get_summary(c: &impl ConnectionTrait, now: DateTime<Utc>, person: Uuid, holds: &str) -> Result<bool> {
    // An own idea that was answered is told to whoever is blocked too, so that no block stops a summary.
    let may = |purpose, table| {
        format!(
            "({} AND EXISTS (SELECT 1 FROM {table} f WHERE f.person_id = p.id AND f.rhythm <> 'never'))",
            may_be_written_to(purpose, 1, "1 = 1")
        )
    };
    let (ideas, projects) = (may(PURPOSE, "follow"), may(consultation::PURPOSE, "project_follow"));
    let may = match holds {
        "ideas" => ideas,
        "consultations" => projects,
        "both" => format!("{ideas} AND {projects}"),
        // One that an older version wrote does not say.
        _ => format!("({ideas} OR {projects})"),
    };
    let sql = format!("SELECT count(*) FROM person p WHERE p.id = $2 AND {may}");
    Ok(db::count(c, &sql, args![now, person]).await? > 0)
}
