// What axe does not look at: sideways scroll, small type, targets too low for a thumb.
// Runs in the page from outside, so that it also works where scripts are off.
() => {
  const WIDTH = screen.width, TYPE = 18, HEIGHT = 44;
  const root = document.documentElement;
  const wrong = [];
  const say = (node) =>
    `${node.tagName.toLowerCase()} “${(node.innerText || node.name || "").trim().slice(0, 30)}”`;

  const fits = (how) => {
    if (root.scrollWidth <= WIDTH && window.innerWidth <= WIDTH) return;
    const wide = [...document.querySelectorAll("body *")].filter(
      (node) => node.getBoundingClientRect().right > WIDTH + 0.5);
    wrong.push(`scrolls sideways ${how}: ${wide.slice(0, 4).map(say)}`);
  };
  fits("as it is");
  root.classList.add("big");
  fits("in large type");
  root.classList.remove("big");

  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (words.nextNode()) {
    const node = words.currentNode;
    range.selectNodeContents(node);
    const shown = node.data.trim() && range.getClientRects().length;
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    if (shown && size < TYPE) wrong.push(`${size} px: ${say(node.parentElement)}`);
  }

  const label = (node) => node.id && document.querySelector(`label[for="${node.id}"]`);
  // What is pressed: the label of a tick, the whole row of a row's link, or itself.
  const box = (node) => {
    if (/radio|checkbox/.test(node.type)) return (label(node) || node).getBoundingClientRect();
    const covers = getComputedStyle(node, "::after").position === "absolute";
    return (covers ? node.offsetParent : node).getBoundingClientRect();
  };
  const block = (node) => {
    while (getComputedStyle(node).display.startsWith("inline")) node = node.parentElement;
    return node;
  };
  // A link among the words of a sentence is as high as its line.
  const amongWords = (node) =>
    getComputedStyle(node).display === "inline" &&
    block(node).innerText.trim() !== node.innerText.trim();

  for (const node of document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const {right, height} = box(node);
    const reachable = right > 0 && node.getClientRects().length;
    if (reachable && height < HEIGHT - 0.5 && !amongWords(node)) {
      wrong.push(`${Math.round(height)} px high: ${say(node)}`);
    }
  }
  return wrong;
}
