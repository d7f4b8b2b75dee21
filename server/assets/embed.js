// A banner on other sites: what is open on our status page, and nothing when all is well or nothing can be read.
// <script src="https://status.example.com/status/embed.js" defer></script>, with data-lang="de" to choose the language.
(() => {
	"use strict";
	const script = document.currentScript;
	if (!script || !("adoptedStyleSheets" in document)) return;
	const languages = ["en", "de", "fr", "es", "pt", "ja"];
	const wish = (script.dataset.lang || document.documentElement.lang).slice(0, 2).toLowerCase();
	const address = new URL((languages.includes(wish) ? `${wish}/` : "") + "embed.json", script.src);
	const key = "status-closed " + address.origin;
	const minute = 60e3;
	let closed = [], shown = "", wait = minute, timer, due = 0;
	// A site may forbid it to keep anything: then it is closed until the next page.
	try { closed = [].concat(JSON.parse(localStorage.getItem(key) || "[]")) } catch {}

	// No site's rules reach in here, and its policy allows what is made by script.
	const host = document.createElement("div"), root = host.attachShadow({ mode: "open" }), sheet = new CSSStyleSheet();
	sheet.replaceSync(`
		:host { all: initial; position: fixed; right: 16px; bottom: 16px; z-index: 2147483647; width: 384px; max-width: calc(100vw - 32px); color-scheme: light dark; }
		section { max-height: 50vh; overflow: auto; font: 14px/20px system-ui, sans-serif; color: #211d18; background: #fff; color: light-dark(#211d18, #f2eee8); background: light-dark(#fff, #26221e); border: 1px solid light-dark(#8a8178, #8a8178); box-shadow: 0 2px 12px #0004; }
		section:empty { display: none; }
		div { display: grid; grid-template-columns: 1fr auto; gap: 0 8px; padding: 12px; border-left: 4px solid #8a8178; }
		div.slow { border-color: #c47c0b; } div.part { border-color: #c4560f; } div.down { border-color: #b3261e; } div.work { border-color: #3b7f95; }
		div + div { border-top: 1px solid #8a817866; }
		a { color: inherit; font-weight: 600; overflow-wrap: anywhere; }
		p { grid-column: 1; margin: 4px 0 0; overflow-wrap: anywhere; }
		button { grid-area: 1 / 2; align-self: start; width: 24px; height: 24px; padding: 0; font: inherit; color: inherit; background: none; border: 0; cursor: pointer; }
		:focus-visible { outline: 2px solid light-dark(#1a5fb4, #99c1f1); outline-offset: 2px; }`);
	root.adoptedStyleSheets = [sheet];
	const section = root.appendChild(document.createElement("section"));
	section.setAttribute("aria-live", "polite");

	const put = (parent, name, words) => {
		const element = parent.appendChild(document.createElement(name));
		element.textContent = words;
		return element;
	};

	const show = ({ lang, label, close, note, items }) => {
		section.lang = lang;
		section.setAttribute("aria-label", label);
		section.replaceChildren();
		for (const { id, look, title, said, url } of items) {
			if (closed.includes(id)) continue;
			const page = new URL(url, address), item = put(section, "div", "");
			if (!/^https?:$/.test(page.protocol)) { item.remove(); continue }
			item.className = look;
			const link = put(item, "a", title);
			Object.assign(link, { href: page.href, target: "_blank", rel: "noopener" });
			const button = put(item, "button", "×");
			button.type = "button";
			button.setAttribute("aria-label", `${close}: ${title}`);
			button.onclick = () => {
				closed.push(id);
				try { localStorage.setItem(key, JSON.stringify(closed)) } catch {}
				item.remove();
				section.querySelector("a")?.focus();
			};
			put(item, "p", said);
			if (note) put(item, "p", note);
		}
	};

	const load = async () => {
		try {
			const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(10e3) });
			if (!answer.ok) throw answer.status;
			const text = await answer.text(), data = JSON.parse(text);
			// What is over is forgotten: nothing grows.
			closed = closed.filter(id => data.items.some(item => item.id == id));
			// Whoever reads it is not disturbed by the same again.
			if (text != shown) show(data);
			shown = text;
			wait = minute;
		} catch {
			section.replaceChildren();
			shown = "";
			wait = Math.min(2 * wait, 16 * minute);
		}
		later();
	};
	const later = () => {
		due = Date.now() + wait * (1 + Math.random());
		clearTimeout(timer);
		// Nobody looks; whoever comes back renews it.
		timer = setTimeout(() => document.hidden || load(), due - Date.now());
	};
	document.addEventListener("visibilitychange", () => { if (!document.hidden && due && Date.now() >= due) load() });
	const begin = () => { document.body.append(host); load() };
	document.body ? begin() : document.addEventListener("DOMContentLoaded", begin);
})();
