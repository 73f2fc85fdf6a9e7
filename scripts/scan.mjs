#!/usr/bin/env node
// Runs kube-score (all default checks and seccomp), checkov and kubectl-validate over each folder of dist/. Whatever they find must stand
// in scan-exceptions.txt, and whatever stands there must be found. The tools must be on the path:
//   go install github.com/zegl/kube-score/cmd/kube-score@v1.20.0
//   go install sigs.k8s.io/kubectl-validate@v0.0.4
//   pip install checkov
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const VERSIONS = ['1.27', '1.30']; // the one that we render for, and the latest whose schemas kubectl-validate brings along

/** Runs a tool and reads the JSON that it prints; its exit code only says whether it found something. */
function json(tool, args) {
  const { stdout, stderr, error } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 64 << 20 });
  if (error !== undefined || !/^(\[|\{|null)/.test(stdout)) {
    throw new Error(`${tool} does not run: ${error?.message ?? stderr + stdout}`);
  }
  return JSON.parse(stdout) ?? []; // null, where it looks at no object
}

function kubeScore(folder) {
  const files = readdirSync(folder).map((file) => join(folder, file));
  const objects = json('kube-score', ['score', '--output-format', 'json', '--enable-optional-test', 'container-seccomp-profile', ...files]);
  const failed = objects.flatMap(({ checks }) => checks).filter(({ grade, skipped }) => !skipped && grade < 10);
  return failed.map(({ check }) => `kube-score ${check.id}`);
}

function checkov(folder) {
  const report = json('checkov', ['--directory', folder, '--framework', 'kubernetes', '--output', 'json', '--skip-download']);
  return (report.results?.failed_checks ?? []).map(({ check_id: id }) => `checkov ${id}`);
}

function kubectlValidate(folder) {
  return VERSIONS.filter((version) => {
    const { status, stdout, stderr, error } = spawnSync('kubectl-validate', ['--version', version, folder], { encoding: 'utf8' });
    if (error !== undefined) {
      throw new Error(`kubectl-validate does not run: ${error.message}`);
    }
    if (status !== 0) {
      console.error(stdout + stderr);
    }
    return status !== 0;
  }).map((version) => `kubectl-validate ${version}`);
}

const exceptions = readFileSync(join(root, 'scripts/scan-exceptions.txt'), 'utf8').split('\n')
  .map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
const used = new Set();
const findings = readdirSync(join(root, 'dist')).flatMap((app) => {
  const folder = join(root, 'dist', app);
  return [...new Set([...kubeScore(folder), ...checkov(folder), ...kubectlValidate(folder)])].filter((finding) => {
    const known = exceptions.find((exception) => exception === `${finding} ${app}` || exception === `${finding} *`);
    used.add(known);
    return known === undefined;
  }).map((finding) => `${finding} ${app}`);
});
const stale = exceptions.filter((exception) => !used.has(exception));
findings.forEach((finding) => console.error(`found: ${finding}`));
stale.forEach((exception) => console.error(`no longer found, remove it from scan-exceptions.txt: ${exception}`));
console.log(`${findings.length} findings beside ${exceptions.length} exceptions, ${stale.length} of them stale`);
process.exitCode = findings.length + stale.length > 0 ? 1 : 0;
