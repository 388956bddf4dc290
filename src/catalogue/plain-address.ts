/**
 * An address as it stands in code: names, and keys. Terraform writes keys with the escapes of HCL; one with a template, a
 * line break or what a page or a shell takes apart is left out.
 */
export const PLAIN_ADDRESS =
  /^[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*|\[(?:\d+|"(?:[\p{L}\p{N}_ ./:@+=,#()*!?;~^-]|\\["\\])*")\])+$/u;

export const plainAddress = (address: string): string | null =>
  PLAIN_ADDRESS.test(address) ? address : null;
