//! Who may come in: so many in all, and so many from one address.

use crate::config::Limits;
use crate::metrics::name;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Counts connections.
pub(super) struct Gate {
    places: Arc<Semaphore>,
    total: u32,
    per_address: u32,
    trusted: Vec<IpAddr>,
    by_address: Arc<Mutex<HashMap<IpAddr, u32>>>,
}

/// One connection's place; free again when it is dropped.
pub(super) struct Seat {
    address: Option<IpAddr>,
    by_address: Arc<Mutex<HashMap<IpAddr, u32>>>,
    _place: OwnedSemaphorePermit,
}

impl Gate {
    pub(super) fn new(limits: &Limits, trusted: &[IpAddr]) -> Self {
        Self {
            places: Arc::new(Semaphore::new(limits.connections as usize)),
            total: limits.connections,
            per_address: limits.connections_per_address,
            trusted: trusted.to_vec(),
            by_address: Arc::default(),
        }
    }

    /// Waits until one more connection may be accepted.
    pub(super) async fn place(&self) -> OwnedSemaphorePermit {
        match Arc::clone(&self.places).acquire_owned().await {
            Ok(place) => place,
            // Nobody closes the semaphore; if somebody did, nobody would be let in any more.
            Err(_) => std::future::pending().await,
        }
    }

    /// Lets a connection in, unless its address has too many already.
    pub(super) fn enter(&self, peer: IpAddr, place: OwnedSemaphorePermit) -> Option<Seat> {
        let address = counted_as(peer);
        let is_counted = !self.trusted.contains(&peer.to_canonical());
        if is_counted {
            let mut by_address = self
                .by_address
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let count = by_address.entry(address).or_insert(0);
            if *count >= self.per_address {
                return None;
            }
            *count += 1;
        }
        ::metrics::gauge!(name::CONNECTIONS).increment(1);
        Some(Seat {
            address: is_counted.then_some(address),
            by_address: Arc::clone(&self.by_address),
            _place: place,
        })
    }

    /// Returns when nobody is in.
    pub(super) async fn emptied(&self) {
        let _ = self.places.acquire_many(self.total).await;
    }
}

/// Whoever has one IPv6 address has its whole /64.
fn counted_as(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from(network))
        }
        address => address,
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        ::metrics::gauge!(name::CONNECTIONS).decrement(1);
        let Some(address) = self.address else { return };
        let mut by_address = self
            .by_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = by_address.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                by_address.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(per_address: u32, trusted: &[IpAddr]) -> Gate {
        let limits = Limits {
            connections: 10,
            connections_per_address: per_address,
            ..Limits::default()
        };
        Gate::new(&limits, trusted)
    }

    async fn enter(gate: &Gate, address: &str) -> Option<Seat> {
        let place = gate.place().await;
        gate.enter(address.parse().unwrap(), place)
    }

    #[tokio::test]
    async fn an_address_has_so_many_places_and_gets_them_back() {
        let gate = gate(2, &[]);
        let first = enter(&gate, "10.0.0.1").await.unwrap();
        let _second = enter(&gate, "::ffff:10.0.0.1").await.unwrap();
        assert!(enter(&gate, "10.0.0.1").await.is_none());
        assert!(enter(&gate, "10.0.0.2").await.is_some());
        drop(first);
        assert!(enter(&gate, "10.0.0.1").await.is_some());
    }

    #[tokio::test]
    async fn a_network_of_ipv6_is_one_address() {
        let gate = gate(1, &[]);
        let _first = enter(&gate, "2001:db8::1").await.unwrap();
        assert!(enter(&gate, "2001:db8::2").await.is_none());
        assert!(enter(&gate, "2001:db8:0:1::2").await.is_some());
    }

    #[tokio::test]
    async fn without_the_limit_or_from_a_trusted_proxy_everybody_comes_in() {
        for gate in [gate(u32::MAX, &[]), gate(2, &["10.0.0.1".parse().unwrap()])] {
            let mut seats = Vec::new();
            for _ in 0..5 {
                seats.push(enter(&gate, "10.0.0.1").await.unwrap());
            }
        }
    }
}
