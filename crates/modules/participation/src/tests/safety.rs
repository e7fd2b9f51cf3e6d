//! What a review of the house found: one person hides nothing alone, what is offline leaves by no mail, nothing stays of
//! whoever left.

use parvis_kernel::permission::Role;
use parvis_people::passes;

use super::*;
use crate::moderation::{
    Action,
    store::{self as decisions, By, Decision},
};

impl Town {
    async fn report(&self, ctx: Ctx, number: i64) {
        let form = Form::of(&[("raison", "hurtful")]);
        assert_eq!(reports::send(ctx, Path(number), form).await.unwrap().status(), StatusCode::SEE_OTHER);
    }

    /// A browser at an address.
    fn at(&self, visitor: u128, address: &str) -> Ctx {
        self.request(Actor::Visitor, visitor, "/", address)
    }

    async fn decide(&self, number: i64, action: Action) {
        self.t
            .write(move |tx, app, moment| {
                Box::pin(async move {
                    let actor = member(Uuid::from_u128(900), Some(Role::Owner));
                    let version = store::by_number(tx, number).await?.version;
                    let settings = Settings::default();
                    let by = By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    decisions::apply(tx, by, &Decision::new(number, version, action)).await
                })
            })
            .await;
    }

    async fn run(&self, sql: &'static str) {
        self.t.app.db.write(move |tx| Box::pin(async move { db::run(tx, sql, args![]).await })).await.unwrap();
    }

    async fn follow(&self, idea: Uuid, person: Uuid, rhythm: follows::Rhythm) {
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    follows::begin(tx, &moment, idea, person, "J’accepte", "idea_page").await?;
                    follows::set(tx, idea, person, rhythm).await
                })
            })
            .await;
    }
}

