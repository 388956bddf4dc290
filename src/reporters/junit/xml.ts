import { withoutLogCommand } from '../log-command.ts';
import { visible } from '../visible.ts';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements, or the lines of a text. */
  readonly children: readonly (Element | string)[];
}

export const element = (
  name: string,
  attributes: Element['attributes'],
  children: Element['children'] = [],
): Element => ({ name, attributes, children });

/**
 * A document of this element, XML 1.0; ends with a newline. Characters that XML cannot hold, or that nobody sees, are
 * written out, line breaks within a line too.
 */
export const xmlOf = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${linesOf(root, '').join('\n')}\n`;

function linesOf({ name, attributes, children }: Element, indent: string): string[] {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const start = `${indent}<${name}${pairs.join('')}`;
  const texts = children.filter((child) => typeof child === 'string');
  if (children.length === 0) return [`${start}/>`];
  if (texts.length > 0) return [`${start}>${texts.map(escaped).join('\n')}</${name}>`];
  const elements = children.filter((child) => typeof child !== 'string');
  return [`${start}>`, ...elements.flatMap((child) => linesOf(child, `${indent}  `)), `${indent}</${name}>`];
}

const escaped = (text: string): string =>
  withoutLogCommand([visible(text)])
    .join('')
    .replace(/[&<>"']/g, (char) => ENTITY[char] ?? char);

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
