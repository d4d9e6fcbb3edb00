// The page of lafz view: what it knows, and how languages and forms are shown.

// What the page knows of all its text; the rest is in the parts.
const store = document.getElementById("lafz");
const meta = JSON.parse(store.textContent);
const text = document.getElementById("text");
const parts = Array.from(text.querySelectorAll(".part"));
const root = document.documentElement;
const MOST = 200; // code points of a form that are shown
const KEEP = 60; // parts: a page of no more is made at once and stays
const SVG = "http://www.w3.org/2000/svg";
const VIEWS = ["surface", "norm", "key"];

// Characters that cannot be seen or that turn directions; each is shown by its name.
const UNSEEN = new RegExp("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5" +
	"\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb" +
	"\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]", "u");
const SHORT = { 0xad: "SHY", 0x34f: "CGJ", 0x61c: "ALM", 0x200b: "ZWSP", 0x200d: "ZWJ", 0x200e: "LRM", 0x200f: "RLM", 0x2028: "LS",
	0x2029: "PS", 0x202a: "LRE", 0x202b: "RLE", 0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO", 0x2060: "WJ", 0x2066: "LRI",
	0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xfe0e: "VS15", 0xfe0f: "VS16", 0xfeff: "BOM" };

const state = { view: store.dataset.view, langs: new Set(), kinds: new Set(), at: null, stop: null, pinned: false };
const tokens = new WeakMap(); // what is known of a token, by its element

// ---- Small things ----

function make(name, className, content) {
	const element = document.createElement(name);
	if (className)
		element.className = className;
	if (content !== undefined)
		element.textContent = content;
	return element;
}

function hex(cp) {
	return "U+" + cp.toString(16).toUpperCase().padStart(4, "0");
}

function nameOf(cp) {
	return meta.names[hex(cp).slice(2)] || "";
}

function utf8Length(string) {
	let n = 0;
	for (const character of string) {
		const cp = character.codePointAt(0);
		n += cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	}
	return n;
}

function count(string) {
	let n = 0;
	for (const character of string)
		n += character ? 1 : 0;
	return n;
}

function percent(share) {
	return (100 * share).toFixed(1) + "\u202f%";
}

// ---- Languages: a colour and a pattern each, the same on every page ----
//
// Ids that are 4 apart have one pattern, and colours that differ for every kind of colour vision.

function colorClass(lang) {
	const id = meta.langs[lang] ? meta.langs[lang].id : 0;
	return id === 0 ? "cu" : "c" + id % 8;
}

function styleClass(lang) {
	const id = meta.langs[lang] ? meta.langs[lang].id : 0;
	return id === 0 ? "su" : "s" + (id + [3, 0, 1, 2][Math.floor(id / 8) % 4]) % 4;
}

function draw(parent, name, attributes) {
	const element = document.createElementNS(SVG, name);
	for (const key of Object.keys(attributes))
		element.setAttribute(key, attributes[key]);
	parent.append(element);
	return element;
}

// A field of a bar: the colour, and on it lines as the run has them.
function drawField(svg, lang, x, width, height) {
	const group = draw(svg, "g", { class: colorClass(lang) });
	draw(group, "rect", { class: "base", x, y: 0, width, height });
	const style = styleClass(lang);
	const step = height / 2;
	for (let at = x + step / 2; at < x + width; at += step) {
		if (style === "s1")
			draw(group, "line", { x1: at, y1: 0, x2: at, y2: height, "stroke-width": 1 });
		else if (style === "s2")
			draw(group, "line", { x1: at, y1: height, x2: Math.min(at + step, x + width), y2: 0, "stroke-width": 1 });
		else if (style === "s3")
			draw(group, "circle", { cx: at, cy: step, r: 1 });
	}
	return group;
}

function swatch(lang) {
	const svg = document.createElementNS(SVG, "svg");
	svg.setAttribute("class", "swatch");
	svg.setAttribute("viewBox", "0 0 26 12");
	svg.setAttribute("aria-hidden", "true");
	drawField(svg, lang, 0, 26, 12);
	return svg;
}

const langs = Object.keys(meta.langs).sort((a, b) => meta.langs[b].bytes - meta.langs[a].bytes);
const bytes = langs.reduce((sum, lang) => sum + meta.langs[lang].bytes, 0) || 1;

function drawBar() {
	const svg = document.createElementNS(SVG, "svg");
	svg.setAttribute("class", "bar");
	svg.setAttribute("viewBox", "0 0 1000 12");
	svg.setAttribute("preserveAspectRatio", "none");
	svg.setAttribute("role", "img");
	svg.setAttribute("aria-label", langs.map(lang => meta.langs[lang].name + " " + percent(meta.langs[lang].bytes / bytes)).join(", "));
	let x = 0;
	for (const lang of langs) {
		const width = 1000 * meta.langs[lang].bytes / bytes;
		draw(drawField(svg, lang, x, width, 12), "title", {}).textContent = meta.langs[lang].name + " " + percent(width / 1000);
		x += width;
	}
	return svg;
}

// ---- Forms ----

// Text into an element, as text: what cannot be seen gets a mark, ZWNJ a line of dots.
function fill(element, string, isEmoji) {
	if (!UNSEEN.test(string)) {
		element.textContent = string;
		return;
	}
	element.textContent = "";
	let plain = "";
	const flush = () => {
		if (plain)
			element.append(plain);
		plain = "";
	};
	for (const character of string) {
		const cp = character.codePointAt(0);
		const isJoiner = cp === 0x200d || cp === 0xfe0f || cp === 0xfe0e || cp >= 0xe0020;
		if (!UNSEEN.test(character) || (isEmoji && isJoiner)) {
			plain += character;
			continue;
		}
		flush();
		if (cp === 0x200c)
			element.append(make("span", "z", character));
		else
			element.append(make("span", "m", SHORT[cp] || (cp < 0x20 ? String.fromCharCode(0x2400 + cp) : hex(cp))));
	}
	flush();
}

function show(element) {
	const token = tokens.get(element);
	fill(element, token[state.view], token.kind === "emoji");
}
