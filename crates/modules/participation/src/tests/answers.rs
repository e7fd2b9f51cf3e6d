//! An official answer is kept while it is written, by whoever writes it, until it is published.

use parvis_kernel::permission::Role;

use super::*;
use crate::answers::{
    drafts::{self, Kept},
    pages,
};

const TEXT: &str = "Oui, nous le ferons avant la rentrée.";

fn written(text: &str, version: i64) -> Form {
    let version = version.to_string();
    Form::of(&[
        ("version", version.as_str()),
        ("statut", "accepted"),
        ("texte", text),
        ("signataire", "Nadia Benali"),
        ("fonction", "Maire"),
    ])
}

impl Town {
    async fn previewed(&self, number: i64, form: Form) -> String {
        body(pages::preview(self.owner("/"), Path(number), axum::http::HeaderMap::new(), form).await.unwrap()).await
    }

    async fn form(&self, role: Role, number: i64) -> String {
        body(pages::form(self.team(role, "/"), Path(number)).await.unwrap()).await
    }
}

#[tokio::test]
async fn a_draft_is_kept_until_it_is_published_and_a_late_one_does_not_come_back() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Une piste cyclable sur le pont").await;
        let c = town.t.app.db.read();
        assert!(!town.form(Role::Owner, idea.number).await.contains(TEXT));
        let page = town.previewed(idea.number, written(TEXT, 1)).await;
        assert!(page.contains(TEXT) && page.contains("Brouillon gardé à"), "it says that it is kept");
        // A colleague goes on with it, and sees whose it is.
        let page = town.form(Role::Administrator, idea.number).await;
        assert!(page.contains(TEXT) && page.contains("Repartir de rien"), "{page}");
        // Somebody else classified the idea meanwhile: the words are kept all the same.
        town.previewed(idea.number, written("Oui, au printemps.", 7)).await;
        assert!(town.form(Role::Owner, idea.number).await.contains("Oui, au printemps."));
        // Nothing is decided for whoever writes.
        let mut undecided = written(TEXT, 1);
        undecided.set("statut", "");
        let refused = pages::publish(town.owner("/"), Path(idea.number), undecided).await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        pages::publish(town.owner("/"), Path(idea.number), written(TEXT, 1)).await.unwrap();
        assert!(drafts::find(c, idea.id).await.unwrap().is_none(), "it has served");
        town.previewed(idea.number, written(TEXT, 1)).await;
        assert!(drafts::find(c, idea.id).await.unwrap().is_none(), "what the script sent last comes too late");
        // Undone, its words are a draft again.
        let answer = crate::answers::store::find(c, idea.id).await.unwrap().unwrap();
        let undo = Form::of(&[("reponse", answer.id.to_string().as_str())]);
        pages::undo(town.owner("/"), Path(idea.number), undo).await.unwrap();
        assert!(town.form(Role::Administrator, idea.number).await.contains(TEXT));
    }
}

#[tokio::test]
async fn two_who_write_at_once_do_not_lose_each_others_words() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Une piste cyclable sur le pont").await;
        let write = |who: u128, after: Option<u128>, text: &'static str| {
            let writing = drafts::Writing {
                contribution: idea.id,
                answer: None,
                actor: Some(Uuid::from_u128(who)),
                after: after.map(Uuid::from_u128),
                fields: drafts::fields(&written(text, 1)),
            };
            town.t.write(move |tx, _, moment| {
                let writing = writing.clone();
                Box::pin(async move { drafts::keep(tx, &moment, &writing).await })
            })
        };
        let theirs = |who: u128| Kept::Theirs(Uuid::from_u128(who));
        assert_eq!(write(1, None, "Oui.").await, Kept::Draft);
        assert_eq!(write(2, None, "Non.").await, theirs(1), "her form was opened before there was a draft");
        assert_eq!(write(2, None, "").await, theirs(1), "nor does an empty form throw it away");
        assert_eq!(write(2, Some(1), "Oui, dès mai.").await, Kept::Draft, "opened with it, she goes on");
        assert_eq!(write(1, Some(1), "Oui, en juin.").await, theirs(2));
        // Erased, a member of the team leaves the words, not the name.
        town.t.write(|tx, _, _| Box::pin(async move { drafts::forget(tx, Uuid::from_u128(2)).await })).await;
        let left = drafts::find(town.t.app.db.read(), idea.id).await.unwrap().unwrap();
        let form = left.form(1).unwrap();
        assert_eq!((form.get("texte"), form.get("signataire"), left.actor_id), ("Oui, dès mai.", "", None));
        // And a citizen who is erased takes what was written to them along.
        town.t.write(move |tx, _, m| Box::pin(async move { crate::personal::erase(tx, &m, idea.id).await })).await;
        assert!(drafts::find(town.t.app.db.read(), idea.id).await.unwrap().is_none());
    }
}

