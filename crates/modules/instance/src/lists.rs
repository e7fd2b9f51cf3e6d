//! The lists of this room that leave as files, narrowed as their pages are: the journal and the outbox.

use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    form::Form,
    permission::Right,
    sheet::{Columns, DeskList, Row, Sink},
};

use crate::{journal, outbox};

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

/// The lists.
pub const LISTS: [DeskList; 2] = [
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
];

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
