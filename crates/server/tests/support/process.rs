//! The program as processes of its own, and a mail server for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command},
    sync::{Arc, Mutex},
    time::Duration,
};

use parvis_kernel::{
    app::App,
    args,
    context::Moment,
    db,
    mail::{self, NewMail},
    settings::{self, Smtp},
    url::encode,
};
use sea_orm::FromQueryResult;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The program with these arguments, in a French terminal.
pub fn parvis(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
    command.args(args).arg("--data").arg(data).env_remove("PARVIS_DATABASE_URL").env("LC_ALL", "fr_FR.UTF-8");
    command
}

/// Waits for `enough`, at most a minute.
pub async fn until(what: &str, mut enough: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !enough().await {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(60), wait).await.is_ok(), "{what}");
}

/// No word to the program: SIGKILL.
pub fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// A process of the test, ended with it whatever happens.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // SIGKILL: no word to the program.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A process that serves, and its port.
pub struct Server {
    /// Its port.
    pub port: u16,
    _process: Running,
}

impl Server {
    /// Once it says where it is open.
    pub async fn of(mut child: Child) -> Self {
        let out = child.stdout.take().unwrap();
        let process = Running(child);
        let first = tokio::task::spawn_blocking(move || {
            let mut lines = BufReader::new(out).lines();
            let first = lines.next();
            // Read to its end, or the process would wait for a reader.
            std::thread::spawn(move || lines.map_while(Result::ok).count());
            first
        });
        let line = first.await.unwrap().expect("it says where it is open").unwrap();
        let port = line.trim().rsplit(':').next().unwrap().parse().unwrap();
        Self { port, _process: process }
    }
}

/// An answer of HTTP.
pub struct Plain {
    /// Status.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// What it holds.
    pub body: Vec<u8>,
}

impl Plain {
    /// The values of a header.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The value of a header, empty without it.
    pub fn header(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// What it holds, as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks one thing of HTTP/1.0, which answers and hangs up.
pub async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, head: &str, body: &[u8]) -> Plain {
    let head = format!("{head}Content-Length: {}\r\n\r\n", body.len());
    stream.write_all(&[head.as_bytes(), body].concat()).await.unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).await.unwrap();
    let end = all.windows(4).position(|w| w == b"\r\n\r\n").expect("an answer");
    let head = String::from_utf8(all[..end].to_vec()).unwrap();
    let header = |line: &str| line.split_once(':').map(|(n, v)| (n.to_owned(), v.trim().to_owned()));
    Plain {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        headers: head.lines().filter_map(header).collect(),
        body: all[end + 4..].to_vec(),
    }
}

/// A browser that goes to one process, then to the other, as a balancer in front of them would send it.
#[derive(Default)]
pub struct Visitor {
    /// What it was given to keep.
    pub cookies: BTreeMap<String, String>,
    /// Form token of the last page with a form.
    pub token: String,
}

impl Visitor {
    /// Asks for a page.
    pub async fn get(&mut self, at: &Server, path: &str) -> Plain {
        self.send(at, &format!("GET {path} HTTP/1.0\r\n"), &[]).await
    }

    /// Sends a form with the token of the last page.
    pub async fn post(&mut self, at: &Server, path: &str, fields: &[(&str, &str)]) -> Plain {
        let token = self.token.clone();
        let all = [&[("_csrf", token.as_str())], fields].concat();
        let body = all.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect::<Vec<_>>().join("&");
        let head = format!("POST {path} HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        self.send(at, &head, body.as_bytes()).await
    }

    /// Sends what stands after a head as it is.
    pub async fn send(&mut self, at: &Server, head: &str, body: &[u8]) -> Plain {
        let cookies = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
        let stream = TcpStream::connect(("127.0.0.1", at.port)).await.unwrap();
        let answer = ask(stream, &format!("{head}Host: localhost\r\nCookie: {cookies}\r\n"), body).await;
        for cookie in answer.all("set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let text = answer.text();
        if let Some(token) = text.split("name=\"_csrf\" value=\"").nth(1).and_then(|t| t.split('"').next()) {
            self.token = token.to_owned();
        }
        answer
    }
}

/// Addresses of the mails that a server took, in order.
pub type Taken = Arc<Mutex<Vec<String>>>;

/// A mail server that takes its time.
pub async fn mail_server(taken: Taken) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, taken.clone()));
        }
    });
    port
}

/// Answers until the other side hangs up or dies.
async fn talk(mut stream: TcpStream, taken: Taken) -> std::io::Result<()> {
    let (read, mut write) = stream.split();
    let mut lines = tokio::io::BufReader::new(read).lines();
    let (mut to, mut in_data) = (String::new(), false);
    write.write_all(b"220 test\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let upper = line.to_ascii_uppercase();
        let answer: &[u8] = match () {
            () if in_data && line != "." => continue,
            () if in_data => {
                in_data = false;
                taken.lock().unwrap().push(std::mem::take(&mut to));
                tokio::time::sleep(Duration::from_millis(5)).await;
                b"250 taken\r\n"
            }
            () if upper.starts_with("EHLO") => b"250-test\r\n250 8BITMIME\r\n",
            () if upper.starts_with("RCPT") => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                b"250 ok\r\n"
            }
            () if upper.starts_with("DATA") => {
                in_data = true;
                b"354 go on\r\n"
            }
            () if upper.starts_with("QUIT") => b"221 bye\r\n",
            () => b"250 ok\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}

/// A letter that waits, the `i`th: to an address of its own.
pub fn letter(i: usize, moment: &Moment) -> NewMail {
    NewMail {
        dedupe: format!("test/{i}"),
        person: None,
        kind: "answer",
        to: format!("p{i}@rivemont.example"),
        subject: format!("Sujet {i}"),
        text: "La mairie a répondu".into(),
        html: "<p>La mairie a répondu</p>".into(),
        unsubscribe: String::new(),
        after: moment.now,
    }
}

/// Sets this mail server and queues mails, each to another address.
pub async fn queue(app: &App, port: u16, mails: usize) {
    let moment = app.moment();
    app.db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                settings::change(tx, |s| {
                    s.set_up_at = Some(moment.now);
                    s.contact = "bonjour@rivemont.example".into();
                    // The machine's clock may say night.
                    s.quiet.on = false;
                    s.smtp = Smtp { host: "127.0.0.1".into(), port, security: "none".into(), ..Smtp::default() };
                })
                .await?;
                for i in 0..mails {
                    mail::queue(tx, &moment, &letter(i, &moment)).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[derive(FromQueryResult)]
struct Kept {
    recipient: String,
    state: String,
}

/// Each mail came once, or nobody knows whether it did. Says of how many nobody knows.
pub async fn each_once(app: &App, taken: &Taken, mails: usize) -> usize {
    let kept: Vec<Kept> =
        db::all(app.db.read(), "SELECT recipient, state FROM mail ORDER BY id", args![]).await.unwrap();
    let taken = taken.lock().unwrap().clone();
    let once: BTreeSet<&String> = taken.iter().collect();
    assert_eq!(once.len(), taken.len(), "a mail came twice");
    assert_eq!(kept.len(), mails);
    for mail in &kept {
        match mail.state.as_str() {
            "sent" => assert!(once.contains(&mail.recipient), "{} is said to have left", mail.recipient),
            // Nobody knows: the outbox says so, and a person decides.
            state => assert_eq!(state, "sending", "{}", mail.recipient),
        }
    }
    kept.iter().filter(|m| m.state == "sending").count()
}
