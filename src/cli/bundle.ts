// What the bundled command has in its first file: all that nearly every run needs, also where it is imported late.
export { judgeInThread } from '../adapters/judge-in-thread.ts';
export { main } from './main.ts';
