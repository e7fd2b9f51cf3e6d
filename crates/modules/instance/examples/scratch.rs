#![allow(missing_docs, clippy::unwrap_used)]
use std::sync::Arc;
use axum::{body::Body, extract::Request, middleware::{from_fn, Next}, response::IntoResponse};
use parvis_kernel::{Ctx, context, module::Module, permission::{Actor, Role}, routes::{CsrfChecked, SetUpOpen}, words::{Lang, WordsFile}};
#[tokio::main]
async fn main() {
    let modules: Vec<Arc<dyn Module>> = vec![Arc::new(parvis_people::People), Arc::new(parvis_instance::Instance)];
    let t = parvis_testing::app(parvis_testing::Engine::Sqlite, modules, Arc::new(parvis_people::SessionIdentity)).await;
    let app = t.app.clone();
    let moment = app.moment();
    let m2 = moment.clone();
    let person = app.db.write(move |tx| { let moment = m2.clone(); Box::pin(async move {
        let p = parvis_people::persons::ensure(tx, &moment, "camille@rivemont.example", "Camille", Lang::Fr).await?;
        parvis_people::persons::set_role(tx, p.id, Some(&Role::Owner)).await?;
        for i in 0..3 { parvis_kernel::mail::queue(tx, &moment, &parvis_kernel::mail::NewMail{dedupe: format!("x{i}"), person: None, kind:"code", to: "ines@rivemont.example".into(), subject: format!("Votre code {i}"), text: "Bonjour\n\nhttps://rivemont.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".into(), html: "x".into(), unsubscribe: String::new(), after: moment.now}).await?; 
        parvis_kernel::activity::record(tx,&moment,parvis_kernel::activity::Entry{actor:Some(p.id),kind:"settings.changed",subject_kind:"setting",subject:None,project:None,detail:"look"}).await?; }
        parvis_kernel::db::run(tx, "UPDATE mail SET state='failed', last_error='permanent error (535): x' WHERE dedupe='x1'", vec![]).await?;
        Ok(p.id) }) }).await.unwrap();
    let _ = std::mem::size_of::<WordsFile>();
    let layer = from_fn(move |mut r: Request, next: Next| { let app = app.clone(); async move {
        app.store.forget().await;
        let path = r.uri().path().to_owned();
        if path == "/mail-id" { return parvis_kernel::mail::latest(&app.db, 9).await.unwrap().iter().map(|m| m.id.to_string()).collect::<Vec<_>>().join(" ").into_response(); }
        if let Some(a) = parvis_ui::assets::lookup(&path) { return ([(axum::http::header::CONTENT_TYPE, a.content_type)], a.bytes).into_response(); }
        let settings = app.settings().await.unwrap();
        if path == "/theme.css" { return ([(axum::http::header::CONTENT_TYPE, "text/css")], parvis_ui::Theme::from_hex(&settings.colour).unwrap().to_css()).into_response(); }
        let actor = Actor::Person { id: person, name: "Camille Dumas".into(), session: uuid::Uuid::nil(), role: Some(Role::Owner) };
        let lang = if r.headers().get("accept-language").is_some_and(|v| v.to_str().unwrap().starts_with("en")) { Lang::En } else { Lang::Fr };
        let ctx = Ctx(Arc::new(context::Request { settings, actor, visitor: uuid::Uuid::nil(), lang, moment: app.moment(), id: "t".into(), uri: r.uri().to_string(), address: "h".into(), shortcuts: true, app }));
        r.extensions_mut().insert(ctx); r.extensions_mut().insert(CsrfChecked); r.extensions_mut().insert(SetUpOpen);
        let mut response = next.run(r).await;
        response.headers_mut().insert("content-security-policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'".parse().unwrap());
        response
    }});
    let router = parvis_instance::Instance.routes().into_router().fallback(|| async { axum::http::StatusCode::NOT_FOUND }).layer(layer);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8791").await.unwrap();
    axum::serve(listener, router).await.unwrap();
    let _ = Body::empty();
}
