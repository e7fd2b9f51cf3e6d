#!/usr/bin/env python3
"""Times the statements of a search of the directory (people/src/directory/store.rs) on invented people, in SQLite.

Usage: directory_search.py [PEOPLE]    100,000 when nothing is said. The same people each time; nothing is kept.
"""
import random, sqlite3, statistics, sys, tempfile, time, uuid

FEW = 2000  # deeds::FEW
COUNTED = 1000
BEFORE = ["", "% ", "%.", "%-", "%\\_", "%+", "%@", "%'"]
dice = random.Random(7)
syllables = "ba ro mi du le gue ran che vi lo mar ti ne sa bou ca fa gar nier son val dre pe lin ot eau ard el in on".split()
name = lambda least, most: "".join(dice.choice(syllables) for _ in range(dice.randint(least, most)))
firsts, lasts = [name(2, 3) for _ in range(400)], [name(2, 4) for _ in range(20_000)]
domains = ["gmail.com", "orange.fr", "free.fr", "laposte.net", "exemple.fr", "mairie.example"]


def person(n):
    first, last, domain = dice.choice(firsts), dice.choice(lasts), dice.choice(domains)
    own = f"{first}.{last}{n % 97}"
    phone = dice.choice("67") + "".join(dice.choice("0123456789") for _ in range(8))
    words = {first, last, own, own.split(".")[1], domain, domain.split(".")[1], "33" + phone, phone}
    return uuid.UUID(int=dice.getrandbits(128)).bytes, f"{first} {last} {own}@{domain} 33{phone}", words


people = [person(n) for n in range(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)]
folder = tempfile.TemporaryDirectory()
db = sqlite3.connect(f"{folder.name}/people.db")
db.executescript("""PRAGMA journal_mode = wal; PRAGMA cache_size = -8000;
CREATE TABLE person (id BLOB PRIMARY KEY, folded TEXT, erased_at TEXT, merged_into BLOB, about TEXT);
CREATE INDEX person_folded ON person (folded, id) WHERE erased_at IS NULL AND merged_into IS NULL;
CREATE TABLE person_word (word TEXT NOT NULL, person_id BLOB NOT NULL, PRIMARY KEY (word, person_id));
CREATE INDEX person_word_of ON person_word (person_id);""")
db.executemany("INSERT INTO person (id, folded, about) VALUES (?, ?, ?)", [(p[0], p[1], "x" * 150) for p in people])
db.executemany("INSERT INTO person_word VALUES (?, ?)", [(word, p[0]) for p in people for word in p[2]])
db.commit()

HERE = "p.erased_at IS NULL AND p.merged_into IS NULL"
END = f"ORDER BY p.folded, p.id LIMIT {COUNTED + 1}"


def like(word, patterns):
    escaped = word.replace("_", "\\_")
    return " OR ".join("p.folded LIKE ? ESCAPE '\\'" for _ in patterns), [pattern + escaped + "%" for pattern in patterns]


def before(word):
    asked, args = like(word, ["%"])
    return db.execute(f"SELECT p.id FROM person p WHERE {HERE} AND {asked} {END}", args).fetchall()


def now(word):
    ends = [word, word + "\U0010ffff"]
    few = f"SELECT count(*) FROM (SELECT 1 FROM person_word WHERE word >= ? AND word < ? LIMIT {FEW + 1})"
    source, args = "person p", []
    if db.execute(few, ends).fetchone()[0] <= FEW:
        led = "SELECT DISTINCT person_id FROM person_word WHERE word >= ? AND word < ?"
        source, args = f"({led}) w CROSS JOIN person p ON p.id = w.person_id", ends
    (asked, anywhere), (starts, begins) = like(word, ["%"]), like(word, ["%"] if word.isdigit() else BEFORE)
    sql = f"SELECT p.id FROM {source} WHERE {HERE} AND {asked} AND ({starts}) {END}"
    return db.execute(sql, args + anywhere + begins).fetchall()


def median(search, word):
    times = []
    for _ in range(7):
        start = time.perf_counter()
        found = len(search(word))
        times.append((time.perf_counter() - start) * 1000)
    return f"{statistics.median(times):8.2f} ms, {found:5} found"


rare = people[777][1].split()
for word in [rare[1], rare[2].split("@")[0], rare[3][2:], "nobody", rare[1][:4], rare[1][:3], "mar", "du", "orange", "a"]:
    print(f"{word:24} every line {median(before, word)}    its words {median(now, word)}")
