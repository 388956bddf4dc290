import type { Value } from '../../model/change.ts';
import type { Path } from '../../model/json.ts';

/** An attribute value for people; of a hidden one, only why it is hidden. */
export const valueText = (value: Value): string => VALUE_TEXT[value.visibility](value.exact);

const VALUE_TEXT: Record<Value['visibility'], (exact: string) => string> = {
  shown: (exact) => shorten(exact),
  private: () => '(hidden)',
  sensitive: () => '(sensitive)',
  unknown: () => '(known after apply)',
  absent: () => '(none)',
};

/** `ebs_block_device[0].tags["a.b"]` */
export function pathText(path: Path): string {
  const text = path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${quoted(step)}]`;
    })
    .join('');
  return text === '' ? '(the whole resource)' : text.replace(/^\./, '');
}

/** In quotes that the text itself cannot close. */
export const quoted = (text: string): string => `"${shorten(text).replace(/["\\]/g, '\\$&')}"`;

function shorten(text: string): string {
  return text.length <= LONGEST
    ? text
    : `${text.slice(0, LONGEST)}… (${text.length - LONGEST} more characters)`;
}

const LONGEST = 240;
