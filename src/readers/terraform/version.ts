import { CheckError } from '../../model/error.ts';
import { canonical, type Json } from '../../model/json.ts';

/**
 * Holds the format_version to what this program knows: 0.1 up to, not including, 2.0. A minor version only adds
 * members, so unknown ones are ignored; a major one may mean anything.
 *
 * Throws CheckError `unsupported-version`.
 */
export function checkFormatVersion(version: Json | undefined): void {
  const parts = typeof version === 'string' ? VERSION.exec(version) : null;
  // Two integers, never one decimal fraction: 1.10 comes after 1.9.
  const major = Number(parts?.[1] ?? 'no version');
  const minor = Number(parts?.[2] ?? 'no version');
  if (major === 1 || (major === 0 && minor >= 1)) return;
  throw new CheckError(
    'unsupported-version',
    `format_version ${canonical(version).slice(0, 60)} is not one that is known: 0.1 to 1.x`,
    'use a newer check-plan, or write the plan with a Terraform or OpenTofu of 0.12 to 1.x',
  );
}

const VERSION = /^([0-9]{1,9})\.([0-9]{1,9})$/;
