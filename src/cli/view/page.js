"use strict";
(() => {
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

function colorClass(lang) {
	const id = meta.langs[lang] ? meta.langs[lang].id : 0;
	return id === 0 ? "cu" : "c" + id % 8;
}

function styleClass(lang) {
	const id = meta.langs[lang] ? meta.langs[lang].id : 0;
	return id === 0 ? "su" : "s" + (id + [3, 0, 2, 1][Math.floor(id / 8) % 4]) % 4;
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

// ---- Parts ----

function noteOf(differences) {
	const note = make("span", "note");
	const words = Object.keys(differences).map(what => what + ": " + (differences[what] || "\u2205"));
	fill(note, meta.against.name + " \u2260 " + words.join("; "));
	return note;
}

function isOff(token) {
	return state.langs.has(token.lang) || state.kinds.has(token.kind);
}

function style(element) {
	const token = tokens.get(element);
	element.classList.toggle("off", isOff(token));
}

// Reads the items of a part and makes its lines; one at a time holds the state.
class Builder {
	constructor(part) {
		this.part = part;
		this.data = JSON.parse(part.querySelector("script").textContent);
		this.byte = this.data.b;
		this.char = this.data.c;
		this.sent = this.data.s;
		this.par = this.data.p;
		this.line = null;
		this.run = null;
		this.gap = "";
		this.touches = false;
		this.info = { r: 0, l: "und", c: 0 };
		this.fragment = document.createDocumentFragment();
		this.note = null;
	}

	openLine() {
		if (!this.line) {
			this.line = make("p");
			this.line.dir = this.info.d ? "rtl" : "ltr";
			this.fragment.append(this.line);
		}
		return this.line;
	}

	openRun() {
		if (this.run)
			return this.run;
		const run = make("span", "r " + colorClass(this.info.l) + " " + styleClass(this.info.l));
		run.lang = this.info.l;
		run.dir = this.info.d ? "rtl" : "ltr";
		run.classList.toggle("off", state.langs.has(this.info.l));
		this.flushGap(this.openLine());
		this.line.append(run);
		this.run = run;
		return run;
	}

	flushGap(parent) {
		if (!this.gap)
			return;
		const gap = make("span");
		fill(gap, this.gap);
		parent.append(...gap.childNodes);
		this.gap = "";
	}

	addGap(string, length) {
		this.byte += length;
		this.char += count(string);
		const lines = string.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
		this.gap += lines[0];
		this.touches = false;
		for (const rest of lines.slice(1)) {
			if (this.line || this.gap)
				this.flushGap(this.openLine());
			else
				this.fragment.append(make("p", "blank"));
			this.line = this.run = null;
			this.gap = rest;
		}
	}

	addToken(item) {
		const rest = item[2] || {};
		const surface = item[1];
		const kind = meta.kinds[item[0]][0];
		const hasLetters = ["word", "url", "email", "mention", "hashtag"].includes(kind);
		const lang = meta.langs[this.info.l];
		const token = {
			kind, surface, norm: rest.n === undefined ? surface : rest.n, key: rest.k === undefined ? surface : rest.k,
			flags: meta.flags.filter((name, i) => (rest.f || 0) >> i & 1), script: rest.s || (hasLetters && lang ? lang.script : "Zyyy"),
			edits: rest.e || [], hex: rest.x, differences: rest.d, start: this.byte, cstart: this.char,
			sent: this.sent, par: this.par, run: this.info.r, lang: this.info.l, confidence: this.info.c,
		};
		this.byte += rest.b === undefined ? utf8Length(surface) : rest.b;
		this.char += count(surface);
		token.end = this.byte;
		token.cend = this.char;
		const run = this.openRun();
		this.flushGap(run);
		const element = make("span", "t");
		element.tabIndex = -1;
		element.classList.toggle("j", this.touches);
		element.classList.toggle("e", token.edits.length > 0);
		element.classList.toggle("x", rest.x !== undefined);
		element.classList.toggle("d", rest.d !== undefined);
		tokens.set(element, token);
		show(element);
		style(element);
		if (this.note && !(rest.d && Object.keys(rest.d).length === 0))
			this.flushNote();
		run.append(element);
		if (rest.d && Object.keys(rest.d).length > 0)
			this.note = rest.d;
		this.touches = true;
	}

	// Behind the last token of the row that differs.
	flushNote() {
		if (this.note)
			(this.run || this.openLine()).append(noteOf(this.note));
		this.note = null;
	}

	add(item) {
		if (Array.isArray(item)) {
			this.addToken(item);
			return;
		}
		if (item.d instanceof Object) {
			this.flushNote();
			this.note = item.d;
			this.flushNote();
		} else if (typeof item === "string" || item.g !== undefined) {
			const string = item.g === undefined ? item : item.g;
			if (/[\n\v\f\r\u0085\u2028\u2029]/.test(string))
				this.flushNote();
			this.addGap(string, item.b === undefined ? utf8Length(string) : item.b);
		} else if (item.r !== undefined) {
			this.flushNote();
			this.info = item;
			this.run = null;
		} else {
			this.sent = item.s;
			this.par = item.p;
		}
	}

	build() {
		for (const item of this.data.i.slice(1))
			this.add(item);
		this.flushNote();
		if (this.gap)
			this.flushGap(this.openLine());
		this.part.append(this.fragment);
	}
}

function isMade(part) {
	return part.childElementCount > 1;
}

function makePart(part) {
	if (isMade(part))
		return;
	new Builder(part).build();
	part.style.minHeight = "";
}

function guessHeight(part, columns) {
	return Math.ceil((Number(part.dataset.n) / columns + 1) * 38);
}

function dropPart(part) {
	if (!isMade(part) || part.contains(document.activeElement) || part.contains(state.at))
		return;
	part.style.minHeight = part.offsetHeight + "px";
	while (part.lastElementChild.tagName !== "SCRIPT")
		part.lastElementChild.remove();
}

// Only what is near is there as elements.
function watch() {
	if (parts.length <= KEEP) {
		parts.forEach(makePart);
		return;
	}
	const columns = Math.max(20, text.clientWidth / 9); // once: it asks for the layout
	for (const part of parts)
		part.style.minHeight = guessHeight(part, columns) + "px";
	const near = new IntersectionObserver(entries => {
		for (const entry of entries) {
			if (entry.isIntersecting)
				makePart(entry.target);
		}
	}, { rootMargin: "1200px" });
	const far = new IntersectionObserver(entries => {
		for (const entry of entries) {
			if (!entry.isIntersecting)
				dropPart(entry.target);
		}
	}, { rootMargin: "6000px" });
	for (const part of parts) {
		near.observe(part);
		far.observe(part);
	}
	makePart(parts[0]);
	addEventListener("beforeprint", () => parts.forEach(makePart));
}

function made() {
	return text.querySelectorAll(".t");
}

// ---- The panel ----

const panel = make("aside", "empty");
panel.id = "panel";
panel.setAttribute("aria-live", "polite");
panel.setAttribute("aria-label", "Token");

function addRow(list, name, value) {
	list.append(make("dt", "", name), make("dd", "", value));
}

function cpTable(string) {
	const table = make("table");
	const all = Array.from(string);
	for (const character of all.slice(0, MOST)) {
		const cp = character.codePointAt(0);
		const row = table.insertRow();
		row.insertCell().className = "u";
		row.cells[0].textContent = hex(cp);
		const glyph = row.insertCell();
		glyph.className = "g";
		fill(glyph, /^\p{M}$/u.test(character) ? "\u25cc" + character : character);
		row.insertCell().textContent = nameOf(cp);
	}
	if (all.length > MOST) {
		const cell = table.insertRow().insertCell();
		cell.colSpan = 3;
		cell.textContent = "and " + (all.length - MOST) + " more";
	}
	return table;
}

function addForm(name, string, same) {
	panel.append(make("h4", "", name));
	if (same) {
		panel.append(make("div", "", "the same as " + same));
		return;
	}
	const form = make("bdi", "form");
	fill(form, string.length > 400 ? string.slice(0, 400) + "\u2026" : string);
	panel.append(string ? form : make("div", "", "empty"));
	if (string)
		panel.append(cpTable(string));
}

function addEdits(token) {
	panel.append(make("h4", "", "edits"));
	const list = make("ul");
	for (const [start, end, source, target, rules] of token.edits) {
		const item = make("li");
		const from = make("bdi"), to = make("bdi");
		fill(from, source);
		fill(to, target);
		item.append("bytes " + (token.start + start) + "\u2013" + (token.start + end) + ": ", from, " \u2192 ",
			target ? to : make("em", "", "nothing"), " by ", make("strong", "", rules.split(" ").join(", ")));
		list.append(item);
	}
	panel.append(list);
}

function addDifferences(token) {
	panel.append(make("h4", "", meta.against.name));
	const list = make("dl");
	for (const what of Object.keys(token.differences))
		addRow(list, what, token.differences[what] || "\u2205");
	if (!list.childElementCount)
		addRow(list, "tokens", "as the token before");
	panel.append(list);
}

function showPanel(element) {
	const token = tokens.get(element);
	const lang = meta.langs[token.lang];
	panel.textContent = "";
	panel.className = "";
	const close = make("button", "close", "\u00d7");
	close.setAttribute("aria-label", "Close");
	close.addEventListener("click", clear);
	const title = make("h3"), form = make("bdi");
	fill(form, token.surface.length > 80 ? token.surface.slice(0, 80) + "\u2026" : token.surface, token.kind === "emoji");
	title.append(form);
	const list = make("dl");
	addRow(list, "kind", token.kind);
	addRow(list, "language", token.lang + " " + (lang ? lang.name : ""));
	addRow(list, "confidence", String(token.confidence));
	addRow(list, "script", token.script);
	addRow(list, "bytes", token.start + "\u2013" + token.end);
	addRow(list, "characters", token.cstart + "\u2013" + token.cend);
	addRow(list, "flags", token.flags.join(", ") || "none");
	addRow(list, "place", "paragraph " + token.par + ", sentence " + token.sent + ", run " + token.run);
	if (token.hex)
		addRow(list, "source in hex", token.hex.replace(/(..)(?=.)/g, "$1 "));
	panel.append(close, title, list);
	if (token.differences)
		addDifferences(token);
	if (token.edits.length > 0)
		addEdits(token);
	addForm("surface", token.surface);
	addForm("norm", token.norm, token.norm === token.surface ? "surface" : "");
	addForm("key", token.key, token.key === token.surface ? "surface" : token.key === token.norm ? "norm" : "");
}

function mark(element) {
	if (state.at)
		state.at.classList.remove("at");
	state.at = element;
	element.classList.add("at");
	setStop(element);
	showPanel(element);
}

// The one token that Tab goes to.
function setStop(element) {
	if (state.stop)
		state.stop.tabIndex = -1;
	state.stop = element;
	element.tabIndex = 0;
}

// Scrolls if the panel lies over the token, as it does on a narrow screen.
function uncover(element) {
	const lower = element.getBoundingClientRect().bottom, top = panel.getBoundingClientRect().top;
	if (getComputedStyle(panel).position === "fixed" && lower > top - 8)
		scrollBy(0, lower - top + 24);
}

function clear() {
	const before = state.at;
	state.pinned = false;
	if (before)
		before.classList.remove("at");
	state.at = null;
	panel.className = "empty";
	panel.textContent = "";
	panel.append(make("p", "hint", "Point at a token, tap it, or press the arrow keys. Enter keeps it, Escape lets it go; 1, 2, 3 switch to " +
		"surface, norm, key; n and p go to the next " + (meta.against ? "difference" : "edit") + "."));
}

// ---- Moving ----

function isStop(element) {
	return element && !element.classList.contains("off");
}

// The token next to one in reading order, also in a part that is not there yet.
function beside(element, step, wanted) {
	let part = element ? element.closest(".part") : parts[step > 0 ? 0 : parts.length - 1];
	if (!part)
		return null;
	makePart(part);
	let all = Array.from(part.querySelectorAll(".t"));
	let i = element ? all.indexOf(element) : step > 0 ? -1 : all.length;
	let k = parts.indexOf(part);
	for (;;) {
		for (i += step; i >= 0 && i < all.length; i += step) {
			if (isStop(all[i]) && wanted(all[i]))
				return all[i];
		}
		for (k += step; k >= 0 && k < parts.length && wanted === isDifferent && !parts[k].dataset.d; k += step)
			continue;
		if (k < 0 || k >= parts.length)
			return null;
		makePart(parts[k]);
		all = Array.from(parts[k].querySelectorAll(".t"));
		i = step > 0 ? -1 : all.length;
	}
}

function isAny() {
	return true;
}

function isDifferent(element) {
	return element.classList.contains("d");
}

function isEdited(element) {
	return element.classList.contains("e");
}

// Where moving begins without a token: the first one that is seen.
function firstSeen() {
	for (const part of parts) {
		if (!isMade(part) || part.getBoundingClientRect().bottom < 0)
			continue;
		const all = Array.from(part.querySelectorAll(".t:not(.off)"));
		const seen = all.find(element => element.getBoundingClientRect().bottom > 0);
		if (seen)
			return seen;
	}
	return beside(null, 1, isAny);
}

// To the next token that is wanted, or the first one that is seen.
function walk(step, wanted) {
	const at = state.at && state.at.isConnected ? state.at : null;
	const seen = at ? null : firstSeen();
	if (seen && wanted(seen))
		go(seen);
	else
		go(beside(at || seen, step, wanted));
}

function go(element) {
	if (!element)
		return;
	mark(element);
	element.focus({ preventScroll: true });
	element.scrollIntoView({ block: "nearest" });
	uncover(element);
}

// The first token of the line above or below.
function lineBeside(element, step) {
	const line = element.closest("p");
	let next = element;
	do
		next = beside(next, step, isAny);
	while (next && next.closest("p") === line);
	return next && next.closest("p").querySelector(".t:not(.off)");
}

function onKey(event) {
	if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("button, summary, input"))
		return;
	const at = state.at && state.at.isConnected ? state.at : null;
	const isRtl = at && at.closest("p").dir === "rtl";
	const ahead = isRtl ? "ArrowLeft" : "ArrowRight", back = isRtl ? "ArrowRight" : "ArrowLeft";
	const inText = at && text.contains(document.activeElement);
	const wanted = meta.against ? isDifferent : isEdited;
	if (event.key === "Escape")
		clear();
	else if (event.key === "1" || event.key === "2" || event.key === "3")
		setView(VIEWS[Number(event.key) - 1]);
	else if (event.key === "n")
		walk(1, wanted);
	else if (event.key === "p")
		walk(-1, wanted);
	else if (event.key === ahead)
		walk(1, isAny);
	else if (event.key === back)
		walk(-1, isAny);
	else if (inText && event.key === "ArrowDown")
		go(lineBeside(at, 1));
	else if (inText && event.key === "ArrowUp")
		go(lineBeside(at, -1));
	else if (inText && event.key === "Home")
		go(at.closest("p").querySelector(".t:not(.off)"));
	else if (inText && event.key === "End")
		go(Array.from(at.closest("p").querySelectorAll(".t:not(.off)")).pop());
	else if (inText && (event.key === "Enter" || event.key === " "))
		state.pinned = !state.pinned;
	else
		return;
	event.preventDefault();
}

// ---- Tools ----

function setView(view) {
	state.view = view;
	for (const button of document.querySelectorAll("button[data-view]"))
		button.setAttribute("aria-checked", String(button.dataset.view === view));
	made().forEach(show);
}

function applyFilters() {
	made().forEach(style);
	for (const run of text.querySelectorAll(".r"))
		run.classList.toggle("off", state.langs.has(run.lang));
}

function fieldset(name, role) {
	const set = make("fieldset", "");
	set.append(make("legend", "", name));
	if (role)
		set.setAttribute("role", role);
	return set;
}

function toggle(set, key, label, small) {
	const button = make("button");
	button.type = "button";
	button.setAttribute("aria-pressed", "true");
	button.append(...label);
	if (small)
		button.append(" ", make("small", "", small));
	button.addEventListener("click", () => {
		const isOn = set.has(key);
		if (isOn)
			set.delete(key);
		else
			set.add(key);
		button.setAttribute("aria-pressed", String(isOn));
		applyFilters();
	});
	return button;
}

function choices(name, values, current, attribute, choose) {
	const set = fieldset(name, "radiogroup");
	set.classList.add("act");
	for (const value of values) {
		const button = make("button", "", value);
		button.type = "button";
		button.dataset[attribute] = value;
		button.setAttribute("role", "radio");
		button.setAttribute("aria-checked", String(value === current));
		button.addEventListener("click", () => choose(value));
		set.append(button);
	}
	return set;
}

function setTheme(theme) {
	const isDark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
	root.dataset.theme = isDark ? "dark" : "light";
	root.dataset.choice = theme;
	for (const button of document.querySelectorAll("button[data-theme]"))
		button.setAttribute("aria-checked", String(button.dataset.theme === theme));
}

function langTools() {
	const set = fieldset("languages");
	for (const lang of langs) {
		const button = toggle(state.langs, lang, [swatch(lang), lang + " " + meta.langs[lang].name],
			percent(meta.langs[lang].bytes / bytes));
		button.dataset.lang = lang;
		set.append(button);
	}
	return set;
}

function kindTools() {
	const details = make("details", "act");
	details.append(make("summary", "", "kinds"));
	const set = fieldset("");
	for (const [kind, n] of meta.kinds.filter(row => row[1] > 0)) {
		const button = toggle(state.kinds, kind, [kind], String(n));
		button.dataset.kind = kind;
		set.append(button);
	}
	details.append(set);
	return details;
}

// Goes through edits, or the differences from another output, of which it tells how many there are.
function walkTools() {
	const n = meta.against ? Object.values(meta.against.by).reduce((sum, value) => sum + value, 0) : meta.edited;
	const set = fieldset((meta.against ? "differences" : "edited tokens") + " " + n);
	set.classList.add("act");
	for (const [label, step, name] of [["\u2039", -1, "previous"], ["\u203a", 1, "next"]]) {
		const button = make("button", "", label);
		button.type = "button";
		button.dataset.walk = name;
		button.setAttribute("aria-label", name);
		button.addEventListener("click", () => walk(step, meta.against ? isDifferent : isEdited));
		set.append(button);
	}
	return set;
}

function againstLine() {
	const against = meta.against;
	const sum = against.here + against.there || 1;
	const by = Object.keys(against.by).filter(what => against.by[what] > 0).map(what => what + " " + against.by[what]);
	return make("p", "hint against", "beside " + against.name + ": " + against.here + " and " + against.there + " tokens, " + against.same +
		" with the same borders (F1 " + (200 * against.same / sum).toFixed(2) + "\u202f%). Differences: " + (by.join(", ") || "none") + ".");
}

function build() {
	const header = make("header");
	const title = make("h1", "");
	const nTokens = meta.kinds.reduce((sum, row) => sum + row[1], 0);
	title.append(make("bdi", "", document.title), " ", make("small", "", nTokens + " tokens, " + meta.edits + " edits"));
	const tools = make("div", "tools");
	tools.append(choices("show", VIEWS, state.view, "view", setView), langTools(), kindTools(), walkTools(),
		choices("theme", ["auto", "light", "dark"], "auto", "theme", setTheme));
	header.append(title, drawBar(), tools);
	if (meta.against)
		header.append(againstLine());
	document.body.prepend(header);
	text.after(panel);
	text.setAttribute("aria-label", "Text");
	clear();
}

function listen() {
	text.addEventListener("pointerover", event => {
		const element = event.target.closest(".t");
		if (element && event.pointerType === "mouse" && !state.pinned)
			mark(element);
	});
	// Until the click: if the panel came under the finger, there would be none.
	let isPressed = false;
	text.addEventListener("pointerdown", () => {
		isPressed = true;
	});
	for (const end of ["click", "pointercancel", "keydown"]) {
		addEventListener(end, () => {
			isPressed = false;
		}, true);
	}
	text.addEventListener("click", event => {
		const element = event.target.closest(".t");
		if (!element)
			return;
		state.pinned = !(state.pinned && state.at === element);
		mark(element);
		uncover(element);
	});
	text.addEventListener("focusin", event => {
		const element = event.target.closest(".t");
		if (element && element !== state.at && !isPressed)
			mark(element);
	});
	document.addEventListener("keydown", onKey);
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme(root.dataset.choice));
}

setTheme("auto");
build();
watch();
listen();
const first = text.querySelector(".t");
if (first)
	setStop(first);
root.dataset.ready = "yes";
})();
