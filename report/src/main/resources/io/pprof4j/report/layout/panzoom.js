// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

// Moves and magnifies the drawing by its viewBox: drag or arrow keys to move, wheel, pinch or + and -
// to magnify, double click or 0 to see all of it.
(function () {
  "use strict";
  const svg = document.currentScript.ownerSVGElement || document.documentElement;
  const view = svg.viewBox.baseVal;
  const all = { x: view.x, y: view.y, width: view.width, height: view.height };
  const touches = new Map();

  function show(x, y, width, height) {
    svg.setAttribute("viewBox", x + " " + y + " " + width + " " + height);
  }

  function pointAt(event) {
    const matrix = svg.getScreenCTM();
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  }

  function zoom(point, factor) {
    const width = Math.min(all.width * 4, Math.max(all.width / 400, view.width * factor));
    const scale = width / view.width;
    show(point.x - (point.x - view.x) * scale, point.y - (point.y - view.y) * scale,
        width, view.height * scale);
  }

  function center() {
    return { x: view.x + view.width / 2, y: view.y + view.height / 2 };
  }

  function distance() {
    const [a, b] = [...touches.values()];
    return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  }

  svg.addEventListener("wheel", function (event) {
    event.preventDefault();
    zoom(pointAt(event), Math.pow(1.0015, Math.max(-400, Math.min(400, event.deltaY))));
  }, { passive: false });

  svg.addEventListener("pointerdown", function (event) {
    if (event.button === 0) {
      touches.set(event.pointerId, event);
      svg.setPointerCapture(event.pointerId);
    }
  });

  svg.addEventListener("pointermove", function (event) {
    const before = touches.get(event.pointerId);
    if (!before) {
      return;
    }
    if (touches.size === 2) {
      const wide = distance();
      touches.set(event.pointerId, event);
      zoom(pointAt(event), wide / Math.max(1, distance()));
    } else {
      const from = pointAt(before);
      const to = pointAt(event);
      touches.set(event.pointerId, event);
      show(view.x + from.x - to.x, view.y + from.y - to.y, view.width, view.height);
    }
  });

  for (const type of ["pointerup", "pointercancel"]) {
    svg.addEventListener(type, function (event) { touches.delete(event.pointerId); });
  }

  svg.addEventListener("dblclick", function () { show(all.x, all.y, all.width, all.height); });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const step = view.width / 10;
    switch (event.key) {
      case "+": case "=": zoom(center(), 0.8); break;
      case "-": zoom(center(), 1.25); break;
      case "0": show(all.x, all.y, all.width, all.height); break;
      case "ArrowLeft": show(view.x - step, view.y, view.width, view.height); break;
      case "ArrowRight": show(view.x + step, view.y, view.width, view.height); break;
      case "ArrowUp": show(view.x, view.y - step, view.width, view.height); break;
      case "ArrowDown": show(view.x, view.y + step, view.width, view.height); break;
      default: return;
    }
    event.preventDefault();
  });
})();
