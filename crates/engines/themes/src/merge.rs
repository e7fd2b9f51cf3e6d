//! Small communities join their neighbours, after the Leiden algorithm and apart from it.

use crate::graph::{Graph, relabel};

/// Joins each community of fewer than `fewest` nodes, the smallest first, to the one among its neighbours where
/// modularity ends highest. A community without a neighbour stays.
pub(crate) fn join_small(graph: &Graph, communities: &[usize], resolution: f64, fewest: f64) -> Vec<usize> {
    let (mut partition, mut count) = relabel(communities);
    loop {
        let mut sizes = vec![0usize; count];
        for c in &partition {
            sizes[*c] += 1;
        }
        let level = graph.aggregate(&partition, count);
        let target = |c: usize| {
            let gain = |(other, weight): (usize, f64)| {
                let chance = level.strength(c) * level.strength(other) / (2.0 * level.total());
                (other, weight - resolution * chance)
            };
            level.neighbours(c).map(gain).reduce(|a, b| if b.1 > a.1 { b } else { a })
        };
        let smallest = (0..count)
            .filter(|c| (sizes[*c] as f64) < fewest)
            .filter_map(|c| target(c).map(|(other, _)| (sizes[c], c, other)))
            .min();
        let Some((_, from, to)) = smallest else {
            return partition;
        };
        for c in &mut partition {
            if *c == from {
                *c = to;
            }
        }
        (partition, count) = relabel(&partition);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_one_joins_the_neighbour_it_is_tied_to() {
        let edges = [
            (0, 1, 1.0),
            (1, 2, 1.0),
            (0, 2, 1.0),
            (3, 4, 1.0),
            (4, 5, 1.0),
            (3, 5, 1.0),
            (2, 3, 0.1),
            (5, 6, 0.2),
            (2, 6, 0.1),
        ];
        let graph = Graph::from_edges(8, &edges);
        let found = [0, 0, 0, 1, 1, 1, 2, 3];
        assert_eq!(join_small(&graph, &found, 1.0, 0.0), found);
        // The node 7 has no neighbour and stays alone.
        assert_eq!(join_small(&graph, &found, 1.0, 2.0), [0, 0, 0, 1, 1, 1, 1, 2]);
        assert_eq!(join_small(&graph, &found, f64::NAN, 9.0).len(), 8);
    }
}
