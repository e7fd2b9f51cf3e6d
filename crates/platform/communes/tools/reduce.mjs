// Reduces the npm package @etalab/decoupage-administratif to data/communes.gz and writes data/SOURCE.md.
//
// From an empty temporary folder:
//   npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf *.tgz
// then from this crate's folder:
//   node tools/reduce.mjs <that folder>/package
//
// Format of communes.gz (gzip of UTF-8): five sections separated by a form feed, one line per item.
//   1. departments: code TAB name
//   2. INSEE codes, sorted in byte order   3. names   4. populations (empty: unknown)   5. postcodes, separated by spaces
// Line n of sections 2 to 5 is about the same commune. Columns rather than rows: 11 % smaller once compressed.
// A commune's department is the first two characters of its INSEE code, or the first three from 97 on.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const source = process.argv[2];
if (!source) {
  console.error("usage: node tools/reduce.mjs PACKAGE_FOLDER");
  process.exit(2);
}
const read = (name) => JSON.parse(readFileSync(join(source, name), "utf8"));
const manifest = read("package.json");
const departments = read("data/departements.json");
const communes = read("data/communes.json")
  .filter((c) => c.type === "commune-actuelle")
  .sort((a, b) => (a.code < b.code ? -1 : 1));

const known = new Set(departments.map((d) => d.code));
for (const c of communes) {
  const department = c.code.slice(0, c.code >= "97" ? 3 : 2);
  if (c.departement !== department || !known.has(department)) throw new Error(`department of ${c.code}`);
  if (!/^[0-9AB]{5}$/.test(c.code) || /[\t\n\f]/.test(c.nom)) throw new Error(`unexpected form: ${c.code} ${c.nom}`);
}

const sections = [
  departments.map((d) => `${d.code}\t${d.nom}`),
  communes.map((c) => c.code),
  communes.map((c) => c.nom.normalize("NFC")),
  communes.map((c) => c.population ?? ""),
  communes.map((c) => (c.codesPostaux ?? []).join(" ")),
];
const text = sections.map((s) => s.join("\n")).join("\f");
const packed = gzipSync(text, { level: 9 });

const data = join(dirname(fileURLToPath(import.meta.url)), "..", "data");
writeFileSync(join(data, "communes.gz"), packed);
writeFileSync(
  join(data, "SOURCE.md"),
  `# Source of \`communes.gz\`

| | |
|---|---|
| package | \`${manifest.name}\` ${manifest.version} (npm) |
| made on | ${new Date().toISOString().slice(0, 10)} by \`tools/reduce.mjs\` |
| vintage | 2026: official geographic code and populations published by INSEE, postcodes published by La Poste |
| licence of the data | Licence Ouverte / Open Licence (Etalab) |
| licence of the package's code | MIT, copyright 2018-2019 Etalab (none of that code is here) |
| kept | ${communes.length} current communes, mainland and overseas: INSEE code, name, population, postcodes; ${departments.length} departments and territories |
| left out | municipal districts, delegated and associated communes, SIREN, regions, arrondissements, EPCI |
| size | ${packed.length} bytes, ${Buffer.byteLength(text)} once unpacked |

To cite with the data: "Code officiel géographique et populations légales, INSEE; base officielle des codes postaux, La Poste;
réunis par Etalab, Licence Ouverte".
`,
);
console.log(`${communes.length} communes, ${packed.length} bytes`);
