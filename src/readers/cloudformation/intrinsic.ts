import { isObject, type Json } from '../../model/json.ts';

/** `{ "Ref": … }`, `{ "Fn::…": … }`: what it comes to is known only while deploying. */
export function isIntrinsic(value: Json | undefined): boolean {
  if (!isObject(value) || value.size !== 1) return false;
  const [key = ''] = value.keys();
  return key === 'Ref' || key === 'Condition' || key.startsWith('Fn::');
}
