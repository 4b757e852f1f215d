/** What the build puts in: see vite.config.ts. */
interface ImportMeta {
  readonly env: {
    /** The languages that have a file of words, with spaces between. */
    readonly LANGUAGES: string
  }
}
