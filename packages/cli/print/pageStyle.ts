/** Of the report's page: a phone's width first, dark where the reader's system is, and black on white on paper. */
export const pageStyle = `
:root{color-scheme:light dark;--ink:#1d1b26;--paper:#fff;--soft:#6a6676;--line:#e4e1ec;--tint:var(--accent);--pale:color-mix(in srgb,var(--tint) 30%,var(--paper))}
@media (prefers-color-scheme:dark){:root{--ink:#eceaf3;--paper:#16141d;--soft:#a29db0;--line:#332f40;--tint:var(--accent-dark)}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main{max-width:60rem;margin:auto;padding:1rem}
h1{margin:.5rem 0 0;font-size:1.6rem}
h2{margin:2rem 0 .5rem;font-size:1.1rem}
p{margin:.25rem 0;color:var(--soft)}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.4rem .5rem;text-align:left;vertical-align:middle;border-bottom:1px solid var(--line);font-weight:400}
thead th{color:var(--soft);font-size:.8rem}
th[scope=row]{max-width:22rem;overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap}
.drop{color:var(--soft)}
.chart{width:40%}
.bar{display:block;print-color-adjust:exact;-webkit-print-color-adjust:exact;height:.6rem;min-width:3rem;border-radius:.3rem;background:var(--line);overflow:hidden}
th .bar{height:.3rem;margin-top:.25rem}
.bar i{display:block;height:100%;background:var(--tint);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bars{display:flex;align-items:flex-end;gap:2px;height:2rem}
.bars i{flex:1;min-height:1px;background:var(--tint);print-color-adjust:exact;-webkit-print-color-adjust:exact}
dl{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:1rem 0 0}
dl div{display:flex;flex-direction:column-reverse}
dt{color:var(--soft);font-size:.85rem}
dd{margin:0;font-size:1.8rem;line-height:1.2;font-variant-numeric:tabular-nums}
.days{display:flex;align-items:flex-end;gap:2px;height:9rem;margin-top:.75rem;border-bottom:1px solid var(--line)}
.days span{flex:1;display:flex;align-items:flex-end;min-height:1px;max-width:3rem;background:var(--pale)}
.days i{width:100%;background:var(--tint)}
.days span,.days i{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.scale{display:flex;justify-content:space-between;font-size:.8rem}
summary{margin:.75rem 0 .25rem;color:var(--soft);cursor:pointer}
.wide{overflow-x:auto}
.wide th:first-child{position:sticky;left:0;min-width:8.5rem;background:var(--paper)}
@media (max-width:30rem){.chart{width:25%}th,td{padding:.35rem .3rem}body{font-size:15px}}
@media print{:root{--ink:#000;--paper:#fff;--soft:#444;--line:#ccc;--tint:var(--accent)}body{font-size:11pt}section{break-inside:avoid}.wide{overflow:visible}details{display:none}header{padding-bottom:0}.wide th:first-child{position:static;min-width:0}thead{display:table-header-group}tr{break-inside:avoid}section:has(tr:nth-child(25)){break-inside:auto}}
`
