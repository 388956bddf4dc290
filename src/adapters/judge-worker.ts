import { judgeInThread } from './judge-in-thread.ts';

judgeInThread();
