//! The team and its programs as files: who, with which role; which tokens, never what they open with.

use std::collections::HashMap;

use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    form::Form,
    permission::{Right, Role},
    sheet::{Columns, DeskList, Row, Sink},
};
use uuid::Uuid;

use crate::{persons, second, team, tokens};

const MEMBER_COLUMNS: Columns = &[
    ("prenom", "list-person-name"),
    ("courriel", "list-person-email"),
    ("role", "list-person-role"),
    ("fonction", "list-person-office"),
    ("projets", "list-member-projects"),
    ("invitation", "list-member-invited"),
    ("verification", "list-member-second"),
];

const TOKEN_COLUMNS: Columns = &[
    ("nom", "list-token-name"),
    ("de", "list-token-owner"),
    ("droits", "list-token-scopes"),
    ("cree_le", "list-token-made"),
    ("expire_le", "list-token-ends"),
    ("utilise_le", "list-token-used"),
];

/// The lists.
pub(super) const LISTS: [DeskList; 2] = [
    DeskList {
        code: "membres",
        key: "settings-team",
        right: Right::Administer,
        columns: MEMBER_COLUMNS,
        filters: &[],
        located: false,
        rows: members,
    },
    DeskList {
        code: "jetons",
        key: "settings-tokens",
        right: Right::Read,
        columns: TOKEN_COLUMNS,
        filters: &[],
        located: false,
        rows: all_tokens,
    },
];

/// The members of the team, as their page lists them.
fn members(ctx: Ctx, _: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let c = ctx.app.db.read();
        let titles: HashMap<Uuid, String> = team::scopes(&ctx).await?.into_iter().collect();
        let (came, protected) = (persons::seen(c).await?, second::all(c).await?);
        let yes = |so: bool| ctx.t(if so { "list-member-yes" } else { "list-member-no" });
        let mut rows = Vec::new();
        for (person, role) in persons::members(c).await? {
            let projects: Vec<String> = match &role {
                Role::Moderator(all) => all.iter().filter_map(|id| titles.get(id)).cloned().collect(),
                _ => Vec::new(),
            };
            rows.push(Row::new(vec![
                person.name.into(),
                person.email.into(),
                ctx.t(&format!("role-{}", role.code())).into(),
                person.office.into(),
                projects.join(", ").into(),
                if came.contains(&person.id) { String::new().into() } else { ctx.t("team-waiting").into() },
                yes(protected.contains(&person.id)).into(),
            ]));
        }
        sink.rows(rows).await
    })
}

/// Everybody's tokens for whoever administers, else one's own, as their page lists them.
fn all_tokens(ctx: Ctx, _: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let (c, me) = (ctx.app.db.read(), ctx.person()?);
        let all =
            if ctx.may(Right::Administer, None) { tokens::all(c).await? } else { tokens::of_person(c, me).await? };
        let owners: Vec<Uuid> = all.iter().map(|t| t.person_id).collect();
        let names = ctx.app.identity.names(&ctx.app.db, &owners).await?;
        let rows = all.into_iter().map(|t| {
            Row::new(vec![
                t.name.into(),
                names.get(&t.person_id).cloned().into(),
                t.scopes.into(),
                t.created_at.into(),
                t.expires_at.into(),
                t.used_at.into(),
            ])
        });
        sink.rows(rows.collect()).await
    })
}
