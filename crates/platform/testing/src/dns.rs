//! A name server of one test, on this machine: answers what it was told to, or keeps silent.

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    thread,
};

/// What a name has.
#[derive(Debug, Clone)]
pub enum Has {
    /// A text.
    Txt(String),
    /// An address.
    A(Ipv4Addr),
    /// A mail server.
    Mx(String),
}

impl Has {
    const fn kind(&self) -> u16 {
        match self {
            Self::A(_) => 1,
            Self::Mx(_) => 15,
            Self::Txt(_) => 16,
        }
    }

    fn data(&self) -> Vec<u8> {
        match self {
            Self::A(address) => address.octets().to_vec(),
            Self::Mx(name) => [vec![0, 10], labels(name)].concat(),
            // A text travels in pieces of 255 bytes at most.
            Self::Txt(text) => {
                let piece = |p: &[u8]| [vec![u8::try_from(p.len()).expect("short")], p.to_vec()].concat();
                text.as_bytes().chunks(200).flat_map(piece).collect()
            }
        }
    }
}

fn labels(name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for label in name.split('.').filter(|l| !l.is_empty()) {
        out.push(u8::try_from(label.len()).expect("a short label"));
        out.extend(label.as_bytes());
    }
    out.push(0);
    out
}

/// Starts a name server that answers for these names, until the test ends. A name that is not among them does not exist.
///
/// # Panics
/// When no port is free.
#[must_use]
pub fn name_server(records: &[(&str, Has)]) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = socket.local_addr().expect("an address");
    let records: Vec<(Vec<u8>, Has)> =
        records.iter().map(|(name, has)| (labels(&name.to_ascii_lowercase()), has.clone())).collect();
    thread::spawn(move || {
        let mut bytes = [0; 1500];
        while let Ok((n, from)) = socket.recv_from(&mut bytes) {
            if let Some(reply) = bytes.get(..n).and_then(|query| answer(query, &records)) {
                let _ = socket.send_to(&reply, from);
            }
        }
    });
    address
}

/// A name server that takes questions and answers none, until the socket is dropped.
///
/// # Panics
/// When no port is free.
#[must_use]
pub fn silent_name_server() -> (UdpSocket, SocketAddr) {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let address = socket.local_addr().expect("an address");
    (socket, address)
}

/// The answer to a question (RFC 1035 4.1).
fn answer(query: &[u8], records: &[(Vec<u8>, Has)]) -> Option<Vec<u8>> {
    let asked = query.get(12..)?;
    let end = asked.iter().position(|b| *b == 0)? + 1;
    let name = asked.get(..end)?.to_ascii_lowercase();
    let question = asked.get(..end + 4)?;
    let kind = u16::from_be_bytes([*asked.get(end)?, *asked.get(end + 1)?]);
    let known = records.iter().any(|(n, _)| *n == name);
    let found: Vec<&Has> = records.iter().filter(|(n, h)| *n == name && h.kind() == kind).map(|(_, h)| h).collect();
    let count = u16::try_from(found.len()).ok()?.to_be_bytes();
    let mut out = query.get(..2)?.to_vec();
    out.extend([0x81, if known { 0x80 } else { 0x83 }, 0, 1, count[0], count[1], 0, 0, 0, 0]);
    out.extend(question);
    for has in found {
        let data = has.data();
        let length = u16::try_from(data.len()).ok()?.to_be_bytes();
        // The name asked for, by where it stands.
        out.extend([0xc0, 12]);
        out.extend(has.kind().to_be_bytes());
        out.extend([0, 1, 0, 0, 0, 60, length[0], length[1]]);
        out.extend(data);
    }
    Some(out)
}