fn member(id: Uuid, role: Option<Role>) -> Actor {
    Actor::Person { id, name: "Camille".into(), session: Uuid::nil(), role }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_with_many_browsers_hides_nothing() {
    const HIDDEN: &str = "SELECT count(*) FROM contribution WHERE hidden";
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un texte qui gêne quelqu’un").await;
        for visitor in 10..20 {
            town.report(town.at(visitor, "one house"), idea.number).await;
        }
        assert_eq!(town.count(HIDDEN).await, 0, "ten browsers behind one address");
        assert_eq!(town.count("SELECT reports FROM contribution").await, 10, "the team sees each of them");
        let lea = town.person("lea@e.fr").await;
        town.report(town.as_actor(member(lea.id, None), 30, "/"), idea.number).await;
        assert_eq!(town.count(HIDDEN).await, 0);
        town.report(town.at(31, "another house"), idea.number).await;
        assert_eq!(town.count(HIDDEN).await, 1, "two addresses and a person");

        town.decide(idea.number, Action::Show).await;
        for (visitor, address) in [(40, "a"), (41, "b"), (42, "c"), (43, "d")] {
            town.report(town.at(visitor, address), idea.number).await;
        }
        assert_eq!(town.count(HIDDEN).await, 0, "the team has left it online");
        town.decide(idea.number, Action::Hide).await;
        town.decide(idea.number, Action::Show).await;
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE kept AND visible").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_finds_any_more_leaves_by_no_mail_and_stands_in_no_list() {
    const MAILS: &str = "SELECT count(*) FROM mail";
    for engine in engines() {
        let town = town(engine).await;
        let (lea, odette) = (town.person("lea@e.fr").await, town.person("odette@e.fr").await);
        let idea = town.idea(1, "Un bus le dimanche").await;
        town.follow(idea.id, lea.id, follows::Rhythm::Now).await;
        town.follow(idea.id, odette.id, follows::Rhythm::Weekly).await;
        town.support(idea.id, lea.id, true, Some(Reaction::Support)).await;
        let waiting = "SELECT count(*) FROM notice WHERE sent_at IS NULL";
        town.announce(idea.id, Some(Status::Accepted)).await;
        assert_eq!((town.count(MAILS).await, town.count(waiting).await), (1, 1));
        let link: String =
            db::scalar(town.t.app.db.read(), "SELECT unsubscribe FROM mail", args![]).await.unwrap().unwrap();
        town.decide(idea.number, Action::Hide).await;
        assert_eq!((town.count(MAILS).await, town.count(waiting).await), (0, 0), "hidden: taken back");
        let sealed = link.rsplit('/').next().unwrap().to_owned();
        let page = follows::pages::leave(town.ctx(9, "/desabonnement/x"), Path(sealed)).await.unwrap();
        assert!(!body(page).await.contains("dimanche"));
        town.decide(idea.number, Action::Show).await;

        // A project for the team alone: what waits is not told, nothing new is, and nothing is listed.
        town.announce(idea.id, Some(Status::Implemented)).await;
        assert_eq!((town.count(MAILS).await, town.count(waiting).await), (1, 1));
        town.run("UPDATE project SET visibility = 'team'").await;
        town.t.clock.advance(TimeDelta::days(8));
        follows::digest::send(&town.t.app, follows::Rhythm::Weekly).await.unwrap();
        town.announce(idea.id, Some(Status::Accepted)).await;
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE kind = 'digest'").await, 0);
        assert_eq!(town.count(MAILS).await, 1);
        let space = crate::own_space::html(&town.ctx(7, "/mon-espace"), lea.id).await.unwrap();
        assert!(!space.contains("dimanche"), "{space}");
        let project = town.project;
        town.t.app.db.write(move |tx| Box::pin(follows::take_back_project(tx, project))).await.unwrap();
        assert_eq!((town.count(MAILS).await, town.count(waiting).await), (0, 0));
        // Online again, and theirs again.
        town.run("UPDATE project SET visibility = 'public'").await;
        let space = crate::own_space::html(&town.ctx(7, "/mon-espace"), lea.id).await.unwrap();
        assert!(space.contains("dimanche"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_finished_is_swept() {
    for engine in engines() {
        let town = town(engine).await;
        let left = town.draft(7, "Un banc place du Marché").await;
        town.publish(7, left, &[("q", "prenom"), ("prenom", "Léa"), ("courriel", "lea@exemple.fr")]).await.unwrap();
        town.draft(8, "Jamais fini").await;
        town.ask_to_follow(7, 1, &[("courriel", "paul@exemple.fr")]).await;
        const ASKED: &str = "SELECT count(*) FROM asked_follow";
        let sweep = async || {
            town.t
                .write(|tx, _, moment| {
                    Box::pin(async move {
                        for of in crate::personal::PERIODS {
                            let before = moment.now - TimeDelta::days(of.days);
                            let due = parvis_kernel::retention::due(tx, &of, before, moment.now).await?;
                            let gone = parvis_kernel::retention::sweep(tx, &of, before, moment.now).await?;
                            assert_eq!(i64::try_from(gone).unwrap(), due, "the preview says what goes");
                        }
                        Ok(())
                    })
                })
                .await;
        };
        const PENDING: &str = "SELECT count(*) FROM contribution WHERE pending_email IS NOT NULL";
        town.t.clock.advance(TimeDelta::days(13));
        sweep().await;
        assert_eq!((town.count("SELECT count(*) FROM draft").await, town.count(PENDING).await), (2, 1));
        assert_eq!(town.count(ASKED).await, 1);
        // A link asked for again is still good: the address stays.
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let new = passes::NewPass {
                        visitor: Some(Uuid::from_u128(7)),
                        ..passes::NewPass::new(passes::Purpose::Confirm, "lea@exemple.fr", "/")
                    };
                    passes::create(tx, &moment, &new).await
                })
            })
            .await;
        town.t.clock.advance(TimeDelta::days(3));
        sweep().await;
        assert_eq!((town.count(PENDING).await, town.count(ASKED).await), (1, 1));
        town.t.clock.advance(TimeDelta::days(15));
        sweep().await;
        assert_eq!(town.count(ASKED).await, 0);
        assert_eq!((town.count("SELECT count(*) FROM draft").await, town.count(PENDING).await), (0, 0));
        assert_eq!(town.count("SELECT count(*) FROM contribution").await, 1, "the text stays");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn under_what_is_hidden_nothing_is_supported_or_reported() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un bus le dimanche").await;
        let (project, id) = (town.project, idea.id);
        let (comment, reply) = town
            .t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let hand = Uuid::from_u128(5);
                    let new = New::comment(project, id, hand, "Oui", Status::Proposed);
                    let comment = store::insert(tx, &moment, &new).await?;
                    let new = New {
                        reply_to: Some(comment.id),
                        ..New::comment(project, id, hand, "Moi aussi", Status::Proposed)
                    };
                    Ok((comment, store::insert(tx, &moment, &new).await?))
                })
            })
            .await;
        let support = async |n: i64| {
            let headers = axum::http::HeaderMap::new();
            reactions::pages::support(town.ctx(9, "/"), headers, Path(n), Form::new()).await.map(|a| a.status())
        };
        assert_eq!(support(reply.number).await.unwrap(), StatusCode::SEE_OTHER);
        town.decide(comment.number, Action::Hide).await;
        for n in [comment.number, reply.number] {
            assert!(matches!(support(n).await, Err(Error::NotFound)), "{n}");
            assert!(matches!(reports::show(town.ctx(9, "/"), Path(n)).await, Err(Error::NotFound)), "{n}");
        }
        town.decide(comment.number, Action::Show).await;
        town.decide(idea.number, Action::Hide).await;
        for n in [idea.number, comment.number, reply.number] {
            assert!(matches!(support(n).await, Err(Error::NotFound)), "{n}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_says_how_many_supports_it_confirms() {
    for engine in engines() {
        let town = town(engine).await;
        for text in ["Un bus", "Un banc"] {
            let idea = town.idea(1, text).await;
            town.support(idea.id, Uuid::from_u128(7), false, Some(Reaction::Support)).await;
        }
        let draft = town.draft(7, "Une fontaine").await;
        town.publish(7, draft, &[("q", "prenom"), ("prenom", "Léa"), ("courriel", "lea@exemple.fr")]).await.unwrap();
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE body_text LIKE '%2%soutiens donnés%'").await, 1);
    }
}

/// Whoever wrote in a project seen by its secret link gets letters whose links open.
#[tokio::test(flavor = "multi_thread")]
async fn letters_of_a_project_with_a_secret_link_carry_its_key() {
    for engine in engines() {
        let town = town(engine).await;
        town.run("UPDATE project SET visibility = 'link', secret = 's3cret'").await;
        let lea = town.person("lea@e.fr").await;
        let mut numbers = Vec::new();
        for (holder, rhythm) in [(1, follows::Rhythm::Now), (2, follows::Rhythm::Daily)] {
            let idea = town.idea(holder, "Un bus le dimanche").await;
            town.run("UPDATE contribution SET author_id = (SELECT id FROM person)").await;
            town.follow(idea.id, lea.id, rhythm).await;
            town.announce(idea.id, Some(Status::Accepted)).await;
            numbers.push(idea.number);
        }
        town.t.clock.advance(TimeDelta::days(2));
        follows::digest::send(&town.t.app, follows::Rhythm::Daily).await.unwrap();
        town.run("UPDATE contribution SET status = 'prescreening', visible = FALSE WHERE number = 1").await;
        town.decide(numbers[0], Action::Refuse).await;
        for (kind, address) in [
            ("change", format!("/idees/{}?cle=s3cret", numbers[0])),
            ("digest", format!("/idees/{}?cle=s3cret", numbers[1])),
            ("refusal", format!("/deposer?corriger={}&cle=s3cret", numbers[0])),
        ] {
            let sql = "SELECT body_text FROM mail WHERE kind = $1";
            let text: String = db::scalar(town.t.app.db.read(), sql, args![kind]).await.unwrap().unwrap();
            assert!(text.contains(&address), "{kind}: {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_texts_are_told_beside_the_field_and_kept() {
    for engine in engines() {
        let town = town(engine).await;
        for (text, kept) in [("", ""), ("\u{200b}\u{202e}", "\u{200b}"), (&"é".repeat(30_000), "ééé")] {
            let answer = ideas::post::keep(town.ctx(1, "/deposer"), Form::of(&[("idee", text)])).await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
            let page = body(answer).await;
            assert!(page.contains("id=\"e-idee\"") && page.contains(kept));
        }
        let robot = Form::of(&[("idee", "Achetez"), ("site", "https://spam.example")]);
        let answer = ideas::post::keep(town.ctx(1, "/deposer"), robot).await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let hostile = "<script>alert(1)</script> 🚲 \u{5d0}\u{5d1}\0";
        let draft = town.draft(1, hostile).await;
        let answer = town.publish(1, draft, &[("q", "prenom"), ("prenom", "Léa"), ("courriel", "lea@")]).await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(answer).await;
        assert!(page.contains("id=\"e-courriel\"") && page.contains("value=\"Léa\""), "{page}");
        assert!(page.contains("&lt;script&gt;") || page.contains("&#60;script&#62;"), "{page}");
        assert!(!page.contains("<script>alert"));
        assert_eq!(town.count("SELECT count(*) FROM contribution").await, 0);
    }
}
