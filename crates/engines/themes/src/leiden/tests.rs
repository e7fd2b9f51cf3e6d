use super::*;
use proptest::prelude::*;

/// Zachary's karate club (1977), nodes from 0. The best modularity known is 0.4197896.
const KARATE: &[(u32, &[u32])] = &[
    (0, &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31]),
    (1, &[2, 3, 7, 13, 17, 19, 21, 30]),
    (2, &[3, 7, 8, 9, 13, 27, 28, 32]),
    (3, &[7, 12, 13]),
    (4, &[6, 10]),
    (5, &[6, 10, 16]),
    (6, &[16]),
    (8, &[30, 32, 33]),
    (9, &[33]),
    (13, &[33]),
    (14, &[32, 33]),
    (15, &[32, 33]),
    (18, &[32, 33]),
    (19, &[33]),
    (20, &[32, 33]),
    (22, &[32, 33]),
    (23, &[25, 27, 29, 32, 33]),
    (24, &[25, 27, 31]),
    (25, &[31]),
    (26, &[29, 33]),
    (27, &[33]),
    (28, &[31, 33]),
    (29, &[32, 33]),
    (30, &[32, 33]),
    (31, &[32, 33]),
    (32, &[33]),
];

fn karate() -> Graph {
    let edges: Vec<(u32, u32, f64)> = KARATE.iter().flat_map(|(a, list)| list.iter().map(|b| (*a, *b, 1.0))).collect();
    assert_eq!(edges.len(), 78);
    Graph::from_edges(34, &edges)
}

#[test]
fn karate_club_reaches_the_best_modularity_known() {
    let graph = karate();
    for seed in 0..20 {
        let q = graph.modularity(&leiden(&graph, 1.0, seed), 1.0);
        assert!(q > 0.4197896 * 0.99, "seed {seed}: {q}");
    }
}

#[test]
fn a_seed_gives_one_result() {
    let graph = karate();
    assert_eq!(leiden(&graph, 1.0, 7), leiden(&graph, 1.0, 7));
}

#[test]
fn a_ring_of_cliques_gives_the_cliques() {
    let mut edges = Vec::new();
    for c in 0..6u32 {
        for i in 0..5 {
            for j in 0..i {
                edges.push((c * 5 + i, c * 5 + j, 1.0));
            }
        }
        edges.push((c * 5, (c * 5 + 5) % 30, 1.0));
    }
    let graph = Graph::from_edges(30, &edges);
    let expected: Vec<usize> = (0..30).map(|n| n / 5).collect();
    assert_eq!(leiden(&graph, 1.0, 3), expected);
}

#[test]
fn graphs_without_edges_stay_apart() {
    assert_eq!(leiden(&Graph::from_edges(0, &[]), 1.0, 1), Vec::<usize>::new());
    let odd = [(0, 9, 1.0), (0, 1, f64::NAN), (1, 2, -1.0), (0, 2, f64::INFINITY)];
    assert_eq!(leiden(&Graph::from_edges(3, &odd), 1.0, 1), vec![0, 1, 2]);
    assert_eq!(leiden(&Graph::from_edges(2, &[(0, 0, 1.0)]), 1.0, 1), vec![0, 1]);
}

/// The graph and the modularity that `checks/leidenalg.py --write` measured with leidenalg on texts of its own.
#[test]
fn modularity_is_that_of_leidenalg() {
    let file = include_str!("../../tests/data/leidenalg.tsv");
    let mut lines = file.lines().filter(|l| !l.starts_with('#'));
    let head: Vec<f64> = lines.next().unwrap().split('\t').map(|f| f.parse().unwrap()).collect();
    let edges: Vec<(u32, u32, f64)> = lines
        .map(|l| {
            let f: Vec<&str> = l.split('\t').collect();
            (f[0].parse().unwrap(), f[1].parse().unwrap(), f[2].parse().unwrap())
        })
        .collect();
    let graph = Graph::from_edges(head[0] as usize, &edges);
    for seed in 0..5 {
        let q = graph.modularity(&leiden(&graph, 1.0, seed), 1.0);
        assert!((q / head[1] - 1.0).abs() < 0.01, "seed {seed}: {q}, leidenalg {}", head[1]);
    }
}

fn connected(graph: &Graph, partition: &[usize]) -> bool {
    relabel(&split_components(graph, partition)).1 == relabel(partition).1
}

fn graphs() -> impl Strategy<Value = (usize, Vec<(u32, u32, f64)>)> {
    (1usize..40).prop_flat_map(|n| {
        let node = 0..n as u32;
        (Just(n), prop::collection::vec((node.clone(), node, 0.01f64..3.0), 0..120))
    })
}

proptest! {
    #[test]
    fn laws_of_a_partition((n, edges) in graphs(), resolution in 0.2f64..3.0, seed in 0u64..50) {
        let graph = Graph::from_edges(n, &edges);
        let found = leiden(&graph, resolution, seed);
        prop_assert_eq!(found.len(), n);
        prop_assert_eq!(&relabel(&found).0, &found);
        prop_assert!(connected(&graph, &found));
        let alone: Vec<usize> = (0..n).collect();
        prop_assert!(graph.modularity(&found, resolution) >= graph.modularity(&alone, resolution) - 1e-9);
    }

    #[test]
    fn aggregation_keeps_modularity((n, edges) in graphs(), seed in 0u64..50) {
        let graph = Graph::from_edges(n, &edges);
        let found = leiden(&graph, 1.0, seed);
        let count = relabel(&found).1;
        let whole = graph.aggregate(&found, count);
        let each: Vec<usize> = (0..count).collect();
        prop_assert!((graph.total() - whole.total()).abs() < 1e-9);
        prop_assert!((graph.modularity(&found, 1.0) - whole.modularity(&each, 1.0)).abs() < 1e-9);
    }
}
