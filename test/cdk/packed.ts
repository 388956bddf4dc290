import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Puts the package, as npm packs it, into the `node_modules` of a folder, with what it depends on beside it. */
export function installPacked(folder: string): void {
  const at = mkdtempSync(join(tmpdir(), 'check-plan-packed-'));
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', at];
  const packed = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  const place = join(folder, 'node_modules/check-plan');
  mkdirSync(place, { recursive: true });
  execFileSync('tar', ['-xzf', join(at, packed), '--strip-components=1', '-C', place]);
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  linkModules(folder, Object.keys(dependencies));
}

/** Links modules of this repository into the `node_modules` of a folder, where they are not there. */
export function linkModules(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join(ROOT, 'node_modules', name), link);
  }
}