/// A colleague's draft comes back when the answer that took its place is undone, with the published words beside it.
#[tokio::test]
async fn the_undo_of_an_answer_gives_a_colleagues_draft_back() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Une piste cyclable sur le pont").await;
        let c = town.t.app.db.read();
        let lea = town.person("lea@exemple.fr").await.id;
        let drafted = move |text: &'static str| drafts::Writing {
            contribution: idea.id,
            answer: None,
            actor: Some(lea),
            after: None,
            fields: drafts::fields(&written(text, 1)),
        };
        let keep = async |text: &'static str| {
            let writing = drafted(text);
            let work = town.t.write(move |tx, _, moment| {
                let writing = writing.clone();
                Box::pin(async move { drafts::keep(tx, &moment, &writing).await })
            });
            work.await
        };
        assert_eq!(keep("Non, le pont est trop étroit.").await, Kept::Draft);
        let before = drafts::find(c, idea.id).await.unwrap();
        let publish = async || {
            let version = ideas::store::by_number(c, idea.number).await.unwrap().version;
            pages::publish(town.owner("/"), Path(idea.number), written(TEXT, version)).await.unwrap();
            assert!(drafts::find(c, idea.id).await.unwrap().is_none(), "{engine:?}: what is answered has no draft");
            crate::answers::store::find(c, idea.id).await.unwrap().unwrap().id
        };
        let undo = async |answer: Uuid| {
            let undo = Form::of(&[("reponse", answer.to_string().as_str())]);
            pages::undo(town.owner("/"), Path(idea.number), undo).await.unwrap()
        };
        undo(publish().await).await;
        assert_eq!(drafts::find(c, idea.id).await.unwrap(), before, "{engine:?}: hers, as she left it");
        let page = town.form(Role::Owner, idea.number).await;
        assert!(page.contains("trop étroit") && page.contains("Une autre version est gardée"), "{page}");
        assert!(page.contains("nous le ferons avant la rentrée") && page.contains("value=\"autre\""), "{page}");
        // Whoever goes on takes the one or the other; the one left stays beside.
        let take = Form::of(&[("faire", "autre")]);
        pages::start_again(town.owner("/"), Path(idea.number), take).await.unwrap();
        let taken = drafts::find(c, idea.id).await.unwrap().unwrap().form(1).unwrap();
        assert_eq!(taken.get("texte"), TEXT, "{engine:?}");
        let beside = crate::answers::parked::other(c, idea.id).await.unwrap();
        assert_eq!(beside, before, "{engine:?}");
        // Published again and undone again, hers is still there; her name leaves it with her.
        let again = publish().await;
        town.t.write(move |tx, _, _| Box::pin(async move { drafts::forget(tx, lea).await })).await;
        undo(again).await;
        let back = drafts::find(c, idea.id).await.unwrap().unwrap();
        let form = back.form(1).unwrap();
        assert_eq!(
            (form.get("texte"), form.get("signataire"), back.actor_id),
            ("Non, le pont est trop étroit.", "", None)
        );
        assert!(crate::answers::parked::other(c, idea.id).await.unwrap().is_some(), "{engine:?}");
        // A citizen who is erased takes both along.
        town.t.write(move |tx, _, m| Box::pin(async move { crate::personal::erase(tx, &m, idea.id).await })).await;
        assert_eq!(town.count("SELECT count(*) FROM answer_draft").await, 0, "{engine:?}");
    }
}

