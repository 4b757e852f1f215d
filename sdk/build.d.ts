/** What the build puts in: see scripts/vite/sdk.ts. */
interface ImportMeta {
  readonly env: {
    /** The languages that have a file of words, with spaces between. */
    readonly LANGUAGES: string
  }
}
