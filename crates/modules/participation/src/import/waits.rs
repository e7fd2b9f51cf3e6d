//! Texts of a file that wait to be read: since when, why, and how many still do.

use std::collections::BTreeMap;

use parvis_kernel::{
    Result, args,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::Frame;
use crate::screening::{self, Why};

/// Texts noted in one statement.
const AT_ONCE: usize = 500;
/// How many of those that an import of the file `$1` held, at whatever try, are still to be checked.
pub(super) const TO_CHECK: &str =
    "SELECT count(*) FROM contribution c WHERE c.held_by = $1 AND c.status = 'prescreening' AND NOT c.withdrawn";

/// See [`TO_CHECK`].
pub(super) async fn to_check(c: &impl ConnectionTrait, file: Uuid) -> Result<u64> {
    Ok(u64::try_from(db::count(c, TO_CHECK, args![file]).await?).unwrap_or(0))
}

/// Keeps why texts wait, and the status that each gets once it is published. A file is no hand: it is no case of the public log.
pub(super) async fn hold(tx: &Tx, frame: &Frame, held: &[(Uuid, Vec<Why>, &'static str)]) -> Result<()> {
    let mut then: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
    for (id, _, status) in held {
        then.entry(status).or_default().push(*id);
    }
    for (status, ids) in then {
        for ids in ids.chunks(AT_ONCE) {
            let list = db::placeholders(3, ids.len());
            let mut args = args![status, frame.file.map(|hold| hold.file)];
            args.extend(ids.iter().map(|id| Value::from(*id)));
            let sql = format!(
                "UPDATE contribution SET status_then = $1, held_by = coalesce($2, held_by) WHERE id IN ({list})"
            );
            db::run(tx, &sql, args).await?;
        }
    }
    let reasons: Vec<_> = held.iter().map(|(id, why, _)| (*id, why.as_slice())).collect();
    screening::store::keep_reasons(tx, &reasons).await
}

/// Notes that texts which are to be read came with this import, whatever their own date: they wait since then.
pub(super) async fn arrive(tx: &Tx, frame: &Frame, ids: &[Uuid]) -> Result<()> {
    for ids in ids.chunks(AT_ONCE) {
        let list = db::placeholders(2, ids.len());
        let mut args = args![frame.moment.now];
        args.extend(ids.iter().map(|id| Value::from(*id)));
        db::run(tx, &format!("UPDATE contribution SET arrived_at = $1 WHERE id IN ({list})"), args).await?;
    }
    Ok(())
}
