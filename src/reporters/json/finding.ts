import type { Finding } from '../../model/finding.ts';

export const findingJson = (finding: Finding): Record<keyof Finding, unknown> => ({
  rule: finding.rule,
  severity: finding.severity,
  title: finding.title,
  message: finding.message,
  instead: finding.instead,
  override: finding.override,
});
