#!/usr/bin/env node
// prepare.mjs <folder> <version> [<date>]: writes a version and its section of the changelog to a checkout.
// prepare.mjs --check <folder> <version>: only makes sure that both were written.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const UNRELEASED = '## [Unreleased]';
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

function fail(problem, fix) {
  process.stderr.write(`release: ${problem}: ${fix}\n`);
  process.exit(1);
}

/** The three numbers of a version. */
function numbers(version) {
  const match = VERSION.exec(version ?? '');
  return match === null ? fail(`'${version ?? ''}' is no version`, 'write three numbers, as in 1.2.3') : match.slice(1).map(Number);
}

function isGreater(version, than) {
  const [left, right] = [numbers(version), numbers(than)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at !== -1 && left[at] > right[at];
}

/** The lines of a section of the changelog, without its heading and blank lines around them; undefined when there is none. */
function sectionOf(changelog, heading) {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => line === heading || line.startsWith(`${heading} - `));
  if (start === -1) {
    return undefined;
  }
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '));
  return lines.slice(start + 1, length === -1 ? undefined : start + 1 + length).join('\n').trim();
}

/** Whether a section says something, besides headings. */
const hasEntries = (section) => section.split('\n').some((line) => line.trim() !== '' && !line.startsWith('#'));

function check(folder, version) {
  numbers(version);
  const { version: written } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (written !== version) {
    fail(`package.json has version ${written}, not ${version}`, 'commit what the release wrote, and tag that commit');
  }
  const section = sectionOf(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'), `## [${version}]`);
  if (section === undefined || !hasEntries(section)) {
    fail(`CHANGELOG.md has no section of ${version}`, 'commit what the release wrote, and tag that commit');
  }
}

function prepare(folder, version, date) {
  const read = (file) => readFileSync(join(folder, file), 'utf8');
  const write = (file, text) => writeFileSync(join(folder, file), text);
  const { version: current } = JSON.parse(read('package.json'));
  if (!isGreater(version, current)) {
    fail(`${version} is not greater than ${current}, the version of package.json`, 'choose a greater one');
  }
  const changelog = read('CHANGELOG.md');
  const section = sectionOf(changelog, UNRELEASED);
  if (section === undefined || !hasEntries(section)) {
    fail(`CHANGELOG.md has nothing in its section ${UNRELEASED.slice(3)}`, 'describe what changed for users there');
  }
  const [before, after] = changelog.split(`${UNRELEASED}\n`);
  write('CHANGELOG.md', `${before}${UNRELEASED}\n\n## [${version}] - ${date}\n${after}`);

  write('package.json', read('package.json').replace(`"version": "${current}"`, `"version": "${version}"`));
  const lock = JSON.parse(read('package-lock.json'));
  lock.version = version;
  lock.packages[''].version = version;
  write('package-lock.json', `${JSON.stringify(lock, undefined, 2)}\n`);
  // The README names the tarball, and installs it in a tested block.
  const whole = new RegExp(`(?<![\\d.])${current.replaceAll('.', '\\.')}(?![\\d]|\\.\\d)`, 'g');
  write('README.md', read('README.md').replace(whole, version));
}

const args = process.argv.slice(2);
if (args[0] === '--check') {
  check(args[1], args[2]);
} else {
  prepare(args[0], args[1], args[2] ?? new Date().toISOString().slice(0, 10));
}
