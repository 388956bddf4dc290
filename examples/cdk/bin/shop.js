import { existsSync } from 'node:fs';
import cdk from 'aws-cdk-lib';
import { CheckPlan } from 'check-plan/cdk';
import { Shop } from '../lib/shop.js';

// `npm run deployed` stands for the last deployment: it writes the assembly that is compared with.
const isDeployed = process.argv.includes('--deployed');
const app = new cdk.App({ outdir: isDeployed ? 'baseline' : 'cdk.out' });

// The one line. Without a baseline it tells what the app declares; with one also what a deployment destroys.
CheckPlan.protect(app, !isDeployed && existsSync('baseline') ? { baseline: 'baseline' } : {});

new Shop(app, 'Shop-Prod', {
  env: { account: '111122223333', region: 'eu-west-1' },
  terminationProtection: true,
});
app.synth();
