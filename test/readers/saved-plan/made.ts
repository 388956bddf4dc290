import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { encode } from '@msgpack/msgpack';
import { strToU8, zipSync } from 'fflate';

/** A saved plan as Terraform writes it, with what a test wants to be different. */
export interface Made {
  readonly version?: number;
  readonly workspace?: string;
  readonly backend?: string;
  readonly config?: object | null;
  readonly mode?: number;
  readonly targets?: readonly string[];
  readonly variables?: readonly string[];
  readonly state?: string;
  /** Written after everything else of the message. */
  readonly more?: (writer: BinaryWriter) => void;
  readonly entries?: Readonly<Record<string, Uint8Array>>;
}

export function messageOf(made: Made): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, 0).uint64(made.version ?? 3);
  for (const name of made.variables ?? [])
    writer
      .tag(2, 2)
      .bytes(new BinaryWriter().tag(1, 2).string(name).tag(2, 2).bytes(strToU8('\n\u0005secret')).finish());
  for (const target of made.targets ?? []) writer.tag(5, 2).string(target);
  writer.tag(13, 2).bytes(backendBytes(made));
  writer.tag(14, 2).string('1.11.4');
  if (made.mode !== undefined) writer.tag(17, 0).int32(made.mode);
  writer.tag(21, 2).string('2026-11-24T12:00:00Z');
  made.more?.(writer);
  return writer.finish();
}

export function backendBytes({
  backend = 's3',
  config = { bucket: 'acme-state', key: 'shop.tfstate' },
  workspace = 'prod',
}: Made): Uint8Array {
  const writer = new BinaryWriter().tag(1, 2).string(backend);
  if (config !== null) writer.tag(2, 2).bytes(new BinaryWriter().tag(1, 2).bytes(encode(config)).finish());
  return writer.tag(3, 2).string(workspace).finish();
}

export const LINEAGE = '0f3c5e0a-1111-2222-3333-444455556666';

export const savedPlan = (made: Made = {}): Uint8Array =>
  zipSync({
    tfplan: messageOf(made),
    tfstate: strToU8(
      made.state ?? JSON.stringify({ version: 4, serial: 412, lineage: LINEAGE, resources: [] }),
    ),
    'tfstate-prev': strToU8('{}'),
    ...made.entries,
  });
