//! `MoveNodesFast` of the paper: each node goes to the community that gains most, and a move wakes its neighbours.

use super::EPSILON;
use crate::graph::Graph;
use crate::rng::SplitMix64;
use std::collections::VecDeque;

/// The weight from one node to each community around it, without clearing a whole table for each node.
pub(super) struct Around {
    weight: Vec<f64>,
    touched: Vec<usize>,
}

impl Around {
    pub(super) fn new(communities: usize) -> Self {
        Self { weight: vec![0.0; communities], touched: Vec::new() }
    }

    pub(super) fn clear(&mut self) {
        for c in self.touched.drain(..) {
            self.weight[c] = 0.0;
        }
    }

    pub(super) fn add(&mut self, community: usize, weight: f64) {
        if self.weight[community] == 0.0 {
            self.touched.push(community);
        }
        self.weight[community] += weight;
    }

    pub(super) fn to(&self, community: usize) -> f64 {
        self.weight[community]
    }

    /// The community with the greatest gain above that of `own`, among those allowed; equals by who came first.
    pub(super) fn best(
        &self,
        own: (usize, f64),
        gain: impl Fn(usize) -> f64,
        allowed: impl Fn(usize) -> bool,
    ) -> (usize, f64) {
        let mut best = own;
        for &c in self.touched.iter().filter(|c| allowed(**c)) {
            let g = gain(c);
            if g > best.1 + EPSILON {
                best = (c, g);
            }
        }
        best
    }
}

/// `partition` holds numbers below the number of nodes and is changed in place.
pub(super) fn move_nodes(graph: &Graph, partition: &mut [usize], resolution: f64, rng: &mut SplitMix64) {
    let n = graph.len();
    if graph.total() <= 0.0 {
        return;
    }
    let scale = resolution / (2.0 * graph.total());
    let mut strength = vec![0.0; n];
    let mut size = vec![0usize; n];
    for (node, c) in partition.iter().enumerate() {
        strength[*c] += graph.strength(node);
        size[*c] += 1;
    }
    let mut free: Vec<usize> = (0..n).rev().filter(|c| size[*c] == 0).collect();
    let mut order: Vec<usize> = (0..n).collect();
    rng.shuffle(&mut order);
    let mut queue: VecDeque<usize> = order.into();
    let mut queued = vec![true; n];
    let mut around = Around::new(n);
    while let Some(node) = queue.pop_front() {
        queued[node] = false;
        let old = partition[node];
        let k = graph.strength(node);
        around.clear();
        for (t, w) in graph.neighbours(node) {
            around.add(partition[t], w);
        }
        strength[old] -= k;
        size[old] -= 1;
        let gain = |c: usize| around.to(c) - scale * k * strength[c];
        let (mut best, best_gain) = around.best((old, gain(old)), gain, |_| true);
        // Alone is worth 0.
        if best_gain < -EPSILON && size[old] > 0 {
            best = free.pop().unwrap_or(old);
        }
        strength[best] += k;
        size[best] += 1;
        if best == old {
            continue;
        }
        if size[old] == 0 {
            strength[old] = 0.0;
            free.push(old);
        }
        partition[node] = best;
        for (t, _) in graph.neighbours(node) {
            if partition[t] != best && !queued[t] {
                queued[t] = true;
                queue.push_back(t);
            }
        }
    }
}
