//! Questions to the name servers: the three kinds that a mail's sender depends on.

use std::{net::IpAddr, time::Duration};

use async_trait::async_trait;

/// Longest wait for one answer; it is asked for twice.
pub(super) const TIMEOUT: Duration = Duration::from_secs(2);

/// The name servers did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silent;

/// Who is asked. A name that does not exist has nothing: that is an answer.
#[async_trait]
pub trait Names: Send + Sync {
    /// The texts of a name.
    async fn txt(&self, name: &str) -> Result<Vec<String>, Silent>;
    /// The addresses of a name.
    async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, Silent>;
    /// The mail servers of a name.
    async fn mx(&self, name: &str) -> Result<Vec<String>, Silent>;
}

#[cfg(test)]
pub(crate) mod fixed {
    use super::*;

    /// Names that are written down.
    #[derive(Debug, Default, Clone)]
    pub(crate) struct Fixed {
        txt: Vec<(String, String)>,
        addresses: Vec<(String, IpAddr)>,
        mx: Vec<(String, String)>,
        silent: bool,
    }

    impl Fixed {
        pub(crate) fn silent() -> Self {
            Self { silent: true, ..Self::default() }
        }

        pub(crate) fn txt(mut self, name: &str, text: &str) -> Self {
            self.txt.push((name.into(), text.into()));
            self
        }

        pub(crate) fn address(mut self, name: &str, address: &str) -> Self {
            self.addresses.push((name.into(), address.parse().unwrap()));
            self
        }

        pub(crate) fn mx(mut self, name: &str, server: &str) -> Self {
            self.mx.push((name.into(), server.into()));
            self
        }

        fn of<T: Clone>(&self, list: &[(String, T)], name: &str) -> Result<Vec<T>, Silent> {
            if self.silent {
                return Err(Silent);
            }
            Ok(list.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone()).collect())
        }
    }

    #[async_trait]
    impl Names for Fixed {
        async fn txt(&self, name: &str) -> Result<Vec<String>, Silent> {
            self.of(&self.txt, name)
        }
        async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, Silent> {
            self.of(&self.addresses, name)
        }
        async fn mx(&self, name: &str) -> Result<Vec<String>, Silent> {
            self.of(&self.mx, name)
        }
    }
}
