"use strict";
(() => {
  const root = document.documentElement;
  const dark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  const theme = document.getElementById("theme");
  const show = () => {
    theme.textContent = dark() ? "Light" : "Dark";
    theme.setAttribute("aria-pressed", String(dark()));
    theme.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
  };
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; show(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();

  addEventListener("beforeprint", () => document.querySelectorAll("details.folded").forEach((part) => { part.open = true; }));

  const picture = document.getElementById("graph-picture");
  if (picture) graph(picture);

  function graph(svg) {
    const figure = svg.closest("figure");
    const whole = svg.viewBox.baseVal;
    const all = [whole.x, whole.y, whole.width, whole.height];
    const dots = [...svg.querySelectorAll("a.dot")];
    const lines = [...svg.querySelectorAll(".steps line")];
    const sheets = figure.nextElementSibling;
    let view = [...all];

    figure.classList.add("live");
    sheets.classList.add("live-sheets");
    figure.querySelector(".tools").hidden = false;

    const look = (next) => { view = next; svg.setAttribute("viewBox", view.join(" ")); };
    const scale = () => Math.max(view[2] / svg.clientWidth, view[3] / svg.clientHeight);
    const place = (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      return [point.x, point.y];
    };
    const zoom = (factor, [x, y] = [view[0] + view[2] / 2, view[1] + view[3] / 2]) => {
      const size = Math.min(Math.max(view[2] * factor, all[2] / 40), all[2] * 2) / view[2];
      look([x - (x - view[0]) * size, y - (y - view[1]) * size, view[2] * size, view[3] * size]);
    };
    const zooms = { in: () => zoom(0.75), out: () => zoom(4 / 3), all: () => look([...all]) };
    figure.querySelectorAll("[data-zoom]").forEach((button) => {
      button.addEventListener("click", () => zooms[button.dataset.zoom]());
    });

    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(1.0015 ** event.deltaY, place(event));
    }, { passive: false });

    let from = null, moved = false;
    svg.addEventListener("pointerdown", (event) => { if (event.button === 0) { from = [event.clientX, event.clientY]; moved = false; } });
    svg.addEventListener("pointermove", (event) => {
      if (!from) return;
      const [x, y] = [event.clientX - from[0], event.clientY - from[1]];
      if (!moved && Math.hypot(x, y) < 4) return;
      if (!moved) { moved = true; svg.setPointerCapture(event.pointerId); svg.classList.add("moving"); }
      const unit = scale();
      look([view[0] - x * unit, view[1] - y * unit, view[2], view[3]]);
      from = [event.clientX, event.clientY];
    });
    const drop = () => { from = null; svg.classList.remove("moving"); };
    svg.addEventListener("pointerup", drop);
    svg.addEventListener("pointercancel", drop);
    svg.addEventListener("dragstart", (event) => event.preventDefault());

    const choose = (dot, { focus = false } = {}) => {
      for (const other of dots) {
        other.classList.toggle("chosen", other === dot);
        other.setAttribute("tabindex", other === dot ? "0" : "-1");
        if (other === dot) other.setAttribute("aria-current", "true"); else other.removeAttribute("aria-current");
      }
      const [x, y] = dot.getAttribute("transform").match(/-?[\d.]+/g);
      for (const line of lines) {
        const [a, b, c, d] = ["x1", "y1", "x2", "y2"].map((name) => line.getAttribute(name));
        line.classList.toggle("near", (a === x && b === y) || (c === x && d === y));
      }
      const name = dot.getAttribute("href").slice(1);
      for (const sheet of sheets.children) sheet.classList.toggle("chosen", sheet.id === name);
      if (focus) dot.focus({ preventScroll: true });
    };

    svg.addEventListener("click", (event) => {
      const dot = event.target.closest("a.dot");
      if (!dot) return;
      event.preventDefault();
      if (!moved) choose(dot, { focus: true });
    });
    sheets.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#node-"]');
      if (!link) return;
      event.preventDefault();
      choose(document.getElementById(link.getAttribute("href").slice(1).replace("node", "dot")), { focus: true });
    });
    figure.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const press = { "+": zooms.in, "=": zooms.in, "-": zooms.out, "0": zooms.all }[event.key];
      const at = dots.indexOf(document.activeElement);
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      if (press) press();
      else if (at >= 0 && event.key in steps) choose(dots[Math.min(Math.max(at + steps[event.key], 0), dots.length - 1)], { focus: true });
      else if (at >= 0 && event.key === "Home") choose(dots[0], { focus: true });
      else if (at >= 0 && event.key === "End") choose(dots[dots.length - 1], { focus: true });
      else if (at >= 0 && (event.key === "Enter" || event.key === " ")) choose(dots[at], { focus: true });
      else return;
      event.preventDefault();
    });
    const named = document.getElementById(location.hash.slice(1).replace("node", "dot"));
    choose(dots.includes(named) ? named : dots[dots.length - 1]);
  }
})();
