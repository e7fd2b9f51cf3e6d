//! Measures the pages people use most, over real HTTP on loopback, on an instance of the size asked for.

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use parvis_kernel::{app::App, args, cookies, db, permission::Role, url::encode, words::Lang};
use parvis_people::{persons, sessions};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
};
use uuid::Uuid;

use super::CommandError;
use crate::{http, seed};

/// What to measure, and on how much.
#[derive(Debug, clap::Args)]
pub struct BenchArgs {
    /// Ideas to have in the instance
    #[arg(long, default_value_t = 100_000)]
    ideas: usize,
    /// Comments
    #[arg(long, default_value_t = 500_000)]
    comments: usize,
    /// Supports
    #[arg(long, default_value_t = 1_000_000)]
    supports: usize,
    /// Requests a page, one after the other
    #[arg(long, default_value_t = 200)]
    requests: usize,
    /// Seconds for each measure with many clients
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Measure what leaves as a file instead of pages: a workbook, the open data, a backup while people post
    #[arg(long)]
    documents: bool,
    /// Measure one answer to 5,000 ideas instead of pages
    #[arg(long)]
    answer: bool,
}

/// Clients at once for the two measures of throughput.
const CLIENTS: usize = 64;

/// Fills the instance if it is empty, then prints a table.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &BenchArgs) -> Result<(), CommandError> {
    let have = db::count(app.db.read(), "SELECT count(*) FROM contribution", vec![]).await?;
    if have == 0 {
        let start = Instant::now();
        seed::fill(app, args.ideas, args.comments, args.supports, 1).await?;
        println!("filled in {:.1} s", start.elapsed().as_secs_f64());
    }
    if args.documents {
        return super::bench_documents::run(app, args.seconds).await;
    }
    if args.answer {
        println!("{}", super::bench_answer::run(app, owner_cookie(app).await?.0).await?);
        return Ok(());
    }
    let start = Instant::now();
    if parvis_insight::analysis::job::refresh(app, false).await? {
        println!("themes computed in {:.1} s", start.elapsed().as_secs_f64());
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(CommandError::new)?;
    let address = listener.local_addr().map_err(CommandError::new)?.to_string();
    let (stop, stopped) = watch::channel(false);
    let server = tokio::spawn(http::serve(app.clone(), listener, None, stopped, http::Proxies::default()));
    let (owner_id, owner) = owner_cookie(app).await?;
    println!("{:<44} {:>9} {:>9} {:>9}", "page, one client", "median", "p99", "bytes");
    for (name, path, cookie) in pages(app, &owner).await? {
        println!("{}", measure(&address, &name, &path, &cookie, args.requests).await?);
    }
    let home = requests_a_second(&address, args.seconds).await?;
    println!("home page, {CLIENTS} connections: {home:.0} requests a second");
    let (writes, lost) = supports_a_second(app, &address, args.seconds).await?;
    println!("supports, {CLIENTS} clients, durable: {writes:.0} a second, {lost} lost or double");
    println!("{}", super::bench_answer::run(app, owner_id).await?);
    println!("resident memory after all: {} MB", resident_mb());
    let _ = stop.send(true);
    let _ = server.await;
    Ok(())
}

/// Somebody who may do all, and the cookie they come with.
async fn owner_cookie(app: &Arc<App>) -> Result<(Uuid, String), CommandError> {
    let moment = app.moment();
    let (owner, token) = app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let person = persons::ensure(tx, &moment, "bench@parvis.example", "Bench", Lang::Fr).await?;
                persons::set_role(tx, person.id, Some(&Role::Owner)).await?;
                Ok((person.id, sessions::open(tx, &moment, person.id, "bench").await?))
            })
        })
        .await?;
    Ok((owner, format!("{}={token}", cookies::SESSION)))
}

