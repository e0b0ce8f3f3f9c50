import { paletteCss } from '../../figures/palette.ts'

/** The one style sheet of a note's page: two themes, a phone, and A4 in black and white. */
export const pageStyle = (): string => `${paletteCss()}${PAGE}${PHONE}${PRINT}`.replaceAll(/\n\s*/g, '')

const PAGE = `
  :root{color-scheme:light dark;--measure:690px;--sans:-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",system-ui,sans-serif;--figure-font:var(--sans)}
  *{box-sizing:border-box}
  body{margin:0;background:var(--paper);color:var(--ink);font:400 17.5px/1.55 Charter,"Bitstream Charter","Iowan Old Style",Georgia,"Liberation Serif",serif;-webkit-text-size-adjust:100%}
  main{max-width:1008px;margin:0 auto;padding:0 24px 64px}
  main>*{max-width:var(--measure);margin-left:0;margin-right:0}
  main>.wide{max-width:960px}
  a{color:var(--accent)}
  .kicker{font:600 13px/1.4 var(--sans);color:var(--muted);margin-top:40px;letter-spacing:.01em}
  h1{font-size:33px;line-height:1.22;letter-spacing:-.012em;margin-top:8px;margin-bottom:22px;max-width:860px;text-wrap:pretty}
  h2{font-size:23px;line-height:1.3;margin-top:52px;margin-bottom:10px}
  h3{font:600 13px/1.4 var(--sans);margin:0 0 8px;letter-spacing:.01em}
  p{margin-top:0;margin-bottom:14px}
  sup{font:600 10.5px/1 var(--sans);font-variant-numeric:tabular-nums;vertical-align:super}
  sup a{color:var(--muted);text-decoration:none;padding:0 1px}
  sup a:hover,sup a:focus{color:var(--accent);text-decoration:underline}
  :target{background:color-mix(in srgb,var(--accent) 14%,transparent)}
  .simulated{max-width:none!important;background:var(--warn);color:var(--paper);font:600 14px/1.4 var(--sans);padding:8px 24px;text-align:center;margin:0 -24px}
  .facts{display:grid;grid-template-columns:repeat(5,auto);gap:0 32px;justify-content:start;padding:14px 0;border-top:1px solid var(--grid);border-bottom:1px solid var(--grid);margin-bottom:28px;font-family:var(--sans)}
  .facts dt{font-size:12.5px;line-height:1.4;color:var(--muted)}
  .facts dd{margin:0;font-size:19px;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
  .coverage{font:400 13.5px/1.5 var(--sans);color:var(--muted)}
  .verdict{border:1px solid var(--grid);border-top:3px solid var(--ink);padding:20px 24px 18px;margin-bottom:20px}
  .verdict>p{font-size:19px;line-height:1.4;margin-bottom:16px}
  .columns{display:grid;grid-template-columns:5fr 4fr 4fr;gap:8px 28px}
  .columns h3{border-bottom:1px solid var(--grid);padding-bottom:6px}
  .for h3{border-bottom:3px solid var(--up)}
  .against h3{border-bottom:3px double var(--down)}
  .columns ul{list-style:none;margin:0;padding:0;font:400 14px/1.45 var(--sans)}
  .columns li{padding:5px 0}
  .missing-column li{color:var(--muted)}
  .triggers{display:grid;grid-template-columns:1fr 1fr;gap:6px 28px;margin:16px 0 0;padding-top:14px;border-top:1px solid var(--grid);font:400 14px/1.45 var(--sans)}
  .triggers dt{font-weight:600}
  .triggers dd{margin:0}
  .finding{font-weight:700}
  .grey{color:var(--muted);font:400 14px/1.5 var(--sans)}
  figure{margin-top:22px;margin-bottom:26px;break-inside:avoid}
  figure svg{display:block;width:100%;height:auto}
  .wide-only{margin:0 -16px}
  .narrow{display:none}
  figcaption{font:400 13.5px/1.5 var(--sans);color:var(--muted);margin-top:8px}
  figcaption{display:flex;flex-wrap:wrap;gap:2px 16px}
  .scroll{overflow-x:auto}
  table{border-collapse:collapse;font:400 14.5px/1.4 var(--sans);font-variant-numeric:tabular-nums;width:100%}
  th{font-weight:600;text-align:right;color:var(--muted);font-size:12.5px;border-bottom:1px solid var(--ink);padding:6px 12px 6px 0;white-space:nowrap}
  td{text-align:right;border-bottom:1px solid var(--grid);padding:7px 12px 7px 0;white-space:nowrap}
  th:first-child,td:first-child,.text{text-align:left}
  tr.here td{border-bottom:2px solid var(--ink);font-weight:600}
  .sources{font:400 13px/1.5 var(--sans);color:var(--muted);padding-left:28px;overflow-wrap:anywhere}
  .sources li{margin-bottom:4px;padding-left:2px}
  .sources a{text-decoration:none}
  .sources .site{text-decoration:underline}
  .foot{font:400 13px/1.5 var(--sans);color:var(--muted);border-top:1px solid var(--grid);padding-top:14px;margin-top:36px}
`

const PHONE = `
  @media screen and (max-width:640px){
    body{font-size:17px}
    main{padding:0 15px 48px}
    .simulated{margin:0 -15px;padding:8px 15px;text-align:left}
    .kicker{margin-top:24px}
    h1{font-size:25px;line-height:1.25}
    h2{margin-top:40px;font-size:21px}
    .facts{grid-template-columns:1fr 1fr;gap:10px 20px}
    .verdict{padding:16px 16px 14px}
    .columns,.triggers{grid-template-columns:1fr;gap:18px}
    .triggers{gap:8px}
    .wide-only{display:none}
    .narrow{display:block;margin:0 -8px}
  }
`

const PRINT = `
  @media print{
    @page{size:A4;margin:16mm 16mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
    body{font-size:10.5pt;line-height:1.45}
    main{padding:0;max-width:none}
    main>*,main>.wide{max-width:none}
    h1{font-size:18pt;margin-bottom:10pt}
    h2{font-size:14pt;margin-top:18pt;break-after:avoid}
    .finding{break-after:avoid}
    li,tr,.triggers,.facts{break-inside:avoid}
    .wide-only{margin:0}
    .kicker{margin-top:0}
    .simulated{background:none;color:#000;border:1.5pt solid #000;margin:0 0 8pt}
    .narrow,.data,.back{display:none}
    a{color:inherit;text-decoration:none}
    .columns ul,.triggers,.coverage,figcaption,.grey{font-size:8.5pt;line-height:1.35}
    .columns li{padding:2pt 0}
    .verdict{padding:10pt 12pt}
    .verdict>p{font-size:12pt}
    .facts{padding:6pt 0;margin-bottom:8pt}
    .facts dd{font-size:12pt}
    table{font-size:9pt}
    th,td{padding-top:3pt;padding-bottom:3pt}
    .sources{font-size:7.5pt;line-height:1.3}
  }
`
