//! What is known of sheets, as files: those that may be one person, what was done at somebody's request, blocks.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    form::Form,
    permission::Right,
    sheet::{Cell, Columns, DeskList, Row, Sink},
};
use uuid::Uuid;

use super::CHUNK;
use crate::{
    blocks,
    directory::{called, pairs, phone, receipts, same_words},
    persons,
};

const PAIR_COLUMNS: Columns = &[
    ("fiche", "list-pair-one"),
    ("courriel", "list-pair-mail"),
    ("telephone", "list-pair-phone"),
    ("connue_le", "list-pair-since"),
    ("autre_fiche", "list-pair-other"),
    ("autre_courriel", "list-pair-mail"),
    ("autre_telephone", "list-pair-phone"),
    ("autre_connue_le", "list-pair-since"),
    ("en_commun", "list-pair-same"),
];

const BLOCK_COLUMNS: Columns = &[
    ("depuis", "list-block-since"),
    ("jusqu_au", "list-block-until"),
    ("personne", "list-block-person"),
    ("motif", "list-block-reason"),
    ("reponse", "list-block-reply"),
    ("repondu_le", "list-block-replied"),
];

const RECEIPT_COLUMNS: Columns = &[
    ("le", "list-receipt-at"),
    ("genre", "list-receipt-kind"),
    ("par", "list-receipt-who"),
    ("numero", "list-receipt-number"),
    ("remis_ou_efface", "list-receipt-gone"),
    ("reste", "list-receipt-stays"),
];

/// The lists.
pub(super) const LISTS: [DeskList; 3] = [
    DeskList {
        code: "doublons",
        key: "pair-list",
        right: Right::Persons,
        columns: PAIR_COLUMNS,
        filters: &[],
        located: false,
        rows: duplicates,
    },
    DeskList {
        code: "recus",
        key: "receipts-title",
        right: Right::Persons,
        columns: RECEIPT_COLUMNS,
        filters: &[],
        located: false,
        rows: receipts,
    },
    DeskList {
        code: "blocages",
        key: "block-list",
        right: Right::Persons,
        columns: BLOCK_COLUMNS,
        filters: &[],
        located: false,
        rows: blocked,
    },
];

/// The pairs that somebody still has to look at.
fn duplicates(ctx: Ctx, _: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let mut after = None;
        loop {
            let found = pairs::after(ctx.app.db.read(), after, CHUNK).await?;
            let Some(last) = found.last() else { return Ok(()) };
            after = Some((last.one, last.other));
            let rows = found.into_iter().map(|pair| {
                let same = same_words(&ctx, &pair);
                let mut cells = Vec::with_capacity(PAIR_COLUMNS.len());
                let mut side = |name: String, email: Option<String>, number: Option<String>, since: DateTime<Utc>| {
                    let number = number.as_deref().map(phone::shown);
                    let four: [Cell; 4] = [name.into(), email.into(), number.into(), since.into()];
                    cells.extend(four);
                };
                side(pair.one_name, pair.one_email, pair.one_phone, pair.one_since);
                side(pair.other_name, pair.other_email, pair.other_phone, pair.other_since);
                cells.push(same.into());
                Row::new(cells)
            });
            sink.rows(rows.collect()).await?;
        }
    })
}

/// What was done at somebody's request, the newest first, as its page lists it.
fn receipts(ctx: Ctx, _: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let mut older = None;
        loop {
            let found = receipts::before(ctx.app.db.read(), older, CHUNK).await?;
            let Some(last) = found.last() else { return Ok(()) };
            older = Some(last.id);
            let actors: Vec<Uuid> = found.iter().map(|r| r.actor_id).collect();
            let names = ctx.app.identity.names(&ctx.app.db, &actors).await?;
            let mut rows = Vec::with_capacity(found.len());
            for r in found {
                let (stays, gone): (Vec<_>, Vec<_>) = r.counted()?.into_iter().partition(|c| !c.why.is_empty());
                let told = |all: Vec<receipts::Counted>| {
                    let lines: Vec<String> = all.iter().map(|c| format!("{} ({})", ctx.t(&c.about), c.n)).collect();
                    lines.join(", ")
                };
                rows.push(Row::new(vec![
                    r.at.into(),
                    ctx.t(&format!("receipt-list-{}", r.kind)).into(),
                    names.get(&r.actor_id).cloned().into(),
                    r.number().into(),
                    told(gone).into(),
                    told(stays).into(),
                ]));
            }
            sink.rows(rows).await?;
        }
    })
}

/// The blocks that hold, as their page lists them.
fn blocked(ctx: Ctx, _: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let c = ctx.app.db.read();
        let mut after = Uuid::nil();
        loop {
            let found = blocks::store::standing_after(c, ctx.now(), after, CHUNK).await?;
            let Some(last) = found.last() else { return Ok(()) };
            after = last.id;
            let mut rows = Vec::with_capacity(found.len());
            for b in found {
                // Empty for a browser without a name.
                let person = match b.person_id {
                    Some(id) => persons::find(c, id).await?.map(|person| called(&ctx, &person)),
                    None => None,
                };
                rows.push(Row::new(vec![
                    b.at.into(),
                    b.ends_at.into(),
                    person.into(),
                    b.reason.into(),
                    b.reply.into(),
                    b.replied_at.into(),
                ]));
            }
            sink.rows(rows).await?;
        }
    })
}
