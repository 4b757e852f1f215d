/** What the build puts in: see vite.config.ts. */
interface ImportMeta {
  readonly env: { readonly READER: string }
}
