//! What the pages of imports show and take.

use askama::Template;
use async_trait::async_trait;
use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result,
    brought::{Extra, Refusal, Row},
    form::{Form, is_blank},
    permission::Right,
};
use parvis_ui::{
    Page,
    brought::{
        self, ColumnView, Listed, RefusedView, SeenColumn, Shown,
        pages::{Screen, Shows},
    },
    html_with,
};
use uuid::Uuid;

use super::{
    super::{
        ORIGIN, area_close, area_unknown, column_line,
        columns::{self, Column, IGNORED, Mapping, Why, Wrong},
        phones_unread, sentence,
        words::reasons,
    },
    files::{Own, Persons, ToldLine},
    preview::{self, Will},
    undo,
};
use crate::urls;

#[derive(Template)]
#[template(path = "import/people.html")]
struct List<'a> {
    p: &'a Page,
    f: &'a Form,
    files: Vec<Listed<Persons>>,
}

impl List<'_> {
    fn can_undo(&self, row: &Row<Own>) -> bool {
        undo::until(row, self.p.ctx.now()).is_some()
    }
}

#[derive(Template)]
#[template(path = "import/people_file.html")]
struct One<'a> {
    p: &'a Page,
    f: &'a Form,
    row: &'a Row<Own>,
    s: Shown,
    problem: String,
    columns: Vec<ColumnView>,
    refused: Vec<RefusedView>,
    /// Where the file comes from, as typed.
    origin: &'a str,
    /// The first sheets as they will be.
    preview: Vec<Will>,
    /// Words for areas that were taken for another name, and that name none, with how many of each there are and the rows of
    /// the latter.
    close: Vec<String>,
    unknown: Vec<String>,
    words: (usize, usize, u64),
    /// What is said of lines that are taken without their telephone; empty for none.
    phones: String,
    /// Until when its import can be taken back.
    until: Option<DateTime<Utc>>,
}

impl One<'_> {
    /// People that an import would touch.
    fn touched(&self) -> i64 {
        self.row.created + self.row.own.completed
    }
}

#[async_trait]
impl Screen for Persons {
    const RIGHT: Right = Right::Persons;
    const AT_ONCE: i64 = 64 << 10;
    const UNDONE: &'static str = undo::ACTIVITY;

    fn undo_state(own: &Own) -> &str {
        &own.undo_state
    }

    fn list_at() -> String {
        urls::ImportPeople {}.to_string()
    }

    fn one_at(id: Uuid) -> String {
        urls::PeopleFile { id }.to_string()
    }

    fn why(ctx: &Ctx, refusal: Refusal) -> String {
        sentence(&ctx.app.words, ctx.lang, refusal.code.as_str())
    }

    /// The columns, the origin and the promise that this is no official file. A trial needs only the first.
    async fn chosen(ctx: &Ctx, mapping: &mut Mapping, form: &mut Form, imports: bool) -> Result<Extra> {
        let now = mapping.columns().iter().enumerate().map(|(at, seen)| {
            // A column that no field names stays what it is.
            let name = format!("c{at}");
            if form.has(&name) { Column::from_code(form.get(&name)) } else { seen.column }
        });
        let chosen: Vec<Option<Column>> = now.collect();
        if let Err(Wrong::Twice(column)) = mapping.choose(&chosen) {
            let what = ctx.t(&format!("people-import-column-{}", column.code()));
            form.fail("colonnes", ctx.app.words.with(ctx.lang, "people-import-columns-twice", &[("what", &what)]));
        } else if !mapping.has_contact() {
            form.fail("colonnes", ctx.t("people-import-columns-no-contact"));
        }
        let origin = form.text("origine");
        if origin.chars().count() > ORIGIN {
            form.fail("origine", ctx.t("people-import-origin-long"));
        }
        if imports && is_blank(&origin) {
            form.fail("origine", ctx.t("people-import-origin-missing"));
        }
        if imports && !form.has("pas-officiel") {
            form.fail("pas-officiel", ctx.t("people-import-official"));
        }
        Ok(vec![("origin", origin.into())])
    }

    async fn list(ctx: &Ctx, f: &Form, status: StatusCode) -> Result<Response> {
        let p =
            Page::team(ctx, ctx.t("people-import-title")).await?.crumb(ctx.t("directory-title"), urls::Directory {});
        let files = Listed::recent(&p).await?;
        html_with(status, &List { p: &p, f, files })
    }

    async fn one(ctx: &Ctx, shows: Shows<'_, Self>, f: &Form, status: StatusCode) -> Result<Response> {
        let Shows { row, look, told } = shows;
        let title = ctx.app.words.with(ctx.lang, "people-import-one-title", &[("name", &row.file_name)]);
        let p = Page::team(ctx, title)
            .await?
            .crumb(ctx.t("directory-title"), urls::Directory {})
            .crumb(ctx.t("people-import-title"), urls::ImportPeople {});
        let words = |code: &str| sentence(&ctx.app.words, ctx.lang, code);
        let tried = row.state == "checked" && row.is_open(ctx.now());
        let preview = match look.filter(|_| tried) {
            Some(look) => preview::first(ctx, &p, look).await?,
            None => Vec::new(),
        };
        let (app_words, lang) = (&ctx.app.words, ctx.lang);
        let close = told.close.iter().map(|(said, name, n)| area_close(app_words, lang, said, name, *n));
        let unknown = told.unknown.iter().map(|(said, n)| area_unknown(app_words, lang, said, *n));
        let one = One {
            p: &p,
            f,
            s: Shown::of(&p, f, &shows).await?,
            problem: if row.problem.is_empty() { String::new() } else { words(&row.problem) },
            columns: look.map(|look| columns(&p, f, &look.sample, &look.mapping)).unwrap_or_default(),
            refused: told.refused.chunk_by(|a, b| a.line == b.line).map(|line| refused(&p, line)).collect(),
            origin: if f.has("origine") { f.get("origine") } else { &row.own.origin },
            preview,
            close: close.collect(),
            unknown: unknown.collect(),
            words: told.words,
            phones: match &told.phones_unread {
                (0, _) => String::new(),
                (n, lines) => phones_unread(app_words, lang, *n, lines),
            },
            until: undo::until(row, ctx.now()),
            row,
        };
        html_with(status, &one)
    }
}

/// A refused line, with all its faults.
fn refused(p: &Page, faults: &[ToldLine]) -> RefusedView {
    let values: Vec<&str> = faults.iter().map(|f| f.value.as_str()).filter(|v| !v.is_empty()).collect();
    RefusedView {
        line: faults.first().map(|f| f.line.to_string()).unwrap_or_default(),
        value: values.join(" · "),
        why: reasons(&p.ctx.app.words, p.ctx.lang, faults.iter().map(|f| f.code.as_str())),
    }
}

fn columns(p: &Page, f: &Form, sample: &[Vec<String>], mapping: &Mapping) -> Vec<ColumnView> {
    let codes = std::iter::once(IGNORED).chain(Column::ALL.into_iter().map(Column::code));
    let choices: Vec<_> = codes.map(|code| (code, p.t(&format!("people-import-column-{code}")))).collect();
    let all = mapping.columns().iter().map(|seen| SeenColumn {
        header: &seen.header,
        code: columns::code(seen.column),
        why: column_line(&p.ctx.app.words, p.ctx.lang, seen),
        forbidden: seen.why == Why::Forbidden,
    });
    brought::columns(p, f, sample, &choices, all)
}
