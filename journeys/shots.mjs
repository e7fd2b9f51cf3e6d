// Pictures of pages, to look at. Not a test.
//   node shots.mjs FOLDER [name or /path …]      starts the demo itself
//   BASE=http://localhost:8080 node shots.mjs FOLDER …   uses a running demo (pages that need a role need LINK_OWNER=… etc.)
// Names are those of pages.mjs (`reglages` is that page, `reglages-` all that start so); a path is taken as it is,
// `owner:/equipe` as that role. WIDTHS=1280,390 SCHEMES=light,dark FULL=1 (whole page; 0 for the first screen).
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { start } from './server.mjs';
import { open, pages, windowFor } from './pages.mjs';

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) {
  console.error('node shots.mjs FOLDER [name or /path …]');
  process.exit(2);
}
const list = text => text.split(',').filter(Boolean);
const widths = list(process.env.WIDTHS || '1280,390').map(Number);
const schemes = list(process.env.SCHEMES || 'light,dark');
const fullPage = process.env.FULL !== '0';
const free = wanted.filter(w => /^(\w+:)?\//.test(w)).map(w => {
  const [, as, path] = w.match(/^(?:(\w+):)?(\/.*)$/);
  return { name: path.replace(/[^\p{L}\d]+/gu, '-').replace(/^-|-$/g, '') || 'accueil', as, path };
});
const named = wanted.filter(w => !/^(\w+:)?\//.test(w));
const chosen = [...(wanted.length === 0 ? pages : named.flatMap(n => (pages.some(p => p.name === n) ? pages.filter(p => p.name === n) : pages.filter(p => p.name.startsWith(n))))), ...free];

await mkdir(folder, { recursive: true });
const servers = {};
const serverOf = async kind => {
  if (process.env.BASE) {
    const links = Object.fromEntries(Object.entries(process.env).filter(([k]) => k.startsWith('LINK_')).map(([k, v]) => [k.slice(5).toLowerCase(), v]));
    return { base: process.env.BASE, links, stop: async () => {} };
  }
  servers[kind] ??= start(kind);
  return servers[kind];
};
const browser = await launch();
let problems = 0;
for (const spec of chosen) {
  const kind = spec.on ?? 'demo';
  try {
    const server = await serverOf(kind);
    const page = await windowFor(browser, server, spec);
    await open(page, server, spec, browser);
    for (const width of widths) {
      for (const colorScheme of schemes) {
        await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
        await page.emulateMedia({ colorScheme });
        const file = join(folder, `${spec.name}-${width}${colorScheme === 'dark' ? '-dark' : ''}.png`);
        await page.screenshot({ path: file, fullPage });
        console.log(file);
      }
    }
    for (const fault of page.faults) console.error(`${spec.name}: ${fault}`);
    await page.leave();
  } catch (e) {
    problems += 1;
    console.error(`${spec.name}: ${e.message.split('\n')[0]}`);
  }
}
await browser.close();
for (const server of Object.values(servers)) await (await server).stop();
process.exit(problems ? 1 : 0);
