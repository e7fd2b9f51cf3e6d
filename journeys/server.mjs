// Starts the program as a person would, reads the links it prints, and stops it.
import { spawn, execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import net from 'node:net';
import { test } from './check.mjs';

const run = promisify(execFile);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = process.env.PARVIS_BIN || join(root, 'target', 'debug', 'parvis');
const roles = {
  Propriétaire: 'owner', Administration: 'administrator', Modération: 'moderator', 'Lecture et analyse': 'analyst', Habitante: 'citizen',
};
const running = new Set();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// On PostgreSQL each server has a database of its own: nothing is shared, everything is dropped at the end.
async function freshDatabase() {
  const server = process.env.PARVIS_DATABASE_URL;
  if (!server) return { env: {}, drop: async () => {} };
  const name = `journey_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const sql = statement => run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', statement, server]);
  await sql(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { env: { PARVIS_DATABASE_URL: url.href }, drop: () => sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/**
 * A running instance: `base` address, `links` by role (demo) or `setup` link (empty folder), `stop()`.
 * `kind` is `demo` or `empty`.
 */
export async function start(kind) {
  const data = await mkdtemp(join(tmpdir(), 'parvis-journey-'));
  const database = await freshDatabase();
  const port = await freePort();
  const args = [...(kind === 'demo' ? ['demo'] : []), '--data', data, '--port', String(port), '--address', '127.0.0.1'];
  const env = { ...process.env, LANG: 'fr_FR.UTF-8', LC_ALL: 'fr_FR.UTF-8', ...database.env };
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let said = '', complained = '';
  const base = `http://localhost:${port}`;
  const server = { base, data, links: {}, setup: null, child, log: () => complained };
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the program said nothing useful for two minutes:\n${said}${complained}`)), 120_000);
    const done = (act, value) => { clearTimeout(late); act(value); };
    child.on('error', e => done(reject, new Error(`${program} does not start: ${e.message}`)));
    child.on('exit', code => done(reject, new Error(`the program stopped by itself (${code}):\n${said}${complained}`)));
    child.stderr.on('data', d => { complained += d; });
    child.stdout.on('data', d => {
      said += d;
      // The last line: everything before it is printed.
      if (/^Pour arrêter/m.test(said)) done(resolve);
    });
  });
  for (const [, label, link] of said.matchAll(/^ {4}(.+?) +(http:\/\/\S+\/connexion\/\S+)$/gm)) {
    if (roles[label]) server.links[roles[label]] = link;
  }
  server.setup = said.match(/http:\/\/\S+\/installation\?cle=\S+/)?.[0] ?? null;
  server.stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(hard);
    }
    running.delete(child);
    // What the program says when somebody was shown words that are not there, or that lack an argument.
    await test('no page lacked words', () => {
      const lacked = complained.split('\n').filter(line => /missing words|could not be completed|has no words/.test(line));
      if (lacked.length > 0) throw new Error(lacked.slice(0, 5).join('\n'));
    });
    await database.drop();
    await rm(data, { recursive: true, force: true });
  };
  await until(async () => (await fetch(`${base}/healthz`)).ok, 'the program to answer');
  return server;
}

/** Waits until `check` gives something true. Errors count as "not yet". */
export async function until(check, what, ms = 20_000) {
  const end = Date.now() + ms;
  let last;
  for (;;) {
    try {
      const value = await check();
      if (value) return value;
      last = undefined;
    } catch (e) { last = e; }
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}${last ? `: ${last.message}` : ''}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
