// How the report looks. Colours are few: blue says right, orange says wrong, green is the third line of
// the chart. The levels d1 to d5 and e1 to e5 of the confusion matrix carry their own ink, so that each number has a
// contrast of 4.5 to 1 at least (WCAG 2.1, AA), in light and dark.
#pragma once

#include "core/base/core_only.hpp"

#include <string_view>

namespace aria_focus::core::learn {

inline constexpr std::string_view report_style = R"css(
:root{color-scheme:light dark;--paper:#fcfbf9;--card:#fff;--ink:#1c1e22;--soft:#5c616b;--line:#e5e2dc;
--right:#2b5ea8;--wrong:#b04a1e;--third:#2f7a52;--track:#edeae4;--mark:#fbe3d3;--chip:#f1eee8;
--d1:#e6eef9;--d2:#c3d7f1;--d3:#8fb4e3;--d4:#2f63ae;--d5:#1b457f;--e1:#fcebdf;--e2:#f8d0b6;--e3:#efaa80;--e4:#b04a1e;
--e5:#843413;--deep:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#15171b;--card:#1c1f24;--ink:#e9e6e0;--soft:#a4a8b1;--line:#30343b;
--right:#8db4f0;--wrong:#ee9a70;--third:#86cfa5;--track:#2a2e35;--mark:#57331f;--chip:#272b31;
--d1:#1e2a3d;--d2:#243b5e;--d3:#2d4f84;--d4:#8db4f0;--d5:#bcd4f8;--e1:#36251c;--e2:#512f1e;--e3:#713d22;--e4:#ee9a70;
--e5:#f9c3a6;--deep:#15171b}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:68rem;margin:0 auto;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,2.5rem) 4rem}
h1{font-size:clamp(1.55rem,1.2rem + 1.8vw,2.4rem);line-height:1.15;letter-spacing:-.02em;margin:0 0 .4rem;
font-weight:680;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:1.3rem;line-height:1.25;letter-spacing:-.01em;margin:3.25rem 0 .3rem;font-weight:650}
h3{font-size:1rem;margin:1.6rem 0 .5rem;font-weight:650}
p{margin:0 0 1rem;max-width:42rem}.soft,th,.note{color:var(--soft)}.note{font-size:.93rem}
.id,.m,.k{unicode-bidi:isolate;overflow-wrap:anywhere}.id{font-weight:600}.nobody{font-style:italic;font-weight:500}
.k{display:inline-block;background:var(--chip);border-radius:.3rem;padding:.02rem .42rem;margin:.1rem .2rem .1rem 0;
font-size:.9rem}
mark{background:var(--mark);color:inherit;border-radius:.2rem;padding:.05rem .15rem;
box-shadow:inset 0 -2px 0 var(--wrong)}
.hero{display:grid;grid-template-columns:minmax(0,19rem) minmax(0,1fr);gap:1.25rem;margin:2rem 0 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.15rem 1.25rem}
.big{font-size:3.4rem;line-height:1;letter-spacing:-.04em;font-weight:700;color:var(--right);margin:.35rem 0 .9rem}
.label{font-size:.88rem;color:var(--soft);margin:0}
.tiles{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:1.25rem 1rem;align-content:space-evenly}
.tiles dt{font-size:.88rem;color:var(--soft)}.tiles dd{margin:.05rem 0 0;font-size:1.45rem;font-weight:640;
letter-spacing:-.01em}.tiles .w dd{color:var(--wrong)}
.range{position:relative;height:.6rem;border-radius:.3rem;background:var(--track)}
.range i{position:absolute;top:0;bottom:0;border-radius:.3rem;background:var(--d3)}
.range b{position:absolute;top:-.25rem;bottom:-.25rem;width:3px;margin-left:-1.5px;border-radius:2px;
background:var(--right)}
.range u{position:absolute;top:-.1rem;bottom:-.1rem;width:2px;margin-left:-1px;background:var(--soft)}
.ends{display:flex;justify-content:space-between;font-size:.82rem;color:var(--soft);margin:.35rem 0 .8rem}
table{border-collapse:collapse;width:100%}th{font-size:.85rem;font-weight:500;text-align:left;padding:.35rem .6rem}
td{padding:.5rem .6rem;border-top:1px solid var(--line);vertical-align:top}
.n{text-align:right;white-space:nowrap}td.n+td:last-child,th.n+th:last-child{padding-left:1.5rem}
th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
.bar{display:flex;align-items:center;gap:.6rem;min-width:8rem}.bar span{flex:none;width:4.2rem;text-align:right}
.bar i{flex:1;height:.5rem;border-radius:.25rem;background:var(--track);overflow:hidden}
.bar b{display:block;height:100%;background:var(--right);border-radius:.25rem}
.idle{color:var(--soft)}
.scroll{overflow-x:auto;overscroll-behavior-x:contain;margin:0 -.25rem;padding:.25rem}
.matrix{width:auto;border-spacing:2px;border-collapse:separate;font-size:.88rem}
.matrix td,.matrix th{padding:0;border:0}.matrix thead th{vertical-align:bottom;height:1px}
.matrix thead th span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:11rem;overflow:hidden;
text-overflow:ellipsis;white-space:nowrap;padding:.2rem 0;margin:0 auto;display:block}
.matrix tbody th{text-align:right;padding:0 .6rem 0 0;font-weight:500;color:var(--ink);max-width:12rem;overflow:hidden;
text-overflow:ellipsis;white-space:nowrap;position:sticky;left:0;background:var(--paper);z-index:1}
.matrix td{min-width:2.5rem;height:2.3rem;text-align:center;vertical-align:middle;border-radius:.3rem;color:var(--ink)}
.matrix .z{color:var(--soft);opacity:.45}
.d1{background:var(--d1)}.d2{background:var(--d2)}.d3{background:var(--d3)}.d4{background:var(--d4)}
.d5{background:var(--d5)}.e1{background:var(--e1)}.e2{background:var(--e2)}.e3{background:var(--e3)}
.e4{background:var(--e4)}.e5{background:var(--e5)}
.matrix .d4,.matrix .d5,.matrix .e4,.matrix .e5{color:var(--deep);font-weight:600}
ol.rows{list-style:none;margin:0;padding:0}ol.rows li{display:grid;grid-template-columns:minmax(0,1fr) auto;
gap:.1rem 1rem;padding:.75rem 0;border-top:1px solid var(--line)}ol.rows li>*{margin:0}
ol.rows .m{grid-column:1/-1;max-width:none}.count{color:var(--wrong);font-weight:640;white-space:nowrap}
.to{color:var(--soft);font-weight:400;padding:0 .15rem}
.chart{display:grid;grid-template-columns:2.9rem minmax(0,1fr);gap:.4rem .6rem;font-size:.85rem;color:var(--soft)}
.chart svg{width:100%;height:15rem;display:block;overflow:visible}.y{display:flex;flex-direction:column;
justify-content:space-between;text-align:right;line-height:1}
.x{grid-column:2;display:flex;justify-content:space-between}
.chart path,.chart line{fill:none;vector-effect:non-scaling-stroke;stroke-width:2.25;stroke-linejoin:round}
.chart line{stroke:var(--line);stroke-width:1}.chart .now{stroke:var(--soft);stroke-dasharray:2 4;stroke-width:1.5}
.s1{stroke:var(--right)}.s2{stroke:var(--wrong);stroke-dasharray:7 4}.s3{stroke:var(--third);stroke-dasharray:2 3}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;margin:0 0 .9rem;padding:0;list-style:none;font-size:.93rem}
.legend svg{width:2.1rem;height:.6rem;margin-right:.5rem}.legend path{fill:none;stroke-width:2.25}
footer{margin-top:3.5rem;padding-top:1.1rem;border-top:1px solid var(--line);font-size:.88rem;color:var(--soft)}
@media (max-width:44rem){.hero{grid-template-columns:minmax(0,1fr)}.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}
table.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.stack,table.stack tbody,table.stack tr,table.stack td{display:block;width:auto}
table.stack tr{padding:.8rem 0;border-top:1px solid var(--line)}
table.stack td{border:0;padding:.12rem 0;text-align:left;white-space:normal;display:flex;gap:.8rem}
table.stack td.n+td:last-child{padding-left:0}table.stack td:first-child{display:block;padding-bottom:.3rem}
table.stack td[data-l]::before{content:attr(data-l);color:var(--soft);font-size:.88rem;flex:none;width:7.2rem}
.bar{flex:1;min-width:0}}
@media print{body{background:#fff}.card,ol.rows li,tr{break-inside:avoid}}
)css";

}  // namespace aria_focus::core::learn