#[tokio::test]
async fn an_empty_form_leaves_no_draft_and_a_draft_can_be_thrown_away() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Une piste cyclable sur le pont").await;
        let c = town.t.app.db.read();
        town.previewed(idea.number, written(" \u{200b} ", 1)).await;
        assert!(drafts::find(c, idea.id).await.unwrap().is_none());
        town.previewed(idea.number, written(TEXT, 1)).await;
        pages::start_again(town.owner("/"), Path(idea.number), Form::new()).await.unwrap();
        assert!(drafts::find(c, idea.id).await.unwrap().is_none());
        town.previewed(idea.number, written(TEXT, 1)).await;
        town.previewed(idea.number, written("", 1)).await;
        assert!(drafts::find(c, idea.id).await.unwrap().is_none(), "emptied by hand");
    }
}

#[tokio::test]
async fn the_day_the_money_and_the_next_step_are_read_wherever_the_answer_is() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Une piste cyclable sur le pont").await;
        let lea = town.person("lea@exemple.fr").await;
        let id = idea.id;
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move { follows::begin(tx, &moment, id, lea.id, "J’accepte", "idea_page").await })
            })
            .await;
        let mut form = written(TEXT, 1);
        for (name, value) in
            [("cout", "184 000 €"), ("financement", "voted"), ("suite", "Visite sur place"), ("quand", "31/12/2026")]
        {
            form.set(name, value);
        }
        let refused = pages::publish(town.owner("/"), Path(idea.number), form.clone()).await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let html = body(refused).await;
        assert!(
            html.contains("id=\"e-quand\"") && html.contains("value=\"31/12/2026\""),
            "said beside its field, kept"
        );
        form.set("quand", "2031-12-09");
        town.previewed(idea.number, form.clone()).await;
        let draft = town.form(Role::Administrator, idea.number).await;
        assert!(draft.contains("value=\"2031-12-09\"") && draft.contains("value=\"voted\" selected"), "{draft}");
        pages::publish(town.owner("/"), Path(idea.number), form.clone()).await.unwrap();
        pages::publish(town.owner("/"), Path(idea.number), form.clone()).await.unwrap();
        let c = town.t.app.db.read();
        let answer = crate::answers::store::find(c, idea.id).await.unwrap().unwrap();
        assert_eq!((answer.next_on.as_deref(), answer.funding.as_str()), (Some("2031-12-09"), "voted"));
        let ctx = town.ctx(9, &format!("/idees/{}", idea.number));
        let html = body(ideas::view::show(ctx, Arc::default(), Path(idea.number)).await.unwrap()).await;
        let html = html.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(html.contains("<dd>184 000 €, budget voté</dd>"), "{html}");
        assert_eq!(html.matches("Visite sur place, 9 décembre 2031").count(), 2, "in the answer and in its steps");
        let sql = "SELECT body_text FROM mail WHERE kind = 'answer'";
        let mails: Vec<String> = db::column(c, sql, args![]).await.unwrap();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("9 décembre 2031"), "{}", mails[0]);
        // Corrected, what it was is kept with its day; undone, it is back.
        town.t.clock.advance(TimeDelta::minutes(1));
        let mut corrected = form.clone();
        corrected.set("version", "2");
        corrected.set("quand", "");
        pages::publish(town.owner("/"), Path(idea.number), corrected).await.unwrap();
        let now = crate::answers::store::find(c, idea.id).await.unwrap().unwrap();
        assert_eq!(now.next_on, None);
        let undo = Form::of(&[("reponse", now.id.to_string().as_str())]);
        pages::undo(town.owner("/"), Path(idea.number), undo).await.unwrap();
        let back = crate::answers::store::find(c, idea.id).await.unwrap().unwrap();
        assert_eq!((back.id, back.next_on.as_deref()), (answer.id, Some("2031-12-09")));
    }
}

