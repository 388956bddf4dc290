import { CheckError } from '../model/error.ts';
import { type DeployedStack, readAssembly } from '../readers/cdk/assembly.ts';
import { INDEX, SCHEMA } from '../readers/cdk/baseline-index.ts';
import type { Folder } from '../readers/cdk/folder.ts';
import { type CloudFormation, cloudFormation } from './aws/cloudformation.ts';
import type { AwsOptions } from './aws/options.ts';

/** The stack that `cdk bootstrap` makes; it is there in every account that CDK deploys to. */
const TOOLKIT = 'CDKToolkit';

/**
 * What is deployed of the stacks of an assembly, as the files of a baseline: path → text. That a stack is not there counts
 * only where another one tells that the credentials are for its account; else the wrong account would look like a new app.
 *
 * Throws CheckError `aws-failed`, and what `readAssembly` throws.
 */
export async function fetchDeployed(
  app: Folder,
  options: AwsOptions,
  toolkit: string = TOOLKIT,
): Promise<ReadonlyMap<string, string>> {
  const { stacks } = readAssembly(app);
  const files = new Map<string, string>();
  const index: unknown[] = [];
  const clients = new Map<string | null, CloudFormation>();
  try {
    for (const stack of stacks) {
      const { region } = stack.location;
      const aws =
        clients.get(region) ?? (await cloudFormation({ ...options, region: region ?? options.region }));
      clients.set(region, aws);
      index.push(await fetchStack(stack, aws, pathOf(stack, stacks), toolkit, files));
    }
  } finally {
    for (const aws of clients.values()) aws.close();
  }
  return new Map([[INDEX, `${JSON.stringify({ schema: SCHEMA, stacks: index }, null, 2)}\n`], ...files]);
}

/** The files as a folder that the reader takes. */
export function folderOfFiles(files: ReadonlyMap<string, string>, name: string): Folder {
  const encoder = new TextEncoder();
  return {
    name,
    read(path) {
      const text = files.get(path);
      return text === undefined ? null : encoder.encode(text);
    },
    names: () => [...new Set([...files.keys()].map((path) => path.split('/')[0] ?? path))],
  };
}

async function fetchStack(
  { name, location }: DeployedStack,
  aws: CloudFormation,
  path: string,
  toolkit: string,
  files: Map<string, string>,
): Promise<unknown> {
  const found = await aws.stack(name);
  const place = placeIn(found) ?? placeIn(await aws.stack(toolkit));
  if (place === null) throw noPlace(name, location, toolkit);
  const isThere = (expected: string | null, actual: string): boolean =>
    expected === null || expected === actual;
  if (!isThere(location.account, place.account) || !isThere(location.region, place.region))
    throw otherPlace(name, location, place);
  const body = found === null ? null : await aws.template({ stack: name, changeSet: null }, 'Original');
  if (body === null) return { name, ...place, template: null };
  const file = `${path}.template.json`;
  files.set(file, body);
  await fetchNested(name, aws, path, files, 0);
  return { name, ...place, template: file };
}

/** The stacks that are nested in one, where the reader looks for them: in a folder of its name. */
async function fetchNested(
  stack: string,
  aws: CloudFormation,
  path: string,
  files: Map<string, string>,
  depth: number,
): Promise<void> {
  if (depth > 16) throw new CheckError('aws-failed', `${path} has stacks nested more than 16 deep`);
  for (const resource of await aws.resources(stack)) {
    const [type, id, physicalId, status] = [
      resource['ResourceType'],
      resource['LogicalResourceId'],
      resource['PhysicalResourceId'],
      resource['ResourceStatus'],
    ];
    if (type !== 'AWS::CloudFormation::Stack' || status === 'DELETE_COMPLETE') continue;
    if (typeof id !== 'string' || typeof physicalId !== 'string' || !LOGICAL_ID.test(id)) continue;
    const body = await aws.template({ stack: physicalId, changeSet: null }, 'Original');
    // Without its template the reader refuses the nested stack.
    if (body === null) continue;
    files.set(`${path}/${id}.template.json`, body);
    await fetchNested(physicalId, aws, `${path}/${id}`, files, depth + 1);
  }
}

const LOGICAL_ID = /^[A-Za-z0-9]+$/;

/** By its name, and where two have the same one by its place too. */
function pathOf({ name, location }: DeployedStack, stacks: readonly DeployedStack[]): string {
  const isAlone = stacks.filter((other) => other.name === name).length < 2;
  return isAlone ? name : [location.account ?? '_', location.region ?? '_', name].join('/');
}

interface Place {
  readonly account: string;
  readonly region: string;
}

function placeIn(stack: Readonly<Record<string, unknown>> | null): Place | null {
  const id = stack?.['StackId'];
  const [, region, account] = ARN.exec(typeof id === 'string' ? id : '') ?? [];
  return region === undefined || account === undefined ? null : { account, region };
}

const ARN = /^arn:aws[a-z-]*:cloudformation:([a-z0-9-]+):([0-9]{12}):stack\//;

const written = ({ account, region }: DeployedStack['location']): string =>
  `account ${account ?? 'of the credentials'}, region ${region ?? 'of the environment'}`;

const noPlace = (name: string, location: DeployedStack['location'], toolkit: string): CheckError =>
  new CheckError(
    'aws-failed',
    `there is neither the stack ${name} nor ${toolkit} (${written(location)}), so a new stack cannot be told from the wrong account`,
    `look at --profile and --region; where \`cdk bootstrap\` used another name, give --toolkit-stack-name; where nothing was ever deployed, write {} to ${name}.template.json in the baseline`,
  );

const otherPlace = (name: string, expected: DeployedStack['location'], actual: Place): CheckError =>
  new CheckError(
    'aws-failed',
    `the stack ${name} belongs to ${written(expected)}, and these credentials are for account ${actual.account}, region ${actual.region}`,
    'fetch each account with its own --profile, into a folder of its own',
  );
