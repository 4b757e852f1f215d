export { showSettings } from './banner/settings.ts'
