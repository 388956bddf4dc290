import { harmless } from '../log-command.ts';
import type { Place } from '../place.ts';

export type Level = 'error' | 'warning' | 'notice';

/** A workflow command that annotates the run. What ends a command or a property of it is escaped as the runner undoes it. */
export const commandOf = (level: Level, title: string, message: string, place: Place | null = null): string =>
  `::${level} ${placeText(place)}title=${propertyOf(cut(title, TITLE))}::${dataOf(cut(message, MESSAGE))}`;

const placeText = (place: Place | null): string =>
  place === null
    ? ''
    : `file=${propertyOf(place.file)},line=${place.line}${place.column === null ? '' : `,col=${place.column}`},`;

const dataOf = (text: string): string => harmless(text).replaceAll('%', '%25');

const propertyOf = (text: string): string => dataOf(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}…`;

const TITLE = 240;
const MESSAGE = 2000;
