//! Short links: what they carry lands in the idea, each browser counts once a day, and nothing of it says who came.

use axum::http::{HeaderMap, Method};
use parvis_documents::poster::Sheet;
use parvis_kernel::permission::Role;

use super::*;
use crate::links::{
    LINK_STOPPED, desk,
    store::{self as links, New as NewLink},
    visit,
};

impl Town {
    pub(super) fn owner(&self, uri: &str) -> Ctx {
        self.team(Role::Owner, uri)
    }

    pub(super) fn team(&self, role: Role, uri: &str) -> Ctx {
        let id = Uuid::from_u128(900);
        self.as_actor(Actor::Person { id, name: "Nadia".into(), session: Uuid::nil(), role: Some(role) }, 900, uri)
    }

    async fn link(&self, place: &str) -> String {
        let (ctx, new) =
            (self.owner("/equipe/liens"), NewLink { project: self.project, place: place.into(), ..NewLink::default() });
        self.t
            .write(move |tx, _, _| {
                let (ctx, new) = (ctx.clone(), new.clone());
                Box::pin(async move { links::make(tx, &ctx, &new).await })
            })
            .await
    }

    async fn open(&self, ctx: Ctx, code: &str) -> Result<String> {
        let answer = visit::open(ctx, Path(code.to_owned()), Method::GET, HeaderMap::new()).await?;
        Ok(answer.headers().get("location").unwrap().to_str().unwrap().to_owned())
    }

