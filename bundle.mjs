import { build } from 'rolldown';
import { loadConfig } from 'rolldown/config';

// Through the interface and not the command line, which prints a table that nobody who builds wants to read.
await build({ ...(await loadConfig('rolldown.config.ts')), logLevel: 'warn' });
