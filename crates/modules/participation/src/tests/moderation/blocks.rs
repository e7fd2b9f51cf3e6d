use parvis_people::blocks::{self, Terms, Whom};

use super::*;
use crate::{comments, desk::blocking};

const BLOCKS: &str = "SELECT count(*) FROM block WHERE undone_at IS NULL";

impl Town {
    async fn block(&self, whom: Whom, ends_at: Option<DateTime<Utc>>) -> Result<blocks::Block> {
        let (app, moment) = (self.t.app.clone(), self.t.app.moment());
        self.t
            .app
            .db
            .write(move |tx| {
                let (app, moment, whom) = (app.clone(), moment.clone(), whom.clone());
                Box::pin(async move {
                    let terms = Terms { reason: "Des insultes, trois fois".into(), ends_at, project: None };
                    let by = Some(Uuid::from_u128(900));
                    let block = blocks::store::block(tx, &app, &moment, by, &whom, &terms).await?;
                    blocks::letters::tell(tx, &app, &Settings::default(), &moment, &block, moment.now).await?;
                    Ok(block)
                })
            })
            .await
    }

    fn signed_in(&self, person: Uuid, visitor: u128) -> Ctx {
        let actor = Actor::Person { id: person, name: "Léa".into(), session: Uuid::nil(), role: None };
        self.as_actor(actor, visitor, "/")
    }
}

async fn posts(ctx: Ctx) -> StatusCode {
    ideas::post::keep(ctx, Form::of(&[("idee", "Un mot de plus")])).await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_blocked_reads_why_and_posts_nothing() {
    for engine in engines() {
        let town = town(engine).await;
        let (idea, lea) = (town.idea(1, "Un banc").await, town.person("lea@e.fr").await);
        let whom = Whom { person: Some(lea.id), email: Some("lea@e.fr".into()), browser: None };
        assert_eq!(posts(town.signed_in(lea.id, 7)).await, StatusCode::SEE_OTHER);
        let end = town.t.app.moment().now + TimeDelta::days(2);
        town.block(whom.clone(), Some(end)).await.unwrap();
        assert_eq!(
            town.count("SELECT count(*) FROM mail WHERE kind = 'block' AND body_text LIKE '%insultes%'").await,
            1
        );

        let refused = ideas::post::keep(town.signed_in(lea.id, 7), Form::of(&[("idee", "Gardez ceci")])).await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        let page = body(refused).await;
        assert!(
            page.contains("Des insultes, trois fois") && page.contains("Gardez ceci") && !page.contains('⟦'),
            "{page}"
        );
        let comment = Form::of(&[("commentaire", "Non"), ("prenom", "Léa")]);
        let caches = Arc::new(Caches::default());
        let answer =
            comments::write(town.signed_in(lea.id, 7), caches.clone(), Path(idea.number), comment).await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        let support = async |ctx: Ctx, state: &str| {
            let headers = axum::http::HeaderMap::new();
            reactions::pages::support(ctx, headers, Path(idea.number), Form::of(&[("etat", state)])).await
        };
        assert_eq!(support(town.signed_in(lea.id, 7), "0").await.unwrap().status(), StatusCode::FORBIDDEN);
        let taken_back = support(town.signed_in(lea.id, 7), "1").await.unwrap();
        assert_eq!(taken_back.status(), StatusCode::SEE_OTHER, "what was given can be taken back");
        let mut json = axum::http::HeaderMap::new();
        json.insert("accept", "application/json".parse().unwrap());
        let by_script =
            reactions::pages::support(town.signed_in(lea.id, 7), json, Path(idea.number), Form::new()).await;
        assert!(matches!(by_script, Err(Error::Refused(r)) if r == blocks::BLOCKED));

        // Whoever types the address, Léa or somebody else, learns nothing of it: the text waits, and the team sees why.
        let draft = town.draft(8, "D’ailleurs").await;
        let sent = town.publish(8, draft, &[("q", "prenom"), ("prenom", "L"), ("courriel", "LEA@e.fr")]).await.unwrap();
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);
        assert!(blocks::pages::show(town.ctx(8, "/suspension")).await.is_err(), "nor is the block shown there");
        let waits = "SELECT count(*) FROM contribution c JOIN screening s ON s.contribution_id = c.id \
                     WHERE s.why = 'blocked' AND c.status = 'prescreening'";
        assert_eq!(town.count(waits).await, 1);
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE visible").await, 1);
        // Supports given elsewhere before signing in never count.
        town.support(idea.id, Uuid::from_u128(9), false, Some(Reaction::Support)).await;
        town.unite(9, lea.id, "lea@e.fr").await;
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE supports > 0").await, 0);
        // Somebody else, in the browser that Léa used, once they say who they are.
        let paul = town.person("paul@e.fr").await;
        assert_eq!(posts(town.signed_in(paul.id, 7)).await, StatusCode::SEE_OTHER);

        town.t.clock.advance(TimeDelta::days(3));
        assert_eq!(posts(town.signed_in(lea.id, 7)).await, StatusCode::SEE_OTHER, "it is over");
        town.t.write(|tx, _, m| Box::pin(async move { blocks::store::sweep(tx, m.now).await })).await;
        assert_eq!(town.count("SELECT count(*) FROM block_key").await, 0, "hashes go with the block");
        assert!(town.block(whom, None).await.is_ok(), "and they can be blocked again");
    }
}

