//! Changes of the settings in words: who made which, from what to what, and what can be put back.

use parvis_kernel::{Ctx, Result, permission::Right};
use parvis_ui::Page;
use serde_json::Value;
use uuid::Uuid;

use super::{
    Section,
    undo::{self, Changed, Kept},
};
use crate::urls;

/// Signs of a value that are shown.
const SHOWN: usize = 60;

/// A value that was changed.
#[derive(Debug, Clone)]
pub struct Step {
    /// Where it is put back.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Who made of what what.
    pub sentence: String,
    /// When.
    pub when: String,
    /// What the button says; empty for what can't be put back, or is not what the change made of it any more.
    pub back: String,
    /// Whether it is the newest that can be put back: the one that the key of the page means.
    pub newest: bool,
}

/// The last changes of a section, value by value.
///
/// # Errors
/// When the database refuses.
pub async fn recent(p: &Page, here: Section) -> Result<Vec<Step>> {
    let ctx = &p.ctx;
    let kept = undo::of(ctx.app.db.read(), here).await?;
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let who: Vec<Uuid> = kept.iter().map(|k| k.actor_id).collect();
    let names = ctx.app.identity.names(&ctx.app.db, &who).await?;
    let now = undo::values(&*ctx.app.settings().await?)?;
    let mut all = Vec::new();
    for k in &kept {
        let who = names.get(&k.actor_id).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| p.t("journal-somebody"));
        for value in k.values()? {
            let stands = now.get(&value.0) == Some(&value.2);
            all.push(step(p, k, &who, &value, stands));
        }
    }
    if let Some(newest) = all.iter_mut().find(|step: &&mut Step| !step.back.is_empty()) {
        newest.newest = true;
    }
    Ok(all)
}

fn step(p: &Page, kept: &Kept, who: &str, (name, was, became): &Changed, stands: bool) -> Step {
    let ctx = &p.ctx;
    let label = ctx.t(&format!("settings-value-{}", name.replace(['.', '_'], "-")));
    let (from, to) = (shown(ctx, was), shown(ctx, became));
    let sentence = ctx.app.words.with(
        ctx.lang,
        "settings-change",
        &[("who", &who), ("what", &label), ("from", &from), ("to", &to)],
    );
    let may = stands && undo::is_free(name) && (!undo::is_owners(name) || ctx.may(Right::Own, None));
    Step {
        href: urls::SettingsUndo { step: kept.id }.to_string(),
        name: name.clone(),
        sentence,
        when: p.t2("outbox-when", "date", p.date(&kept.at), "time", p.time(&kept.at)),
        back: if may { p.t1("settings-put-back", "value", from) } else { String::new() },
        newest: false,
    }
}

/// A value as people read it.
fn shown(ctx: &Ctx, value: &Value) -> String {
    match value {
        Value::Null => ctx.t("settings-value-nothing"),
        Value::Bool(so) => ctx.t(if *so { "settings-value-yes" } else { "settings-value-no" }),
        Value::Number(n) => n.to_string(),
        Value::String(text) if text.is_empty() => ctx.t("settings-value-nothing"),
        Value::String(text) => short(text),
        Value::Array(all) if all.is_empty() => ctx.t("settings-value-nothing"),
        Value::Array(all) => short(&all.iter().map(|v| shown(ctx, v)).collect::<Vec<_>>().join(", ")),
        // A town by its name, terms by their code; what has neither is told to be another.
        Value::Object(all) => ["name", "code"]
            .iter()
            .find_map(|key| all.get(*key)?.as_str().filter(|text| !text.is_empty()))
            .map_or_else(|| ctx.t("settings-value-before"), short),
    }
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN { line } else { line.chars().take(SHOWN - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_cut_on_one_line() {
        assert_eq!(short("Rivemont\n en  commun"), "Rivemont en commun");
        let long = short(&"é".repeat(200));
        assert!(long.chars().count() == SHOWN && long.ends_with('…'), "{long}");
    }
}
