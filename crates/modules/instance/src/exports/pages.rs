//! The page from which the desk's lists leave as files.

use askama::Template;
use axum::response::Response;
use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    form,
    permission::Right,
    sheet::{self, DeskList},
};
use parvis_ui::{Page, html};

use super::{
    Form, Zone, download,
    leave::{self, Leave},
};
use crate::query;

/// A list as the page shows it.
struct Offer {
    list: DeskList,
    title: String,
    /// Its columns: name and what it holds.
    columns: Vec<(&'static str, String)>,
    /// The filter it comes with: fields to send along.
    kept: Vec<(&'static str, String)>,
    forms: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "exports/lists.html")]
struct Show<'a> {
    p: &'a Page,
    offers: Vec<Offer>,
    /// Everything as one file, for an owner who looks at all lists.
    leave: Option<Leave>,
}

fn lists(ctx: &Ctx) -> impl Iterator<Item = DeskList> + '_ {
    ctx.app.modules.iter().flat_map(|m| m.desk_lists()).filter(|l| ctx.may(l.right, None))
}

/// The lists this person may take away, the one asked for alone when it comes with a filter. Right: read.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let page = Page::team(&ctx, ctx.t("exports-title")).await?;
    let asked = query::of(&ctx);
    let named = asked.get("liste");
    let offers = lists(&ctx).filter(|l| named.is_empty() || l.code == named).map(|l| offer(&ctx, l, &asked)).collect();
    let leave = if named.is_empty() { leave::of(&ctx).await? } else { None };
    html(&Show { p: &page, offers, leave })
}

fn offer(ctx: &Ctx, list: DeskList, asked: &form::Form) -> Offer {
    let kept = list.filters.iter().filter(|name| asked.has(name) && !asked.get(name).is_empty());
    let forms = Form::ALL.into_iter().filter(|f| list.located || *f != Form::GeoJson);
    Offer {
        list,
        title: ctx.t(list.key),
        columns: list.columns.iter().map(|(name, key)| (*name, ctx.t(key))).collect(),
        kept: kept.map(|name| (*name, asked.get(name).to_owned())).collect(),
        forms: forms.map(|f| (f.ending(), ctx.t(&format!("exports-as-{}", f.ending())))).collect(),
    }
}

/// The file of a list, as filtered, and a line in the journal. Right: that of the list.
///
/// # Errors
/// The refusal of the permission, `BadRequest` for a list or a form that does not exist.
pub async fn take(ctx: Ctx, f: form::Form) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let list = ctx.app.modules.iter().flat_map(|m| m.desk_lists()).find(|l| l.code == f.get("liste"));
    let list = list.ok_or(Error::BadRequest("no such list"))?;
    ctx.require(list.right, None)?;
    let form = Form::parse(f.get("format")).filter(|form| list.located || *form != Form::GeoJson);
    let form = form.ok_or(Error::BadRequest("no such form"))?;
    note(&ctx, format!("{}.{}", list.code, form.ending())).await?;
    let rows = sheet::start(|sink| (list.rows)(ctx.clone(), f, sink));
    let name = format!("{}-{}", list.code, ctx.today());
    download(&ctx.app, &name, form, list.columns, Zone::Local(ctx.settings.tz()), rows).await
}

async fn note(ctx: &Ctx, detail: String) -> Result<()> {
    let (moment, actor) = (ctx.moment.clone(), ctx.actor.person());
    ctx.app
        .db
        .write(move |tx| {
            let (moment, detail) = (moment.clone(), detail.clone());
            Box::pin(async move {
                let entry = Entry {
                    actor,
                    kind: "list.exported",
                    subject_kind: "list",
                    subject: None,
                    project: None,
                    detail: &detail,
                };
                activity::record(tx, &moment, entry).await
            })
        })
        .await
}
