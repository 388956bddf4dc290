import type { Target } from '../../model/signoff.ts';

/** `account 111122223333, eu-west-1, workspace prod-eu`; empty where nothing is known. */
export const targetText = ({ accounts, regions, workspace, environment }: Target): string =>
  [
    accounts.length > 0 ? `account ${accounts.join(', ')}` : '',
    regions.length > 0 ? regions.join(', ') : '',
    workspace === null ? '' : `workspace ${workspace}`,
    environment === null ? '' : `environment ${environment}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
