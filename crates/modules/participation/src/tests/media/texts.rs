//! Texts of projects in several languages, previews as somebody else, images inside a text.

use parvis_kernel::permission::Role;

use super::super::*;
use crate::projects::{
    admin, languages, media, preview,
    texts::{self, Field},
};

impl Town {
    fn in_english(&self, uri: &str) -> Ctx {
        self.t.ctx(Actor::Visitor, Lang::En, uri)
    }

    async fn one(&self) -> Project {
        projects::store::by_slug(self.t.app.db.read(), "bouger").await.unwrap()
    }

    async fn translate(&self, fields: &[(&str, &str)]) -> Result<Response> {
        let version = self.one().await.version.to_string();
        let mut f = Form::of(fields);
        if !f.has("version") {
            f.set("version", version);
        }
        languages::save(self.owner("/equipe/projets/bouger/langues"), Path("bouger".into()), f).await
    }

    async fn project_page(&self, ctx: Ctx) -> String {
        body(projects::pages::one(ctx, Arc::new(Caches::default()), Path("bouger".into())).await.unwrap()).await
    }

    async fn alter(&self, sql: &'static str) {
        self.t.app.db.write(move |tx| Box::pin(async move { db::run(tx, sql, args![]).await })).await.unwrap();
    }

    async fn preview(&self, role: Role, reader: &str) -> Result<Response> {
        let part = Path(("bouger".to_owned(), reader.to_owned()));
        let ctx = self.team(role, &format!("/equipe/projets/bouger/apercu/{reader}"));
        preview::show(ctx, Arc::new(Caches::default()), part).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn citizens_read_their_language_and_are_told_what_is_not_translated() {
    for engine in engines() {
        let town = town(engine).await;
        town.alter("UPDATE project SET summary = 'Dites tout', description = 'Du **texte**'").await;
        let phases = projects::store::phases(town.t.app.db.read(), town.project).await.unwrap();
        let phase = format!("en-phase-{}", phases[0].id);
        let page = body(languages::show(town.owner("/x"), Path("bouger".into())).await.unwrap()).await;
        assert!(!page.contains('⟦') && page.contains(&phase) && page.contains("un nom de phase"), "{page}");
        let hostile = "Getting <script>around</script>";
        let done =
            town.translate(&[("en-title", hostile), (&phase, "Your\nideas"), ("de-title", "Fahren")]).await.unwrap();
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
        let page = town.project_page(town.in_english("/projets/bouger")).await;
        assert!(page.contains("<h1 lang=\"en\">Getting &#60;script&#62;") && page.contains("Your ideas"), "{page}");
        assert!(page.contains("lang=\"fr\">Dites tout") && page.contains("id=\"autre-langue\""), "{page}");
        let french = town.project_page(town.ctx(1, "/projets/bouger")).await;
        assert!(french.contains("Se déplacer") && !french.contains("autre-langue") && !french.contains("Getting"));
        let list = body(admin::list(town.owner("/equipe/projets")).await.unwrap()).await;
        assert!(list.contains("la phrase de présentation, le texte") && !list.contains('⟦'), "{list}");
        let home = body(crate::home::show(town.in_english("/"), Arc::new(Caches::default())).await.unwrap()).await;
        assert!(home.contains("Getting"), "{home}");
        // Found by the words of the town alone, and no text of another language is left when it goes.
        assert_eq!(town.count("SELECT count(*) FROM project_text").await, 2);
        let stale = town.translate(&[("en-title", "Other"), ("version", "1")]).await;
        assert!(matches!(stale, Err(Error::Refused(_))), "somebody saved since");
        let long = town.translate(&[("en-summary", &"é".repeat(401))]).await.unwrap();
        assert_eq!(long.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body(long).await.contains(&"é".repeat(401)), "what was typed is kept");
        town.translate(&[("en-title", "  ")]).await.unwrap();
        assert_eq!(town.count("SELECT count(*) FROM project_text").await, 1);
        let moderator =
            languages::show(town.team(Role::Moderator(vec![town.project]), "/x"), Path("bouger".into())).await;
        assert!(matches!(moderator, Err(Error::Refused(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_takes_the_translations_along_and_a_phase_that_goes_takes_its_name() {
    for engine in engines() {
        let town = town(engine).await;
        let phases = projects::store::phases(town.t.app.db.read(), town.project).await.unwrap();
        let phase = format!("en-phase-{}", phases[0].id);
        town.translate(&[("en-title", "Getting around"), (&phase, "Your ideas")]).await.unwrap();
        let page = body(admin::new(town.owner("/equipe/projets/nouveau?copie=bouger")).await.unwrap()).await;
        assert!(page.contains("name=\"copie\" value=\"bouger\""), "{page}");
        let start = phases[0].starts_on.to_string();
        let fields = [
            ("titre", "Se déplacer encore"),
            ("copie", "bouger"),
            ("phases", "1"),
            ("p0-titre", "Vos idées"),
            ("p0-debut", start.as_str()),
            ("p0-methode", "ideation"),
        ];
        admin::create(town.owner("/equipe/projets/nouveau"), Form::of(&fields)).await.unwrap();
        let c = town.t.app.db.read();
        let copy = projects::store::by_slug(c, "se-deplacer-encore").await.unwrap();
        let texts = texts::of(c, copy.id).await.unwrap().remove(&Lang::En).unwrap();
        let own = projects::store::phases(c, copy.id).await.unwrap();
        assert_eq!(texts.get(&Field::Phase(own[0].id)).map(String::as_str), Some("Your ideas"));
        assert_eq!(texts.get(&Field::Title).map(String::as_str), Some("Getting around"));
        let version = town.one().await.version.to_string();
        let without = [("titre", "Se déplacer"), ("version", version.as_str()), ("phases", "0"), ("etat", "published")];
        admin::save(town.owner("/x"), Path("bouger".into()), Form::of(&without)).await.unwrap();
        assert_eq!(town.count("SELECT count(*) FROM project_text WHERE field = 'phase'").await, 1, "the copy's");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_what_its_reader_may_see_and_sends_nothing() {
    for engine in engines() {
        let town = town(engine).await;
        town.idea(1, "Un bus le dimanche").await;
        town.alter("UPDATE project SET state = 'draft'").await;
        let before = town.count("SELECT count(*) FROM activity").await;
        for reader in ["public", "membre", "moderation"] {
            let page = body(town.preview(Role::Owner, reader).await.unwrap()).await;
            assert!(
                page.contains("id=\"apercu\"") && page.contains("<fieldset disabled") && !page.contains('⟦'),
                "{page}"
            );
            assert!(page.contains("Un bus le dimanche") && page.contains("/equipe/projets/bouger\""), "{page}");
            // Its form token opens nothing to whoever looks.
            let token = page.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            assert!(token.is_none_or(|t| !town.owner("/x").csrf_matches(t)), "{reader}");
        }
        assert_eq!(town.count("SELECT count(*) FROM activity").await, before);
        assert_eq!(town.one().await.state, "draft", "nothing is published by looking");
        let citizen =
            projects::pages::one(town.ctx(1, "/projets/bouger"), Arc::new(Caches::default()), Path("bouger".into()));
        assert!(matches!(citizen.await, Err(Error::NotFound)));
        town.alter("UPDATE project SET visibility = 'team', description = 'Un secret'").await;
        for (reader, sees) in [("public", false), ("membre", false), ("moderation", true)] {
            let page = body(town.preview(Role::Analyst, reader).await.unwrap()).await;
            assert_eq!(page.contains("Un secret"), sees, "{reader}: {page}");
        }
        assert!(matches!(town.preview(Role::Owner, "proprietaire").await, Err(Error::NotFound)));
        assert!(matches!(town.preview(Role::Moderator(vec![]), "public").await, Err(Error::Refused(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_shows_images_of_its_project_and_no_other() {
    for engine in engines() {
        let town = town(engine).await;
        let project = town.project;
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let sql = "INSERT INTO project_file (id, project_id, kind, name, media_type, bytes, words, width, height, \
                               position, created_at) VALUES ($1, $2, 'image', 'plan.png', 'image/png', 9, $3, 8, 6, $4, $5)";
                    for n in 1..=2_i64 {
                        let words = format!("Plan {n} \"de\" la place");
                        db::run(tx, sql, args![moment.id(), project, words, n, moment.now]).await?;
                    }
                    Ok(())
                })
            })
            .await;
        let images = media::store::of(town.t.app.db.read(), project).await.unwrap();
        let text = format!("Voici.\n{}\nFin.", images[1].line());
        let save = async |text: &str| {
            let version = town.one().await.version.to_string();
            let fields = [
                ("titre", "Se déplacer"),
                ("version", version.as_str()),
                ("phases", "0"),
                ("etat", "published"),
                ("description", text),
            ];
            admin::save(town.owner("/x"), Path("bouger".into()), Form::of(&fields)).await.unwrap()
        };
        let wrong = save("![x](image:00000000)").await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(wrong).await;
        assert!(
            page.contains("id=\"e-description\"") && page.contains("id=\"images\"") && page.contains("(image:"),
            "{page}"
        );
        assert_eq!(save(&text).await.status(), StatusCode::SEE_OTHER);
        let page = town.project_page(town.ctx(1, "/projets/bouger")).await;
        let src = format!("<img src=\"/projets/bouger/fichiers/{}\"", images[1].id);
        assert_eq!(page.matches(&src).count(), 1, "in the text, not below it too: {page}");
        assert!(page.contains("alt=\"Plan 2 &quot;de&quot; la place\""), "{page}");
        let copy = body(admin::new(town.owner("/equipe/projets/nouveau?copie=bouger")).await.unwrap()).await;
        assert!(!copy.contains("(image:") && copy.contains("Voici."), "images stay with their project");
    }
}