/// A next step on a day that is past is said before publishing, and published only by whoever agrees to that very day.
#[tokio::test]
async fn a_past_day_of_the_next_step_is_agreed_to() {
    let town = town(engines()[0]).await;
    let idea = town.idea(1, "Une piste cyclable sur le pont").await;
    let today = town.owner("/").today();
    let yesterday = today.pred_opt().unwrap().to_string();
    let mut form = written(TEXT, 1);
    form.set("quand", today.to_string());
    assert!(!town.previewed(idea.number, form.clone()).await.contains("ce jour est passé"), "today is to come");
    form.set("quand", yesterday.clone());
    let html = town.previewed(idea.number, form.clone()).await;
    assert!(html.contains("ce jour est passé") && html.contains("name=\"quand-passe\""), "{html}");
    let publish = async |form: &Form| pages::publish(town.owner("/"), Path(idea.number), form.clone()).await.unwrap();
    let refused = publish(&form).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = body(refused).await;
    assert!(html.contains("id=\"e-quand\"") && html.contains(&format!("value=\"{yesterday}\"")), "said beside: {html}");
    // Agreed to for another day: that was not this one.
    form.set("quand-passe", "2020-01-01");
    assert_eq!(publish(&form).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    form.set("quand-passe", yesterday.clone());
    assert_eq!(publish(&form).await.status(), StatusCode::SEE_OTHER);
    let answer = crate::answers::store::find(town.t.app.db.read(), idea.id).await.unwrap().unwrap();
    assert_eq!(answer.next_on, Some(yesterday));
}

/// An answer kept by an earlier version knows neither day nor funding.
#[test]
fn an_older_answer_is_read() {
    let kept = r#"{"id":"00000000-0000-0000-0000-000000000001","contribution_id":"00000000-0000-0000-0000-000000000002",
        "status":"accepted","decision":"Retenue","body":"Oui.","cost":"","next":"Mai","signer":"Nadia","office":"",
        "actor_id":"00000000-0000-0000-0000-000000000003","status_before":"proposed","published_at":"2026-11-01T10:00:00Z",
        "previous":""}"#;
    let answer: crate::answers::Answer = serde_json::from_str(kept).unwrap();
    assert_eq!((answer.next_day(), answer.funding.as_str(), answer.next.as_str()), (None, "", "Mai"));
}

