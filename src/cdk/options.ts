/** How an app is judged. What is left out is as on the command line. */
export interface ProtectOptions {
  /**
   * The folder that says what is deployed: what `check-plan baseline` wrote, or the `cdk.out` of the main branch. Without one
   * only the app itself is judged: its removal policies, protections and names.
   */
  readonly baseline?: string;
  /** The policy file, or `git:REF:PATH`. */
  readonly policy?: string;
  /** The environment that the app is deployed to, as evidence for production. */
  readonly environment?: string;
  /** Who wrote the change; signals can contradict `human`. */
  readonly author?: 'ai' | 'human';
  /** The commits that made the change: `origin/main..HEAD`. */
  readonly commits?: string;
  /** The folder of sign-off records. */
  readonly signOffs?: string;
}

/** What a look at the tree goes by. */
export interface LookOptions {
  /** The policy file, or `git:REF:PATH`; else the `check-plan.yaml` of the working tree. */
  readonly policy?: string;
  /** The environment that the tree is deployed to, as evidence for production. */
  readonly environment?: string;
}

/** How the plain aspect judges. */
export interface GuardOptions extends LookOptions {
  /** What to do where a stage is met that has no guard of its own, since an aspect cannot enter it: `fail` is the default. */
  readonly stages?: 'fail' | 'ignore';
}
