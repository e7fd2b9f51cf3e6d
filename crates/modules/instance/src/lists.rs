//! The lists of this room that leave as files, narrowed as their pages are: the journal, the outbox, what programs were told, and
//! what was found from any page.

use std::collections::HashMap;

use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    form::Form,
    permission::Right,
    sheet::{Columns, DeskList, Row, Sink},
};
use uuid::Uuid;

use crate::{journal, outbox, search, webhooks};

/// Rows read at a time.
const CHUNK: usize = 500;

const JOURNAL: Columns = &[
    ("le", "list-journal-at"),
    ("qui", "list-journal-who"),
    ("quoi", "list-journal-kind"),
    ("phrase", "list-journal-sentence"),
    ("projet", "list-journal-project"),
    ("detail", "list-journal-detail"),
];

const OUTBOX: Columns = &[
    ("ecrit_le", "list-mail-written"),
    ("parti_le", "list-mail-sent"),
    ("pour", "list-mail-to"),
    ("genre", "list-mail-kind"),
    ("sujet", "list-mail-subject"),
    ("etat", "list-mail-state"),
];

const DELIVERIES: Columns = &[
    ("le", "list-delivery-at"),
    ("adresse", "list-delivery-to"),
    ("evenement", "list-delivery-event"),
    ("etat", "list-delivery-state"),
    ("pourquoi", "list-delivery-why"),
    ("essais", "list-delivery-tries"),
];

const FOUND: Columns = &[
    ("genre", "list-found-kind"),
    ("titre", "list-found-title"),
    ("extrait", "list-found-text"),
    ("precision", "list-found-about"),
    ("adresse", "list-found-address"),
];

/// The lists.
pub const LISTS: [DeskList; 4] = [
    DeskList {
        code: "journal",
        key: "settings-journal",
        right: Right::Administer,
        columns: JOURNAL,
        filters: &journal::FILTERS,
        located: false,
        rows: journal_rows,
    },
    DeskList {
        code: "envois",
        key: "settings-outbox",
        right: Right::Administer,
        columns: OUTBOX,
        filters: &["etat"],
        located: false,
        rows: outbox_rows,
    },
    DeskList {
        code: "livraisons",
        key: "list-deliveries",
        right: Right::Administer,
        columns: DELIVERIES,
        filters: &[],
        located: false,
        rows: deliveries,
    },
    DeskList {
        code: "recherche",
        key: "search-title",
        right: Right::Read,
        columns: FOUND,
        filters: &["q"],
        located: false,
        rows: found,
    },
];

/// What programs were told, the newest first, without what was said and what signs it.
fn deliveries(ctx: Ctx, _: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let c = ctx.app.db.read();
        let hooks: HashMap<Uuid, String> = webhooks::store::all(c).await?.into_iter().map(|h| (h.id, h.url)).collect();
        let mut before = None;
        loop {
            let some = webhooks::store::before(c, before, i64::try_from(CHUNK).unwrap_or(500)).await?;
            let Some(last) = some.last() else { return Ok(()) };
            before = Some(last.delivery.id);
            let rows = some.into_iter().map(|d| {
                let (at, tries, to) = (d.delivery.created_at, d.delivery.attempts, hooks.get(&d.webhook_id).cloned());
                let told = webhooks::pages::told(&ctx, d.delivery);
                Row::new(vec![
                    at.into(),
                    to.into(),
                    told.event.into(),
                    told.state.into(),
                    told.why.into(),
                    tries.into(),
                ])
            });
            sink.rows(rows.collect()).await?;
        }
    })
}

/// What the page of the search shows for the same words.
fn found(ctx: Ctx, f: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let base = ctx.app.base_url(&ctx.settings).to_owned();
        for group in search::groups(&ctx, &search::asked(&f)).await? {
            let kind = ctx.app.words.with(ctx.lang, group.key, &[("n", &group.count)]);
            let rows = group.hits.into_iter().map(|hit| {
                let address = format!("{base}{}", hit.href);
                Row::new(vec![kind.clone().into(), hit.title.into(), hit.text.into(), hit.about.into(), address.into()])
            });
            sink.rows(rows.collect()).await?;
        }
        Ok(())
    })
}

fn journal_rows(ctx: Ctx, f: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let (filter, projects) = journal::narrowed(&ctx, &f).await?;
        let mut before = None;
        loop {
            let lines = journal::store::latest(ctx.app.db.read(), &filter, before, CHUNK).await?;
            let Some(last) = lines.last() else { return Ok(()) };
            before = Some(last.id);
            let told = journal::told(&ctx, &lines).await?;
            let rows = lines.into_iter().zip(told).map(|(line, told)| {
                let project = line.project_id.and_then(|id| projects.iter().find(|(own, _)| *own == id));
                Row::new(vec![
                    line.at.into(),
                    told.who.into(),
                    line.kind.into(),
                    told.sentence.into(),
                    project.map(|(_, title)| title.clone()).into(),
                    line.detail.into(),
                ])
            });
            sink.rows(rows.collect()).await?;
        }
    })
}

fn outbox_rows(ctx: Ctx, f: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let state = outbox::asked_state(f.get("etat"));
        let mut before = None;
        loop {
            let mails = outbox::store::list(ctx.app.db.read(), state, before, CHUNK).await?;
            let Some(last) = mails.last() else { return Ok(()) };
            before = Some(last.id);
            let rows = mails.into_iter().map(|m| {
                // The subject of what signs in may hold the code.
                let subject = if outbox::SIGN_IN.contains(&m.kind.as_str()) { String::new() } else { m.subject };
                let state = outbox::state_words(&ctx, &m.state, &m.kind, m.send_after);
                Row::new(vec![
                    m.created_at.into(),
                    m.sent_at.into(),
                    m.recipient.into(),
                    m.kind.into(),
                    subject.into(),
                    state.into(),
                ])
            });
            sink.rows(rows.collect()).await?;
        }
    })
}
