export { showBanner } from './banner/banner.ts'
