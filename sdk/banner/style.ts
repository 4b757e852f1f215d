/** The banner's looks. A constructable stylesheet passes a strict CSP, and asks the host page for nothing but custom properties. */

// The buttons stay in sight while the rest scrolls: on a phone nobody should have to look for the "no".
const CSS = `
#nearside-consent[dir]{all:initial;position:fixed;inset:auto 0 0 0;z-index:2147483647;display:block;max-height:88vh;max-height:88dvh;overflow:auto;scroll-padding-bottom:96px;
--a:var(--nearside-accent,#1f5c46);--b:var(--nearside-background,#fffdf8);--c:var(--nearside-text,#20261f);--l:var(--nearside-line,#d9d5c8);
background:var(--b);color:var(--c);border-top:1px solid var(--l);box-shadow:0 -8px 32px #0003;
font:16px/1.5 var(--nearside-font,system-ui,sans-serif);color-scheme:light dark;box-sizing:border-box;padding:18px max(16px,calc(50vw - 576px)) 0}
#nearside-consent[dir] :where(h2,h3,p,ul,li,label,fieldset,legend,div,span,a,b){all:unset;display:block;box-sizing:border-box}
#nearside-consent[dir] :where(b,a,span){display:inline}
#nearside-consent[dir] :where(b,h2,h3,legend){font-weight:650}
#nearside-consent[dir] h2{font-size:20px;line-height:1.3}
#nearside-consent[dir] p{margin-top:4px;max-width:100ch}
#nearside-consent[dir] .n-s{font-size:14px;line-height:1.4;opacity:.85}
#nearside-consent[dir] a{color:var(--a);text-decoration:underline;cursor:pointer}
#nearside-consent[dir] .n-g{display:grid;gap:12px 40px;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));margin:14px 0 10px}
#nearside-consent[dir] :is(h3,legend){font-size:14px;line-height:1.4;color:var(--a);width:100%;padding-bottom:3px;margin-bottom:3px;border-bottom:1px solid var(--l)}
#nearside-consent[dir] label{display:grid;grid-template-columns:20px 1fr;gap:10px;padding:6px 0;cursor:pointer}
#nearside-consent[dir] input{all:revert;width:20px;height:20px;margin:2px 0 0;accent-color:var(--a)}
#nearside-consent[dir] li{padding:4px 0}
#nearside-consent[dir] :is(li,label) .n-s{margin:0}
#nearside-consent[dir] .n-b{position:sticky;bottom:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(88px,1fr));gap:10px;max-width:720px;margin-top:12px;padding:2px 0 18px;background:var(--b);box-shadow:0 -5px 5px var(--b)}
#nearside-consent[dir] button{all:unset;box-sizing:border-box;display:grid;place-content:center;min-height:44px;padding:8px;text-align:center;
font-weight:600;line-height:1.25;cursor:pointer;border-radius:8px;border:1.5px solid var(--a);background:var(--b);color:var(--a)}
#nearside-consent[dir] button:hover{background:var(--a);color:var(--b)}
#nearside-consent[dir] :focus-visible{outline:3px solid var(--a);outline-offset:2px}
#nearside-consent[dir] [hidden]{display:none!important}
@media(max-width:480px){#nearside-consent[dir]{font-size:15px;line-height:1.45}#nearside-consent[dir] .n-b{gap:8px;padding-bottom:14px}}
@media(prefers-color-scheme:dark){#nearside-consent[dir]{--a:var(--nearside-accent,#9fd8bd);--b:var(--nearside-background,#1b211d);--c:var(--nearside-text,#ece9df);--l:var(--nearside-line,#3b443d)}}
@media(forced-colors:active){#nearside-consent[dir] button{border-color:ButtonText;color:ButtonText}}
`

let sheet: CSSStyleSheet | undefined

export const adoptStyle = (): void => {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(CSS)
  }
  document.adoptedStyleSheets.push(sheet)
}

export const dropStyle = (): void => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(each => each !== sheet)
}
