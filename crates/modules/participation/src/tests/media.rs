//! Images, documents and the day of a project: kept, served to those who may see it, taken away with their content.

mod texts;

use axum::{body::Body, extract::Request};
use futures::TryStreamExt;
use parvis_kernel::{jobs, permission::Role};

use super::*;
use crate::projects::{
    admin,
    media::{self, Media, desk, serve},
    opening,
};

fn owner(town: &Town, uri: &str) -> Ctx {
    let id = Uuid::from_u128(901);
    town.as_actor(Actor::Person { id, name: "Ana".into(), session: Uuid::nil(), role: Some(Role::Owner) }, 1, uri)
}

fn parts(name: &str, content: &[u8], words: &str) -> Request {
    let mut body = format!("--X\r\nContent-Disposition: form-data; name=\"mots\"\r\n\r\n{words}\r\n").into_bytes();
    body.extend(
        format!("--X\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\n\r\n").bytes(),
    );
    body.extend(content);
    body.extend(b"\r\n--X--\r\n");
    let request = Request::post("/").header("content-type", "multipart/form-data; boundary=X");
    request.body(Body::from(body)).unwrap()
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(30, 20).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

impl Town {
    async fn add(&self, name: &str, content: &[u8], words: &str) -> Response {
        desk::add(owner(self, "/"), Path("bouger".into()), parts(name, content, words)).await.unwrap()
    }

    async fn media(&self) -> Vec<Media> {
        media::store::of(self.t.app.db.read(), self.project).await.unwrap()
    }

    async fn work(&self) {
        while jobs::run_due(&self.t.app).await.unwrap() > 0 {}
    }

    async fn objects(&self) -> usize {
        self.t.app.files.list(Some(&"projects".into())).try_collect::<Vec<_>>().await.unwrap().len()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_kept_shown_and_taken_away_with_its_content() {
    for engine in engines() {
        let town = town(engine).await;
        assert_eq!(town.add("Place.png", &png(), "La place un jour de marché").await.status(), StatusCode::SEE_OTHER);
        assert_eq!(town.add("plan.pdf", b"%PDF-1.7 plan", "Le plan").await.status(), StatusCode::SEE_OTHER);
        let own = town.media().await;
        assert_eq!(own.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["Place.jpg", "plan.pdf"]);
        assert_eq!((own[0].width, own[0].height), (30, 20));

        let page = projects::pages::one(town.ctx(3, "/projets/bouger"), Arc::default(), Path("bouger".into())).await;
        let html = body(page.unwrap()).await;
        assert!(html.contains("alt=\"La place un jour de marché\"") && html.contains("Le plan"), "{html}");

        let served = serve::one(town.ctx(3, "/"), Path(("bouger".into(), own[1].id))).await.unwrap();
        let headers = served.headers().clone();
        assert_eq!(headers["content-type"], "application/pdf");
        assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert_eq!(body(served).await, "%PDF-1.7 plan");

        let form = Form::of(&[("retirer", "1")]);
        desk::change(owner(&town, "/"), Path(("bouger".into(), own[0].id)), form).await.unwrap();
        assert!(matches!(serve::one(town.ctx(3, "/"), Path(("bouger".into(), own[0].id))).await, Err(Error::NotFound)));
        assert_eq!(town.objects().await, 2);
        town.work().await;
        assert_eq!(town.objects().await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_that_is_not_public_gives_none_of_its_files() {
    let town = town(engines()[0]).await;
    town.add("plan.pdf", b"%PDF-1.7 plan", "Le plan").await;
    let id = town.media().await[0].id;
    let sql = "UPDATE project SET visibility = 'link', secret = 'abc'";
    town.t.app.db.write(move |tx| Box::pin(async move { db::run(tx, sql, args![]).await })).await.unwrap();
    let ask = |ctx: Ctx| serve::one(ctx, Path(("bouger".into(), id)));
    assert!(matches!(ask(town.ctx(3, "/")).await, Err(Error::NotFound)));
    assert!(ask(town.ctx(3, "/?cle=abc")).await.is_ok());
    assert!(matches!(ask(town.ctx(3, "/?cle=abd")).await, Err(Error::NotFound)));
    assert!(ask(owner(&town, "/")).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_beside_the_field_and_nothing_is_kept() {
    let town = town(engines()[0]).await;
    for (name, content, words, id) in [
        ("a.exe", &b"MZ"[..], "Un outil", "e-fichier"),
        ("a.png", b"<svg onload=alert(1)>", "Une image", "e-fichier"),
        ("", b"", "Rien", "e-fichier"),
        ("a.pdf", b"%PDF-1.7", "\u{200b}", "e-mots"),
        ("a.pdf", b"%PDF-1.7", &"a".repeat(301), "e-mots"),
    ] {
        let answer = town.add(name, content, words).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let html = body(answer).await;
        assert!(html.contains(&format!("id=\"{id}\"")), "{name}: {html}");
        assert!(words.contains('\u{200b}') || html.contains(&format!("value=\"{words}\"")), "{name}: words kept");
    }
    assert_eq!((town.media().await.len(), town.objects().await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_project_is_not_changed_here() {
    let town = town(engines()[0]).await;
    town.add("plan.pdf", b"%PDF-1.7 plan", "Le plan").await;
    let id = town.media().await[0].id;
    let form = Form::of(&[
        ("version", "0"),
        ("titre", "Un autre"),
        ("visibilite", "public"),
        ("etat", "published"),
        ("phases", "0"),
    ]);
    admin::create(owner(&town, "/equipe/projets/nouveau"), form).await.unwrap();
    for form in [Form::of(&[("retirer", "1")]), Form::of(&[("mots", "Autre")]), Form::of(&[("monter", "1")])] {
        let answer = desk::change(owner(&town, "/"), Path(("un-autre".into(), id)), form).await;
        assert!(matches!(answer, Err(Error::NotFound)));
    }
    assert!(matches!(serve::one(town.ctx(3, "/"), Path(("un-autre".into(), id))).await, Err(Error::NotFound)));
    assert_eq!(town.media().await[0].words, "Le plan");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_goes_online_on_its_day_and_not_before() {
    for engine in engines() {
        let town = town(engine).await;
        let day = town.t.app.clock.now().date_naive() + TimeDelta::days(2);
        let day = day.to_string();
        let draft = |publish: &str| {
            Form::of(&[
                ("version", "0"),
                ("titre", "Le marché"),
                ("visibilite", "public"),
                ("etat", "draft"),
                ("dossier", "  Vie   locale "),
                ("publier", publish),
                ("phases", "0"),
            ])
        };
        let late = admin::create(owner(&town, "/equipe/projets/nouveau"), draft("2020-01-01")).await.unwrap();
        assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body(late).await.contains("id=\"e-publier\""));
        admin::create(owner(&town, "/equipe/projets/nouveau"), draft(&day)).await.unwrap();
        let state = || async {
            let project = projects::store::by_slug(town.t.app.db.read(), "le-marche").await.unwrap();
            (project.state, project.folder)
        };
        assert!(opening::run(town.t.app.clone(), String::new()).await.is_ok());
        assert_eq!(state().await, ("draft".into(), "Vie locale".into()));
        town.t.clock.advance(TimeDelta::days(2));
        assert!(opening::run(town.t.app.clone(), String::new()).await.is_ok());
        assert_eq!(state().await.0, "published");
        assert_eq!(town.count("SELECT count(*) FROM activity WHERE kind = 'project.opened'").await, 1);

        let copy = admin::new(owner(&town, "/equipe/projets/nouveau?copie=bouger")).await.unwrap();
        let html = body(copy).await;
        assert!(
            html.contains("Copie de « Se déplacer »") || html.contains("Copie de «\u{a0}Se déplacer\u{a0}»"),
            "{html}"
        );
        assert!(html.contains("value=\"Vos idées\""));
    }
}
