// What an exported account of a long history says, and that it is whole.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { type Entry, type Event, verify } from '../../core/ledger.ts'
import { schemaOf } from '../unit/core/documents.ts'
import { digest } from './store-inside.ts'

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false })
for (const name of ['config', 'model', 'report', 'ticket', 'entry', 'access']) ajv.addSchema(schemaOf(name))
const validate = ajv.getSchema('urn:nearside:schema:access') as ValidateFunction

/** All that the ledger still says word for word, what was folded included. */
export const entriesOf = ({ folded, ledger }: AccessDocument): Entry[] => [...(folded?.kept ?? []), ...ledger]

export const eventsOf = <T extends Event['type']>(document: AccessDocument, type: T): Extract<Event, { type: T }>[] =>
  entriesOf(document)
    .map(({ event }) => event)
    .filter(event => event.type === type) as never

export const featureOf = ({ features }: AccessDocument, name: string) => features.find(it => it.name === name)?.value
export const segmentIn = ({ segments }: AccessDocument, id: string) => segments.find(it => it.segmentation === id)
export const deletions = (document: AccessDocument, why: string) =>
  eventsOf(document, 'deletion').flatMap(it => (it.why === why ? [{ what: it.what, count: it.count }] : []))

/** The ledger verifies, here as there, and the whole is what its schema says. */
export const expectSound = async (document: AccessDocument): Promise<void> => {
  expect(document.tampered).toBeNull()
  expect(await verify({ digest }, document.ledger, document.folded)).toBeUndefined()
  expect(validate(document), ajv.errorsText(validate.errors)).toBe(true)
}