#[tokio::test]
async fn a_member_chosen_signs_and_a_colleague_is_asked_to_read_again() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Une piste cyclable sur le pont").await;
        let (nadia, paul) = (town.person("nadia@exemple.fr").await.id, town.person("paul@exemple.fr").await.id);
        town.t
            .write(move |tx, _, _| {
                Box::pin(async move {
                    let sql = "UPDATE person SET name = $2, office = $3, role = $4, seen_at = created_at WHERE id = $1";
                    db::run(tx, sql, args![nadia, "Nadia Benali", "Adjointe aux déplacements", "owner"]).await?;
                    db::run(tx, sql, args![paul, "Paul Roux", "", "moderator"]).await
                })
            })
            .await;
        let mut form = written(TEXT, 1);
        form.set("qui", nadia.to_string());
        // The name that is typed signs, though the menu stands as it was opened.
        form.set("signataire", "Claire Morel");
        let html = town.previewed(idea.number, form.clone()).await;
        assert!(html.contains("<b>Claire Morel</b>") && html.contains("value=\"Claire Morel\""), "{html}");
        assert!(!html.contains(&format!("value=\"{nadia}\" selected")), "{html}");
        form.set("signataire", "");
        form.set("fonction", "");
        let html = town.previewed(idea.number, form.clone()).await;
        assert!(
            html.contains("<b>Nadia Benali</b><br><span class=\"muted\">Adjointe aux déplacements</span>"),
            "{html}"
        );
        assert!(html.contains(&format!("value=\"{nadia}\" selected")));

        let ask = async |reader: &str, form: &Form| {
            let mut form = form.clone();
            form.set("relecture", reader);
            crate::answers::reread::ask(town.owner("/"), Path(idea.number), form).await.unwrap().status()
        };
        // Paul moderates no project: he is no choice. Nobody chosen is said beside the field, and so is an empty text.
        for wrong in ["", "x", &paul.to_string()] {
            assert_eq!(ask(wrong, &form).await, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        assert_eq!(ask(&nadia.to_string(), &written(" ", 1)).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(town.count("SELECT count(*) FROM note").await, 0);
        for _ in 0..2 {
            assert_eq!(ask(&nadia.to_string(), &form).await, StatusCode::SEE_OTHER);
        }
        assert_eq!(town.count("SELECT count(*) FROM note").await, 1, "asked twice, told once");
        let unread = crate::desk::notes::unread(town.t.app.db.read(), nadia, 9).await.unwrap();
        assert_eq!(unread.len(), 1);
        assert!(unread[0].body.starts_with("@Nadia Benali, "), "{}", unread[0].body);
        let desk = crate::desk::handle::show(town.owner("/"), Arc::default(), Path(idea.number)).await.unwrap();
        assert!(body(desk).await.contains("id=\"brouillon\""), "the draft stands beside the notes");
        pages::publish(town.owner("/"), Path(idea.number), form.clone()).await.unwrap();
        let answer = crate::answers::store::find(town.t.app.db.read(), idea.id).await.unwrap().unwrap();
        assert_eq!((answer.signer.as_str(), answer.office.as_str()), ("Nadia Benali", "Adjointe aux déplacements"));
    }
}

/// Whoever left an address with an idea and confirms it once the answer is out gets that answer, and no second time.
#[tokio::test]
async fn an_author_who_confirms_late_gets_the_answer_once() {
    for engine in engines() {
        let town = town(engine).await;
        let c = town.t.app.db.read();
        let draft = town.draft(7, "Un banc place du Marché").await;
        let fields = [("q", "prenom"), ("prenom", "Léa"), ("courriel", "lea@exemple.fr")];
        town.publish(7, draft, &fields).await.unwrap();
        let number: i64 = db::scalar(c, "SELECT number FROM contribution", args![]).await.unwrap().unwrap();
        let page = town.form(Role::Owner, number).await;
        assert!(page.contains("n’a pas encore confirmé son adresse"), "{page}");
        let (_, preview) = page.split_once("id=\"apercu\"").unwrap();
        let (preview, _) = preview.split_once("</article>").unwrap();
        assert!(!preview.contains("<dt>"), "nothing is decided yet: {preview}");
        pages::publish(town.owner("/"), Path(number), written(TEXT, 1)).await.unwrap();
        let answers = "SELECT count(*) FROM mail WHERE kind = 'answer'";
        assert_eq!(town.count(answers).await, 0);
        let lea = town.person("lea@exemple.fr").await;
        town.unite(7, lea.id, "lea@exemple.fr").await;
        town.unite(7, lea.id, "lea@exemple.fr").await;
        let job = format!("FROM job WHERE kind = '{}'", follows::late::JOB);
        assert_eq!(town.count(&format!("SELECT count(*) {job}")).await, 1);
        let payload: String = db::scalar(c, &format!("SELECT payload {job}"), args![]).await.unwrap().unwrap();
        for _ in 0..2 {
            follows::late::run(town.t.app.clone(), payload.clone()).await.unwrap();
        }
        assert_eq!(town.count(answers).await, 1);
        assert!(!town.form(Role::Owner, number).await.contains("pas encore confirmé"));
    }
}
