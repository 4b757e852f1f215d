export { parseConfig, snapshotOf } from '../core/config.ts'
