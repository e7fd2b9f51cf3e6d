//! The Leiden algorithm for communities of a graph, maximising modularity.
//!
//! Source: V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities",
//! Scientific Reports 9:5233 (2019), algorithms A.1 and A.2. As in the authors' `leidenalg`, the refinement takes
//! the best well-connected community instead of drawing one at random, and the whole is repeated from its own result
//! until nothing improves. Nodes are visited in an order drawn from the seed, so a seed gives one result.

mod moves;
mod refine;

use crate::graph::{Graph, relabel};
use crate::rng::SplitMix64;

/// Rounds of the whole algorithm: it stops by itself after two to four on the graphs met here.
const MAX_ROUNDS: usize = 10;
/// Gains below this are rounding, and following them could go round in circles.
pub(crate) const EPSILON: f64 = 1e-10;

/// The community of each node, numbered from 0 in the order of their first node. Every community is connected; a node
/// without edges is alone. `resolution` is γ in [`Graph::modularity`]: above 1 more and smaller communities.
#[must_use]
pub fn leiden(graph: &Graph, resolution: f64, seed: u64) -> Vec<usize> {
    let mut rng = SplitMix64::new(seed);
    let mut best: Vec<usize> = (0..graph.len()).collect();
    let mut quality = graph.modularity(&best, resolution);
    for _ in 0..MAX_ROUNDS {
        let next = split_components(graph, &round(graph, &best, resolution, &mut rng));
        let gained = graph.modularity(&next, resolution);
        if gained <= quality + EPSILON {
            break;
        }
        best = next;
        quality = gained;
    }
    relabel(&best).0
}

/// Moves, refines and aggregates until each node of the aggregate is a community.
fn round(graph: &Graph, start: &[usize], resolution: f64, rng: &mut SplitMix64) -> Vec<usize> {
    let mut partition = relabel(start).0;
    // The node of the aggregate that stands for each node of the graph.
    let mut stands: Vec<usize> = (0..graph.len()).collect();
    let mut level = graph.clone();
    loop {
        moves::move_nodes(&level, &mut partition, resolution, rng);
        let (moved, count) = relabel(&partition);
        partition = moved;
        if count == level.len() {
            break;
        }
        let (refined, parts) = relabel(&refine::refine(&level, &partition, resolution, rng));
        if parts == level.len() {
            break;
        }
        let mut above = vec![0; parts];
        for (node, part) in refined.iter().enumerate() {
            above[*part] = partition[node];
        }
        for s in &mut stands {
            *s = refined[*s];
        }
        level = level.aggregate(&refined, parts);
        partition = above;
    }
    stands.into_iter().map(|s| partition[s]).collect()
}

/// Gives each connected part of a community a number of its own: modularity can only rise, and "every community is
/// connected" holds even where the refinement had nothing left to merge.
fn split_components(graph: &Graph, partition: &[usize]) -> Vec<usize> {
    let mut out = vec![usize::MAX; graph.len()];
    let mut stack = Vec::new();
    let mut next = 0;
    for start in 0..graph.len() {
        if out[start] != usize::MAX {
            continue;
        }
        out[start] = next;
        stack.push(start);
        while let Some(node) = stack.pop() {
            for (t, _) in graph.neighbours(node) {
                if out[t] == usize::MAX && partition[t] == partition[node] {
                    out[t] = next;
                    stack.push(t);
                }
            }
        }
        next += 1;
    }
    out
}

#[cfg(test)]
mod tests;