#[tokio::test]
async fn a_blocked_browser_has_no_mail_sent() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un banc").await;
        town.block(Whom { browser: Some(Uuid::from_u128(7)), ..Whom::default() }, None).await.unwrap();
        let mails = town.count("SELECT count(*) FROM mail").await;
        let asked = town.ask_to_follow(7, idea.number, &[("courriel", "paul@exemple.fr")]).await;
        assert_eq!(asked.status(), StatusCode::FORBIDDEN);
        assert_eq!(town.count("SELECT count(*) FROM mail").await, mails);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_reply_however_often_it_is_sent() {
    for engine in engines() {
        let town = Arc::new(town(engine).await);
        let block = town.block(Whom { browser: Some(Uuid::from_u128(7)), ..Whom::default() }, None).await.unwrap();
        let empty = blocks::pages::reply(town.ctx(7, "/suspension"), Form::of(&[("reponse", " ")])).await.unwrap();
        assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let elsewhere = blocks::pages::show(town.ctx(8, "/suspension")).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "who is not blocked finds nothing");
        let sends = (0..8).map(|n| {
            let town = town.clone();
            tokio::spawn(async move {
                let form = Form::of(&[("reponse", &format!("Pardon {n}"))]);
                blocks::pages::reply(town.ctx(7, "/suspension"), form).await.is_ok()
            })
        });
        let sent = futures::future::join_all(sends).await.into_iter().filter(|s| *s.as_ref().unwrap()).count();
        assert_eq!(sent, 1);
        let page = body(blocks::pages::show(town.ctx(7, "/suspension")).await.unwrap()).await;
        assert!(page.contains("Pardon") && !page.contains("<textarea"), "{page}");
        // From the letter, in any browser; a link made up opens nothing.
        let key = parvis_kernel::url::encode(&town.t.app.secrets.seal(blocks::letters::PURPOSE, &block.id.to_string()));
        let opened = blocks::pages::show(town.ctx(99, &format!("/suspension?cle={key}"))).await.unwrap();
        assert_eq!(opened.status(), StatusCode::OK);
        assert!(blocks::pages::show(town.ctx(99, &format!("/suspension?cle={}.x", block.id))).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_queue_and_back_by_whoever_moderates_there() {
    for engine in engines() {
        let town = Arc::new(town(engine).await);
        let idea = town.says(7, "Des mots durs", "Jo").await;
        let page = |role: Role| town.as_actor(member(901, Some(role)), 901, "/");
        let form = || Form::of(&[("faire", "bloquer"), ("blocage", "Insultes"), ("fin", "")]);
        let elsewhere =
            blocking::change(page(Role::Moderator(vec![Uuid::from_u128(42)])), Path(idea.number), form()).await;
        assert!(elsewhere.is_err());
        for (reason, end, field) in
            [("", "", "f-blocage"), ("Insultes", "2020-01-01", "f-fin"), ("Insultes", "demain", "f-fin")]
        {
            let wrong = Form::of(&[("faire", "bloquer"), ("blocage", reason), ("fin", end)]);
            let answer = blocking::change(page(Role::Owner), Path(idea.number), wrong).await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
            assert!(body(answer).await.contains(&format!("id=\"{field}\"")), "{field}");
        }
        let sends = (0..4).map(|_| {
            let town = town.clone();
            let number = idea.number;
            tokio::spawn(async move {
                let ctx = town.as_actor(member(901, Some(Role::Owner)), 901, "/");
                blocking::change(
                    ctx,
                    Path(number),
                    Form::of(&[("faire", "bloquer"), ("blocage", "Insultes"), ("fin", "")]),
                )
                .await
                .is_ok()
            })
        });
        let done = futures::future::join_all(sends).await.into_iter().filter(|s| *s.as_ref().unwrap()).count();
        assert_eq!((done, town.count(BLOCKS).await), (1, 1), "two at once block once");
        assert_eq!(posts(town.ctx(7, "/")).await, StatusCode::FORBIDDEN);
        let shown = body(
            crate::desk::handle::show(page(Role::Owner), std::sync::Arc::default(), Path(idea.number)).await.unwrap(),
        )
        .await;
        assert!(shown.contains("value=\"lever\"") && !shown.contains('⟦'), "{shown}");
        // Somebody signed in behind the same browser, without their name: the browser is what is blocked.
        let jo = town.person("jo@e.fr").await;
        assert!(blocks::pages::refused(&town.signed_in(jo.id, 7), true, "").await.unwrap().is_some());
        assert!(blocks::pages::refused(&town.signed_in(jo.id, 7), false, "").await.unwrap().is_none());
        let stale = Form::of(&[("faire", "lever"), ("blocage-vu", "00000000-0000-7000-8000-000000000001")]);
        assert!(
            blocking::change(page(Role::Owner), Path(idea.number), stale).await.is_err(),
            "another block than shown"
        );
        let lift = || blocking::change(page(Role::Owner), Path(idea.number), Form::of(&[("faire", "lever")]));
        assert_eq!(lift().await.unwrap().status(), StatusCode::SEE_OTHER);
        assert!(lift().await.is_err(), "it is undone already");
        assert_eq!(posts(town.ctx(7, "/")).await, StatusCode::SEE_OTHER);
        let journal = "SELECT count(*) FROM activity WHERE kind IN ('person.blocked', 'person.unblocked')";
        assert_eq!(town.count(journal).await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_team_is_not_blocked_and_an_erased_person_leaves_a_hash() {
    for engine in engines() {
        let town = town(engine).await;
        let (lea, nadia) = (town.person("lea@e.fr").await, town.person("nadia@e.fr").await);
        town.t
            .write(move |tx, _, _| Box::pin(async move { persons::set_role(tx, nadia.id, Some(&Role::Analyst)).await }))
            .await;
        let team = town.block(Whom { person: Some(nadia.id), ..Whom::default() }, None).await;
        assert!(matches!(team, Err(Error::Refused(r)) if r == blocks::BLOCK_MEMBER));
        let whom = Whom { person: Some(lea.id), email: Some("lea@e.fr".into()), browser: None };
        let block = town.block(whom.clone(), None).await.unwrap();
        assert_eq!(posts(town.signed_in(lea.id, 7)).await, StatusCode::FORBIDDEN);
        // Decided on the sheet: whoever moderates a project neither reads why nor undoes it.
        let moderator = town.as_actor(member(902, Some(Role::Moderator(vec![town.project]))), 902, "/");
        assert!(!block.is_open_to(&moderator));
        let lifted = blocks::pages::lift(&moderator, &whom, &Form::new()).await;
        assert!(matches!(lifted, Err(Error::Refused(r)) if r == parvis_kernel::Refusal::NOT_ALLOWED));
        let data = blocks::store::personal_data(town.t.app.db.read(), lea.id).await.unwrap();
        assert_eq!(data[0]["reason"], "Des insultes, trois fois");
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move { People.forget(tx, &moment, lea.id, Forget::EraseTexts).await })
            })
            .await;
        assert_eq!(town.count("SELECT count(*) FROM block WHERE person_id IS NULL AND reason = ''").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM block_key").await, 1, "that of the address");
        let back = town.person("lea@e.fr").await;
        assert_eq!(posts(town.signed_in(back.id, 70)).await, StatusCode::FORBIDDEN, "they come back as they left");
    }
}
