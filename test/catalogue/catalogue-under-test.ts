import { readFileSync } from 'node:fs';
import { createCatalogue } from '../../src/catalogue/catalogue.ts';

const RULES = new URL('../../rules/', import.meta.url);

export const readTable = (name: string): string => readFileSync(new URL(name, RULES), 'utf8');

export const catalogue = createCatalogue(readTable);
