#!/usr/bin/env python3
"""Writes a file of contributions to measure imports with: `import_rows.py 100000 > rows.csv`. The same rows each time."""
import random
import sys

WHAT = "un banc, un abri à vélos, un passage piéton, des arbres, un composteur, une aire de jeux, un éclairage, une fontaine, un marché, une rampe".split(", ")
WHERE = "devant l’école, près de la gare, au bord de la rivière, sur la place, derrière la mairie, dans le parc, le long du canal, à l’arrêt de bus".split(", ")
WHY = "pour les enfants, car la rue est dangereuse, afin que chacun puisse s’asseoir, parce que l’été il fait trop chaud, pour aller à pied sans peur, et cela coûterait peu".split(", ")
TAGS = "Mobilités, Nature, Écoles, Propreté, Solidarité, Culture".split(", ")
AREAS = "Gare Sud, Les Tilleuls, Centre-ville, La Prairie".split(", ")


def main(rows: int) -> None:
    chance = random.Random(1)
    pick = chance.choice
    print("id;title/fr;body/fr;category/name/fr;scope/name/fr;published_at;state;endorsements/total_count;author/name")
    for i in range(rows):
        what, where = pick(WHAT), pick(WHERE)
        body = ". ".join(f"Il faudrait {pick(WHAT)} {pick(WHERE)} {pick(WHY)}" for _ in range(chance.randint(2, 6)))
        day = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} {chance.randint(0, 23):02}:05:00 UTC"
        print(f"{i};{what.capitalize()} {where} {i};{body}.;{pick(TAGS)};{pick(AREAS)};{day};not_answered;{chance.randint(0, 300)};Personne {i % 9000}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
