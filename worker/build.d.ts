/** What the build puts in: see scripts/vite/sdk.ts. */
interface ImportMeta {
  readonly env: { readonly READER: string }
}
