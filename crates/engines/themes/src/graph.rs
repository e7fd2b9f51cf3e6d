//! Weighted undirected graphs in compressed sparse rows.

/// A weighted undirected graph. Each edge is stored at both of its ends; a loop is stored apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    offsets: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
    loops: Vec<f64>,
    strength: Vec<f64>,
    total: f64,
}

impl Graph {
    /// Builds a graph of `nodes` nodes from `(a, b, weight)`. The weights of repeated edges add up; an edge to a node
    /// outside `0..nodes` and an edge whose weight is not a positive finite number are left out.
    #[must_use]
    pub fn from_edges(nodes: usize, edges: &[(u32, u32, f64)]) -> Self {
        let inside = |n: u32| (n as usize) < nodes;
        let mut half: Vec<(u32, u32, f64)> = Vec::with_capacity(edges.len() * 2);
        let mut loops = vec![0.0; nodes];
        for &(a, b, w) in edges {
            if !(inside(a) && inside(b) && w > 0.0 && w.is_finite()) {
                continue;
            }
            if a == b {
                loops[a as usize] += w;
            } else {
                half.push((a, b, w));
                half.push((b, a, w));
            }
        }
        half.sort_by_key(|e| (e.0, e.1));
        let mut graph = Self {
            offsets: Vec::with_capacity(nodes + 1),
            targets: Vec::with_capacity(half.len()),
            weights: Vec::with_capacity(half.len()),
            loops,
            strength: Vec::new(),
            total: 0.0,
        };
        let mut rest = half.as_slice();
        graph.offsets.push(0);
        for node in 0..nodes as u32 {
            let len = rest.iter().take_while(|e| e.0 == node).count();
            let (row, tail) = rest.split_at(len);
            graph.push_row(row);
            rest = tail;
        }
        graph.finish();
        graph
    }

    fn push_row(&mut self, row: &[(u32, u32, f64)]) {
        let mut last = None;
        for &(_, target, weight) in row {
            if last == Some(target) {
                if let Some(w) = self.weights.last_mut() {
                    *w += weight;
                }
            } else {
                self.targets.push(target);
                self.weights.push(weight);
                last = Some(target);
            }
        }
        self.offsets.push(self.targets.len());
    }

    fn finish(&mut self) {
        self.strength =
            (0..self.len()).map(|n| self.neighbours(n).map(|(_, w)| w).sum::<f64>() + 2.0 * self.loops[n]).collect();
        self.total = self.strength.iter().sum::<f64>() / 2.0;
    }

    /// How many nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.loops.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.loops.is_empty()
    }

    /// How many edges between two different nodes.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.targets.len() / 2
    }

    /// The neighbours of a node with the weight of the edge, by rising node.
    ///
    /// # Panics
    /// When `node` is not below [`Graph::len`].
    pub fn neighbours(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let row = self.offsets[node]..self.offsets[node + 1];
        self.targets[row.clone()].iter().map(|t| *t as usize).zip(self.weights[row].iter().copied())
    }

    /// The sum of the weights at a node, loops twice.
    ///
    /// # Panics
    /// When `node` is not below [`Graph::len`].
    #[must_use]
    pub fn strength(&self, node: usize) -> f64 {
        self.strength[node]
    }

    /// The sum of the weights of all edges, each once.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.total
    }

    /// Modularity of a partition at a resolution γ: `Q = Σ_c [ e_c/m − γ (K_c/2m)² ]` (Reichardt, Bornholdt 2006;
    /// γ = 1 is Newman, Girvan 2004). `partition[node]` is any number for its community. 0 for a graph without edges
    /// and for a partition of another length.
    #[must_use]
    pub fn modularity(&self, partition: &[usize], resolution: f64) -> f64 {
        if self.total <= 0.0 || partition.len() != self.len() {
            return 0.0;
        }
        let (partition, count) = relabel(partition);
        let mut inner = vec![0.0; count];
        let mut strength = vec![0.0; count];
        for node in 0..self.len() {
            let c = partition[node];
            strength[c] += self.strength[node];
            inner[c] += self.loops[node];
            inner[c] += self.neighbours(node).filter(|(t, _)| partition[*t] == c).map(|(_, w)| w).sum::<f64>() / 2.0;
        }
        let part = |c: usize| inner[c] / self.total - resolution * (strength[c] / (2.0 * self.total)).powi(2);
        (0..count).map(part).sum()
    }

    /// One node per community, `communities` of them: the edges between two communities become one edge, those
    /// inside a loop.
    pub(crate) fn aggregate(&self, partition: &[usize], communities: usize) -> Self {
        let mut edges: Vec<(u32, u32, f64)> = Vec::with_capacity(self.targets.len() / 2 + self.len());
        for node in 0..self.len() {
            let a = partition[node] as u32;
            if self.loops[node] > 0.0 {
                edges.push((a, a, self.loops[node]));
            }
            let upper = self.neighbours(node).filter(|(t, _)| *t > node);
            edges.extend(upper.map(|(t, w)| (a, partition[t] as u32, w)));
        }
        Self::from_edges(communities, &edges)
    }
}

/// Renumbers communities from 0 in the order of their first node; gives how many there are.
#[must_use]
pub fn relabel(partition: &[usize]) -> (Vec<usize>, usize) {
    let mut seen = std::collections::HashMap::new();
    let new = partition
        .iter()
        .map(|c| {
            let next = seen.len();
            *seen.entry(*c).or_insert(next)
        })
        .collect();
    (new, seen.len())
}
