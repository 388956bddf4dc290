import type { Input } from '../check.ts';

/** What `check-plan apply` holds in its hands: one thing that is judged, and then carried out exactly as judged. */
export interface Executor {
  readonly input: Input;
  /** Carries it out, and waits for the end. Throws where nothing could be begun, so that nothing has changed. */
  run(): Promise<Outcome>;
  close(): Promise<void>;
}

export interface Outcome {
  readonly succeeded: boolean;
  /** How it ended, as half a sentence: `terraform apply ended with 0`. */
  readonly says: string;
}
