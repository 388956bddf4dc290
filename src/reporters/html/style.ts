/** The look of the page: light and dark by what the reader's system says, on paper, and down to 320 pixels. */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--text:#1c2024;--dim:#57606a;--rule:#d0d7de;--panel:#f6f8fa;--link:#0550ae;
--gone:#b3121d;--gone-back:#fdecec;--replaced:#984800;--replaced-back:#fff1e0;--changed:#1f5f99;--changed-back:#eaf3fb;--calm:#57606a;--calm-back:#f6f8fa;--good:#116329;--good-back:#e6f6ea}
@media (prefers-color-scheme:dark){:root{--page:#0d1117;--text:#e6edf3;--dim:#9aa5b1;--rule:#3d444d;--panel:#161b22;--link:#79b8ff;
--gone:#ff8a85;--gone-back:#3b1518;--replaced:#ffb46b;--replaced-back:#38230d;--changed:#8cc4ff;--changed-back:#12263c;--calm:#9aa5b1;--calm-back:#161b22;--good:#6fdd8b;--good-back:#10301a}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:76rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0}
h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--rule);padding-bottom:.25rem}
h3{font-size:1rem;margin:1.25rem 0 .35rem}
h4{font-size:1rem;margin:0;display:inline}
p{margin:.35rem 0}
a{color:var(--link)}
code,pre,.name{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.92em}
pre{background:var(--panel);border:1px solid var(--rule);border-radius:6px;padding:.6rem .75rem;white-space:pre-wrap;margin:.5rem 0}
.dim{color:var(--dim)}.bad{color:var(--gone)}.warn{color:var(--replaced)}.good{color:var(--good)}
.skip{position:absolute;left:-100rem}.skip:focus{left:1rem;top:1rem;background:var(--page);padding:.5rem}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.verdict{margin-top:1rem;border:1px solid var(--rule);border-left:10px solid var(--gone);background:var(--gone-back);border-radius:8px;padding:1rem 1.25rem}
.verdict.warn{border-left-color:var(--replaced);background:var(--replaced-back);color:var(--text)}
.verdict.good{border-left-color:var(--good);background:var(--good-back);color:var(--text)}
.verdict,.verdict.bad{color:var(--text)}.verdict .word{font-size:1.05rem;font-weight:700;letter-spacing:.02em;color:var(--gone);margin:0}
.verdict.warn .word{color:var(--replaced)}.verdict.good .word{color:var(--good)}
.sources{list-style:none;margin:.75rem 0 0;padding:0}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.75rem 0 0;padding:0}
.scroll{overflow-x:auto;margin:.5rem 0}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--dim);padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-top:1px solid var(--rule);font-weight:400}
thead th{font-weight:600;border-top:0}
.losses{table-layout:fixed}.losses th{width:29%}.losses th:nth-child(4){width:8%}.losses th:nth-child(2){width:33%}
.before .name{text-decoration:line-through;text-decoration-thickness:1px}
.after .name{font-weight:600}
.badge{display:inline-block;border-radius:4px;padding:0 .45rem;font-size:.85rem;font-weight:600;border:1px solid}
.badge.gone{color:var(--gone);background:var(--gone-back)}.badge.replaced{color:var(--replaced);background:var(--replaced-back)}
.badge.changed{color:var(--changed);background:var(--changed-back)}.badge.calm{color:var(--calm);background:var(--calm-back)}
details{margin:.5rem 0}
summary{cursor:pointer}
.card{border:1px solid var(--rule);border-left:6px solid var(--calm);border-radius:6px;padding:.5rem .9rem}
.card.gone{border-left-color:var(--gone)}.card.replaced{border-left-color:var(--replaced)}.card.changed{border-left-color:var(--changed)}
.card:target,li:target,details:target{outline:3px solid var(--link);outline-offset:2px}
.card dl{display:grid;grid-template-columns:7.5rem 1fr;gap:.15rem .75rem;margin:.5rem 0}
dt{color:var(--dim)}dd{margin:0}
.narrow{display:none}
.number{color:var(--dim);display:inline-block;min-width:1.5rem}
.finding{margin:.25rem 0}
figure{margin:.5rem 0}
figcaption{color:var(--dim);margin-bottom:.5rem}
.picture{overflow:auto;border:1px solid var(--rule);border-radius:8px;background:var(--page);max-height:85vh}
svg{display:block}
svg text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--text)}
svg .title{font:600 12px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
svg .more,svg .module,svg .count{fill:var(--dim);font-size:11px}
svg .frame{fill:var(--panel);stroke:var(--rule);stroke-dasharray:4 3}
svg .arrow{fill:none;stroke:var(--dim);stroke-width:1.5}
svg .arrow.state{stroke-dasharray:5 4}
svg .head{fill:var(--dim)}
svg .box{fill:var(--page);stroke:var(--calm)}svg .edge{fill:var(--calm)}
svg .gone .box{fill:var(--gone-back);stroke:var(--gone);stroke-width:1.5}svg .gone .edge{fill:var(--gone)}svg .gone .what{fill:var(--gone);font-weight:600}
svg .replaced .box{fill:var(--replaced-back);stroke:var(--replaced);stroke-width:1.5}svg .replaced .edge{fill:var(--replaced)}svg .replaced .what{fill:var(--replaced);font-weight:600}
svg .changed .box{fill:var(--changed-back);stroke:var(--changed)}svg .changed .edge{fill:var(--changed)}svg .changed .what{fill:var(--changed)}
svg a:focus-visible{outline:none}svg a:focus-visible .box,svg a:hover .box{stroke-width:3;stroke:var(--link)}
.tree{list-style:none;padding-left:1.1rem}
footer{margin-top:2.5rem;padding-bottom:2rem;color:var(--dim);font-size:.9rem}
@media (max-width:40rem){.narrow{display:inline}.losses th{width:auto}.card dl{grid-template-columns:1fr}dt{margin-top:.35rem}h1{font-size:1.25rem}.losses thead{display:none}.losses tr,.losses th,.losses td{display:block;border-top:0;padding:.1rem 0}.losses tr{border-top:1px solid var(--rule);padding:.5rem 0}}
@media print{:root{color-scheme:light}body{font-size:11pt}nav,.skip{display:none}.picture{overflow:visible;max-height:none;border:0}svg{max-width:100%;height:auto}details::details-content{content-visibility:visible;block-size:auto}.card{break-inside:avoid}a{color:inherit;text-decoration:none}}
`;
