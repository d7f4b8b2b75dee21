// Keeps an open status page current. The page is whole without it.
(() => {
	const doc = document, one = (q, root = doc) => root.querySelector(q), all = (q, root = doc) => [...root.querySelectorAll(q)];
	const main = one("main"), note = one("#live"), held = {}, position = () => +main.dataset.position;
	// Our words come with the document, in its language; "{}" is for what only we know.
	const { lang } = doc.documentElement, text = note.dataset, fill = (words, what) => words.replace("{}", () => what);
	// As the reader writes times, if this is a language of theirs.
	const locales = [...navigator.languages.filter(name => name.slice(0, 2) == lang), lang];
	let stream, live, wanted = 0, tries = 0, timer, rest, pause = 0, skip = 0;

	// The reader's own time beside UTC.
	const own = root => all("time[data-own]", root).forEach(time => {
		const at = new Date(time.dateTime), words = doc.createElement("i");
		words.textContent = fill(text.own, at.toLocaleTimeString(locales, { timeStyle: "short" }));
		if (at.getTimezoneOffset()) time.after(" ", words);
	});

	// A region anew. The focus stays on what has the same id or address.
	const put = (here, html) => {
		const name = e => e.id || e.getAttribute("href"), focus = one(":focus", here);
		here.innerHTML = html;
		own(here);
		if (focus) all("[id],a", here).find(e => name(e) == name(focus))?.focus({ preventScroll: true });
	};

	const say = (words, look) => {
		note.className = look;
		if (note.textContent != words) note.textContent = words;
	};

	const show = page => {
		const parts = all("main>[id]:not(#live)", page), at = one("main", page).dataset.position;
		if (at < position()) return;
		if (page.documentElement.lang != lang || one("link", page).href != one("link").href || parts.some(e => !one("#" + e.id))) return location.reload();
		// What is at the top of the window stays there.
		const mark = scrollY && all("main [id]").find(e => e.getBoundingClientRect().top >= 0);
		const y = () => one("#" + mark.id)?.getBoundingClientRect().top, before = mark && y();
		let told = "";
		for (const { id, innerHTML } of parts) if (held[id] != innerHTML) {
			put(one("#" + id), held[id] = innerHTML);
			if (id != "now") told = fill(text.told, (one(".ups h3") || one("h1")).textContent);
		}
		if (mark) scrollBy(0, y() - before || 0);
		main.dataset.position = at;
		doc.title = page.title;
		one("[rel=icon]").href = one("[rel=icon]", page).href;
		say(told, "vh");
	};

	const refresh = async () => {
		// Nobody looks; whoever comes back renews it.
		if (doc.hidden && !live) return;
		try {
			const url = new URL(location);
			if (wanted > position()) url.searchParams.set("at", wanted);
			const answer = await fetch(url, { cache: "no-cache" });
			if (answer.status > 499) throw 0;
			show(new DOMParser().parseFromString(await answer.text(), "text/html"));
		} catch {
			say(text.lost, "live");
		}
		// Something in between may still hold the page from before.
		if (wanted > position() && ++tries < 4) soon(2e3);
		else connect(), soon((live ? 48e3 : 30e3) * (1 + Math.random()));
	};
	const soon = wait => { clearTimeout(timer); timer = setTimeout(refresh, wait) };

	const connect = () => {
		if (stream || skip-- > 0) return;
		stream = new EventSource("/status/live");
		stream.onopen = () => { live = 1; pause = 0 };
		// A host of files has no stream: it is asked for one less and less often.
		stream.onerror = () => { live = 0; if (stream.readyState > 1) { stream = 0; skip = pause = Math.min(2 * pause + 1, 63) } };
		for (const kind of ["hello", "update", "gap"]) stream.addEventListener(kind, event => {
			wanted = Math.max(wanted, event.lastEventId);
			tries = 0;
			if (wanted > position()) soon(800 * Math.random());
		});
	};

	doc.onvisibilitychange = () => {
		clearTimeout(rest);
		if (doc.hidden) rest = setTimeout(() => { stream && stream.close(); stream = live = 0; clearTimeout(timer) }, 6e4);
		else soon(0);
	};
	for (const part of all("main>[id]")) held[part.id] = part.innerHTML;
	own(main);
	connect();
	soon(48e3);
})();
