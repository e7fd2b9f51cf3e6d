//! `RefinePartition` of the paper: inside each community, single nodes merge where both sides are well connected.

use super::EPSILON;
use super::moves::Around;
use crate::graph::Graph;
use crate::rng::SplitMix64;

/// The refined partition, with numbers below the number of nodes: each of its communities lies inside one of
/// `partition`.
pub(super) fn refine(graph: &Graph, partition: &[usize], resolution: f64, rng: &mut SplitMix64) -> Vec<usize> {
    let n = graph.len();
    let scale = resolution / (2.0 * graph.total());
    let mut whole = vec![0.0; n];
    for (node, c) in partition.iter().enumerate() {
        whole[*c] += graph.strength(node);
    }
    // Of each refined community: its strength, and its weight to the rest of the community around it.
    let mut strength: Vec<f64> = (0..n).map(|v| graph.strength(v)).collect();
    let same = |v: usize, t: usize| partition[v] == partition[t];
    let inward = |v: usize| graph.neighbours(v).filter(|(t, _)| same(v, *t)).map(|(_, w)| w).sum::<f64>();
    let mut outward: Vec<f64> = (0..n).map(inward).collect();
    let mut size = vec![1usize; n];
    let mut refined: Vec<usize> = (0..n).collect();
    let mut order: Vec<usize> = (0..n).collect();
    rng.shuffle(&mut order);
    let mut around = Around::new(n);
    for v in order {
        let total = whole[partition[v]];
        let connected = |k: f64, weight: f64| weight + EPSILON >= scale * k * (total - k);
        let own = refined[v];
        let k = graph.strength(v);
        if size[own] != 1 || !connected(k, outward[own]) {
            continue;
        }
        let inside = outward[own];
        around.clear();
        for (t, w) in graph.neighbours(v).filter(|(t, _)| same(v, *t)) {
            around.add(refined[t], w);
        }
        let gain = |c: usize| around.to(c) - scale * k * strength[c];
        let allowed = |c: usize| connected(strength[c], outward[c]);
        let (best, _) = around.best((own, 0.0), gain, allowed);
        if best != own {
            refined[v] = best;
            strength[best] += k;
            outward[best] += inside - 2.0 * around.to(best);
            size[best] += 1;
            size[own] = 0;
            strength[own] = 0.0;
            outward[own] = 0.0;
        }
    }
    refined
}
