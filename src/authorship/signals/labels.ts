import type { SignalRow } from '../signals.ts';

/** Labels that teams and their detectors put on pull requests. Anybody, and any classifier, may set them. */
export const LABELS: readonly SignalRow[] = [label('ai-generated'), label('ai-assisted')];

function label(name: string): SignalRow {
  return {
    id: `${name}-label`,
    tool: null,
    strength: 'weak',
    match: { by: 'label', label: name },
    source: 'https://github.com/open-telemetry/opentelemetry.io scripts/ai-content-detection, and others',
    verified: 'corroborated',
  };
}