    async fn visits(&self, code: &str) -> i64 {
        links::find(self.t.app.db.read(), code).await.unwrap().visits
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idea_remembers_the_link_it_came_by() {
    for engine in engines() {
        let town = town(engine).await;
        let code = town.link("Gare").await;
        let to = town.open(town.ctx(1, "/i/x"), &code.to_uppercase()).await.unwrap();
        assert_eq!(to, format!("/deposer?projet=bouger&lieu=Gare&lien={code}"), "capitals are no mistake");
        let page = body(ideas::post::write(town.ctx(1, &to)).await.unwrap()).await;
        assert!(page.contains(&format!("name=\"lien\" value=\"{code}\"")) && page.contains("value=\"Gare\""));
        for (visitor, link) in [(1, code.as_str()), (2, "nowhere"), (3, "")] {
            let form = Form::of(&[("idee", "Un banc."), ("lieu", "Gare"), ("lien", link)]);
            let answer = ideas::post::keep(town.ctx(visitor, "/deposer"), form).await.unwrap();
            let draft = answer.headers().get("location").unwrap().to_str().unwrap().trim_start_matches("/deposer/");
            let fields = [("q", "personne"), ("ou", "Gare")];
            town.publish(visitor, draft.parse().unwrap(), &fields).await.unwrap();
        }
        let link = links::find(town.t.app.db.read(), &code).await.unwrap();
        assert_eq!((link.ideas, link.visits), (1, 1), "a link that does not exist is nobody's");
        let came = links::ideas(town.t.app.db.read(), &code, 10).await.unwrap();
        assert_eq!((came.len(), came[0].place.as_str(), came[0].project_id), (1, "Gare", town.project));
        let page = body(desk::show(town.owner("/equipe/liens/x"), Path(code)).await.unwrap()).await;
        assert!(
            !page.contains('⟦')
                && page.contains("id=\"passages\">1<")
                && page.contains("id=\"idees\">1<")
                && page.contains("Un banc")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_counts_once_a_day_and_leaves_nothing_behind() {
    for engine in engines() {
        let town = town(engine).await;
        let (code, other) = (town.link("Gare").await, town.link("Marché").await);
        for visitor in [1, 1, 2, 1] {
            town.open(town.ctx(visitor, "/i/x"), &code).await.unwrap();
        }
        town.open(town.ctx(1, "/i/x"), &other).await.unwrap();
        assert_eq!((town.visits(&code).await, town.visits(&other).await), (2, 1));
        // Looking ahead and asking whether it is there are no visits.
        let ahead = HeaderMap::from_iter([("sec-purpose".parse().unwrap(), "prefetch".parse().unwrap())]);
        for (method, headers) in [(Method::GET, ahead), (Method::HEAD, HeaderMap::new())] {
            visit::open(town.ctx(3, "/i/x"), Path(code.clone()), method, headers).await.unwrap();
        }
        assert_eq!(town.visits(&code).await, 2);
        for visitor in [1_u128, 2] {
            let who = Uuid::from_u128(visitor).to_string();
            let kept = format!("SELECT count(*) FROM rate WHERE bucket LIKE '%{who}%'");
            assert_eq!(town.count(&kept).await, 0, "no browser is named");
        }
        town.t.clock.advance(TimeDelta::days(1));
        town.open(town.ctx(1, "/i/x"), &code).await.unwrap();
        assert_eq!(town.visits(&code).await, 3, "another day");
        // A program without cookies is another browser each time: its address counts to a limit.
        for visitor in 1_000..1_260 {
            town.open(town.ctx(visitor, "/i/x"), &code).await.unwrap();
        }
        assert!((190..=204).contains(&town.visits(&code).await), "{}", town.visits(&code).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_codes_is_stopped_and_a_school_is_not() {
    for engine in engines() {
        let town = town(engine).await;
        let public = town.link("").await;
        let mut seen = Vec::new();
        for n in 0..62 {
            let code = format!("zz{n}");
            seen.push(town.open(town.request(Actor::Visitor, 1, "/i/x", "school"), &code).await.unwrap_err().status());
        }
        assert!(seen[..60].iter().all(|s| *s == StatusCode::NOT_FOUND));
        assert_eq!(seen[61], StatusCode::TOO_MANY_REQUESTS);
        town.open(town.request(Actor::Visitor, 2, "/i/x", "school"), &public).await.unwrap();
        let hidden = "UPDATE project SET visibility = 'link', secret = 's3cret'";
        town.t.app.db.write(move |tx| Box::pin(async move { db::run(tx, hidden, args![]).await })).await.unwrap();
        let guessed = town.open(town.request(Actor::Visitor, 1, "/i/x", "school"), &public).await;
        assert_eq!(guessed.unwrap_err().status(), StatusCode::TOO_MANY_REQUESTS);
        let elsewhere = town.open(town.request(Actor::Visitor, 1, "/i/x", "home"), &public).await.unwrap();
        assert!(elsewhere.contains("cle=s3cret"), "{elsewhere}");
        let team = "UPDATE project SET visibility = 'team'";
        town.t.app.db.write(move |tx| Box::pin(async move { db::run(tx, team, args![]).await })).await.unwrap();
        let hidden = town.open(town.request(Actor::Visitor, 1, "/i/x", "home"), &public).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "what is the team's alone is not opened");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_made_named_stopped_and_started_again() {
    for engine in engines() {
        let town = town(engine).await;
        let project = town.project.to_string();
        let fields = [("projet", project.as_str()), ("lieu", " La\n gare "), ("nom", "Affiche <de> la gare")];
        let made = desk::make(town.owner("/equipe/liens"), Form::of(&fields)).await.unwrap();
        let to = made.headers().get("location").unwrap().to_str().unwrap().to_owned();
        let again = desk::make(town.owner("/equipe/liens"), Form::of(&fields)).await.unwrap();
        assert_eq!(again.headers().get("location").unwrap().to_str().unwrap(), to, "sent twice, made once");
        let code = to.trim_start_matches("/equipe/liens/").split('?').next().unwrap().to_owned();
        let page = body(desk::list(town.owner("/equipe/liens")).await.unwrap()).await;
        assert!(!page.contains('⟦') && page.contains("Affiche &#60;de&#62; la gare") && page.contains("La gare"));
        for wrong in [vec![("projet", "x")], vec![("projet", project.as_str()), ("nom", &*"é".repeat(81))]] {
            let answer = desk::make(town.owner("/equipe/liens"), Form::of(&wrong)).await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        }
        let act = async |role: Role, fields: &[(&str, &str)]| {
            desk::change(town.team(role, "/equipe/liens"), Path(code.clone()), Form::of(fields)).await
        };
        let moderator = || Role::Moderator(vec![town.project]);
        for role in [moderator(), Role::Analyst] {
            assert!(matches!(act(role, &[("faire", "arreter")]).await, Err(Error::Refused(_))));
        }
        let foreign = desk::show(town.team(Role::Moderator(vec![]), "/equipe/liens"), Path(code.clone())).await;
        assert!(matches!(foreign, Err(Error::Refused(_))), "another's project");
        desk::show(town.team(moderator(), "/equipe/liens"), Path(code.clone())).await.unwrap();
        for _ in 0..2 {
            act(Role::Owner, &[("faire", "arreter")]).await.unwrap();
        }
        let stopped = town.open(town.ctx(1, "/i/x"), &code).await;
        assert!(matches!(stopped, Err(Error::Refused(r)) if r == LINK_STOPPED));
        act(Role::Owner, &[("faire", "reprendre")]).await.unwrap();
        town.open(town.ctx(1, "/i/x"), &code).await.unwrap();
        act(Role::Owner, &[("faire", "nommer"), ("nom", "")]).await.unwrap();
        assert!(act(Role::Owner, &[("faire", "voler")]).await.is_err());
        assert_eq!(links::find(town.t.app.db.read(), &code).await.unwrap().label, "");
        assert_eq!(town.count("SELECT count(*) FROM activity WHERE kind LIKE 'link.%'").await, 4);
        let svg = desk::svg(town.owner("/"), Path(code.clone())).await.unwrap();
        assert_eq!(svg.headers()["content-type"], "image/svg+xml");
        let png = desk::png(town.owner("/"), Path(code)).await.unwrap();
        assert!(to_bytes(png.into_body(), 1_000_000).await.unwrap().starts_with(b"\x89PNG"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_of_an_idea_is_its_authors_to_have_and_to_take_away() {
    for engine in engines() {
        let town = town(engine).await;
        let code = town.link("Gare").await;
        let lea = town.person("lea@exemple.fr").await.id;
        let form = Form::of(&[("idee", "Un banc."), ("lieu", "Gare"), ("lien", &code)]);
        let answer = ideas::post::keep(town.ctx(5, "/deposer"), form).await.unwrap();
        let draft = answer.headers().get("location").unwrap().to_str().unwrap().trim_start_matches("/deposer/");
        let fields = [("q", "prenom"), ("prenom", "Léa"), ("courriel", "lea@exemple.fr"), ("ou", "Gare")];
        town.publish(5, draft.parse().unwrap(), &fields).await.unwrap();
        town.unite(5, lea, "lea@exemple.fr").await;
        let data = crate::personal::data(&town.t.app.db.reader(), lea).await.unwrap();
        assert_eq!(data[0].rows[0]["came_by"], code);
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move { crate::personal::forget(tx, &moment, lea, Forget::EraseTexts).await })
            })
            .await;
        assert_eq!(links::find(town.t.app.db.read(), &code).await.unwrap().ideas, 0);
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE link IS NOT NULL").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn posters_are_made_for_whoever_reads_the_desk_of_the_project() {
    let town = Arc::new(town(Engine::Sqlite).await);
    let code = town.link("Halle <b>&amp;</b> \u{202e}aux grains 🚲").await;
    let print = |role: Role, sheet| {
        let (town, code) = (town.clone(), code.clone());
        async move { crate::links::print::pdf(town.team(role, "/equipe/liens"), Path(code), sheet).await }
    };
    // Six at once: two are drawn, the others wait, none is lost.
    let many = (0..6).map(|n| print(Role::Analyst, if n % 2 == 0 { Sheet::A4 } else { Sheet::TearOff }));
    for answer in futures::future::join_all(many).await {
        let answer = answer.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/pdf");
        assert!(answer.headers()["content-disposition"].to_str().unwrap().ends_with(".pdf\""));
        let bytes = to_bytes(answer.into_body(), 1_000_000).await.unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(bytes.starts_with(b"%PDF-") && text.contains(&format!("/URI(http://localhost:8080/i/{code})")));
    }
    let foreign = print(Role::Moderator(vec![]), Sheet::A3).await;
    assert!(matches!(foreign, Err(Error::Refused(_))), "another's project");
    let unknown = crate::links::print::pdf(town.owner("/"), Path("rien".into()), Sheet::A4).await;
    assert!(matches!(unknown, Err(Error::NotFound)));
}
