"""Compares this crate's Leiden with the authors' `leidenalg` on one graph.

    python3 -m venv venv && venv/bin/pip install leidenalg==0.12.0 igraph==1.0.0
    cargo run --release -p parvis-themes --example explore -- FILE.csv title,text section edges.tsv
    venv/bin/python checks/leidenalg.py edges.tsv

The file: a first line `nodes<TAB>modularity` with this crate's modularity, then one edge a line, `a<TAB>b<TAB>weight`;
lines that start with # are skipped.

`--write OUT.tsv` instead writes the reference of `cargo test`: a planted-partition graph made here (no real data) with
the modularity that leidenalg reaches on it.
"""

import random
import statistics
import sys
from pathlib import Path

# Run as a script, this file's own folder comes first and its name is that of the library.
sys.path = [p for p in sys.path if Path(p or ".").resolve() != Path(__file__).resolve().parent]
import igraph  # noqa: E402
import leidenalg  # noqa: E402

SEEDS = range(20)


def read(path):
    lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if not line.startswith("#")]
    nodes, ours = int(lines[0][0]), float(lines[0][1])
    return nodes, ours, [(int(a), int(b), float(w)) for a, b, w in lines[1:]]


def partitions(nodes, edges):
    graph = igraph.Graph(n=nodes, edges=[(a, b) for a, b, _ in edges])
    weights = [w for _, _, w in edges]
    for seed in SEEDS:
        yield leidenalg.find_partition(
            graph, leidenalg.RBConfigurationVertexPartition, weights=weights, resolution_parameter=1.0,
            n_iterations=-1, seed=seed,
        ), graph.modularity


def qualities(nodes, edges):
    weights = [w for _, _, w in edges]
    return [modularity(p.membership, weights=weights) for p, modularity in partitions(nodes, edges)]


def planted(nodes=400, groups=8, inside=9.0, outside=4.0, seed=20260101):
    """Groups of unequal size with real-valued weights, so that no partition is obvious."""
    rng = random.Random(seed)
    group = [min(int(groups * rng.random() ** 1.5), groups - 1) for _ in range(nodes)]
    size = [group.count(g) for g in range(groups)]
    edges = []
    for a in range(nodes):
        for b in range(a + 1, nodes):
            same = group[a] == group[b]
            chance = inside / size[group[a]] if same else outside / nodes
            if rng.random() < chance:
                edges.append((a, b, round(rng.uniform(0.1, 0.9), 3)))
    return nodes, edges


def main(args):
    if args[:1] == ["--write"]:
        nodes, edges = planted()
        best = max(qualities(nodes, edges))
        with open(args[1], "w", encoding="utf-8") as out:
            out.write(f"# Made by checks/leidenalg.py --write with leidenalg {leidenalg.version}; a planted partition.\n")
            out.write("# First line: nodes, best modularity of 20 seeds. Then: node, node, weight.\n")
            out.write(f"{nodes}\t{best!r}\n")
            out.writelines(f"{a}\t{b}\t{w}\n" for a, b, w in edges)
        return
    nodes, ours, edges = read(args[0])
    q = qualities(nodes, edges)
    print(f"{nodes} nodes, {len(edges)} edges")
    print(f"leidenalg {leidenalg.version}, {len(q)} seeds: median {statistics.median(q):.6f}, best {max(q):.6f}")
    print(f"this crate: {ours:.6f}, {100 * (ours / max(q) - 1):+.3f} % of the best")


main(sys.argv[1:])
