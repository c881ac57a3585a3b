/* Loa 1: draws <div data-loa="https://site/embed/..."> in a shadow root, lets frames of that site grow.
   Touches nothing else of the page. This file never changes: a newer one has a newer number. */
(function(){
"use strict";
var doc=document,own=doc.currentScript,src=own&&own.src||"",at=src.indexOf("/embed/tep/");
if(at<0||!window.fetch||!doc.documentElement.attachShadow){return;}
var base=src.slice(0,at),origin=base.split("/").slice(0,3).join("/"),VERSION=1;
var DARK="--g:#14181d;--i:#f0f2f4;--s:#b8c0c9;--l:#414a54;--b:#ffa8a3;--o:#8fdcaa;--w:#ffd27a;--a:#8cc6ff;color-scheme:dark";
var CSS=":host{all:initial!important;display:block!important;contain:content!important}"+
".x{all:initial;display:block;direction:ltr;--g:#fff;--i:#14181d;--s:#4a525c;--l:#b9c1ca;--b:#a3161d;--o:#0f5c2e;--w:#744a00;--a:#0b4f8a;color-scheme:light;"+
"box-sizing:border-box;padding:12px;background:var(--g);color:var(--i);border:1px solid var(--l);overflow-wrap:break-word;"+
"font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif}"+
".x:lang(km){font-family:'Noto Sans Khmer','Khmer OS',system-ui,sans-serif;line-height:1.9}"+
".dark{"+DARK+"}@media(prefers-color-scheme:dark){.auto{"+DARK+"}}"+
"h2,h3,p,ul{margin:0;padding:0}h2{font-size:18px;line-height:1.4;margin-bottom:8px;padding-bottom:4px;border-bottom:3px solid var(--a)}"+
"h2 a{color:inherit}h3{font-size:16px;line-height:1.45;font-weight:600}ul{list-style:none}a{color:var(--a)}:focus-visible{outline:3px solid var(--i);outline-offset:2px}"+
".t{padding:8px 0;border-top:1px solid var(--l)}.k{font-size:15px;font-weight:700;color:var(--s)}.bad .k{color:var(--b)}.good .k{color:var(--o)}.wait .k,.z{color:var(--w)}"+
".grave{padding:10px 12px;background:#a3161d;color:#fff}.grave a,.grave .k{color:#fff}.f{font-size:24px;font-weight:700}.n{list-style:disc;padding-left:20px}"+
".c a{display:inline-block;padding:4px 12px;border:2px solid;border-radius:6px;font-weight:700;font-size:18px;text-decoration:none}"+
".m{padding:6px 0;font-weight:600}.d,.e{font-size:14px;color:var(--s)}.e{padding-top:6px;border-top:1px solid var(--l)}"+
"input,button{font:inherit;min-height:40px;padding:4px 10px;margin:4px 4px 8px 0;border:2px solid var(--a);border-radius:6px;color:var(--i);background:var(--g);max-width:100%;box-sizing:border-box}[hidden]{display:none}";
function light(c){var s=0,i,p;for(i=0;i<3;i+=1){p=parseInt(c.substr(2*i,2),16)/255;s+=[0.2126,0.7152,0.0722][i]*(p<=0.04045?p/12.92:Math.pow((p+0.055)/1.055,2.4));}return s;}
function readable(c,dark){
var ground=light(dark?"14181d":"ffffff"),goal=dark?255:0,step,i,p,out=c,one;
for(step=0;step<=20;step+=1){
for(out="",i=0;i<3;i+=1){p=parseInt(c.substr(2*i,2),16);out+=("0"+Math.round(p+(goal-p)*step/20).toString(16)).slice(-2);}
one=light(out);if((Math.max(one,ground)+0.05)/(Math.min(one,ground)+0.05)>=4.5){break;}}
return "#"+out;}
function add(to,tag,name,text){var made=doc.createElement(tag);if(name){made.className=name;}if(text){made.textContent=text;}to.appendChild(made);return made;}
function web(url){return /^(https?:|tel:)/.test(url)?url:"";}
function link(to,text,url){if(!web(url)){return add(to,"span","",text);}var made=add(to,"a","",text);made.href=url;if(url.slice(0,4)!=="tel:"){made.target="_blank";made.rel="noopener";}return made;}
function list(value){return Object.prototype.toString.call(value)==="[object Array]"?value:[];}
function call(to,one){var line=add(to,"p","c");link(line,one.number,one.href);if(one.label){add(line,"span",""," "+one.label);}}
function away(item,place){
var codes=list(item.places),i;if(!place||!codes.length){return false;}
for(i=0;i<codes.length;i+=1){if(codes[i]===place||!/^\d{5}$/.test(codes[i])){return false;}}return true;}
function entry(to,item,data){
var box=add(to,"li","t "+(item.tone||"")),i,some,inner;if(item.lang){box.lang=item.lang;}
if(item.label){add(box,"p","k",item.label);}
link(add(box,"h3"),item.title,item.url||"");
if(item.figure){add(box,"p","f",item.figure);}
if(item.text){add(box,"p","",item.text);}
if(item.until_words){add(box,"p","",data.words.until.replace("{time}",item.until_words));}
some=list(item.lines);if(some.length){inner=add(box,"ul","n");for(i=0;i<some.length;i+=1){add(inner,"li","",some[i]);}}
some=list(item.calls);for(i=0;i<some.length;i+=1){call(box,some[i]);}
some=list(item.links);for(i=0;i<some.length;i+=1){link(add(box,"p","m"),some[i].text,some[i].url);}
if(item.date){add(box,"p","d",item.date);}}
function Widget(host){
var self=this;self.host=host;self.path=host.getAttribute("data-loa");self.box=null;self.data=null;self.since=0;self.load();
setInterval(function(){self.load();},300000);setInterval(function(){self.draw();},15000);}
Widget.prototype.option=function(name){return this.host.getAttribute("data-"+name)||"";};
Widget.prototype.load=function(){
var self=this,url=self.path+"du-lieu.json",plain={mode:"cors",credentials:"omit",cache:"no-cache"};
function read(answer){if(!answer.ok){throw new Error(answer.status);}return answer.json();}
window.fetch(url,plain).then(read).then(function(data){self.late=false;self.since=Date.now();self.data=data;self.draw();})
["catch"](function(){self.late=true;if(self.data){self.draw();return;}
plain.cache="force-cache";window.fetch(url,plain).then(function(answer){self.since=Date.parse(answer.headers.get("last-modified"))||0;return read(answer);})
.then(function(data){self.data=data;self.draw();})["catch"](function(){});});};
Widget.prototype.root=function(){
var root=this.host.attachShadow({mode:"open"}),sheet;
try{sheet=new CSSStyleSheet();sheet.replaceSync(CSS);root.adoptedStyleSheets=[sheet];}catch(old){add(root,"style","",CSS);}
return add(root,"section","x");};
Widget.prototype.draw=function(){
var data=this.data,now=Date.now(),items,i,item,inner,shown=0,theme=this.option("theme"),accent=this.option("accent"),most,dark,form,line;
if(!data||data.version!==1||data.oldest>VERSION){return;}
if(!accent&&data.accent){accent=data.accent.slice(1);}
dark=theme==="dark"||(theme!=="light"&&window.matchMedia&&window.matchMedia("(prefers-color-scheme:dark)").matches);
var mark=[theme,accent,dark,this.late,this.since&&this.late,this.option("count"),this.option("place")].join();
items=list(data.items);for(i=0;i<items.length;i+=1){mark+=Date.parse(items[i].until)<=now?"-":"+";}
if(this.drawn===data&&this.mark===mark){return;}
this.drawn=data;this.mark=mark;
if(!this.box){try{this.box=this.root();}catch(taken){return;}}
var box=this.box;while(box.firstChild){box.removeChild(box.firstChild);}
box.className="x "+(theme==="dark"?"dark":theme==="light"?"":"auto");box.lang=data.lang;box.setAttribute("aria-label",data.title);
box.style.removeProperty("--a");if(/^[0-9a-f]{6}$/i.test(accent)){box.style.setProperty("--a",readable(accent,dark));}
link(add(box,"h2"),data.title,data.url);
if(data.search&&web(data.search.action)){form=add(box,"form");form.action=data.search.action;form.target="_blank";form.setAttribute("role","search");
item=list(data.search.hidden);for(i=0;i<item.length;i+=1){line=add(form,"input");line.type="hidden";line.name=item[i].name;line.value=item[i].value;}
line=add(form,"input");line.name="q";line.type="search";line.required=true;line.setAttribute("aria-label",data.search.label);line.placeholder=data.search.label;add(form,"button","",data.search.button);}
most=Math.min(parseInt(this.option("count"),10)||data.count,50);inner=add(box,"ul");
for(i=0;i<items.length;i+=1){item=items[i];
if(!(Date.parse(item.until)<=now)&&!away(item,this.option("place"))){shown+=1;if(shown<=most){entry(inner,item,data);}}}
if(!shown&&!(this.late&&now-this.since>900000)){add(box,"p","",data.empty);}
link(add(box,"p","m"),data.more,data.url);
line=add(box,"p","e");link(line,data.words.source.replace("{name}",data.author),data.authorUrl);if(data.license){add(line,"span",""," · "+data.license);}if(data.note){add(line,"strong",""," · "+data.note);}
if(this.late){i=this.since?new Date(this.since).toLocaleString(data.lang,{dateStyle:"short",timeStyle:"short"}):(data.dateModified||"?").slice(0,10);
line=add(box,"p","z",data.words.stale.replace("{time}",i));line.setAttribute("role","status");}};
function start(){
var found=doc.querySelectorAll("[data-loa]"),i,host,path;
for(i=0;i<found.length;i+=1){host=found[i];path=host.getAttribute("data-loa");
if(!host.shadowRoot&&!host.loaWidget&&path.indexOf(base+"/embed/")===0&&/^([a-z0-9-]+\/)+$/.test(path.slice(base.length+7))){Object.defineProperty(host,"loaWidget",{value:new Widget(host)});}}}
window.addEventListener("message",function(event){
var said=event.data,frames,i;if(event.origin!==origin&&event.origin!=="null"||!said||said.loa!==1||typeof said.height!=="number"){return;}
frames=doc.getElementsByTagName("iframe");
for(i=0;i<frames.length;i+=1){if(frames[i].contentWindow===event.source&&frames[i].src.indexOf(base+"/embed/")===0){
frames[i].style.setProperty("height",Math.max(40,Math.min(2000,Math.ceil(said.height)))+"px","important");}}});
if(doc.readyState==="loading"){doc.addEventListener("DOMContentLoaded",start);}else{start();}
})();
