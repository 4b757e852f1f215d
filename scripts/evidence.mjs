// What a soak measured, as a page: docs/evidence.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, type } from 'node:os'
import { join } from 'node:path'
import { findChromium, findFirefox, versionOf } from './browsers.mjs'
import { root } from './set-up.mjs'

const cell = value =>
  String(value ?? '')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ')
const figure = ({ value, unit }) =>
  [typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 6 }) : value, unit].join(' ')

const page = (rows, seed) => {
  const browsers = [findChromium(), findFirefox()].map(versionOf).filter(Boolean)
  const machine = [
    `${availableParallelism()} cores`,
    `${type()} ${arch()}`,
    `Node ${process.versions.node}`,
    ...browsers,
  ]
  return `# Evidence

Written by \`npm run soak\` on ${new Date().toISOString().slice(0, 10)}, with seed ${seed}: the bodies of \`npm test\`, at full counts.
Machine: ${machine.join(', ')}.

| promise | count | figure |
|---|---:|---|
${rows.map(row => `| ${cell(row.promise)} | ${cell(row.count?.toLocaleString('en-US'))} | ${cell(figure(row))} |`).join('\n')}
`
}

/** Prints the figures; writes them down only when everything ran and everything held. */
export const writeEvidence = ({ figures, whole, seed }) => {
  const lines = existsSync(figures) ? readFileSync(figures, 'utf8').trim().split('\n') : []
  const rows = lines
    .filter(Boolean)
    .map(line => JSON.parse(line))
    .sort((a, b) => (a.promise < b.promise ? -1 : 1))
  for (const row of rows)
    console.log(`figure: ${row.promise}: ${figure(row)}${row.count === undefined ? '' : ` (of ${row.count})`}`)
  if (whole && rows.length > 0) writeFileSync(join(root, 'docs/evidence.md'), page(rows, seed))
  console.log(
    whole && rows.length > 0
      ? 'evidence: docs/evidence.md is written'
      : 'evidence: not written (only a whole run in which all promises hold is)',
  )
}