async fn pages(app: &Arc<App>, owner: &str) -> Result<Vec<(String, String, String)>, CommandError> {
    let largest = "SELECT p.slug FROM project p ORDER BY (SELECT count(*) FROM contribution c WHERE c.project_id = p.id) DESC LIMIT 1";
    let slug: String = db::scalar(app.db.read(), largest, vec![]).await?.unwrap_or_default();
    let most = "SELECT number FROM contribution WHERE kind = 'idea' AND visible ORDER BY comments DESC LIMIT 1";
    let number: i64 = db::scalar(app.db.read(), most, vec![]).await?.unwrap_or(1);
    let tag: String = db::scalar(app.db.read(), "SELECT tag FROM contribution WHERE tag <> '' LIMIT 1", vec![])
        .await?
        .unwrap_or_default();
    let area: Option<Uuid> = db::scalar(app.db.read(), "SELECT id FROM area ORDER BY name LIMIT 1", vec![]).await?;
    let citizen = |name: &str, path: String| (name.to_owned(), path, String::new());
    let desk = |name: &str, path: &str| (name.to_owned(), path.to_owned(), owner.to_owned());
    let queue = |name: &str, filter: String| desk(name, &format!("/equipe/contributions?{filter}"));
    Ok(vec![
        citizen("home", "/".into()),
        citizen("project, random order", format!("/projets/{slug}")),
        citizen("project, most supported", format!("/projets/{slug}?tri=soutenues")),
        citizen("project, search", format!("/projets/{slug}?q=v%C3%A9los")),
        citizen("project, page 100", format!("/projets/{slug}?page=100")),
        citizen("search everywhere", "/idees?q=%C3%A9cole".into()),
        citizen("idea with most comments", format!("/idees/{number}")),
        citizen("answers", "/reponses".into()),
        desk("desk, today", "/equipe"),
        desk("desk, queue", "/equipe/contributions"),
        desk("desk, queue, search", "/equipe/contributions?q=v%C3%A9los"),
        desk("desk, search everywhere, a frequent word", "/equipe/recherche?q=v%C3%A9los"),
        desk("desk, search everywhere, two words", "/equipe/recherche?q=%C3%A9cole+ombre"),
        desk("desk, search everywhere, a name", "/equipe/recherche?q=benali"),
        desk("desk, analysis", "/equipe/analyse"),
        queue("desk, queue of a project", format!("projet={slug}")),
        queue("desk, queue of a theme", format!("theme={}", encode(&tag))),
        queue(
            "desk, queue of a neighbourhood",
            format!("quartier={}", area.map(|a| a.to_string()).unwrap_or_default()),
        ),
        queue("desk, queue of a status", "etat=under_consideration".into()),
        queue("desk, queue that nobody holds", "confiee=personne".into()),
        queue("desk, queue that I hold", "confiee=moi".into()),
        queue("desk, queue of comments", "genre=commentaires".into()),
        queue("desk, queue of what is reported", "file=signalees".into()),
        queue("desk, queue of a theme in a project", format!("projet={slug}&theme={}", encode(&tag))),
        queue("desk, queue, newest first", "tri=recentes".into()),
        queue("desk, queue, handled", "file=traitees".into()),
        queue("desk, queue, to answer, page 100", "file=a-repondre&page=100".into()),
        citizen("api, ideas", "/api/v1/ideas?limit=100".into()),
        citizen("api, ideas of a theme", format!("/api/v1/ideas?theme={}", encode(&tag))),
        citizen("api, comments of an idea", format!("/api/v1/ideas/{number}/comments")),
        citizen("api, answers", "/api/v1/answers".into()),
        citizen("api, projects", "/api/v1/projects".into()),
        citizen("api, themes", "/api/v1/themes".into()),
    ])
}

/// A keep-alive connection that speaks just enough HTTP/1.1 for our own server.
struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    async fn open(address: &str) -> Result<Self, CommandError> {
        let stream = TcpStream::connect(address).await.map_err(CommandError::new)?;
        stream.set_nodelay(true).map_err(CommandError::new)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Sends a request, reads the answer: status and length of the body.
    async fn send(&mut self, request: &str) -> Result<(u16, usize), CommandError> {
        let broken = |e: std::io::Error| CommandError::new(format!("the server hung up: {e}"));
        self.stream.get_mut().write_all(request.as_bytes()).await.map_err(broken)?;
        let (mut status, mut length, mut chunked) = (0, 0, false);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await.map_err(broken)?;
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest.split(' ').next().and_then(|s| s.parse().ok()).unwrap_or(0);
            } else if let Some(n) = line.strip_prefix("content-length: ") {
                length = n.parse().unwrap_or(0);
            } else if line == "transfer-encoding: chunked" {
                chunked = true;
            }
        }
        if chunked {
            return Err(CommandError::new("a page came in chunks: its length is not known"));
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await.map_err(broken)?;
        Ok((status, length))
    }
}

/// A request as the `n`th reader's proxy passes it on: searches are limited by address.
fn get(path: &str, cookie: &str, n: usize) -> String {
    let from = format!("10.{}.{}.{}", n / 62_500 % 250, n / 250 % 250, n % 250);
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {from}\r\nCookie: {cookie}\r\n\r\n")
}

