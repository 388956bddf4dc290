import type { Line } from '../text/layout.ts';
import { grouped } from '../text/number.ts';
import { block, prose } from './escape.ts';
import type { Room } from './room.ts';

/** The lines of the text report as a Markdown list; a command to copy becomes a block of code. */
export function listOf(lines: readonly Line[], { entries, longest }: Room): string[] {
  const full = lines.filter(({ lead, spans }) => lead.text !== '' || spans.length > 0);
  const top = Math.min(...full.map(({ indent }) => indent));
  let label = '';
  const items = full.slice(0, entries).flatMap((line): string[] => {
    const text = line.spans.map((span) => span.text).join('');
    if (line.lead.text === '' && line.spans.every(({ whole, style }) => whole && style === 'code'))
      return ['', ...block([text], 'sh', COMMAND), ''];
    label = labelOf(line, label);
    const said = label === '' ? '' : `**${prose(label, longest)}** `;
    return [`${line.indent > top ? '  ' : ''}- ${said}${prose(text, longest)}`];
  });
  const more = full.length - entries;
  return more > 0 ? [...items, `- … and ${grouped(more)} more`] : items;
}

/** A command that is cut short is none. */
const COMMAND = 1000;

/** A lead of blanks stands under the label before it. */
function labelOf({ lead }: Line, before: string): string {
  const own = lead.text.trim();
  if (own === '-') return '';
  return own === '' && lead.text !== '' ? before : own;
}
