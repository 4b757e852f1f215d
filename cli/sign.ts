/** `nearside sign` and `nearside verify`: whose a model is. */

import { fault, parseJson } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import { checkSignature, parsePublicKey, signedText } from '../core/signature.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { readText, writeText } from './files.ts'
import { type Command, misuse } from './io.ts'
import { makeSigningKey, publicKeyOf, readSigningKey, signatureOf, verifyHere } from './keys.ts'

const signHelp = `nearside sign: put your signature into a model

Usage: nearside sign <model.json> --key <key.pem> [options]

  --key <file>   the private key; keep it apart from the site, and out of every repository
  --make-key     write a new private key to that file first
  --out <file>   where the signed model goes (default: the same file)
  --json         one JSON object on standard output: the file, and the public key

A site whose config names the public key in "modelKey" takes no model without your signature: whoever can write to the
web server, but has not this key, cannot change what devices compute.

Example: nearside sign model.json --key model-key.pem --make-key`

const signOptions = {
  key: { type: 'string' },
  'make-key': { type: 'boolean' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const

const oneFile = (positionals: readonly string[], command: string): string => {
  const [path, ...more] = positionals
  if (!path || more.length) throw misuse('one model is wanted', seeHelp(command))
  return path
}

export const signCommand: Command = {
  summary: 'put your signature into a model',
  help: signHelp,
  run: async (args, io) => {
    const { values, positionals } = readArguments('sign', args, signOptions)
    const path = oneFile(positionals, 'sign')
    const keyFile = required(values.key, '--key', 'sign')
    const json = readText(path)
    parseModel(json, path)
    if (values['make-key']) makeSigningKey(keyFile)
    const key = readSigningKey(keyFile)
    const document = parseJson(json, path) as { readonly [name: string]: unknown }
    const signature = signatureOf(key, signedText(document, path))
    const out = values.out ?? path
    writeText(out, `${JSON.stringify({ ...document, signature }, null, 2)}\n`)
    const publicKey = publicKeyOf(key)
    if (values.json) return io.out(JSON.stringify({ out, modelKey: publicKey }))
    io.out(`Signed ${out}. For nearside.json:\n  "modelKey": "${publicKey}"`)
  },
}

const verifyHelp = `nearside verify: see whose a model is

Usage: nearside verify <model.json> --key <public key> [options]
       nearside verify <model.json> --config <nearside.json> [options]

  --key <text>       the public key, as nearside sign prints it
  --config <file>    the site's config, which names it in "modelKey"
  --json             one JSON object on standard output

Exit code 1 where the model is not signed by that key, or was changed since.

Example: nearside verify model.json --config nearside.json`

const verifyOptions = { key: { type: 'string' }, config: { type: 'string' }, json: { type: 'boolean' } } as const

const keyIn = (path: string): string => {
  const { modelKey } = (parseJson(readText(path), path) ?? {}) as { readonly modelKey?: unknown }
  return modelKey === undefined
    ? fault(`${path}.modelKey`, 'nothing is there', 'Add the key that nearside sign printed')
    : parsePublicKey(modelKey, `${path}.modelKey`)
}

export const verifyCommand: Command = {
  summary: 'see whose a model is',
  help: verifyHelp,
  run: async (args, io) => {
    const { values, positionals } = readArguments('verify', args, verifyOptions)
    const path = oneFile(positionals, 'verify')
    if ((values.key === undefined) === (values.config === undefined))
      throw misuse('one of --key and --config is wanted', seeHelp('verify'))
    const key = values.key === undefined ? keyIn(values.config as string) : parsePublicKey(values.key, '--key')
    const json = readText(path)
    const { name, revision } = parseModel(json, path)
    await checkSignature(parseJson(json, path), key, verifyHere, path)
    io.out(values.json ? JSON.stringify({ name, revision, signed: true }) : `${name}.${revision} is signed by that key`)
  },
}
