"""A person without a pointer: Tab goes from place to place, and every place is seen."""

# What has the focus, of the page or of a frame in it: whether it is seen to have it, and is on
# the screen and under nothing else.
_STOP = """() => {
  const inner = (document_) => {
    const element = document_.activeElement;
    const frame = element && element.tagName === "IFRAME" && element.contentDocument;
    return frame && frame.activeElement && frame.activeElement !== frame.body
      ? inner(frame) : element;
  };
  const element = inner(document);
  if (!element || element === document.body || element.tagName === "IFRAME") return null;
  const within = element.ownerDocument;
  const style = getComputedStyle(element);
  const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== "none";
  const box = element.getBoundingClientRect();
  const frame = within.defaultView.frameElement;
  const offset = frame ? frame.getBoundingClientRect() : { left: 0, top: 0 };
  const left = box.left + offset.left, top = box.top + offset.top;
  const x = Math.min(Math.max(left + Math.min(box.width / 2, 40), 1), innerWidth - 1);
  const middle = Math.max(top, 0) / 2 + Math.min(top + box.height, innerHeight) / 2;
  const above = document.elementFromPoint(x, middle);
  const isBare = above && (above === frame || element.contains(above) || above.contains(element)
    || [...(element.labels || [])].some((label) => label.contains(above)));
  return {
    name: `${element.tagName} ${element.id || element.name || ""} `
      + (element.innerText || element.ariaLabel || "").trim().slice(0, 40),
    // The parts of a date are the browser's own, and show it themselves.
    isSeen: (element.matches(":focus-visible") && drawn) || element.type === "datetime-local",
    above: above ? above.outerHTML.slice(0, 120) : "nothing",
    place: `${Math.round(left)}, ${Math.round(top)}`,
    isOnScreen: top + box.height > 0 && top < innerHeight && Boolean(isBare),
  };
}"""
# Links past a long list.
_SKIPS = ".term-checkboxes__skip"


def is_focused(place):
    """Whether the place has the focus of its page or frame."""
    return place.evaluate("element => element.ownerDocument.activeElement === element")


class Keyboard:
    """Goes through a window by Tab, and fails where a person would lose the way."""

    def __init__(self, window, most=250):
        self.window = window
        self.most = most
        self.seen = []

    def to(self, place):
        """Tab until the place has the focus, past long lists by their own link."""
        self.seen = []
        for _press in range(self.most):
            if is_focused(place):
                return place
            self.window.keyboard.press("Tab")
            self._look()
            if self.window.evaluate(f"document.activeElement.matches('{_SKIPS}')"):
                self.window.keyboard.press("Enter")
        raise AssertionError(f"Tab does not reach {place}; it went by {self.seen}")

    def press(self, place, key="Enter"):
        """Go to the place and press a key there."""
        self.to(place)
        self.window.keyboard.press(key)

    def write(self, place, text):
        """Go to the place and type there."""
        self.to(place)
        self.window.keyboard.type(text)

    def _look(self):
        # A place that scrolls into view takes a moment.
        for _again in range(20):
            stop = self.window.evaluate(_STOP)
            if stop is None or (stop["isSeen"] and stop["isOnScreen"]):
                break
            self.window.wait_for_timeout(50)
        if stop is None:
            return  # between the page and the browser's own bars, or a frame as a whole
        self.seen.append(stop["name"])
        trail = " → ".join(self.seen[-4:])
        assert stop["isSeen"], f"the focus is not seen: {trail}"
        assert stop["isOnScreen"], (
            f"at {stop['place']} the focus is off the screen or under {stop['above']}: {trail}"
        )
