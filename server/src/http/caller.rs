//! Where a request comes from, to count what strangers do: the socket's peer, or what a proxy that we trust says.

use super::Server;
use axum::extract::connect_info::ConnectInfo;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use ipnet::{IpNet, Ipv6Net};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// What proxies add the caller's address to, the nearest one at the end.
const FORWARDED: &str = "x-forwarded-for";

/// Where a request comes from, as far as it is told apart: one IPv4 address, or the network of 64 bits that one IPv6
/// customer has at the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller {
    /// An IPv4 address.
    V4(Ipv4Addr),
    /// The first address of the network of an IPv6 address.
    V6(Ipv6Addr),
    /// No socket said it; all of these count as one.
    Unknown,
}

impl From<IpAddr> for Caller {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => {
                let network = Ipv6Net::new(address, 64);
                Self::V6(network.map_or(address, |network| network.network()))
            }
        }
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(address) => address.fmt(f),
            Self::V6(network) => write!(f, "{network}/64"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

/// Puts the [`Caller`] into the request.
pub async fn recognise(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let caller = peer.map_or(Caller::Unknown, |peer| {
        nearest(peer, request.headers(), &server.trusted_proxies).into()
    });
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// The nearest address that is not a trusted proxy's. Anybody may begin the header with anything, so it is read from its
/// end, and only as far as those whom we trust wrote it.
fn nearest(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let trusts = |address: IpAddr| {
        let address = address.to_canonical();
        trusted.iter().any(|network| network.contains(&address))
    };
    let lines: Vec<&str> = headers
        .get_all(FORWARDED)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let mut known = peer;
    for entry in lines.iter().flat_map(|line| line.split(',')).rev() {
        if !trusts(known) {
            break;
        }
        let entry = entry.trim();
        let address = entry
            .parse()
            .or_else(|_| entry.parse().map(|socket: SocketAddr| socket.ip()));
        let Ok(address) = address else { break };
        known = address;
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn caller(peer: &str, lines: &[&'static str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, HeaderValue::from_static(line));
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|t| t.parse().expect("a net")).collect();
        let peer = peer.parse().expect("an address");
        Caller::from(nearest(peer, &headers, &trusted)).to_string()
    }

    #[test]
    fn only_those_who_are_trusted_say_for_whom_they_ask() {
        let proxies = &["10.0.0.0/8", "2001:db8:1::/48"];
        for (peer, lines, trusted, expected) in [
            ("192.0.2.7", &[][..], &[][..], "192.0.2.7"),
            // Nobody is trusted unless the settings say so, also not the machine itself.
            ("127.0.0.1", &["198.51.100.1"], &[], "127.0.0.1"),
            ("192.0.2.7", &["198.51.100.1"], proxies, "192.0.2.7"),
            ("10.1.1.1", &["198.51.100.1"], proxies, "198.51.100.1"),
            // What stands before the nearest stranger is what that stranger says of himself.
            (
                "10.1.1.1",
                &["203.0.113.9, 198.51.100.1"],
                proxies,
                "198.51.100.1",
            ),
            (
                "10.1.1.1",
                &["203.0.113.9", "198.51.100.1, 10.2.2.2"],
                proxies,
                "198.51.100.1",
            ),
            ("10.1.1.1", &["198.51.100.1:4711"], proxies, "198.51.100.1"),
            ("10.1.1.1", &["unknown"], proxies, "10.1.1.1"),
            ("10.1.1.1", &["10.3.3.3"], proxies, "10.3.3.3"),
            ("10.1.1.1", &[], proxies, "10.1.1.1"),
            (
                "::ffff:10.1.1.1",
                &["198.51.100.1"],
                proxies,
                "198.51.100.1",
            ),
            (
                "2001:db8:1::5",
                &["2001:db8:2:3:4:5:6:7"],
                proxies,
                "2001:db8:2:3::/64",
            ),
            ("2001:db8:2:3:9::1", &[], proxies, "2001:db8:2:3::/64"),
        ] {
            assert_eq!(caller(peer, lines, trusted), expected, "{peer} {lines:?}");
        }
    }
}
