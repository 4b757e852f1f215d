export { showCentre } from './centre/centre.ts'
