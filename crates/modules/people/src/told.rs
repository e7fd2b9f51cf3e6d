//! Lines of the journal in words: who did it, and of what was done to somebody of the team, to whom.

use std::collections::{BTreeSet, HashMap};

use parvis_kernel::{Ctx, Result, activity::Line};
use uuid::Uuid;

/// What was done to a member of the team: its words name them. Of a citizen the journal names nobody.
const OF_THE_TEAM: [&str; 4] = ["team.invited", "team.role_changed", "team.removed", "team.second_reset"];

/// A line of the journal in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who did it.
    pub who: String,
    /// The whole sentence.
    pub sentence: String,
}

/// Lines of the journal in words, with the names read at once.
///
/// # Errors
/// When the database refuses.
pub async fn lines(ctx: &Ctx, lines: &[Line]) -> Result<Vec<Told>> {
    let ids: BTreeSet<Uuid> = lines.iter().flat_map(|l| [l.actor_id, member(l)]).flatten().collect();
    let names = ctx.app.identity.names(&ctx.app.db, &ids.into_iter().collect::<Vec<_>>()).await?;
    Ok(lines.iter().map(|l| told(ctx, l, &names)).collect())
}

/// The member of the team that a line is about.
fn member(line: &Line) -> Option<Uuid> {
    line.subject_id.filter(|_| OF_THE_TEAM.contains(&line.kind.as_str()))
}

fn told(ctx: &Ctx, line: &Line, names: &HashMap<Uuid, String>) -> Told {
    let name = |id: Uuid| names.get(&id).filter(|n| !n.is_empty()).cloned();
    let who = match line.actor_id {
        Some(id) => name(id).unwrap_or_else(|| ctx.t("journal-somebody")),
        None => ctx.t("journal-nobody"),
    };
    // Erased, or invited by an address alone, they are told by their role.
    let whom = member(line).and_then(name).unwrap_or_else(|| ctx.t("journal-whom"));
    let sentence = sentence(ctx, &line.kind, &who, &what(ctx, &line.kind, &line.detail), &whom);
    Told { who, sentence }
}

/// Key of the words of a kind.
fn key(kind: &str) -> String {
    format!("activity-{}", kind.replace('.', "-"))
}

/// The words of a kind: who did what, of the team to whom.
#[must_use]
pub fn sentence(ctx: &Ctx, kind: &str, who: &str, what: &str, whom: &str) -> String {
    let key = key(kind);
    let words = &ctx.app.words;
    // A line written by a version that knew other kinds is shown by its code.
    if words.has(ctx.lang, &key) {
        words.with(ctx.lang, &key, &[("who", &who), ("what", &what), ("whom", &whom)])
    } else {
        format!("{who} : {kind} {what}")
    }
}

/// The rest of the sentence: a code that has words is put into them.
fn what(ctx: &Ctx, kind: &str, detail: &str) -> String {
    let plain = !detail.is_empty()
        && detail.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    if !plain {
        return detail.to_owned();
    }
    let area = kind.split_once('.').map_or(kind, |(area, _)| area);
    let of = match area {
        "page" => ["page"].as_slice(),
        "team" => &["role"],
        _ => &["status", "settings"],
    };
    let mut keys = of.iter().map(|of| format!("{of}-{detail}"));
    keys.find(|k| ctx.app.words.has(ctx.lang, k)).map_or_else(|| detail.to_owned(), |k| ctx.t(&k))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::TimeDelta;
    use parvis_kernel::{
        activity::{self, Entry},
        args, db,
        permission::Role,
        words::Lang,
    };
    use parvis_testing::{engines, member as acting};

    use super::*;
    use crate::{People, SessionIdentity, persons};

    #[test]
    fn keys_of_kinds() {
        assert_eq!(key("idea.published"), "activity-idea-published");
        assert_eq!(key("instance.set_up"), "activity-instance-set_up");
    }

    /// A line about a colleague says their name, and their role where there is no name; of a citizen it says nothing.
    #[tokio::test]
    async fn a_colleague_is_named_and_a_citizen_is_not() {
        for engine in engines() {
            let t = parvis_testing::app(engine, vec![Arc::new(People)], Arc::new(SessionIdentity)).await;
            let (nadia, lea) = t
                .write(|tx, _, moment| {
                    Box::pin(async move {
                        let nadia =
                            persons::ensure(tx, &moment, "nadia@exemple.fr", "Nadia Benali", Lang::Fr).await?.id;
                        let lea = persons::ensure(tx, &moment, "lea@exemple.fr", "Léa Martin", Lang::Fr).await?.id;
                        let done = [
                            ("team.invited", "moderator"),
                            ("team.role_changed", "administrator"),
                            ("team.second_reset", ""),
                            ("team.removed", "administrator"),
                            ("person.viewed", ""),
                        ];
                        for (at, (kind, detail)) in (1..).zip(done) {
                            let moment = moment.at(moment.now + TimeDelta::seconds(at));
                            let entry = Entry {
                                actor: Some(nadia),
                                kind,
                                subject_kind: "person",
                                subject: Some(lea),
                                project: None,
                                detail,
                            };
                            activity::record(tx, &moment, entry).await?;
                        }
                        Ok((nadia, lea))
                    })
                })
                .await;
            let ctx = t.ctx(acting("Paul", Role::Owner), Lang::Fr, "/equipe/journal");
            let read = async || {
                let all = activity::latest(&t.app.db, &[], 9).await.unwrap();
                let told = lines(&ctx, &all).await.unwrap();
                let plain = |s: String| s.replace(['\u{a0}', '\u{202f}'], " ");
                told.into_iter().rev().map(|x| plain(x.sentence)).collect::<Vec<_>>()
            };
            let named = [
                "Nadia Benali a invité Léa Martin dans l’équipe (Modération)",
                "Nadia Benali a donné à Léa Martin le rôle « Administration »",
                "Nadia Benali a retiré la double vérification à Léa Martin",
                "Nadia Benali a retiré Léa Martin de l’équipe (Administration)",
                "Nadia Benali a ouvert une fiche",
            ];
            assert_eq!(read().await, named, "{engine:?}");
            t.write(move |tx, _, _| {
                Box::pin(async move {
                    let sql = "UPDATE person SET name = '' WHERE id IN ($1, $2)";
                    db::run(tx, sql, args![nadia, lea]).await
                })
            })
            .await;
            let erased = read().await;
            assert_eq!(erased[0], "Une personne a invité une personne dans l’équipe (Modération)", "{engine:?}");
            assert_eq!(erased[1], "Une personne a donné à une personne le rôle « Administration »", "{engine:?}");
        }
    }
}