async fn measure(address: &str, name: &str, path: &str, cookie: &str, n: usize) -> Result<String, CommandError> {
    let mut client = Client::open(address).await?;
    let mut times = Vec::with_capacity(n);
    let mut bytes = 0;
    for i in 0..n + 5 {
        let start = Instant::now();
        let (status, length) = client.send(&get(path, cookie, i)).await?;
        if status != 200 {
            return Err(CommandError::new(format!("{path} answered {status}")));
        }
        // The first ones warm caches, as the first visitors of a day do.
        if i >= 5 {
            times.push(start.elapsed());
        }
        bytes = length;
    }
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied();
    let ms = |d: Option<Duration>| d.unwrap_or_default().as_secs_f64() * 1000.0;
    let mut line = String::new();
    let _ = write!(line, "{name:<44} {:>6.2} ms {:>6.2} ms {bytes:>9}", ms(at(50)), ms(at(99)));
    Ok(line)
}

async fn requests_a_second(address: &str, seconds: u64) -> Result<f64, CommandError> {
    let done = Arc::new(AtomicUsize::new(0));
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..CLIENTS {
        let (done, address) = (done.clone(), address.to_owned());
        tasks.spawn(async move {
            let mut client = Client::open(&address).await?;
            while Instant::now() < end {
                client.send(&get("/", "", 0)).await?;
                done.fetch_add(1, Relaxed);
            }
            Ok::<(), CommandError>(())
        });
    }
    let start = Instant::now();
    for outcome in tasks.join_all().await {
        outcome?;
    }
    #[allow(clippy::cast_precision_loss, reason = "a count of requests")]
    Ok(done.load(Relaxed) as f64 / start.elapsed().as_secs_f64())
}

/// Each client is a new browser for each support, so that each is one row. Counts rows before and after.
pub(super) async fn supports_a_second(app: &Arc<App>, address: &str, seconds: u64) -> Result<(f64, i64), CommandError> {
    let open = "SELECT c.number FROM contribution c JOIN phase p ON p.project_id = c.project_id WHERE c.kind = 'idea' \
                AND c.visible AND p.supporting ORDER BY c.number LIMIT 1";
    let number: i64 = db::scalar(app.db.read(), open, vec![]).await?.unwrap_or(1);
    let rows = "SELECT count(*) FROM reaction r JOIN contribution c ON c.id = r.contribution_id WHERE c.number = $1";
    let before = db::count(app.db.read(), rows, args![number]).await?;
    let done = Arc::new(AtomicUsize::new(0));
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut tasks = tokio::task::JoinSet::new();
    let start = Instant::now();
    for client in 0..CLIENTS {
        let (done, address, app) = (done.clone(), address.to_owned(), app.clone());
        tasks.spawn(async move {
            let mut connection = Client::open(&address).await?;
            let mut n = 0_u32;
            while Instant::now() < end {
                n += 1;
                let visitor = app.moment().id();
                let (status, _) = connection.send(&support(&app, visitor, number, client, n)).await?;
                if status == 200 || status == 303 {
                    done.fetch_add(1, Relaxed);
                } else {
                    return Err(CommandError::new(format!("a support was answered {status}")));
                }
            }
            Ok::<(), CommandError>(())
        });
    }
    for outcome in tasks.join_all().await {
        outcome?;
    }
    let took = start.elapsed().as_secs_f64();
    let added = db::count(app.db.read(), rows, args![number]).await? - before;
    let acknowledged = i64::try_from(done.load(Relaxed)).unwrap_or(i64::MAX);
    #[allow(clippy::cast_precision_loss, reason = "a count of requests")]
    Ok((acknowledged as f64 / took, (acknowledged - added).abs()))
}

/// A support as a browser of another address sends it: limits count per address.
fn support(app: &App, visitor: Uuid, number: i64, client: usize, n: u32) -> String {
    let sealed = app.secrets.seal("visitor", &visitor.to_string());
    let token = app.secrets.sign("csrf", &format!("nonce visitor {visitor}"));
    let body = format!("_csrf=nonce.{token}&vouloir=1");
    let from = format!("10.{}.{}.{}", client % 250, n / 250 % 250, n % 250);
    format!(
        "POST /idees/{number}/soutenir HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {from}\r\nAccept: application/json\r\n\
         Cookie: {}={sealed}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        cookies::VISITOR,
        body.len()
    )
}

/// Resident memory of this process, from Linux; 0 elsewhere.
fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) / 1024
}
