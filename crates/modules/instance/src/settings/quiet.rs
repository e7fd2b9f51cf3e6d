//! Quiet hours: when letters that can wait do.

use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    form::Form,
    mail::{Quiet, quiet},
    permission::Right,
};
use parvis_ui::redirect;

use super::{Section, mail, save};
use crate::urls;

/// Puts the hours into the form of the section.
pub(super) fn fill(f: &mut Form, quiet: Quiet) {
    if quiet.on {
        f.set("calme", "1");
    }
    f.set("debut", quiet::typed(quiet.from));
    f.set("fin", quiet::typed(quiet.to));
}

/// Keeps the hours: what waits by them leaves by the new ones. Right: administer.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn keep(ctx: Ctx, typed: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    match check(&typed, ctx.settings.quiet) {
        Ok(quiet) => {
            save(&ctx, Section::Mail, move |s| s.quiet = quiet).await?;
            Ok(redirect(format!("{}?fait=settings-saved#calmes", urls::Mail {})))
        }
        Err(problems) => {
            let mut f = mail::filled(&ctx.settings);
            for name in ["calme", "debut", "fin"] {
                f.set(name, typed.get(name));
            }
            for (field, key) in problems {
                f.fail(field, ctx.t(key));
            }
            mail::page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await
        }
    }
}

/// Reads the form. Without quiet hours, the hours that were kept stay for another time.
fn check(f: &Form, before: Quiet) -> Result<Quiet, Vec<(&'static str, &'static str)>> {
    if !f.is("calme", "1") {
        return Ok(Quiet { on: false, ..before });
    }
    let (from, to) = (quiet::minute(f.get("debut")), quiet::minute(f.get("fin")));
    match (from, to) {
        (Some(from), Some(to)) if from == to => Err(vec![("fin", "settings-quiet-same")]),
        (Some(from), Some(to)) => Ok(Quiet { on: true, from, to }),
        _ => {
            let wrong = [("debut", from), ("fin", to)];
            Err(wrong.iter().filter(|(_, t)| t.is_none()).map(|(name, _)| (*name, "settings-quiet-wrong")).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_or_named_as_wrong() {
        let before = Quiet::default();
        let read =
            |on: &str, from: &str, to: &str| check(&Form::of(&[("calme", on), ("debut", from), ("fin", to)]), before);
        assert_eq!(read("1", "22:30", "07:00"), Ok(Quiet { on: true, from: 1350, to: 420 }));
        assert_eq!(read("", "22:30", "x"), Ok(Quiet { on: false, ..before }));
        assert_eq!(read("1", "08:00", "08:00"), Err(vec![("fin", "settings-quiet-same")]));
        assert_eq!(
            read("1", "25:00", ""),
            Err(vec![("debut", "settings-quiet-wrong"), ("fin", "settings-quiet-wrong")])
        );
        assert_eq!(check(&Form::new(), before), Ok(Quiet { on: false, ..before }));
    }
}
