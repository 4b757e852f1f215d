import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseSession } from '../../extension/devtools/parse-told.ts'

const recorded = readFileSync(join(import.meta.dirname, '../../examples/panel/session.json'), 'utf8')

it('reads a recorded session as it was written', () => {
  expect(parseSession(recorded)).toEqual(JSON.parse(recorded))
})
