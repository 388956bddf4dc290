/** Results as a run of the bench leaves them: the largest plan, which only two programs read, and the small ones. */
const samples = (...walls: readonly number[]) =>
  walls.map((wall, nth) => ({ wall, cpu: wall * 0.9, peak: 80e6 + nth * 1e6 }));

const size = (asked: number, programs: Record<string, ReturnType<typeof samples>>) => ({
  kind: 'size',
  plans: 1,
  asked,
  bytes: asked * 1.02,
  changing: 0.01,
  rounds: 3,
  programs,
});

export const results = {
  made: {
    date: '2026-01-02',
    machine: { cpu: 'Some CPU', cores: 2, memory: 8e9, system: 'Linux 6' },
    load: '0.1',
    versions: { 'check-plan': '0.1.0', jq: 'jq-1.6' },
    seed: 1,
    missing: ['opa'],
  },
  runs: [
    {
      ...size(100e3, { 'check-plan': samples(0.09, 0.07, 0.08), 'node -e 0': samples(0.05, 0.04, 0.03) }),
      kind: 'small',
    },
    size(235e6, {
      'check-plan': samples(1.2, 1, 1.1),
      jq: samples(33, 30, 31),
      'JSON.parse': samples(5.5, 5.5, 5.5),
    }),
    size(600e6, { 'check-plan': samples(3, 2.5, 9), sha256sum: samples(1, 2, 3) }),
  ],
};
