// What runs in a worker, but for the file that wires the browser.
export { expose } from 'comlink'
export { createVault } from '../../store/vault.ts'
export { createDevice } from '../../worker/device.ts'
export { createProvenance } from '../../worker/provenance.ts'
export * as records from '../../worker/records.entry.ts'
