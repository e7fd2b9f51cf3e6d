use std::{collections::HashMap, sync::Arc, time::Instant};
use async_trait::async_trait;
use axum::{body::{Body, to_bytes}, http::Request as HttpRequest};
use chrono::{DateTime, TimeDelta, Utc};
use parvis_insight::{Insight, analysis::job};
use parvis_kernel::{Ctx, Result, args, context::{Moment, Request}, db::{self, Db, Migration, Tx}, jobs::JobKind,
    module::*, permission::{Actor, Role}, routes::Routes, settings::Settings, words::{Lang, WordsFile}};
use parvis_people::People;
use tower::ServiceExt;
use uuid::Uuid;
struct Texts(Vec<TextRow>, Vec<(Uuid, String)>);
#[async_trait]
impl Module for Texts {
    fn name(&self) -> &'static str { "texts" }
    fn migrations(&self) -> Vec<Migration> { vec![] }
    fn routes(&self) -> Routes { Routes::new() }
    fn words(&self) -> Vec<WordsFile> { vec![] }
    fn jobs(&self) -> Vec<JobKind> { vec![] }
    fn navigation(&self) -> Vec<NavEntry> { vec![] }
    fn activity_kinds(&self) -> Vec<&'static str> { vec![] }
    fn open_data(&self) -> Vec<OpenData> { vec![] }
    async fn texts(&self, _: &Db) -> Result<Vec<TextRow>> { Ok(self.0.clone()) }
    async fn personal_data(&self, _: &Db, _: Uuid) -> Result<Vec<PersonalData>> { Ok(vec![]) }
    async fn forget(&self, _: &Tx, _: &Moment, _: Uuid, _: Forget) -> Result<()> { Ok(()) }
    async fn unite(&self, _: &Tx, _: &Moment, _: &Union) -> Result<()> { Ok(()) }
    async fn own_space(&self, _: &Ctx, _: Uuid) -> Result<String> { Ok(String::new()) }
    async fn on_set_up(&self, _: &Tx, _: &Moment, _: &Settings) -> Result<()> { Ok(()) }
    async fn waiting(&self, _: &Db, _: &Actor) -> Result<Option<(&'static str, i64)>> { Ok(None) }
    async fn scopes(&self, _: &Db) -> Result<Vec<(Uuid, String)>> { Ok(self.1.clone()) }
}
struct Nobody;
#[async_trait]
impl Identity for Nobody {
    async fn actor(&self, _: &Db, _: &str, _: DateTime<Utc>) -> Result<Actor> { Ok(Actor::Visitor) }
    async fn names(&self, _: &Db, _: &[Uuid]) -> Result<HashMap<Uuid, String>> { Ok(HashMap::new()) }
}
fn now() -> DateTime<Utc> { parvis_testing::start() }

fn load(file: &str, areas: &HashMap<String, Uuid>) -> Vec<TextRow> {
    let v: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(format!("/tmp/insight-look/{file}.json")).unwrap()).unwrap();
    let mut voices: HashMap<String, Uuid> = HashMap::new();
    v.as_array().unwrap().iter().enumerate().map(|(i, r)| {
        let s = |k: &str| r[k].as_str().unwrap().to_owned();
        let next = Uuid::from_u128(500_000 + i as u128);
        TextRow { id: Uuid::from_u128(i as u128 + 1), number: i as i64 + 1, kind: if s("kind") == "comment" { "comment" } else { "idea" }, title: s("title"), body: s("body"),
            voice: *voices.entry(s("voice")).or_insert(next), area: areas.get(&s("area")).copied(), age: Some(s("age")).filter(|a| !a.is_empty()), project: Uuid::from_u128(900 + r["project"].as_u64().unwrap() as u128),
            at: now() - TimeDelta::seconds((r["days"].as_f64().unwrap() * 86400.0) as i64), lang: s("lang") }
    }).collect()
}
fn many(base: &[TextRow], n: usize, areas: &[Uuid]) -> Vec<TextRow> {
    (0..n).map(|i| { let a = &base[i % base.len()]; let b = &base[(i * 7919 + i / base.len()) % base.len()];
        let half: String = a.body.split_whitespace().zip(b.body.split_whitespace()).enumerate().map(|(k, (x, y))| if (k / 6) % 2 == 0 { x } else { y }).take(40).collect::<Vec<_>>().join(" ");
        TextRow { id: Uuid::from_u128(i as u128 + 1), number: i as i64, kind: "idea", title: String::new(), body: half, voice: Uuid::from_u128(7_000_000 + (i as u128 * 31 % 60_000)), area: (i % 4 > 0).then(|| areas[i * 13 % areas.len()]),
            age: (i % 3 == 0).then(|| ["15-24", "25-39", "40-64", "65+"][i % 4].to_owned()), project: Uuid::from_u128(900 + (i % 3) as u128), at: now() - TimeDelta::hours((i % 2400) as i64), lang: "fr".into() } }).collect()
}
async fn ask(app: &Arc<parvis_kernel::app::App>, uri: &str) -> String {
    let ctx = Ctx(Arc::new(Request { app: app.clone(), settings: app.settings().await.unwrap(),
        actor: Actor::Person { id: Uuid::from_u128(9), name: "Camille Durand".into(), session: Uuid::from_u128(8), role: Some(Role::Owner) },
        visitor: Uuid::from_u128(7), lang: Lang::Fr, moment: app.moment(), id: "x".into(), uri: uri.to_owned(), address: String::new(), shortcuts: false }));
    let mut r = HttpRequest::builder().uri(uri).body(Body::empty()).unwrap();
    r.extensions_mut().insert(ctx);
    let a = Insight.routes().into_router().oneshot(r).await.unwrap();
    String::from_utf8(to_bytes(a.into_body(), 8 << 20).await.unwrap().to_vec()).unwrap()
}
#[tokio::main]
async fn main() {
    let mode = std::env::args().nth(1).unwrap();
    let geo: serde_json::Value = serde_json::from_str(&std::fs::read_to_string("/work/main/crates/server/demo/areas.geojson").unwrap()).unwrap();
    let areas: Vec<(Uuid, String, String)> = geo["features"].as_array().unwrap().iter().enumerate().map(|(i, f)| (Uuid::from_u128(50 + i as u128), f["properties"]["name"].as_str().unwrap().into(), f["geometry"].to_string())).collect();
    let by: HashMap<String, Uuid> = areas.iter().map(|a| (a.1.clone(), a.0)).collect();
    let ids: Vec<Uuid> = areas.iter().map(|a| a.0).collect();
    let texts = match mode.as_str() { "demo" | "rep" => load(&mode, &by), n => many(&load("demo", &by), n.parse().unwrap(), &ids) };
    println!("{} texts", texts.len());
    if std::env::args().nth(2).as_deref() == Some("peek") { peek(texts, ids); return; }
    let projects = (0..3).map(|i| (Uuid::from_u128(900 + i), ["Que changeriez-vous ?", "Se déplacer", "École"][i as usize].to_owned())).collect();
    let modules: Vec<Arc<dyn Module>> = vec![Arc::new(People), Arc::new(Texts(texts, projects)), Arc::new(Insight)];
    let engine = if std::env::args().nth(2).as_deref() == Some("pg") { parvis_testing::Engine::Postgres } else { parvis_testing::Engine::Sqlite };
    let t = parvis_testing::app(engine, modules, Arc::new(Nobody)).await;
    let rows = areas.clone();
    t.app.db.write(move |tx| { let rows = rows.clone(); Box::pin(async move { for (i, (id, name, o)) in rows.into_iter().enumerate() {
        db::run(tx, "INSERT INTO area (id, name, position, lon, lat, outline) VALUES ($1,$2,$3,0.0,0.0,$4)", args![id, name, i as i64, o]).await?; } Ok(()) }) }).await.unwrap();
    let s = Instant::now(); job::refresh(&t.app, false).await.unwrap(); println!("refresh {:?}", s.elapsed());
    let s = Instant::now(); job::refresh(&t.app, false).await.unwrap(); println!("unchanged {:?}", s.elapsed());
    let mut uris = vec![("a", "/equipe/analyse".to_owned()), ("b", "/equipe/analyse?periode=10-semaines".into()), ("c", format!("/equipe/analyse?quartier={}", ids[1])), ("d", format!("/equipe/analyse?projet={}", Uuid::from_u128(901))), ("e", "/equipe/analyse/contributions".into())];
    let page = ask(&t.app, "/equipe/analyse").await;
    if let Some(l) = page.split("href=\"/equipe/analyse/themes/").nth(1) { uris.push(("f", format!("/equipe/analyse/themes/{}", l.split('"').next().unwrap()))); }
    for (name, uri) in &uris {
        let mut times = vec![]; let mut body = String::new();
        for _ in 0..10 { let s = Instant::now(); body = ask(&t.app, uri).await; times.push(s.elapsed()); }
        times.sort(); println!("{name} {uri} median {:?} max {:?} {} bytes", times[5], times[9], body.len());
        std::fs::write(format!("/tmp/insight-look/{mode}-{name}.html"), body).unwrap();
    }
}
pub fn peek(texts: Vec<TextRow>, areas: Vec<Uuid>) {
    use parvis_insight::analysis::{compute, figures::*, Period};
    let mut texts = texts; compute::sort(&mut texts);
    let s = Instant::now();
    let out = compute::analyse(compute::Input { texts, areas, tz: "Europe/Paris".parse().unwrap(), this_week: chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(), language: Default::default() });
    println!("analyse {:?}", s.elapsed());
    for s in &out.scopes {
        println!("== {:?} {} texts {} figures", s.project, s.texts.len(), s.figures.len());
        for p in Period::ALL {
            println!(" {p:?} whole {:?}", s.figures.get(&Key::whole(p)));
            println!("  without {}", s.texts.iter().filter(|t| t.said.theme.is_none()).map(|t| t.said.voice).collect::<std::collections::BTreeSet<_>>().len());
            for (i, t) in s.themes.iter().enumerate() {
                let voices: std::collections::BTreeSet<u32> = s.texts.iter().filter(|x| x.said.theme == Some(i) && p.start(chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()).is_none_or(|w| x.said.week >= w)).map(|x| x.said.voice).collect();
                let shown = s.figures.contains_key(&Key::whole(p).theme(ThemeKey::At(i)));
                let areas = s.figures.keys().filter(|k| k.period == p && k.theme == ThemeKey::At(i) && k.area != Group::All).count();
                print!("  [{i}: {} texts {} people {} areas {areas}]", t.size, voices.len(), if shown { "shown" } else { "HIDDEN" });
            }
            println!();
        }
    }
}
