import type { Report } from '../model/report.ts';
import { renderText } from '../reporters/text.ts';
import type { Format } from './options.ts';
import type { Radii } from './twice.ts';

type Render = (
  report: Report,
  look: { readonly width: number; readonly color: boolean },
  radii: Radii,
) => Promise<string | Iterable<string>>;

/** The formats that tell what hangs on what, and so read every input twice. */
export const LOOKS_AGAIN: ReadonlySet<Format> = new Set(['html']);

/** What each format is made by. Those for machines of others are loaded where they are asked for: a run pays for what it prints. */
export const FORMATS: Readonly<Record<Format, Render>> = {
  text: async (report, look) => renderText(report, look),
  json: async (report) => (await import('../reporters/json.ts')).jsonPieces(report),
  html: async (report, _look, radii) =>
    (await import('../reporters/html.ts')).renderHtml(report, await radii()),
  markdown: async (report) => (await import('../reporters/markdown.ts')).renderMarkdown(report),
  sarif: async (report) => {
    const [{ renderSarif }, { ruleHelp }] = await Promise.all([
      import('../reporters/sarif.ts'),
      import('./rule-help.ts'),
    ]);
    return renderSarif(report, ruleHelp());
  },
  junit: async (report) => (await import('../reporters/junit.ts')).renderJunit(report),
  github: async (report) => (await import('../reporters/github.ts')).renderGithub(report),
  gitlab: async (report) => (await import('../reporters/gitlab.ts')).renderGitlab(report),
};
